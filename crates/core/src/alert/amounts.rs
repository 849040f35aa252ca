//! An amount of money in a rule, with the currency it must have. Called by `alert::comparison`.

use crate::{
    alert::{
        cursor::Cursor,
        lexer::Token,
        mistake::{Mistake, RuleError},
    },
    money::{Currency, Money},
};

/// `8500 EUR`, or `EUR 8500`. The point at fault is the amount.
pub fn money(cursor: &mut Cursor<'_>) -> Result<Money, RuleError> {
    let before = currency_word(cursor);
    let start = cursor.start();
    let digits = cursor.number("an amount such as 8500 EUR")?;
    refuse_separators(cursor, digits, start)?;
    let currency = match before.or_else(|| currency_word(cursor)) {
        Some(currency) => currency,
        None => return Err(no_currency(cursor, digits, start)),
    };
    let fraction = digits.split_once('.').map_or(0, |(_, fraction)| fraction.len());
    let amount = Money::from_decimal(digits, currency);
    let exact = amount.filter(|_| fraction <= currency.decimals() as usize);
    exact.ok_or_else(|| RuleError::new(start, Mistake::BadAmount(digits.to_owned())))
}

fn currency_word(cursor: &mut Cursor<'_>) -> Option<Currency> {
    let Token::Word(word) = cursor.peek().token else { return None };
    let currency = word.parse().ok()?;
    cursor.advance();
    Some(currency)
}

/// Three letters in capitals after the amount were meant as a currency.
fn no_currency(cursor: &Cursor<'_>, digits: &str, start: usize) -> RuleError {
    match cursor.peek().token {
        Token::Word(word) if word.len() == 3 && word.bytes().all(|b| b.is_ascii_uppercase()) => {
            cursor.refuse(Mistake::UnknownCurrency(word.to_owned()))
        }
        Token::Word(_)
        | Token::Number(_)
        | Token::Text(_)
        | Token::Order(_)
        | Token::Percent
        | Token::Comma
        | Token::Open
        | Token::Close
        | Token::End => RuleError::new(start, Mistake::NoCurrency { amount: digits.to_owned() }),
    }
}

/// `8,500` and `8.500` are 8500 to one reader and 8.5 to another.
fn refuse_separators(cursor: &Cursor<'_>, digits: &str, start: usize) -> Result<(), RuleError> {
    let grouped = |tail: &str| tail.len() == 3;
    let refused = |plain: String| Err(RuleError::new(start, Mistake::ThousandsSeparator(plain)));
    if let Some((whole, fraction)) = digits.split_once('.')
        && grouped(fraction)
    {
        return refused(format!("{whole}{fraction}"));
    }
    if let (Token::Comma, Token::Number(tail)) = (&cursor.peek().token, &cursor.peek_second().token)
        && grouped(tail)
    {
        return refused(format!("{digits}{tail}"));
    }
    Ok(())
}

//! One comparison of a rule, checked against the type of its field. Called by `alert::parser`.

use crate::{
    alert::{
        amounts::money,
        cursor::{Cursor, decimal},
        fields::{Field, FieldKind},
        lexer::Token,
        mistake::{Mistake, RuleError},
        pattern::Pattern,
        rule::{
            Base, Comparison, Direction, Equality, Extreme, Holding, Measure, NumberField, Order,
            Step, Test, TextField, TextTest,
        },
        vocabulary::Words,
    },
    landed::imports::country_code,
};

const ORDERS: &str = "=, !=, <, <=, > or >=";
const EQUALITIES: &str = "= or !=";
const TEXT_OPERATORS: &str = "=, !=, has, lacks or matches";
const MONEY_OPERATORS: &str =
    "=, !=, <, <=, >, >=, drops, rises, changes, is_new_low or is_new_high";

/// `field op value` and its kin.
pub fn comparison(cursor: &mut Cursor<'_>) -> Result<Comparison, RuleError> {
    let start = cursor.start();
    let field = field(cursor)?;
    let test = match field.kind() {
        FieldKind::Money(measure) => money_test(cursor, measure)?,
        FieldKind::Number(number) => number_test(cursor, number)?,
        FieldKind::Text(text) => Test::Text { field: text, test: text_test(cursor, text)? },
        FieldKind::Condition => {
            Test::Condition { order: order(cursor, field, ORDERS)?, value: condition(cursor)? }
        }
        FieldKind::Risk => {
            Test::Risk { order: order(cursor, field, ORDERS)?, value: cursor.value()? }
        }
        FieldKind::Verdict => {
            Test::Verdict { equality: equality(cursor, field)?, value: cursor.value()? }
        }
        FieldKind::SaleKind => {
            Test::Kind { equality: equality(cursor, field)?, value: cursor.value()? }
        }
        FieldKind::Set => set_test(cursor)?,
        FieldKind::EndsIn => {
            Test::EndsIn { order: order(cursor, field, ORDERS)?, within: cursor.span()? }
        }
    };
    Ok(Comparison { span: (start, cursor.last_end()), test })
}

fn field(cursor: &mut Cursor<'_>) -> Result<Field, RuleError> {
    let Token::Word(word) = cursor.peek().token else {
        return Err(cursor.expected("a field such as price, ref or title"));
    };
    let field = Field::of_word(word);
    let field = field.ok_or_else(|| cursor.refuse(Mistake::unknown_field(word)))?;
    cursor.advance();
    Ok(field)
}

/// The refusal of whatever operator stands there.
fn wrong_operator(cursor: &Cursor<'_>, field: Field, allowed: &'static str) -> RuleError {
    let operator = match &cursor.peek().token {
        Token::Word(word) => crate::alert::mistake::short(word),
        Token::Order(order) => order.word().to_owned(),
        Token::Number(_)
        | Token::Text(_)
        | Token::Percent
        | Token::Comma
        | Token::Open
        | Token::Close
        | Token::End => return cursor.expected(format!("one of {allowed}")),
    };
    cursor.refuse(Mistake::WrongOperator { field, operator, allowed })
}

fn order(cursor: &mut Cursor<'_>, field: Field, allowed: &'static str) -> Result<Order, RuleError> {
    let Token::Order(order) = cursor.peek().token else {
        return Err(wrong_operator(cursor, field, allowed));
    };
    cursor.advance();
    Ok(order)
}

fn equality(cursor: &mut Cursor<'_>, field: Field) -> Result<Equality, RuleError> {
    let equality = match cursor.peek().token {
        Token::Order(Order::Equal) => Equality::Is,
        Token::Order(Order::NotEqual) => Equality::IsNot,
        Token::Order(_)
        | Token::Word(_)
        | Token::Number(_)
        | Token::Text(_)
        | Token::Percent
        | Token::Comma
        | Token::Open
        | Token::Close
        | Token::End => {
            return Err(wrong_operator(cursor, field, EQUALITIES));
        }
    };
    cursor.advance();
    Ok(equality)
}

fn money_test(cursor: &mut Cursor<'_>, measure: Measure) -> Result<Test, RuleError> {
    if let Token::Word(word) = cursor.peek().token {
        if let Some(direction) = Direction::of_word(word) {
            cursor.advance();
            return move_test(cursor, measure, direction);
        }
        if let Some(extreme) = Extreme::of_word(word) {
            cursor.advance();
            cursor.want_word("over")?;
            return Ok(Test::Extreme { measure, extreme, over: cursor.span()? });
        }
    }
    let order = order(cursor, measure.field(), MONEY_OPERATORS)?;
    Ok(Test::Money { measure, order, limit: money(cursor)? })
}

/// `drops by 5% vs last_alert`, after the verb.
fn move_test(
    cursor: &mut Cursor<'_>,
    measure: Measure,
    direction: Direction,
) -> Result<Test, RuleError> {
    cursor.want_word("by")?;
    let start = cursor.start();
    let by = if cursor.peek_second().token == Token::Percent {
        let digits = cursor.number("a share such as 5%")?;
        let most = if direction == Direction::Drops { 100 } else { 10_000 };
        Step::Share(cursor.share(digits, start, most)?)
    } else {
        Step::Amount(money(cursor)?)
    };
    if matches!(by, Step::Amount(amount) if amount.minor == 0) {
        return Err(RuleError::new(start, Mistake::OutOfRange("a move is by more than nothing")));
    }
    if !cursor.take_word("vs") {
        return Err(cursor.refuse(Mistake::NoBase));
    }
    Ok(Test::Move { measure, direction, by, base: base(cursor)? })
}

fn base(cursor: &mut Cursor<'_>) -> Result<Base, RuleError> {
    const WHAT: &str = "a base: first_seen, last_alert, high(90d) or median(90d)";
    const KNOWN: [&str; 4] = ["first_seen", "last_alert", "high", "median"];
    let Token::Word(word) = cursor.peek().token else {
        return Err(cursor.refuse(Mistake::NoBase));
    };
    let spanned: fn(crate::time::Span) -> Base = match word.to_ascii_lowercase().as_str() {
        "first_seen" => return Ok((Base::FirstSeen, cursor.advance()).0),
        "last_alert" => return Ok((Base::LastAlert, cursor.advance()).0),
        "high" => Base::High,
        "median" => Base::Median,
        _ => return Err(cursor.refuse(Mistake::unknown_word(word, WHAT, &KNOWN))),
    };
    cursor.advance();
    cursor.want(&Token::Open, "`(` and a time, as in high(90d)")?;
    let span = cursor.span()?;
    cursor.want(&Token::Close, "`)`")?;
    Ok(spanned(span))
}

fn number_test(cursor: &mut Cursor<'_>, field: NumberField) -> Result<Test, RuleError> {
    let order = order(cursor, field.field(), ORDERS)?;
    let start = cursor.start();
    let digits = cursor.number("a number")?;
    let read = decimal(digits).filter(|value| (0..=100_000_000_000).contains(&value.0));
    let range = "a number is from 0 to 100000 and has at most 6 decimals";
    let value = read.ok_or_else(|| RuleError::new(start, Mistake::OutOfRange(range)))?;
    match field {
        NumberField::DiameterMm => drop(cursor.take_word("mm")),
        NumberField::SellerRating => drop(cursor.take(&Token::Percent)),
        NumberField::DaysOnMarket => drop(cursor.take_word("d")),
        NumberField::Year => {}
    }
    Ok(Test::Number { field, order, value })
}

/// A word, or its step from 0 to 6.
fn condition(cursor: &mut Cursor<'_>) -> Result<crate::condition::Condition, RuleError> {
    if let Token::Number(digits) = cursor.peek().token
        && let Some(condition) =
            digits.parse().ok().and_then(crate::condition::Condition::from_step)
    {
        cursor.advance();
        return Ok(condition);
    }
    cursor.value()
}

fn set_test(cursor: &mut Cursor<'_>) -> Result<Test, RuleError> {
    if let Token::Word(word) = cursor.peek().token
        && let Some(holding) = Holding::of_word(word)
    {
        cursor.advance();
        return Ok(Test::SetPart { holding, value: cursor.value()? });
    }
    if !matches!(cursor.peek().token, Token::Order(Order::Equal | Order::NotEqual)) {
        return Err(wrong_operator(cursor, Field::Set, "=, !=, has or lacks"));
    }
    Ok(Test::SetName { equality: equality(cursor, Field::Set)?, value: cursor.value()? })
}

fn text_test(cursor: &mut Cursor<'_>, field: TextField) -> Result<TextTest, RuleError> {
    if let Token::Word(word) = cursor.peek().token {
        if word.eq_ignore_ascii_case("matches") {
            cursor.advance();
            let start = cursor.start();
            let text = quoted(cursor)?;
            let pattern = Pattern::new(&text);
            return pattern.map(TextTest::Matches).map_err(|m| RuleError::new(start, m));
        }
        if let Some(holding) = Holding::of_word(word) {
            cursor.advance();
            let text = quoted(cursor)?;
            return Ok(match holding {
                Holding::Has => TextTest::Has(text),
                Holding::Lacks => TextTest::Lacks(text),
            });
        }
    }
    if !matches!(cursor.peek().token, Token::Order(Order::Equal | Order::NotEqual)) {
        return Err(wrong_operator(cursor, field.field(), TEXT_OPERATORS));
    }
    let equality = equality(cursor, field.field())?;
    let value = text_value(cursor, field)?;
    Ok(match equality {
        Equality::Is => TextTest::Is(value),
        Equality::IsNot => TextTest::IsNot(value),
    })
}

fn quoted(cursor: &mut Cursor<'_>) -> Result<String, RuleError> {
    match &cursor.peek().token {
        Token::Text(text) if text.trim().is_empty() => Err(cursor.refuse(Mistake::EmptyText)),
        Token::Text(text) => {
            let text = text.clone();
            cursor.advance();
            Ok(text)
        }
        Token::Word(_)
        | Token::Number(_)
        | Token::Order(_)
        | Token::Percent
        | Token::Comma
        | Token::Open
        | Token::Close
        | Token::End => Err(cursor.expected("a text in quotes, as in \"16610\"")),
    }
}

/// Quoted text, or a bare word: `brand = Rolex`. A country is two letters.
fn text_value(cursor: &mut Cursor<'_>, field: TextField) -> Result<String, RuleError> {
    let start = cursor.start();
    let value = match cursor.peek().token {
        Token::Word(word) => {
            cursor.advance();
            word.to_owned()
        }
        Token::Text(_)
        | Token::Number(_)
        | Token::Order(_)
        | Token::Percent
        | Token::Comma
        | Token::Open
        | Token::Close
        | Token::End => quoted(cursor)?,
    };
    match field {
        TextField::Country => {
            let code = country_code(&value);
            let two_letters = code.len() == 2 && code.bytes().all(|byte| byte.is_ascii_uppercase());
            let refused = Mistake::OutOfRange("a country is its two letters, as in \"DE\"");
            if two_letters { Ok(code) } else { Err(RuleError::new(start, refused)) }
        }
        TextField::Reference
        | TextField::ReferenceFamily
        | TextField::Brand
        | TextField::Material
        | TextField::Seller
        | TextField::Source
        | TextField::Title
        | TextField::Description => Ok(value),
    }
}

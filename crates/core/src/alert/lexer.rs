//! A rule's text into tokens, each with its bytes. Called by `alert::parser`.

use crate::alert::{
    mistake::{Mistake, RuleError},
    rule::Order,
};

#[derive(Debug, Clone, PartialEq)]
pub enum Token<'a> {
    /// A field, a keyword or a bare value: `ref_family`, `and`, `demo-ebay`.
    Word(&'a str),
    /// Digits with at most one point: `8500`, `2.5`.
    Number(&'a str),
    /// Quoted, escapes undone.
    Text(String),
    Order(Order),
    Percent,
    Comma,
    Open,
    Close,
    End,
}

#[derive(Debug, Clone, PartialEq)]
pub struct Placed<'a> {
    pub token: Token<'a>,
    pub start: usize,
    pub end: usize,
}

/// All tokens; the last is `End`.
pub fn tokens(text: &str) -> Result<Vec<Placed<'_>>, RuleError> {
    let mut found = Vec::new();
    let mut start = 0;
    while let Some(first) = text[start..].chars().next() {
        if first.is_whitespace() {
            start += first.len_utf8();
            continue;
        }
        let (token, length) = next(&text[start..], first).map_err(|m| RuleError::new(start, m))?;
        found.push(Placed { token, start, end: start + length });
        start += length;
    }
    found.push(Placed { token: Token::End, start: text.len(), end: text.len() });
    Ok(found)
}

/// The token that `rest` begins with, and its bytes.
fn next(rest: &str, first: char) -> Result<(Token<'_>, usize), Mistake> {
    let one = |token| Ok((token, first.len_utf8()));
    match first {
        '(' => one(Token::Open),
        ')' => one(Token::Close),
        ',' => one(Token::Comma),
        '%' => one(Token::Percent),
        '≤' => one(Token::Order(Order::AtMost)),
        '≥' => one(Token::Order(Order::AtLeast)),
        '≠' => one(Token::Order(Order::NotEqual)),
        '€' => one(Token::Word("EUR")),
        '£' => one(Token::Word("GBP")),
        '$' | '¥' => Err(Mistake::AmbiguousSymbol(first)),
        '<' | '>' | '=' | '!' => order(rest).ok_or(Mistake::StrayCharacter(first)),
        '"' | '“' | '”' => quoted(rest, first),
        _ if first.is_ascii_digit() => {
            let length = number_length(rest);
            Ok((Token::Number(&rest[..length]), length))
        }
        _ if first.is_alphabetic() || first == '_' => {
            let length = rest.find(|letter| !in_word(letter)).unwrap_or(rest.len());
            Ok((Token::Word(&rest[..length]), length))
        }
        _ => Err(Mistake::StrayCharacter(first)),
    }
}

fn in_word(letter: char) -> bool {
    letter.is_alphanumeric() || matches!(letter, '_' | '-' | ':' | '.')
}

fn order(rest: &str) -> Option<(Token<'_>, usize)> {
    const ORDERS: [(&str, Order); 7] = [
        ("<=", Order::AtMost),
        (">=", Order::AtLeast),
        ("!=", Order::NotEqual),
        ("==", Order::Equal),
        ("<", Order::Less),
        (">", Order::Greater),
        ("=", Order::Equal),
    ];
    let (sign, order) = ORDERS.iter().find(|(sign, _)| rest.starts_with(sign))?;
    Some((Token::Order(*order), sign.len()))
}

/// Digits, and one point if a digit follows it.
fn number_length(rest: &str) -> usize {
    let digits = |text: &str| text.bytes().take_while(u8::is_ascii_digit).count();
    let whole = digits(rest);
    match rest[whole..].strip_prefix('.').map(digits) {
        None | Some(0) => whole,
        Some(fraction) => whole + 1 + fraction,
    }
}

/// `\"` and `\\` are a quote and a backslash; before anything else a backslash is itself, so that `\d`
/// in a pattern needs no doubling. Word processors' curly quotes are taken as straight ones.
fn quoted(rest: &str, first: char) -> Result<(Token<'_>, usize), Mistake> {
    let closes = |letter| match first {
        '"' => letter == '"',
        _ => matches!(letter, '"' | '“' | '”'),
    };
    let mut content = String::new();
    let mut letters = rest.char_indices().skip(1).peekable();
    while let Some((at, letter)) = letters.next() {
        if closes(letter) {
            return Ok((Token::Text(content), at + letter.len_utf8()));
        }
        if letter == '\\' {
            match letters.next_if(|(_, next)| matches!(next, '"' | '\\')) {
                Some((_, escaped)) => content.push(escaped),
                None => content.push('\\'),
            }
        } else {
            content.push(letter);
        }
    }
    Err(Mistake::OpenText)
}

impl Token<'_> {
    /// The token as it is named in "found …".
    pub fn name(&self, text: &str) -> String {
        match self {
            Token::End => "the end of the rule".to_owned(),
            Token::Word(_)
            | Token::Number(_)
            | Token::Text(_)
            | Token::Order(_)
            | Token::Percent
            | Token::Comma
            | Token::Open
            | Token::Close => format!("`{}`", crate::alert::mistake::short(text)),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(text: &str, expected: &[Token<'_>]) {
        let found = tokens(text).expect("tokens");
        let found: Vec<Token<'_>> = found.into_iter().map(|placed| placed.token).collect();
        assert_eq!(found.split_last(), Some((&Token::End, expected)), "{text}");
    }

    #[test]
    fn texts_become_tokens() {
        use Token::*;
        check("price<=8.5%", &[Word("price"), Order(super::Order::AtMost), Number("8.5"), Percent]);
        check("15m 90d.", &[Number("15"), Word("m"), Number("90"), Word("d.")]);
        check(r#""a \"b\" \d \\d""#, &[Text(r#"a "b" \d \d"#.to_owned())]);
        check("“16610”", &[Text("16610".to_owned())]);
        check("€8500, toast", &[Word("EUR"), Number("8500"), Comma, Word("toast")]);
    }

    #[test]
    fn mistakes_have_a_place() {
        let refused = |text| tokens(text).map(|_| ()).map_err(|error| (error.at, error.mistake));
        assert_eq!(refused("a ; b"), Err((2, Mistake::StrayCharacter(';'))));
        assert_eq!(refused("é \"open"), Err((3, Mistake::OpenText)));
        assert_eq!(refused("a $5"), Err((2, Mistake::AmbiguousSymbol('$'))));
        assert_eq!(refused("a ! b"), Err((2, Mistake::StrayCharacter('!'))));
    }
}

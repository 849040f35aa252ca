//! A place in a rule's tokens: what comes next, and refusals that point at it. Used by the parser's files.

use crate::{
    alert::{
        lexer::{Placed, Token, tokens},
        mistake::{Mistake, RuleError},
        rule::Decimal,
        vocabulary::Words,
    },
    time::Span,
};

pub struct Cursor<'a> {
    text: &'a str,
    tokens: Vec<Placed<'a>>,
    at: usize,
    /// How many parentheses and `not`s are open.
    pub depth: usize,
}

impl<'a> Cursor<'a> {
    pub fn new(text: &'a str) -> Result<Cursor<'a>, RuleError> {
        Ok(Cursor { text, tokens: tokens(text)?, at: 0, depth: 0 })
    }

    /// The next token; `End` again and again at the end.
    pub fn peek(&self) -> &Placed<'a> {
        &self.tokens[self.at.min(self.tokens.len() - 1)]
    }

    /// The token after the next.
    pub fn peek_second(&self) -> &Placed<'a> {
        &self.tokens[(self.at + 1).min(self.tokens.len() - 1)]
    }

    pub fn advance(&mut self) -> Placed<'a> {
        let placed = self.peek().clone();
        self.at += 1;
        placed
    }

    /// Where the next token begins.
    pub fn start(&self) -> usize {
        self.peek().start
    }

    /// Where the token before ended.
    pub fn last_end(&self) -> usize {
        self.at.checked_sub(1).map_or(0, |at| self.tokens[at.min(self.tokens.len() - 1)].end)
    }

    /// The refusal "expected …, found …" at the next token.
    pub fn expected(&self, wanted: impl Into<String>) -> RuleError {
        let next = self.peek();
        let found = next.token.name(&self.text[next.start..next.end]);
        RuleError::new(next.start, Mistake::Expected { wanted: wanted.into(), found })
    }

    /// A mistake at the next token.
    pub fn refuse(&self, mistake: Mistake) -> RuleError {
        RuleError::new(self.start(), mistake)
    }

    pub fn is_word(&self, word: &str) -> bool {
        matches!(self.peek().token, Token::Word(next) if next.eq_ignore_ascii_case(word))
    }

    /// Takes the keyword if it is next.
    pub fn take_word(&mut self, word: &str) -> bool {
        let is_next = self.is_word(word);
        self.at += usize::from(is_next);
        is_next
    }

    pub fn want_word(&mut self, word: &str) -> Result<(), RuleError> {
        if self.take_word(word) { Ok(()) } else { Err(self.expected(format!("`{word}`"))) }
    }

    pub fn take(&mut self, token: &Token<'_>) -> bool {
        let is_next = self.peek().token == *token;
        self.at += usize::from(is_next);
        is_next
    }

    pub fn want(&mut self, token: &Token<'_>, name: &str) -> Result<(), RuleError> {
        if self.take(token) { Ok(()) } else { Err(self.expected(name)) }
    }

    /// A word or quoted text that stands for one of the type's values.
    pub fn value<T: Words>(&mut self) -> Result<T, RuleError> {
        let word = match &self.peek().token {
            Token::Word(word) => (*word).to_owned(),
            Token::Text(text) => text.clone(),
            Token::Number(_)
            | Token::Order(_)
            | Token::Percent
            | Token::Comma
            | Token::Open
            | Token::Close
            | Token::End => return Err(self.expected(T::WHAT)),
        };
        let known: Vec<&str> = T::ALL.iter().map(|(known, _)| *known).collect();
        let found = T::of_word(&word);
        let value =
            found.ok_or_else(|| self.refuse(Mistake::unknown_word(&word, T::WHAT, &known)))?;
        self.advance();
        Ok(value)
    }

    /// The digits of the next number.
    pub fn number(&mut self, wanted: &str) -> Result<&'a str, RuleError> {
        match self.peek().token {
            Token::Number(digits) => {
                self.at += 1;
                Ok(digits)
            }
            Token::Word(_)
            | Token::Text(_)
            | Token::Order(_)
            | Token::Percent
            | Token::Comma
            | Token::Open
            | Token::Close
            | Token::End => Err(self.expected(wanted)),
        }
    }

    /// `15m`, `12h`, `90d`, `2w`.
    pub fn span(&mut self) -> Result<Span, RuleError> {
        let start = self.start();
        let out_of_range = RuleError::new(
            start,
            Mistake::OutOfRange("a time is a whole number from 1 minute to 10 years"),
        );
        let digits = self.number("a time such as 15m, 12h, 90d or 2w")?;
        let count: i64 = digits.parse().map_err(|_| out_of_range.clone())?;
        let unit = match &self.peek().token {
            Token::Word("m" | "min") => Span::minutes(1),
            Token::Word("h") => Span::hours(1),
            Token::Word("d") => Span::days(1),
            Token::Word("w") => Span::days(7),
            Token::Word(_)
            | Token::Number(_)
            | Token::Text(_)
            | Token::Order(_)
            | Token::Percent
            | Token::Comma
            | Token::Open
            | Token::Close
            | Token::End => {
                return Err(self.expected("m, h, d or w for minutes, hours, days or weeks"));
            }
        };
        self.advance();
        let span = count.checked_mul(unit.0).map(Span).ok_or_else(|| out_of_range.clone())?;
        if (Span::minutes(1)..=Span::days(3_653)).contains(&span) {
            Ok(span)
        } else {
            Err(out_of_range)
        }
    }

    /// `5%` in parts per million; more than 0, at most `most` percent.
    pub fn share(&mut self, digits: &str, start: usize, most: i64) -> Result<i64, RuleError> {
        self.want(&Token::Percent, "%")?;
        let range =
            "a share is more than 0 %, has at most 4 decimals, and is at most 100 % for a drop";
        let ppm = decimal(digits).filter(|share| share.0 % 100 == 0).map(|share| share.0 / 100);
        match ppm {
            Some(ppm) if ppm > 0 && ppm <= most * 10_000 => Ok(ppm),
            Some(_) | None => Err(RuleError::new(start, Mistake::OutOfRange(range))),
        }
    }
}

/// Digits as millionths; `None` with more than six decimals or if it does not fit.
pub fn decimal(digits: &str) -> Option<Decimal> {
    let (whole, fraction) = digits.split_once('.').unwrap_or((digits, ""));
    if fraction.len() > 6 {
        return None;
    }
    format!("{whole}{fraction:0<6}").parse().ok().map(Decimal)
}

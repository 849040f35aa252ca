//! What follows `then`: channels, and in any order urgency, cooldown and re-arm.

use crate::{
    alert::{
        cursor::Cursor,
        lexer::Token,
        mistake::{Mistake, RuleError},
        rule::Action,
        vocabulary::Words,
    },
    listing::notice::{Channel, Urgency},
    time::Span,
};

/// Reads to the end of the rule.
pub fn action(cursor: &mut Cursor<'_>) -> Result<Action, RuleError> {
    let channels = channels(cursor)?;
    let (mut urgency, mut cooldown, mut rearm_ppm): (Option<Urgency>, Option<Span>, Option<i64>) =
        (None, None, None);
    while !cursor.take(&Token::End) {
        let start = cursor.start();
        if cursor.take_word("urgency") {
            once("urgency", start, urgency.replace(cursor.value()?))?;
        } else if cursor.take_word("cooldown") {
            once("cooldown", start, cooldown.replace(cursor.span()?))?;
        } else if cursor.take_word("rearm") || cursor.take_word("re-arm") {
            let at = cursor.start();
            let digits = cursor.number("a share such as 5%")?;
            once("rearm", start, rearm_ppm.replace(cursor.share(digits, at, 100)?))?;
        } else {
            return Err(cursor.expected("`urgency`, `cooldown`, `rearm` or the end"));
        }
    }
    Ok(Action { channels, urgency: urgency.unwrap_or_default(), cooldown, rearm_ppm })
}

fn channels(cursor: &mut Cursor<'_>) -> Result<Vec<Channel>, RuleError> {
    let mut channels = Vec::new();
    loop {
        let start = cursor.start();
        let channel: Channel = cursor.value()?;
        if channels.contains(&channel) {
            return Err(RuleError::new(start, Mistake::Twice(channel.word())));
        }
        channels.push(channel);
        if !cursor.take(&Token::Comma) {
            return Ok(channels);
        }
    }
}

fn once<T>(name: &'static str, at: usize, before: Option<T>) -> Result<(), RuleError> {
    match before {
        Some(_) => Err(RuleError::new(at, Mistake::Twice(name))),
        None => Ok(()),
    }
}

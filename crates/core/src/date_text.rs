//! Date texts of listings, in any language that CLDR knows -> a point in time.
//!
//! `3 days ago`, `Heute, 09:09`, `il y a 2 heures`, `2026年3月20日 21時40分`, `12.10.2026`. Pure: now and the
//! zone are given. Every word must be known to one language, and together they must make one date; anything
//! else is `None`. Words are data (`catalogue/dates`), tried language by language, the common ones first.

mod absolute;
mod clock;
mod meaning;
mod piece;
mod relative;
mod token;
mod vocabulary;

use jiff::civil::{Date, DateTime};

use self::{meaning::readings, token::tokens, vocabulary::Vocabulary};
use crate::time::{Span, Timestamp};

/// A date text is short; longer ones are sentences.
const LONGEST: usize = 160;

/// The wall clock that a text without a zone means.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Zone {
    Utc,
    /// Berlin, Paris, Rome, Madrid: one hour ahead of UTC, two in summer.
    CentralEurope,
}

/// What a text says: a wall clock, and its own offset from UTC in minutes where it names one.
#[derive(Debug, Clone, Copy, PartialEq)]
struct Moment {
    at: DateTime,
    offset: Option<i32>,
}

/// Reads a date text; relative ones count from `now`.
pub fn read_date(text: &str, now: Timestamp, zone: Zone) -> Option<Timestamp> {
    let text = text.trim();
    if text.is_empty() || text.len() > LONGEST {
        return None;
    }
    if let Some(at) = iso(text, zone) {
        return Some(at);
    }
    let local = local(now, zone)?;
    let moment = read_words(text, local)?;
    let offset = moment.offset.unwrap_or_else(|| offset(zone, moment.at));
    at_offset(moment.at, offset)
}

/// ISO 8601, with or without a zone or a time.
fn iso(text: &str, zone: Zone) -> Option<Timestamp> {
    if !text.as_bytes().first()?.is_ascii_digit() || text.as_bytes().get(4) != Some(&b'-') {
        return None;
    }
    let civil = || {
        let at: DateTime =
            text.parse().ok().or_else(|| text.parse::<Date>().ok().map(DateTime::from))?;
        at_offset(at, offset(zone, at))
    };
    Timestamp::parse_iso(text).or_else(civil)
}

fn read_words(text: &str, now: DateTime) -> Option<Moment> {
    let tokens = tokens(text);
    let vocabulary = Vocabulary::bundled();
    readings(&tokens, vocabulary).into_iter().find_map(|reading| {
        // Numbers alone are a date only with their marks; the language says in which order.
        reading.choices().find_map(|pieces| {
            relative::read(&pieces, now).or_else(|| absolute::read(&pieces, reading.order, now))
        })
    })
}

/// The wall clock of a zone; `None` outside the years that can be written.
fn local(now: Timestamp, zone: Zone) -> Option<DateTime> {
    let utc = civil(now)?;
    let standard = at_offset(utc, 0)?;
    civil(standard + Span::minutes(i64::from(offset(zone, utc))))
}

fn civil(at: Timestamp) -> Option<DateTime> {
    let at = jiff::Timestamp::from_microsecond(at.0).ok()?;
    Some(jiff::tz::Offset::UTC.to_datetime(at))
}

fn at_offset(at: DateTime, minutes: i32) -> Option<Timestamp> {
    let utc = jiff::tz::Offset::UTC.to_timestamp(at).ok()?;
    Some(Timestamp(utc.as_microsecond()) - Span::minutes(i64::from(minutes)))
}

/// Minutes ahead of UTC; summer time runs from the last Sunday of March to that of October.
fn offset(zone: Zone, at: DateTime) -> i32 {
    match zone {
        Zone::Utc => 0,
        Zone::CentralEurope => {
            let change = |month| last_sunday(at.year(), month).map(|day| day.at(2, 0, 0, 0));
            let summer = change(3).zip(change(10)).is_some_and(|(from, to)| at >= from && at < to);
            60 + 60 * i32::from(summer)
        }
    }
}

fn last_sunday(year: i16, month: i8) -> Option<Date> {
    let last = Date::new(year, month, 31).ok()?;
    let after = i32::from(last.weekday().to_sunday_zero_offset());
    last.checked_sub(jiff::Span::new().days(after)).ok()
}

#[cfg(test)]
mod tests;

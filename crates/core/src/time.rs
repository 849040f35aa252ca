//! Points and spans of time, in microseconds. The clock itself is in `app/env.rs`.

use std::{fmt, ops};

use serde::{Deserialize, Serialize};

/// Microseconds since 1970-01-01T00:00:00Z.
#[derive(
    Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default, Serialize, Deserialize,
)]
#[serde(transparent)]
pub struct Timestamp(pub i64);

/// A length of time in microseconds; may be negative.
#[derive(
    Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default, Serialize, Deserialize,
)]
#[serde(transparent)]
pub struct Span(pub i64);

impl Timestamp {
    /// From whole seconds since the epoch.
    pub const fn from_seconds(seconds: i64) -> Timestamp {
        Timestamp(seconds.saturating_mul(1_000_000))
    }

    /// From milliseconds since the epoch, as JavaScript counts.
    pub const fn from_millis(millis: i64) -> Timestamp {
        Timestamp(millis.saturating_mul(1_000))
    }

    /// Milliseconds since the epoch, rounded down.
    pub const fn millis(self) -> i64 {
        self.0.div_euclid(1_000)
    }

    /// Reads an ISO 8601 instant with a zone or offset (`2026-10-30T12:00:00Z`), the offset with or without
    /// a colon.
    pub fn parse_iso(text: &str) -> Option<Timestamp> {
        text.parse::<jiff::Timestamp>().ok().map(|at| Timestamp(at.as_microsecond()))
    }

    /// The ISO 8601 text in UTC; `None` outside the years -9999 to 9999.
    pub fn to_iso(self) -> Option<String> {
        jiff::Timestamp::from_microsecond(self.0).ok().map(|at| at.to_string())
    }
}

impl Span {
    pub const fn seconds(n: i64) -> Span {
        Span(n.saturating_mul(1_000_000))
    }

    pub const fn minutes(n: i64) -> Span {
        Span::seconds(n.saturating_mul(60))
    }

    pub const fn hours(n: i64) -> Span {
        Span::minutes(n.saturating_mul(60))
    }

    pub const fn days(n: i64) -> Span {
        Span::hours(n.saturating_mul(24))
    }

    /// Whole seconds, rounded down.
    pub const fn as_seconds(self) -> i64 {
        self.0.div_euclid(1_000_000)
    }
}

impl ops::Add<Span> for Timestamp {
    type Output = Timestamp;

    fn add(self, span: Span) -> Timestamp {
        Timestamp(self.0.saturating_add(span.0))
    }
}

impl ops::Sub<Span> for Timestamp {
    type Output = Timestamp;

    fn sub(self, span: Span) -> Timestamp {
        Timestamp(self.0.saturating_sub(span.0))
    }
}

impl ops::Sub for Timestamp {
    type Output = Span;

    fn sub(self, earlier: Timestamp) -> Span {
        Span(self.0.saturating_sub(earlier.0))
    }
}

impl fmt::Display for Timestamp {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.to_iso() {
            Some(iso) => f.write_str(&iso),
            None => write!(f, "{} µs", self.0),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_iso_instant_survives_the_round_trip() {
        let at = Timestamp::parse_iso("2026-10-30T12:00:00Z").expect("a valid instant");
        assert_eq!(at, Timestamp(1_793_361_600_000_000));
        assert_eq!(at.to_iso().as_deref(), Some("2026-10-30T12:00:00Z"));
        assert_eq!(Timestamp::parse_iso("2026-10-30T13:00:00.000000+0100"), Some(at));
        for text in ["yesterday", "", "x", "é", "5é", "2026-10-30T12:00"] {
            assert_eq!(Timestamp::parse_iso(text), None, "{text}");
        }
    }

    #[test]
    fn arithmetic_saturates_instead_of_wrapping() {
        assert_eq!(Timestamp(i64::MAX) + Span::days(1), Timestamp(i64::MAX));
        assert_eq!(Timestamp(10) - Timestamp(4), Span(6));
    }
}

//! When a listing was put up, as its market writes it: the reader of dates with the market's clock.

use watches_core::{
    date_text::{Zone, read_date},
    time::{Span, Timestamp},
};

/// A market in Germany: `Heute, 09:09`, `12.10.2026`.
pub fn in_germany(text: &str, now: Timestamp) -> Option<Timestamp> {
    past(text, now, Zone::CentralEurope)
}

/// A market whose clock is unknown: `3 days ago`, `Oct 5, 2026`.
pub fn anywhere(text: &str, now: Timestamp) -> Option<Timestamp> {
    past(text, now, Zone::Utc)
}

/// Nothing is listed tomorrow: a date ahead is no listing's.
fn past(text: &str, now: Timestamp, zone: Zone) -> Option<Timestamp> {
    read_date(text, now, zone).filter(|at| *at <= now + Span::days(1))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_market_has_its_clock() {
        let now = Timestamp::parse_iso("2026-10-30T12:00:00Z").expect("a valid instant");
        let read = in_germany("Gestern, 21:56", now).and_then(Timestamp::to_iso);
        assert_eq!(read.as_deref(), Some("2026-10-29T20:56:00Z"));
        assert_eq!(anywhere("in 3 days", now), None);
    }
}

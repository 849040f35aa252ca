//! The chart's time axis: the moments that are named, and whether by day or by hour.
//!
//! A span under two days is named by its hours, with the day where it changes; no two names beside
//! each other are the same.

use watches_core::time::{Span, Timestamp};

/// Room that a day takes with the air around it, and a day with its hour, in CSS pixels.
const DAY: f64 = 76.0;
const HOUR: f64 = 108.0;
/// More names than this say nothing more.
const MOST: usize = 4;

/// Moments spread evenly from `from` to `to`, both included: as many as fit into `room` pixels,
/// and over two days and more no more than there are days.
pub fn moments(from: Timestamp, to: Timestamp, room: f64) -> Vec<Timestamp> {
    let days = ((to - from).0 / Span::days(1).0).unsigned_abs() as usize;
    let (name, most) = if by_hour(from, to) { (HOUR, MOST) } else { (DAY, MOST.min(days + 1)) };
    let count = ((room / name) as usize).clamp(2, most);
    let step = (to - from).0 as f64 / (count - 1) as f64;
    (0..count).map(|n| Timestamp(from.0 + (step * n as f64) as i64)).collect()
}

fn by_hour(from: Timestamp, to: Timestamp) -> bool {
    to - from < Span::days(2)
}

/// How a moment is written, in the person's language and zone.
pub struct Names {
    /// `23 Nov`.
    pub day: fn(Timestamp) -> String,
    /// `14:05`.
    pub hour: fn(Timestamp) -> String,
    /// `23 Nov, 14:05`.
    pub both: fn(Timestamp) -> String,
}

impl Names {
    /// One name for each of `moments`; empty where it would repeat the one before.
    pub fn of(&self, moments: &[Timestamp]) -> Vec<String> {
        let (Some(from), Some(to)) = (moments.first(), moments.last()) else { return Vec::new() };
        let hours = by_hour(*from, *to);
        let mut before = (String::new(), String::new());
        let mut names = Vec::new();
        for at in moments {
            let day = (self.day)(*at);
            let name = match (hours, day == before.0) {
                (false, _) => day.clone(),
                (true, true) => (self.hour)(*at),
                (true, false) => (self.both)(*at),
            };
            names.push(if name == before.1 { String::new() } else { name.clone() });
            before = (day, name);
        }
        names
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const NAMES: Names = Names {
        day: |at| format!("day {}", hours(at) / 24),
        hour: |at| format!("{}:00", hours(at) % 24),
        both: |at| format!("day {} {}:00", hours(at) / 24, hours(at) % 24),
    };

    fn hours(at: Timestamp) -> i64 {
        at.0 / Span::hours(1).0
    }

    #[track_caller]
    fn check(span: Span, room: f64, names: &[&str]) {
        let from = Timestamp(0) + Span::hours(2);
        assert_eq!(NAMES.of(&moments(from, from + span, room)), names);
    }

    #[test]
    fn a_short_span_is_named_by_its_hours_and_no_name_stands_twice() {
        check(Span::hours(3), 440.0, &["day 0 2:00", "3:00", "4:00", "5:00"]);
        check(Span::hours(33), 440.0, &["day 0 2:00", "13:00", "day 1 0:00", "11:00"]);
        check(Span::hours(1), 440.0, &["day 0 2:00", "2:00", "", "3:00"]);
    }

    #[test]
    fn a_long_span_is_named_by_days_of_which_there_are_enough() {
        check(Span::days(2), 440.0, &["day 0", "day 1", "day 2"]);
        check(Span::days(30), 440.0, &["day 0", "day 10", "day 20", "day 30"]);
    }

    #[test]
    fn a_narrow_chart_names_fewer() {
        check(Span::days(30), 250.0, &["day 0", "day 15", "day 30"]);
        check(Span::hours(3), 250.0, &["day 0 2:00", "5:00"]);
        check(Span::days(30), 40.0, &["day 0", "day 30"]);
    }
}

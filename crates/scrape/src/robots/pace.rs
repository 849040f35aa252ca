//! The records about pace that RFC 9309 leaves out: `Crawl-delay`, `Request-rate`, `Visit-time`.

use watches_core::time::Span;

/// At most `requests` in `per`, at all times or within daily hours.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct RequestRate {
    pub requests: u32,
    pub per: Span,
    pub hours: Option<VisitTime>,
}

/// Daily hours in UTC; the end may lie before the start, past midnight.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct VisitTime {
    pub start: TimeOfDay,
    pub end: TimeOfDay,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct TimeOfDay {
    pub hour: u8,
    pub minute: u8,
}

/// A pause in seconds, fractions allowed; refused when negative or not a number.
pub fn seconds(value: &[u8]) -> Option<Span> {
    let seconds: f64 = std::str::from_utf8(value).ok()?.parse().ok()?;
    // Above ten years nobody means it, and the product must fit.
    let sane = (0.0..=315_360_000.0).contains(&seconds);
    sane.then(|| Span((seconds * 1e6).round() as i64))
}

impl RequestRate {
    /// `1/10s`, `100/15m 0600-0845`; a bare number counts seconds.
    pub fn read(value: &[u8]) -> Option<RequestRate> {
        let mut words = std::str::from_utf8(value).ok()?.split_whitespace();
        let (requests, period) = words.next()?.split_once('/')?;
        let (number, unit) = match period.char_indices().next_back()? {
            (at, letter) if letter.is_ascii_alphabetic() => (&period[..at], letter),
            _ => (period, 's'),
        };
        let unit = match unit.to_ascii_lowercase() {
            's' => Span::seconds(1),
            'm' => Span::minutes(1),
            'h' => Span::hours(1),
            'd' => Span::days(1),
            _ => return None,
        };
        let requests = requests.parse().ok().filter(|requests| *requests > 0)?;
        let count: u32 = number.parse().ok().filter(|count| *count > 0)?;
        let per = Span(unit.0.saturating_mul(i64::from(count)));
        let hours = match words.next() {
            Some(hours) => Some(VisitTime::read(hours.as_bytes())?),
            None => None,
        };
        Some(RequestRate { requests, per, hours })
    }
}

impl VisitTime {
    /// `0400-0845` or `0400 0845`.
    pub fn read(value: &[u8]) -> Option<VisitTime> {
        let text = std::str::from_utf8(value).ok()?;
        let (start, end) = text.split_once('-').or_else(|| text.split_once(' '))?;
        Some(VisitTime { start: TimeOfDay::read(start)?, end: TimeOfDay::read(end)? })
    }
}

impl TimeOfDay {
    /// `945` or `0945`.
    fn read(text: &str) -> Option<TimeOfDay> {
        let digits = text.trim();
        let plain = (3..=4).contains(&digits.len()) && digits.bytes().all(|d| d.is_ascii_digit());
        let number: u16 = plain.then(|| digits.parse().ok()).flatten()?;
        let (hour, minute) = (number / 100, number % 100);
        (hour < 24 && minute < 60).then_some(TimeOfDay { hour: hour as u8, minute: minute as u8 })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(text: &str, rate: Option<(u32, i64)>) {
        let read = RequestRate::read(text.as_bytes());
        assert_eq!(read.map(|rate| (rate.requests, rate.per.as_seconds())), rate, "{text}");
    }

    #[test]
    fn rates_are_read_in_their_units() {
        check("1/10s", Some((1, 10)));
        check("100/15m", Some((100, 900)));
        check("9000/1d 1820-1940", Some((9000, 86_400)));
        check("3/60", Some((3, 60)));
        check("0/5", None);
        check("1/0", None);
        check("1/5y", None);
        check("1/5s 2500-0000", None);
        check("1", None);
        check("1/é", None);
    }

    #[test]
    fn hours_have_three_or_four_digits() {
        let eight = VisitTime::read(b"800 0930").map(|time| (time.start.hour, time.end.minute));
        assert_eq!(eight, Some((8, 30)));
        assert_eq!(VisitTime::read(b"9-17"), None);
        assert_eq!(VisitTime::read(b"0400-0845-1000"), None);
    }
}

//! The `Retry-After` header (RFC 9110 section 10.2.3): seconds, or a date in three old forms.

use std::time::{Duration, SystemTime};

use watches_core::time::{Span, Timestamp};

/// Neither a number of seconds nor a date.
#[derive(Debug, thiserror::Error, PartialEq, Eq)]
#[error("`{0}` is not a Retry-After value")]
pub struct InvalidRetryAfter(pub String);

/// Nobody may put us off for longer; the next poll asks again.
const LONGEST: Span = Span::hours(24);

/// The instant from which the host may be asked again; never before `now`.
pub fn retry_after(header: &str, now: Timestamp) -> Result<Timestamp, InvalidRetryAfter> {
    let text = header.trim();
    let is_number = !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit());
    let wanted = match is_number {
        // Too many digits for the number type are simply very long.
        true => now + Span::seconds(text.parse().unwrap_or(i64::MAX)),
        false => date(text).ok_or_else(|| InvalidRetryAfter(header.to_owned()))?,
    };
    Ok(wanted.clamp(now, now + LONGEST))
}

fn date(text: &str) -> Option<Timestamp> {
    let at: SystemTime = httpdate::parse_http_date(text).ok()?;
    let since: Duration = at.duration_since(SystemTime::UNIX_EPOCH).ok()?;
    Some(Timestamp::from_seconds(i64::try_from(since.as_secs()).ok()?))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(header: &str, seconds: Option<i64>) {
        let now = Timestamp::parse_iso("2026-11-02T08:00:00Z").expect("a valid instant");
        let waited = retry_after(header, now).ok().map(|at| (at - now).as_seconds());
        assert_eq!(waited, seconds, "{header}");
    }

    #[test]
    fn seconds_and_dates_are_read_and_kept_in_bounds() {
        check("120", Some(120));
        check(" 0 ", Some(0));
        check("Mon, 02 Nov 2026 08:05:00 GMT", Some(300));
        check("Monday, 02-Nov-26 08:05:00 GMT", Some(300));
        check("Mon Nov  2 08:05:00 2026", Some(300));
        check("Mon, 02 Nov 2020 08:00:00 GMT", Some(0));
        check("31536000", Some(86_400));
        check("99999999999999999999999", Some(86_400));
        check("-5", None);
        check("+1", None);
        check("1.0", None);
        check("soon", None);
        check("", None);
    }
}

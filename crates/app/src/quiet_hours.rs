//! Quiet hours (product rule 5.7): may a toast be shown now?
//!
//! Pure. The window from `from` to `to` is read on the wall clock of its IANA zone, may wrap midnight,
//! and follows daylight saving because the wall clock does: in a gap the window is simply shorter, in
//! a fold longer. A zone that is not known counts as the system's.

use jiff::tz::TimeZone;
use watches_core::{quiet::QuietWindow, time::Timestamp};
use watches_ipc::settings::QuietHours;

/// True while `now` lies in the quiet window. `from == to` is no window at all.
pub fn is_quiet(hours: &QuietHours, now: Timestamp) -> bool {
    let Ok(instant) = jiff::Timestamp::from_microsecond(now.0) else { return false };
    let local = instant.to_zoned(zone(&hours.zone));
    let minute =
        u16::from(local.hour().unsigned_abs()) * 60 + u16::from(local.minute().unsigned_abs());
    QuietWindow { from: hours.from, to: hours.to }.holds(minute)
}

/// Is the name a zone this machine knows? The settings page refuses others.
pub fn is_zone(name: &str) -> bool {
    name.is_empty() || TimeZone::get(name).is_ok()
}

fn zone(name: &str) -> TimeZone {
    if name.is_empty() {
        return TimeZone::system();
    }
    TimeZone::get(name).unwrap_or_else(|_| TimeZone::system())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(from: u16, to: u16, zone: &str, at: &str, quiet: bool) {
        let hours = QuietHours { from, to, zone: zone.to_owned() };
        let now = Timestamp::parse_iso(at).expect("an instant");
        assert_eq!(is_quiet(&hours, now), quiet, "{from}-{to} {zone} at {at}");
    }

    #[test]
    fn the_window_wraps_midnight() {
        let (ten, seven) = (22 * 60, 7 * 60);
        check(ten, seven, "Europe/Berlin", "2026-01-10T20:59:00Z", false);
        check(ten, seven, "Europe/Berlin", "2026-01-10T21:00:00Z", true);
        check(ten, seven, "Europe/Berlin", "2026-01-10T23:30:00Z", true);
        check(ten, seven, "Europe/Berlin", "2026-01-11T05:59:59Z", true);
        check(ten, seven, "Europe/Berlin", "2026-01-11T06:00:00Z", false);
        check(60, 120, "UTC", "2026-01-11T01:30:00Z", true);
        check(60, 60, "UTC", "2026-01-11T01:00:00Z", false);
    }

    #[test]
    fn daylight_saving_is_followed() {
        let (two, three) = (2 * 60, 3 * 60);
        // Berlin's clocks skip 02:00 to 03:00 on 2026-03-29: there is no quiet minute.
        check(two, three, "Europe/Berlin", "2026-03-29T00:59:59Z", false);
        check(two, three, "Europe/Berlin", "2026-03-29T01:00:00Z", false);
        // They show 02:00 to 03:00 twice on 2026-10-25: both hours are quiet.
        check(two, three, "Europe/Berlin", "2026-10-25T00:30:00Z", true);
        check(two, three, "Europe/Berlin", "2026-10-25T01:30:00Z", true);
        check(two, three, "Europe/Berlin", "2026-10-25T02:00:00Z", false);
        // In summer the same wall clock is an hour earlier in UTC.
        check(22 * 60, 7 * 60, "Europe/Berlin", "2026-07-10T20:00:00Z", true);
    }

    #[test]
    fn zones_are_iana_names() {
        assert!(is_zone("America/New_York") && is_zone(""));
        assert!(!is_zone("Mars/Olympus"));
    }
}

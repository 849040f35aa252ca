//! Quiet hours (product rule 5.7): is a minute of the local day inside the window, and what breaks through.
//!
//! The local minute and the zone's leaps are found by `app`; here is only the arithmetic. A window may go
//! over midnight: 22:00 to 07:00 is one window.

use crate::{listing::notice::Urgency, time::Span};

const MINUTES_A_DAY: u16 = 1_440;

/// From `from` up to but not including `to`, in minutes after local midnight.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct QuietWindow {
    pub from: u16,
    pub to: u16,
}

impl QuietWindow {
    /// Is it quiet at that minute of the local day? A window of no length is never quiet.
    pub fn holds(self, minute: u16) -> bool {
        let since = |from: u16, to: u16| {
            (to % MINUTES_A_DAY + MINUTES_A_DAY - from % MINUTES_A_DAY) % MINUTES_A_DAY
        };
        since(self.from, minute) < since(self.from, self.to)
    }

    /// Minutes of local clock time until the window ends; `None` outside it.
    pub fn minutes_left(self, minute: u16) -> Option<u16> {
        let left =
            (self.to % MINUTES_A_DAY + MINUTES_A_DAY - minute % MINUTES_A_DAY) % MINUTES_A_DAY;
        self.holds(minute).then_some(left)
    }
}

/// What an alert must be to be told in quiet hours: critical, or an auction with the person's own bid on
/// it that ends within 15 minutes (`own_auction_ends_in`).
pub fn breaks_through(urgency: Urgency, own_auction_ends_in: Option<Span>) -> bool {
    let ending = own_auction_ends_in.is_some_and(|left| left.0 >= 0 && left < Span::minutes(15));
    urgency == Urgency::Critical || ending
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[track_caller]
    fn check(from: (u16, u16), to: (u16, u16), at: (u16, u16), left: Option<u16>) {
        let minute = |(hour, minute): (u16, u16)| hour * 60 + minute;
        let window = QuietWindow { from: minute(from), to: minute(to) };
        assert_eq!(window.minutes_left(minute(at)), left, "{from:?} to {to:?} at {at:?}");
        assert_eq!(window.holds(minute(at)), left.is_some());
    }

    #[test]
    fn a_window_may_go_over_midnight() {
        check((22, 0), (7, 0), (21, 59), None);
        check((22, 0), (7, 0), (22, 0), Some(540));
        check((22, 0), (7, 0), (23, 59), Some(421));
        check((22, 0), (7, 0), (0, 0), Some(420));
        check((22, 0), (7, 0), (6, 59), Some(1));
        check((22, 0), (7, 0), (7, 0), None);
        check((13, 0), (14, 30), (13, 0), Some(90));
        check((13, 0), (14, 30), (14, 30), None);
        check((8, 0), (8, 0), (8, 0), None);
        check((22, 0), (24, 0), (23, 0), Some(60));
    }

    #[test]
    fn only_the_urgent_breaks_through() {
        assert!(breaks_through(Urgency::Critical, None));
        assert!(!breaks_through(Urgency::High, None));
        assert!(breaks_through(Urgency::Low, Some(Span::minutes(14))));
        assert!(!breaks_through(Urgency::High, Some(Span::minutes(15))));
        assert!(!breaks_through(Urgency::High, Some(Span::minutes(-1))));
    }

    proptest! {
        #[test]
        fn a_window_and_the_rest_make_a_day(from in 0_u16..1_440, to in 0_u16..1_440, at in 0_u16..1_440) {
            prop_assume!(from != to);
            let inside = QuietWindow { from, to }.holds(at);
            prop_assert_ne!(inside, QuietWindow { from: to, to: from }.holds(at));
        }
    }
}

//! A source's state as its JSON document in the store, and what the planner makes of it.

use watches_core::time::{Span, Timestamp};
use watches_ipc::source::SourceState;

/// A state of an unknown form (an older or newer version wrote it) counts as never polled.
pub(crate) fn read_state(document: &str) -> SourceState {
    serde_json::from_str(document).unwrap_or(SourceState::Idle)
}

pub(crate) fn write_state(state: &SourceState) -> String {
    serde_json::to_string(state).expect("a state is only words, times and texts")
}

/// Not before this may the source be asked again.
pub(crate) fn rest_until(state: &SourceState) -> Option<Timestamp> {
    match state {
        SourceState::Waiting { until, .. } => Some(*until),
        // Asking a challenge again does not make it go away: a few times a day is enough.
        SourceState::NeedsYou { since, .. } => Some(*since + Span::hours(6)),
        SourceState::Idle
        | SourceState::Ok
        | SourceState::Degraded { .. }
        | SourceState::Offline { .. }
        | SourceState::BudgetSpent { .. } => None,
    }
}

/// Days since 1970 in UTC: a source's budget begins anew at midnight there.
pub(crate) fn budget_day(now: Timestamp) -> i64 {
    now.0.div_euclid(Span::days(1).0)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_state_survives_its_document() {
        let since = Timestamp::from_seconds(1_793_361_600);
        let needs = SourceState::NeedsYou { since, url: "u".to_owned(), reason: "r".to_owned() };
        assert_eq!(read_state(&write_state(&needs)), needs);
        assert_eq!(rest_until(&needs), Some(since + Span::hours(6)));
        assert_eq!(read_state("{}"), SourceState::Idle);
        assert_eq!(read_state(""), SourceState::Idle);
    }
}

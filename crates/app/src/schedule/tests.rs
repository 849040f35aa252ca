//! The planner's table tests and laws.

use proptest::prelude::*;
use uuid::Uuid;

use super::*;

const NOON: Timestamp = Timestamp::from_seconds(1_793_361_600);

fn watch(n: u128, interval: Span, last: Option<Timestamp>) -> WatchFacts {
    let sources = vec!["ebay".to_owned()];
    WatchFacts { id: WatchlistId(Uuid::from_u128(n)), interval, last_polled: last, sources }
}

fn source(used: u32) -> SourceFacts {
    SourceFacts { key: "ebay".to_owned(), rest_until: None, daily_budget: 400, used_today: used }
}

fn facts(now: Timestamp, watches: Vec<WatchFacts>) -> Facts {
    Facts { now, watches, sources: vec![source(0)], ..Facts::default() }
}

#[track_caller]
fn check(facts: &Facts, due: usize) -> Plan {
    let plan = plan(facts);
    assert_eq!(plan.due.len(), due, "{plan:?}");
    plan
}

#[test]
fn a_new_watchlist_is_polled_at_once() {
    let plan = check(&facts(NOON, vec![watch(1, Span::hours(1), None)]), 1);
    assert_eq!(plan.due[0].sources, ["ebay"]);
}

#[test]
fn mail_is_looked_into_by_its_own_rhythm() {
    let mail_box = |last_polled, rest_until| BoxFacts {
        key: "mail:/alerts".to_owned(),
        interval: Span::minutes(5),
        last_polled,
        rest_until,
    };
    let planned = |one: BoxFacts| {
        let plan = plan(&Facts { now: NOON, boxes: vec![one], ..Facts::default() });
        (plan.boxes.len(), plan.wake_at)
    };
    let minutes = |n| NOON + Span::minutes(n);
    assert_eq!(planned(mail_box(None, None)), (1, None));
    assert_eq!(planned(mail_box(Some(minutes(-5)), None)), (1, None));
    assert_eq!(planned(mail_box(Some(minutes(-4)), None)), (0, Some(minutes(1))));
    assert_eq!(planned(mail_box(Some(minutes(-60)), Some(minutes(9)))), (0, Some(minutes(9))));
    // A clock that went back: one look too many, never silence.
    assert_eq!(planned(mail_box(Some(minutes(400)), None)), (1, None));
}

#[test]
fn weeks_offline_lead_to_one_poll_each() {
    let slept = NOON - Span::days(40);
    let facts = facts(NOON, (1..=20).map(|n| watch(n, Span::minutes(10), Some(slept))).collect());
    let plan = check(&facts, 20);
    assert!(plan.wake_at.is_some_and(|at| at > NOON + Span::minutes(8)), "{plan:?}");
}

#[test]
fn a_clock_set_back_polls_once_and_a_small_step_does_not() {
    check(&facts(NOON, vec![watch(1, Span::hours(1), Some(NOON + Span::days(400)))]), 1);
    check(&facts(NOON, vec![watch(1, Span::hours(1), Some(NOON + Span::minutes(1)))]), 0);
}

#[test]
fn a_pause_silences_everything_until_its_end() {
    let mut facts = facts(NOON, vec![watch(1, Span::hours(1), None)]);
    facts.pause = Some(Pause { from: NOON - Span::minutes(10), until: NOON + Span::minutes(50) });
    assert_eq!(check(&facts, 0).wake_at, Some(NOON + Span::minutes(50)));
    facts.now = NOON + Span::minutes(50);
    check(&facts, 1);
    // Set back before the pause was asked for: it no longer counts.
    facts.now = NOON - Span::days(1);
    check(&facts, 1);
}

#[test]
fn offline_backs_off_and_probes() {
    let mut facts = facts(NOON, vec![watch(1, Span::hours(1), None)]);
    facts.offline = Some(Offline { tried_at: NOON, failures: 4 });
    assert_eq!(check(&facts, 0).wake_at, Some(NOON + Span::minutes(8)));
    facts.offline = Some(Offline { tried_at: NOON, failures: 4_000_000 });
    assert_eq!(check(&facts, 0).wake_at, Some(NOON + Span::minutes(30)));
    facts.now = NOON + Span::minutes(30);
    check(&facts, 1);
}

#[test]
fn a_spent_budget_waits_for_midnight_and_keeps_a_tenth_for_auctions() {
    let mut facts = facts(NOON, vec![watch(1, Span::hours(1), None)]);
    facts.sources = vec![source(360)];
    assert_eq!(check(&facts, 0).wake_at, Some(day_start(NOON) + Span::days(1)));
    facts.endings = vec![ending(Span::minutes(10), Span::minutes(30))];
    assert_eq!(check(&facts, 0).endings.len(), 1);
    facts.sources = vec![source(400)];
    assert_eq!(check(&facts, 0).endings.len(), 0);
}

#[test]
fn the_budget_is_spread_over_the_day() {
    let mut facts = facts(day_start(NOON), vec![watch(1, Span::hours(1), None)]);
    facts.sources = vec![source(90)];
    assert_eq!(check(&facts, 0).wake_at, Some(facts.now + Span::minutes(15)));
    facts.now = facts.now + Span::hours(1);
    check(&facts, 1);
}

#[test]
fn a_resting_source_waits_but_never_for_years() {
    let mut facts = facts(NOON, vec![watch(1, Span::hours(1), None)]);
    facts.sources[0].rest_until = Some(NOON + Span::minutes(7));
    assert_eq!(check(&facts, 0).wake_at, Some(NOON + Span::minutes(7)));
    facts.sources[0].rest_until = Some(NOON + Span::days(4_000));
    check(&facts, 1);
}

fn ending(left: Span, seen_ago: Span) -> Ending {
    Ending {
        listing: ListingId(Uuid::from_u128(9)),
        source: "ebay".to_owned(),
        ends_at: NOON + left,
        last_seen: NOON - seen_ago,
    }
}

#[test]
fn an_auction_is_watched_ever_closer() {
    #[track_caller]
    fn check(left: i64, seen_ago: i64, due: bool) {
        let mut facts = facts(NOON, Vec::new());
        facts.endings = vec![ending(Span::minutes(left), Span::minutes(seen_ago))];
        assert_eq!(plan(&facts).endings.len() == 1, due, "{left} min left, seen {seen_ago} ago");
    }
    check(120, 300, false);
    check(50, 9, false);
    check(50, 10, true);
    check(14, 2, false);
    check(14, 3, true);
    check(4, 1, true);
    check(-2, 5, true);
    check(-5, 1, false);
}

proptest! {
    #[test]
    fn one_interval_holds_at_most_two_polls_and_at_least_one(
        minutes in 1_i64..1_440, id in any::<u128>(), start in 0_i64..1_000_000,
    ) {
        let interval = Span::minutes(minutes);
        let last = NOON + Span::seconds(start);
        let next = next_poll(&watch(id, interval, Some(last)), last);
        let late = if minutes < 15 { Span::minutes(1) } else { Span::minutes(5) };
        prop_assert!(next.0 >= last.0 + interval.0 * 9 / 10 - 1);
        prop_assert!(next.0 <= last.0 + interval.0 * 11 / 10 + late.0);
        prop_assert_eq!(next.0 % Span::minutes(1).0, 0);
    }

    #[test]
    fn a_plan_never_sleeps_forever_nor_wakes_in_the_past(
        now in any::<i32>(), last in any::<i32>(), used in 0_u32..500, minutes in 1_i64..600,
    ) {
        let now = Timestamp::from_seconds(i64::from(now));
        let last = Timestamp::from_seconds(i64::from(last));
        let mut facts = facts(now, vec![watch(1, Span::minutes(minutes), Some(last))]);
        facts.sources = vec![source(used)];
        let plan = plan(&facts);
        let wake_at = plan.wake_at.expect("a watchlist always has a next time");
        prop_assert!(wake_at > now && wake_at <= now + Span::days(1));
    }
}

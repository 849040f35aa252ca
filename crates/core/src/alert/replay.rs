//! Back-test: the alerts a rule would have raised over stored histories, in order, with their dates.
//!
//! In: a rule and listings with their whole past. Out: what it would have told and how often a week.
//! Called by the live preview of the rule editor and by `watches rule replay`. It steps through the very
//! functions that a poll runs, so it cannot say otherwise than the app would have done.

use crate::{
    alert::{
        circumstances::{ActiveRule, Circumstances, LastAlert, RuleMemory},
        rule::{Decimal, NumberField, Rule, Test},
    },
    id::{ListingId, RuleId},
    listing::{matching::match_rules, notice::notices, price::Priced},
    money::Money,
    time::{Span, Timestamp},
};

/// What a rule would have told.
#[derive(Debug, Clone, PartialEq)]
pub struct Replay {
    /// Oldest first.
    pub alerts: Vec<ReplayedAlert>,
    /// From the first observation to now.
    pub length: Span,
    /// Alerts a week over that time; over less than a week, what they would come to.
    pub per_week: f64,
}

#[derive(Debug, Clone, PartialEq)]
pub struct ReplayedAlert {
    pub at: Timestamp,
    pub listing: ListingId,
    pub price: Option<Money>,
    pub reason: String,
}

/// Steps each listing through its observations, and through the moments at which time alone could have
/// decided the rule.
///
/// Rules on the market's median see the asks given, as far as they were made at the time.
pub fn replay(rule: &Rule, listings: &[Priced], circumstances: &Circumstances<'_>) -> Replay {
    let mut alerts: Vec<ReplayedAlert> =
        listings.iter().flat_map(|priced| replay_one(rule, priced, circumstances)).collect();
    alerts.sort_by_key(|alert| alert.at);
    let begins = |priced: &Priced| priced.history.first().map(|seen| seen.at);
    let start = listings.iter().filter_map(begins).min().unwrap_or(circumstances.now);
    let length = Span((circumstances.now - start).0.max(0));
    let weeks = (length.0.max(Span::days(1).0)) as f64 / Span::days(7).0 as f64;
    let per_week = alerts.len() as f64 / weeks;
    Replay { alerts, length, per_week }
}

fn replay_one(
    rule: &Rule,
    priced: &Priced,
    circumstances: &Circumstances<'_>,
) -> Vec<ReplayedAlert> {
    let id = RuleId(uuid::Uuid::nil());
    let since = priced.unique.first_seen;
    let mut memory = RuleMemory { since, last_alert: None };
    let mut alerts = Vec::new();
    let mut past = Priced { history: Vec::new(), ..priced.clone() };
    for at in moments(rule, priced, circumstances.now) {
        let until = priced.history.partition_point(|seen| seen.at <= at);
        past.history.extend_from_slice(&priced.history[past.history.len()..until]);
        let then = Circumstances { now: at, ..*circumstances };
        let rules = [ActiveRule { id, rule, memory }];
        let matched = match_rules(past, &rules, &then);
        for notice in notices(&matched, &rules, &then) {
            let price = notice.new_price;
            memory.last_alert = Some(LastAlert { at, price });
            let listing = priced.unique.id;
            alerts.push(ReplayedAlert { at, listing, price, reason: notice.reason });
        }
        past = matched.priced;
    }
    alerts
}

/// When something could have changed: each observation, and each deadline that the rule names.
fn moments(rule: &Rule, priced: &Priced, now: Timestamp) -> Vec<Timestamp> {
    let observed: Vec<Timestamp> = priced.history.iter().map(|seen| seen.at).collect();
    let Some(first) = observed.first().copied() else { return Vec::new() };
    let mut moments = observed.clone();
    if let Some(hold) = rule.hold {
        moments.extend(observed.iter().map(|at| *at + hold.length));
    }
    if let Some(cooldown) = rule.action.cooldown {
        moments.extend(observed.iter().map(|at| *at + cooldown));
    }
    for comparison in rule.condition.tests() {
        if let Some(deadline) = deadline(&comparison.test, priced) {
            moments.extend([deadline, deadline + Span::seconds(1)]);
        }
    }
    moments.retain(|at| (first..=now).contains(at));
    moments.sort_unstable();
    moments.dedup();
    moments
}

fn deadline(test: &Test, priced: &Priced) -> Option<Timestamp> {
    let page = &priced.unique.normalised.extracted;
    let first_seen = priced.unique.first_seen;
    match test {
        Test::EndsIn { within, .. } => page.ends_at.map(|end| end - *within),
        Test::Number { field: NumberField::DaysOnMarket, value: Decimal(value), .. } => {
            let listed = page.listed_at.unwrap_or(first_seen).min(first_seen);
            Some(listed + Span::days(value.div_euclid(1_000_000) + 1))
        }
        Test::Number { .. }
        | Test::Money { .. }
        | Test::Condition { .. }
        | Test::Risk { .. }
        | Test::Verdict { .. }
        | Test::Kind { .. }
        | Test::SetName { .. }
        | Test::SetPart { .. }
        | Test::Text { .. }
        | Test::Move { .. }
        | Test::Extreme { .. } => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{
        alert::{parse, sample::Sample},
        listing::{extracted::SaleKind, price::Observation},
        money::Currency,
    };

    fn replayed(sample: &Sample, rule: &str) -> Replay {
        replay(
            &parse(rule).expect(rule),
            std::slice::from_ref(&sample.priced),
            &sample.circumstances(),
        )
    }

    /// The days after the first observation on which the rule alerts.
    #[track_caller]
    fn check(sample: &Sample, rule: &str, days: &[i64]) {
        let first = sample.priced.history[0].at;
        let found: Vec<i64> = replayed(sample, rule)
            .alerts
            .iter()
            .map(|alert| (alert.at - first).0 / Span::days(1).0)
            .collect();
        assert_eq!(found, days, "{rule}");
    }

    /// EUR 10,000 and 1 % less on each of twenty days.
    fn slow_drip() -> Sample {
        let mut sample = Sample::new();
        let mut price = 10_000_f64;
        let mut history: Vec<Observation> = Vec::new();
        for day in (0..=20).rev() {
            sample.prices(&[(day, 0)]);
            let minor = (price * 100.0).round() as i64;
            let seen = sample.priced.history.remove(0);
            history.push(Observation { price: Some(Money::new(minor, Currency::EUR)), ..seen });
            price *= 0.99;
        }
        sample.priced.unique.first_seen = history[0].at;
        sample.priced.history = history;
        sample
    }

    #[test]
    fn a_slow_drip_is_caught_by_its_baseline() {
        let sample = slow_drip();
        check(&sample, "when price drops by 5% vs last_alert then toast", &[6, 12, 18]);
        check(&sample, "when price drops by 5% vs high(1d) then toast", &[]);
        check(&sample, "when price drops by 5% vs first_seen then toast", &[6, 12, 18]);
        check(&sample, "when price drops by 5% vs first_seen then toast rearm 10%", &[6, 17]);
        check(&sample, "when price drops by 5% vs last_alert then toast cooldown 7d", &[6, 13, 20]);
        check(&sample, "when price drops by 5% vs high(30d) for 2d then toast", &[8, 14, 20]);
        check(&sample, "when price <= 9000 EUR then toast", &[11, 17]);
        check(
            &sample,
            "when price is_new_low over 90d then toast rearm 0.9%",
            &(1..=20).collect::<Vec<_>>(),
        );
        check(&sample, "when days_on_market > 14 then toast", &[15]);
        check(&sample, "when days_on_market >= 14 then toast rearm 50%", &[14]);
        check(&sample, "when verdict = great then toast", &[]);
    }

    #[test]
    fn alerts_are_counted_by_the_week() {
        let found = replayed(&slow_drip(), "when price drops by 5% vs last_alert then digest");
        assert_eq!(found.length, Span::days(20));
        assert!((found.per_week - 3.0 * 7.0 / 20.0).abs() < 1e-9);
        assert_eq!(found.alerts[0].reason, "Down 5.9 % to EUR 9,414.80, lowest in 6 days");
        assert_eq!(found.alerts[1].reason, "Down 5.9 % to EUR 8,863.85, lowest in 12 days");
    }

    #[test]
    fn the_end_of_an_auction_is_a_moment_of_its_own() {
        let mut sample = Sample::new();
        let page = &mut sample.priced.unique.normalised.extracted;
        page.kind = SaleKind::Auction;
        page.ends_at = Some(sample.now - Span::days(2));
        let found = replayed(&sample, "when kind = auction and ends_in < 15m then toast");
        let before_end: Vec<Span> =
            found.alerts.iter().map(|alert| sample.now - Span::days(2) - alert.at).collect();
        assert_eq!(before_end, [Span(Span::minutes(15).0 - 1_000_000)]);
    }

    #[test]
    fn nothing_stored_gives_nothing() {
        let sample = Sample::new();
        let rule = parse("when price <= 1 EUR then toast").expect("a rule");
        let found = replay(&rule, &[], &sample.circumstances());
        assert_eq!((found.alerts.len(), found.per_week), (0, 0.0));
    }
}

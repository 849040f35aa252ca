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

//! Matched -> Notice: which verdicts are news, and in what words.
//!
//! Called by `app::listing_flow`, which stores each notice once by its key and then tells it. Always the
//! same inputs give the same keys, so a poll repeated after a crash tells nothing twice.

use serde::{Deserialize, Serialize};

use crate::{
    alert::{
        ActiveRule, Circumstances, Rule,
        rule::{Base, Direction, Extreme, Order, Test},
        view::View,
    },
    id::{ListingId, RuleId},
    listing::{
        extracted::SaleState,
        matching::{Matched, Outcome, RuleVerdict},
        reason::{previous_price, reason, sentence},
    },
    money::Money,
};

/// One thing worth telling, ready for the inbox and the desktop.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Notice {
    pub rule: RuleId,
    pub listing: ListingId,
    /// Rule, listing and value: the same news is told once.
    pub key: String,
    pub urgency: Urgency,
    pub channels: Vec<Channel>,
    pub old_price: Option<Money>,
    pub new_price: Option<Money>,
    /// The watch in our words: `Rolex Submariner Date 126610LN`.
    pub headline: String,
    /// What happened and why it matters, one sentence.
    pub reason: String,
}

#[derive(
    Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default, Serialize, Deserialize,
)]
#[serde(rename_all = "snake_case")]
pub enum Urgency {
    Low,
    #[default]
    Normal,
    High,
    Critical,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Channel {
    Toast,
    Digest,
    Email,
    Sms,
    Webhook,
    Push,
}

/// How far a price must move past the last alerted one, if the rule does not say: 5 %.
const USUAL_REARM_PPM: i64 = 50_000;

/// The verdicts that are news, as notices; the rest of the matches was told before.
///
/// `rules` are those given to `match_rules`. Nothing that is sold, ended or reserved is news, nor a match
/// that only the exchange rate made.
pub fn notices(
    matched: &Matched,
    rules: &[ActiveRule<'_>],
    circumstances: &Circumstances<'_>,
) -> Vec<Notice> {
    let state = matched
        .priced
        .history
        .last()
        .map_or(matched.priced.unique.normalised.extracted.state, |seen| seen.state);
    if state != SaleState::Active {
        return Vec::new();
    }
    let news = |verdict: &RuleVerdict| {
        let active = rules.iter().find(|active| active.id == verdict.rule)?;
        let view = View::new(&matched.priced, circumstances, active.memory);
        let told =
            verdict.outcome == Outcome::Match && !verdict.rates_only && is_news(active, &view);
        told.then(|| notice(active, &view, matched.priced.unique.id))
    };
    matched.verdicts.iter().filter_map(news).collect()
}

/// The first match is news; after it only a price that moved far enough, and not within the cooldown.
fn is_news(active: &ActiveRule<'_>, view: &View<'_>) -> bool {
    let Some(last) = active.memory.last_alert else { return true };
    let cooling = active.rule.action.cooldown.is_some_and(|cooldown| view.now - last.at < cooldown);
    match (view.price(), last.price) {
        (Some(now), Some(then)) if now.currency == then.currency => {
            !cooling && moved_on(active.rule, now, then)
        }
        (Some(_), None) => !cooling,
        (Some(_), Some(_)) | (None, _) => false,
    }
}

/// Past the last alerted price by the re-arm share, in the direction that the rule is about.
fn moved_on(rule: &Rule, now: Money, then: Money) -> bool {
    let change = i128::from(now.minor) - i128::from(then.minor);
    let direction = direction(rule);
    let right_way = match direction {
        Direction::Drops => change < 0,
        Direction::Rises => change > 0,
        Direction::Changes => change != 0,
    };
    let usual = if measures_from_last_alert(rule) { 0 } else { USUAL_REARM_PPM };
    let rearm = rule.action.rearm_ppm.unwrap_or(usual);
    right_way && change.abs() * 1_000_000 >= i128::from(then.minor) * i128::from(rearm)
}

/// Down, unless the rule is about prices going up, or either way.
fn direction(rule: &Rule) -> Direction {
    let ways = rule.condition.tests().into_iter().filter_map(|comparison| way(&comparison.test));
    ways.reduce(|one, other| if one == other { one } else { Direction::Changes })
        .unwrap_or(Direction::Drops)
}

fn way(test: &Test) -> Option<Direction> {
    match test {
        Test::Move { direction, .. } => Some(*direction),
        Test::Extreme { extreme: Extreme::Low, .. } => Some(Direction::Drops),
        Test::Extreme { extreme: Extreme::High, .. } => Some(Direction::Rises),
        Test::Money { order, .. } => match order {
            Order::Greater | Order::AtLeast => Some(Direction::Rises),
            Order::Less | Order::AtMost | Order::Equal | Order::NotEqual => Some(Direction::Drops),
        },
        Test::Number { .. }
        | Test::EndsIn { .. }
        | Test::Condition { .. }
        | Test::Risk { .. }
        | Test::Verdict { .. }
        | Test::Kind { .. }
        | Test::SetName { .. }
        | Test::SetPart { .. }
        | Test::Text { .. } => None,
    }
}

/// Such a rule is its own re-arm.
fn measures_from_last_alert(rule: &Rule) -> bool {
    let from_last = |test: &Test| matches!(test, Test::Move { base: Base::LastAlert, .. });
    rule.condition.tests().into_iter().any(|comparison| from_last(&comparison.test))
}

fn notice(active: &ActiveRule<'_>, view: &View<'_>, listing: ListingId) -> Notice {
    let action = &active.rule.action;
    Notice {
        rule: active.id,
        listing,
        key: key(active, view, listing),
        urgency: action.urgency,
        channels: action.channels.clone(),
        old_price: previous_price(active.rule, view),
        new_price: view.price(),
        headline: headline(view),
        reason: sentence(&reason(active.rule, view)),
    }
}

/// The same price of the same listing is told once by a rule. Where the rule measures from its last alert
/// a price may come back and be news again, so the moment it began is part of the value.
fn key(active: &ActiveRule<'_>, view: &View<'_>, listing: ListingId) -> String {
    let value = match view.price() {
        Some(price) => format!("{}{}", price.minor, price.currency),
        None => "unpriced".to_owned(),
    };
    let since = if measures_from_last_alert(active.rule) {
        format!("@{}", view.price_since().0)
    } else {
        String::new()
    };
    format!("{}:{listing}:{value}{since}", active.id)
}

/// The watch in our words, or the seller's title where we know no better.
fn headline(view: &View<'_>) -> String {
    let watch = &view.listing.watch;
    let reference = watch.reference.as_deref().or(watch.reference_base.as_deref());
    match (watch.brand.as_deref(), watch.family.as_deref().or(reference)) {
        (Some(brand), Some(_)) => {
            let words = [Some(brand), watch.family.as_deref(), reference];
            words.into_iter().flatten().collect::<Vec<_>>().join(" ")
        }
        (None, _) | (_, None) => view.extracted().title.clone(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{
        alert::{LastAlert, parse, sample::Sample},
        listing::matching::match_rules,
        time::{Span, Timestamp},
    };

    fn told(sample: &Sample, rule: &str) -> Vec<Notice> {
        let rule = parse(rule).expect(rule);
        let id = RuleId(uuid::Uuid::from_u128(7));
        let rules = [ActiveRule { id, rule: &rule, memory: sample.memory }];
        let circumstances = sample.circumstances();
        let matched = match_rules(sample.priced.clone(), &rules, &circumstances);
        notices(&matched, &rules, &circumstances)
    }

    /// Is a drop from the last alerted 10,000, an hour ago, news at the price?
    #[track_caller]
    fn check(rule: &str, euros: i64, expected: bool) {
        let mut sample = Sample::new();
        sample.prices(&[(20, 12_000), (10, 10_000), (0, euros)]);
        let at = sample.now - Span::hours(1);
        let price = Some(crate::alert::sample::eur(10_000));
        sample.memory.last_alert = Some(LastAlert { at, price });
        assert_eq!(told(&sample, rule).len(), usize::from(expected), "{rule} at {euros}");
    }

    #[test]
    fn a_told_match_is_news_again_only_further_down() {
        let limit = "when price <= 11000 EUR then toast";
        check(limit, 10_000, false);
        check(limit, 9_501, false);
        check(limit, 9_500, true);
        check(limit, 10_600, false);
        check("when price <= 11000 EUR then toast rearm 2%", 9_800, true);
        check("when price <= 11000 EUR then toast rearm 2%", 9_801, false);
        check("when price <= 11000 EUR then toast cooldown 2h", 9_000, false);
        check("when price <= 11000 EUR then toast cooldown 1h", 9_000, true);
        check(r#"when ref_family = "126610" then toast"#, 9_500, true);
        check("when price >= 8000 EUR then toast", 10_500, true);
        check("when price >= 8000 EUR then toast", 9_000, false);
        check("when price drops by 2% vs last_alert then toast", 9_800, true);
        check("when price drops by 2% vs first_seen then toast", 9_800, false);
        check("when price rises by 2% vs last_alert then toast", 10_200, true);
        check("when price changes by 2% vs last_alert then toast", 10_200, true);
        check("when price is_new_low over 90d then toast", 9_500, true);
        check("when price is_new_low over 90d then toast", 9_900, false);
    }

    #[test]
    fn the_first_match_is_told_once_and_only_of_what_can_be_bought() {
        let mut sample = Sample::new();
        let rule = "when price <= 11000 EUR then toast,email urgency high";
        let notices = told(&sample, rule);
        let [notice] = notices.as_slice() else { panic!("one notice: {notices:?}") };
        assert_eq!(notice.channels, [Channel::Toast, Channel::Email]);
        assert_eq!(notice.urgency, Urgency::High);
        assert_eq!(notice.headline, "Rolex Submariner Date 126610LN");
        assert_eq!(notice.reason, "At EUR 9,180 for 10 days, EUR 1,820 under your limit");
        assert_eq!(
            (notice.old_price, notice.new_price),
            (None, Some(crate::alert::sample::eur(9_180)))
        );
        let uuid = |n: u128| uuid::Uuid::from_u128(n);
        assert_eq!(notice.key, format!("{}:{}:918000EUR", uuid(7), uuid(1)));
        assert_eq!(told(&sample, rule), notices, "the same inputs, the same key");
        for gone in [SaleState::Sold, SaleState::Ended, SaleState::Reserved] {
            if let Some(last) = sample.priced.history.last_mut() {
                last.state = gone;
            }
            assert_eq!(told(&sample, rule), []);
        }
    }

    #[test]
    fn the_reason_says_what_happened_and_why_it_matters() {
        let mut sample = Sample::new();
        sample.prices(&[(90, 9_766), (0, 9_180)]);
        let rule = "when landed <= 9745 EUR then toast";
        let notice = told(&sample, rule).remove(0);
        assert_eq!(
            notice.reason,
            "Down 6 % to EUR 9,180, lowest in 90 days, EUR 540 under your limit landed"
        );
        assert_eq!(notice.old_price, Some(crate::alert::sample::eur(9_766)));
        sample.prices(&[(0, 9_180)]);
        let notice = told(&sample, rule).remove(0);
        assert_eq!(notice.reason, "New at EUR 9,180, EUR 540 under your limit landed");
        sample.prices(&[(40, 9_000), (30, 9_500), (0, 9_300)]);
        let notice = told(&sample, "when brand = rolex then toast").remove(0);
        assert_eq!(notice.reason, "Down 2.1 % to EUR 9,300, lowest in 30 days");
        sample.prices(&[(3, 9_000), (0, 9_300)]);
        let page = &mut sample.priced.unique.normalised.extracted;
        page.ends_at = Some(sample.now + Span::minutes(12));
        let notice = told(&sample, "when brand = rolex then toast").remove(0);
        assert_eq!(notice.reason, "Up 3.3 % to EUR 9,300, ends in 12 min");
    }

    #[test]
    fn the_exchange_rate_alone_is_no_news() {
        let mut sample = Sample::new();
        sample.exchange("Date,USD\n2026-10-01,1.00\n2026-10-20,1.25\n");
        let rule = "when landed <= 9000 EUR then toast";
        sample.dollars(&[(20, 10_000)]);
        sample.memory.since = Timestamp(0);
        assert_eq!(told(&sample, rule), []);
        sample.dollars(&[(20, 10_000), (0, 9_900)]);
        assert_eq!(told(&sample, rule).len(), 1);
    }

    #[test]
    fn a_listing_we_cannot_name_keeps_its_title() {
        let mut sample = Sample::new();
        sample.priced.unique.normalised.watch.brand = None;
        let notice = told(&sample, "when year = 2021 then toast").remove(0);
        assert_eq!(notice.headline, "Rolex Submariner Date 126610LN, great model, 2021");
    }
}

//! The price limit of a rule: the line in the chart, and "EUR 540 under your limit".

use crate::{
    alert::{
        circumstances::{Circumstances, RuleMemory},
        rule::{Expr, Measure, Order, Rule, Test},
        view::View,
    },
    listing::price::Priced,
    money::Money,
};

/// The most a rule would have paid.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Limit {
    pub measure: Measure,
    pub most: Money,
}

impl Rule {
    /// The first upper limit that every match must keep: `landed <= 11000 EUR` joined by `and`.
    /// One under `or` or `not` binds no match and is none.
    pub fn limit(&self) -> Option<Limit> {
        match &self.condition {
            Expr::All(parts) => parts.iter().find_map(upper_limit),
            Expr::Any(_) | Expr::Not(_) => None,
            Expr::Test(_) => upper_limit(&self.condition),
        }
    }
}

fn upper_limit(expr: &Expr) -> Option<Limit> {
    let Expr::Test(comparison) = expr else { return None };
    match &comparison.test {
        Test::Money { measure, order: Order::Less | Order::AtMost, limit } => {
            Some(Limit { measure: *measure, most: *limit })
        }
        Test::Money { .. }
        | Test::Number { .. }
        | Test::EndsIn { .. }
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

/// The rule's limit as a price of this listing, in the listing's currency.
///
/// For a limit on the landed cost it is the highest price that still lands within it, found by halving:
/// the landed cost never falls when the price rises.
pub fn price_limit(
    rule: &Rule,
    priced: &Priced,
    circumstances: &Circumstances<'_>,
) -> Option<Money> {
    let limit = rule.limit()?;
    let memory = RuleMemory { since: circumstances.now, last_alert: None };
    let view = View::new(priced, circumstances, memory);
    let currency = view.price()?.currency;
    match limit.measure {
        Measure::Price => view.change(limit.most, currency),
        Measure::Landed => {
            let shipping =
                priced.history.last().map_or(view.extracted().shipping, |seen| seen.shipping);
            let lands_within = |minor: i64| {
                let landed =
                    view.measured(Measure::Landed, Money::new(minor, currency), shipping)?;
                let landed = view.change(landed, limit.most.currency)?;
                Some(landed.minor <= limit.most.minor)
            };
            highest(lands_within).map(|minor| Money::new(minor, currency))
        }
    }
}

/// The highest number from 0 to a thousand billion for which it holds; `None` if it never does.
fn highest(holds: impl Fn(i64) -> Option<bool>) -> Option<i64> {
    let (mut low, mut high) = (0_i64, 1_000_000_000_000_i64);
    if !holds(low)? || holds(high)? {
        return None;
    }
    while high - low > 1 {
        let middle = low + (high - low) / 2;
        if holds(middle)? { low = middle } else { high = middle }
    }
    Some(low)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::alert::{parse, sample::Sample};

    #[track_caller]
    fn check(sample: &Sample, condition: &str, expected: Option<&str>) {
        let rule = parse(&format!("when {condition} then toast")).expect(condition);
        let limit = price_limit(&rule, &sample.priced, &sample.circumstances());
        assert_eq!(limit.map(|limit| limit.to_string()).as_deref(), expected, "{condition}");
    }

    #[test]
    fn a_limit_is_a_price_of_the_listing() {
        let mut sample = Sample::new();
        check(&sample, "price <= 9000 EUR", Some("9000.00 EUR"));
        check(&sample, "year > 2000 and price < 9000 EUR", Some("9000.00 EUR"));
        check(&sample, "price <= 9000 EUR or year > 2000", None);
        check(&sample, "not price <= 9000 EUR", None);
        check(&sample, "price >= 9000 EUR", None);
        check(&sample, "landed <= 9000 EUR", Some("8975.00 EUR"));
        check(&sample, "landed <= 20 EUR", None);
        sample.priced.unique.normalised.extracted.country = Some("CH".to_owned());
        check(&sample, "landed <= 11000 EUR", Some("9212.85 EUR"));
        sample.exchange("Date,USD\n2026-10-01,1.25\n");
        sample.dollars(&[(0, 10_000)]);
        check(&sample, "price <= 9000 EUR", Some("11250.00 USD"));
        sample.destination.country = "BR".to_owned();
        check(&sample, "landed <= 11000 EUR", None);
    }

    #[test]
    fn the_limit_lands_and_a_cent_more_does_not() {
        let mut sample = Sample::new();
        sample.priced.unique.normalised.extracted.country = Some("CH".to_owned());
        let rule = parse("when landed <= 11000 EUR then toast").expect("a rule");
        let limit = price_limit(&rule, &sample.priced, &sample.circumstances()).expect("a limit");
        let lands = |minor: i64| {
            let mut other = Sample::new();
            other.priced.unique.normalised.extracted.country = Some("CH".to_owned());
            other.priced.history[0].price = Some(Money::new(minor, limit.currency));
            other.evaluate("when landed <= 11000 EUR then toast").outcome
        };
        assert_eq!(lands(limit.minor), crate::listing::matching::Outcome::Match);
        assert_eq!(lands(limit.minor + 1), crate::listing::matching::Outcome::NoMatch);
    }
}

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

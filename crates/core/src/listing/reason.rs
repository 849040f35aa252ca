//! Why an alert is worth reading: what happened to the price, and how good that is, in typed parts.
//!
//! Made by `listing::notice`. The parts hold values; `sentence` writes them in English:
//! "Down 6 % to EUR 9,180, lowest in 90 days, EUR 540 under your limit landed".

use crate::{
    alert::{
        baseline::base_value,
        rule::{Base, Measure, Rule, Test},
        view::View,
    },
    listing::extracted::SaleKind,
    money::Money,
    time::{Span, Timestamp},
};

/// Nothing shorter is worth saying "lowest in … days".
const SHORTEST_RECORD_DAYS: i64 = 2;
const SOON: Span = Span::hours(48);

#[derive(Debug, Clone, PartialEq, Eq)]
pub enum ReasonPart {
    /// Seen for the first time.
    New {
        kind: SaleKind,
        price: Option<Money>,
    },
    /// The price has been the same for so many days.
    Standing {
        price: Option<Money>,
        days: i64,
    },
    /// Cheaper than before by the share, in thousandths.
    Down {
        thousandths: i64,
        to: Money,
    },
    Up {
        thousandths: i64,
        to: Money,
    },
    /// Never as low since so many days.
    LowestIn {
        days: i64,
    },
    UnderLimit {
        by: Money,
        measure: Measure,
    },
    EndsIn(Span),
}

/// What is worth saying, most important first.
pub fn reason(rule: &Rule, view: &View<'_>) -> Vec<ReasonPart> {
    let mut parts = vec![event(rule, view)];
    parts.extend(lowest_in(view).map(|days| ReasonPart::LowestIn { days }));
    parts.extend(under_limit(rule, view));
    let left = view.extracted().ends_at.map(|end| end - view.now);
    let soon = left.filter(|left| left.0 > 0 && *left <= SOON);
    parts.extend(soon.map(ReasonPart::EndsIn));
    parts
}

/// The price the reader knows: the one last alerted, else what the rule measures from, else the one
/// before this.
pub fn previous_price(rule: &Rule, view: &View<'_>) -> Option<Money> {
    let now = view.price()?;
    let before = || {
        let comparable = view.history.iter().rev().filter_map(|seen| seen.price);
        comparable.filter(|price| price.currency == now.currency).find(|price| *price != now)
    };
    view.last_alerted(Measure::Price).or_else(|| own_base(rule, view)).or_else(before)
}

/// The listing's own price that the rule's first move is measured from.
fn own_base(rule: &Rule, view: &View<'_>) -> Option<Money> {
    let base =
        rule.condition.tests().into_iter().find_map(|comparison| match &comparison.test {
            Test::Move { base, .. } => Some(*base),
            Test::Number { .. }
            | Test::Money { .. }
            | Test::EndsIn { .. }
            | Test::Condition { .. }
            | Test::Risk { .. }
            | Test::Verdict { .. }
            | Test::Kind { .. }
            | Test::SetName { .. }
            | Test::SetPart { .. }
            | Test::Text { .. }
            | Test::Extreme { .. } => None,
        })?;
    match base {
        Base::FirstSeen | Base::LastAlert | Base::High(_) => base_value(view, Measure::Price, base),
        Base::Median(_) => None,
    }
}

fn event(rule: &Rule, view: &View<'_>) -> ReasonPart {
    let (now, before) = (view.price(), previous_price(rule, view));
    if let (Some(to), Some(from)) = (now, before)
        && to != from
        && from.minor > 0
    {
        let change = (i128::from(to.minor) - i128::from(from.minor)).abs();
        let share = (change * 1_000 + i128::from(from.minor) / 2) / i128::from(from.minor);
        let thousandths = i64::try_from(share).unwrap_or(i64::MAX);
        return if to.minor < from.minor {
            ReasonPart::Down { thousandths, to }
        } else {
            ReasonPart::Up { thousandths, to }
        };
    }
    match days(view.price_since(), view.now) {
        0 => ReasonPart::New { kind: view.extracted().kind, price: now },
        days => ReasonPart::Standing { price: now, days },
    }
}

/// Days since the price was last as low; `None` if it never was higher, or that is nothing to tell.
fn lowest_in(view: &View<'_>) -> Option<i64> {
    let values = view.values(Measure::Price);
    let (_, now) = *values.last()?;
    let run = values.iter().rev().take_while(|(_, value)| *value == now).count();
    let before = &values[..values.len() - run];
    let since = match before.iter().rposition(|(_, value)| value.minor <= now.minor) {
        Some(as_low) => before.get(as_low + 1)?.0,
        None => before.first()?.0,
    };
    Some(days(since, view.now)).filter(|days| *days >= SHORTEST_RECORD_DAYS)
}

fn under_limit(rule: &Rule, view: &View<'_>) -> Option<ReasonPart> {
    let limit = rule.limit()?;
    let value = view.change(view.value(limit.measure)?, limit.most.currency)?;
    let by = limit.most.minor.checked_sub(value.minor).filter(|by| *by > 0)?;
    let by = Money::new(by, limit.most.currency);
    Some(ReasonPart::UnderLimit { by, measure: limit.measure })
}

fn days(from: Timestamp, to: Timestamp) -> i64 {
    (to - from).0.max(0) / Span::days(1).0
}

/// The parts as one English sentence without a full stop.
pub fn sentence(parts: &[ReasonPart]) -> String {
    parts.iter().map(words).collect::<Vec<_>>().join(", ")
}

fn words(part: &ReasonPart) -> String {
    match part {
        ReasonPart::New { kind, price } => match (kind, price) {
            (SaleKind::Fixed, Some(price)) => format!("New at {}", amount(*price)),
            (SaleKind::Auction, Some(price)) => format!("New auction at {}", amount(*price)),
            (SaleKind::Fixed, None) => "New, no price stated".to_owned(),
            (SaleKind::Auction, None) => "New auction, no bid yet".to_owned(),
        },
        ReasonPart::Standing { price, days } => match price {
            Some(price) => format!("At {} for {}", amount(*price), day_count(*days)),
            None => format!("Without a price for {}", day_count(*days)),
        },
        ReasonPart::Down { thousandths, to } => {
            format!("Down {} to {}", share(*thousandths), amount(*to))
        }
        ReasonPart::Up { thousandths, to } => {
            format!("Up {} to {}", share(*thousandths), amount(*to))
        }
        ReasonPart::LowestIn { days } => format!("lowest in {}", day_count(*days)),
        ReasonPart::UnderLimit { by, measure } => {
            let landed = match measure {
                Measure::Price => "",
                Measure::Landed => " landed",
            };
            format!("{} under your limit{landed}", amount(*by))
        }
        ReasonPart::EndsIn(left) => format!("ends in {}", time_left(*left)),
    }
}

/// `EUR 9,180`.
pub fn amount(money: Money) -> String {
    format!("{} {}", money.currency, money.grouped())
}

/// `6 %`, `6.3 %`, and "less than 0.1 %" where it would round to nothing.
fn share(thousandths: i64) -> String {
    match (thousandths / 10, thousandths % 10) {
        (0, 0) => "less than 0.1 %".to_owned(),
        (whole, 0) => format!("{whole} %"),
        (whole, tenth) => format!("{whole}.{tenth} %"),
    }
}

fn day_count(days: i64) -> String {
    if days == 1 { "1 day".to_owned() } else { format!("{days} days") }
}

fn time_left(left: Span) -> String {
    let minutes = left.as_seconds() / 60;
    match minutes {
        0 => "less than a minute".to_owned(),
        1..120 => format!("{minutes} min"),
        _ => format!("{} hours", minutes / 60),
    }
}

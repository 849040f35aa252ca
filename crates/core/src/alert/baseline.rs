//! Moves and extremes: what a price is measured from, and how far it went. Called by `alert::evaluate`.

use crate::{
    alert::{
        evaluate::{Found, amount_text, decided},
        print::SpanText,
        rule::{Base, Direction, Extreme, Measure, Step},
        view::View,
    },
    money::Money,
    time::{Span, Timestamp},
};

/// A median of fewer asks than this says nothing (product capability "Trends": a range needs 8).
pub const LEAST_ASKS: usize = 8;

/// `price drops by 5% vs last_alert`.
pub fn moved(
    view: &View<'_>,
    measure: Measure,
    direction: Direction,
    by: Step,
    base: Base,
) -> Found {
    let Some(value) = view.value(measure) else { return Found::unknown() };
    let Some(from) = base_value(view, measure, base) else { return Found::unknown() };
    let change = i128::from(value.minor) - i128::from(from.minor);
    let Some(far_enough) = reaches(view, by, change.abs(), from) else { return Found::unknown() };
    let right_way = match direction {
        Direction::Drops => change < 0,
        Direction::Rises => change > 0,
        Direction::Changes => change != 0,
    };
    let actual = format!("{}, from {}", amount_text(value), amount_text(from));
    decided(right_way && far_enough, actual)
}

/// Is the move at least the step? A share is of the base; an amount is changed into the base's currency.
fn reaches(view: &View<'_>, by: Step, change: i128, from: Money) -> Option<bool> {
    match by {
        Step::Share(_) if from.minor <= 0 => None,
        Step::Share(ppm) => Some(change * 1_000_000 >= i128::from(from.minor) * i128::from(ppm)),
        Step::Amount(amount) => {
            let least = view.change(amount, from.currency)?;
            Some(change >= i128::from(least.minor))
        }
    }
}

/// What the base is now, by the measure; `None` if nothing is known of it.
pub fn base_value(view: &View<'_>, measure: Measure, base: Base) -> Option<Money> {
    let first = || view.values(measure).first().map(|(_, value)| *value);
    match base {
        Base::FirstSeen => first(),
        Base::LastAlert => view.last_alerted(measure).or_else(first),
        Base::High(over) => {
            let values = view.values_over(measure, over);
            values.into_iter().map(|(_, value)| value).max_by_key(|value| value.minor)
        }
        Base::Median(over) => median(view, measure, over),
    }
}

/// The market's median ask over the span, in the listing's currency; as landed cost, what the listing
/// would cost here at that price.
fn median(view: &View<'_>, measure: Measure, over: Span) -> Option<Money> {
    let currency = view.price()?.currency;
    let window = view.now - over..=view.now;
    let asks = view.circumstances.market.iter().filter(|ask| window.contains(&ask.at));
    let mut minors: Vec<i64> =
        asks.filter_map(|ask| view.change(ask.price, currency)).map(|ask| ask.minor).collect();
    if minors.len() < LEAST_ASKS {
        return None;
    }
    minors.sort_unstable();
    let upper = minors[minors.len() / 2];
    let lower = minors[(minors.len() - 1) / 2];
    let middle = (i128::from(lower) + i128::from(upper) + 1).div_euclid(2);
    let median = Money::new(i64::try_from(middle).ok()?, currency);
    let shipping = view.history.last().and_then(|seen| seen.shipping);
    view.measured(measure, median, shipping)
}

/// `price is_new_low over 90d`: below every other value in force in the span. The first value a
/// listing has is no new low.
pub fn extreme(view: &View<'_>, measure: Measure, extreme: Extreme, over: Span) -> Found {
    let Some(value) = view.value(measure) else { return Found::unknown() };
    let before = earlier_values(&view.values_over(measure, over), value);
    let lowest = before.iter().min_by_key(|before| before.minor);
    let highest = before.iter().max_by_key(|before| before.minor);
    let (is_extreme, bound, word) = match extreme {
        Extreme::Low => (lowest.is_some_and(|low| value.minor < low.minor), lowest, "lowest"),
        Extreme::High => (highest.is_some_and(|high| value.minor > high.minor), highest, "highest"),
    };
    let actual = match bound {
        Some(bound) => {
            format!(
                "{}, {word} before in {}: {}",
                amount_text(value),
                SpanText(over),
                amount_text(*bound)
            )
        }
        None => format!("{}, no other price seen in {}", amount_text(value), SpanText(over)),
    };
    decided(is_extreme, actual)
}

/// What came before the present value's run.
fn earlier_values(values: &[(Timestamp, Money)], present: Money) -> Vec<Money> {
    let run = values.iter().rev().take_while(|(_, value)| *value == present).count();
    values[..values.len() - run].iter().map(|(_, value)| *value).collect()
}

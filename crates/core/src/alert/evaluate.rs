//! A rule on a listing: match, no match or undecided, with a line for each comparison.
//!
//! In: a [`Rule`], a `Priced` listing, its [`Circumstances`] and the rule's memory of it. Out: an
//! [`Evaluation`]. Called by `listing::matching` and by the back-test. Always every comparison is looked
//! at, so that the trace answers "why" and "why not" whole; unknown is never false.

use crate::{
    alert::{
        baseline::{extreme, moved},
        circumstances::{Circumstances, RuleMemory},
        print::SpanText,
        rule::{
            Base, Comparison, Decimal, Expr, Hold, Holding, Measure, NumberField, Order, Rule,
            SetWord, Step, Test, TextField, TextTest,
        },
        text_test::text_test,
        view::View,
        vocabulary::Words,
    },
    listing::{
        extracted::SaleKind,
        matching::{Outcome, TraceLine},
        price::Priced,
    },
    money::Money,
    set::{SetName, SetParts},
    time::Span,
};

/// What a rule says of a listing.
#[derive(Debug, Clone, PartialEq)]
pub struct Evaluation {
    pub outcome: Outcome,
    pub trace: Vec<TraceLine>,
    /// It matches only because rates moved since the seller set this price: true, but no news.
    pub rates_only: bool,
}

/// Judges the listing as of `circumstances.now`.
pub fn evaluate(
    rule: &Rule,
    priced: &Priced,
    circumstances: &Circumstances<'_>,
    memory: RuleMemory,
) -> Evaluation {
    let view = View::new(priced, circumstances, memory);
    let mut trace = Vec::new();
    let mut outcome = judge_each(&rule.condition, &mut |comparison| {
        let found = look(&comparison.test, &view);
        trace.push(line(rule, comparison.span, found.outcome, found.actual));
        found.outcome
    });
    if let Some(hold) = rule.hold {
        let held = holds(&rule.condition, hold, &view);
        trace.push(hold_line(rule, hold, held));
        outcome = outcome.and(held);
    }
    if !view.listing.watch.is_watch && !looks_for_words(rule) {
        trace.push(not_a_watch());
        outcome = Outcome::NoMatch;
    }
    let rates_only = outcome == Outcome::Match && changes_currency(rule, &view) && {
        let set_then = view.price_since().max(memory.since).min(view.now);
        judge(&rule.condition, &view.with_rates_at(set_then)) != Outcome::Match
    };
    Evaluation { outcome, trace, rates_only }
}

/// What one comparison found.
#[derive(Debug)]
pub struct Found {
    pub outcome: Outcome,
    pub actual: Option<String>,
}

impl Found {
    pub fn unknown() -> Found {
        Found { outcome: Outcome::Undecided, actual: None }
    }
}

pub fn decided(holds: bool, actual: String) -> Found {
    Found { outcome: Outcome::of(holds), actual: Some(actual) }
}

/// `9,180 EUR`.
pub fn amount_text(money: Money) -> String {
    format!("{} {}", money.grouped(), money.currency)
}

fn judge(expr: &Expr, view: &View<'_>) -> Outcome {
    judge_each(expr, &mut |comparison| look(&comparison.test, view).outcome)
}

/// Judges every comparison, from left to right, even where the first already decides.
fn judge_each(expr: &Expr, each: &mut impl FnMut(&Comparison) -> Outcome) -> Outcome {
    match expr {
        Expr::All(parts) => {
            parts.iter().fold(Outcome::Match, |so_far, part| so_far.and(judge_each(part, each)))
        }
        Expr::Any(parts) => {
            parts.iter().fold(Outcome::NoMatch, |so_far, part| so_far.or(judge_each(part, each)))
        }
        Expr::Not(inner) => judge_each(inner, each).not(),
        Expr::Test(comparison) => each(comparison),
    }
}

/// Did the condition hold at every observed moment of the last `hold`?
fn holds(condition: &Expr, hold: Hold, view: &View<'_>) -> Outcome {
    let from = view.now - hold.length;
    if view.first_seen > from {
        return Outcome::NoMatch;
    }
    let later = view.history.iter().map(|seen| seen.at).filter(|at| *at > from);
    let moments = std::iter::once(from).chain(later);
    moments.fold(Outcome::Match, |so_far, at| so_far.and(judge(condition, &view.at(at))))
}

fn look(test: &Test, view: &View<'_>) -> Found {
    let page = view.extracted();
    match test {
        Test::Money { measure, order, limit } => money(view, *measure, *order, *limit),
        Test::Number { field, order, value } => number(view, *field, *order, *value),
        Test::EndsIn { order, within } => ends_in(view, *order, *within),
        Test::Condition { order, value } => known(view.listing.condition, |condition| {
            decided(order.holds(condition, *value), condition.word().to_owned())
        }),
        Test::Risk { order, value } => known(view.circumstances.risk, |risk| {
            decided(order.holds(risk, *value), risk.word().to_owned())
        }),
        Test::Verdict { equality, value } => known(view.circumstances.verdict, |verdict| {
            decided(equality.holds(verdict == *value), verdict.word().to_owned())
        }),
        Test::Kind { equality, value } => {
            decided(equality.holds(page.kind == *value), page.kind.word().to_owned())
        }
        Test::SetName { equality, value } => {
            let named = is_named(&view.listing.set, *value);
            set_found(&view.listing.set, named.map(|named| equality.holds(named)))
        }
        Test::SetPart { holding, value } => {
            let has = has_part(&view.listing.set, *value);
            set_found(&view.listing.set, has.map(|has| has == (*holding == Holding::Has)))
        }
        Test::Text { field, test } => text_test(view.listing, *field, test),
        Test::Move { measure, direction, by, base } => {
            moved(view, *measure, *direction, *by, *base)
        }
        Test::Extreme { measure, extreme: which, over } => extreme(view, *measure, *which, *over),
    }
}

fn known<T>(value: Option<T>, look: impl FnOnce(T) -> Found) -> Found {
    value.map_or_else(Found::unknown, look)
}

/// The value is changed into the limit's currency: a limit is meant in the money it is written in.
fn money(view: &View<'_>, measure: Measure, order: Order, limit: Money) -> Found {
    known(view.value(measure), |value| {
        let changed = view.change(value, limit.currency);
        known(changed, |changed| {
            let actual = if changed.currency == value.currency {
                amount_text(value)
            } else {
                format!("{}, which is {}", amount_text(value), amount_text(changed))
            };
            decided(order.holds(changed.minor, limit.minor), actual)
        })
    })
}

fn number(view: &View<'_>, field: NumberField, order: Order, wanted: Decimal) -> Found {
    let whole = |number: i64| Some(Decimal(number.checked_mul(1_000_000)?));
    let fraction = |number: f64| {
        let in_range = number.is_finite() && number.abs() < 1e9;
        in_range.then(|| Decimal((number * 1e6).round() as i64))
    };
    let value = match field {
        NumberField::Year => view.listing.watch.year.and_then(|year| whole(i64::from(year))),
        NumberField::DiameterMm => view.listing.diameter_mm.and_then(fraction),
        NumberField::SellerRating => view.extracted().seller_rating.and_then(fraction),
        NumberField::DaysOnMarket => {
            let since = view.extracted().listed_at.unwrap_or(view.first_seen).min(view.first_seen);
            whole((view.now - since).0.max(0) / Span::days(1).0)
        }
    };
    known(value, |value| decided(order.holds(value, wanted), value.to_string()))
}

/// A sale without an end is further away than any time; one that is over ends in no time at all.
fn ends_in(view: &View<'_>, order: Order, within: Span) -> Found {
    match (view.extracted().ends_at, view.extracted().kind) {
        (None, SaleKind::Auction) => Found::unknown(),
        (None, SaleKind::Fixed) => decided(order.holds(i64::MAX, within.0), "no end".to_owned()),
        (Some(end), SaleKind::Auction | SaleKind::Fixed) => {
            let left = end - view.now;
            if left.0 <= 0 {
                return decided(false, "over".to_owned());
            }
            decided(
                order.holds(left, within),
                SpanText(Span::minutes(left.0 / 60_000_000)).to_string(),
            )
        }
    }
}

/// Is the set the named one? `None` while the parts that decide are unknown.
fn is_named(set: &SetParts, name: SetName) -> Option<bool> {
    let (wants_box, wants_papers) = match name {
        SetName::FullSet => (true, true),
        SetName::BoxOnly => (true, false),
        SetName::PapersOnly => (false, true),
        SetName::WatchOnly => (false, false),
    };
    let fits = [(set.has_box, wants_box), (set.has_papers, wants_papers)]
        .map(|(has, wanted)| has.map(|has| has == wanted));
    match fits {
        [Some(false), _] | [_, Some(false)] => Some(false),
        [Some(true), Some(true)] => Some(true),
        [None, _] | [_, None] => None,
    }
}

/// What a listing does not name is unknown, not absent.
fn has_part(set: &SetParts, word: SetWord) -> Option<bool> {
    match word {
        SetWord::Box => set.has_box,
        SetWord::Papers => set.has_papers,
        SetWord::FullSet => is_named(set, SetName::FullSet),
        SetWord::Part(part) if set.parts.contains(&part) => Some(true),
        SetWord::Part(part) => match part {
            crate::set::SetPart::CardOrPapers => set.has_papers,
            crate::set::SetPart::InnerBox | crate::set::SetPart::OuterBox => {
                set.has_box.filter(|has_box| !has_box)
            }
            crate::set::SetPart::Booklets
            | crate::set::SetPart::Tags
            | crate::set::SetPart::Receipt
            | crate::set::SetPart::ServicePapers
            | crate::set::SetPart::ArchiveExtract
            | crate::set::SetPart::Links
            | crate::set::SetPart::SpareStrap => None,
        },
    }
}

fn set_found(set: &SetParts, holds: Option<bool>) -> Found {
    let say = |has: Option<bool>, what: &str| match has {
        Some(true) => what.to_owned(),
        Some(false) => format!("no {what}"),
        None => format!("{what} unknown"),
    };
    let actual = format!("{}, {}", say(set.has_box, "box"), say(set.has_papers, "papers"));
    match holds {
        Some(holds) => decided(holds, actual),
        None => Found { outcome: Outcome::Undecided, actual: Some(actual) },
    }
}

fn hold_line(rule: &Rule, hold: Hold, held: Outcome) -> TraceLine {
    line(rule, hold.span, held, None)
}

fn line(rule: &Rule, span: (usize, usize), outcome: Outcome, actual: Option<String>) -> TraceLine {
    let text = rule.text.get(span.0..span.1).unwrap_or_default().to_owned();
    TraceLine { text, span, outcome, actual }
}

/// Straps, parts and wanted posts name references too; a rule meant for watches passes them over.
fn not_a_watch() -> TraceLine {
    TraceLine {
        text: "a watch".to_owned(),
        span: (0, 0),
        outcome: Outcome::NoMatch,
        actual: Some("a part, an accessory or a wanted post".to_owned()),
    }
}

/// Does the rule hunt by words of its own? Then it may be after parts, too.
fn looks_for_words(rule: &Rule) -> bool {
    rule.condition.tests().iter().any(|comparison| match &comparison.test {
        Test::Text { field: TextField::Title | TextField::Description, test } => {
            matches!(test, TextTest::Has(_) | TextTest::Matches(_))
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
        | Test::Extreme { .. } => false,
    })
}

/// Can rates decide the rule on this listing?
fn changes_currency(rule: &Rule, view: &View<'_>) -> bool {
    let Some(own) = view.price().map(|price| price.currency) else { return false };
    let home = view.circumstances.destination.currency;
    let foreign = |measure: Measure, currency| match measure {
        Measure::Price => own != currency,
        Measure::Landed => own != currency || own != home,
    };
    rule.condition.tests().iter().any(|comparison| match &comparison.test {
        Test::Money { measure, limit, .. } => foreign(*measure, limit.currency),
        Test::Move { base: Base::Median(_), .. } => true,
        Test::Move { measure, by: Step::Amount(amount), .. } => foreign(*measure, amount.currency),
        Test::Move { measure, .. } | Test::Extreme { measure, .. } => foreign(*measure, own),
        Test::Number { .. }
        | Test::EndsIn { .. }
        | Test::Condition { .. }
        | Test::Risk { .. }
        | Test::Verdict { .. }
        | Test::Kind { .. }
        | Test::SetName { .. }
        | Test::SetPart { .. }
        | Test::Text { .. } => false,
    })
}

#[cfg(test)]
mod tests;

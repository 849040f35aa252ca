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
mod tests {
    use super::*;
    use crate::{
        alert::{
            circumstances::{LastAlert, MarketPrice},
            parse,
            rule::{Risk, Verdict},
            sample::{self, Sample},
        },
        condition::Condition,
        money::Currency,
        set::SetPart,
        time::Timestamp,
    };
    use Outcome::{Match, NoMatch, Undecided};

    /// The outcome of a condition on the sample listing.
    #[track_caller]
    fn check(sample: &Sample, condition: &str, expected: Outcome) {
        let found = sample.evaluate(&format!("when {condition} then toast"));
        assert_eq!(found.outcome, expected, "{condition}: {:?}", found.trace);
    }

    #[test]
    fn texts() {
        let sample = Sample::new();
        for (condition, expected) in [
            (r#"brand = rolex"#, Match),
            (r#"brand != "Rolex""#, NoMatch),
            (r#"ref = "126610LN""#, Match),
            (r#"ref = "m126610ln""#, Match),
            (r#"ref = "126610LV""#, NoMatch),
            (r#"ref = "126610""#, NoMatch),
            (r#"ref_family = "126610""#, Match),
            (r#"ref_family = "16610""#, NoMatch),
            (r#"ref_family != "16610""#, Match),
            (r#"ref matches "LN$""#, Match),
            (r#"title has "submariner date""#, Match),
            (r#"title has "sub""#, NoMatch),
            (r#"title lacks "mod""#, Match),
            (r#"title matches "(?i)homage|mod\b""#, NoMatch),
            (r#"description has "box""#, Undecided),
            (r#"not description has "box""#, Undecided),
            (r#"seller = "c24:dealer-x""#, Match),
            (r#"seller = "dealer-x""#, Match),
            (r#"seller = "ebay:dealer-x""#, NoMatch),
            (r#"source = chrono24"#, Match),
            (r#"source = ebay"#, NoMatch),
            (r#"country = de"#, Match),
            (r#"country != CH"#, Match),
            (r#"material = Steel"#, Match),
        ] {
            check(&sample, condition, expected);
        }
        let mut bare = Sample::new();
        bare.priced.unique.normalised.watch.reference = None;
        check(&bare, r#"ref = "126610LN""#, Undecided);
        check(&bare, r#"ref = "16610""#, NoMatch);
        check(&bare, r#"ref_family = "126610""#, Match);
        check(&bare, r#"ref_family = "126610LN""#, Undecided);
    }

    #[test]
    fn numbers_words_and_sets() {
        let mut sample = Sample::new();
        for (condition, expected) in [
            ("year >= 2021", Match),
            ("year > 2021", NoMatch),
            ("diameter = 41mm", Match),
            ("diameter < 40.5", NoMatch),
            ("seller_rating >= 99.5%", Match),
            ("days_on_market >= 10", Match),
            ("days_on_market > 10d", NoMatch),
            ("condition >= very_good", Match),
            ("condition = unworn", NoMatch),
            ("condition < new and condition > good", Match),
            ("kind = fixed", Match),
            ("kind != fixed", NoMatch),
            ("ends_in < 15m", NoMatch),
            ("ends_in > 15m", Match),
            ("verdict = great", Undecided),
            ("risk <= low", Undecided),
            (r#"set has "box""#, Match),
            (r#"set has "papers""#, Undecided),
            (r#"set lacks "papers""#, Undecided),
            ("set = full_set", Undecided),
            ("set = watch_only", NoMatch),
            ("set != watch_only", Match),
            ("set has tags", Match),
            ("set has links", Undecided),
        ] {
            check(&sample, condition, expected);
        }
        sample.priced.unique.normalised.set.has_papers = Some(true);
        sample.priced.unique.normalised.set.parts.push(SetPart::CardOrPapers);
        check(&sample, "set = full_set and set has full_set and set has card", Match);
        sample.verdict = Some(Verdict::Great);
        sample.risk = Some(Risk::Medium);
        check(&sample, "verdict = great and risk >= medium", Match);
        sample.priced.unique.normalised.watch.year = None;
        sample.priced.unique.normalised.condition = None;
        check(&sample, "year > 1900", Undecided);
        check(&sample, "condition >= incomplete", Undecided);
        sample.priced.unique.normalised.condition = Some(Condition::Incomplete);
        check(&sample, "condition <= 0", Match);
    }

    #[test]
    fn auctions_end() {
        let mut sample = Sample::new();
        let page = &mut sample.priced.unique.normalised.extracted;
        page.kind = SaleKind::Auction;
        check(&sample, "ends_in < 15m", Undecided);
        for (minutes, expected) in
            [(14, Match), (15, NoMatch), (16, NoMatch), (0, NoMatch), (-5, NoMatch)]
        {
            let end = sample.now + Span::minutes(minutes);
            sample.priced.unique.normalised.extracted.ends_at = Some(end);
            check(&sample, "kind = auction and ends_in < 15m", expected);
        }
    }

    #[test]
    fn unknown_is_not_false() {
        let sample = Sample::new();
        let (yes, no, unknown) = ("year = 2021", "year = 1999", "verdict = great");
        check(&sample, &format!("{yes} and {unknown}"), Undecided);
        check(&sample, &format!("{no} and {unknown}"), NoMatch);
        check(&sample, &format!("{yes} or {unknown}"), Match);
        check(&sample, &format!("{no} or {unknown}"), Undecided);
        check(&sample, &format!("not {unknown}"), Undecided);
        check(&sample, &format!("not ({no} and {unknown})"), Match);
    }

    #[test]
    fn money_keeps_the_currency_of_the_limit() {
        let mut sample = Sample::new();
        for (condition, expected) in [
            ("price <= 9180 EUR", Match),
            ("price < 9180 EUR", NoMatch),
            ("price = 9180 EUR", Match),
            ("price > 10000 USD", Match),
            ("price > 12000 USD", NoMatch),
            ("landed <= 9205 EUR", Match),
            ("landed < 9205 EUR", NoMatch),
        ] {
            check(&sample, condition, expected);
        }
        sample.destination.country = "BR".to_owned();
        check(&sample, "landed < 9205 EUR", Undecided);
        sample.priced.history.clear();
        sample.priced.unique.normalised.extracted.price = None;
        check(&sample, "price < 9205 EUR", Undecided);
        check(&sample, "price drops by 5% vs first_seen", Undecided);
        check(&sample, "price is_new_low over 90d", Undecided);
    }

    #[test]
    fn moves_are_measured_from_their_base() {
        let mut sample = Sample::new();
        sample.prices(&[(60, 10_000), (30, 12_000), (5, 9_600), (0, 9_400)]);
        for (condition, expected) in [
            ("price drops by 6% vs first_seen", Match),
            ("price drops by 6.01% vs first_seen", NoMatch),
            ("price drops by 600 EUR vs first_seen", Match),
            ("price drops by 601 EUR vs first_seen", NoMatch),
            ("price rises by 1% vs first_seen", NoMatch),
            ("price changes by 6% vs first_seen", Match),
            ("price drops by 21% vs high(90d)", Match),
            ("price drops by 21% vs high(30d)", Match),
            ("price drops by 21% vs high(4d)", NoMatch),
            ("price drops by 2% vs high(4d)", Match),
            ("price drops by 6% vs last_alert", Match),
            ("price drops by 5% vs median(90d)", Undecided),
            ("price is_new_low over 90d", Match),
            ("price is_new_high over 90d", NoMatch),
            ("landed is_new_low over 90d", Match),
        ] {
            check(&sample, condition, expected);
        }
        sample.memory.last_alert =
            Some(LastAlert { at: sample.now - Span::days(5), price: Some(sample::eur(9_600)) });
        check(&sample, "price drops by 2% vs last_alert", Match);
        check(&sample, "price drops by 3% vs last_alert", NoMatch);
        check(&sample, "landed drops by 2% vs last_alert", Match);
        sample.prices(&[(60, 9_000), (30, 12_000), (0, 9_400)]);
        check(&sample, "price is_new_low over 90d", NoMatch);
        check(&sample, "price is_new_low over 59d", NoMatch);
        check(&sample, "price is_new_low over 30d", Match);
        sample.prices(&[(60, 9_000)]);
        check(&sample, "price is_new_low over 90d", NoMatch);
    }

    #[test]
    fn the_median_wants_eight_asks_in_its_span() {
        let mut sample = Sample::new();
        let ask = |days: i64, euros: i64, now: Timestamp| MarketPrice {
            at: now - Span::days(days),
            price: sample::eur(euros),
        };
        sample.market = (0..7).map(|n| ask(n, 10_000, sample.now)).collect();
        check(&sample, "price drops by 8% vs median(90d)", Undecided);
        sample.market.push(ask(80, 11_000, sample.now));
        check(&sample, "price drops by 8% vs median(90d)", Match);
        check(&sample, "price drops by 9% vs median(90d)", NoMatch);
        check(&sample, "price drops by 8% vs median(60d)", Undecided);
    }

    #[test]
    fn a_condition_must_hold_its_span() {
        let mut sample = Sample::new();
        sample.prices(&[(10, 9_000), (5, 9_500), (3, 9_000)]);
        for (rule, expected) in [
            ("when price <= 9100 EUR for 3d then toast", Match),
            ("when price <= 9100 EUR for 4d then toast", NoMatch),
            ("when price <= 9600 EUR for 10d then toast", Match),
            ("when price <= 9600 EUR for 11d then toast", NoMatch),
            ("when verdict = great for 1d then toast", Undecided),
        ] {
            assert_eq!(sample.evaluate(rule).outcome, expected, "{rule}");
        }
        let found = sample.evaluate("when price <= 9100 EUR for 4d then toast");
        let lines: Vec<(&str, Outcome)> =
            found.trace.iter().map(|line| (line.text.as_str(), line.outcome)).collect();
        assert_eq!(lines, [("price <= 9100 EUR", Match), ("for 4d", NoMatch)]);
    }

    #[test]
    fn a_match_made_by_the_exchange_rate_is_marked() {
        let mut sample = Sample::new();
        sample.exchange("Date,USD\n2026-10-01,1.00\n2026-10-20,1.25\n");
        sample.dollars(&[(20, 10_000)]);
        let rule = "when price <= 9000 EUR then toast";
        let found = sample.evaluate(rule);
        assert_eq!((found.outcome, found.rates_only), (Match, true));
        assert_eq!(found.trace[0].actual.as_deref(), Some("10,000 USD, which is 8,000 EUR"));
        sample.memory.since = sample.now;
        assert!(!sample.evaluate(rule).rates_only, "a new rule is judged by today's rates");
        sample.memory.since = Timestamp(0);
        sample.dollars(&[(20, 10_000), (0, 9_990)]);
        assert!(!sample.evaluate(rule).rates_only, "the seller moved");
        let drop = sample.evaluate("when landed drops by 5% vs first_seen then toast");
        assert_eq!(drop.outcome, NoMatch, "a move of the rate is no drop: {:?}", drop.trace);
    }

    #[test]
    fn the_trace_says_what_was_there() {
        let sample = Sample::new();
        let rule = r#"when ref_family = "126610" and landed <= 9000 EUR then toast"#;
        let found = sample.evaluate(rule);
        let lines: Vec<(&str, Outcome, Option<&str>)> = found
            .trace
            .iter()
            .map(|line| (&rule[line.span.0..line.span.1], line.outcome, line.actual.as_deref()))
            .collect();
        assert_eq!(
            lines,
            [
                (r#"ref_family = "126610""#, Match, Some("126610LN")),
                ("landed <= 9000 EUR", NoMatch, Some("9,205 EUR")),
            ]
        );
    }

    #[test]
    fn parts_and_wanted_posts_are_passed_over() {
        let mut sample = Sample::new();
        sample.priced.unique.normalised.watch.is_watch = false;
        check(&sample, r#"ref_family = "126610""#, NoMatch);
        check(&sample, r#"title has "submariner""#, Match);
        check(&sample, r#"title lacks "bezel""#, NoMatch);
        assert!(parse("when year = 1 then toast").is_ok());
        assert_eq!(amount_text(Money::new(5, Currency::JPY)), "5 JPY");
    }
}

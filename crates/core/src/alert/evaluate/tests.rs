//! What conditions come to on the sample listing, and why.

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

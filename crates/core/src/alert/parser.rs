//! `rule := "when" expr ["for" span] "then" act`, by recursive descent with a bounded depth.
//!
//! In: any text. Out: a typed [`Rule`] or the first mistake with its byte. Precedence: not > and > or.
//! Hostile text gives an error in bounded time and stack, never a panic; a proptest feeds it.

use crate::alert::{
    action::action,
    comparison::comparison,
    cursor::Cursor,
    lexer::Token,
    mistake::{Mistake, RuleError},
    rule::{Expr, Hold, Rule},
};

const MOST_BYTES: usize = 4_000;
const MOST_NESTING: usize = 50;

/// Reads a rule.
pub fn parse(text: &str) -> Result<Rule, RuleError> {
    if text.len() > MOST_BYTES {
        return Err(RuleError::new(MOST_BYTES, Mistake::TooLong { most: MOST_BYTES }));
    }
    let mut cursor = Cursor::new(text)?;
    cursor.want_word("when")?;
    let condition = any(&mut cursor)?;
    let hold = hold(&mut cursor)?;
    if !cursor.is_word("then") {
        return Err(cursor.expected("`and`, `or`, `for` or `then`"));
    }
    cursor.advance();
    let action = action(&mut cursor)?;
    Ok(Rule { text: text.to_owned(), condition, hold, action })
}

fn hold(cursor: &mut Cursor<'_>) -> Result<Option<Hold>, RuleError> {
    let start = cursor.start();
    if !cursor.take_word("for") {
        return Ok(None);
    }
    let length = cursor.span()?;
    Ok(Some(Hold { length, span: (start, cursor.last_end()) }))
}

fn any(cursor: &mut Cursor<'_>) -> Result<Expr, RuleError> {
    let mut parts = vec![all(cursor)?];
    while cursor.take_word("or") {
        parts.push(all(cursor)?);
    }
    Ok(Expr::any(parts))
}

fn all(cursor: &mut Cursor<'_>) -> Result<Expr, RuleError> {
    let mut parts = vec![unary(cursor)?];
    while cursor.take_word("and") {
        parts.push(unary(cursor)?);
    }
    Ok(Expr::all(parts))
}

fn unary(cursor: &mut Cursor<'_>) -> Result<Expr, RuleError> {
    if cursor.depth == MOST_NESTING {
        return Err(cursor.refuse(Mistake::TooDeep { most: MOST_NESTING }));
    }
    cursor.depth += 1;
    let read = if cursor.take_word("not") {
        unary(cursor).map(|inner| Expr::Not(Box::new(inner)))
    } else if cursor.take(&Token::Open) {
        let inner = any(cursor)?;
        cursor.want(&Token::Close, "`and`, `or` or `)`").map(|()| inner)
    } else {
        comparison(cursor).map(Expr::Test)
    };
    cursor.depth -= 1;
    read
}

impl Expr {
    /// Joins by `and`; what is joined so already becomes part of the one list.
    pub fn all(parts: Vec<Expr>) -> Expr {
        let flat = parts.into_iter().flat_map(|part| match part {
            Expr::All(inner) => inner,
            Expr::Any(_) | Expr::Not(_) | Expr::Test(_) => vec![part],
        });
        Expr::one_or(flat.collect(), Expr::All)
    }

    /// Joins by `or`, likewise.
    pub fn any(parts: Vec<Expr>) -> Expr {
        let flat = parts.into_iter().flat_map(|part| match part {
            Expr::Any(inner) => inner,
            Expr::All(_) | Expr::Not(_) | Expr::Test(_) => vec![part],
        });
        Expr::one_or(flat.collect(), Expr::Any)
    }

    fn one_or(mut parts: Vec<Expr>, join: fn(Vec<Expr>) -> Expr) -> Expr {
        match parts.pop() {
            Some(only) if parts.is_empty() => only,
            Some(last) => {
                parts.push(last);
                join(parts)
            }
            None => join(parts),
        }
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::alert::fields::Field;

    #[track_caller]
    fn check(text: &str) {
        assert!(parse(text).is_ok(), "{text}: {:?}", parse(text));
    }

    #[test]
    fn the_product_rules_examples_are_read() {
        check(
            r#"when ref_family = "16610" and set has "papers" and landed <= 8500 EUR then toast,email urgency high"#,
        );
        check("when price drops by 5% vs last_alert then digest cooldown 24h");
        check(
            "when kind = auction and ends_in < 15m and verdict = great then toast urgency critical",
        );
        check(
            r#"when seller = "c24:dealer-x" and not (title matches "(?i)homage|mod") then toast"#,
        );
    }

    #[test]
    fn every_form_is_read() {
        check("WHEN Price < 8500 EUR THEN Toast");
        check("when price <= EUR 8500 or price<=€8500 then toast");
        check("when price ≤ 1250000 JPY and year ≥ 2019 and year ≠ 2020 then sms");
        check(
            "when landed rises by 2.5% vs high(90d) then webhook rearm 3% cooldown 2w urgency low",
        );
        check("when price changes by 500 EUR vs median(12h) then push");
        check("when price is_new_low over 90d for 2d then toast");
        check(r#"when set = full_set and set lacks "service papers" and set has card then toast"#);
        check(
            r#"when condition >= very_good or condition = "Very good" or condition < 4 then toast"#,
        );
        check(
            "when diameter <= 40mm and seller_rating >= 99.5% and days_on_market > 30d then toast",
        );
        check("when brand = Rolex and source = demo-ebay and country != uk then toast");
        check(
            r#"when risk <= medium and material has "steel" and description lacks "polished" then toast"#,
        );
        check("when not not (not price = 1 EUR) then toast re-arm 10%");
    }

    #[track_caller]
    fn refused(text: &str, at: usize, message: &str) {
        let error = parse(text).expect_err(text);
        assert_eq!(error.at, at, "{text}: {error}");
        assert!(error.message.contains(message), "{text}: {error}");
    }

    #[test]
    fn mistakes_are_refused_where_they_are() {
        refused("", 0, "expected `when`, found the end");
        refused("price < 5 EUR", 0, "expected `when`");
        refused("when landed <= 8500 then toast", 15, "needs a currency, as in 8500 EUR");
        refused("when landed <= 8500 XXX then toast", 20, "`XXX` is not a currency");
        refused("when landed <= $8500 then toast", 15, "several currencies");
        refused("when landed <= 8,500 EUR then toast", 15, "as in 8500");
        refused("when landed <= 8.500 EUR then toast", 15, "as in 8500");
        refused("when landed <= 8.5 JPY then toast", 15, "too many digits");
        refused("when price drops by 5% then toast", 23, "vs first_seen");
        refused("when price drops by 5% vs then toast", 26, "a base: first_seen");
        refused(
            "when price drops by 5% vs last_alerts then toast",
            26,
            "did you mean `last_alert`",
        );
        refused("when price drops by 500 vs last_alert then toast", 20, "needs a currency");
        refused("when price drops by 0% vs last_alert then toast", 20, "more than 0 %");
        refused("when price drops by 101% vs last_alert then toast", 20, "at most 100 %");
        refused("when prcie < 5 EUR then toast", 5, "did you mean `price`?");
        refused("when colour = red then toast", 5, "there is no field `colour`");
        refused("when title < 5 then toast", 11, "use =, !=, has, lacks or matches");
        refused("when year has \"x\" then toast", 10, "use =, !=, <");
        refused("when kind > auction then toast", 10, "use = or !=");
        refused("when kind = auctoin then toast", 12, "did you mean `auction`");
        refused("when condition >= mint then toast", 18, "a condition: incomplete");
        refused("when set has \"bracelet\" then toast", 13, "a part of a set");
        refused("when ref = 126610LN then toast", 11, "in quotes");
        refused("when title has \" \" then toast", 15, "empty");
        refused("when title matches \"(?=x)\" then toast", 19, "look-around");
        refused("when country = Germany then toast", 15, "two letters");
        refused("when ends_in < 15 then toast", 18, "m, h, d or w");
        refused("when ends_in < 15y then toast", 17, "m, h, d or w");
        refused("when ends_in < 0m then toast", 15, "from 1 minute");
        refused("when ends_in < 9999999999999999999w then toast", 15, "from 1 minute");
        refused("when year > 9999999 then toast", 12, "0 to 100000");
        refused("when (price < 5 EUR then toast", 20, "`)`");
        refused("when price < 5 EUR", 18, "`then`, found the end");
        refused("when price < 5 EUR then", 23, "a channel");
        refused("when price < 5 EUR then tost", 24, "did you mean `toast`");
        refused("when price < 5 EUR then toast,toast", 30, "`toast` is named twice");
        refused("when price < 5 EUR then toast urgency high urgency low", 43, "twice");
        refused("when price < 5 EUR then toast please", 30, "`urgency`, `cooldown`");
        refused("when price < 5 EUR then toast; drop table", 29, "`;` has no meaning");
        refused("when title has \"x then toast", 15, "no closing quote");
    }

    #[test]
    fn every_example_of_the_persons_page_is_read() {
        let page = include_str!("../../../../docs/rules.md");
        let blocks = page.split("```rule\n").skip(1).filter_map(|rest| rest.split("```").next());
        let examples: Vec<&str> = blocks.flat_map(str::lines).collect();
        assert!(examples.len() >= 20, "{}", examples.len());
        examples.into_iter().for_each(check);
        for field in Field::ALL {
            assert!(
                page.contains(&format!("| `{}` |", field.word())),
                "{} is explained",
                field.word()
            );
        }
    }

    #[test]
    fn a_pattern_has_its_limit() {
        let rule =
            |length: usize| format!("when title matches \"{}\" then toast", "a".repeat(length));
        check(&rule(200));
        refused(&rule(201), 19, "at most 200 characters, this one has 201");
    }

    #[test]
    fn hostile_nesting_is_an_error() {
        let nested = |open: &str, close: &str, depth: usize| {
            format!("when {}price < 5 EUR{} then toast", open.repeat(depth), close.repeat(depth))
        };
        check(&nested("(", ")", 49));
        refused(&nested("(", ")", 60), 55, "nested more than 50 deep");
        refused(&nested("not ", "", 60), 205, "nested more than 50 deep");
        refused(&"(".repeat(1_000_000), 4_000, "at most 4000");
        let many = format!("when {}price < 5 EUR then toast", "year = 1 and ".repeat(250));
        check(&many);
    }

    /// Some 2 s in a debug build on a slow machine would already be a sign; it takes a tenth of that.
    #[test]
    fn ten_thousand_rules_are_read() {
        let rule = |n: usize| {
            format!("when ref = \"{n}\" and landed <= {n} EUR and title lacks \"mod\" then toast")
        };
        let read = (1..=10_000).filter(|n| parse(&rule(*n)).is_ok()).count();
        assert_eq!(read, 10_000);
    }

    #[test]
    fn not_binds_before_and_before_or() {
        let canonical = |text: &str| parse(text).map(|rule| rule.condition.to_string());
        let read = "when year = 1 or not year = 2 and year = 3 then toast";
        let meant = "when year = 1 or ((not (year = 2)) and (year = 3)) then toast";
        assert_eq!(canonical(read), canonical(meant));
        assert_eq!(canonical(read).as_deref(), Ok("year = 1 or (not year = 2 and year = 3)"));
    }

    proptest! {
        #[test]
        fn any_text_is_read_or_refused_inside_it(text in ".{0,120}") {
            if let Err(error) = parse(&text) {
                prop_assert!(error.at <= text.len());
            }
        }

        #[test]
        fn any_words_of_the_grammar_are_read_or_refused(
            words in proptest::collection::vec(proptest::sample::select(vec![
                "when", "price", "landed", "title", "set", "ref", "<=", "=", "has", "matches", "\"a\"", "5",
                "%", "EUR", "drops", "by", "vs", "high", "(", ")", "90d", "and", "or", "not", "then",
                "toast", ",", "urgency", "high", "for", "over", "is_new_low", "é", "\"",
            ]), 0..24),
        ) {
            let text = words.join(" ");
            if let Err(error) = parse(&text) {
                prop_assert!(text.is_char_boundary(error.at));
            }
        }
    }
}

//! A rule as its one canonical text: `parse(print(x)) == x` but for the places in the text.

use std::fmt::{self, Display};

use crate::{
    alert::{
        fields::Field,
        rule::{Action, Base, Comparison, Decimal, Expr, Rule, Step, Test, TextTest},
        vocabulary::Words,
    },
    money::Money,
    time::Span,
};

impl fmt::Display for Rule {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "when {}", self.condition)?;
        if let Some(hold) = self.hold {
            write!(f, " for {}", SpanText(hold.length))?;
        }
        write!(f, " then {}", self.action)
    }
}

impl fmt::Display for Expr {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Expr::All(parts) => joined(f, parts, " and "),
            Expr::Any(parts) => joined(f, parts, " or "),
            Expr::Not(inner) => write!(f, "not {}", Enclosed(inner)),
            Expr::Test(comparison) => comparison.fmt(f),
        }
    }
}

/// An expression as part of another: in parentheses if it is a list.
struct Enclosed<'a>(&'a Expr);

impl fmt::Display for Enclosed<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.0 {
            Expr::All(_) | Expr::Any(_) => write!(f, "({})", self.0),
            Expr::Not(_) | Expr::Test(_) => self.0.fmt(f),
        }
    }
}

fn joined(f: &mut fmt::Formatter<'_>, parts: &[Expr], word: &str) -> fmt::Result {
    for (index, part) in parts.iter().enumerate() {
        if index > 0 {
            f.write_str(word)?;
        }
        Enclosed(part).fmt(f)?;
    }
    Ok(())
}

impl fmt::Display for Comparison {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match &self.test {
            Test::Money { measure, order, limit } => {
                write!(f, "{} {} {}", measure.field().word(), order.word(), MoneyText(*limit))
            }
            Test::Number { field, order, value } => {
                write!(f, "{} {} {value}", field.field().word(), order.word())
            }
            Test::EndsIn { order, within } => {
                write!(f, "{} {} {}", Field::EndsIn.word(), order.word(), SpanText(*within))
            }
            Test::Condition { order, value } => pair(f, Field::Condition, *order, *value),
            Test::Risk { order, value } => pair(f, Field::Risk, *order, *value),
            Test::Verdict { equality, value } => pair(f, Field::Verdict, *equality, *value),
            Test::Kind { equality, value } => pair(f, Field::Kind, *equality, *value),
            Test::SetName { equality, value } => pair(f, Field::Set, *equality, *value),
            Test::SetPart { holding, value } => {
                write!(f, "set {} {}", holding.word(), Quoted(value.word()))
            }
            Test::Text { field, test } => text(f, field.field(), test),
            Test::Move { measure, direction, by, base } => {
                write!(f, "{} {} by {by} vs {base}", measure.field().word(), direction.word())
            }
            Test::Extreme { measure, extreme, over } => {
                write!(f, "{} {} over {}", measure.field().word(), extreme.word(), SpanText(*over))
            }
        }
    }
}

fn pair(
    f: &mut fmt::Formatter<'_>,
    field: Field,
    operator: impl Words,
    value: impl Words,
) -> fmt::Result {
    write!(f, "{} {} {}", field.word(), operator.word(), value.word())
}

fn text(f: &mut fmt::Formatter<'_>, field: Field, test: &TextTest) -> fmt::Result {
    let (operator, value) = match test {
        TextTest::Is(value) => ("=", value.as_str()),
        TextTest::IsNot(value) => ("!=", value.as_str()),
        TextTest::Has(value) => ("has", value.as_str()),
        TextTest::Lacks(value) => ("lacks", value.as_str()),
        TextTest::Matches(pattern) => ("matches", pattern.text()),
    };
    write!(f, "{} {operator} {}", field.word(), Quoted(value))
}

impl fmt::Display for Step {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Step::Share(ppm) => ShareText(*ppm).fmt(f),
            Step::Amount(amount) => MoneyText(*amount).fmt(f),
        }
    }
}

impl fmt::Display for Base {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Base::FirstSeen => f.write_str("first_seen"),
            Base::LastAlert => f.write_str("last_alert"),
            Base::High(span) => write!(f, "high({})", SpanText(*span)),
            Base::Median(span) => write!(f, "median({})", SpanText(*span)),
        }
    }
}

impl fmt::Display for Action {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let channels: Vec<&str> = self.channels.iter().map(|channel| channel.word()).collect();
        f.write_str(&channels.join(","))?;
        if self.urgency != crate::listing::notice::Urgency::default() {
            write!(f, " urgency {}", self.urgency.word())?;
        }
        if let Some(cooldown) = self.cooldown {
            write!(f, " cooldown {}", SpanText(cooldown))?;
        }
        match self.rearm_ppm {
            Some(ppm) => write!(f, " rearm {}", ShareText(ppm)),
            None => Ok(()),
        }
    }
}

impl fmt::Display for Decimal {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        decimal(f, self.0, 1_000_000)
    }
}

/// In the largest unit that holds it whole: `90d`, `12h`, `15m`.
pub struct SpanText(pub Span);

impl fmt::Display for SpanText {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let minutes = self.0.as_seconds() / 60;
        match minutes {
            _ if minutes % 1_440 == 0 => write!(f, "{}d", minutes / 1_440),
            _ if minutes % 60 == 0 => write!(f, "{}h", minutes / 60),
            _ => write!(f, "{minutes}m"),
        }
    }
}

/// `8500 EUR`, with decimals only where they are not zero.
struct MoneyText(Money);

impl fmt::Display for MoneyText {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let decimal = self.0.to_decimal();
        write!(f, "{} {}", decimal.strip_suffix(".00").unwrap_or(&decimal), self.0.currency)
    }
}

struct ShareText(i64);

impl fmt::Display for ShareText {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        decimal(f, self.0, 10_000)?;
        f.write_str("%")
    }
}

fn decimal(f: &mut fmt::Formatter<'_>, value: i64, scale: i64) -> fmt::Result {
    write!(f, "{}", value / scale)?;
    let width = scale.ilog10() as usize;
    let fraction = format!("{:0width$}", value % scale);
    match fraction.trim_end_matches('0') {
        "" => Ok(()),
        kept => write!(f, ".{kept}"),
    }
}

struct Quoted<'a>(&'a str);

impl fmt::Display for Quoted<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "\"{}\"", self.0.replace('\\', "\\\\").replace('"', "\\\""))
    }
}

#[cfg(test)]
mod tests {
    use proptest::{prelude::*, sample::select};

    use super::*;
    use crate::{
        alert::{
            parse,
            pattern::Pattern,
            rule::{
                Direction, Equality, Extreme, Hold, Holding, Measure, NumberField, Order, Risk,
                SetWord, TextField, Verdict,
            },
        },
        condition::Condition,
        listing::{
            extracted::SaleKind,
            notice::{Channel, Urgency},
        },
        money::Currency,
        set::SetName,
    };

    fn words<T: Words + std::fmt::Debug>() -> impl Strategy<Value = T> {
        select(T::ALL.iter().map(|(_, value)| *value).collect::<Vec<T>>())
    }

    fn spans() -> impl Strategy<Value = Span> {
        (1_i64..5_000_000).prop_map(Span::minutes)
    }

    fn amounts() -> impl Strategy<Value = Money> {
        (1_i64..i64::MAX / 1_000, select(Currency::ALL))
            .prop_map(|(minor, currency)| Money::new(minor, currency))
    }

    fn tests() -> impl Strategy<Value = Test> {
        let measure = || select(vec![Measure::Price, Measure::Landed]);
        let number = select(vec![
            NumberField::Year,
            NumberField::DiameterMm,
            NumberField::SellerRating,
            NumberField::DaysOnMarket,
        ]);
        let text_field = select(vec![
            TextField::Reference,
            TextField::ReferenceFamily,
            TextField::Brand,
            TextField::Material,
            TextField::Seller,
            TextField::Source,
            TextField::Title,
            TextField::Description,
        ]);
        let text = "[^\\p{White_Space}].{0,20}";
        let text_test = prop_oneof![
            text.prop_map(TextTest::Is),
            text.prop_map(TextTest::IsNot),
            text.prop_map(TextTest::Has),
            text.prop_map(TextTest::Lacks),
            select(vec!["(?i)homage|mod", r#"a\b"\\"#, "[^x]+"])
                .prop_map(|text| TextTest::Matches(Pattern::new(text).expect("a pattern"))),
        ];
        let step =
            prop_oneof![(1_i64..1_000_000).prop_map(Step::Share), amounts().prop_map(Step::Amount)];
        let base = prop_oneof![
            Just(Base::FirstSeen),
            Just(Base::LastAlert),
            spans().prop_map(Base::High),
            spans().prop_map(Base::Median),
        ];
        prop_oneof![
            (measure(), words::<Order>(), amounts())
                .prop_map(|(measure, order, limit)| Test::Money { measure, order, limit }),
            (number, words::<Order>(), 0_i64..100_000_000_000).prop_map(|(field, order, value)| {
                Test::Number { field, order, value: Decimal(value) }
            }),
            (words::<Order>(), spans()).prop_map(|(order, within)| Test::EndsIn { order, within }),
            (words::<Order>(), words::<Condition>())
                .prop_map(|(order, value)| Test::Condition { order, value }),
            (words::<Order>(), words::<Risk>())
                .prop_map(|(order, value)| Test::Risk { order, value }),
            (words::<Equality>(), words::<Verdict>())
                .prop_map(|(equality, value)| Test::Verdict { equality, value }),
            (words::<Equality>(), words::<SaleKind>())
                .prop_map(|(equality, value)| Test::Kind { equality, value }),
            (words::<Equality>(), words::<SetName>())
                .prop_map(|(equality, value)| Test::SetName { equality, value }),
            (words::<Holding>(), words::<SetWord>())
                .prop_map(|(holding, value)| Test::SetPart { holding, value }),
            (text_field, text_test).prop_map(|(field, test)| Test::Text { field, test }),
            (measure(), words::<Direction>(), step, base).prop_map(
                |(measure, direction, by, base)| { Test::Move { measure, direction, by, base } }
            ),
            (measure(), words::<Extreme>(), spans())
                .prop_map(|(measure, extreme, over)| Test::Extreme { measure, extreme, over }),
        ]
    }

    fn expressions() -> impl Strategy<Value = Expr> {
        let leaf = tests().prop_map(|test| Expr::Test(Comparison { span: (0, 0), test }));
        leaf.prop_recursive(4, 24, 4, |inner| {
            let parts = || proptest::collection::vec(inner.clone(), 1..4);
            prop_oneof![
                parts().prop_map(Expr::all),
                parts().prop_map(Expr::any),
                inner.clone().prop_map(|inner| Expr::Not(Box::new(inner))),
            ]
        })
    }

    fn rules() -> impl Strategy<Value = Rule> {
        let action = (
            proptest::sample::subsequence(
                Channel::ALL.iter().map(|(_, channel)| *channel).collect::<Vec<_>>(),
                1..=6,
            ),
            words::<Urgency>(),
            proptest::option::of(spans()),
            proptest::option::of(1_i64..=1_000_000),
        )
            .prop_map(|(channels, urgency, cooldown, rearm_ppm)| Action {
                channels,
                urgency,
                cooldown,
                rearm_ppm,
            });
        (expressions(), proptest::option::of(spans()), action).prop_map(
            |(condition, hold, action)| Rule {
                text: String::new(),
                condition,
                hold: hold.map(|length| Hold { length, span: (0, 0) }),
                action,
            },
        )
    }

    fn placeless(expr: Expr) -> Expr {
        match expr {
            Expr::All(parts) => Expr::All(parts.into_iter().map(placeless).collect()),
            Expr::Any(parts) => Expr::Any(parts.into_iter().map(placeless).collect()),
            Expr::Not(inner) => Expr::Not(Box::new(placeless(*inner))),
            Expr::Test(found) => Expr::Test(Comparison { span: (0, 0), test: found.test }),
        }
    }

    proptest! {
        #[test]
        fn reading_the_printed_rule_gives_it_back(rule in rules()) {
            let text = rule.to_string();
            prop_assume!(text.len() <= 4_000);
            let read = parse(&text).map_err(|error| TestCaseError::fail(format!("{text}: {} {error}", error.at)))?;
            prop_assert_eq!(read.to_string(), text.clone());
            prop_assert_eq!(placeless(read.condition), rule.condition);
            prop_assert_eq!(read.hold.map(|hold| hold.length), rule.hold.map(|hold| hold.length));
            prop_assert_eq!(read.action, rule.action);
        }
    }

    #[test]
    fn a_rule_is_printed_in_one_way() {
        let printed = |text: &str| parse(text).map(|rule| rule.to_string());
        assert_eq!(
            printed("WHEN (Price<=€8500.50) AND brand=Rolex FOR 2w THEN Toast, EMAIL urgency normal rearm 2.5 %")
                .as_deref(),
            Ok(r#"when price <= 8500.50 EUR and brand = "Rolex" for 14d then toast,email rearm 2.5%"#),
        );
    }
}

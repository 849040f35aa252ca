//! `watches landed`: NDJSON of goods, currency, shipping, destination and rates in, the breakdown out.
//!
//! Amounts are numbers or decimal texts in `currency`, or `{"amount", "currency"}` objects; shares are
//! percent. With `rates` these terms are applied as given; without, the bundled ones of the destination.

use anyhow::Context;
use clap::Args;
use serde::Deserialize;
use serde_json::{Value, json};
use watches_core::{
    landed::{
        Destination, ImportTerms, Landed, Offer, Rates, estimate, estimate_with,
        imports::read_share,
    },
    money::{Currency, Money},
    time::{Span, Timestamp},
};

use crate::output::{self, Exit};

/// Estimate what a watch costs at the door.
#[derive(Debug, Args)]
pub struct LandedCommand {}

#[derive(Debug, Deserialize)]
struct Question {
    goods: Amount,
    currency: Option<Currency>,
    shipping: Option<Amount>,
    insurance: Option<Amount>,
    /// Percent of the goods.
    premium: Option<Number>,
    payment: Option<Amount>,
    /// Where the watch is, and where it goes: ISO 3166-1 alpha-2.
    #[serde(alias = "country")]
    origin: Option<String>,
    destination: Option<Place>,
    rates: Option<GivenRates>,
    /// ISO 8601; today if left out.
    #[serde(alias = "date")]
    at: Option<String>,
}

#[derive(Debug, Deserialize)]
#[serde(untagged)]
enum Place {
    Country(String),
    Counted { country: String, currency: Currency },
}

#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
struct GivenRates {
    /// Shares in percent.
    duty: Option<Number>,
    vat: Option<Number>,
    premium: Option<Number>,
    duty_min: Option<Amount>,
    duty_max: Option<Amount>,
    duty_fixed: Option<Amount>,
    broker: Option<Amount>,
    insurance: Option<Amount>,
    payment: Option<Amount>,
}

#[derive(Debug, Clone, Deserialize)]
#[serde(untagged)]
enum Number {
    Digits(serde_json::Number),
    Text(String),
}

#[derive(Debug, Clone, Deserialize)]
#[serde(untagged)]
enum Amount {
    Plain(Number),
    Of { amount: Number, currency: Currency },
}

impl LandedCommand {
    /// A line that is no question gets `{"error": …}` and the exit is 1.
    pub fn run(self) -> anyhow::Result<Exit> {
        let env = watches_app::env::Env::system(None, Span(0));
        let mut exit = Exit::Done;
        output::each_input_line(|line| {
            if line.trim().is_empty() {
                return Ok(());
            }
            let answer = answer(line, env.now()).unwrap_or_else(|error| {
                exit = Exit::Refused;
                json!({ "error": format!("{error:#}") })
            });
            output::line(&answer)
        })?;
        Ok(exit)
    }
}

fn answer(line: &str, now: Timestamp) -> anyhow::Result<Value> {
    let question: Question = serde_json::from_str(line)?;
    let currency = question.currency.or_else(|| question.goods.currency());
    let currency = currency.context("say the currency, as in \"currency\": \"EUR\"")?;
    let at = match &question.at {
        Some(text) => read_time(text).with_context(|| format!("`{text}` is not a date"))?,
        None => now,
    };
    let given = question.rates.as_ref();
    let offer = offer(&question, currency)?;
    let to = match &question.destination {
        Some(Place::Country(country)) => Destination { country: country.clone(), currency },
        Some(Place::Counted { country, currency }) => {
            Destination { country: country.clone(), currency: *currency }
        }
        None if given.is_some() => Destination { country: String::new(), currency },
        None => anyhow::bail!("say the destination, as in \"destination\": \"DE\""),
    };
    let landed = match given {
        Some(given) => estimate_with(&offer, &to, Rates::bundled(), &given.terms(currency)?, at)?,
        None => estimate(&offer, &to, Rates::bundled(), at)?,
    };
    Ok(breakdown(&landed))
}

fn offer(question: &Question, currency: Currency) -> anyhow::Result<Offer> {
    let given = question.rates.as_ref();
    let insurance =
        question.insurance.as_ref().or(given.and_then(|given| given.insurance.as_ref()));
    let payment = question.payment.as_ref().or(given.and_then(|given| given.payment.as_ref()));
    let premium = question.premium.as_ref().or(given.and_then(|given| given.premium.as_ref()));
    Ok(Offer {
        goods: question.goods.money(currency)?,
        shipping: money(question.shipping.as_ref(), currency)?,
        insurance: money(insurance, currency)?,
        premium_ppm: premium.map_or(Ok(0), Number::share)?,
        payment: money(payment, currency)?,
        origin: question.origin.clone(),
    })
}

impl GivenRates {
    fn terms(&self, currency: Currency) -> anyhow::Result<ImportTerms> {
        Ok(ImportTerms {
            duty_ppm: self.duty.as_ref().map_or(Ok(0), Number::share)?,
            duty_least: money(self.duty_min.as_ref(), currency)?,
            duty_most: money(self.duty_max.as_ref(), currency)?,
            duty_fixed: money(self.duty_fixed.as_ref(), currency)?,
            vat_ppm: self.vat.as_ref().map_or(Ok(0), Number::share)?,
            broker: money(self.broker.as_ref(), currency)?,
        })
    }
}

impl Number {
    fn text(&self) -> String {
        match self {
            Number::Digits(number) => number.to_string(),
            Number::Text(text) => text.trim().to_owned(),
        }
    }

    /// Percent, in parts per million.
    fn share(&self) -> anyhow::Result<i64> {
        let text = self.text();
        let text = text.strip_suffix(".0").unwrap_or(&text);
        Ok(read_share(text)?)
    }
}

impl Amount {
    fn currency(&self) -> Option<Currency> {
        match self {
            Amount::Plain(_) => None,
            Amount::Of { currency, .. } => Some(*currency),
        }
    }

    fn money(&self, usual: Currency) -> anyhow::Result<Money> {
        let (number, currency) = match self {
            Amount::Plain(number) => (number, usual),
            Amount::Of { amount, currency } => (amount, *currency),
        };
        let text = number.text();
        let money = Money::from_decimal(&text, currency).filter(|money| money.minor >= 0);
        money.with_context(|| format!("`{text}` is not an amount of {currency}"))
    }
}

fn money(amount: Option<&Amount>, currency: Currency) -> anyhow::Result<Option<Money>> {
    amount.map(|amount| amount.money(currency)).transpose()
}

fn read_time(text: &str) -> Option<Timestamp> {
    Timestamp::parse_iso(text).or_else(|| Timestamp::parse_iso(&format!("{text}T00:00:00Z")))
}

fn breakdown(landed: &Landed) -> Value {
    json!({
        "goods": landed.goods.to_decimal(),
        "premium": landed.premium.to_decimal(),
        "shipping": landed.shipping.to_decimal(),
        "insurance": landed.insurance.to_decimal(),
        "duty": landed.duty.to_decimal(),
        "vat": landed.vat.to_decimal(),
        "broker": landed.broker.to_decimal(),
        "payment": landed.payment.to_decimal(),
        "total": landed.total.to_decimal(),
        "currency": landed.total.currency,
        "estimate": true,
        "notes": landed.notes,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(line: &str, duty: &str, vat: &str, total: &str) {
        let now = Timestamp::parse_iso("2026-10-30T00:00:00Z").expect("an instant");
        let found = answer(line, now).expect(line);
        assert_eq!(
            (&found["duty"], &found["vat"], &found["total"]),
            (&json!(duty), &json!(vat), &json!(total))
        );
    }

    #[test]
    fn the_product_rules_vectors() {
        let line = r#"{"goods": 10000, "currency": "EUR", "shipping": 100, "insurance": "50.00",
            "destination": "DE", "rates": {"duty": 4.5, "vat": 19}}"#;
        check(line, "456.75", "2015.28", "12622.03");
        let line = r#"{"goods": "5000", "currency": "GBP", "shipping": 60, "destination": "GB",
            "rates": {"duty": 0, "vat": "20%", "premium": 5.0, "broker": 12}}"#;
        check(line, "0.00", "1062.00", "6384.00");
    }

    #[test]
    fn without_rates_the_bundled_ones_count() {
        let line = r#"{"goods": {"amount": "1000", "currency": "EUR"}, "shipping": 20,
            "origin": "US", "destination": "DE"}"#;
        check(line, "0.80", "193.95", "1220.75");
        let line = r#"{"goods": 1172, "currency": "USD", "shipping": 0, "origin": "FR",
            "destination": {"country": "DE", "currency": "EUR"}, "at": "2025-06-30"}"#;
        check(line, "0.00", "0.00", "1000.00");
    }

    #[test]
    fn a_bad_question_is_refused() {
        let refused = |line: &str| answer(line, Timestamp(0)).expect_err(line).to_string();
        assert!(refused(r#"{"goods": 1, "destination": "DE"}"#).contains("say the currency"));
        assert!(
            refused(r#"{"goods": -1, "currency": "EUR", "destination": "DE"}"#).contains("`-1`")
        );
        assert!(refused(r#"{"goods": 1, "currency": "EUR"}"#).contains("destination"));
        assert!(refused("{}").contains("goods"));
    }
}

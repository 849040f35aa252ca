//! `watches price`: price strings in, one a line; amount, currency and sign out.

use clap::Args;
use serde_json::{Value, json};
use watches_core::listing::price_text::{Amount, read_price};

use crate::output::{self, Exit};

#[derive(Debug, Args)]
pub struct Price {}

impl Price {
    pub fn run(self) -> anyhow::Result<Exit> {
        output::each_input_line(|line| output::line(&answer(line)))?;
        Ok(Exit::Done)
    }
}

/// One line: the price, optionally a tab and the text that shows the currency.
fn answer(line: &str) -> Value {
    let (text, currency_text) = match line.split_once('\t') {
        Some((text, currency_text)) => (text, Some(currency_text)),
        None => (line, None),
    };
    let read = read_price(text, currency_text);
    json!({
        "amount": read.amount.map(Amount::to_decimal),
        "currency": read.code,
        "symbol": read.symbol,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(line: &str, expected: &str) {
        assert_eq!(answer(line).to_string(), expected, "{line}");
    }

    #[test]
    fn a_line_is_a_price_and_perhaps_a_currency() {
        check("1.250,00 €", r#"{"amount":"1250.00","currency":"EUR","symbol":"€"}"#);
        check("1 250\tKč", r#"{"amount":"1250","currency":"CZK","symbol":"Kč"}"#);
        check("sold out", r#"{"amount":null,"currency":null,"symbol":null}"#);
    }
}

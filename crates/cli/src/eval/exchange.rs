//! The exchange suite: conversions at the fixing of a day, and of days without one.

use std::path::Path;

use anyhow::Context;
use serde_json::{Value, json};
use watches_core::{
    landed::Exchange,
    money::{Currency, Money},
    time::Timestamp,
};

use super::{Floor, Score, json_lines};

pub fn run(folder: &Path) -> anyhow::Result<Vec<Score>> {
    let table = folder.join("fx/eurofxref-hist.csv");
    let Some(rows) = json_lines(&folder.join("fx/fx_conversion_cases.jsonl"))? else {
        return Ok(Vec::new());
    };
    let mut exchange = Exchange::default();
    exchange.add_csv(&std::fs::read_to_string(table)?)?;
    let mut score = Score::new("exchange", Some(Floor::Right(1.0)));
    for row in &rows {
        let expected = row["expect"].as_f64().map(|amount| (amount * 100.0).round() / 100.0);
        score.count(&row.to_string(), json!(expected), json!(answer(&exchange, row)?));
    }
    Ok(vec![score])
}

/// The converted amount in whole units, `None` where no rate is known.
fn answer(exchange: &Exchange, row: &Value) -> anyhow::Result<Option<f64>> {
    let currency = |field: &str| -> anyhow::Result<Currency> {
        Ok(row[field].as_str().context("a currency")?.parse()?)
    };
    let (from, to) = (currency("from")?, currency("to")?);
    let day = format!("{}T12:00:00Z", row["date"].as_str().context("a date")?);
    let at = Timestamp::parse_iso(&day).context("a date")?;
    let amount = Money::from_decimal(&row["amount"].to_string(), from).context("an amount")?;
    let converted = exchange.convert(amount, to, at);
    Ok(converted.and_then(|converted| converted.money.to_decimal().parse().ok()))
}

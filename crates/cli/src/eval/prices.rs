//! The price-string suite: real shops' price texts with the amount and sign they mean.

use std::path::Path;

use serde_json::{Value, json};
use watches_core::listing::price_text::{Amount, read_price};

use super::{Floor, Score, json_lines};

pub fn run(folder: &Path) -> anyhow::Result<Vec<Score>> {
    let path = folder.join("suites/price_parser/price_strings.jsonl");
    let Some(rows) = json_lines(&path)? else { return Ok(Vec::new()) };
    let mut plain = Score::new("prices", Some(Floor::Right(0.97)));
    let mut stretch = Score::new("prices.stretch", None);
    for row in &rows {
        let is_stretch = row["upstream_expected_fail"].as_bool().unwrap_or(false);
        let score = if is_stretch { &mut stretch } else { &mut plain };
        let expected = json!({
            "amount": row["expect_amount"].as_str().map(shortest),
            "symbol": row["expect_currency_symbol"],
        });
        let case = format!("{} | {}", row["price_text"], row["currency_text"]);
        score.count(&case, expected, answer(row));
    }
    Ok(vec![plain, stretch])
}

fn answer(row: &Value) -> Value {
    let text = row["price_text"].as_str().unwrap_or_default();
    let read = read_price(text, row["currency_text"].as_str());
    let amount = read.amount.map(Amount::to_decimal);
    json!({ "amount": amount.as_deref().map(shortest), "symbol": read.symbol })
}

/// Without trailing noughts after the point: amounts are compared as numbers.
fn shortest(decimal: &str) -> String {
    match decimal.contains('.') {
        true => decimal.trim_end_matches('0').trim_end_matches('.').to_owned(),
        false => decimal.to_owned(),
    }
}

//! The same-product suite: the valid splits of the WDC watches pairs; the weights never saw them.

use std::path::Path;

use serde_json::{Value, json};
use watches_core::{
    reference::Catalogue,
    same::{Weights, same},
};

use super::{Floor, Score, json_lines};

pub fn run(folder: &Path) -> anyhow::Result<Vec<Score>> {
    let Some(rows) = json_lines(&folder.join("data/wdc_watch_pairs.jsonl"))? else {
        return Ok(Vec::new());
    };
    let mut scores: Vec<Score> = ["valid.txt.small", "valid.txt.medium"]
        .iter()
        .map(|split| Score::new(&format!("same.{split}"), Some(Floor::F1(0.90))))
        .collect();
    for row in &rows {
        let split = format!("same.{}", row["split"].as_str().unwrap_or_default());
        if let Some(score) = scores.iter_mut().find(|score| score.name == split) {
            count(score, row);
        }
    }
    scores.retain(|score| score.cases > 0);
    Ok(scores)
}

/// "Same" is the answer that counts for precision and recall.
fn count(score: &mut Score, row: &Value) {
    let (left, right) =
        (row["left"].as_str().unwrap_or_default(), row["right"].as_str().unwrap_or_default());
    let found = same(left, right, Catalogue::bundled(), Weights::bundled());
    let yes = |same: bool| same.then_some("same");
    score.count_answer(&json!([left, right]).to_string(), yes(row["match"] == 1), yes(found.same));
}

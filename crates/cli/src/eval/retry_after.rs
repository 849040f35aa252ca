//! The Retry-After suite: header and instant in, seconds to wait out.

use std::path::Path;

use serde_json::json;
use watches_core::time::Timestamp;
use watches_scrape::fetch::retry_after;

use super::{Floor, Score, json_lines};

pub fn run(folder: &Path) -> anyhow::Result<Vec<Score>> {
    let Some(rows) = json_lines(&folder.join("suites/retry_after/retry_after_cases.jsonl"))? else {
        return Ok(Vec::new());
    };
    let mut score = Score::new("retry_after", Some(Floor::Right(1.0)));
    for row in &rows {
        let header = row["header"].as_str().unwrap_or_default();
        let now = row["now"].as_str().and_then(Timestamp::parse_iso).unwrap_or_default();
        let actual = retry_after(header, now).ok().map(|at| (at - now).as_seconds());
        // A row without seconds expects an error.
        score.count(header, json!(row["expect_seconds"].as_i64()), json!(actual));
    }
    Ok(vec![score])
}

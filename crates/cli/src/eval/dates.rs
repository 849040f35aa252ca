//! The date suites: relative and absolute dates in many languages, with the instant they mean.
//!
//! The relative cases were written for one moment; what they expect is counted back from it here by
//! calendar arithmetic of its own, not by the reader's.

use std::path::Path;

use serde_json::{Value, json};
use watches_core::{
    date_text::{Zone, read_date},
    time::{Span, Timestamp},
};

use super::{Floor, Score, json_lines};

/// The moment that the relative cases count from: 2014-09-01T10:30:00Z.
const NOW: Timestamp = Timestamp::from_seconds(1_409_567_400);
const NOW_YEAR: i64 = 2014;
const NOW_MONTH: i64 = 9;

pub fn run(folder: &Path) -> anyhow::Result<Vec<Score>> {
    let folder = folder.join("suites/dates");
    let absolute = json_lines(&folder.join("absolute_dates.jsonl"))?;
    let relative = json_lines(&folder.join("relative_dates.jsonl"))?;
    Ok(absolute
        .map(|rows| self::absolute(&rows))
        .into_iter()
        .flatten()
        .chain(relative.map(|rows| self::relative(&rows)))
        .collect())
}

/// Cases that need a setting of the suite's own library (prefer the future) are counted apart.
fn absolute(rows: &[Value]) -> [Score; 2] {
    let mut plain = Score::new("dates.absolute", Some(Floor::Right(0.95)));
    let mut settings = Score::new("dates.absolute_with_settings", None);
    for row in rows {
        let text = row["text"].as_str().unwrap_or_default();
        let now = row["now"].as_str().and_then(Timestamp::parse_iso).unwrap_or_default();
        let expected =
            row["expect"].as_str().and_then(|at| Timestamp::parse_iso(&format!("{at}Z")));
        let actual = read_date(text, now, Zone::Utc);
        let needs_settings = row["needs_special_settings"].as_bool().unwrap_or(false);
        let score = if needs_settings { &mut settings } else { &mut plain };
        let case = format!("{} | {text}", row["language"].as_str().unwrap_or_default());
        score.count(&case, shown(expected), shown(actual));
    }
    [plain, settings]
}

fn relative(rows: &[Value]) -> Score {
    let mut score = Score::new("dates.relative", Some(Floor::Right(0.95)));
    for row in rows {
        let text = row["text"].as_str().unwrap_or_default();
        let ago = row.get("expect_ago").map(|distance| moved(distance, -1));
        let expected =
            ago.or_else(|| row.get("expect_in_future").map(|distance| moved(distance, 1)));
        let case = format!("{} | {text}", row["language"].as_str().unwrap_or_default());
        score.count(&case, shown(expected), shown(read_date(text, NOW, Zone::Utc)));
    }
    score
}

fn shown(at: Option<Timestamp>) -> Value {
    json!(at.and_then(Timestamp::to_iso))
}

/// Whole months on the calendar first (the day is the first, so none is cut), then fixed lengths.
fn moved(distance: &Value, sign: i64) -> Timestamp {
    let whole = |name: &str| distance[name].as_i64().unwrap_or(0) * sign;
    let months = NOW_YEAR * 12 + NOW_MONTH - 1 + whole("years") * 12 + whole("months");
    let days = days_from_civil(months.div_euclid(12), months.rem_euclid(12) + 1)
        - days_from_civil(NOW_YEAR, NOW_MONTH);
    let seconds = [
        ("weeks", 604_800.0),
        ("days", 86_400.0),
        ("hours", 3_600.0),
        ("minutes", 60.0),
        ("seconds", 1.0),
    ]
    .iter()
    .map(|(name, length)| distance[name].as_f64().unwrap_or(0.0) * length)
    .sum::<f64>();
    #[expect(
        clippy::cast_possible_truncation,
        reason = "a suite's distances are some years of seconds"
    )]
    let seconds = seconds.round() as i64 * sign;
    NOW + Span::days(days) + Span::seconds(seconds)
}

/// Days of a month's first since an era's beginning, by the Gregorian calendar.
fn days_from_civil(year: i64, month: i64) -> i64 {
    let year = if month <= 2 { year - 1 } else { year };
    let of_year = (153 * ((month + 9) % 12) + 2) / 5;
    year * 365 + year.div_euclid(4) - year.div_euclid(100) + year.div_euclid(400) + of_year
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn distances_count_on_the_calendar() {
        let iso = |distance| moved(&distance, -1).to_iso();
        assert_eq!(iso(json!({})).as_deref(), Some("2014-09-01T10:30:00Z"));
        assert_eq!(iso(json!({ "months": 7 })).as_deref(), Some("2014-02-01T10:30:00Z"));
        assert_eq!(iso(json!({ "years": 2013 })).as_deref(), Some("0001-09-01T10:30:00Z"));
        assert_eq!(
            iso(json!({ "hours": 2.5, "days": 1 })).as_deref(),
            Some("2014-08-31T08:00:00Z")
        );
    }
}

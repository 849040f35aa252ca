//! Scoring against real material: each suite is a file here and a row in [`SUITES`].
//!
//! A suite reads its cases from the folder, runs the real code on them and counts. A suite whose
//! files are not in the folder yields no score.

mod dates;
mod exchange;
mod pages;
mod posts;
mod prices;
mod retry_after;
mod robots;
mod same;
mod titles;
mod urls;

use std::path::Path;

use serde::Serialize;
use serde_json::{Value, json};

pub struct Suite {
    pub name: &'static str,
    pub run: fn(&Path) -> anyhow::Result<Vec<Score>>,
}

pub const SUITES: &[Suite] = &[
    Suite { name: "dates", run: dates::run },
    Suite { name: "exchange", run: exchange::run },
    Suite { name: "pages", run: pages::run },
    Suite { name: "posts", run: posts::run },
    Suite { name: "prices", run: prices::run },
    Suite { name: "retry_after", run: retry_after::run },
    Suite { name: "robots", run: robots::run },
    Suite { name: "same", run: same::run },
    Suite { name: "titles", run: titles::run },
    Suite { name: "urls", run: urls::run },
];

/// The count of one suite, or of one measure within it.
#[derive(Debug, Clone, Default)]
pub struct Score {
    /// `titles.hand_labelled.reference`.
    pub name: String,
    pub cases: u32,
    pub right: u32,
    /// Answers given and right, given and wrong, and due but missing, where precision applies.
    pub true_positive: u32,
    pub false_positive: u32,
    pub false_negative: u32,
    /// The least share right (or precision and recall) that passes; `None` is informative only.
    pub floor: Option<Floor>,
    /// One more figure for the line.
    pub extra: Option<(&'static str, Value)>,
    pub failures: Vec<Failure>,
}

#[derive(Debug, Clone, Copy)]
pub enum Floor {
    Right(f64),
    PrecisionRecall(f64, f64),
    F1(f64),
}

/// One wrong case, for `--failures`.
#[derive(Debug, Clone, Serialize)]
pub struct Failure {
    pub suite: String,
    pub case: String,
    pub expected: Value,
    pub actual: Value,
}

impl Score {
    pub fn new(name: &str, floor: Option<Floor>) -> Score {
        Score { name: name.to_owned(), floor, ..Score::default() }
    }

    /// Counts one case that is simply right or wrong.
    pub fn count(&mut self, case: &str, expected: Value, actual: Value) {
        self.cases += 1;
        if expected == actual {
            self.right += 1;
        } else {
            self.fail(case, expected, actual);
        }
    }

    /// Counts one case where an answer may be due or not: `None` is "no answer".
    pub fn count_answer(&mut self, case: &str, expected: Option<&str>, actual: Option<&str>) {
        self.cases += 1;
        match (expected, actual) {
            (Some(want), Some(got)) if want == got => self.true_positive += 1,
            (Some(_), Some(_)) => {
                self.false_positive += 1;
                self.false_negative += 1;
            }
            (Some(_), None) => self.false_negative += 1,
            (None, Some(_)) => self.false_positive += 1,
            (None, None) => {}
        }
        if expected == actual {
            self.right += 1;
        } else {
            self.fail(case, json!(expected), json!(actual));
        }
    }

    fn fail(&mut self, case: &str, expected: Value, actual: Value) {
        self.failures.push(Failure {
            suite: self.name.clone(),
            case: case.to_owned(),
            expected,
            actual,
        });
    }

    pub fn share_right(&self) -> f64 {
        share(self.right, self.cases)
    }

    pub fn precision(&self) -> f64 {
        share(self.true_positive, self.true_positive + self.false_positive)
    }

    pub fn recall(&self) -> f64 {
        share(self.true_positive, self.true_positive + self.false_negative)
    }

    pub fn f1(&self) -> f64 {
        let right = 2 * self.true_positive;
        share(right, right + self.false_positive + self.false_negative)
    }

    pub fn missed_floor(&self) -> bool {
        match self.floor {
            Some(Floor::F1(least)) => self.f1() < least,
            None => false,
            Some(Floor::Right(least)) => self.share_right() < least,
            Some(Floor::PrecisionRecall(precision, recall)) => {
                self.precision() < precision || self.recall() < recall
            }
        }
    }

    /// The suite's line; precision, recall and F1 only where answers were counted.
    pub fn line(&self) -> Value {
        let mut line = json!({
            "suite": self.name, "cases": self.cases, "right": self.right,
            "wrong": self.cases - self.right, "share": round(self.share_right()),
        });
        if self.true_positive + self.false_positive + self.false_negative > 0 {
            line["precision"] = json!(round(self.precision()));
            line["recall"] = json!(round(self.recall()));
            line["f1"] = json!(round(self.f1()));
        }
        if let Some((name, value)) = &self.extra {
            line[*name] = value.clone();
        }
        if self.floor.is_some() {
            line["pass"] = json!(!self.missed_floor());
        }
        line
    }
}

fn share(part: u32, whole: u32) -> f64 {
    if whole == 0 { 1.0 } else { f64::from(part) / f64::from(whole) }
}

fn round(value: f64) -> f64 {
    (value * 10_000.0).round() / 10_000.0
}

/// Reads a JSON-lines file; `None` when it is not there.
pub fn json_lines(path: &Path) -> anyhow::Result<Option<Vec<Value>>> {
    if !path.exists() {
        return Ok(None);
    }
    let text = std::fs::read_to_string(path)?;
    let rows: Result<Vec<Value>, _> =
        text.lines().filter(|line| !line.trim().is_empty()).map(serde_json::from_str).collect();
    Ok(Some(rows?))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn answers_are_counted_as_precision_and_recall() {
        let mut score = Score::new("titles", Some(Floor::PrecisionRecall(0.5, 0.5)));
        score.count_answer("right", Some("16610"), Some("16610"));
        score.count_answer("missed", Some("16610"), None);
        score.count_answer("invented", None, Some("3135"));
        score.count_answer("rightly silent", None, None);
        assert_eq!((score.right, score.cases), (2, 4));
        assert_eq!((score.precision(), score.recall()), (0.5, 0.5));
        assert!(!score.missed_floor());
        score.count_answer("wrong", Some("116610LN"), Some("16610"));
        assert!(score.missed_floor());
    }
}

//! Is confidence honest? Of the readings that say 0.9, about 90 % should be right.
//!
//! A reading is right if its brand is, and its reference too where one is given and the truth knows
//! it. Counted by the confidence said, and by the surest clue: the latter's shares are what
//! `catalogue/confidence.tsv` says.

use std::collections::BTreeMap;

use serde_json::json;

use super::compare::matched;
use crate::{
    commands::identify::Reading,
    eval::{Floor, Score},
};

/// What is known of the truth of one row.
#[derive(Debug, Default)]
pub(super) struct Judged {
    pub(super) brand: Option<bool>,
    /// The references that would be right; empty where there is none, `None` where it is not known.
    pub(super) wanted: Option<Vec<String>>,
}

/// Readings by confidence and by surest clue.
#[derive(Debug, Default)]
pub(super) struct Buckets {
    said: BTreeMap<u8, Bucket>,
    clues: BTreeMap<&'static str, Bucket>,
}

#[derive(Debug, Default, Clone, Copy)]
struct Bucket {
    cases: u32,
    right: u32,
    said: f64,
}

impl Bucket {
    fn count(&mut self, right: bool, said: f64) {
        self.cases += 1;
        self.right += u32::from(right);
        self.said += said;
    }

    fn share(self) -> f64 {
        f64::from(self.right) / f64::from(self.cases.max(1))
    }

    fn mean_said(self) -> f64 {
        self.said / f64::from(self.cases.max(1))
    }
}

/// Said and right may differ by this much where enough was counted.
const NEAR: f64 = 0.05;
/// Fewer readings than this say little.
const ENOUGH: u32 = 50;

impl Buckets {
    /// A reading that names nothing, or whose truth is not known, is not counted.
    pub(super) fn count(&mut self, read: &Reading, truth: &Judged) {
        let Some(brand) = truth.brand.filter(|_| read.brand.is_some()) else { return };
        let given = read.reference.is_some() || read.reference_base.is_some();
        let right = match (&truth.wanted, given) {
            (Some(wanted), true) => brand && matched(wanted, read).is_some(),
            (Some(_), false) => brand,
            // A reference of which nothing is known can be neither.
            (None, true) => return,
            (None, false) => brand,
        };
        // Twentieths: what is said with 0.95 to 1 is one bucket.
        let said = (read.confidence * 20.0 + 1e-9).floor() as u8;
        self.said.entry(said).or_default().count(right, read.confidence);
        self.clues.entry(read.surest).or_default().count(right, read.confidence);
    }

    /// One line a bucket of confidence, judged where it holds enough; one a clue, for information.
    pub(super) fn scores(&self) -> Vec<Score> {
        let near = |bucket: &Bucket| (bucket.share() - bucket.mean_said()).abs() <= NEAR;
        let all: Vec<&Bucket> = self.said.values().collect();
        let cases: u32 = all.iter().map(|bucket| bucket.cases).sum();
        if cases == 0 {
            return Vec::new();
        }
        let mut judged = Score::new("titles.confidence", Some(Floor::Right(1.0)));
        for (at, bucket) in self.said.iter().filter(|(_, bucket)| bucket.cases >= ENOUGH) {
            judged.count(
                &format!("{:.2}", f64::from(*at) / 20.0),
                json!(true),
                json!(near(bucket)),
            );
        }
        let mut scores = vec![judged];
        for (at, bucket) in &self.said {
            scores.push(line(&format!("said.{:.2}", f64::from(*at) / 20.0), *bucket));
        }
        for (clue, bucket) in &self.clues {
            scores.push(line(&format!("clue.{}", clue.replace(' ', "_")), *bucket));
        }
        scores
    }
}

fn line(name: &str, bucket: Bucket) -> Score {
    let mut score = Score::new(&format!("titles.confidence.{name}"), None);
    score.cases = bucket.cases;
    score.right = bucket.right;
    score.extra = Some(("said", json!((bucket.mean_said() * 1_000.0).round() / 1_000.0)));
    score
}

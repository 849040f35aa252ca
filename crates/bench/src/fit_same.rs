//! `bench fit-same DIR`: fits what each reason of `watches same` weighs, and says how well it does.
//!
//! Reads `DIR/data/wdc_watch_pairs.jsonl` (the WDC product corpus, watches), fits on its train splits
//! alone and writes `catalogue/same_weights.tsv`. Prints F1 on the valid splits, and F1 on pairs of which
//! a fit never saw one product, and neither: five fits, each without a fifth of the products. Nearly all
//! titles of the valid splits also stand in train splits, so only the later figures speak for new shops.

mod logistic;

use std::{
    collections::BTreeMap,
    fs,
    path::{Path, PathBuf},
};

use anyhow::{Context, Result};
use clap::Args;
use serde::Deserialize;
use serde_json::json;
use watches_core::{reference::Catalogue, same::reasons};

use self::logistic::Examples;
use crate::{line::Verdict, peers, random::Random};

#[derive(Debug, Args)]
pub struct FitSameArgs {
    /// A folder laid out like the shared real material.
    folder: PathBuf,
    /// Only measure; leave the weights as they are.
    #[arg(long)]
    dry: bool,
    /// How strongly weights are pulled towards nothing.
    #[arg(long, default_value_t = 1.0)]
    penalty: f64,
    /// A reason seen on fewer pairs gets no weight.
    #[arg(long, default_value_t = 3)]
    seen: usize,
    #[arg(long, default_value_t = 7)]
    seed: u64,
}

#[derive(Debug, Deserialize)]
struct Row {
    split: String,
    left: String,
    right: String,
    #[serde(rename = "match")]
    label: u8,
}

/// A pair with its reasons; a product is a number that matched titles share.
struct Pair {
    valid: bool,
    label: bool,
    products: [usize; 2],
    reasons: Vec<(String, f64)>,
}

const FOLDS: u64 = 5;
const ROUNDS: usize = 120;
/// Lighter reasons are left out of the file.
const LIGHTEST: f64 = 0.02;

pub fn run(args: &FitSameArgs) -> Result<Verdict> {
    let pairs = read(&args.folder.join("data/wdc_watch_pairs.jsonl"))?;
    let train: Vec<&Pair> = pairs.iter().filter(|pair| !pair.valid).collect();
    let valid: Vec<&Pair> = pairs.iter().filter(|pair| pair.valid).collect();
    let weights = fit(&train, args);
    let [one_unseen, both_unseen] = unseen(&pairs, args);
    let shown = json!({
        "area": "fit-same", "pairs": train.len(), "weights": weights.len(),
        "train_f1": f1(&train, &weights), "valid_pairs": valid.len(), "valid_f1": f1(&valid, &weights),
        "unseen_products_f1": one_unseen, "both_unseen_f1": both_unseen,
    });
    crate::line::print_value(&shown)?;
    if !args.dry {
        let path = peers::root().join("catalogue/same_weights.tsv");
        fs::write(&path, table(&weights)).with_context(|| format!("cannot write {path:?}"))?;
    }
    Ok(Verdict::Passed)
}

fn read(path: &Path) -> Result<Vec<Pair>> {
    let text = fs::read_to_string(path).with_context(|| format!("cannot read {path:?}"))?;
    let rows: Vec<Row> = text.lines().map(serde_json::from_str).collect::<Result<_, _>>()?;
    let mut products = Products::default();
    for row in rows.iter().filter(|row| row.label == 1) {
        products.join(&row.left, &row.right);
    }
    let catalogue = Catalogue::bundled();
    let pair = |row: &Row| Pair {
        valid: row.split.starts_with("valid"),
        label: row.label == 1,
        products: [products.of(&row.left), products.of(&row.right)],
        reasons: reasons(&row.left, &row.right, catalogue)
            .into_iter()
            .map(|reason| (reason.name, reason.value))
            .collect(),
    };
    Ok(rows.iter().map(pair).collect())
}

/// Titles that any pair calls one product, by union and find.
#[derive(Default)]
struct Products {
    parents: BTreeMap<String, String>,
}

impl Products {
    fn root<'a>(&'a self, title: &'a str) -> &'a str {
        let mut at = title;
        while let Some(parent) = self.parents.get(at) {
            at = parent;
        }
        at
    }

    fn join(&mut self, left: &str, right: &str) {
        let (left, right) = (self.root(left).to_owned(), self.root(right).to_owned());
        if left != right {
            self.parents.insert(left, right);
        }
    }

    /// A number of the product; the same text always has the same.
    fn of(&self, title: &str) -> usize {
        let hash = self.root(title).bytes().fold(0xcbf2_9ce4_8422_2325_u64, |hash, byte| {
            (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3)
        });
        usize::try_from(hash >> 1).unwrap_or(0)
    }
}

fn fit(pairs: &[&Pair], args: &FitSameArgs) -> BTreeMap<String, f64> {
    let mut seen: BTreeMap<&str, usize> = BTreeMap::new();
    for (name, _) in pairs.iter().flat_map(|pair| &pair.reasons) {
        *seen.entry(name).or_insert(0) += 1;
    }
    let names: Vec<&str> = std::iter::once("always")
        .chain(seen.iter().filter(|(_, times)| **times >= args.seen).map(|(name, _)| *name))
        .collect();
    let index: BTreeMap<&str, usize> =
        names.iter().enumerate().map(|(at, name)| (*name, at)).collect();
    let mut examples = Examples::new(names.len());
    for pair in pairs {
        let known = pair
            .reasons
            .iter()
            .filter_map(|(name, value)| index.get(name.as_str()).map(|feature| (*feature, *value)));
        let row: Vec<(usize, f64)> = std::iter::once((0, 1.0)).chain(known).collect();
        examples.add(&row, pair.label);
    }
    let weights = examples.fit(args.penalty, ROUNDS);
    let heavy = names.iter().zip(weights).filter(|(_, weight)| weight.abs() >= LIGHTEST);
    heavy.map(|(name, weight)| ((*name).to_owned(), weight)).collect()
}

/// Harmonic mean of precision and recall at a score of a half.
fn f1(pairs: &[&Pair], weights: &BTreeMap<String, f64>) -> f64 {
    let mut counts = [0_u32; 3];
    for pair in pairs {
        count(&mut counts, pair, weights);
    }
    share(counts)
}

fn count(counts: &mut [u32; 3], pair: &Pair, weights: &BTreeMap<String, f64>) {
    let weight = |name: &str| weights.get(name).copied().unwrap_or(0.0);
    let sum = weight("always")
        + pair.reasons.iter().map(|(name, value)| weight(name) * value).sum::<f64>();
    match (pair.label, sum >= 0.0) {
        (true, true) => counts[0] += 1,
        (false, true) => counts[1] += 1,
        (true, false) => counts[2] += 1,
        (false, false) => {}
    }
}

fn share([right, invented, missed]: [u32; 3]) -> f64 {
    let f1 = f64::from(2 * right) / f64::from((2 * right + invented + missed).max(1));
    (f1 * 10_000.0).round() / 10_000.0
}

/// F1 over pairs with one product at least, and with two, that the fit did not know. The first are harder:
/// a pair that joins two parts is mostly one product's neighbour.
fn unseen(pairs: &[Pair], args: &FitSameArgs) -> [f64; 2] {
    let fold = |product: usize| Random::new(args.seed ^ product as u64).next() % FOLDS;
    let mut counts = [[0_u32; 3]; 2];
    for out in 0..FOLDS {
        let left_out = |pair: &Pair| pair.products.map(|of| fold(of) == out);
        let (new, known): (Vec<&Pair>, Vec<&Pair>) =
            pairs.iter().partition(|pair| left_out(pair).contains(&true));
        let weights = fit(&known, args);
        for pair in new {
            count(&mut counts[0], pair, &weights);
            if left_out(pair) == [true; 2] {
                count(&mut counts[1], pair, &weights);
            }
        }
    }
    counts.map(share)
}

fn table(weights: &BTreeMap<String, f64>) -> String {
    let mut text = "# What each reason of `watches same` weighs, in log-odds. Written by `bench fit-same`: \
                    logistic regression on the train splits of the WDC watches pairs (webdatacommons.org, \
                    product corpus 2.0). Dated 2026-11-25. Do not edit; see README.md.\n"
        .to_owned();
    for (name, weight) in weights {
        text.push_str(&format!("{name}\t{weight:.2}\n"));
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn matched_titles_are_one_product() {
        let mut products = Products::default();
        products.join("a", "b");
        products.join("c", "b");
        assert_eq!(products.of("a"), products.of("c"));
        assert_ne!(products.of("a"), products.of("d"));
    }

    #[test]
    fn f1_of_counts() {
        assert_eq!(share([8, 2, 2]), 0.8);
        assert_eq!(share([0, 0, 0]), 0.0);
    }
}

//! Do two offers' titles name the same product? A weighted sum of reasons that a person can read.
//!
//! In go two titles, out comes `Sameness`: the verdict, a score from 0 to 1 and the reasons that
//! weighed most. Used by `watches same`. The reasons are found here, what each weighs is data
//! (`catalogue/same_weights.tsv`), fitted by `bench fit-same` on labelled pairs. Pure and symmetric:
//! `same(a, b) == same(b, a)`.

mod offer;
mod reasons;
mod similarity;
mod weights;

use serde::Serialize;

pub use reasons::{Reason, reasons};
pub use weights::{Weights, WeightsError};

use crate::reference::Catalogue;

/// The verdict on two titles.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Sameness {
    /// The score is at least a half.
    pub same: bool,
    /// How likely both name one product, 0 to 1.
    pub score: f64,
    /// What weighed most, heaviest first; a positive weight speaks for "same".
    pub why: Vec<Weighed>,
}

/// A reason and how much it moved the score, in log-odds.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Weighed {
    pub reason: String,
    pub weight: f64,
}

/// Reasons that weigh less than this are not told.
const TOLD: f64 = 0.05;
/// How many are told.
const MOST_TOLD: usize = 8;

/// Judges two titles.
pub fn same(left: &str, right: &str, catalogue: &Catalogue, weights: &Weights) -> Sameness {
    let mut sum = weights.of(reasons::ALWAYS);
    let mut why: Vec<Weighed> = Vec::new();
    for reason in reasons(left, right, catalogue) {
        let weight = weights.of(&reason.name) * reason.value;
        sum += weight;
        if weight == 0.0 {
            continue;
        }
        let told = reason.told();
        match why.iter_mut().find(|other| other.reason == told) {
            Some(other) => other.weight += weight,
            None => why.push(Weighed { reason: told.to_owned(), weight }),
        }
    }
    why.retain(|reason| reason.weight.abs() >= TOLD);
    why.sort_by(|a, b| {
        b.weight.abs().total_cmp(&a.weight.abs()).then_with(|| a.reason.cmp(&b.reason))
    });
    why.truncate(MOST_TOLD);
    let score = 1.0 / (1.0 + (-sum).exp());
    Sameness { same: score >= 0.5, score, why }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn judge(left: &str, right: &str) -> Sameness {
        same(left, right, Catalogue::bundled(), Weights::bundled())
    }

    #[track_caller]
    fn check(left: &str, right: &str, expected: bool) {
        let found = judge(left, right);
        assert_eq!(found.same, expected, "{left} and {right}: {found:?}");
    }

    #[test]
    fn one_product_in_two_shops() {
        check("Rolex Submariner Date 126610LN", "Submariner 126610 LN Rolex black 41mm", true);
        check(
            "Tissot Le Locle T006.407.11.033.00",
            "Tissot Herrenuhr Le Locle T0064071103300",
            true,
        );
        check("Hamilton Khaki Field H70455533", "Hamilton Khaki Field Automatik H70455533", true);
    }

    #[test]
    fn two_products() {
        check("Rolex Submariner 126610LN", "Rolex GMT-Master II 126710BLRO", false);
        check("Tissot Le Locle T006.407.11.033.00", "Tissot PRX T137.407.11.041.00", false);
        check("Omega Seamaster 210.30.42.20.03.001", "Seiko Prospex SPB143J1", false);
        check("", "Seiko Prospex SPB143J1", false);
    }

    #[test]
    fn reasons_are_told_and_heaviest_first() {
        let found = judge("Seiko Prospex SPB143J1 diver", "Seiko Prospex SPB143J1 automatic");
        assert!(found.why.iter().any(|reason| reason.reason == "reference numbers"), "{found:?}");
        let weights: Vec<f64> = found.why.iter().map(|reason| reason.weight.abs()).collect();
        assert!(weights.is_sorted_by(|a, b| a >= b), "{weights:?}");
    }

    proptest::proptest! {
        #[test]
        fn the_order_does_not_matter(left in ".{0,80}", right in ".{0,80}") {
            let (ab, ba) = (judge(&left, &right), judge(&right, &left));
            proptest::prop_assert!((0.0..=1.0).contains(&ab.score));
            proptest::prop_assert!((ab.score - ba.score).abs() < 1e-9);
        }
    }
}

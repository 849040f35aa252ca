//! What each reason weighs: `catalogue/same_weights.tsv`, a name and a number a line.
//!
//! Written by `bench fit-same`, bundled into the program, read once. A reason that is not listed
//! weighs nothing.

use std::sync::LazyLock;

use rustc_hash::FxHashMap;

static BUNDLED: LazyLock<Weights> = LazyLock::new(|| {
    Weights::read(include_str!("../../../../catalogue/same_weights.tsv"))
        .expect("a test reads the bundled file on every change of it")
});

/// Weights by the names of reasons.
#[derive(Debug, Clone, Default)]
pub struct Weights(FxHashMap<String, f64>);

/// Why a table of weights could not be read.
#[derive(Debug, thiserror::Error)]
#[error("same_weights.tsv, line {line}: not a name, a tab and a number")]
pub struct WeightsError {
    pub line: usize,
}

impl Weights {
    /// The weights inside the program.
    pub fn bundled() -> &'static Weights {
        &BUNDLED
    }

    /// Weights that were just fitted.
    pub fn of_pairs(pairs: impl IntoIterator<Item = (String, f64)>) -> Weights {
        Weights(pairs.into_iter().collect())
    }

    /// Reads the table; empty lines and `#` comments are skipped.
    pub fn read(text: &str) -> Result<Weights, WeightsError> {
        let mut weights = FxHashMap::default();
        for (at, line) in text.lines().enumerate() {
            if line.is_empty() || line.starts_with('#') {
                continue;
            }
            let row = line.rsplit_once('\t').and_then(|(name, weight)| {
                weight.parse::<f64>().ok().filter(|w| w.is_finite()).map(|weight| (name, weight))
            });
            let (name, weight) = row.ok_or(WeightsError { line: at + 1 })?;
            weights.insert(name.to_owned(), weight);
        }
        Ok(Weights(weights))
    }

    pub(super) fn of(&self, name: &str) -> f64 {
        self.0.get(name).copied().unwrap_or(0.0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_table_is_read_and_a_bad_line_named() {
        let weights = Weights::read("# why\nalways\t-1.5\nword in both: a\t0.25\n").unwrap();
        assert_eq!((weights.of("always"), weights.of("word in both: a")), (-1.5, 0.25));
        assert_eq!(weights.of("else"), 0.0);
        let refused = |text| Weights::read(text).unwrap_err().line;
        assert_eq!(refused("a\t1\nb\n"), 2);
        assert_eq!(refused("a\tNaN\n"), 1);
    }

    #[test]
    fn the_bundled_weights_are_read() {
        assert!(Weights::read(include_str!("../../../../catalogue/same_weights.tsv")).is_ok());
        assert_ne!(Weights::bundled().of("always"), 0.0);
    }
}

//! How alike two sets of words or two texts are, from 0 to 1.

use std::collections::BTreeSet;

use rustc_hash::FxHashMap;

/// What both hold, of all that either holds.
pub(super) fn jaccard<T: Ord>(left: &BTreeSet<T>, right: &BTreeSet<T>) -> f64 {
    let both = left.intersection(right).count();
    share(both, left.len() + right.len() - both)
}

/// What both hold, of the smaller one.
pub(super) fn containment<T: Ord>(left: &BTreeSet<T>, right: &BTreeSet<T>) -> f64 {
    share(left.intersection(right).count(), left.len().min(right.len()))
}

/// The longest common beginning of two codes, of the shorter one.
pub(super) fn common_beginning(left: &BTreeSet<String>, right: &BTreeSet<String>) -> f64 {
    let pair = |a: &String, b: &String| {
        let same = a.bytes().zip(b.bytes()).take_while(|(a, b)| a == b).count();
        share(same, a.len().min(b.len()))
    };
    left.iter().flat_map(|a| right.iter().map(move |b| pair(a, b))).fold(0.0, f64::max)
}

/// The cosine of the counts of three characters in a row.
pub(super) fn trigrams(left: &str, right: &str) -> f64 {
    let (left, right) = (counts(left), counts(right));
    let dot: u64 = left.iter().filter_map(|(gram, n)| right.get(gram).map(|other| n * other)).sum();
    let length =
        |counts: &FxHashMap<[char; 3], u64>| counts.values().map(|n| n * n).sum::<u64>() as f64;
    let norm = (length(&left) * length(&right)).sqrt();
    if norm == 0.0 { 0.0 } else { dot as f64 / norm }
}

fn counts(text: &str) -> FxHashMap<[char; 3], u64> {
    let chars: Vec<char> = text.chars().collect();
    let mut counts = FxHashMap::default();
    for gram in chars.windows(3) {
        if let Ok(gram) = <[char; 3]>::try_from(gram) {
            *counts.entry(gram).or_insert(0) += 1;
        }
    }
    counts
}

fn share(part: usize, whole: usize) -> f64 {
    if whole == 0 { 0.0 } else { part as f64 / whole as f64 }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn set(words: &str) -> BTreeSet<String> {
        words.split_whitespace().map(str::to_owned).collect()
    }

    #[test]
    fn shares_of_sets() {
        assert_eq!(jaccard(&set("a b c"), &set("b c d")), 0.5);
        assert_eq!(containment(&set("a b"), &set("b c d")), 0.5);
        assert_eq!(jaccard(&set(""), &set("")), 0.0);
    }

    #[test]
    fn beginnings_and_trigrams() {
        assert_eq!(common_beginning(&set("srp639k"), &set("srp639k1 ssc437")), 1.0);
        assert_eq!(common_beginning(&set("126610ln"), &set("126610lv")), 0.875);
        assert!((trigrams("rolex", "rolex") - 1.0).abs() < 1e-9);
        assert_eq!(trigrams("rolex", "omega"), 0.0);
        assert_eq!(trigrams("", "a"), 0.0);
    }
}

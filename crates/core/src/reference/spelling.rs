//! A brand's name with one slip in it: a letter missing, doubled, wrong, or two swapped.
//!
//! Asked only when no brand is named as it should be, so its cost is seldom paid. Only long names
//! and words, and never a word that the catalogue knows as something else.

use super::{catalogue::BrandIndex, read::Read};

/// Shorter words differ by one letter from too many others.
const SHORTEST: usize = 7;
/// The brand stands near the front of a title.
const FIRST_WORDS: usize = 6;

/// The brand whose name one of the first words misspells.
pub(crate) fn misspelt_brand(read: &Read<'_>) -> Option<BrandIndex> {
    (0..read.len().min(FIRST_WORDS)).find_map(|at| {
        let token = read.token(at).filter(|token| token.is_word() && token.len() >= SHORTEST)?;
        let word = read.tokens.text(token);
        if read.families.iter().any(|hit| (hit.start..hit.end).contains(&at)) {
            return None;
        }
        read.catalogue
            .long_brand_words(word.chars().next()?)
            .find(|(name, _)| name.len() >= SHORTEST && one_slip(name, word))
            .map(|(_, brand)| brand)
    })
}

/// Damerau-Levenshtein distance of exactly one.
fn one_slip(left: &str, right: &str) -> bool {
    let left: Vec<char> = left.chars().collect();
    let right: Vec<char> = right.chars().collect();
    let front = left.iter().zip(&right).take_while(|(a, b)| a == b).count();
    let rest = |word: &[char], skip: usize| word.get(front + skip..).unwrap_or_default().to_vec();
    match (left.len(), right.len()) {
        (a, b) if a == b => {
            let wrong = rest(&left, 1) == rest(&right, 1);
            let swapped = rest(&left, 2) == rest(&right, 2)
                && left.get(front) == right.get(front + 1)
                && left.get(front + 1) == right.get(front);
            front < a && (wrong || swapped)
        }
        (a, b) if a == b + 1 => rest(&left, 1) == rest(&right, 0),
        (a, b) if a + 1 == b => rest(&left, 0) == rest(&right, 1),
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(left: &str, right: &str, slip: bool) {
        assert_eq!(one_slip(left, right), slip, "{left} and {right}");
    }

    #[test]
    fn one_slip_and_no_more() {
        check("breitling", "brietling", true);
        check("longines", "longine", true);
        check("hamilton", "hamillton", true);
        check("panerai", "panarai", true);
        check("panerai", "panerai", false);
        check("certina", "certain", false);
        check("zenith", "xenon", false);
    }
}

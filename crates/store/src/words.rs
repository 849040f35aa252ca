//! Text -> the folded words that search compares: lower case, no accents, letters and digits only.
//!
//! Pure. What is stored and what is typed go through the same fold, so `Jaeger-LeCoultre`, `jaeger` and
//! `LECOULTRE` meet. Runs of letters, digits and inner punctuation with a digit (`5711/1A-010`) are also
//! kept joined (`57111a010`), because people type references either way.

use std::ops::Range;

use unicode_normalization::{UnicodeNormalization, char::is_combining_mark};

/// Longest word kept; longer runs are cut, in what is stored and in what is typed alike.
const LONGEST: usize = 40;

/// The words of a text in order, with repeats.
pub fn fold(text: &str) -> Vec<String> {
    let mut words = Vec::new();
    each_word(text, |word| words.push(word.to_owned()));
    words
}

/// Calls `take` with every word of a text in order, with repeats.
fn each_word(text: &str, mut take: impl FnMut(&str)) {
    let mut word = String::new();
    let mut end = |word: &mut String| {
        if !word.is_empty() {
            take(cut(word));
            word.clear();
        }
    };
    if text.is_ascii() {
        let is_mark = |byte: &u8| !byte.is_ascii_alphanumeric();
        let mut rest = text;
        while !rest.is_empty() {
            let length = rest.as_bytes().iter().position(is_mark).unwrap_or(rest.len());
            word.push_str(&rest[..length]);
            word.make_ascii_lowercase();
            end(&mut word);
            rest = rest.get(length + 1..).unwrap_or_default();
        }
        return;
    }
    for mark in text.nfkd().filter(|mark| !is_combining_mark(*mark)) {
        if mark.is_alphanumeric() {
            word.extend(mark.to_lowercase());
        } else {
            end(&mut word);
        }
    }
    end(&mut word);
}

/// The first [`LONGEST`] letters.
fn cut(word: &str) -> &str {
    if word.len() <= LONGEST {
        return word;
    }
    word.char_indices().nth(LONGEST).map_or(word, |(end, _)| &word[..end])
}

/// The distinct words of several texts, each with a blank before it: ` rolex submariner 126610ln`.
///
/// `contains(" sub")` on it answers whether some word begins with `sub`.
pub fn line<'t>(texts: impl IntoIterator<Item = &'t str>) -> String {
    let mut line = Line { text: String::with_capacity(160), words: Vec::with_capacity(24) };
    for text in texts {
        each_word(text, |word| line.add(word));
        for word in text.split_whitespace().filter_map(joined) {
            line.add(&word);
        }
    }
    line.text
}

/// A line of distinct words, and where they stand in it.
struct Line {
    text: String,
    words: Vec<Range<usize>>,
}

impl Line {
    /// Adds a word unless it is there.
    fn add(&mut self, word: &str) {
        let known = |at: &Range<usize>| at.len() == word.len() && self.text[at.clone()] == *word;
        if !self.words.iter().any(known) {
            self.text.push(' ');
            let start = self.text.len();
            self.text.push_str(word);
            self.words.push(start..self.text.len());
        }
    }
}

/// A token of several words with a digit in it, as one word: `5711/1A-010` -> `57111a010`.
fn joined(token: &str) -> Option<String> {
    let whole = token.bytes().all(|byte| byte.is_ascii_alphanumeric());
    if whole || !token.bytes().any(|byte| byte.is_ascii_digit()) {
        return None;
    }
    let parts = fold(token);
    (parts.len() > 1).then(|| cut(&parts.concat()).to_owned())
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[track_caller]
    fn check(text: &str, words: &str) {
        assert_eq!(line([text]), words, "{text}");
    }

    #[test]
    fn words_are_folded_and_references_also_joined() {
        check("Rolex Submariner", " rolex submariner");
        check("JAEGER-LeCoultre Réverso", " jaeger lecoultre reverso");
        check("Patek 5711/1A-010", " patek 5711 1a 010 57111a010");
        check("Rolex, ROLEX; rolex", " rolex");
        check("--12 x-", " 12 x");
        check(&"a".repeat(50), &format!(" {}", "a".repeat(40)));
        check("ﬁne Größe", " fine große");
        check("ロレックス 腕時計", " ロレックス 腕時計");
        check("  ", "");
    }

    proptest! {
        #[test]
        fn folding_twice_changes_nothing(text in "\\PC{0,60}") {
            let once = fold(&text).join(" ");
            prop_assert_eq!(fold(&once).join(" "), once);
        }
    }
}

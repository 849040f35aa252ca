//! Text -> the folded words that search compares: lower case, no accents, letters and digits only.
//!
//! Pure. What is stored and what is typed go through the same fold, so `Jaeger-LeCoultre`, `jaeger` and
//! `LECOULTRE` meet. Runs of letters, digits and inner punctuation with a digit (`5711/1A-010`) are also
//! kept joined (`57111a010`), because people type references either way.

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
        for part in text.split(|mark: char| !mark.is_ascii_alphanumeric()) {
            word.push_str(part);
            word.make_ascii_lowercase();
            end(&mut word);
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
    word.char_indices().nth(LONGEST).map_or(word, |(end, _)| &word[..end])
}

/// The distinct words of several texts, each with a blank before it: ` rolex submariner 126610ln`.
///
/// `contains(" sub")` on it answers whether some word begins with `sub`.
pub fn line<'t>(texts: impl IntoIterator<Item = &'t str>) -> String {
    let mut line = String::with_capacity(160);
    for text in texts {
        each_word(text, |word| add(&mut line, word));
        for word in text.split_whitespace().filter_map(joined) {
            add(&mut line, &word);
        }
    }
    line
}

/// Adds a word to a line unless it is there.
fn add(line: &mut String, word: &str) {
    if !line.split(' ').any(|known| known == word) {
        line.push(' ');
        line.push_str(word);
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

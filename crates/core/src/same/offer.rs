//! One offer's title, cut once into what `reasons` compares.
//!
//! A title may be quoted pieces of a shop's page with the language behind each, as the WDC corpus has
//! them (`"Herrenuhr"@de "Shop | Herrenuhr X1"@de`): the first piece is the name, the rest is the page.

use std::collections::BTreeSet;

use crate::reference::{Catalogue, Tokens, TraitKind, identify};

/// Words, numbers and meanings of one piece of text.
#[derive(Debug, Default)]
pub(super) struct Part {
    /// All words, those with a known meaning replaced by it: `schwarz` is `colour=black`.
    pub(super) words: BTreeSet<String>,
    /// Letters and digits of what may be a reference.
    pub(super) codes: BTreeSet<String>,
    pub(super) brands: BTreeSet<u16>,
    pub(super) families: BTreeSet<String>,
    /// Meanings by kind: `colour=black`.
    pub(super) traits: BTreeSet<String>,
    /// Diameters in whole millimetres.
    pub(super) sizes: BTreeSet<u32>,
    /// Numbers too short for a code: calibres, series, counts.
    pub(super) numbers: BTreeSet<String>,
    /// The folded words as they stand, one space between.
    pub(super) text: String,
    pub(super) count: usize,
}

/// The name, and name and page together.
#[derive(Debug)]
pub(super) struct Offer {
    pub(super) name: Part,
    pub(super) page: Part,
    pub(super) whole: Part,
}

impl Offer {
    pub(super) fn read(title: &str, catalogue: &Catalogue) -> Offer {
        let pieces = pieces(title);
        let (name, page) = pieces.split_first().map_or(("", &[][..]), |(name, page)| (*name, page));
        let page = page.join(" | ");
        Offer {
            whole: Part::read(&format!("{name} | {page}"), catalogue),
            name: Part::read(name, catalogue),
            page: Part::read(&page, catalogue),
        }
    }
}

/// The quoted pieces without their language tags; a title without quotes is one piece.
fn pieces(title: &str) -> Vec<&str> {
    let untagged = |piece: &'_ str| -> usize {
        let Some(rest) = piece.strip_prefix('@') else { return 0 };
        let tag = rest.bytes().take_while(|b| b.is_ascii_alphabetic() || *b == b'-').count();
        if (2..=6).contains(&tag) { tag + 1 } else { 0 }
    };
    title
        .split('"')
        .map(|piece| piece.get(untagged(piece)..).unwrap_or(piece).trim())
        .filter(|piece| !piece.is_empty())
        .collect()
}

impl Part {
    fn read(text: &str, catalogue: &Catalogue) -> Part {
        let tokens = Tokens::of(text);
        let mut part = Part { count: tokens.list().len(), ..Part::default() };
        part.brands =
            catalogue.brand_words.find(&tokens).iter().map(|hit| hit.meaning.brand).collect();
        part.read_words(&tokens, catalogue);
        part.read_codes(&tokens);
        // What the catalogue makes of it: `126610 LN` is one reference, and names the family.
        let watch = identify(text, None, catalogue);
        part.codes.extend(watch.reference.as_deref().and_then(|reference| code(&[reference])));
        part.families.extend(watch.family);
        part
    }

    /// Words, with the phrases that have a meaning said in one way whatever the language.
    fn read_words(&mut self, tokens: &Tokens, catalogue: &Catalogue) {
        let mut meaning = vec![None; tokens.list().len()];
        for hit in catalogue.traits.find(tokens) {
            // A dial is a word like others; what is told apart is its colour.
            if hit.meaning.kind != TraitKind::Dial {
                let value =
                    format!("{}={}", hit.meaning.kind.name(), catalogue.trait_value(hit.meaning));
                for slot in meaning.iter_mut().take(hit.end).skip(hit.start) {
                    *slot = Some(value.clone());
                }
                self.traits.insert(value);
            }
        }
        for (at, meaning) in meaning.into_iter().enumerate() {
            let word = tokens.word(at);
            self.text.push(' ');
            self.text.push_str(word);
            if let Some(size) = size(word, tokens.word(at + 1)) {
                self.sizes.insert(size);
            }
            if word.len() < 4 && word.bytes().all(|b| b.is_ascii_digit()) {
                self.numbers.insert(word.to_owned());
            }
            self.words.insert(meaning.unwrap_or_else(|| word.to_owned()));
        }
        self.text.push(' ');
    }

    fn read_codes(&mut self, tokens: &Tokens) {
        let mut at = 0;
        while at < tokens.list().len() {
            let mut end = at + 1;
            while tokens.get(end).is_some_and(|token| token.glue.holds()) {
                end += 1;
            }
            let words: Vec<&str> = (at..end).map(|at| tokens.word(at)).collect();
            if let Some(code) = code(&words) {
                self.codes.insert(code);
            }
            at = end;
        }
    }
}

/// `40mm` and `40 mm`.
fn size(word: &str, next: &str) -> Option<u32> {
    let number = word.strip_suffix("mm").or((next == "mm").then_some(word))?;
    number.parse().ok().filter(|size| (10..=70).contains(size))
}

/// Words held together by marks, as one code; `None` for sizes, depths and words.
fn code(words: &[&str]) -> Option<String> {
    let plain = |word: &&str| word.len() > 3 && !word.bytes().any(|b| b.is_ascii_digit());
    if words.len() > 1 && words.iter().any(plain) {
        return None;
    }
    let code: String = words.concat().chars().filter(char::is_ascii_alphanumeric).collect();
    let code = code.to_ascii_lowercase();
    let digits = code.bytes().filter(u8::is_ascii_digit).count();
    let unit = code.trim_start_matches(|c: char| c.is_ascii_digit());
    let measure = code.len() - unit.len() <= 4
        && matches!(unit, "mm" | "m" | "atm" | "bar" | "k" | "ct" | "cm" | "hz" | "ft" | "h");
    (code.len() >= 4 && digits >= 2 && !measure).then_some(code)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(title: &str, name: &str, codes: &[&str], page_codes: &[&str]) {
        let offer = Offer::read(title, Catalogue::bundled());
        assert_eq!(offer.name.text.trim(), name, "{title}");
        assert_eq!(offer.name.codes.iter().collect::<Vec<_>>(), codes, "{title}");
        assert_eq!(offer.page.codes.iter().collect::<Vec<_>>(), page_codes, "{title}");
    }

    #[test]
    fn name_page_and_codes() {
        check("Tissot T006.407.11 39mm", "tissot t006 407 11 39mm", &["t00640711"], &[]);
        check(
            r#" "Herrenuhr A-1234"@de "Shop 200m | B5678-X nur 99"@de-AT"#,
            "herrenuhr a 1234",
            &["a1234"],
            &["b5678x"],
        );
        check("", "", &[], &[]);
    }

    #[test]
    fn words_mean_the_same_in_each_language() {
        let read = |title| Offer::read(title, Catalogue::bundled()).name.traits;
        assert_eq!(read("Herrenuhr schwarz"), read("mens watch, noir"));
        assert_ne!(read("Damenuhr schwarz"), read("Herrenuhr schwarz"));
    }
}

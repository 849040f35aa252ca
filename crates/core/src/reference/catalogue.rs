//! The catalogue: brands, families, references, shapes and vocabularies of `catalogue/`, ready to ask.
//!
//! Bundled into the program and read once, on first use, in a few milliseconds (`load`); a brand's
//! shapes are compiled when a title of that brand first needs them. Asked by `identify`, `Condition`,
//! `SetParts`, `Looks` and `same`. The files are described in `catalogue/README.md`.

use std::sync::{LazyLock, OnceLock};

use regex::Regex;
use rustc_hash::FxHashMap;

use super::{
    clue::Clue,
    key::Key,
    phrase::Phrases,
    token::Tokens,
    vocabulary::{BaseRule, Cue, SetWord, Strength, Trait, Trust},
};
use crate::condition::Condition;

static BUNDLED: LazyLock<Catalogue> = LazyLock::new(|| {
    Catalogue::with_own(&[]).expect("a test reads the bundled files on every change of them")
});

/// Index into `Catalogue::brands`.
pub(crate) type BrandIndex = u16;
/// Index into `Catalogue::families`.
pub(crate) type FamilyIndex = u16;

#[derive(Debug)]
pub(crate) struct Brand {
    pub(crate) name: String,
    pub(crate) base_rule: BaseRule,
    /// The first year it can have made a watch: an earlier one is a model's name.
    pub(crate) since: Option<u16>,
    pub(crate) shapes: Vec<Shape>,
}

#[derive(Debug)]
pub(crate) struct Family {
    pub(crate) name: String,
}

/// How a brand writes its references.
#[derive(Debug)]
pub(crate) struct Shape {
    pub(crate) trust: Trust,
    /// The pattern allows spaces inside.
    pub(crate) spaced: bool,
    /// The first year of references that are written so.
    pub(crate) since: Option<u16>,
    pattern: String,
    regex: OnceLock<Option<Regex>>,
}

impl Shape {
    pub(super) fn new(trust: Trust, pattern: &str, since: Option<u16>) -> Shape {
        let spaced = pattern.contains(' ');
        Shape { trust, spaced, since, pattern: pattern.to_owned(), regex: OnceLock::new() }
    }

    /// Whether the whole of an upper-case text has this shape.
    pub(crate) fn fits(&self, text: &str) -> bool {
        let regex = self.regex.get_or_init(|| Regex::new(&whole(&self.pattern)).ok());
        regex.as_ref().is_some_and(|regex| regex.is_match(text))
    }
}

/// The pattern for the whole of a text.
pub(super) fn whole(pattern: &str) -> String {
    format!("^(?:{pattern})$")
}

/// A reference that the catalogue lists.
#[derive(Debug)]
pub(crate) struct Known {
    pub(crate) brand: BrandIndex,
    pub(crate) family: FamilyIndex,
    pub(crate) reference: String,
    /// First year of production, where known.
    pub(crate) from: Option<u16>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct BrandWord {
    pub(crate) brand: BrandIndex,
    pub(crate) strength: Strength,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct FamilyWord {
    pub(crate) brand: BrandIndex,
    pub(crate) family: FamilyIndex,
    pub(crate) strength: Strength,
}

/// Everything that is known of watches, by name.
#[derive(Debug, Default)]
pub struct Catalogue {
    pub(crate) brands: Vec<Brand>,
    pub(crate) families: Vec<Family>,
    pub(crate) known: Vec<Known>,
    /// Two brands may share a number: each key has all its rows.
    pub(crate) by_key: FxHashMap<Key, Vec<u32>>,
    /// References that are only bases: each key has the rows that extend it.
    pub(crate) by_base: FxHashMap<Key, Vec<u32>>,
    pub(crate) brand_words: Phrases<BrandWord>,
    pub(crate) family_words: Phrases<FamilyWord>,
    /// `None` for any brand.
    pub(crate) calibres: Phrases<Option<BrandIndex>>,
    pub(crate) condition_words: Phrases<Option<Condition>>,
    pub(crate) set_words: Phrases<SetWord>,
    pub(crate) cues: Phrases<Cue>,
    pub(crate) traits: Phrases<Trait>,
    /// The values that traits have: `blue`.
    pub(super) trait_values: Vec<String>,
    /// How often a reading is right whose surest clue it is.
    pub(super) confidence: FxHashMap<Clue, f64>,
    /// True while a collector's rows are read: a bad pattern of theirs is told; a test reads ours.
    pub(super) checks_patterns: bool,
    pub(super) codes: FxHashMap<String, Condition>,
    pub(super) market_terms: FxHashMap<String, Condition>,
    /// One-word brand names, by their first letter, for `spelling`.
    pub(super) long_names: FxHashMap<char, Vec<(String, BrandIndex)>>,
    pub(super) brand_by_name: FxHashMap<String, BrandIndex>,
    pub(super) family_by_name: FxHashMap<(BrandIndex, String), FamilyIndex>,
}

impl Catalogue {
    /// The catalogue inside the program.
    pub fn bundled() -> &'static Catalogue {
        &BUNDLED
    }

    /// How many references are listed.
    pub fn reference_count(&self) -> usize {
        self.known.len()
    }

    /// The names of all brands.
    pub fn brand_names(&self) -> impl Iterator<Item = &str> {
        self.brands.iter().map(|brand| brand.name.as_str())
    }

    /// The catalogue's name for a brand as somebody else writes it: `Tagheuer` -> `TAG Heuer`.
    pub fn brand_name(&self, text: &str) -> Option<&str> {
        self.brand_of(text)
            .and_then(|brand| self.brands.get(usize::from(brand)))
            .map(|b| b.name.as_str())
    }

    pub(crate) fn brand_of(&self, text: &str) -> Option<BrandIndex> {
        let tokens = Tokens::of(text);
        let mut found = None;
        let end = self.brand_words.at(&tokens, 0, |hit| {
            found.get_or_insert(hit.meaning.brand);
        });
        if end == tokens.list().len() {
            found
        } else {
            self.brand_by_name.get(&folded(text)).copied()
        }
    }

    pub(crate) fn brand(&self, brand: BrandIndex) -> Option<&Brand> {
        self.brands.get(usize::from(brand))
    }

    /// The one-word brand names that start with a letter.
    pub(crate) fn long_brand_words(&self, first: char) -> impl Iterator<Item = (&str, BrandIndex)> {
        let names = self.long_names.get(&first).map(Vec::as_slice).unwrap_or_default();
        names.iter().map(|(name, brand)| (name.as_str(), *brand))
    }

    /// A market's code for the condition: `c24:1302`.
    pub(crate) fn condition_code(&self, code: &str) -> Option<Condition> {
        self.codes.get(&code.to_lowercase()).copied()
    }

    /// A market's whole phrase for the condition: "Sehr gut".
    pub(crate) fn market_condition(&self, term: &str) -> Option<Condition> {
        self.market_terms.get(&folded(term)).copied()
    }

    /// The index of a trait's value, which is the same for each phrase that has it.
    pub(super) fn value(&mut self, name: &str) -> u16 {
        let known = self.trait_values.iter().position(|value| value == name);
        index(known.unwrap_or_else(|| {
            self.trait_values.push(name.to_owned());
            self.trait_values.len() - 1
        }))
    }

    /// How often a reading is right that rests on this clue.
    pub(crate) fn confidence_in(&self, clue: Clue) -> f64 {
        self.confidence.get(&clue).copied().unwrap_or(0.0)
    }

    /// The value's name: `blue`.
    pub(crate) fn trait_value(&self, of: Trait) -> &str {
        self.trait_values.get(usize::from(of.value)).map_or("", String::as_str)
    }
}

/// A text as its folded words, one space between.
pub(super) fn folded(text: &str) -> String {
    let tokens = Tokens::of(text);
    let words: Vec<&str> = tokens.list().iter().map(|token| tokens.text(*token)).collect();
    words.join(" ")
}

pub(super) fn index(length: usize) -> u16 {
    u16::try_from(length).unwrap_or(u16::MAX)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn brands_by_any_of_their_names() {
        let catalogue = Catalogue::bundled();
        assert!(catalogue.reference_count() > 5_000);
        assert_eq!(catalogue.brand_name("tagheuer"), Some("TAG Heuer"));
        assert_eq!(catalogue.brand_name("LANGE & SOEHNE"), Some("A. Lange & Söhne"));
        assert_eq!(catalogue.brand_name("Rolex Submariner"), None);
    }

    #[test]
    fn no_reference_is_listed_twice() {
        let catalogue = Catalogue::bundled();
        let counted: Vec<u32> = catalogue.by_key.values().flatten().copied().collect();
        for (at, known) in catalogue.known.iter().enumerate() {
            assert!(counted.contains(&(at as u32)), "{} is listed again later", known.reference);
        }
    }

    #[test]
    fn the_forty_most_traded_brands_have_references() {
        let catalogue = Catalogue::bundled();
        let mut brands: Vec<BrandIndex> = catalogue.known.iter().map(|known| known.brand).collect();
        brands.dedup();
        brands.sort_unstable();
        brands.dedup();
        assert!(brands.len() >= 40, "{}", brands.len());
    }
}

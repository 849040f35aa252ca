//! The catalogue: brands, families, references, shapes and vocabularies of `catalogue/`, ready to ask.
//!
//! Bundled into the program and read once, on first use, in a few milliseconds; a brand's shapes
//! are compiled when a title of that brand first needs them. Asked by `identify`, `Condition` and
//! `SetParts`. The files and their columns are described in `catalogue/README.md`.

use std::sync::{LazyLock, OnceLock};

use regex::Regex;
use rustc_hash::FxHashMap;

use super::{
    key::Key,
    phrase::Phrases,
    row::{CatalogueError, Row, rows},
    token::Tokens,
    vocabulary::{BaseRule, Cue, SetWord, Strength, Trust, condition_term},
};
use crate::condition::Condition;

static BUNDLED: LazyLock<Catalogue> = LazyLock::new(|| {
    Catalogue::read(&FILES).expect("a test reads the bundled files on every change of them")
});

const FILES: Files<'static> = Files {
    brands: include_str!("../../../../catalogue/brands.tsv"),
    families: include_str!("../../../../catalogue/families.tsv"),
    references: include_str!("../../../../catalogue/references.tsv"),
    shapes: include_str!("../../../../catalogue/shapes.tsv"),
    calibres: include_str!("../../../../catalogue/calibres.tsv"),
    conditions: include_str!("../../../../catalogue/conditions.tsv"),
    set_words: include_str!("../../../../catalogue/set_words.tsv"),
    cues: include_str!("../../../../catalogue/cues.tsv"),
};

/// The text of each data file.
#[derive(Debug, Clone, Copy)]
struct Files<'a> {
    brands: &'a str,
    families: &'a str,
    references: &'a str,
    shapes: &'a str,
    calibres: &'a str,
    conditions: &'a str,
    set_words: &'a str,
    cues: &'a str,
}

/// Index into `Catalogue::brands`.
pub(crate) type BrandIndex = u16;
/// Index into `Catalogue::families`.
pub(crate) type FamilyIndex = u16;

#[derive(Debug)]
pub(crate) struct Brand {
    pub(crate) name: String,
    pub(crate) base_rule: BaseRule,
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
    pattern: String,
    regex: OnceLock<Option<Regex>>,
}

impl Shape {
    /// Whether the whole of an upper-case text has this shape.
    pub(crate) fn fits(&self, text: &str) -> bool {
        let regex = self.regex.get_or_init(|| Regex::new(&format!("^(?:{})$", self.pattern)).ok());
        regex.as_ref().is_some_and(|regex| regex.is_match(text))
    }
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
#[derive(Debug)]
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
    codes: FxHashMap<String, Condition>,
    market_terms: FxHashMap<String, Condition>,
    /// One-word brand names, by their first letter, for `spelling`.
    long_names: FxHashMap<char, Vec<(String, BrandIndex)>>,
    brand_by_name: FxHashMap<String, BrandIndex>,
    family_by_name: FxHashMap<(BrandIndex, String), FamilyIndex>,
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

    fn read(files: &Files<'_>) -> Result<Catalogue, CatalogueError> {
        let mut catalogue = Catalogue {
            brands: Vec::new(),
            families: Vec::new(),
            known: Vec::new(),
            by_key: FxHashMap::default(),
            by_base: FxHashMap::default(),
            brand_words: Phrases::new(),
            family_words: Phrases::new(),
            calibres: Phrases::new(),
            condition_words: Phrases::new(),
            set_words: Phrases::new(),
            cues: Phrases::new(),
            codes: FxHashMap::default(),
            market_terms: FxHashMap::default(),
            long_names: FxHashMap::default(),
            brand_by_name: FxHashMap::default(),
            family_by_name: FxHashMap::default(),
        };
        catalogue.read_brands(files.brands)?;
        catalogue.read_families(files.families)?;
        catalogue.read_references(files.references)?;
        catalogue.read_shapes(files.shapes)?;
        catalogue.read_calibres(files.calibres)?;
        catalogue.read_conditions(files.conditions)?;
        for row in rows("set_words.tsv", files.set_words) {
            catalogue.set_words.add(row.get(2)?, row.term(0)?);
        }
        for row in rows("cues.tsv", files.cues) {
            catalogue.cues.add(row.get(2)?, row.term(0)?);
        }
        Ok(catalogue)
    }

    fn read_brands(&mut self, text: &str) -> Result<(), CatalogueError> {
        for row in rows("brands.tsv", text) {
            let name = row.get(0)?;
            let brand = index(self.brands.len());
            let word = BrandWord { brand, strength: row.term(1)? };
            self.brands.push(Brand {
                name: name.to_owned(),
                base_rule: row.term(2)?,
                shapes: Vec::new(),
            });
            self.brand_by_name.insert(name.to_owned(), brand);
            self.brand_by_name.insert(folded(name), brand);
            self.brand_words.add(name, word);
            let plain = folded(name);
            if let Some(first) = plain.chars().next().filter(|_| !plain.contains(' ')) {
                self.long_names.entry(first).or_default().push((plain, brand));
            }
            for alias in row.aliases(3) {
                // "~" in front: this spelling is weak though the brand's name is strong.
                let weak = BrandWord { brand, strength: Strength::Weak };
                let (alias, word) =
                    alias.strip_prefix('~').map_or((alias, word), |alias| (alias, weak));
                self.brand_words.add(alias, word);
            }
        }
        Ok(())
    }

    /// The brand in a row's first column.
    fn named(&self, row: &Row<'_>) -> Result<BrandIndex, CatalogueError> {
        let name = row.get(0)?;
        self.brand_by_name.get(name).copied().ok_or_else(|| row.unknown(name))
    }

    fn read_families(&mut self, text: &str) -> Result<(), CatalogueError> {
        for row in rows("families.tsv", text) {
            let brand = self.named(&row)?;
            let family = self.family(brand, row.get(1)?);
            let word = FamilyWord { brand, family, strength: row.term(2)? };
            for alias in row.aliases(3) {
                self.family_words.add(alias, word);
            }
        }
        Ok(())
    }

    fn family(&mut self, brand: BrandIndex, name: &str) -> FamilyIndex {
        let next = index(self.families.len());
        let family = *self.family_by_name.entry((brand, name.to_owned())).or_insert(next);
        if family == next {
            self.families.push(Family { name: name.to_owned() });
        }
        family
    }

    fn read_references(&mut self, text: &str) -> Result<(), CatalogueError> {
        for row in rows("references.tsv", text) {
            let brand = self.named(&row)?;
            let family = self.family(brand, row.get(1)?);
            let reference = row.get(2)?;
            let Some(key) = Key::of(reference) else { continue };
            let from = row.optional(3).and_then(|year| year.parse().ok());
            let at = u32::try_from(self.known.len()).unwrap_or(u32::MAX);
            let rule = self.brands.get(usize::from(brand)).map_or(BaseRule::Whole, |b| b.base_rule);
            let base = rule.apply(reference);
            if base != reference
                && let Some(base) = Key::of(base)
            {
                self.by_base.entry(base).or_default().push(at);
            }
            self.by_key.entry(key).or_default().push(at);
            self.known.push(Known { brand, family, reference: reference.to_owned(), from });
        }
        Ok(())
    }

    fn read_shapes(&mut self, text: &str) -> Result<(), CatalogueError> {
        for row in rows("shapes.tsv", text) {
            let brand = self.named(&row)?;
            let pattern = row.get(2)?;
            let shape = Shape {
                trust: row.term(1)?,
                spaced: pattern.contains(' '),
                pattern: pattern.to_owned(),
                regex: OnceLock::new(),
            };
            if let Some(brand) = self.brands.get_mut(usize::from(brand)) {
                brand.shapes.push(shape);
            }
        }
        Ok(())
    }

    fn read_calibres(&mut self, text: &str) -> Result<(), CatalogueError> {
        for row in rows("calibres.tsv", text) {
            let brand = if row.get(0)? == "*" { None } else { Some(self.named(&row)?) };
            self.calibres.add(row.get(1)?, brand);
        }
        Ok(())
    }

    fn read_conditions(&mut self, text: &str) -> Result<(), CatalogueError> {
        for row in rows("conditions.tsv", text) {
            let condition = condition_term(row.get(0)?).map_err(|source| row.refused(source))?;
            let term = row.get(2)?;
            match (row.get(1)?, condition) {
                ("code", Some(condition)) => {
                    self.codes.insert(term.to_owned(), condition);
                }
                ("market", Some(condition)) => {
                    self.market_terms.insert(folded(term), condition);
                }
                _ => self.condition_words.add(term, condition),
            }
        }
        Ok(())
    }
}

/// A text as its folded words, one space between.
fn folded(text: &str) -> String {
    let tokens = Tokens::of(text);
    let words: Vec<&str> = tokens.list().iter().map(|token| tokens.text(*token)).collect();
    words.join(" ")
}

fn index(length: usize) -> u16 {
    u16::try_from(length).unwrap_or(u16::MAX)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_bundled_files_are_read() {
        let catalogue = Catalogue::read(&FILES).unwrap();
        assert!(catalogue.reference_count() > 1_000);
        assert!(catalogue.brands.len() > 140);
        assert_eq!(catalogue.brand_name("tagheuer"), Some("TAG Heuer"));
        assert_eq!(catalogue.brand_name("LANGE & SOEHNE"), Some("A. Lange & Söhne"));
        assert_eq!(catalogue.brand_name("Rolex Submariner"), None);
    }

    #[test]
    fn every_shape_fits_its_example() {
        for row in rows("shapes.tsv", FILES.shapes) {
            let (pattern, example) = (row.get(2).unwrap(), row.get(3).unwrap());
            let regex = Regex::new(&format!("^(?:{pattern})$")).unwrap();
            assert!(regex.is_match(example), "{example} has not the shape {pattern}");
        }
    }

    #[test]
    fn no_reference_is_listed_twice() {
        let catalogue = Catalogue::bundled();
        for rows in catalogue.by_key.values() {
            let brands: Vec<BrandIndex> =
                rows.iter().map(|at| catalogue.known[*at as usize].brand).collect();
            let mut once = brands.clone();
            once.sort_unstable();
            once.dedup();
            assert_eq!(once.len(), brands.len(), "{}", catalogue.known[rows[0] as usize].reference);
        }
    }

    #[track_caller]
    fn refuse(brands: &'static str, wanted: &str) {
        let files = Files { brands, ..FILES };
        let error = Catalogue::read(&files).unwrap_err();
        assert!(error.to_string().starts_with(wanted), "{error}");
    }

    #[test]
    fn a_bad_row_is_named() {
        refuse("Rolex\tloud\twhole\n", "brands.tsv, line 1");
        refuse("# names\nRolex\n", "brands.tsv, line 2: column 1 is missing");
        refuse("Rolex\tstrong\twhole\n", "families.tsv, line");
    }
}

//! The catalogue's files -> `Catalogue`: the bundled ones, then a collector's own behind them.
//!
//! A collector's own file has the columns of the bundled one it is named after, and adds to it: a brand
//! or family of the same name gets more words, a reference listed again is the collector's. Called by
//! `Catalogue::bundled`, and by the app and `watches --catalogue` with own files. Every fault names
//! file, line and column.

use regex::Regex;

use super::{
    catalogue::{
        Brand, BrandIndex, BrandWord, Catalogue, Family, FamilyIndex, FamilyWord, Known, Shape,
    },
    catalogue::{folded, index, whole},
    key::Key,
    row::{CatalogueError, Row, rows},
    vocabulary::{BaseRule, Strength, Trait, condition_term},
};

/// A collector's own rows: the file's name says which table they belong to.
#[derive(Debug, Clone, Copy)]
pub struct OwnFile<'a> {
    pub name: &'a str,
    pub text: &'a str,
}

type Reader = fn(&mut Catalogue, &Row<'_>) -> Result<(), CatalogueError>;

/// The tables in the order they are read: each names only what an earlier one holds.
const TABLES: [(&str, &str, Reader); 10] = [
    ("brands.tsv", include_str!("../../../../catalogue/brands.tsv"), Catalogue::read_brand),
    ("families.tsv", include_str!("../../../../catalogue/families.tsv"), Catalogue::read_family),
    (
        "references.tsv",
        include_str!("../../../../catalogue/references.tsv"),
        Catalogue::read_reference,
    ),
    ("shapes.tsv", include_str!("../../../../catalogue/shapes.tsv"), Catalogue::read_shape),
    ("calibres.tsv", include_str!("../../../../catalogue/calibres.tsv"), Catalogue::read_calibre),
    (
        "conditions.tsv",
        include_str!("../../../../catalogue/conditions.tsv"),
        Catalogue::read_condition,
    ),
    (
        "set_words.tsv",
        include_str!("../../../../catalogue/set_words.tsv"),
        Catalogue::read_set_word,
    ),
    ("cues.tsv", include_str!("../../../../catalogue/cues.tsv"), Catalogue::read_cue),
    ("traits.tsv", include_str!("../../../../catalogue/traits.tsv"), Catalogue::read_trait),
    (
        "confidence.tsv",
        include_str!("../../../../catalogue/confidence.tsv"),
        Catalogue::read_confidence,
    ),
];

impl Catalogue {
    /// The bundled catalogue with a collector's own rows behind it.
    pub fn with_own(own: &[OwnFile<'_>]) -> Result<Catalogue, CatalogueError> {
        let belongs = |file: &OwnFile<'_>, table: &str| file.name.ends_with(table);
        if let Some(stray) =
            own.iter().find(|file| !TABLES.iter().any(|(table, ..)| belongs(file, table)))
        {
            let tables = TABLES.map(|(table, ..)| table);
            return Err(CatalogueError::Table {
                file: stray.name.to_owned(),
                tables: tables.join(", "),
            });
        }
        let mut catalogue = Catalogue::default();
        for (table, text, reader) in TABLES {
            for row in rows(table, text) {
                reader(&mut catalogue, &row)?;
            }
            for file in own.iter().filter(|file| belongs(file, table)) {
                catalogue.checks_patterns = true;
                for row in rows(file.name, file.text) {
                    reader(&mut catalogue, &row)?;
                }
                catalogue.checks_patterns = false;
            }
        }
        Ok(catalogue)
    }

    fn read_brand(&mut self, row: &Row<'_>) -> Result<(), CatalogueError> {
        let name = row.get(0)?;
        let strength: Strength = row.term(1)?;
        let base_rule: BaseRule = row.term(2)?;
        let brand = match self.brand_by_name.get(name) {
            Some(brand) => *brand,
            None => self.new_brand(name, base_rule, row.year(4)?),
        };
        let word = BrandWord { brand, strength };
        self.brand_words.add(name, word);
        for alias in row.aliases(3) {
            // "~" in front: this spelling is weak though the brand's name is strong.
            let weak = BrandWord { brand, strength: Strength::Weak };
            let (alias, word) =
                alias.strip_prefix('~').map_or((alias, word), |alias| (alias, weak));
            self.brand_words.add(alias, word);
        }
        Ok(())
    }

    fn new_brand(&mut self, name: &str, base_rule: BaseRule, since: Option<u16>) -> BrandIndex {
        let brand = index(self.brands.len());
        self.brands.push(Brand { name: name.to_owned(), base_rule, since, shapes: Vec::new() });
        self.brand_by_name.insert(name.to_owned(), brand);
        let plain = folded(name);
        self.brand_by_name.insert(plain.clone(), brand);
        if let Some(first) = plain.chars().next().filter(|_| !plain.contains(' ')) {
            self.long_names.entry(first).or_default().push((plain, brand));
        }
        brand
    }

    /// The brand in a row's first column.
    fn named(&self, row: &Row<'_>) -> Result<BrandIndex, CatalogueError> {
        let name = row.get(0)?;
        self.brand_by_name.get(name).copied().ok_or_else(|| row.unknown(0, name))
    }

    fn read_family(&mut self, row: &Row<'_>) -> Result<(), CatalogueError> {
        let brand = self.named(row)?;
        let family = self.family(brand, row.get(1)?);
        let word = FamilyWord { brand, family, strength: row.term(2)? };
        for alias in row.aliases(3) {
            self.family_words.add(alias, word);
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

    fn read_reference(&mut self, row: &Row<'_>) -> Result<(), CatalogueError> {
        let brand = self.named(row)?;
        let family = self.family(brand, row.get(1)?);
        let reference = row.get(2)?;
        let from = row.year(3)?;
        row.year(4)?;
        let Some(key) = Key::of(reference) else {
            return Err(row.unreadable(2, reference, "reference of at most 24 letters and digits"));
        };
        let at = u32::try_from(self.known.len()).unwrap_or(u32::MAX);
        let rule = self.brands.get(usize::from(brand)).map_or(BaseRule::Whole, |b| b.base_rule);
        let base = rule.apply(reference);
        if base != reference
            && let Some(base) = Key::of(base)
        {
            self.by_base.entry(base).or_default().push(at);
        }
        let rows = self.by_key.entry(key).or_default();
        // Listed before by the same brand: the later row, a collector's, is the one that counts.
        rows.retain(|row| self.known.get(*row as usize).is_none_or(|known| known.brand != brand));
        rows.push(at);
        self.known.push(Known { brand, family, reference: reference.to_owned(), from });
        Ok(())
    }

    fn read_shape(&mut self, row: &Row<'_>) -> Result<(), CatalogueError> {
        let brand = self.named(row)?;
        let (trust, pattern, since) = (row.term(1)?, row.get(2)?, row.year(4)?);
        if self.checks_patterns && Regex::new(&whole(pattern)).is_err() {
            return Err(row.unreadable(2, pattern, "regular expression"));
        }
        if let Some(brand) = self.brands.get_mut(usize::from(brand)) {
            brand.shapes.push(Shape::new(trust, pattern, since));
        }
        Ok(())
    }

    fn read_calibre(&mut self, row: &Row<'_>) -> Result<(), CatalogueError> {
        let brand = if row.get(0)? == "*" { None } else { Some(self.named(row)?) };
        self.calibres.add(row.get(1)?, brand);
        Ok(())
    }

    fn read_condition(&mut self, row: &Row<'_>) -> Result<(), CatalogueError> {
        let condition = condition_term(row.get(0)?).map_err(|source| row.refused(0, source))?;
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
        Ok(())
    }

    fn read_set_word(&mut self, row: &Row<'_>) -> Result<(), CatalogueError> {
        self.set_words.add(row.get(2)?, row.term(0)?);
        Ok(())
    }

    fn read_cue(&mut self, row: &Row<'_>) -> Result<(), CatalogueError> {
        self.cues.add(row.get(2)?, row.term(0)?);
        Ok(())
    }

    fn read_trait(&mut self, row: &Row<'_>) -> Result<(), CatalogueError> {
        let value = self.value(row.get(1)?);
        self.traits.add(row.get(3)?, Trait { kind: row.term(0)?, value });
        Ok(())
    }

    fn read_confidence(&mut self, row: &Row<'_>) -> Result<(), CatalogueError> {
        self.confidence.insert(row.term(0)?, row.share(1)?);
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::reference::identify;

    fn bundled(table: &str) -> &'static str {
        TABLES.iter().find(|(name, ..)| *name == table).expect("a table of ours").1
    }

    #[test]
    fn every_shape_fits_its_example() {
        for row in rows("shapes.tsv", bundled("shapes.tsv")) {
            let (pattern, example) = (row.get(2).unwrap(), row.get(3).unwrap());
            let regex = Regex::new(&whole(pattern)).unwrap();
            assert!(regex.is_match(example), "{example} has not the shape {pattern}");
        }
    }

    #[test]
    fn own_rows_stand_behind_the_bundled_ones() {
        let own = [
            OwnFile { name: "brands.tsv", text: "Nachtigall\tstrong\twhole\tnachti\n" },
            OwnFile { name: "my-families.tsv", text: "Nachtigall\tFlug\timplies\tflugmeister\n" },
            OwnFile {
                name: "references.tsv",
                text: "Nachtigall\tFlug\tNG-77.01\t2020\nRolex\tMine\t126610LN\n",
            },
            OwnFile {
                name: "shapes.tsv",
                text: "Nachtigall\tsure\tNG-\\d\\d\\.\\d\\d\tNG-77.01\n",
            },
        ];
        let catalogue = Catalogue::with_own(&own).unwrap();
        let watch = identify("Nachti NG-77.01 blue", None, &catalogue);
        assert_eq!(watch.brand.as_deref(), Some("Nachtigall"));
        assert_eq!(watch.reference.as_deref(), Some("NG-77.01"));
        assert_eq!(watch.family.as_deref(), Some("Flug"));
        let watch = identify("Flugmeister NG-99.02", None, &catalogue);
        assert_eq!(watch.reference.as_deref(), Some("NG-99.02"));
        let watch = identify("Rolex 126610LN", None, &catalogue);
        assert_eq!(watch.family.as_deref(), Some("Mine"));
    }

    #[track_caller]
    fn refuse(name: &str, text: &str, wanted: &str) {
        let error = Catalogue::with_own(&[OwnFile { name, text }]).unwrap_err();
        assert_eq!(error.to_string(), wanted);
    }

    #[test]
    fn a_bad_row_is_named_by_line_and_column() {
        refuse(
            "brands.tsv",
            "X\tloud\twhole\n",
            "brands.tsv, line 1, column 2: `loud` is no strength",
        );
        refuse("brands.tsv", "# names\nX\n", "brands.tsv, line 2, column 2: nothing stands there");
        refuse(
            "references.tsv",
            "Nobody\tX\t1234\n",
            "references.tsv, line 1, column 1: `Nobody` stands in no earlier file",
        );
        refuse(
            "references.tsv",
            "Rolex\tX\t1234\tsoon\n",
            "references.tsv, line 1, column 4: `soon` is no year",
        );
        refuse(
            "shapes.tsv",
            "Rolex\tsure\t(\\d\t1\n",
            "shapes.tsv, line 1, column 3: `(\\d` is no regular expression",
        );
        refuse(
            "confidence.tsv",
            "brand named\t2\n",
            "confidence.tsv, line 1, column 2: `2` is no number from 0 to 1",
        );
        let error = Catalogue::with_own(&[OwnFile { name: "notes.txt", text: "" }]).unwrap_err();
        assert!(error.to_string().starts_with("notes.txt is named after no table"), "{error}");
    }
}

//! What a reading rests on, and how sure that makes it.
//!
//! Made by `identify` and `identify_stated`, shown beside the reading. How often a reading is right
//! that rests on a clue was counted on labelled titles: `catalogue/confidence.tsv`.

use std::str::FromStr;

use serde::{Deserialize, Serialize};

use super::{
    candidate::Proof,
    catalogue::Catalogue,
    vocabulary::{Trust, UnknownTerm},
};

/// One reason for a reading, to be shown beside it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Clue {
    BrandStated,
    BrandNamed,
    /// One letter off a brand's name.
    BrandMisspelt,
    BrandFromFamily,
    BrandFromReference,
    FamilyNamed,
    FamilyFromReference,
    ReferenceStated,
    ReferenceListed,
    /// Only the base of listed references.
    ReferenceBase,
    /// Behind "ref." or the like.
    ReferenceMarked,
    /// In the brand's shape.
    ReferenceShape,
    /// Looks like a part number.
    ReferenceGuessed,
    ReferenceInDescription,
    YearStated,
    YearNamed,
}

impl Clue {
    pub(crate) fn is_reference(self) -> bool {
        matches!(
            self,
            Clue::ReferenceStated
                | Clue::ReferenceListed
                | Clue::ReferenceBase
                | Clue::ReferenceMarked
                | Clue::ReferenceShape
                | Clue::ReferenceGuessed
                | Clue::ReferenceInDescription
        )
    }

    /// A short English phrase: `reference in the catalogue`.
    pub const fn text(self) -> &'static str {
        match self {
            Clue::BrandStated => "brand stated by the page",
            Clue::BrandNamed => "brand named",
            Clue::BrandMisspelt => "brand named, misspelt",
            Clue::BrandFromFamily => "brand implied by the model",
            Clue::BrandFromReference => "brand implied by the reference",
            Clue::FamilyNamed => "model named",
            Clue::FamilyFromReference => "model implied by the reference",
            Clue::ReferenceStated => "reference stated by the page",
            Clue::ReferenceListed => "reference in the catalogue",
            Clue::ReferenceBase => "reference without its suffix",
            Clue::ReferenceMarked => "reference marked as one",
            Clue::ReferenceShape => "reference in the brand's shape",
            Clue::ReferenceGuessed => "looks like a reference",
            Clue::ReferenceInDescription => "reference in the description",
            Clue::YearStated => "year stated by the page",
            Clue::YearNamed => "year named",
        }
    }

    const ALL: [Clue; 16] = [
        Clue::BrandStated,
        Clue::BrandNamed,
        Clue::BrandMisspelt,
        Clue::BrandFromFamily,
        Clue::BrandFromReference,
        Clue::FamilyNamed,
        Clue::FamilyFromReference,
        Clue::ReferenceStated,
        Clue::ReferenceListed,
        Clue::ReferenceBase,
        Clue::ReferenceMarked,
        Clue::ReferenceShape,
        Clue::ReferenceGuessed,
        Clue::ReferenceInDescription,
        Clue::YearStated,
        Clue::YearNamed,
    ];

    /// How exact a claim rests on it: a reference says more than a brand, a year says neither.
    const fn exactness(self) -> u8 {
        match self {
            Clue::ReferenceStated => 15,
            Clue::ReferenceListed => 14,
            Clue::ReferenceMarked => 13,
            Clue::ReferenceShape => 12,
            Clue::ReferenceBase => 11,
            Clue::ReferenceInDescription => 10,
            Clue::ReferenceGuessed => 9,
            Clue::BrandStated => 8,
            Clue::BrandNamed => 7,
            Clue::BrandFromFamily => 6,
            Clue::BrandFromReference => 5,
            Clue::BrandMisspelt => 4,
            Clue::FamilyFromReference => 3,
            Clue::FamilyNamed => 2,
            Clue::YearStated => 1,
            Clue::YearNamed => 0,
        }
    }
}

impl FromStr for Clue {
    type Err = UnknownTerm;
    fn from_str(word: &str) -> Result<Clue, UnknownTerm> {
        let found = Clue::ALL.into_iter().find(|clue| clue.text() == word);
        found.ok_or_else(|| UnknownTerm { word: word.to_owned(), of: "clue" })
    }
}

pub(crate) fn reference_clue(proof: Proof) -> Clue {
    match proof {
        Proof::Listed => Clue::ReferenceListed,
        Proof::Base => Clue::ReferenceBase,
        Proof::Marked => Clue::ReferenceMarked,
        Proof::Shape(Trust::Sure | Trust::Likely) => Clue::ReferenceShape,
        Proof::Shape(Trust::Unsure) | Proof::LooksLike => Clue::ReferenceGuessed,
    }
}

/// The clue that the most exact claim rests on: the reference's, else the family's, else the brand's.
pub fn surest(clues: &[Clue]) -> Option<Clue> {
    clues.iter().copied().max_by_key(|clue| clue.exactness())
}

/// How often a reading with this surest clue is right; 0 for a reading that names nothing.
pub(crate) fn confidence(clues: &[Clue], catalogue: &Catalogue) -> f64 {
    surest(clues).map_or(0.0, |clue| catalogue.confidence_in(clue))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_most_exact_claim_decides() {
        let clues = [Clue::BrandNamed, Clue::YearNamed, Clue::ReferenceGuessed];
        assert_eq!(surest(&clues), Some(Clue::ReferenceGuessed));
        assert_eq!(surest(&[]), None);
        assert_eq!(confidence(&[], Catalogue::bundled()), 0.0);
    }

    #[test]
    fn every_clue_has_its_confidence() {
        for clue in Clue::ALL {
            let sure = confidence(&[clue], Catalogue::bundled());
            assert!((0.05..1.0).contains(&sure), "{} {sure}", clue.text());
        }
    }
}

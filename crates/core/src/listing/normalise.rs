//! Extracted -> Normalised: the page's words become our terms.
//!
//! Called by `app::listing_flow` for every listing read. What the page states in fields of its own
//! comes first, then the title, then the description; what none of them says stays unknown.

use serde::{Deserialize, Serialize};

use crate::{
    condition::Condition,
    listing::extracted::{Extracted, Stated},
    reference::{Catalogue, Identified, identify, identify_stated},
    set::SetParts,
};

/// A listing in our terms; what the page said stays inside.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Normalised {
    pub extracted: Extracted,
    pub watch: Identified,
    pub condition: Option<Condition>,
    pub set: SetParts,
    pub material: Option<String>,
    pub diameter_mm: Option<f64>,
}

/// Puts a listing into our terms.
pub fn normalise(extracted: Extracted, catalogue: &Catalogue) -> Normalised {
    let read = identify(&extracted.title, extracted.description.as_deref(), catalogue);
    let watch = identify_stated(&extracted.stated, read, catalogue);
    Normalised {
        watch,
        condition: condition(&extracted, catalogue),
        set: set(&extracted, catalogue),
        material: filled(extracted.stated.material.as_deref()),
        diameter_mm: diameter(&extracted.stated),
        extracted,
    }
}

/// The market's code says most, then its words, then the seller's.
fn condition(extracted: &Extracted, catalogue: &Catalogue) -> Option<Condition> {
    let code =
        extracted.condition_code.as_deref().and_then(|code| Condition::from_code(code, catalogue));
    let text = || {
        let text = extracted.condition_text.as_deref()?;
        Condition::from_market_text(text, catalogue)
    };
    code.or_else(text).or_else(|| Condition::from_title(&extracted.title, catalogue))
}

fn set(extracted: &Extracted, catalogue: &Catalogue) -> SetParts {
    let [scope, title, description] = [
        extracted.stated.scope.as_deref(),
        Some(extracted.title.as_str()),
        extracted.description.as_deref(),
    ]
    .map(|text| text.map(|text| SetParts::read(text, catalogue)).unwrap_or_default());
    scope.or(&title).or(&description)
}

fn diameter(stated: &Stated) -> Option<f64> {
    stated.diameter_mm.filter(|size| (5.0..=100.0).contains(size))
}

fn filled(text: Option<&str>) -> Option<String> {
    text.map(str::trim).filter(|text| !text.is_empty()).map(str::to_owned)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::set::SetName;

    fn offer(title: &str) -> Extracted {
        Extracted::new("file", "1", "https://example.com/1", title)
    }

    #[test]
    fn the_pages_own_fields_come_first() {
        let mut extracted = offer("Rolex Sub, like new, 2015, full set");
        extracted.condition_code = Some("c24:1306".to_owned());
        extracted.stated = Stated {
            reference: Some("Ref. 126610 LN (Submariner)".to_owned()),
            brand: Some("ROLEX".to_owned()),
            year: Some(2021),
            scope: Some("Original box, no original papers".to_owned()),
            ..Stated::default()
        };
        let normalised = normalise(extracted, Catalogue::bundled());
        assert_eq!(normalised.watch.reference.as_deref(), Some("126610LN"));
        assert_eq!(normalised.watch.reference_base.as_deref(), Some("126610"));
        assert_eq!(normalised.watch.family.as_deref(), Some("Submariner Date"));
        assert_eq!(normalised.watch.year, Some(2021));
        assert_eq!(normalised.condition, Some(Condition::Good));
        assert_eq!(normalised.set.name(), Some(SetName::BoxOnly));
    }

    #[test]
    fn silence_stays_unknown() {
        let normalised = normalise(offer("Lovely old watch"), Catalogue::bundled());
        assert_eq!(normalised.watch.brand, None);
        assert_eq!(normalised.watch.reference, None);
        assert_eq!(normalised.condition, None);
        assert_eq!(normalised.set, SetParts::default());
    }

    #[test]
    fn the_description_fills_what_the_title_leaves_open() {
        let mut extracted = offer("Tudor Black Bay 58");
        extracted.description = Some("Reference: 79030N. Year: 2021. No box or papers.".to_owned());
        let normalised = normalise(extracted, Catalogue::bundled());
        assert_eq!(normalised.watch.reference.as_deref(), Some("79030N"));
        assert_eq!(normalised.watch.year, Some(2021));
        assert_eq!(normalised.set.name(), Some(SetName::WatchOnly));
    }
}

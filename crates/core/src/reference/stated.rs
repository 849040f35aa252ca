//! What a page states in fields of its own, laid over what its title was read to say.
//!
//! Called by `listing::normalise`. A stated field wins over the title; a stated reference that is
//! no reference ("Limited edition") is ignored.

use super::{
    Clue, Identified,
    candidate::{self, Found},
    catalogue::Catalogue,
    clue::{confidence, reference_clue},
    read::Read,
};
use crate::listing::extracted::Stated;

/// The title's reading with the stated fields in front.
pub fn identify_stated(
    stated: &Stated,
    mut watch: Identified,
    catalogue: &Catalogue,
) -> Identified {
    if let Some(name) = stated.brand.as_deref().and_then(|brand| catalogue.brand_name(brand)) {
        set_brand(&mut watch, name);
    }
    if let Some(text) = stated.reference.as_deref() {
        set_reference(&mut watch, text, catalogue);
    }
    if watch.family.is_none()
        && let Some(model) = stated.model.as_deref()
    {
        watch.family = family_in(model, watch.brand.as_deref(), catalogue);
        watch.clues.extend(watch.family.is_some().then_some(Clue::FamilyNamed));
    }
    if let Some(year) = stated.year.filter(|year| (1700..=2100).contains(year)) {
        watch.year = Some(year);
        watch.clues.retain(|clue| *clue != Clue::YearNamed);
        watch.clues.push(Clue::YearStated);
    }
    watch.confidence = confidence(&watch.clues, catalogue);
    watch
}

/// Another brand than the title's takes the title's reference and family away: they were its.
fn set_brand(watch: &mut Identified, name: &str) {
    if watch.brand.as_deref().is_some_and(|brand| brand != name) {
        *watch = Identified { year: watch.year, is_watch: watch.is_watch, ..Identified::default() };
    }
    watch.brand = Some(name.to_owned());
    watch.clues.retain(|clue| {
        !matches!(
            clue,
            Clue::BrandNamed
                | Clue::BrandMisspelt
                | Clue::BrandFromFamily
                | Clue::BrandFromReference
        )
    });
    watch.clues.push(Clue::BrandStated);
}

fn set_reference(watch: &mut Identified, text: &str, catalogue: &Catalogue) {
    // The field says that it is a reference; "ref" in front lets unlisted shapes count as marked.
    let marked = format!("ref {text}");
    let read = Read::new(&marked, catalogue);
    let brand = watch.brand.as_deref().and_then(|name| catalogue.brand_of(name));
    let Some(found) = candidate::find(&read, brand) else { return };
    // The title may say more than the field: `126610` there, `126610LN` here.
    let title_says_more = found.reference.is_none()
        && watch.reference.is_some()
        && watch.reference_base.as_ref() == Some(&found.base);
    if title_says_more {
        return;
    }
    watch.clues.retain(|clue| !clue.is_reference());
    watch.clues.push(Clue::ReferenceStated);
    watch.clues.push(reference_clue(found.proof));
    take(watch, found, catalogue);
}

fn take(watch: &mut Identified, found: Found, catalogue: &Catalogue) {
    if let Some(family) =
        found.family.and_then(|family| catalogue.families.get(usize::from(family)))
    {
        watch.family = Some(family.name.clone());
        watch.clues.push(Clue::FamilyFromReference);
    }
    if watch.brand.is_none()
        && let Some(brand) = found.brand.and_then(|brand| catalogue.brand(brand))
    {
        watch.brand = Some(brand.name.clone());
        watch.clues.push(Clue::BrandFromReference);
    }
    watch.reference = found.reference;
    watch.reference_base = Some(found.base);
}

fn family_in(model: &str, brand: Option<&str>, catalogue: &Catalogue) -> Option<String> {
    let brand = catalogue.brand_of(brand?)?;
    let read = Read::new(model, catalogue);
    let of_brand = read.families.iter().filter(|hit| hit.meaning.brand == brand);
    let longest = of_brand.max_by_key(|hit| hit.end - hit.start)?;
    catalogue.families.get(usize::from(longest.meaning.family)).map(|family| family.name.clone())
}

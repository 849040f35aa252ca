//! Which watch is it: brand, family, reference and year out of a title, by the catalogue.
//!
//! In goes a title (and a description, if there is one), out comes `Identified`. Called by
//! `listing::normalise` for every listing and by `watches identify`. One cut of the title into
//! words, then look-ups; unknown stays `None`.

mod beginning;
mod candidate;
mod catalogue;
mod clue;
mod finder;
mod goods;
mod key;
mod listed;
mod load;
mod misleading;
mod phrase;
mod read;
mod row;
mod spelling;
mod stated;
mod token;
mod vocabulary;
mod year;

pub use beginning::Named;
pub use catalogue::Catalogue;
pub use clue::{Clue, surest};
pub use finder::Finder;
pub use key::Key;
pub use load::OwnFile;
pub(crate) use phrase::Hit;
pub use row::CatalogueError;
pub use stated::identify_stated;
pub(crate) use token::{Glue, Tokens};
pub use vocabulary::UnknownTerm;
pub(crate) use vocabulary::{SetWord, Trait, TraitKind};

use candidate::{Found, Proof};
use catalogue::{BrandIndex, FamilyWord};
use clue::{confidence, reference_clue};
use read::Read;
use serde::{Deserialize, Serialize};
use vocabulary::{Cue, Strength};

/// What a text says of the watch. Unknown is `None`, never a guess.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
pub struct Identified {
    /// The brand's catalogue name: `Rolex`.
    pub brand: Option<String>,
    /// The model family: `Submariner Date`.
    pub family: Option<String>,
    /// The canonical reference: `126610LN`; `None` when only its base was given.
    pub reference: Option<String>,
    /// The reference without its suffix: `126610`. Set whenever `reference` is, or when only it is known.
    pub reference_base: Option<String>,
    pub year: Option<u16>,
    /// False for parts, straps, boxes, "wanted" posts and the like.
    pub is_watch: bool,
    /// How sure the reading is, 0 to 1.
    pub confidence: f64,
    /// What the reading rests on.
    #[serde(default)]
    pub clues: Vec<Clue>,
}

/// Reads a title; a description helps only where the title is silent.
pub fn identify(title: &str, description: Option<&str>, catalogue: &Catalogue) -> Identified {
    let read = Read::new(title, catalogue);
    let mut watch = of_title(&read);
    if let Some(description) = description
        && watch.is_watch
    {
        fill_from_description(&mut watch, description, catalogue);
    }
    watch
}

fn of_title(read: &Read<'_>) -> Identified {
    let mut clues = Vec::with_capacity(4);
    let several = read.any_cue(Cue::Several) && read.named_brands() != 1;
    let mut brand = if several { None } else { brand_of(read, &mut clues) };
    let found = if several { None } else { candidate::find(read, brand) };
    if brand.is_none()
        && let Some(found) = &found
        && found.brand.is_some()
    {
        brand = found.brand;
        clues.push(Clue::BrandFromReference);
    }
    let family = family_of(read, brand, found.as_ref(), &mut clues);
    let year = year::find(read, brand, found.as_ref());
    if year.is_some() {
        clues.push(Clue::YearNamed);
    }
    let is_watch = goods::is_watch(read, found.as_ref());
    clues.extend(found.as_ref().map(|found| reference_clue(found.proof)));
    let confidence = confidence(&clues, read.catalogue);
    Identified {
        brand: brand.and_then(|brand| read.catalogue.brand(brand)).map(|brand| brand.name.clone()),
        family,
        reference_base: found.as_ref().map(|found| found.base.clone()),
        reference: found.and_then(|found| found.reference),
        year,
        is_watch,
        confidence,
        clues,
    }
}

/// The brand by its name, by a family that only it has, or by its name misspelt.
fn brand_of(read: &Read<'_>, clues: &mut Vec<Clue>) -> Option<BrandIndex> {
    let named = read.named_brand();
    let implied = read.families.iter().find(|hit| hit.meaning.strength == Strength::Strong);
    if let Some(hit) = named.filter(|hit| hit.meaning.strength == Strength::Strong) {
        clues.push(Clue::BrandNamed);
        return Some(hit.meaning.brand);
    }
    if let Some(hit) = implied {
        clues.push(Clue::BrandFromFamily);
        return Some(hit.meaning.brand);
    }
    if let Some(brand) = spelling::misspelt_brand(read) {
        clues.push(Clue::BrandMisspelt);
        return Some(brand);
    }
    named.map(|hit| {
        clues.push(Clue::BrandNamed);
        hit.meaning.brand
    })
}

/// The reference's family, made more exact by the words where they say more.
fn family_of(
    read: &Read<'_>,
    brand: Option<BrandIndex>,
    found: Option<&Found>,
    clues: &mut Vec<Clue>,
) -> Option<String> {
    if let Some(family) = found.and_then(|found| found.family) {
        clues.push(Clue::FamilyFromReference);
        return read.catalogue.families.get(usize::from(family)).map(|family| family.name.clone());
    }
    let of_brand = |hit: &&Hit<FamilyWord>| Some(hit.meaning.brand) == brand;
    let longest =
        read.families.iter().filter(of_brand).rev().max_by_key(|hit| hit.end - hit.start)?;
    clues.push(Clue::FamilyNamed);
    read.catalogue
        .families
        .get(usize::from(longest.meaning.family))
        .map(|family| family.name.clone())
}

/// How much of a description is read: sellers name the watch at the top.
const DESCRIPTION_HEAD: usize = 2_000;

/// Takes a listed or marked reference and a marked year, and only what the title left open.
fn fill_from_description(watch: &mut Identified, description: &str, catalogue: &Catalogue) {
    if watch.reference.is_some() && watch.year.is_some() && watch.brand.is_some() {
        return;
    }
    let head = description
        .char_indices()
        .nth(DESCRIPTION_HEAD)
        .map_or(description, |(at, _)| description.get(..at).unwrap_or(description));
    let read = Read::new(head, catalogue);
    if watch.brand.is_none() && read.named_brands() == 1 {
        watch.brand = read
            .named_brand()
            .and_then(|hit| catalogue.brand(hit.meaning.brand))
            .map(|brand| brand.name.clone());
        watch.clues.extend(watch.brand.is_some().then_some(Clue::BrandNamed));
    }
    let brand = watch.brand.as_deref().and_then(|name| catalogue.brand_of(name));
    let found = candidate::find(&read, brand).filter(|found| {
        matches!(found.proof, Proof::Listed | Proof::Marked)
            && brand.is_some()
            && found.reference.is_some()
    });
    if watch.reference.is_none()
        && let Some(found) = &found
        && watch.reference_base.as_ref().is_none_or(|base| *base == found.base)
    {
        watch.reference.clone_from(&found.reference);
        watch.reference_base = Some(found.base.clone());
        watch.clues.push(Clue::ReferenceInDescription);
        if watch.family.is_none() {
            watch.family = found
                .family
                .and_then(|family| catalogue.families.get(usize::from(family)))
                .map(|family| family.name.clone());
        }
    }
    if watch.year.is_none()
        && let Some(year) = year::stated_in(&read)
    {
        watch.year = Some(year);
        watch.clues.push(Clue::YearNamed);
    }
    watch.confidence = confidence(&watch.clues, catalogue);
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(title: &str) -> Identified {
        identify(title, None, Catalogue::bundled())
    }

    #[track_caller]
    fn check(title: &str, brand: &str, reference: Option<&str>) {
        let watch = read(title);
        assert_eq!(watch.brand.as_deref(), Some(brand), "{title}");
        assert_eq!(watch.reference.as_deref(), reference, "{title}");
    }

    #[test]
    fn listed_references_in_any_spelling() {
        check("Rolex Submariner 126610LN unworn", "Rolex", Some("126610LN"));
        check("Rolex Sub ref.126610 ln", "Rolex", Some("126610LN"));
        check("M126610LN-0001 Rolex", "Rolex", Some("126610LN"));
        check("tudor bb58 79030b blue", "Tudor", Some("79030B"));
        check("Patek Philippe Nautilus 5711/1A-010", "Patek Philippe", Some("5711/1A-010"));
        check("Patek 5711/1A 010 Tiffany stamp", "Patek Philippe", Some("5711/1A-010"));
        check("126710BLRO on jubilee", "Rolex", Some("126710BLRO"));
    }

    #[test]
    fn a_base_is_no_reference() {
        let watch = read("Rolex Submariner Date 126610 full set");
        assert_eq!((watch.reference, watch.reference_base.as_deref()), (None, Some("126610")));
        let watch = read("Rolex Submariner 16610 full set");
        assert_eq!(watch.reference.as_deref(), Some("16610"));
        let watch = read("Rolex Submariner 16610LV");
        assert_eq!(watch.reference_base.as_deref(), Some("16610"));
    }

    #[test]
    fn unlisted_references_by_the_brands_shape() {
        check("Breitling Avenger A13317101B1A1 blue", "Breitling", Some("A13317101B1A1"));
        check("Oris Artelier 01 561 7724 4051", "Oris", Some("01 561 7724 4051"));
        check("Panerai PAM 1499 Luminor", "Panerai", Some("PAM 1499"));
        check("Hamilton Ventura H24411732", "Hamilton", Some("H24411732"));
        check("Seiko 5 Sports SRPD99K1", "Seiko", Some("SRPD99K1"));
        check("Cartier Santos Ref.0902 automatic", "Cartier", Some("0902"));
        check("Vacheron Constantin Overseas 5500V $26k", "Vacheron Constantin", Some("5500V"));
    }

    #[test]
    fn brands_without_shapes_by_the_look() {
        check("Aquastar AQ200-7B diver", "Aquastar", Some("AQ200-7B"));
        check("Croton CN307555 dive watch", "Croton", Some("CN307555"));
        check("Gevril 9245.1 Bari", "Gevril", Some("9245.1"));
        check("Waltham Premier 17 jewels", "Waltham", None);
    }

    #[test]
    fn what_looks_like_a_reference_and_is_none() {
        check("Rolex Datejust 41mm blue", "Rolex", None);
        check("Rolex Explorer cal. 3132 serviced", "Rolex", None);
        check("Rolex Explorer 3132 movement", "Rolex", None);
        check("Rolex Explorer $6500", "Rolex", None);
        check("Rolex Explorer 6500€", "Rolex", None);
        check("Rolex Explorer 6500 USD", "Rolex", None);
        check("Rolex Submariner LC100 #166", "Rolex", None);
        check("Rolex Submariner LC 170", "Rolex", None);
        check("Rolex Submariner Service2024", "Rolex", None);
        check("Rolex Submariner 12/2019", "Rolex", None);
        check("Rolex Submariner serial 84739", "Rolex", None);
        check("Rolex Submariner Artikelnummer 48213", "Rolex", None);
        check("Rolex Submariner 1998", "Rolex", None);
        check("Zelos Swordfish NH35 200m", "Zelos", None);
        check("Gruen Precision 17 jewel 1960s", "Gruen", None);
        check("Oris Aquis 43.5mm 300m", "Oris", None);
    }

    #[test]
    fn the_brand_must_agree() {
        check("Tudor Submariner 16610", "Tudor", Some("16610"));
        assert_ne!(read("Seiko 126610LN homage").brand.as_deref(), Some("Rolex"));
        assert_eq!(read("Seiko 126610LN homage").reference, None);
    }

    #[test]
    fn brands_implied_and_misspelt() {
        check("Speedmaster Professional moonwatch", "Omega", None);
        check("Brietling Navitimer", "Breitling", None);
        check("Hamillton Khaki", "Hamilton", None);
        check("デイトナ 116500LN", "Rolex", Some("116500LN"));
        assert_eq!(read("Lovely explorer watch").brand, None);
        check("Panda dial, Seiko VK63 movement, Baltic", "Baltic", None);
        check("Zelos Mako with Seiko NH35 movement", "Zelos", None);
    }

    #[track_caller]
    fn check_family(title: &str, family: &str) {
        assert_eq!(read(title).family.as_deref(), Some(family), "{title}");
    }

    #[test]
    fn families() {
        check_family("Rolex 126610LV", "Submariner Date");
        check_family("Rolex Hulk unworn", "Submariner Date");
        check_family("Tudor BB58", "Black Bay 58");
        check_family("Omega Speedy", "Speedmaster");
        check_family("Omega Seamaster Aqua Terra 38", "Seamaster Aqua Terra");
        check_family("Patek Philippe 5167A-001", "Aquanaut");
    }

    #[track_caller]
    fn check_watch(title: &str, is_watch: bool) {
        assert_eq!(read(title).is_watch, is_watch, "{title}");
    }

    #[test]
    fn watches_and_other_goods() {
        check_watch("[WTS] Omega Seamaster 2254.50", true);
        check_watch("[WTB] Omega Seamaster 2254.50", false);
        check_watch("[META] How to price a watch", false);
        check_watch("Suche Rolex Explorer 1016", false);
        check_watch("[WTS] Tudor Pelagos rubber strap", false);
        check_watch("[WTS] Leather straps 20mm", false);
        check_watch("Bezel insert for Rolex 16710", false);
        check_watch("Ersatzband für Omega Speedmaster", false);
        check_watch("Tudor Pelagos on rubber strap", true);
        check_watch("Tudor Pelagos with extra bracelet", true);
        check_watch("Rolex Datejust jubilee bracelet blue dial", true);
        check_watch("Watch roll for six watches", false);
    }

    proptest::proptest! {
        #[test]
        fn no_text_is_too_strange(title in ".{0,200}", description in ".{0,200}") {
            let watch = identify(&title, Some(&description), Catalogue::bundled());
            proptest::prop_assert!((0.0..=1.0).contains(&watch.confidence));
            proptest::prop_assert!(watch.reference.is_none() || watch.reference_base.is_some());
        }
    }

    #[test]
    fn every_listed_reference_is_found_again() {
        let catalogue = Catalogue::bundled();
        let mut missed = Vec::new();
        for known in &catalogue.known {
            let brand = &catalogue.brand(known.brand).expect("a listed brand").name;
            let title = format!("{brand} ref. {} mint", known.reference);
            let watch = identify(&title, None, catalogue);
            if watch.reference.as_deref() != Some(known.reference.as_str()) {
                missed.push((title, watch.reference));
            }
        }
        assert_eq!(missed, [], "read as another reference or none");
    }
}

//! Comparisons with texts: references by their own rules, other fields by words. Called by `alert::evaluate`.

use std::ops::Range;

use crate::{
    alert::{
        evaluate::{Found, decided},
        rule::{TextField, TextTest},
    },
    landed::imports::country_code,
    listing::{matching::Outcome, normalise::Normalised},
};

const SNIPPET_CHARACTERS: usize = 24;

pub fn text_test(listing: &Normalised, field: TextField, test: &TextTest) -> Found {
    let same: Option<fn(&Normalised, &str) -> Found> = match field {
        TextField::Reference => Some(same_reference),
        TextField::ReferenceFamily => Some(same_family),
        TextField::Brand
        | TextField::Material
        | TextField::Seller
        | TextField::Country
        | TextField::Source
        | TextField::Title
        | TextField::Description => None,
    };
    if let (Some(same), TextTest::Is(wanted)) = (same, test) {
        return same(listing, wanted);
    }
    if let (Some(same), TextTest::IsNot(wanted)) = (same, test) {
        return opposite(same(listing, wanted));
    }
    match text_of(listing, field) {
        Some(text) => on_text(&text, field, listing, test),
        None => Found::unknown(),
    }
}

fn text_of(listing: &Normalised, field: TextField) -> Option<String> {
    let page = &listing.extracted;
    match field {
        TextField::Reference => listing.watch.reference.clone(),
        TextField::ReferenceFamily => listing.watch.reference_base.clone(),
        TextField::Brand => listing.watch.brand.clone(),
        TextField::Material => listing.material.clone(),
        TextField::Seller => page.seller.clone(),
        TextField::Country => page.country.as_deref().map(country_code),
        TextField::Source => Some(page.source.clone()),
        TextField::Title => Some(page.title.clone()),
        TextField::Description => page.description.clone(),
    }
}

fn on_text(text: &str, field: TextField, listing: &Normalised, test: &TextTest) -> Found {
    let whole = || snippet(text, 0..text.len().min(SNIPPET_CHARACTERS * 2));
    match test {
        TextTest::Is(wanted) => decided(equal(text, wanted, field, listing), whole()),
        TextTest::IsNot(wanted) => decided(!equal(text, wanted, field, listing), whole()),
        TextTest::Has(wanted) => hit(text, find_words(text, wanted), true),
        TextTest::Lacks(wanted) => hit(text, find_words(text, wanted), false),
        TextTest::Matches(pattern) => {
            hit(text, pattern.find(text).map(|(start, end)| start..end), true)
        }
    }
}

fn hit(text: &str, place: Option<Range<usize>>, wanted: bool) -> Found {
    let actual = match &place {
        Some(place) => snippet(text, place.clone()),
        None => snippet(text, 0..0),
    };
    decided(place.is_some() == wanted, actual)
}

/// Case does not count. A source may be named without its host, a seller with its market before.
fn equal(text: &str, wanted: &str, field: TextField, listing: &Normalised) -> bool {
    let fold = |text: &str| text.trim().to_lowercase();
    let (have, want) = (fold(text), fold(wanted));
    have == want
        || match field {
            TextField::Source => have.split_once(':').is_some_and(|(kind, _)| kind == want),
            TextField::Seller => want.split_once(':').is_some_and(|(market, name)| {
                name == have && is_market(&listing.extracted.source, market)
            }),
            TextField::Reference
            | TextField::ReferenceFamily
            | TextField::Brand
            | TextField::Material
            | TextField::Country
            | TextField::Title
            | TextField::Description => false,
        }
}

/// `c24:` and `eb:` are the product rules' short names.
fn is_market(source: &str, name: &str) -> bool {
    let long = match name {
        "c24" => "chrono24",
        "eb" => "ebay",
        other => other,
    };
    source == long || source.split_once(':').is_some_and(|(_, host)| host == long)
}

/// The first place where the words stand, white space folded and case not counting. Words stand whole:
/// `mod` is not in "model". Scripts without blanks between words are searched anywhere.
fn find_words(text: &str, wanted: &str) -> Option<Range<usize>> {
    let wanted: Vec<char> = folded(wanted.trim()).map(|(_, letter)| letter).collect();
    let letters: Vec<(usize, char)> = folded(text).collect();
    let joined = |left: Option<char>, right: Option<char>| match (left, right) {
        (Some(left), Some(right)) => spaced_letter(left) && spaced_letter(right),
        (None, _) | (_, None) => false,
    };
    let letter_at = |index: usize| letters.get(index).map(|(_, letter)| *letter);
    letters.windows(wanted.len().max(1)).enumerate().find_map(|(start, window)| {
        let end = start + wanted.len();
        let same = window.iter().map(|(_, letter)| letter).eq(&wanted);
        let before = start.checked_sub(1).and_then(letter_at);
        let whole = !joined(before, wanted.first().copied())
            && !joined(wanted.last().copied(), letter_at(end));
        let stop = letters.get(end).map_or(text.len(), |(at, _)| *at);
        (same && whole).then(|| window[0].0..stop)
    })
}

/// A letter or digit of a script that puts blanks between words.
fn spaced_letter(letter: char) -> bool {
    letter.is_alphanumeric() && !('\u{2e80}'..='\u{fffd}').contains(&letter)
}

/// Lower-case letters with the byte of the letter they came from; runs of blanks are one blank.
fn folded(text: &str) -> impl Iterator<Item = (usize, char)> {
    let mut after_blank = false;
    text.char_indices().flat_map(move |(at, letter)| {
        let blank = letter.is_whitespace();
        let skipped = blank && after_blank;
        after_blank = blank;
        let shown = if blank { ' ' } else { letter };
        (!skipped).then(|| shown.to_lowercase().map(move |lower| (at, lower))).into_iter().flatten()
    })
}

/// The place and a little around it.
fn snippet(text: &str, place: Range<usize>) -> String {
    let start = text.floor_char_boundary(place.start.saturating_sub(SNIPPET_CHARACTERS));
    let end = text.ceil_char_boundary(place.end.saturating_add(SNIPPET_CHARACTERS).min(text.len()));
    let before = if start > 0 { "…" } else { "" };
    let after = if end < text.len() { "…" } else { "" };
    format!("{before}{}{after}", text[start..end].split_whitespace().collect::<Vec<_>>().join(" "))
}

/// Exact, but for case, dashes and a leading M. Where only the family is known it may be the one.
fn same_reference(listing: &Normalised, wanted: &str) -> Found {
    let want = fold_reference(wanted);
    match (&listing.watch.reference, &listing.watch.reference_base) {
        (Some(reference), _) => {
            let same = bare(&fold_reference(reference)) == bare(&want);
            decided(same, reference.clone())
        }
        (None, Some(base)) if within_family(&want, &fold_reference(base)) => {
            Found { outcome: Outcome::Undecided, actual: Some(format!("{base}, suffix unknown")) }
        }
        (None, Some(base)) => decided(false, base.clone()),
        (None, None) => Found::unknown(),
    }
}

/// Of the family, whatever the suffix: `126610` has LN and LV.
fn same_family(listing: &Normalised, wanted: &str) -> Found {
    let want = fold_reference(wanted);
    let reference = listing.watch.reference.as_ref().or(listing.watch.reference_base.as_ref());
    let Some(shown) = reference else { return Found::unknown() };
    let known = [&listing.watch.reference, &listing.watch.reference_base];
    let inside =
        known.into_iter().flatten().any(|text| within_family(&fold_reference(text), &want));
    if inside {
        return decided(true, shown.clone());
    }
    let narrower =
        listing.watch.reference.is_none() && within_family(&want, &fold_reference(shown));
    if narrower {
        return Found {
            outcome: Outcome::Undecided,
            actual: Some(format!("{shown}, suffix unknown")),
        };
    }
    decided(false, shown.clone())
}

/// Upper case, no blanks, one kind of divider, without "REF" and without the M of Rolex and Tudor.
fn fold_reference(text: &str) -> String {
    let upper: String = text.trim().to_uppercase();
    let named = upper
        .strip_prefix("REF")
        .map_or(upper.as_str(), |rest| rest.trim_start_matches(['.', ':', ' ']));
    let divided: String = named
        .chars()
        .filter(|letter| !letter.is_whitespace())
        .map(|letter| if matches!(letter, '–' | '—' | '‑' | '/' | '.') { '-' } else { letter })
        .collect();
    match divided.strip_prefix('M') {
        Some(rest) if rest.chars().take_while(char::is_ascii_digit).count() >= 4 => rest.to_owned(),
        Some(_) | None => divided,
    }
}

fn bare(folded: &str) -> String {
    folded.replace('-', "")
}

/// Does the reference begin with the family, and not with a longer number?
fn within_family(reference: &str, family: &str) -> bool {
    !family.is_empty()
        && reference
            .strip_prefix(family)
            .is_some_and(|rest| !rest.starts_with(|next: char| next.is_ascii_digit()))
}

fn opposite(found: Found) -> Found {
    Found { outcome: found.outcome.not(), ..found }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn found(text: &str, wanted: &str, expected: Option<&str>) {
        let place = find_words(text, wanted);
        assert_eq!(place.map(|place| &text[place]), expected, "{wanted} in {text}");
    }

    #[test]
    fn words_stand_whole() {
        found("A great model", "mod", None);
        found("Great MOD here", "mod", Some("MOD"));
        found("mod", "mod", Some("mod"));
        found("Full   Set, 2021", "full set", Some("Full   Set"));
        found("Rolex (box/papers)", "box", Some("box"));
        found("Größe ÄNDERN", "ändern", Some("ÄNDERN"));
        found("ロレックス箱付き", "箱", Some("箱"));
        found("126610LN", "126610", None);
        found("", "x", None);
        found("x", "", None);
    }

    #[track_caller]
    fn family(reference: &str, family: &str, expected: bool) {
        let inside = within_family(&fold_reference(reference), &fold_reference(family));
        assert_eq!(inside, expected, "{reference} in {family}");
    }

    #[test]
    fn a_family_holds_its_suffixes_and_no_longer_numbers() {
        family("126610LN", "126610", true);
        family("M126610LN-0001", "126610", true);
        family("126610", "126610", true);
        family("Ref. 126610lv", "126610", true);
        family("166100", "16610", false);
        family("16610", "126610", false);
        family("5711/1A-010", "5711", true);
        family("310.30.42.50.01.001", "310.30.42", true);
        family("126610LN", "126610LN", true);
        family("126610LN", "", false);
        assert_eq!(bare(&fold_reference("5711/1A–010")), bare(&fold_reference("5711.1A.010")));
    }
}

//! How much of a page was readable, against the last seven days: has the site changed its layout?
//!
//! Pure. The listing flow stores the shares of every page it reads and asks for the verdict. A page
//! below half of the usual share of any field makes its source `degraded`: the last good values stay,
//! and the person is told once.

use std::collections::BTreeMap;

use watches_core::{listing::extracted::Extracted, time::Span};
use watches_store::fills::Fill;

/// Shares are compared with their median over this long.
pub const WINDOW: Span = Span::days(7);

/// A field that is usually filled less often than this says nothing when it is missing.
const USUAL: f64 = 0.3;
/// With fewer pages than this there is no "usual" yet.
const PAGES: u32 = 3;

/// Share of filled values per field, 0 to 1. `listings` is 1 when the page showed any listing.
pub fn shares(listings: &[Extracted]) -> BTreeMap<&'static str, f64> {
    let mut shares = BTreeMap::from([("listings", if listings.is_empty() { 0.0 } else { 1.0 })]);
    if listings.is_empty() {
        return shares;
    }
    for (field, filled) in FIELDS {
        let count = listings.iter().filter(|listing| filled(listing)).count();
        shares.insert(field, count as f64 / listings.len() as f64);
    }
    shares
}

type Filled = fn(&Extracted) -> bool;

const FIELDS: [(&str, Filled); 7] = [
    ("price", |listing| listing.price.is_some()),
    ("image", |listing| listing.image.is_some()),
    ("shipping", |listing| listing.shipping.is_some()),
    ("condition", |listing| listing.condition_text.is_some() || listing.condition_code.is_some()),
    ("seller", |listing| listing.seller.is_some()),
    ("country", |listing| listing.country.is_some()),
    ("title", |listing| !listing.title.is_empty()),
];

/// The fields that have fallen below half of what is usual, worst first; empty for a healthy page.
pub fn fallen(now: &BTreeMap<&'static str, f64>, past: &[Fill]) -> Vec<String> {
    let mut fallen: Vec<(f64, &str)> = Vec::new();
    for (field, share) in now {
        let usual = past.iter().find(|fill| fill.field == *field);
        let usual = usual.filter(|fill| fill.polls >= PAGES && fill.median >= USUAL);
        if usual.is_some_and(|usual| *share < usual.median / 2.0) {
            fallen.push((*share, field));
        }
    }
    fallen.sort_by(|left, right| left.0.total_cmp(&right.0));
    fallen.into_iter().map(|(_, field)| field.to_owned()).collect()
}

#[cfg(test)]
mod tests {
    use watches_core::money::{Currency, Money};

    use super::*;

    fn page(priced: usize, all: usize) -> Vec<Extracted> {
        let listing = |n: usize| {
            let mut listing = Extracted::new("ebay", n.to_string(), "https://x.test/", "A watch");
            listing.price = (n < priced).then_some(Money::new(100, Currency::EUR));
            listing
        };
        (0..all).map(listing).collect()
    }

    #[track_caller]
    fn check(median: f64, polls: u32, now: &[Extracted], expected: &[&str]) {
        let fill = |field: &str| Fill { field: field.to_owned(), now: median, median, polls };
        assert_eq!(fallen(&shares(now), &["price", "listings"].map(fill)), expected);
    }

    #[test]
    fn below_half_of_the_usual_is_a_fall() {
        check(1.0, 10, &page(10, 20), &[]);
        check(1.0, 10, &page(9, 20), &["price"]);
        check(1.0, 10, &page(0, 20), &["price"]);
        check(0.9, 10, &page(0, 0), &["listings"]);
    }

    #[test]
    fn the_unusual_and_the_unknown_are_no_fall() {
        check(0.2, 10, &page(0, 20), &[]);
        check(1.0, 2, &page(0, 20), &[]);
    }
}

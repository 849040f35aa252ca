//! Normalised -> Unique: is this a listing we already know?
//!
//! Pure; `app::listing_flow` loads the candidates and gives the id. Always symmetric:
//! `same(a, b) == same(b, a)`. Today a listing is known by its market and that market's id; the same watch
//! on another market stays a listing of its own.

use serde::{Deserialize, Serialize};

use crate::{id::ListingId, listing::normalise::Normalised, time::Timestamp};

/// A listing with our id on it.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Unique {
    pub normalised: Normalised,
    pub id: ListingId,
    /// When any poll first saw it; now, if it is new.
    pub first_seen: Timestamp,
    pub seen: Seen,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Seen {
    New,
    Before,
}

/// What we know of a fresh listing.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Identity {
    New,
    Known(ListingId),
}

/// Looks for the fresh listing among those that may be it.
pub fn deduplicate(fresh: &Normalised, known: &[(ListingId, Normalised)]) -> Identity {
    match known.iter().find(|(_, other)| same(fresh, other)) {
        Some((id, _)) => Identity::Known(*id),
        None => Identity::New,
    }
}

/// Are these two readings of one listing?
pub fn same(left: &Normalised, right: &Normalised) -> bool {
    let key =
        |listing: &Normalised| (listing.extracted.source.clone(), listing.extracted.id.clone());
    !left.extracted.id.is_empty() && key(left) == key(right)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{listing::extracted::Extracted, reference::Identified, set::SetParts};

    fn listing(source: &str, id: &str, title: &str) -> Normalised {
        Normalised {
            extracted: Extracted::new(source, id, "https://market.test/", title),
            watch: Identified::default(),
            condition: None,
            set: SetParts::default(),
            material: None,
            diameter_mm: None,
        }
    }

    #[track_caller]
    fn check(left: (&str, &str), right: (&str, &str), expected: bool) {
        let (left, right) = (listing(left.0, left.1, "one"), listing(right.0, right.1, "other"));
        assert_eq!(same(&left, &right), expected);
        assert_eq!(same(&right, &left), expected, "symmetric");
    }

    #[test]
    fn a_listing_is_its_market_and_id() {
        check(("ebay", "1"), ("ebay", "1"), true);
        check(("ebay", "1"), ("ebay", "2"), false);
        check(("ebay", "1"), ("chrono24", "1"), false);
        check(("file", ""), ("file", ""), false);
    }

    #[test]
    fn the_known_id_is_found() {
        let id = |n| ListingId(uuid::Uuid::from_u128(n));
        let known = [(id(1), listing("ebay", "7", "a")), (id(2), listing("ebay", "8", "b"))];
        assert_eq!(
            deduplicate(&listing("ebay", "8", "b, now cheaper"), &known),
            Identity::Known(id(2))
        );
        assert_eq!(deduplicate(&listing("ebay", "9", "c"), &known), Identity::New);
    }
}

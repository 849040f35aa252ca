//! A stored listing with its page read again: what it would be stored as now.
//!
//! Called by `reparse`. Pure but for the catalogue. When a listing was seen, its first price, its photo
//! and the person's marks stay; observations are nobody's business here.

use watches_core::{
    listing::{
        dedupe::{Seen, Unique},
        extracted::{Extracted, SaleState},
        normalise::{Normalised, normalise},
        price::Priced,
    },
    reference::Catalogue,
    time::Timestamp,
};
use watches_store::listings::Stored;

use super::{
    facts::{Known, Market},
    keep, row,
};
use crate::recompute;

/// What the kept pages say of a listing, and when the last of them was looked at.
#[derive(Debug, Clone)]
pub(crate) struct Reading {
    pub extracted: Extracted,
    pub at: Timestamp,
}

/// How far a reading may correct what is stored.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Reach {
    /// The page was the last look: it says all.
    Whole,
    /// The listing is gone, which no page told: how its sale ended stays.
    Words,
    /// There was a later look of which no page is kept, or there is no page at all.
    Nothing,
}

pub(crate) fn reach(stored: &Stored, reading: Option<&Reading>) -> Reach {
    match reading {
        Some(reading) if reading.at >= stored.listing.last_seen => Reach::Whole,
        Some(_) if stored.listing.state != SaleState::Active => Reach::Words,
        Some(_) | None => Reach::Nothing,
    }
}

/// The listing in today's terms, by its pages as far as they reach.
pub(crate) fn reread(stored: &Stored, reading: Option<&Reading>) -> Normalised {
    let old = &stored.document.normalised.extracted;
    let extracted = match (reach(stored, reading), reading) {
        (Reach::Whole, Some(page)) => keep::merge(page.extracted.clone(), old),
        (Reach::Words, Some(page)) => Extracted {
            kind: old.kind,
            state: old.state,
            bids: old.bids,
            ends_at: old.ends_at,
            ..keep::merge(page.extracted.clone(), old)
        },
        (Reach::Whole | Reach::Words | Reach::Nothing, _) => old.clone(),
    };
    normalise(extracted, Catalogue::bundled())
}

/// The row and document of that reading.
pub(crate) fn corrected(
    stored: Stored,
    normalised: Normalised,
    market: &Market,
    now: Timestamp,
) -> Stored {
    let (id, first_seen) = (stored.listing.id, stored.listing.first_seen);
    let last_seen = stored.listing.last_seen;
    let unique = Unique { normalised, id, first_seen, seen: Seen::Before };
    let priced = Priced { unique, landed: None, history: Vec::new() };
    let known = Known { stored, history: Vec::new() };
    let mut fresh = row::stored(&priced, Some(&known), market, last_seen);
    recompute::reprice(&mut fresh, market, now);
    fresh
}

//! Small changes to many listings: seen again, matched, dismissed, photographed, repriced.

use std::{borrow::Cow, collections::HashMap};

use watches_core::{id::ListingId, money::Money, time::Timestamp};

use super::{Listing, get, put, tally::Facets};
use crate::{StoreError, Tx};

/// Notes that the listings were seen `now`.
pub async fn touch(tx: &mut Tx, ids: &[ListingId], now: Timestamp) -> Result<(), StoreError> {
    change(tx, ids, |listing| listing.last_seen = listing.last_seen.max(now)).await
}

/// Sets whether some rule matches each listing now.
pub async fn set_matches(tx: &mut Tx, flags: &[(ListingId, bool)]) -> Result<(), StoreError> {
    let wanted: HashMap<ListingId, bool> = flags.iter().copied().collect();
    let ids: Vec<ListingId> = flags.iter().map(|(id, _)| *id).collect();
    change(tx, &ids, |listing| {
        if let Some(matches) = wanted.get(&listing.id) {
            listing.matches = *matches;
        }
    })
    .await
}

/// Hides a listing from the table, or shows it again.
pub async fn set_dismissed(tx: &mut Tx, id: ListingId, dismissed: bool) -> Result<(), StoreError> {
    match get::get(tx, id).await? {
        Some(_) => change(tx, &[id], |listing| listing.dismissed = dismissed).await,
        None => Err(StoreError::NotFound { what: "the listing" }),
    }
}

/// Notes the hash of the cached main photo.
pub async fn set_photo(tx: &mut Tx, id: ListingId, hash: Option<&str>) -> Result<(), StoreError> {
    change(tx, &[id], |listing| listing.photo = hash.map(str::to_owned)).await
}

/// What a listing costs this collector, after currency, country or rates changed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Costs {
    pub listing: ListingId,
    pub price_rank: Option<i64>,
    pub landed: Option<Money>,
}

/// Sets the costs by which listings are sorted.
pub async fn set_costs(tx: &mut Tx, costs: &[Costs]) -> Result<(), StoreError> {
    let wanted: HashMap<ListingId, Costs> = costs.iter().map(|one| (one.listing, *one)).collect();
    let ids: Vec<ListingId> = costs.iter().map(|one| one.listing).collect();
    change(tx, &ids, |listing| {
        if let Some(costs) = wanted.get(&listing.id) {
            listing.price_rank = costs.price_rank;
            listing.landed = costs.landed;
        }
    })
    .await
}

/// Reads the rows, changes them, and writes back those that differ. No change here touches the words.
async fn change(
    tx: &mut Tx,
    ids: &[ListingId],
    edit: impl Fn(&mut Listing),
) -> Result<(), StoreError> {
    let (mut changed, mut before) = (Vec::new(), Vec::new());
    for mut row in get::full_rows(tx, ids).await? {
        let mut edited = row.listing.as_ref().clone();
        edit(&mut edited);
        if edited != *row.listing {
            before.push(Facets::of(&row.listing));
            row.listing = Cow::Owned(edited);
            changed.push(row);
        }
    }
    put::save_rows(tx, &changed, before).await
}

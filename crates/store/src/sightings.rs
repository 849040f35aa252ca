//! Table `sightings`: the stretches in which a listing was looked at, poll after poll.
//!
//! Between two stretches nobody looked: the price chart draws a gap there instead of a line.

use std::collections::HashMap;

use watches_core::{
    id::ListingId,
    time::{Span, Timestamp},
};

use crate::{
    Read, StoreError, Tx,
    batch::Insert,
    cell::{Cell, Cells},
    listings::json_ids,
};

const TABLE: &str = "sightings";

const LATEST: &str = "select listing, max(since), until, digest from sightings \
    where listing in (select value from json_each(?1)) group by listing";

const SAVE: Insert = Insert {
    table: TABLE,
    into: "insert into sightings (listing, since, until, digest) values",
    on_conflict: "on conflict (listing, since) do update set until = excluded.until, \
        digest = excluded.digest",
};

/// Notes that the listings were looked at `now`. A look within `gap` of the last one lengthens its stretch.
pub async fn saw(
    tx: &mut Tx,
    listings: &[ListingId],
    now: Timestamp,
    gap: Span,
) -> Result<(), StoreError> {
    let latest = latest(tx, listings).await?;
    let rows = listings.iter().map(|listing| {
        let (since, until) = match latest.get(listing) {
            Some((since, until)) if now - *until <= gap => (*since, now.max(*until)),
            Some(_) | None => (now, now),
        };
        vec![Cell::from(listing.to_string()), Cell::from(since), Cell::from(until)]
    });
    SAVE.rows(tx, rows.collect()).await.map(|_| ())
}

async fn latest(
    read: &mut Read,
    listings: &[ListingId],
) -> Result<HashMap<ListingId, (Timestamp, Timestamp)>, StoreError> {
    let seal = read.seal();
    let query = sqlx::query(LATEST).bind(json_ids(listings));
    let rows = query.fetch_all(read.connection()).await?;
    let opened = rows.iter().map(|row| {
        let mut cells = Cells::open(TABLE, &seal, row)?;
        Ok((cells.id()?, (cells.at()?, cells.at()?)))
    });
    opened.collect()
}

const OF: &str =
    "select listing, since, until, digest from sightings where listing = ?1 order by since";

/// The stretches in which a listing was looked at, oldest first.
pub async fn of(
    read: &mut Read,
    listing: ListingId,
) -> Result<Vec<(Timestamp, Timestamp)>, StoreError> {
    let seal = read.seal();
    let query = sqlx::query(OF).bind(listing.to_string());
    let rows = query.fetch_all(read.connection()).await?;
    let opened = rows.iter().map(|row| {
        let mut cells = Cells::open(TABLE, &seal, row)?;
        cells.id::<ListingId>()?;
        Ok((cells.at()?, cells.at()?))
    });
    opened.collect()
}

/// The gaps between stretches: from the last look before to the first look after.
pub fn unobserved(stretches: &[(Timestamp, Timestamp)]) -> Vec<(Timestamp, Timestamp)> {
    let pairs = stretches.iter().zip(stretches.iter().skip(1));
    pairs.map(|((_, until), (since, _))| (*until, *since)).collect()
}

//! Table `watchlist_listings`: which watchlist's polls found a listing, and whether a rule of it matches.

use std::collections::HashMap;

use sqlx::Row;
use watches_core::{
    id::{ListingId, WatchlistId},
    time::Timestamp,
};

use crate::{
    Read, StoreError, Tx,
    batch::Insert,
    cell::{Cell, Cells},
    listings::{self, json_ids},
};

const TABLE: &str = "watchlist_listings";

/// One watchlist's claim on one listing.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Found {
    pub watchlist: WatchlistId,
    pub listing: ListingId,
    pub found_at: Timestamp,
    /// Some rule of the watchlist matches it now.
    pub matching: bool,
}

const LINK: Insert = Insert {
    table: TABLE,
    into: "insert into watchlist_listings (watchlist, listing, found_at, matching, digest) values",
    on_conflict: "on conflict (watchlist, listing) do nothing",
};

/// Notes that a watchlist's poll found the listings; those it had found before stay as they are.
pub async fn link(
    tx: &mut Tx,
    watchlist: WatchlistId,
    listings: &[ListingId],
    now: Timestamp,
) -> Result<(), StoreError> {
    let rows = listings.iter().map(|listing| {
        cells(&Found { watchlist, listing: *listing, found_at: now, matching: false })
    });
    LINK.rows(tx, rows.collect()).await.map(|_| ())
}

const OF_LISTINGS: &str = "select watchlist, listing, found_at, matching, digest \
    from watchlist_listings where listing in (select value from json_each(?1))";

/// Every watchlist's claim on each of the listings.
pub async fn of_listings(
    read: &mut Read,
    listings: &[ListingId],
) -> Result<Vec<Found>, StoreError> {
    let seal = read.seal();
    let query = sqlx::query(OF_LISTINGS).bind(json_ids(listings));
    let rows = query.fetch_all(read.connection()).await?;
    rows.iter().map(|row| from_cells(Cells::open(TABLE, &seal, row)?)).collect()
}

const MARK: Insert = Insert {
    table: TABLE,
    into: "insert into watchlist_listings (watchlist, listing, found_at, matching, digest) values",
    on_conflict: "on conflict (watchlist, listing) do update set matching = excluded.matching, \
        digest = excluded.digest",
};

/// Sets whether a watchlist's rules match each listing now. Listings it never found are passed over.
/// The listing's own `matches` follows: true while any watchlist that is not deleted matches it.
pub async fn set_matching(
    tx: &mut Tx,
    watchlist: WatchlistId,
    verdicts: &[(ListingId, bool)],
) -> Result<(), StoreError> {
    let wanted: HashMap<ListingId, bool> = verdicts.iter().copied().collect();
    let ids: Vec<ListingId> = verdicts.iter().map(|(listing, _)| *listing).collect();
    let claims = of_listings(tx, &ids).await?;
    let changed = claims.into_iter().filter_map(|found| {
        let matching = *wanted.get(&found.listing)?;
        let differs = found.watchlist == watchlist && found.matching != matching;
        differs.then_some(Found { matching, ..found })
    });
    let changed: Vec<Found> = changed.collect();
    MARK.rows(tx, changed.iter().map(cells).collect()).await?;
    let touched: Vec<ListingId> = changed.iter().map(|found| found.listing).collect();
    refresh_matches(tx, &touched).await
}

const MATCHED: &str = "select distinct f.listing from watchlist_listings f \
    join watchlists w on w.id = f.watchlist \
    where f.listing in (select value from json_each(?1)) and f.matching = 1 and w.deleted_at is null";

/// Brings `matches` of the listings in line with the claims on them.
async fn refresh_matches(tx: &mut Tx, ids: &[ListingId]) -> Result<(), StoreError> {
    let rows = sqlx::query(MATCHED).bind(json_ids(ids)).fetch_all(tx.connection()).await?;
    let matched: Result<Vec<String>, sqlx::Error> =
        rows.iter().map(|row| row.try_get_unchecked(0)).collect();
    let matched = matched?;
    let flags: Vec<(ListingId, bool)> =
        ids.iter().map(|id| (*id, matched.contains(&id.to_string()))).collect();
    listings::set_matches(tx, &flags).await
}

const LISTINGS_OF: &str = "select listing from watchlist_listings where watchlist = ?1";

/// After a watchlist was deleted or restored: its listings' `matches` follow.
pub async fn watchlist_changed(tx: &mut Tx, watchlist: WatchlistId) -> Result<(), StoreError> {
    let query = sqlx::query(LISTINGS_OF).bind(watchlist.to_string());
    let rows = query.fetch_all(tx.connection()).await?;
    let mut ids = Vec::with_capacity(rows.len());
    for row in rows {
        let text: String = row.try_get_unchecked(0)?;
        let damaged = StoreError::Damaged { table: TABLE, what: "a listing's id is none" };
        ids.push(text.parse().map_err(|_| damaged)?);
    }
    refresh_matches(tx, &ids).await
}

/// How many active listings a watchlist has, and how many of them match.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Counts {
    pub listings: u32,
    pub matching: u32,
}

const COUNTS: &str = "select f.watchlist, count(*), sum(f.matching) from watchlist_listings f \
    join listings l on l.id = f.listing where l.state = 'active' group by f.watchlist";

/// The counts of every watchlist that found anything.
pub async fn counts(read: &mut Read) -> Result<HashMap<WatchlistId, Counts>, StoreError> {
    let rows = sqlx::query(COUNTS).fetch_all(read.connection()).await?;
    let mut counts = HashMap::new();
    for row in rows {
        let id: String = row.try_get_unchecked(0)?;
        let damaged = StoreError::Damaged { table: TABLE, what: "a watchlist's id is none" };
        let id = id.parse().map_err(|_| damaged)?;
        let number = |index: usize| row.try_get_unchecked::<i64, _>(index).map(|n| n.max(0) as u32);
        counts.insert(id, Counts { listings: number(1)?, matching: number(2)? });
    }
    Ok(counts)
}

fn cells(found: &Found) -> Vec<Cell> {
    vec![
        Cell::from(found.watchlist.to_string()),
        Cell::from(found.listing.to_string()),
        Cell::from(found.found_at),
        Cell::from(found.matching),
    ]
}

fn from_cells(mut cells: Cells) -> Result<Found, StoreError> {
    Ok(Found {
        watchlist: cells.id()?,
        listing: cells.id()?,
        found_at: cells.at()?,
        matching: cells.flag()?,
    })
}

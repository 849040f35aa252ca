//! Reading listings by what they are: id, market id, reference, end.

use sqlx::sqlite::SqliteRow;
use watches_core::{
    id::{ListingId, WatchlistId},
    time::Timestamp,
};

use super::{
    Listing, json_ids,
    put::select,
    row::{self, Row, TABLE},
};
use crate::{Read, StoreError, cell::Cells, digest::Seal};

/// One listing's row.
pub async fn get(read: &mut Read, id: ListingId) -> Result<Option<Listing>, StoreError> {
    Ok(rows(read, &[id]).await?.pop())
}

/// The rows that are there, in the order of the ids.
pub async fn rows(read: &mut Read, ids: &[ListingId]) -> Result<Vec<Listing>, StoreError> {
    let mut found = full_rows(read, ids).await?;
    let place = |row: &Row| ids.iter().position(|id| *id == row.listing.id);
    found.sort_by_key(place);
    Ok(found.into_iter().map(|row| row.listing.into_owned()).collect())
}

/// Rows with their place and words, to be changed and written back.
pub(crate) async fn full_rows(
    read: &mut Read,
    ids: &[ListingId],
) -> Result<Vec<Row<'static>>, StoreError> {
    let seal = read.seal();
    let query = sqlx::query(select("where id in (select value from json_each(?1))"));
    let found = query.bind(json_ids(ids)).fetch_all(read.connection()).await?;
    found.iter().map(|found| open(&seal, found)).collect()
}

/// The listings of a source with these market ids: which of a page's are known already.
pub async fn find(
    read: &mut Read,
    source: &str,
    market_ids: &[&str],
) -> Result<Vec<Listing>, StoreError> {
    let json = serde_json::to_string(market_ids)
        .map_err(|source| StoreError::Document { table: TABLE, source })?;
    let sql = select("where source = ?1 and market_id in (select value from json_each(?2))");
    let query = sqlx::query(sql).bind(source.to_owned()).bind(json);
    listings(read.seal(), query.fetch_all(read.connection()).await?)
}

/// Listings of a watch by the base of its reference (`126610`), newest first.
pub async fn by_reference(
    read: &mut Read,
    reference_base: &str,
    limit: u32,
) -> Result<Vec<Listing>, StoreError> {
    let query = sqlx::query(select("where reference_base = ?1 order by seq desc limit ?2"));
    let query = query.bind(reference_base.to_owned()).bind(limit);
    listings(read.seal(), query.fetch_all(read.connection()).await?)
}

/// Active auctions that end in `from..until`, the first first: they are polled more densely.
pub async fn ending_between(
    read: &mut Read,
    from: Timestamp,
    until: Timestamp,
) -> Result<Vec<Listing>, StoreError> {
    let query = sqlx::query(select(
        "where ends_at >= ?1 and ends_at < ?2 and state = 'active' and kind = 'auction' \
         order by ends_at limit 500",
    ));
    let query = query.bind(from.0).bind(until.0);
    listings(read.seal(), query.fetch_all(read.connection()).await?)
}

/// The cheapest active listing of a watchlist: by landed cost among the matching ones, else among all.
pub async fn best(read: &mut Read, watchlist: WatchlistId) -> Result<Option<Listing>, StoreError> {
    let query = sqlx::query(select(
        "where seq = (select l.seq from watchlist_listings f join listings l on l.id = f.listing \
         where f.watchlist = ?1 and l.state = 'active' and l.dismissed = 0 \
         order by f.matching desc, l.landed_minor is null, l.landed_minor, l.price_rank is null, \
         l.price_rank, l.seq limit 1)",
    ));
    let query = query.bind(watchlist.to_string());
    Ok(listings(read.seal(), query.fetch_all(read.connection()).await?)?.pop())
}

pub(crate) fn listings(seal: Seal, rows: Vec<SqliteRow>) -> Result<Vec<Listing>, StoreError> {
    rows.iter().map(|row| open(&seal, row).map(|row| row.listing.into_owned())).collect()
}

fn open(seal: &Seal, row: &SqliteRow) -> Result<Row<'static>, StoreError> {
    row::from_cells(Cells::open(TABLE, seal, row)?)
}

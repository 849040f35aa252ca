//! Table `listing_documents`: what each page said in full, for rules, details and reading again.
//!
//! A document is JSON of the core types; a change of their shape that old text does not fit needs a
//! migration.

use std::collections::HashMap;

use sqlx::{AssertSqlSafe, Row as _, sqlite::SqliteRow};
use watches_core::id::{ListingId, WatchlistId};

use super::{
    Document, Stored, json_ids,
    row::{self, COLUMNS},
};
use crate::{Read, StoreError, cell::Cells, digest::Seal};

pub(super) const TABLE: &str = "listing_documents";

/// One listing whole.
pub async fn document(read: &mut Read, id: ListingId) -> Result<Option<Stored>, StoreError> {
    Ok(documents(read, &[id]).await?.pop())
}

/// The listings that are there, whole, in no order.
pub async fn documents(read: &mut Read, ids: &[ListingId]) -> Result<Vec<Stored>, StoreError> {
    let sql = "where id in (select value from json_each(?1))";
    whole(read, sql, &[Bound::Text(json_ids(ids))]).await
}

/// Listings whole in the order of first sight, after a place in it: for walking all of them in parts.
/// Answers the place to go on from, with at most `limit` listings.
pub async fn after(
    read: &mut Read,
    place: i64,
    limit: u32,
) -> Result<(i64, Vec<Stored>), StoreError> {
    let sql = "where seq > ?1 order by seq limit ?2";
    let bounds = [Bound::Int(place), Bound::Int(i64::from(limit))];
    let found = whole_with_place(read, sql, &bounds).await?;
    let last = found.last().map_or(place, |(seq, _)| *seq);
    Ok((last, found.into_iter().map(|(_, stored)| stored).collect()))
}

/// Active listings that a watchlist found, whole, newest first.
pub async fn of_watchlist(
    read: &mut Read,
    watchlist: WatchlistId,
    limit: u32,
) -> Result<Vec<Stored>, StoreError> {
    let sql = "where state = 'active' and id in \
        (select listing from watchlist_listings where watchlist = ?1) order by seq desc limit ?2";
    let bounds = [Bound::Text(watchlist.to_string()), Bound::Int(i64::from(limit))];
    whole(read, sql, &bounds).await
}

enum Bound {
    Text(String),
    Int(i64),
}

async fn whole(read: &mut Read, rest: &str, bounds: &[Bound]) -> Result<Vec<Stored>, StoreError> {
    let found = whole_with_place(read, rest, bounds).await?;
    Ok(found.into_iter().map(|(_, stored)| stored).collect())
}

/// Rows first, then their documents, so that each is checked against its own digest.
async fn whole_with_place(
    read: &mut Read,
    rest: &str,
    bounds: &[Bound],
) -> Result<Vec<(i64, Stored)>, StoreError> {
    let seal = read.seal();
    let mut query = sqlx::query(AssertSqlSafe(format!("select {COLUMNS} from listings {rest}")));
    for bound in bounds {
        query = match bound {
            Bound::Text(text) => query.bind(text.clone()),
            Bound::Int(number) => query.bind(*number),
        };
    }
    let found = query.fetch_all(read.connection()).await?;
    let rows: Result<Vec<row::Row>, StoreError> =
        found.iter().map(|one| row::from_cells(Cells::open(row::TABLE, &seal, one)?)).collect();
    let rows = rows?;
    let mut documents = by_seq(read, rows.iter().map(|row| row.seq).collect()).await?;
    let missing = StoreError::Damaged { table: TABLE, what: "a listing has no document" };
    let mut stored = Vec::with_capacity(rows.len());
    for row in rows {
        let Some(document) = documents.remove(&row.seq) else { return Err(missing) };
        stored.push((row.seq, Stored { listing: row.listing.into_owned(), document }));
    }
    Ok(stored)
}

const BY_SEQ: &str = "select seq, normalised, landed, digest from listing_documents \
    where seq in (select value from json_each(?1))";

async fn by_seq(read: &mut Read, seqs: Vec<i64>) -> Result<HashMap<i64, Document>, StoreError> {
    let list: Vec<String> = seqs.iter().map(i64::to_string).collect();
    let seal = read.seal();
    let query = sqlx::query(BY_SEQ).bind(format!("[{}]", list.join(",")));
    let rows = query.fetch_all(read.connection()).await?;
    rows.iter().map(|row| open(&seal, row)).collect()
}

fn open(seal: &Seal, row: &SqliteRow) -> Result<(i64, Document), StoreError> {
    debug_assert_eq!(row.len(), 4, "seq, normalised, landed, digest");
    let mut cells = Cells::open(TABLE, seal, row)?;
    let seq = cells.int()?;
    let normalised = cells.document()?;
    let landed = cells.opt_document()?;
    Ok((seq, Document { normalised, landed }))
}

//! Table `watchlists`: what a collector hunts for. Deleted ones stay, so that it can be undone.

use watches_core::{id::WatchlistId, time::Timestamp};

use crate::{
    Read, StoreError, Tx,
    batch::Insert,
    cell::{Cell, Cells, document_cell},
};

const TABLE: &str = "watchlists";

/// A watchlist as the person made it; its rules are in [`crate::rules`].
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Watchlist {
    pub id: WatchlistId,
    pub name: String,
    /// What is asked of the markets.
    pub query: String,
    /// Source keys; empty means every enabled search source.
    pub sources: Vec<String>,
    /// Minutes between polls; `None` inherits the setting.
    pub interval_minutes: Option<u32>,
    pub paused: bool,
    pub created_at: Timestamp,
    pub deleted_at: Option<Timestamp>,
}

const ALL: &str = "select id, name, query, sources, interval_minutes, paused, created_at, deleted_at, \
    digest from watchlists where deleted_at is null order by created_at, id";

/// Those not deleted, oldest first.
pub async fn all(read: &mut Read) -> Result<Vec<Watchlist>, StoreError> {
    let seal = read.seal();
    let rows = sqlx::query(ALL).fetch_all(read.connection()).await?;
    rows.iter().map(|row| from_cells(Cells::open(TABLE, &seal, row)?)).collect()
}

const GET: &str = "select id, name, query, sources, interval_minutes, paused, created_at, deleted_at, \
    digest from watchlists where id = ?1";

/// One of them, deleted or not.
pub async fn get(read: &mut Read, id: WatchlistId) -> Result<Option<Watchlist>, StoreError> {
    let seal = read.seal();
    let query = sqlx::query(GET).bind(id.to_string());
    let row = query.fetch_optional(read.connection()).await?;
    row.map(|row| from_cells(Cells::open(TABLE, &seal, &row)?)).transpose()
}

const SAVE: Insert = Insert {
    table: TABLE,
    into: "insert into watchlists (id, name, query, sources, interval_minutes, paused, created_at, \
        deleted_at, digest) values",
    on_conflict: "on conflict (id) do update set name = excluded.name, query = excluded.query, \
        sources = excluded.sources, interval_minutes = excluded.interval_minutes, \
        paused = excluded.paused, created_at = excluded.created_at, \
        deleted_at = excluded.deleted_at, digest = excluded.digest",
};

/// Adds it, or changes all of it.
pub async fn save(tx: &mut Tx, watchlist: &Watchlist) -> Result<(), StoreError> {
    let cells = vec![
        Cell::from(watchlist.id.to_string()),
        Cell::from(&watchlist.name),
        Cell::from(&watchlist.query),
        document_cell(TABLE, &watchlist.sources)?,
        Cell::from(watchlist.interval_minutes),
        Cell::from(watchlist.paused),
        Cell::from(watchlist.created_at),
        Cell::from(watchlist.deleted_at),
    ];
    SAVE.rows(tx, vec![cells]).await.map(|_| ())
}

/// Hides it (`Some`) or takes that back (`None`); its listings, rules and alerts are kept.
pub async fn set_deleted(
    tx: &mut Tx,
    id: WatchlistId,
    deleted_at: Option<Timestamp>,
) -> Result<(), StoreError> {
    let found = get(tx, id).await?.ok_or(StoreError::NotFound { what: "the watchlist" })?;
    save(tx, &Watchlist { deleted_at, ..found }).await
}

fn from_cells(mut cells: Cells) -> Result<Watchlist, StoreError> {
    Ok(Watchlist {
        id: cells.id()?,
        name: cells.text()?,
        query: cells.text()?,
        sources: cells.document()?,
        interval_minutes: cells.opt_number()?,
        paused: cells.flag()?,
        created_at: cells.at()?,
        deleted_at: cells.opt_at()?,
    })
}

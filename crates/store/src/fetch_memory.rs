//! Table `fetch_memory`: what the fetcher remembers across restarts, as its own JSON documents.

use watches_core::time::Timestamp;

use crate::{
    Read, StoreError, Tx,
    batch::Insert,
    cell::{Cell, Cells},
};

const TABLE: &str = "fetch_memory";

/// One remembered document: a host's token bucket, robots.txt or breaker, an address's validators.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Memory {
    /// The fetcher's word for what it is: `host`, `robots`, `validators`.
    pub kind: String,
    /// The host or address.
    pub key: String,
    /// JSON text, opaque to the store.
    pub document: String,
    pub updated_at: Timestamp,
}

const ALL: &str =
    "select kind, key, document, updated_at, digest from fetch_memory order by kind, key";

pub async fn all(read: &mut Read) -> Result<Vec<Memory>, StoreError> {
    let seal = read.seal();
    let rows = sqlx::query(ALL).fetch_all(read.connection()).await?;
    rows.iter().map(|row| from_cells(Cells::open(TABLE, &seal, row)?)).collect()
}

const GET: &str =
    "select kind, key, document, updated_at, digest from fetch_memory where kind = ?1 and key = ?2";

pub async fn get(read: &mut Read, kind: &str, key: &str) -> Result<Option<Memory>, StoreError> {
    let seal = read.seal();
    let query = sqlx::query(GET).bind(kind.to_owned()).bind(key.to_owned());
    let row = query.fetch_optional(read.connection()).await?;
    row.map(|row| from_cells(Cells::open(TABLE, &seal, &row)?)).transpose()
}

const SAVE: Insert = Insert {
    table: TABLE,
    into: "insert into fetch_memory (kind, key, document, updated_at, digest) values",
    on_conflict: "on conflict (kind, key) do update set document = excluded.document, \
        updated_at = excluded.updated_at, digest = excluded.digest",
};

/// Adds them, or changes all of each.
pub async fn save(tx: &mut Tx, memories: &[Memory]) -> Result<(), StoreError> {
    let rows = memories.iter().map(|memory| {
        vec![
            Cell::from(&memory.kind),
            Cell::from(&memory.key),
            Cell::from(&memory.document),
            Cell::from(memory.updated_at),
        ]
    });
    SAVE.rows(tx, rows.collect()).await.map(|_| ())
}

const FORGET: &str = "delete from fetch_memory where updated_at < ?1";

/// Forgets what was not touched since then; answers how many.
pub async fn forget_before(tx: &mut Tx, since: Timestamp) -> Result<u64, StoreError> {
    let done = sqlx::query(FORGET).bind(since.0).execute(tx.connection()).await?;
    Ok(done.rows_affected())
}

fn from_cells(mut cells: Cells) -> Result<Memory, StoreError> {
    Ok(Memory {
        kind: cells.text()?,
        key: cells.text()?,
        document: cells.text()?,
        updated_at: cells.at()?,
    })
}

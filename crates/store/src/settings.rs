//! Table `settings`: the person's choices and the app's small memories, as JSON documents by key.

use crate::{
    Read, StoreError, Tx,
    batch::Insert,
    cell::{Cell, Cells},
};

const TABLE: &str = "settings";

const GET: &str = "select key, document, digest from settings where key = ?1";

/// The JSON text under a key.
pub async fn get(read: &mut Read, key: &str) -> Result<Option<String>, StoreError> {
    let seal = read.seal();
    let row = sqlx::query(GET).bind(key.to_owned()).fetch_optional(read.connection()).await?;
    let Some(row) = row else { return Ok(None) };
    let mut cells = Cells::open(TABLE, &seal, &row)?;
    cells.text()?;
    cells.text().map(Some)
}

const PUT: Insert = Insert {
    table: TABLE,
    into: "insert into settings (key, document, digest) values",
    on_conflict: "on conflict (key) do update set document = excluded.document, \
        digest = excluded.digest",
};

/// Puts a JSON text under a key.
pub async fn put(tx: &mut Tx, key: &str, document: &str) -> Result<(), StoreError> {
    PUT.rows(tx, vec![vec![Cell::from(key), Cell::from(document)]]).await.map(|_| ())
}

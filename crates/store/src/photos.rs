//! Table `photos`: which addresses are cached as which file. The files are the app's.

use watches_core::time::Timestamp;

use crate::{
    Read, StoreError, Tx,
    batch::Insert,
    cell::{Cell, Cells},
};

const TABLE: &str = "photos";

/// One cached photo.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Photo {
    pub url: String,
    /// Hash of its bytes, in hexadecimal: the name of its file.
    pub hash: String,
    /// `image/jpeg`.
    pub media_type: String,
    pub bytes: i64,
    pub fetched_at: Timestamp,
}

const BY_URL: &str =
    "select url, hash, media_type, bytes, fetched_at, digest from photos where url = ?1";

pub async fn by_url(read: &mut Read, url: &str) -> Result<Option<Photo>, StoreError> {
    one(read, BY_URL, url).await
}

const BY_HASH: &str =
    "select url, hash, media_type, bytes, fetched_at, digest from photos where hash = ?1 limit 1";

pub async fn by_hash(read: &mut Read, hash: &str) -> Result<Option<Photo>, StoreError> {
    one(read, BY_HASH, hash).await
}

async fn one(read: &mut Read, sql: &'static str, key: &str) -> Result<Option<Photo>, StoreError> {
    let seal = read.seal();
    let row = sqlx::query(sql).bind(key.to_owned()).fetch_optional(read.connection()).await?;
    row.map(|row| from_cells(Cells::open(TABLE, &seal, &row)?)).transpose()
}

const SAVE: Insert = Insert {
    table: TABLE,
    into: "insert into photos (url, hash, media_type, bytes, fetched_at, digest) values",
    on_conflict: "on conflict (url) do update set hash = excluded.hash, \
        media_type = excluded.media_type, bytes = excluded.bytes, \
        fetched_at = excluded.fetched_at, digest = excluded.digest",
};

/// Adds it, or changes all of it.
pub async fn save(tx: &mut Tx, photo: &Photo) -> Result<(), StoreError> {
    let cells = vec![
        Cell::from(&photo.url),
        Cell::from(&photo.hash),
        Cell::from(&photo.media_type),
        Cell::from(photo.bytes),
        Cell::from(photo.fetched_at),
    ];
    SAVE.rows(tx, vec![cells]).await.map(|_| ())
}

fn from_cells(mut cells: Cells) -> Result<Photo, StoreError> {
    Ok(Photo {
        url: cells.text()?,
        hash: cells.text()?,
        media_type: cells.text()?,
        bytes: cells.int()?,
        fetched_at: cells.at()?,
    })
}

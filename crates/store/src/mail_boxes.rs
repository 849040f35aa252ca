//! Table `mail_boxes`: where a mail source's messages lie, and how far they were read.

use watches_core::time::Timestamp;

use crate::{
    Read, StoreError, Tx,
    batch::Insert,
    cell::{Cell, Cells},
};

const TABLE: &str = "mail_boxes";

/// The part of a mail source that is not in `sources`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct MailBox {
    /// The source's key.
    pub source: String,
    /// Folder or account, as the app's JSON document.
    pub place: String,
    /// How far it was read, as the app's JSON document.
    pub cursor: String,
    /// The source is gone; the row waits for the removal to be undone.
    pub removed_at: Option<Timestamp>,
}

const ALL: &str =
    "select source, place, cursor, removed_at, digest from mail_boxes order by source";

pub async fn all(read: &mut Read) -> Result<Vec<MailBox>, StoreError> {
    let seal = read.seal();
    let rows = sqlx::query(ALL).fetch_all(read.connection()).await?;
    rows.iter().map(|row| from_cells(Cells::open(TABLE, &seal, row)?)).collect()
}

const GET: &str =
    "select source, place, cursor, removed_at, digest from mail_boxes where source = ?1";

pub async fn get(read: &mut Read, source: &str) -> Result<Option<MailBox>, StoreError> {
    let seal = read.seal();
    let row = sqlx::query(GET).bind(source.to_owned()).fetch_optional(read.connection()).await?;
    row.map(|row| from_cells(Cells::open(TABLE, &seal, &row)?)).transpose()
}

const SAVE: Insert = Insert {
    table: TABLE,
    into: "insert into mail_boxes (source, place, cursor, removed_at, digest) values",
    on_conflict: "on conflict (source) do update set place = excluded.place, \
        cursor = excluded.cursor, removed_at = excluded.removed_at, digest = excluded.digest",
};

/// Adds it, or changes all of it.
pub async fn save(tx: &mut Tx, mail_box: &MailBox) -> Result<(), StoreError> {
    let cells = vec![
        Cell::from(&mail_box.source),
        Cell::from(&mail_box.place),
        Cell::from(&mail_box.cursor),
        Cell::from(mail_box.removed_at),
    ];
    SAVE.rows(tx, vec![cells]).await.map(|_| ())
}

const REMOVE: &str = "delete from mail_boxes where source = ?1";

/// Forgets it for good.
pub async fn remove(tx: &mut Tx, source: &str) -> Result<(), StoreError> {
    sqlx::query(REMOVE).bind(source.to_owned()).execute(tx.connection()).await?;
    Ok(())
}

fn from_cells(mut cells: Cells) -> Result<MailBox, StoreError> {
    Ok(MailBox {
        source: cells.text()?,
        place: cells.text()?,
        cursor: cells.text()?,
        removed_at: cells.opt_at()?,
    })
}

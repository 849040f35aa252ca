//! Table `quarantine`: messages of markets that no reader understood, kept until a person or a newer
//! version deals with them.

use watches_core::time::Timestamp;

use crate::{
    Read, StoreError, Tx,
    batch::Insert,
    cell::{Cell, Cells},
};

const TABLE: &str = "quarantine";

/// A message nobody could read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Quarantined {
    /// A UUIDv7.
    pub id: String,
    /// The key of the source it came by.
    pub source: String,
    /// Of the whole message, in hex.
    pub hash: String,
    pub sender: String,
    pub subject: String,
    pub sent_at: Option<Timestamp>,
    pub taken_at: Timestamp,
    /// One sentence.
    pub why: String,
    /// The message's size, kept or not.
    pub bytes: u32,
    /// In base64; `None` when it was too large to keep or is gone for good.
    pub message: Option<String>,
    pub deleted_at: Option<Timestamp>,
}

macro_rules! select {
    ($rest:literal) => {
        concat!(
            "select id, source, hash, sender, subject, sent_at, taken_at, why, bytes, message, \
             deleted_at, digest from quarantine ",
            $rest
        )
    };
}

/// Those that are not deleted, the newest first, at most so many.
pub async fn list(read: &mut Read, limit: u32) -> Result<Vec<Quarantined>, StoreError> {
    let seal = read.seal();
    let sql = select!("where deleted_at is null order by taken_at desc, id desc limit ?1");
    let rows = sqlx::query(sql).bind(limit).fetch_all(read.connection()).await?;
    rows.iter().map(|row| from_cells(Cells::open(TABLE, &seal, row)?)).collect()
}

pub async fn get(read: &mut Read, id: &str) -> Result<Option<Quarantined>, StoreError> {
    let seal = read.seal();
    let query = sqlx::query(select!("where id = ?1")).bind(id.to_owned());
    let row = query.fetch_optional(read.connection()).await?;
    row.map(|row| from_cells(Cells::open(TABLE, &seal, &row)?)).transpose()
}

const KNOWN: &str = "select count(*) from quarantine where hash = ?1";

/// Whether this very message was taken before, deleted or not.
pub async fn is_known(read: &mut Read, hash: &str) -> Result<bool, StoreError> {
    let query = sqlx::query_scalar::<_, i64>(KNOWN).bind(hash.to_owned());
    Ok(query.fetch_one(read.connection()).await? > 0)
}

const SAVE: Insert = Insert {
    table: TABLE,
    into: "insert into quarantine (id, source, hash, sender, subject, sent_at, taken_at, why, bytes, \
        message, deleted_at, digest) values",
    on_conflict: "on conflict (id) do update set why = excluded.why, message = excluded.message, \
        deleted_at = excluded.deleted_at, digest = excluded.digest",
};

/// Adds it, or changes why, message and deletion.
pub async fn save(tx: &mut Tx, one: &Quarantined) -> Result<(), StoreError> {
    let cells = vec![
        Cell::from(&one.id),
        Cell::from(&one.source),
        Cell::from(&one.hash),
        Cell::from(&one.sender),
        Cell::from(&one.subject),
        Cell::from(one.sent_at),
        Cell::from(one.taken_at),
        Cell::from(&one.why),
        Cell::from(one.bytes),
        Cell::from(one.message.clone()),
        Cell::from(one.deleted_at),
    ];
    SAVE.rows(tx, vec![cells]).await.map(|_| ())
}

const OVERFLOW: &str =
    select!("where message is not null order by taken_at desc, id desc limit -1 offset ?1");
const DELETED: &str = select!("where message is not null and deleted_at < ?1");

/// Drops the messages of rows deleted before `since` and of all beyond the newest `most`; the rows
/// themselves stay, so that the messages are not taken again.
pub async fn tidy(tx: &mut Tx, since: Timestamp, most: u32) -> Result<(), StoreError> {
    let seal = tx.seal();
    let mut rows = sqlx::query(DELETED).bind(since.0).fetch_all(tx.connection()).await?;
    rows.extend(sqlx::query(OVERFLOW).bind(most).fetch_all(tx.connection()).await?);
    for row in rows {
        let old = from_cells(Cells::open(TABLE, &seal, &row)?)?;
        let deleted_at = old.deleted_at.or(Some(since));
        save(tx, &Quarantined { message: None, deleted_at, ..old }).await?;
    }
    Ok(())
}

fn from_cells(mut cells: Cells) -> Result<Quarantined, StoreError> {
    Ok(Quarantined {
        id: cells.text()?,
        source: cells.text()?,
        hash: cells.text()?,
        sender: cells.text()?,
        subject: cells.text()?,
        sent_at: cells.opt_at()?,
        taken_at: cells.at()?,
        why: cells.text()?,
        bytes: cells.number()?,
        message: cells.opt_text()?,
        deleted_at: cells.opt_at()?,
    })
}

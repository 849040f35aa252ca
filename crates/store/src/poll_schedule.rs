//! Table `poll_schedule`: when each watchlist asks each source next.

use watches_core::{id::WatchlistId, time::Timestamp};

use crate::{
    Read, StoreError, Tx,
    batch::Insert,
    cell::{Cell, Cells},
};

const TABLE: &str = "poll_schedule";

/// One watchlist's appointment with one source.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Appointment {
    pub watchlist: WatchlistId,
    pub source: String,
    pub next_at: Timestamp,
    /// The last poll, whatever came of it.
    pub last_at: Option<Timestamp>,
    /// Polls failed in a row.
    pub failures: u32,
}

const ALL: &str = "select s.watchlist, s.source, s.next_at, s.last_at, s.failures, s.digest \
    from poll_schedule s join watchlists w on w.id = s.watchlist where w.deleted_at is null \
    order by s.next_at, s.watchlist, s.source";

/// Those of watchlists that are not deleted, the next first.
pub async fn all(read: &mut Read) -> Result<Vec<Appointment>, StoreError> {
    let seal = read.seal();
    let rows = sqlx::query(ALL).fetch_all(read.connection()).await?;
    rows.iter().map(|row| from_cells(Cells::open(TABLE, &seal, row)?)).collect()
}

const SAVE: Insert = Insert {
    table: TABLE,
    into: "insert into poll_schedule (watchlist, source, next_at, last_at, failures, digest) values",
    on_conflict: "on conflict (watchlist, source) do update set next_at = excluded.next_at, \
        last_at = excluded.last_at, failures = excluded.failures, digest = excluded.digest",
};

/// Adds them, or changes all of each.
pub async fn save(tx: &mut Tx, appointments: &[Appointment]) -> Result<(), StoreError> {
    let rows = appointments.iter().map(|one| {
        vec![
            Cell::from(one.watchlist.to_string()),
            Cell::from(&one.source),
            Cell::from(one.next_at),
            Cell::from(one.last_at),
            Cell::from(one.failures),
        ]
    });
    SAVE.rows(tx, rows.collect()).await.map(|_| ())
}

const REMOVE: &str = "delete from poll_schedule where watchlist = ?1 and source = ?2";

/// Takes an appointment back: the watchlist no longer asks that source.
pub async fn remove(tx: &mut Tx, watchlist: WatchlistId, source: &str) -> Result<(), StoreError> {
    let query = sqlx::query(REMOVE).bind(watchlist.to_string()).bind(source.to_owned());
    query.execute(tx.connection()).await?;
    Ok(())
}

fn from_cells(mut cells: Cells) -> Result<Appointment, StoreError> {
    Ok(Appointment {
        watchlist: cells.id()?,
        source: cells.text()?,
        next_at: cells.at()?,
        last_at: cells.opt_at()?,
        failures: cells.number()?,
    })
}

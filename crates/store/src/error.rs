//! What can go wrong with a read or a write, told apart by what the person can do about it.

use std::path::PathBuf;

/// A read or write that did not happen. A failed write changed nothing.
#[derive(Debug, thiserror::Error)]
pub enum StoreError {
    #[error("the disk is full: nothing was changed, free some space and try again")]
    DiskFull(#[source] sqlx::Error),
    /// SQLite found the file damaged.
    #[error("the database file is damaged")]
    Corrupt(#[source] sqlx::Error),
    /// A row whose digest does not fit its values, or whose values make no sense: never shown.
    #[error("a row of `{table}` is damaged: {what}")]
    Damaged { table: &'static str, what: &'static str },
    #[error("the database is busy")]
    Busy(#[source] sqlx::Error),
    /// The caller's [`crate::Cancel`] was tripped.
    #[error("the query was cancelled")]
    Cancelled,
    #[error("the disk did not do as asked")]
    Disk(#[source] sqlx::Error),
    #[error("{what} is not in the store")]
    NotFound { what: &'static str },
    /// A document could not be turned into text or back.
    #[error("a document of `{table}` is not of the form")]
    Document { table: &'static str, source: serde_json::Error },
    #[error("{path} could not be read or written")]
    File { path: PathBuf, source: std::io::Error },
    #[error("the database refused a statement")]
    Sql(#[source] sqlx::Error),
}

/// SQLite's primary result codes, the low byte of its extended ones.
const BUSY: i64 = 5;
const LOCKED: i64 = 6;
const INTERRUPT: i64 = 9;
const IO_ERROR: i64 = 10;
const CORRUPT: i64 = 11;
const FULL: i64 = 13;
const CANNOT_OPEN: i64 = 14;
const NOT_A_DATABASE: i64 = 26;

impl From<sqlx::Error> for StoreError {
    fn from(error: sqlx::Error) -> StoreError {
        match sqlite_code(&error) {
            Some(FULL) => StoreError::DiskFull(error),
            Some(CORRUPT | NOT_A_DATABASE) => StoreError::Corrupt(error),
            Some(BUSY | LOCKED) => StoreError::Busy(error),
            Some(INTERRUPT) => StoreError::Cancelled,
            Some(IO_ERROR | CANNOT_OPEN) => StoreError::Disk(error),
            _ if matches!(error, sqlx::Error::PoolTimedOut | sqlx::Error::PoolClosed) => {
                StoreError::Busy(error)
            }
            _ => StoreError::Sql(error),
        }
    }
}

/// The primary SQLite code behind an error, if SQLite spoke.
pub(crate) fn sqlite_code(error: &sqlx::Error) -> Option<i64> {
    let code = error.as_database_error()?.code()?.parse::<i64>().ok()?;
    Some(code & 0xff)
}

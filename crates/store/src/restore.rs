//! Putting a backup in the store's place, so that a crash at any moment leaves one or the other, whole.
//!
//! The copy first stands beside the store as `.incoming`; from then on the restore is decided, and the next
//! opening finishes what a crash cut short. The replaced files stay among the backups.

use std::{
    fs, io,
    path::{Path, PathBuf},
    sync::PoisonError,
};

use sqlx::{Connection, SqliteConnection, sqlite::SqliteConnectOptions};
use watches_core::time::Timestamp;

use crate::{
    OpenError, Reason, Store, StoreError, backup, files,
    header::{self, APPLICATION_ID, Header},
    migrations::STEPS,
    open,
};

/// Why a backup was not put in place. The store is as it was.
#[derive(Debug, thiserror::Error)]
pub enum RestoreError {
    #[error("{path} is not a backup of Watches.fyi")]
    NotABackup { path: PathBuf },
    #[error("the backup was made by a newer Watches.fyi")]
    TooNew { found: u32, known: u32 },
    #[error("the backup is damaged or could not be copied")]
    Copy(#[source] StoreError),
    #[error("{path} could not be read or written")]
    File { path: PathBuf, source: io::Error },
    #[error("the restored store did not open")]
    Open(#[source] OpenError),
}

impl Store {
    /// Replaces the store's contents by a backup. What was begun before answers `Busy`.
    pub async fn restore(&self, from: &Path, now: Timestamp) -> Result<(), RestoreError> {
        stage(&self.path, from).await?;
        self.close().await;
        let file = |source| RestoreError::File { path: self.path.clone(), source };
        finish(&self.path, now).map_err(file)?;
        let found = match header::read(&self.path).map_err(file)? {
            Header::Database { version, wal, .. } => open::Found { version, wal },
            Header::Missing | Header::Empty | Header::NotADatabase => open::Found::default(),
        };
        let pools =
            open::connect(&self.path, STEPS, found, now).await.map_err(RestoreError::Open)?;
        *self.pools.write().unwrap_or_else(PoisonError::into_inner) = pools;
        self.generation.fetch_add(1, std::sync::atomic::Ordering::AcqRel);
        Ok(())
    }
}

/// Puts a backup in the place of a store that does not open, or is not open.
pub async fn restore(database: &Path, from: &Path, now: Timestamp) -> Result<(), RestoreError> {
    stage(database, from).await?;
    finish(database, now).map_err(|source| RestoreError::File { path: database.to_owned(), source })
}

/// Checks the backup and copies it whole beside the store.
async fn stage(database: &Path, from: &Path) -> Result<(), RestoreError> {
    let file = |source| RestoreError::File { path: from.to_owned(), source };
    match header::read(from).map_err(file)? {
        Header::Database { version: found, .. } if found > STEPS.current() => {
            return Err(RestoreError::TooNew { found, known: STEPS.current() });
        }
        Header::Database { application_id: APPLICATION_ID, .. } => {}
        Header::Database { .. } | Header::Missing | Header::Empty | Header::NotADatabase => {
            return Err(RestoreError::NotABackup { path: from.to_owned() });
        }
    }
    let copied = async {
        let options = SqliteConnectOptions::new().filename(from).pragma("trusted_schema", "off");
        let mut connection = SqliteConnection::connect_with(&options).await?;
        backup::copy(&mut connection, &incoming(database)).await?;
        connection.close().await?;
        Ok::<(), StoreError>(())
    };
    copied.await.map_err(RestoreError::Copy)
}

/// If a restore was decided, carries it out: the present files step aside, the new one takes the name.
pub(crate) fn finish(database: &Path, now: Timestamp) -> io::Result<()> {
    let incoming = incoming(database);
    if !incoming.exists() {
        return Ok(());
    }
    fs::create_dir_all(backup::folder(database))?;
    let aside = backup::free_name(database, Reason::BeforeRestore, now);
    // The log goes first: a database without its log is older, a log without its database is nothing.
    for suffix in ["-wal", "-shm", ""] {
        let present = files::beside(database, suffix);
        if present.exists() {
            fs::rename(&present, files::beside(&aside, suffix))?;
        }
    }
    files::sync_folder_of(&aside)?;
    fs::rename(&incoming, database)?;
    files::sync_folder_of(database)
}

fn incoming(database: &Path) -> PathBuf {
    files::beside(database, ".incoming")
}

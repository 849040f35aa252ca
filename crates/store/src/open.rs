//! Opening the store: lock, look, migrate, and only then hand it out.
//!
//! Whatever is wrong has a name in [`OpenError`], and the file is left as it was.

use std::{
    path::{Path, PathBuf},
    sync::{Arc, RwLock, atomic::AtomicU64},
    time::Duration,
};

use sqlx::{
    Connection, Row, Sqlite, SqliteConnection, SqlitePool,
    pool::PoolConnection,
    sqlite::{SqliteConnectOptions, SqliteJournalMode, SqlitePoolOptions, SqliteSynchronous},
};
use tokio::sync::Mutex;
use watches_core::time::Timestamp;

use crate::{
    Backup, Read, Store, StoreError, backup,
    digest::Seal,
    files,
    header::{self, APPLICATION_ID, Header},
    identity,
    listings::{cancel::Stop, totals::Totals},
    lock::{Lock, Refused},
    migrations::{STEPS, Steps},
    restore,
    store::{Pools, Table},
};

/// Readers beside the writer; the window asks for rows and their count at once.
const READERS: u32 = 4;

/// Why a store did not open. The file is as it was.
#[derive(Debug, thiserror::Error)]
pub enum OpenError {
    #[error("another Watches.fyi has this store open")]
    InUse,
    #[error("this store was made by a newer Watches.fyi (version {found}; this one reads {known})")]
    TooNew { found: u32, known: u32 },
    #[error("the store is damaged: {reason}")]
    Corrupt {
        reason: String,
        /// What can be put in its place, newest first.
        backups: Vec<Backup>,
    },
    #[error("the disk is full")]
    DiskFull(#[source] sqlx::Error),
    #[error("{path} could not be read or written")]
    File { path: PathBuf, source: std::io::Error },
    /// The steps failed; the file is as before, and a backup of it lies beside it.
    #[error("the store could not be brought to this version")]
    Migration { backup: Option<PathBuf>, source: StoreError },
    #[error("the store could not be opened")]
    Store(#[source] StoreError),
}

impl Store {
    /// Opens the database at `path`, making it if it is not there, and brings it to this version.
    pub async fn open(path: &Path, now: Timestamp) -> Result<Store, OpenError> {
        let file = |source| OpenError::File { path: path.to_owned(), source };
        if let Some(folder) = path.parent() {
            std::fs::create_dir_all(folder).map_err(file)?;
        }
        let lock = Lock::take(path).map_err(|refused| match refused {
            Refused::HeldByAnother => OpenError::InUse,
            Refused::Io(source) => file(source),
        })?;
        restore::finish(path, now).map_err(file)?;
        let found = look(path, STEPS)?;
        let pools = connect(path, STEPS, found, now).await?;
        Ok(Store {
            path: path.to_owned(),
            pools: RwLock::new(pools),
            generation: Arc::new(AtomicU64::new(0)),
            totals: Totals::default(),
            _lock: lock,
        })
    }
}

/// What the header of a file that may be ours says.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(crate) struct Found {
    pub version: u32,
    /// See [`Header::Database`].
    pub wal: bool,
}

/// The version in the file's header, or why it cannot be ours. Does not change the file.
fn look(path: &Path, steps: Steps) -> Result<Found, OpenError> {
    let file = |source| OpenError::File { path: path.to_owned(), source };
    match header::read(path).map_err(file)? {
        Header::Missing => Ok(Found::default()),
        Header::Empty => {
            // A first start cut short leaves an empty file; a store with a past does not become one.
            match backup::list(path).map_err(file)?.is_empty() && !has_log(path) {
                true => Ok(Found::default()),
                false => Err(corrupt(path, "the file is empty".to_owned())),
            }
        }
        Header::NotADatabase => Err(corrupt(path, "it is not a database".to_owned())),
        Header::Database { version, .. } if version > steps.current() => {
            Err(OpenError::TooNew { found: version, known: steps.current() })
        }
        Header::Database { application_id: APPLICATION_ID, version, wal, .. } => {
            Ok(Found { version, wal })
        }
        // A first start cut short before its tables were there.
        Header::Database { version: 0, pages: 0..=1, .. } => Ok(Found::default()),
        Header::Database { .. } => Err(corrupt(path, "it is another program's".to_owned())),
    }
}

/// Opens the pools on a file that looked right, after migrating it. The writer's connection does so, and
/// stays.
pub(crate) async fn connect(
    path: &Path,
    steps: Steps,
    found: Found,
    now: Timestamp,
) -> Result<Pools, OpenError> {
    let options = options(path);
    let log = has_log(path);
    let writer = SqlitePoolOptions::new()
        .max_connections(1)
        .acquire_timeout(Duration::from_secs(60))
        .test_before_acquire(false)
        .idle_timeout(None)
        .max_lifetime(None)
        // Ten thousand listings in one transaction touch more pages than a reader ever needs at once.
        .connect_lazy_with(options.clone().pragma("cache_size", "-65536"));
    let readers = readers(options);
    let prepared = prepare(path, steps, &writer, (found.version, log), now);
    // A store of this version needs no migration: the window's reader opens while the writer looks. A
    // restored one is no WAL file yet; two connections that both make it one lock each other out.
    let (prepared, table) = match found.version == steps.current() && found.wal && !log {
        true => tokio::join!(prepared, open_table(&readers)),
        false => (prepared.await, Ok(None)),
    };
    let table = table.map_err(|error| Stopped::Store(error.into()));
    match prepared.and_then(|seal| Ok((seal, table?))) {
        Ok((seal, table)) => {
            let table =
                table.map(|(connection, stop)| Table { read: Read::new(connection, seal), stop });
            Ok(Pools { writer, readers, table: Arc::new(Mutex::new(table)), seal })
        }
        Err(stopped) => {
            readers.close().await;
            writer.close().await;
            Err(name(path, steps, stopped))
        }
    }
}

fn readers(options: SqliteConnectOptions) -> SqlitePool {
    let reading = options.create_if_missing(false).pragma("query_only", "on");
    SqlitePoolOptions::new()
        .max_connections(READERS)
        .acquire_timeout(Duration::from_secs(30))
        .test_before_acquire(false)
        .max_lifetime(None)
        .after_release(|connection, _| {
            Box::pin(async move {
                // The flag of a query that was given up shall not stop another's.
                connection.lock_handle().await?.remove_progress_handler();
                Ok(true)
            })
        })
        .connect_lazy_with(reading)
}

/// The reader of the window's table, ahead of its first question.
async fn open_table(
    readers: &SqlitePool,
) -> Result<Option<(PoolConnection<Sqlite>, Stop)>, sqlx::Error> {
    let mut connection = readers.acquire().await?;
    let stop = Stop::default();
    stop.install(&mut connection).await?;
    Ok(Some((connection, stop)))
}

/// How every connection is opened (rules of the store: durable, checked, trusting nothing).
pub(crate) fn options(path: &Path) -> SqliteConnectOptions {
    SqliteConnectOptions::new()
        .filename(path)
        .create_if_missing(true)
        .page_size(8192)
        .journal_mode(SqliteJournalMode::Wal)
        .synchronous(SqliteSynchronous::Full)
        .foreign_keys(true)
        .busy_timeout(Duration::from_secs(5))
        .pragma("trusted_schema", "off")
        .pragma("cell_size_check", "on")
        .pragma("temp_store", "memory")
        .pragma("cache_size", "-16384")
        // A mapped page is checked anew at each look; one in the cache only when it is read.
        .pragma("mmap_size", "0")
        .statement_cache_capacity(128)
        // A page of the table crosses from SQLite's thread in one go.
        .row_buffer_size(512)
}

/// What stopped the preparation.
enum Stopped {
    TooNew(u32),
    Store(StoreError),
    Migration { backup: Option<PathBuf>, source: StoreError },
}

impl<E: Into<StoreError>> From<E> for Stopped {
    fn from(error: E) -> Stopped {
        Stopped::Store(error.into())
    }
}

/// Migrates if need be, and reads the store's identity.
async fn prepare(
    path: &Path,
    steps: Steps,
    writer: &SqlitePool,
    (header_version, log): (u32, bool),
    now: Timestamp,
) -> Result<Seal, Stopped> {
    let mut connection = writer.acquire().await?;
    if header_version == steps.current() && !log {
        return Ok(identity::seal(&mut connection).await?);
    }
    // The log may hold a newer header than the file does.
    let row = sqlx::query("pragma user_version").fetch_one(&mut *connection).await?;
    let version: u32 = row.try_get_unchecked::<i64, _>(0)?.try_into().unwrap_or(u32::MAX);
    match version.max(header_version) {
        newer if newer > steps.current() => Err(Stopped::TooNew(newer)),
        same if same == steps.current() => Ok(identity::seal(&mut connection).await?),
        older => migrate(path, steps, &mut connection, older, now).await,
    }
}

async fn migrate(
    path: &Path,
    steps: Steps,
    connection: &mut SqliteConnection,
    version: u32,
    now: Timestamp,
) -> Result<Seal, Stopped> {
    let backup = match version {
        0 => None,
        _ => Some(backup::make(connection, path, backup::Reason::BeforeMigration, now).await?.path),
    };
    let migrated = run_steps(path, steps, connection, version, now).await;
    let seal = migrated.map_err(|source| Stopped::Migration { backup, source })?;
    // The header on disk tells the version to programs that look before they open.
    sqlx::raw_sql("pragma wal_checkpoint(truncate)").execute(connection).await?;
    Ok(seal)
}

async fn run_steps(
    path: &Path,
    steps: Steps,
    connection: &mut SqliteConnection,
    version: u32,
    now: Timestamp,
) -> Result<Seal, StoreError> {
    let mut tx = connection.begin_with("begin immediate").await?;
    steps.run(&mut tx, version).await?;
    let seal = match version {
        0 => identity::create(&mut tx, &path.to_string_lossy(), now).await?,
        _ => identity::seal(&mut tx).await?,
    };
    tx.commit().await?;
    Ok(seal)
}

/// Turns what stopped the preparation into what the person is told.
fn name(path: &Path, steps: Steps, stopped: Stopped) -> OpenError {
    match stopped {
        Stopped::TooNew(found) => OpenError::TooNew { found, known: steps.current() },
        Stopped::Store(StoreError::DiskFull(source))
        | Stopped::Migration { source: StoreError::DiskFull(source), .. } => {
            OpenError::DiskFull(source)
        }
        Stopped::Store(error @ (StoreError::Corrupt(_) | StoreError::Damaged { .. }))
        | Stopped::Migration {
            source: error @ (StoreError::Corrupt(_) | StoreError::Damaged { .. }),
            ..
        } => corrupt(path, error.to_string()),
        Stopped::Store(error) => OpenError::Store(error),
        Stopped::Migration { backup, source } => OpenError::Migration { backup, source },
    }
}

fn corrupt(path: &Path, reason: String) -> OpenError {
    OpenError::Corrupt { reason, backups: backup::list(path).unwrap_or_default() }
}

fn has_log(path: &Path) -> bool {
    files::beside(path, "-wal").metadata().is_ok_and(|log| log.len() > 0)
}

#[cfg(test)]
mod tests {
    use sqlx::Executor;

    use super::*;
    use crate::settings;

    const NOW: Timestamp = Timestamp(1_793_491_200_000_000);

    /// Today's steps and some after them.
    fn steps_and(more: &[&'static str]) -> Steps {
        Steps([STEPS.0, more].concat().leak())
    }

    /// A closed store of today's version with one setting.
    async fn made(path: &Path) -> Vec<u8> {
        let store = Store::open(path, NOW).await.expect("opens");
        let mut tx = store.write().await.expect("a transaction");
        settings::put(&mut tx, "settings", "{}").await.expect("put");
        tx.commit().await.expect("committed");
        store.close().await;
        std::fs::read(path).expect("the file")
    }

    async fn opened_with(path: &Path, steps: Steps) -> Result<Pools, OpenError> {
        let found = look(path, steps)?;
        connect(path, steps, found, NOW).await
    }

    #[tokio::test]
    async fn a_step_runs_once_after_a_backup_and_an_older_program_then_refuses() {
        let next = steps_and(&["alter table settings add column note text;"]);
        let folder = tempfile::tempdir().expect("a folder");
        let path = folder.path().join("watches.sqlite");
        made(&path).await;
        for _ in 0..2 {
            let pools = opened_with(&path, next).await.expect("migrates");
            let query = "select key from settings where note is null";
            let rows = pools.writer.fetch_all(query).await.expect("read");
            assert_eq!(rows.len(), 1);
            pools.writer.close().await;
        }
        let backups = backup::list(&path).expect("listed");
        assert_eq!(backups.len(), 1, "one migration, one backup");
        let before = std::fs::read(&path).expect("the file");
        let refused = opened_with(&path, STEPS).await;
        let Err(OpenError::TooNew { found, known }) = refused else { panic!("{refused:?}") };
        assert_eq!((found, known), (STEPS.current() + 1, STEPS.current()));
        assert_eq!(std::fs::read(&path).expect("the file"), before);
    }

    #[tokio::test]
    async fn a_step_that_fails_leaves_the_file_as_it_was() {
        let broken =
            steps_and(&["create table more (a text) strict;", "create table more (b text);"]);
        let folder = tempfile::tempdir().expect("a folder");
        let path = folder.path().join("watches.sqlite");
        let before = made(&path).await;
        let refused = opened_with(&path, broken).await;
        let Err(OpenError::Migration { backup: Some(backup), .. }) = refused else {
            panic!("{refused:?}");
        };
        assert!(backup.exists());
        assert_eq!(std::fs::read(&path).expect("the file"), before);
        Store::open(&path, NOW).await.expect("still opens").close().await;
    }

    #[tokio::test]
    async fn a_restored_copy_is_known_to_be_no_wal_file_yet() {
        let folder = tempfile::tempdir().expect("a folder");
        let path = folder.path().join("watches.sqlite");
        let store = Store::open(&path, NOW).await.expect("opens");
        let backup = store.back_up(backup::Reason::Asked, NOW).await.expect("backed up");
        store.close().await;
        drop(store);
        let version = STEPS.current();
        assert_eq!(look(&path, STEPS).expect("ours"), Found { version, wal: true });
        assert_eq!(look(&backup.path, STEPS).expect("ours"), Found { version, wal: false });
        restore::restore(&path, &backup.path, NOW).await.expect("put in place");
        assert_eq!(look(&path, STEPS).expect("ours"), Found { version, wal: false });
        Store::open(&path, NOW).await.expect("opens").close().await;
        assert_eq!(look(&path, STEPS).expect("ours"), Found { version, wal: true });
    }

    #[tokio::test]
    async fn every_past_version_comes_up_to_this_one() {
        for version in 1..STEPS.0.len() {
            let folder = tempfile::tempdir().expect("a folder");
            let path = folder.path().join("watches.sqlite");
            let past = Steps(&STEPS.0[..version]);
            let pools = opened_with(&path, past).await.expect("made");
            pools.writer.close().await;
            pools.readers.close().await;
            let store = Store::open(&path, NOW).await.expect("comes up");
            let health = store.examine().await.expect("examined");
            assert_eq!((health.version, health.problems), (STEPS.current(), Vec::new()));
            store.close().await;
        }
    }

    #[tokio::test]
    async fn another_programs_database_is_refused_and_untouched() {
        let folder = tempfile::tempdir().expect("a folder");
        let path = folder.path().join("watches.sqlite");
        let options = SqliteConnectOptions::new().filename(&path).create_if_missing(true);
        let mut other = SqliteConnection::connect_with(&options).await.expect("opens");
        other.execute("create table notes (text text)").await.expect("made");
        other.close().await.expect("closes");
        let before = std::fs::read(&path).expect("the file");
        let refused = opened_with(&path, STEPS).await;
        assert!(matches!(refused, Err(OpenError::Corrupt { .. })), "{refused:?}");
        assert_eq!(std::fs::read(&path).expect("the file"), before);
    }
}

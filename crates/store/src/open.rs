//! Opening the store: lock, look, migrate, and only then hand it out.
//!
//! Whatever is wrong has a name in [`OpenError`], and the file is left as it was.

use std::{
    path::{Path, PathBuf},
    sync::{Arc, RwLock, atomic::AtomicU64},
    time::Duration,
};

use sqlx::{
    Connection, Row, SqliteConnection, SqlitePool,
    sqlite::{SqliteConnectOptions, SqliteJournalMode, SqlitePoolOptions, SqliteSynchronous},
};
use watches_core::time::Timestamp;

use crate::{
    Backup, Store, StoreError, backup,
    digest::Seal,
    files,
    header::{self, APPLICATION_ID, Header},
    identity,
    listings::totals::Totals,
    lock::{Lock, Refused},
    migrations, restore,
    store::Pools,
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
        let version = look(path)?;
        let pools = connect(path, version, now).await?;
        Ok(Store {
            path: path.to_owned(),
            pools: RwLock::new(pools),
            generation: Arc::new(AtomicU64::new(0)),
            totals: Totals::default(),
            _lock: lock,
        })
    }
}

/// The version in the file's header, or why it cannot be ours. Does not change the file.
fn look(path: &Path) -> Result<u32, OpenError> {
    let file = |source| OpenError::File { path: path.to_owned(), source };
    match header::read(path).map_err(file)? {
        Header::Missing => Ok(0),
        Header::Empty => {
            // A first start cut short leaves an empty file; a store with a past does not become one.
            match backup::list(path).map_err(file)?.is_empty() && !has_log(path) {
                true => Ok(0),
                false => Err(corrupt(path, "the file is empty".to_owned())),
            }
        }
        Header::NotADatabase => Err(corrupt(path, "it is not a database".to_owned())),
        Header::Database { version, .. } if version > migrations::CURRENT => {
            Err(OpenError::TooNew { found: version, known: migrations::CURRENT })
        }
        Header::Database { version: 0, .. } => Ok(0),
        Header::Database { application_id: APPLICATION_ID, version } => Ok(version),
        Header::Database { .. } => Err(corrupt(path, "it is another program's".to_owned())),
    }
}

/// Opens the pools on a file that looked right, after migrating it. The writer's connection does so, and
/// stays.
pub(crate) async fn connect(path: &Path, version: u32, now: Timestamp) -> Result<Pools, OpenError> {
    let options = options(path);
    let writer = SqlitePoolOptions::new()
        .max_connections(1)
        .acquire_timeout(Duration::from_secs(60))
        .test_before_acquire(false)
        .idle_timeout(None)
        .max_lifetime(None)
        .connect_lazy_with(options.clone());
    let seal = match prepare(path, &writer, version, now).await {
        Ok(seal) => seal,
        Err(stopped) => {
            writer.close().await;
            return Err(name(path, stopped));
        }
    };
    let readers = SqlitePoolOptions::new()
        .max_connections(READERS)
        .acquire_timeout(Duration::from_secs(30))
        .test_before_acquire(false)
        .max_lifetime(None)
        .after_release(|connection, _| {
            Box::pin(async move {
                connection.lock_handle().await?.remove_progress_handler();
                Ok(true)
            })
        });
    let reading = options.create_if_missing(false).pragma("query_only", "on");
    Ok(Pools { writer, readers: readers.connect_lazy_with(reading), seal })
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
        .pragma("mmap_size", "268435456")
        .statement_cache_capacity(128)
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
    writer: &SqlitePool,
    header_version: u32,
    now: Timestamp,
) -> Result<Seal, Stopped> {
    let mut connection = writer.acquire().await?;
    // The log may hold a newer header than the file does.
    let row = sqlx::query("pragma user_version").fetch_one(&mut *connection).await?;
    let version: u32 = row.try_get_unchecked::<i64, _>(0)?.try_into().unwrap_or(u32::MAX);
    match version.max(header_version) {
        newer if newer > migrations::CURRENT => Err(Stopped::TooNew(newer)),
        migrations::CURRENT => Ok(identity::seal(&mut connection).await?),
        older => migrate(path, &mut connection, older, now).await,
    }
}

async fn migrate(
    path: &Path,
    connection: &mut SqliteConnection,
    version: u32,
    now: Timestamp,
) -> Result<Seal, Stopped> {
    let backup = match version {
        0 => None,
        _ => Some(backup::make(connection, path, backup::Reason::BeforeMigration, now).await?.path),
    };
    let migrated = run_steps(path, connection, version, now).await;
    let seal = migrated.map_err(|source| Stopped::Migration { backup, source })?;
    // The header on disk tells the version to programs that look before they open.
    sqlx::raw_sql("pragma wal_checkpoint(truncate)").execute(connection).await?;
    Ok(seal)
}

async fn run_steps(
    path: &Path,
    connection: &mut SqliteConnection,
    version: u32,
    now: Timestamp,
) -> Result<Seal, StoreError> {
    let mut tx = connection.begin_with("begin immediate").await?;
    migrations::run(&mut tx, version).await?;
    let seal = match version {
        0 => identity::create(&mut tx, &path.to_string_lossy(), now).await?,
        _ => identity::seal(&mut tx).await?,
    };
    tx.commit().await?;
    Ok(seal)
}

/// Turns what stopped the preparation into what the person is told.
fn name(path: &Path, stopped: Stopped) -> OpenError {
    match stopped {
        Stopped::TooNew(found) => OpenError::TooNew { found, known: migrations::CURRENT },
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

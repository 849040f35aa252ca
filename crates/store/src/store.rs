//! The open store: one writer, a few readers, and a counter of what was committed.
//!
//! `app` begins a [`Tx`], calls the table files with it and commits; only then it answers the window.
//! A dropped [`Tx`] changes nothing. Reads see what was committed when they began.

use std::{
    ops::{Deref, DerefMut},
    path::{Path, PathBuf},
    sync::{
        Arc, PoisonError, RwLock,
        atomic::{AtomicU64, Ordering},
    },
};

use sqlx::{Sqlite, SqliteConnection, SqlitePool, Transaction, pool::PoolConnection};
use tokio::sync::Mutex;

use crate::{
    StoreError,
    digest::Seal,
    listings::{cancel::Stop, totals::Totals},
    lock::Lock,
};

/// The desktop's database. Clones of what it hands out may outlive no restore: they answer `Busy`.
#[derive(Debug)]
pub struct Store {
    pub(crate) path: PathBuf,
    pub(crate) pools: RwLock<Pools>,
    /// Rises with every commit; what was computed under an older number is stale.
    pub(crate) generation: Arc<AtomicU64>,
    pub(crate) totals: Totals,
    /// Held for as long as the store is open: one process, one writer.
    pub(crate) _lock: Lock,
}

#[derive(Debug, Clone)]
pub(crate) struct Pools {
    pub(crate) writer: SqlitePool,
    pub(crate) readers: SqlitePool,
    /// The window's table has a reader of its own, so that a keystroke waits for no one but the last one.
    pub(crate) table: Arc<Mutex<Option<Table>>>,
    pub(crate) seal: Seal,
}

impl Store {
    /// Where the database file lies.
    pub fn path(&self) -> &Path {
        &self.path
    }

    /// Waits for the one writer and begins a transaction.
    pub async fn write(&self) -> Result<Tx, StoreError> {
        let pools = self.pools();
        let transaction = pools.writer.begin_with("begin immediate").await?;
        let read = Read { link: Link::Writing(transaction), seal: pools.seal };
        Ok(Tx { read, generation: Arc::clone(&self.generation) })
    }

    /// A connection that sees what is committed, beside the writer.
    pub async fn read(&self) -> Result<Read, StoreError> {
        let pools = self.pools();
        let connection = pools.readers.acquire().await?;
        Ok(Read::new(connection, pools.seal))
    }

    /// Closes every connection; the write-ahead log is folded into the file.
    pub async fn close(&self) {
        let pools = self.pools();
        *pools.table.lock().await = None;
        pools.readers.close().await;
        pools.writer.close().await;
    }

    pub(crate) fn pools(&self) -> Pools {
        self.pools.read().unwrap_or_else(PoisonError::into_inner).clone()
    }

    pub(crate) fn generation(&self) -> u64 {
        self.generation.load(Ordering::Acquire)
    }
}

/// The connection of the window's table, with what may stop its query.
#[derive(Debug)]
pub(crate) struct Table {
    pub(crate) read: Read,
    pub(crate) stop: Stop,
}

/// A connection to read with; table files take it by `&mut`.
pub struct Read {
    link: Link,
    seal: Seal,
}

enum Link {
    Reading(PoolConnection<Sqlite>),
    Writing(Transaction<'static, Sqlite>),
}

impl std::fmt::Debug for Read {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Read")
    }
}

impl Read {
    pub(crate) fn new(connection: PoolConnection<Sqlite>, seal: Seal) -> Read {
        Read { link: Link::Reading(connection), seal }
    }

    pub(crate) fn connection(&mut self) -> &mut SqliteConnection {
        match &mut self.link {
            Link::Reading(connection) => connection,
            Link::Writing(transaction) => transaction,
        }
    }

    pub(crate) fn seal(&self) -> Seal {
        self.seal
    }
}

/// The one write transaction. Reads through it see its own writes.
#[derive(Debug)]
pub struct Tx {
    read: Read,
    generation: Arc<AtomicU64>,
}

impl Tx {
    /// Makes everything durable at once, or nothing. Answer the person after this returned.
    pub async fn commit(self) -> Result<(), StoreError> {
        match self.read.link {
            Link::Writing(transaction) => transaction.commit().await?,
            Link::Reading(_) => {}
        }
        self.generation.fetch_add(1, Ordering::AcqRel);
        Ok(())
    }
}

impl Deref for Tx {
    type Target = Read;

    fn deref(&self) -> &Read {
        &self.read
    }
}

impl DerefMut for Tx {
    fn deref_mut(&mut self) -> &mut Read {
        &mut self.read
    }
}

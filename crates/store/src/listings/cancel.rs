//! Stopping a query that nobody waits for any more: the next keystroke made its answer worthless.

use std::sync::{
    Arc, Mutex, PoisonError,
    atomic::{AtomicBool, Ordering},
};

use sqlx::SqliteConnection;

use crate::StoreError;

/// Virtual machine steps between two looks at the flag: some tens of microseconds.
const STEPS: i32 = 2_000;

/// A flag that stops the queries it was given to. Trip it, or drop nothing: it does not trip itself.
#[derive(Debug, Clone, Default)]
pub struct Cancel(Arc<AtomicBool>);

impl Cancel {
    pub fn new() -> Cancel {
        Cancel::default()
    }

    /// Running queries with this flag end in [`StoreError::Cancelled`].
    pub fn trip(&self) {
        self.0.store(true, Ordering::Release);
    }

    pub fn is_tripped(&self) -> bool {
        self.0.load(Ordering::Acquire)
    }
}

/// What the progress handler of one connection looks at: the flag of the query that runs on it.
#[derive(Debug, Clone, Default)]
pub(crate) struct Stop(Arc<Mutex<Cancel>>);

impl Stop {
    /// Lets what is put here stop the connection's queries.
    pub(crate) async fn install(
        &self,
        connection: &mut SqliteConnection,
    ) -> Result<(), sqlx::Error> {
        let stop = self.clone();
        let mut handle = connection.lock_handle().await?;
        handle.set_progress_handler(STEPS, move || !stop.current().is_tripped());
        Ok(())
    }

    /// From now on this flag stops the connection.
    pub(crate) fn heed(&self, cancel: &Cancel) -> Result<(), StoreError> {
        *self.0.lock().unwrap_or_else(PoisonError::into_inner) = cancel.clone();
        if cancel.is_tripped() { Err(StoreError::Cancelled) } else { Ok(()) }
    }

    fn current(&self) -> Cancel {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).clone()
    }
}

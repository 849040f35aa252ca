//! Stopping a query that nobody waits for any more: the next keystroke made its answer worthless.

use std::sync::{
    Arc,
    atomic::{AtomicBool, Ordering},
};

use crate::{Read, StoreError};

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

    /// Lets the flag stop what the connection runs until it goes back to its pool.
    pub(crate) async fn watch(&self, read: &mut Read) -> Result<(), StoreError> {
        if self.is_tripped() {
            return Err(StoreError::Cancelled);
        }
        let flag = self.clone();
        let mut handle = read.connection().lock_handle().await?;
        handle.set_progress_handler(STEPS, move || !flag.is_tripped());
        Ok(())
    }
}

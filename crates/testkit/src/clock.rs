//! A clock that only moves when a test says so.

use std::sync::{
    Arc,
    atomic::{AtomicI64, Ordering},
};

use watches_core::time::{Span, Timestamp};

/// Clones share one time.
#[derive(Debug, Clone)]
pub struct FakeClock(Arc<AtomicI64>);

impl FakeClock {
    pub fn at(now: Timestamp) -> FakeClock {
        FakeClock(Arc::new(AtomicI64::new(now.0)))
    }

    pub fn now(&self) -> Timestamp {
        Timestamp(self.0.load(Ordering::SeqCst))
    }

    /// Moves the clock; a negative span sets it back.
    pub fn advance(&self, span: Span) {
        self.0.fetch_add(span.0, Ordering::SeqCst);
    }

    /// The function that `Env::with_clock` reads.
    pub fn reader(&self) -> impl Fn() -> Timestamp + Send + Sync + 'static {
        let clock = self.clone();
        move || clock.now()
    }
}

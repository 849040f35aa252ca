//! A fake clock and a hostile server for tests.

mod clock;
pub mod hostile;

pub use clock::FakeClock;

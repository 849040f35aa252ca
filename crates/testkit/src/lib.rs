//! A fake clock and builders for tests.

mod clock;

pub use clock::FakeClock;

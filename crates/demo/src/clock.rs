//! The market's clock: real time, sped up, and held when frozen.
//!
//! The only file here that reads a clock. Market time is a `Timestamp` whose zero is the opening; pages show the
//! real instants at which things will happen.

use std::time::{Instant, SystemTime, UNIX_EPOCH};

use watches_core::time::{Span, Timestamp};

#[derive(Debug)]
pub struct MarketClock {
    /// The real instant of market time zero.
    opened: Timestamp,
    speed: f64,
    /// Market time when the clock last started to run, and since when it runs; `None` is frozen.
    base: Timestamp,
    running_since: Option<Instant>,
}

impl MarketClock {
    pub fn start(speed: f64) -> MarketClock {
        let since_epoch = SystemTime::now().duration_since(UNIX_EPOCH).unwrap_or_default();
        let opened = Timestamp(i64::try_from(since_epoch.as_micros()).unwrap_or(i64::MAX));
        let speed = if speed.is_finite() { speed.clamp(0.0, 100_000.0) } else { 1.0 };
        MarketClock { opened, speed, base: Timestamp(0), running_since: Some(Instant::now()) }
    }

    /// Market time: zero when the market opened.
    pub fn now(&self) -> Timestamp {
        let running = self.running_since.map_or(0.0, |since| since.elapsed().as_secs_f64());
        self.base + Span((running * self.speed * 1e6) as i64)
    }

    pub fn freeze(&mut self, on: bool) {
        let now = self.now();
        self.base = now;
        self.running_since = (!on).then(Instant::now);
    }

    /// The real instant at which the market reaches `at`; itself when time stands still.
    pub fn real(&self, at: Timestamp) -> Timestamp {
        let speed = if self.speed > 0.0 { self.speed } else { 1.0 };
        self.opened + Span((at.0 as f64 / speed) as i64)
    }
}

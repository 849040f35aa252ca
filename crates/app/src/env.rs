//! The world outside: the clock, new ids, chance, and the shell around the app.
//!
//! The only file that reads a clock or makes ids. `App` hands both on as parameters, so that a test
//! with a fake clock and a seed repeats exactly.

use std::{
    fmt,
    sync::{Arc, Mutex, PoisonError},
    time::{SystemTime, UNIX_EPOCH},
};

use uuid::Uuid;
use watches_core::{
    id::{AlertId, ListingId, RuleId, WatchlistId},
    time::{Span, Timestamp},
};

use crate::browser::Webview;

/// What the app asks of the program around it: the window, or `watches serve`.
pub trait Shell: Send + Sync + 'static {
    /// Shows a desktop notification.
    ///
    /// # Errors
    /// A sentence saying why it was not shown; the alert is then recorded as failed.
    fn notify(&self, toast: &Toast) -> Result<(), String>;

    /// Opens an address in the system's browser.
    ///
    /// # Errors
    /// A sentence saying why it was not opened.
    fn open_url(&self, url: &str) -> Result<(), String>;

    /// Shows a folder in the system's file manager.
    ///
    /// # Errors
    /// A sentence saying why it was not shown.
    fn open_folder(&self, path: &std::path::Path) -> Result<(), String>;

    /// The browser that the program around us lends; only the desktop has one.
    fn webview(&self) -> Option<Arc<dyn Webview>> {
        None
    }
}

/// The text of one desktop notification.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Toast {
    pub title: String,
    pub body: String,
    /// The notification must not wait for the person to look at the screen.
    pub critical: bool,
    /// What it tells of; empty for news about a source.
    pub alerts: Vec<AlertId>,
}

/// Clock, ids and chance.
pub struct Env {
    clock: Box<dyn Fn() -> Timestamp + Send + Sync>,
    chance: Mutex<Chance>,
}

impl Env {
    /// The system's clock moved by `offset`; chance from `seed`, or from the system without one.
    pub fn system(seed: Option<u64>, offset: Span) -> Env {
        Env::with_clock(move || system_now() + offset, seed)
    }

    /// Any clock: tests pass a fake one.
    pub fn with_clock(
        clock: impl Fn() -> Timestamp + Send + Sync + 'static,
        seed: Option<u64>,
    ) -> Env {
        let seed = seed.unwrap_or_else(|| Uuid::now_v7().as_u64_pair().1);
        Env { clock: Box::new(clock), chance: Mutex::new(Chance(seed)) }
    }

    pub fn now(&self) -> Timestamp {
        (self.clock)()
    }

    /// 64 random bits, for jitter.
    pub fn random(&self) -> u64 {
        // A poisoned lock only means that another thread panicked between two numbers.
        self.chance.lock().unwrap_or_else(PoisonError::into_inner).next()
    }

    pub fn watchlist_id(&self) -> WatchlistId {
        WatchlistId(self.uuid())
    }

    pub fn rule_id(&self) -> RuleId {
        RuleId(self.uuid())
    }

    pub fn listing_id(&self) -> ListingId {
        ListingId(self.uuid())
    }

    pub fn alert_id(&self) -> AlertId {
        AlertId(self.uuid())
    }

    pub fn quarantine_id(&self) -> String {
        self.uuid().to_string()
    }

    /// A UUIDv7 (RFC 9562 §5.7) of this clock and this chance.
    fn uuid(&self) -> Uuid {
        let mut bits = [0_u8; 10];
        bits[..8].copy_from_slice(&self.random().to_le_bytes());
        bits[8..].copy_from_slice(&self.random().to_le_bytes()[..2]);
        let millis = u64::try_from(self.now().millis()).unwrap_or(0);
        uuid::Builder::from_unix_timestamp_millis(millis, &bits).into_uuid()
    }
}

impl fmt::Debug for Env {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Env").field("now", &self.now()).finish_non_exhaustive()
    }
}

/// SplitMix64 (Steele, Lea, Flood 2014): small, seedable; never used for secrets.
struct Chance(u64);

impl Chance {
    fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mut mixed = self.0;
        mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        mixed ^ (mixed >> 31)
    }
}

fn system_now() -> Timestamp {
    let micros = match SystemTime::now().duration_since(UNIX_EPOCH) {
        Ok(after) => i64::try_from(after.as_micros()).unwrap_or(i64::MAX),
        // A clock before 1970 counts backwards from it.
        Err(before) => -i64::try_from(before.duration().as_micros()).unwrap_or(i64::MAX),
    };
    Timestamp(micros)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn fixed(seed: u64) -> Env {
        Env::with_clock(|| Timestamp::from_seconds(1_793_361_600), Some(seed))
    }

    #[test]
    fn the_same_seed_and_clock_make_the_same_ids() {
        let (left, right) = (fixed(7), fixed(7));
        let ids: Vec<_> = (0..100).map(|_| left.listing_id()).collect();
        assert!(ids.iter().all(|id| *id == right.listing_id()));
        assert_ne!(ids[0], ids[1]);
        assert_ne!(ids[0], fixed(8).listing_id());
        assert_eq!(ids[0].0.get_version_num(), 7);
    }

    #[test]
    fn ids_sort_by_their_time() {
        let early = fixed(1).alert_id();
        let later = Env::with_clock(|| Timestamp::from_seconds(1_793_361_601), Some(1)).alert_id();
        assert!(early < later);
    }

    #[test]
    fn an_offset_moves_the_clock() {
        let apart =
            Env::system(Some(1), Span::days(30)).now() - Env::system(Some(1), Span(0)).now();
        assert!((apart.as_seconds() - Span::days(30).as_seconds()).abs() < 60);
    }
}

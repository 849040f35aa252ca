//! What we remember of one host, so as to stay polite across restarts: a serialisable value.
//!
//! Pure: time comes in as a parameter. A clock that jumps back can delay a request by no more than
//! one interval, and a stored state from the future is clamped.

use serde::{Deserialize, Serialize};
use watches_core::time::{Span, Timestamp};

use crate::robots::Robots;

/// How fast a host may be asked: `burst` requests at once, then one per `interval`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Pace {
    pub interval: Span,
    pub burst: u32,
}

impl Pace {
    /// One request per host in two seconds (reliability rule 9).
    pub const POLITE: Pace = Pace { interval: Span::seconds(2), burst: 1 };

    /// For the demo market on our own machine.
    pub const GENEROUS: Pace = Pace { interval: Span(20_000), burst: 40 };

    /// The slower of this and what the host's robots.txt asks for.
    pub fn with_delay(self, crawl_delay: Option<Span>) -> Pace {
        match crawl_delay {
            Some(delay) if delay > self.interval => Pace { interval: delay, burst: 1 },
            Some(_) | None => self,
        }
    }
}

/// One host's memory. The app stores it as JSON under the host's key and gives it back at start.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct HostState {
    /// When the token bucket is full again.
    pub full_at: Timestamp,
    /// The host said `Retry-After`.
    pub not_before: Timestamp,
    pub breaker: Breaker,
    pub robots: Option<RobotsRecord>,
}

/// Opens after failures in a row, then lets one request probe.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Breaker {
    pub failures: u32,
    /// Closed for requests until then; afterwards one probe goes through.
    pub open_until: Option<Timestamp>,
}

/// A host's robots.txt as it was answered, good until it expires.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct RobotsRecord {
    pub expires_at: Timestamp,
    pub rules: RobotsRules,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum RobotsRules {
    /// There is none (4xx): everything is allowed.
    AllowAll,
    /// The server failed (5xx): nothing is allowed for now (RFC 9309 section 2.3.1.4).
    DisallowAll,
    Body(String),
}

/// Failures in a row that open the breaker, and for how long.
const BREAKER_FAILURES: u32 = 5;
const BREAKER_OPEN: Span = Span::minutes(15);

/// A good robots.txt is asked for again after a day (RFC 9309 section 2.4), a failing one sooner.
const ROBOTS_GOOD: Span = Span::hours(24);
const ROBOTS_FAILING: Span = Span::minutes(30);

impl HostState {
    /// Takes one token: the instant at which the request may go out.
    pub fn take(&mut self, pace: Pace, now: Timestamp) -> Timestamp {
        let room = Span(pace.interval.0.saturating_mul(i64::from(pace.burst.max(1)) - 1));
        // A stored time far ahead comes from a clock that has jumped back.
        let queued = self.full_at.clamp(now, now + room + Span(pace.interval.0.saturating_mul(8)));
        let at = (queued - room).max(now);
        self.full_at = queued + pace.interval;
        at
    }

    /// Gives back the token taken last, for a request that did not go out.
    pub fn give_back(&mut self, pace: Pace) {
        self.full_at = self.full_at - pace.interval;
    }

    /// How long the host's own wish still holds; a wish beyond a day is a jumped clock's.
    pub fn patience(&self, now: Timestamp) -> Option<Timestamp> {
        let sane = self.not_before <= now + Span::hours(24);
        (self.not_before > now && sane).then_some(self.not_before)
    }

    pub fn robots(&self, now: Timestamp) -> Option<&RobotsRules> {
        let record = self.robots.as_ref()?;
        let fresh = record.expires_at > now && record.expires_at <= now + ROBOTS_GOOD;
        fresh.then_some(&record.rules)
    }

    pub fn remember_robots(&mut self, rules: RobotsRules, now: Timestamp) {
        let lifetime = match rules {
            RobotsRules::AllowAll | RobotsRules::Body(_) => ROBOTS_GOOD,
            RobotsRules::DisallowAll => ROBOTS_FAILING,
        };
        self.robots = Some(RobotsRecord { expires_at: now + lifetime, rules });
    }
}

impl Breaker {
    /// Until when nothing goes out; `None` lets a request (perhaps the probe) through.
    pub fn closed_to_us(&self, now: Timestamp) -> Option<Timestamp> {
        let until = self.open_until?;
        (until > now && until <= now + BREAKER_OPEN).then_some(until)
    }

    pub fn succeeded(&mut self) {
        *self = Breaker::default();
    }

    /// A failing probe opens it again at once, because the count has not gone down.
    pub fn failed(&mut self, now: Timestamp) {
        self.failures = self.failures.saturating_add(1);
        if self.failures >= BREAKER_FAILURES {
            self.open_until = Some(now + BREAKER_OPEN);
        }
    }

    /// While a probe is under way, others wait for its outcome.
    pub fn begin_probe(&mut self, now: Timestamp) {
        if self.open_until.is_some() {
            self.open_until = Some(now + Span::minutes(1));
        }
    }
}

impl RobotsRules {
    /// May the agent fetch it, and how slowly?
    pub fn answer(&self, agent: &str, url: &str) -> (bool, Option<Span>) {
        match self {
            RobotsRules::AllowAll => (true, None),
            RobotsRules::DisallowAll => (false, None),
            RobotsRules::Body(body) => {
                let robots = Robots::parse(body.as_bytes());
                (robots.allows(agent, url), robots.crawl_delay(agent))
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const NOW: Timestamp = Timestamp::from_seconds(1_000_000);

    #[test]
    fn a_polite_host_is_asked_every_two_seconds() {
        let mut host = HostState::default();
        let waits: Vec<i64> =
            (0..4).map(|_| (host.take(Pace::POLITE, NOW) - NOW).as_seconds()).collect();
        assert_eq!(waits, [0, 2, 4, 6]);
        let later = NOW + Span::minutes(1);
        assert_eq!(host.take(Pace::POLITE, later), later);
    }

    #[test]
    fn a_burst_goes_out_at_once_and_then_waits() {
        let pace = Pace { interval: Span::seconds(1), burst: 3 };
        let mut host = HostState::default();
        let waits: Vec<i64> = (0..5).map(|_| (host.take(pace, NOW) - NOW).as_seconds()).collect();
        assert_eq!(waits, [0, 0, 0, 1, 2]);
    }

    #[test]
    fn the_bucket_survives_a_restart_and_a_clock_that_jumped_back() {
        let mut host = HostState::default();
        host.take(Pace::POLITE, NOW);
        let stored = serde_json::to_string(&host).expect("the state is plain JSON");
        let mut restored: HostState = serde_json::from_str(&stored).expect("it reads its own JSON");
        assert_eq!(restored.take(Pace::POLITE, NOW) - NOW, Span::seconds(2));
        let year_earlier = NOW - Span::days(365);
        assert!(restored.take(Pace::POLITE, year_earlier) - year_earlier <= Span::seconds(20));
    }

    #[test]
    fn five_failures_open_the_breaker_and_one_probe_goes_through() {
        let mut breaker = Breaker::default();
        (0..4).for_each(|_| breaker.failed(NOW));
        assert_eq!(breaker.closed_to_us(NOW), None);
        breaker.failed(NOW);
        assert_eq!(breaker.closed_to_us(NOW), Some(NOW + Span::minutes(15)));
        let later = NOW + Span::minutes(16);
        assert_eq!(breaker.closed_to_us(later), None);
        breaker.begin_probe(later);
        assert!(breaker.closed_to_us(later).is_some());
        breaker.failed(later);
        assert_eq!(breaker.closed_to_us(later), Some(later + Span::minutes(15)));
        breaker.succeeded();
        assert_eq!(breaker, Breaker::default());
    }

    #[test]
    fn a_slow_host_stretches_the_pace_and_a_fast_one_does_not() {
        let slow = Pace::POLITE.with_delay(Some(Span::seconds(10)));
        assert_eq!(slow.interval, Span::seconds(10));
        assert_eq!(Pace::POLITE.with_delay(Some(Span(0))), Pace::POLITE);
    }

    #[test]
    fn robots_expire_and_a_failing_server_closes_the_site() {
        let mut host = HostState::default();
        host.remember_robots(RobotsRules::DisallowAll, NOW);
        let rules = host.robots(NOW).expect("it is fresh");
        assert!(!rules.answer("WatchesFyi", "https://a.example/x").0);
        assert_eq!(host.robots(NOW + Span::hours(1)), None);
    }
}

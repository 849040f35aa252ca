//! May a request go out now? The hosts' memory behind one lock, asked before and told after.
//!
//! No lock is held across an await.

use std::{
    collections::{BTreeMap, HashMap},
    sync::{Arc, Mutex, MutexGuard, PoisonError},
};

use url::Url;
use watches_core::time::{Span, Timestamp};

use super::{
    FetchError, WaitReason,
    host::{HostState, Pace, RobotsRules},
};

#[derive(Debug, Default)]
pub struct Hosts {
    states: Mutex<BTreeMap<String, HostState>>,
    /// One robots.txt at a time per host, so that parallel requests do not all fetch it.
    robots_gates: Mutex<HashMap<String, Arc<tokio::sync::Mutex<()>>>>,
}

/// The key under which a host is remembered: its name, and the port where it is unusual.
pub fn host_key(url: &Url) -> String {
    let host = url.host_str().unwrap_or_default().trim_end_matches('.');
    url.port().map_or_else(|| host.to_owned(), |port| format!("{host}:{port}"))
}

impl Hosts {
    pub fn new(states: BTreeMap<String, HostState>) -> Hosts {
        Hosts { states: Mutex::new(states), robots_gates: Mutex::default() }
    }

    pub fn snapshot(&self) -> BTreeMap<String, HostState> {
        self.lock().clone()
    }

    /// Refuses while the breaker is open or the host wants peace; else takes a token and says when
    /// to go. A wait beyond `longest` is refused, so that a caller is not held for minutes.
    pub fn admit(
        &self,
        host: &str,
        pace: Pace,
        longest: Span,
        now: Timestamp,
    ) -> Result<Timestamp, FetchError> {
        let mut states = self.lock();
        let state = states.entry(host.to_owned()).or_default();
        let wait = |until, reason| FetchError::Wait { host: host.to_owned(), until, reason };
        if let Some(until) = state.breaker.closed_to_us(now) {
            return Err(wait(until, WaitReason::Breaker));
        }
        if let Some(until) = state.patience(now) {
            return Err(wait(until, WaitReason::RetryAfter));
        }
        let at = state.take(pace, now);
        if at - now > longest {
            state.give_back(pace);
            return Err(wait(at, WaitReason::Pace));
        }
        state.breaker.begin_probe(now);
        Ok(at)
    }

    pub fn robots(&self, host: &str, now: Timestamp) -> Option<RobotsRules> {
        self.lock().get(host).and_then(|state| state.robots(now)).cloned()
    }

    pub fn robots_gate(&self, host: &str) -> Arc<tokio::sync::Mutex<()>> {
        let mut gates = self.robots_gates.lock().unwrap_or_else(PoisonError::into_inner);
        gates.entry(host.to_owned()).or_default().clone()
    }

    pub fn remember_robots(&self, host: &str, rules: RobotsRules, now: Timestamp) {
        self.lock().entry(host.to_owned()).or_default().remember_robots(rules, now);
    }

    pub fn succeeded(&self, host: &str) {
        self.lock().entry(host.to_owned()).or_default().breaker.succeeded();
    }

    pub fn failed(&self, host: &str, now: Timestamp) {
        self.lock().entry(host.to_owned()).or_default().breaker.failed(now);
    }

    pub fn leave_alone(&self, host: &str, until: Timestamp) {
        self.lock().entry(host.to_owned()).or_default().not_before = until;
    }

    fn lock(&self) -> MutexGuard<'_, BTreeMap<String, HostState>> {
        // Every change is a plain assignment, so a poisoned map is still whole.
        self.states.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const NOW: Timestamp = Timestamp::from_seconds(1_000);

    #[track_caller]
    fn check(hosts: &Hosts, expected: Option<(WaitReason, i64)>) {
        let waited = match hosts.admit("a.example", Pace::POLITE, Span::seconds(5), NOW) {
            Err(FetchError::Wait { until, reason, .. }) => {
                Some((reason, (until - NOW).as_seconds()))
            }
            Ok(_) | Err(_) => None,
        };
        assert_eq!(waited, expected);
    }

    #[test]
    fn a_wait_that_is_too_long_is_refused_and_takes_no_token() {
        let hosts = Hosts::default();
        (0..3).for_each(|_| check(&hosts, None));
        check(&hosts, Some((WaitReason::Pace, 6)));
        check(&hosts, Some((WaitReason::Pace, 6)));
    }

    #[test]
    fn a_host_that_asked_for_peace_gets_it() {
        let hosts = Hosts::default();
        hosts.leave_alone("a.example", NOW + Span::minutes(10));
        check(&hosts, Some((WaitReason::RetryAfter, 600)));
    }

    #[test]
    fn five_failures_close_the_host_and_its_memory_survives() {
        let hosts = Hosts::default();
        (0..5).for_each(|_| hosts.failed("a.example", NOW));
        check(&hosts, Some((WaitReason::Breaker, 900)));
        check(&Hosts::new(hosts.snapshot()), Some((WaitReason::Breaker, 900)));
        hosts.succeeded("a.example");
        check(&hosts, None);
    }
}

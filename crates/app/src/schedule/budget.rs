//! How much of a source's day is left, and when it may be asked again.

use watches_core::time::{Span, Timestamp};

/// What the planner must know of one source.
#[derive(Debug, Clone, Default)]
pub struct SourceFacts {
    pub key: String,
    /// Not before this: Retry-After, an open circuit breaker, or a challenge.
    pub rest_until: Option<Timestamp>,
    /// Requests a day (UTC).
    pub daily_budget: u32,
    pub used_today: u32,
}

/// Midnight UTC before `now`: a source's day begins there.
pub fn day_start(now: Timestamp) -> Timestamp {
    Timestamp(now.0 - now.0.rem_euclid(Span::days(1).0))
}

impl SourceFacts {
    /// When a regular poll may ask: nine tenths of the budget, spread over the day after a first
    /// quarter, so that a morning does not spend it all.
    pub fn free_at(&self, now: Timestamp) -> Timestamp {
        let limit = u64::from(self.daily_budget) * 9 / 10;
        let begun = (now - day_start(now)).0.unsigned_abs();
        let spread = limit / 4 + limit * begun / Span::days(1).0.unsigned_abs();
        let budget_free = match u64::from(self.used_today) {
            used if used >= limit => day_start(now) + Span::days(1),
            used if used >= spread.max(1) => now + Span::minutes(15),
            _ => now,
        };
        self.rested(now).max(budget_free)
    }

    /// When an auction about to end may be looked at: the whole budget counts.
    pub fn free_for_auctions_at(&self, now: Timestamp) -> Timestamp {
        let spent = self.used_today >= self.daily_budget;
        let budget_free = if spent { day_start(now) + Span::days(1) } else { now };
        self.rested(now).max(budget_free)
    }

    /// No rest lasts longer than a day: a clock that went back must not silence a source for years.
    fn rested(&self, now: Timestamp) -> Timestamp {
        self.rest_until
            .filter(|until| *until <= now + Span::days(1))
            .map_or(now, |until| until.max(now))
    }
}

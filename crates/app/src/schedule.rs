//! Facts -> Plan: which watchlists and auctions to look at now, and when to look at the plan again.
//!
//! Pure. `run.rs` gathers the facts, does what is due and sleeps until `wake_at`: one timer for
//! everything. What always holds:
//! - a watchlist is due at most once however long nobody looked (sleep, weeks offline): never a burst;
//! - a clock that went back leads to one poll too many, never to silence;
//! - due times fall on shared minutes, so that the machine wakes up seldom;
//! - a source is never asked more often a day than its budget; a tenth of it is kept for auctions.

use watches_core::{
    id::{ListingId, WatchlistId},
    time::{Span, Timestamp},
};

mod budget;

pub use budget::{SourceFacts, day_start};

#[derive(Debug, Clone, Default)]
pub struct Facts {
    pub now: Timestamp,
    pub pause: Option<Pause>,
    pub offline: Option<Offline>,
    pub watches: Vec<WatchFacts>,
    pub endings: Vec<Ending>,
    pub sources: Vec<SourceFacts>,
    pub boxes: Vec<BoxFacts>,
}

/// Polling is paused by the person.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Pause {
    /// When it was asked for: a clock set back before that ends the pause.
    pub from: Timestamp,
    pub until: Timestamp,
}

/// The last tries all failed for want of a network.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Offline {
    pub tried_at: Timestamp,
    /// At least 1.
    pub failures: u32,
}

#[derive(Debug, Clone)]
pub struct WatchFacts {
    pub id: WatchlistId,
    pub interval: Span,
    pub last_polled: Option<Timestamp>,
    /// Keys of its enabled sources.
    pub sources: Vec<String>,
}

/// A mail source: looked at by a rhythm of its own, for all watchlists at once.
#[derive(Debug, Clone)]
pub struct BoxFacts {
    pub key: String,
    pub interval: Span,
    pub last_polled: Option<Timestamp>,
    /// Not before this, after trouble.
    pub rest_until: Option<Timestamp>,
}

/// An auction that some rule wants and whose end is near.
#[derive(Debug, Clone)]
pub struct Ending {
    pub listing: ListingId,
    pub source: String,
    pub ends_at: Timestamp,
    pub last_seen: Timestamp,
}

#[derive(Debug, Clone, Default, PartialEq)]
pub struct Plan {
    pub due: Vec<Due>,
    /// Auctions whose own page is to be looked at now.
    pub endings: Vec<ListingId>,
    /// Keys of mail sources to look into now.
    pub boxes: Vec<String>,
    /// When this plan should be made again; `None` when only a change can make something due.
    pub wake_at: Option<Timestamp>,
}

/// A watchlist to poll now, at those of its sources that may be asked.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Due {
    pub watch: WatchlistId,
    pub sources: Vec<String>,
}

/// Auctions are watched closely from this long before their end.
pub const ENDING_SOON: Span = Span::minutes(60);

/// A last poll this far ahead of the clock means that the clock went back.
const CLOCK_SLACK: Span = Span::minutes(2);

pub fn plan(facts: &Facts) -> Plan {
    if let Some(until) = rest(facts) {
        return Plan { wake_at: Some(until), ..Plan::default() };
    }
    let mut plan = Plan::default();
    for watch in &facts.watches {
        let due_at = next_poll(watch, facts.now);
        if due_at > facts.now {
            wake(&mut plan, due_at);
            continue;
        }
        let mut sources = Vec::new();
        for source in facts.sources.iter().filter(|source| watch.sources.contains(&source.key)) {
            match source.free_at(facts.now) {
                at if at <= facts.now => sources.push(source.key.clone()),
                at => wake(&mut plan, at),
            }
        }
        if !sources.is_empty() {
            plan.due.push(Due { watch: watch.id, sources });
            wake(&mut plan, next_after(watch, facts.now));
        }
    }
    plan_endings(facts, &mut plan);
    for mail_box in &facts.boxes {
        match next_look(mail_box, facts.now) {
            at if at <= facts.now => plan.boxes.push(mail_box.key.clone()),
            at => wake(&mut plan, at),
        }
    }
    plan
}

/// When a mail source is next looked into; a clock that went back leads to one look too many.
pub fn next_look(mail_box: &BoxFacts, now: Timestamp) -> Timestamp {
    let by_rhythm = match mail_box.last_polled {
        Some(last) if last <= now + CLOCK_SLACK => last + mail_box.interval,
        Some(_) | None => now,
    };
    mail_box.rest_until.map_or(by_rhythm, |rest| by_rhythm.max(rest))
}

/// When this watchlist is next due by its own rhythm.
pub fn next_poll(watch: &WatchFacts, now: Timestamp) -> Timestamp {
    match watch.last_polled {
        None => now,
        Some(last) if last > now + CLOCK_SLACK => now,
        Some(last) => next_after(watch, last),
    }
}

/// Until when nothing at all may be polled, if now is such a time.
fn rest(facts: &Facts) -> Option<Timestamp> {
    let paused = facts.pause.filter(|pause| pause.from <= facts.now + CLOCK_SLACK);
    let paused = paused.map(|pause| pause.until);
    let offline = facts.offline.filter(|offline| offline.tried_at <= facts.now + CLOCK_SLACK);
    let offline = offline.map(|offline| offline.tried_at + back_off(offline.failures));
    paused.max(offline).filter(|until| *until > facts.now)
}

/// 1, 2, 4 … minutes, at most 30.
fn back_off(failures: u32) -> Span {
    Span::minutes(1_i64.checked_shl(failures.saturating_sub(1)).unwrap_or(30).clamp(1, 30))
}

/// One interval later, up to a tenth of it earlier or later by chance, on a shared minute. The chance
/// comes from the watchlist and the time, so planning again gives the same answer.
fn next_after(watch: &WatchFacts, last: Timestamp) -> Timestamp {
    let interval = watch.interval.0.max(Span::minutes(1).0);
    let tenth = interval / 10;
    let mut chance =
        watch.id.0.as_u64_pair().1 ^ (last.0 as u64).wrapping_mul(0x9E37_79B9_7F4A_7C15);
    chance = (chance ^ (chance >> 31)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
    let jitter = ((chance >> 33) as i64) % (2 * tenth).max(1) - tenth;
    let grid = if interval < Span::minutes(15).0 { Span::minutes(1) } else { Span::minutes(5) };
    align_up(last + Span(interval + jitter), grid)
}

fn align_up(at: Timestamp, grid: Span) -> Timestamp {
    let over = at.0.rem_euclid(grid.0);
    if over == 0 { at } else { at + Span(grid.0 - over) }
}

fn plan_endings(facts: &Facts, plan: &mut Plan) {
    for ending in &facts.endings {
        let Some(due_at) = ending_due(ending, facts.now) else { continue };
        let source = facts.sources.iter().find(|source| source.key == ending.source);
        let Some(source) = source else { continue };
        match due_at.max(source.free_for_auctions_at(facts.now)) {
            at if at <= facts.now => {
                plan.endings.push(ending.listing);
                wake(plan, facts.now + pace(ending.ends_at - facts.now));
            }
            at => wake(plan, at),
        }
    }
}

/// When its page is next to be read: ever more often until the end, and once after it.
fn ending_due(ending: &Ending, now: Timestamp) -> Option<Timestamp> {
    let after_end = ending.ends_at + Span::minutes(1);
    if ending.last_seen >= after_end && ending.last_seen <= now + CLOCK_SLACK {
        return None;
    }
    let soon = ending.ends_at - ENDING_SOON;
    let next = (ending.last_seen + pace(ending.ends_at - now)).max(soon);
    Some(align_up(next.min(after_end), Span::minutes(1)))
}

fn pace(left: Span) -> Span {
    match left {
        left if left <= Span::minutes(5) => Span::minutes(1),
        left if left <= Span::minutes(15) => Span::minutes(3),
        _ => Span::minutes(10),
    }
}

fn wake(plan: &mut Plan, at: Timestamp) {
    plan.wake_at = Some(plan.wake_at.map_or(at, |earlier| earlier.min(at)));
}

#[cfg(test)]
mod tests;

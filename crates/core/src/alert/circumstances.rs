//! What a rule is judged with beside the listing: the moment, the rates, the market, and its own memory.
//!
//! Filled by `app::listing_flow` from the store; all borrowed, so that judging many listings copies nothing.

use crate::{
    alert::rule::{Risk, Rule, Verdict},
    id::RuleId,
    landed::{Destination, Rates},
    money::Money,
    time::Timestamp,
};

/// The same for every rule on one listing.
#[derive(Debug, Clone, Copy)]
pub struct Circumstances<'a> {
    pub now: Timestamp,
    /// Where the collector lives, and the currency of landed costs.
    pub destination: &'a Destination,
    pub rates: &'a Rates,
    /// Asks of other listings of the same reference, in any order: what `median(…)` is taken from.
    pub market: &'a [MarketPrice],
    /// The valuation's word; `None` until there is one, and rules on `verdict` stay undecided.
    pub verdict: Option<Verdict>,
    /// The risk score's word; likewise.
    pub risk: Option<Risk>,
}

/// One ask of a comparable listing.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct MarketPrice {
    pub at: Timestamp,
    pub price: Money,
}

/// What a rule remembers of one listing.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct RuleMemory {
    /// When the rule was made or last changed.
    pub since: Timestamp,
    /// Its last alert on this listing.
    pub last_alert: Option<LastAlert>,
}

/// When a rule alerted a listing, and the price it told, in the listing's own currency.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct LastAlert {
    pub at: Timestamp,
    pub price: Option<Money>,
}

/// An enabled rule with its memory of the listing at hand.
#[derive(Debug, Clone, Copy)]
pub struct ActiveRule<'a> {
    pub id: RuleId,
    pub rule: &'a Rule,
    pub memory: RuleMemory,
}

//! Commands about watchlists and their rules.

use serde::{Deserialize, Serialize};
use watches_core::{
    id::{RuleId, WatchlistId},
    money::Currency,
    time::Timestamp,
};

use crate::{commands, listing::ListingRow};

/// What a collector hunts for: words to search, where, and the rules that decide what is news.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Watchlist {
    pub id: WatchlistId,
    pub name: String,
    /// What is asked of the markets: `rolex 126610`.
    pub query: String,
    /// Source keys; empty means every enabled search source.
    pub sources: Vec<String>,
    pub rules: Vec<Rule>,
    /// Minutes between polls; `None` inherits the setting.
    pub interval_minutes: Option<u32>,
    pub paused: bool,
    pub created_at: Timestamp,
    /// Active listings found by its polls.
    pub listings: u32,
    /// Of those, how many some rule matches now.
    pub matching: u32,
    /// The cheapest active listing by landed cost among the matching ones, else among all.
    pub best: Option<ListingRow>,
    pub last_polled: Option<Timestamp>,
    pub next_poll: Option<Timestamp>,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Rule {
    pub id: RuleId,
    pub text: String,
    pub enabled: bool,
    pub muted_until: Option<Timestamp>,
}

#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct ListWatchlists {}

/// Adds (no id) or changes a watchlist. Rules without an id are new; those left out are deleted.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct SaveWatchlist {
    pub id: Option<WatchlistId>,
    pub name: String,
    pub query: String,
    pub sources: Vec<String>,
    pub rules: Vec<RuleDraft>,
    pub interval_minutes: Option<u32>,
    pub paused: bool,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct RuleDraft {
    pub id: Option<RuleId>,
    pub text: String,
    pub enabled: bool,
}

/// Deletes; `RestoreWatchlist` undoes it, listings and alerts are kept.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct DeleteWatchlist {
    pub id: WatchlistId,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct RestoreWatchlist {
    pub id: WatchlistId,
}

/// What a rule would do on what is stored now. Never fails on a bad rule: see `problem`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct PreviewRule {
    pub text: String,
    /// Limit to what this watchlist found; `None` looks at everything stored.
    pub watchlist: Option<WatchlistId>,
}

#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
pub struct RulePreview {
    pub problem: Option<RuleProblem>,
    pub matching: u32,
    pub undecided: u32,
    pub considered: u32,
    /// The first few that match.
    pub rows: Vec<ListingRow>,
    /// Alerts a week that it would have given over the stored history.
    pub per_week: f64,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct RuleProblem {
    /// Byte in the rule's text.
    pub at: usize,
    pub message: String,
}

/// Understands what a newcomer types: a reference or words.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct IdentifyWanted {
    pub text: String,
    pub currency: Currency,
}

#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
pub struct Wanted {
    pub brand: Option<String>,
    pub family: Option<String>,
    pub reference: Option<String>,
    pub reference_base: Option<String>,
    /// `Rolex Submariner Date 126610LN`.
    pub name: String,
    pub query: String,
    /// A rule to start from, without a limit: `when ref = "126610LN" then toast`.
    pub suggested_rule: String,
    /// Other watches it may be, by name.
    pub suggestions: Vec<String>,
}

/// Words the rule editor completes: brands, families, references seen in the store or catalogue.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct CompleteRuleValue {
    pub field: String,
    pub prefix: String,
}

commands! {
    ListWatchlists => "list_watchlists" -> Vec<Watchlist>;
    SaveWatchlist => "save_watchlist" -> Watchlist;
    DeleteWatchlist => "delete_watchlist" -> ();
    RestoreWatchlist => "restore_watchlist" -> ();
    PreviewRule => "preview_rule" -> RulePreview;
    IdentifyWanted => "identify_wanted" -> Wanted;
    CompleteRuleValue => "complete_rule_value" -> Vec<String>;
}

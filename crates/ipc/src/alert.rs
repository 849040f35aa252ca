//! Commands about alerts: the inbox.

use serde::{Deserialize, Serialize};
use watches_core::{
    id::{AlertId, RuleId, WatchlistId},
    listing::{matching::TraceLine, notice::Urgency},
    money::Money,
    time::Timestamp,
};

use crate::{commands, listing::ListingRow};

#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct ListAlerts {
    pub filter: AlertFilter,
    pub offset: u32,
    /// At most 500.
    pub limit: u32,
}

#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum AlertFilter {
    /// Neither archived nor snoozed.
    #[default]
    Inbox,
    Unread,
    Snoozed,
    Archived,
}

#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
pub struct AlertPage {
    pub total: u32,
    pub unread: u32,
    pub rows: Vec<AlertRow>,
}

/// One alert with its reason and its listing as it is now.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct AlertRow {
    pub id: AlertId,
    pub at: Timestamp,
    pub rule: RuleId,
    pub rule_text: String,
    pub watchlist: WatchlistId,
    pub watchlist_name: String,
    pub headline: String,
    /// `Down 6 % to €9,180, lowest in 90 days, €540 under your limit landed`.
    pub reason: String,
    pub urgency: Urgency,
    pub old_price: Option<Money>,
    pub new_price: Option<Money>,
    pub trace: Vec<TraceLine>,
    pub listing: ListingRow,
    pub read: bool,
    pub archived: bool,
    pub snoozed_until: Option<Timestamp>,
    pub delivery: Delivery,
}

/// What became of the desktop notification.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Delivery {
    Queued,
    Sent,
    Failed,
    /// Held back by quiet hours, a mute, or because the rule asked for no toast.
    Suppressed,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct MarkAlerts {
    pub ids: Vec<AlertId>,
    pub mark: AlertMark,
}

/// Each has its opposite, so that everything can be undone.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum AlertMark {
    Read,
    Unread,
    Archived,
    Unarchived,
    SnoozedUntil(Timestamp),
    Woken,
}

/// Silences a rule's toasts; its alerts still reach the inbox. `until: None` unmutes.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct MuteRule {
    pub rule: RuleId,
    pub until: Option<Timestamp>,
}

commands! {
    ListAlerts => "list_alerts" -> AlertPage;
    MarkAlerts => "mark_alerts" -> ();
    MuteRule => "mute_rule" -> ();
}

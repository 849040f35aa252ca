//! Commands about polling: now, cancel, pause.

use serde::{Deserialize, Serialize};
use watches_core::{id::WatchlistId, time::Timestamp};

use crate::commands;

/// Polls one watchlist, or all, at once; answers when the poll is done. Progress comes as events.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct PollNow {
    pub watchlist: Option<WatchlistId>,
}

#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct PollReport {
    pub pages: u32,
    pub listings: u32,
    pub new: u32,
    pub changed: u32,
    pub alerts: u32,
    /// One line per source that could not be read.
    pub problems: Vec<String>,
    pub cancelled: bool,
}

#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct CancelPoll {}

/// `minutes: None` resumes.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct PausePolling {
    pub minutes: Option<u32>,
}

#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct GetStatus {}

/// The sidebar's and the tray's one look at everything.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Status {
    pub unread: u32,
    pub needs_you: u32,
    pub polling: Option<PollProgress>,
    pub paused_until: Option<Timestamp>,
    pub next_poll: Option<Timestamp>,
    pub last_poll: Option<Timestamp>,
    pub watchlists: u32,
    pub listings: u32,
}

#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct PollProgress {
    pub done: u32,
    pub total: u32,
    /// The source being read.
    pub source_name: String,
}

commands! {
    PollNow => "poll_now" -> PollReport;
    CancelPoll => "cancel_poll" -> ();
    PausePolling => "pause_polling" -> ();
    GetStatus => "get_status" -> Status;
}

//! Events from the app to the window and to `watches serve`.

use serde::{Deserialize, Serialize};

use crate::{
    alert::AlertRow,
    polling::{PollProgress, PollReport},
};

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(tag = "kind", content = "body", rename_all = "snake_case")]
pub enum Event {
    /// Some listings were added or changed: re-read what is shown.
    ListingsChanged,
    WatchlistsChanged,
    AlertRaised(Box<AlertRow>),
    AlertsChanged,
    PollProgressed(PollProgress),
    PollFinished(PollReport),
    SourcesChanged,
    SettingsChanged,
    StatusChanged,
    /// The tray or a second start asks the window to show a page: `inbox`.
    ShowPage(String),
}

impl Event {
    /// The one Tauri event name under which all are emitted.
    pub const CHANNEL: &'static str = "watches";
}

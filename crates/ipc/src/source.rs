//! Commands about sources: the marketplaces, dealers and files that listings come from.

use serde::{Deserialize, Serialize};
use watches_core::time::Timestamp;

use crate::commands;

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Source {
    /// `ebay`, `chrono24`, `dealer:example.com`, `demo-ebay`, `file`, `mail:max@imap.example.org/INBOX`.
    pub key: String,
    pub name: String,
    pub kind: SourceKind,
    /// Where its pages begin: `https://www.ebay.com`.
    pub address: String,
    pub enabled: bool,
    /// An imitation market for trying the app.
    pub demo: bool,
    pub state: SourceState,
    pub last_poll: Option<Timestamp>,
    pub last_success: Option<Timestamp>,
    pub next_poll: Option<Timestamp>,
    /// Requests allowed a day, and how many of today's are used.
    pub daily_budget: u32,
    pub used_today: u32,
    pub listings: u32,
    /// How its pages are fetched.
    pub ways: Ways,
    /// Share of fields filled, per field, in the last poll and its 7-day median, 0 to 1.
    pub fill: Vec<FieldFill>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum SourceKind {
    Market,
    Dealer,
    /// One page at its address, added by a person.
    Page,
    File,
    /// A folder of messages or a mail account.
    Mail,
}

/// The fetchers: plain requests, the desktop's own webview, a headless Chromium.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Way {
    Http,
    Webview,
    Chromium,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Ways {
    /// The one taken here and now; `None` when the chosen one is not in this program.
    pub taken: Option<Way>,
    /// What the person chose; `None` leaves it to the site.
    pub chosen: Option<Way>,
    pub preferred: Way,
    /// Those this program has.
    pub there: Vec<Way>,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "state", rename_all = "snake_case")]
pub enum SourceState {
    /// Never polled yet.
    Idle,
    Ok,
    /// Fewer fields than usual; the last good values are kept.
    Degraded {
        since: Timestamp,
        reason: String,
    },
    /// A challenge or a login: the person must act.
    NeedsYou {
        since: Timestamp,
        url: String,
        reason: String,
    },
    /// The circuit breaker is open, or the host asked for patience.
    Waiting {
        until: Timestamp,
        reason: String,
    },
    Offline {
        since: Timestamp,
    },
    /// Today's budget is spent.
    BudgetSpent {
        until: Timestamp,
    },
}

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct FieldFill {
    pub field: String,
    pub now: f64,
    pub median: f64,
}

#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct ListSources {}

/// Changes what is `Some`.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct ChangeSource {
    pub key: String,
    pub enabled: Option<bool>,
    pub daily_budget: Option<u32>,
}

/// Adds a dealer's page with schema.org data as a source polled whole.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct AddDealer {
    pub url: String,
    pub name: Option<String>,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct RemoveSource {
    pub key: String,
}

/// Chooses how a source's pages are fetched; `None` leaves it to the site.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ChooseWay {
    pub key: String,
    pub way: Option<Way>,
}

/// Opens the page that wants a person: in the site's own window where its pages are fetched through
/// that, and it is read again when the window is closed; else in the system's browser.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ResolveNeedsYou {
    pub key: String,
}

/// eBay's Browse API keys; kept in the system's keyring, never in the database.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct SetEbayKeys {
    pub client_id: String,
    pub client_secret: String,
}

impl std::fmt::Debug for SetEbayKeys {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("SetEbayKeys { client_id: ***, client_secret: *** }")
    }
}

commands! {
    ListSources => "list_sources" -> Vec<Source>;
    ChangeSource => "change_source" -> ();
    ChooseWay => "choose_way" -> ();
    AddDealer => "add_dealer" -> Source;
    RemoveSource => "remove_source" -> ();
    ResolveNeedsYou => "resolve_needs_you" -> ();
    SetEbayKeys => "set_ebay_keys" -> ();
}

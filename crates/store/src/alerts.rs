//! Table `alerts`: what rules told, once each; the inbox reads it.

mod inbox;
mod raise;

use watches_core::{
    id::{AlertId, ListingId, RuleId, WatchlistId},
    listing::{
        matching::TraceLine,
        notice::{Channel, Urgency},
    },
    money::Money,
    time::Timestamp,
};

use crate::{
    StoreError,
    cell::{Cell, Cells, document_cell, money_cells},
    codes::{self, codes},
};

pub use inbox::{Filter, Inbox, get, page, queued, unread};
pub use raise::{Mark, Raised, mark, raise, set_delivery};

const TABLE: &str = "alerts";

/// One alert with its reason, as it was when it was raised, and what became of it.
#[derive(Debug, Clone, PartialEq)]
pub struct Alert {
    pub id: AlertId,
    pub at: Timestamp,
    pub rule: RuleId,
    pub watchlist: WatchlistId,
    pub listing: ListingId,
    /// Rule, listing and value: the same news is told once.
    pub key: String,
    /// The rule's words then; the rule may have changed since.
    pub rule_text: String,
    pub watchlist_name: String,
    pub headline: String,
    pub reason: String,
    pub urgency: Urgency,
    pub channels: Vec<Channel>,
    pub old_price: Option<Money>,
    pub new_price: Option<Money>,
    pub trace: Vec<TraceLine>,
    pub read: bool,
    pub archived: bool,
    pub snoozed_until: Option<Timestamp>,
    pub delivery: Delivery,
}

/// What became of the desktop notification.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Delivery {
    /// To be shown; found again after a crash by [`queued`].
    Queued,
    Sent,
    Failed,
    /// Held back by quiet hours, a mute, or because the rule asked for no toast.
    Suppressed,
}

codes! {
    Delivery: delivery_word, read_delivery {
        Queued = "queued", Sent = "sent", Failed = "failed", Suppressed = "suppressed",
    }
    Channel: channel_word, read_channel {
        Toast = "toast", Digest = "digest", Email = "email", Sms = "sms", Webhook = "webhook",
        Push = "push",
    }
}

fn cells(alert: &Alert) -> Result<Vec<Cell>, StoreError> {
    let channels: Vec<&str> = alert.channels.iter().copied().map(channel_word).collect();
    let mut cells = vec![
        Cell::from(alert.id.to_string()),
        Cell::from(alert.at),
        Cell::from(alert.rule.to_string()),
        Cell::from(alert.watchlist.to_string()),
        Cell::from(alert.listing.to_string()),
        Cell::from(&alert.key),
        Cell::from(&alert.rule_text),
        Cell::from(&alert.watchlist_name),
        Cell::from(&alert.headline),
        Cell::from(&alert.reason),
        Cell::from(codes::urgency_word(alert.urgency)),
        Cell::from(channels.join(" ")),
    ];
    cells.extend(money_cells(alert.old_price));
    cells.extend(money_cells(alert.new_price));
    cells.extend([
        document_cell(TABLE, &alert.trace)?,
        Cell::from(alert.read),
        Cell::from(alert.archived),
        Cell::from(alert.snoozed_until),
        Cell::from(delivery_word(alert.delivery)),
    ]);
    Ok(cells)
}

fn from_cells(mut cells: Cells) -> Result<Alert, StoreError> {
    Ok(Alert {
        id: cells.id()?,
        at: cells.at()?,
        rule: cells.id()?,
        watchlist: cells.id()?,
        listing: cells.id()?,
        key: cells.text()?,
        rule_text: cells.text()?,
        watchlist_name: cells.text()?,
        headline: cells.text()?,
        reason: cells.text()?,
        urgency: cells.word(codes::read_urgency)?,
        channels: cells.word(|words| words.split_whitespace().map(read_channel).collect())?,
        old_price: cells.money()?,
        new_price: cells.money()?,
        trace: cells.document()?,
        read: cells.flag()?,
        archived: cells.flag()?,
        snoozed_until: cells.opt_at()?,
        delivery: cells.word(read_delivery)?,
    })
}

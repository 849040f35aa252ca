//! Writing alerts: raising each piece of news once, and marking what the person did with it.

use watches_core::{id::AlertId, time::Timestamp};

use super::{Alert, Delivery, TABLE, cells, inbox};
use crate::{StoreError, Tx, batch::Insert};

const RAISE: Insert = Insert {
    table: TABLE,
    into: "insert into alerts (id, at, rule, watchlist, listing, notice_key, rule_text, watchlist_name, \
        headline, reason, urgency, channels, old_price_minor, old_price_currency, new_price_minor, \
        new_price_currency, trace, read, archived, snoozed_until, delivery, digest) values",
    on_conflict: "on conflict (notice_key) do nothing",
};

/// Whether the news was news.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Raised {
    New,
    /// An alert with this key is already there: nothing was written.
    ToldBefore,
}

/// Adds an alert unless one with its key was ever raised.
pub async fn raise(tx: &mut Tx, alert: &Alert) -> Result<Raised, StoreError> {
    match RAISE.rows(tx, vec![cells(alert)?]).await? {
        0 => Ok(Raised::ToldBefore),
        _ => Ok(Raised::New),
    }
}

const REPLACE: Insert = Insert {
    table: TABLE,
    into: RAISE.into,
    on_conflict: "on conflict (id) do update set read = excluded.read, archived = excluded.archived, \
        snoozed_until = excluded.snoozed_until, delivery = excluded.delivery, digest = excluded.digest",
};

/// What a person does with an alert; each has its opposite.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Mark {
    Read,
    Unread,
    Archived,
    Unarchived,
    SnoozedUntil(Timestamp),
    Woken,
}

/// Marks the alerts; ids that are not there are passed over. Answers how many were there.
pub async fn mark(tx: &mut Tx, ids: &[AlertId], mark: Mark) -> Result<usize, StoreError> {
    let mut alerts = inbox::get(tx, ids).await?;
    for alert in &mut alerts {
        match mark {
            Mark::Read => alert.read = true,
            Mark::Unread => alert.read = false,
            Mark::Archived => alert.archived = true,
            Mark::Unarchived => alert.archived = false,
            Mark::SnoozedUntil(until) => alert.snoozed_until = Some(until),
            Mark::Woken => alert.snoozed_until = None,
        }
    }
    replace(tx, &alerts).await?;
    Ok(alerts.len())
}

/// Notes what became of an alert's notification.
pub async fn set_delivery(tx: &mut Tx, id: AlertId, delivery: Delivery) -> Result<(), StoreError> {
    let found = inbox::get(tx, &[id]).await?;
    let changed: Vec<Alert> = found.into_iter().map(|one| Alert { delivery, ..one }).collect();
    match changed.is_empty() {
        true => Err(StoreError::NotFound { what: "the alert" }),
        false => replace(tx, &changed).await,
    }
}

async fn replace(tx: &mut Tx, alerts: &[Alert]) -> Result<(), StoreError> {
    let rows: Result<_, _> = alerts.iter().map(cells).collect();
    REPLACE.rows(tx, rows?).await.map(|_| ())
}

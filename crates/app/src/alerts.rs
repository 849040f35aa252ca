//! The inbox: what rules told, and what the person did with it.

use watches_core::{id::AlertId, time::Timestamp};
use watches_ipc::{
    alert::{
        AlertFilter, AlertMark, AlertPage, AlertRow, Delivery, ListAlerts, MarkAlerts, MuteRule,
    },
    event::Event,
    fault::Fault,
};
use watches_store::{Read, alerts as table, rules};

use crate::{App, fault::Error, listings};

/// No page of rows is longer than this.
pub(crate) const LONGEST_PAGE: u32 = 500;

impl App {
    /// # Errors
    /// When the store cannot be read.
    pub async fn list_alerts(&self, args: ListAlerts) -> Result<AlertPage, Fault> {
        let filter = match args.filter {
            AlertFilter::Inbox => table::Filter::Inbox,
            AlertFilter::Unread => table::Filter::Unread,
            AlertFilter::Snoozed => table::Filter::Snoozed,
            AlertFilter::Archived => table::Filter::Archived,
        };
        let mut read = self.read().await?;
        let limit = args.limit.min(LONGEST_PAGE);
        let page = table::page(&mut read, filter, self.env.now(), args.offset, limit).await;
        let page = page.map_err(Error::from)?;
        let rows = rows(&mut read, page.rows).await?;
        Ok(AlertPage { total: page.total, unread: page.unread, rows })
    }

    /// # Errors
    /// `not_found` when none of the ids is an alert.
    pub async fn mark_alerts(&self, args: MarkAlerts) -> Result<(), Fault> {
        Ok(mark(self, &args.ids, args.mark).await?)
    }

    /// Holds back a rule's toasts; its alerts still reach the inbox.
    ///
    /// # Errors
    /// `not_found`.
    pub async fn mute_rule(&self, args: MuteRule) -> Result<(), Fault> {
        let mut tx = self.write().await?;
        rules::mute(&mut tx, args.rule, args.until).await.map_err(Error::from)?;
        tx.commit().await.map_err(Error::from)?;
        self.tell(Event::WatchlistsChanged);
        Ok(())
    }
}

async fn mark(app: &App, ids: &[AlertId], mark: AlertMark) -> Result<(), Error> {
    let mark = match mark {
        AlertMark::Read => table::Mark::Read,
        AlertMark::Unread => table::Mark::Unread,
        AlertMark::Archived => table::Mark::Archived,
        AlertMark::Unarchived => table::Mark::Unarchived,
        AlertMark::SnoozedUntil(until) => table::Mark::SnoozedUntil(until),
        AlertMark::Woken => table::Mark::Woken,
    };
    let mut tx = app.write().await?;
    let marked = table::mark(&mut tx, ids, mark).await?;
    if marked == 0 && !ids.is_empty() {
        return Err(Error::NotFound("the alert"));
    }
    tx.commit().await?;
    app.tell(Event::AlertsChanged);
    app.tell(Event::StatusChanged);
    // A snooze that ends is something to wake up for.
    app.plan_changed.notify_waiters();
    Ok(())
}

/// Alerts with their listings as they are now.
pub(crate) async fn rows(
    read: &mut Read,
    alerts: Vec<table::Alert>,
) -> Result<Vec<AlertRow>, Error> {
    let ids: Vec<_> = alerts.iter().map(|alert| alert.listing).collect();
    let listings = listings::rows_by_id(read, &ids).await?;
    let row = |alert: table::Alert| {
        let listing = listings.get(&alert.listing)?.clone();
        Some(view(alert, listing))
    };
    Ok(alerts.into_iter().filter_map(row).collect())
}

fn view(alert: table::Alert, listing: watches_ipc::listing::ListingRow) -> AlertRow {
    AlertRow {
        id: alert.id,
        at: alert.at,
        rule: alert.rule,
        rule_text: alert.rule_text,
        watchlist: alert.watchlist,
        watchlist_name: alert.watchlist_name,
        headline: alert.headline,
        reason: alert.reason,
        urgency: alert.urgency,
        old_price: alert.old_price,
        new_price: alert.new_price,
        trace: alert.trace,
        listing,
        read: alert.read,
        archived: alert.archived,
        snoozed_until: alert.snoozed_until,
        delivery: match alert.delivery {
            table::Delivery::Queued => Delivery::Queued,
            table::Delivery::Sent => Delivery::Sent,
            table::Delivery::Failed => Delivery::Failed,
            table::Delivery::Suppressed => Delivery::Suppressed,
        },
    }
}

/// When the next snoozed alert comes back, if one is snoozed.
pub(crate) async fn next_waking(
    read: &mut Read,
    now: Timestamp,
) -> Result<Option<Timestamp>, Error> {
    let snoozed = table::page(read, table::Filter::Snoozed, now, 0, LONGEST_PAGE).await?;
    Ok(snoozed.rows.iter().filter_map(|alert| alert.snoozed_until).min())
}

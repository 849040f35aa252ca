//! Reading alerts: the inbox page by page, its unread count, and what is still to be notified.

use sqlx::Row;
use watches_core::{id::AlertId, time::Timestamp};

use super::{Alert, TABLE, from_cells};
use crate::{Read, StoreError, cell::Cells};

/// Which alerts a page shows.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum Filter {
    /// Neither archived nor snoozed.
    #[default]
    Inbox,
    Unread,
    Snoozed,
    Archived,
}

/// A page of alerts, newest first.
#[derive(Debug, Clone, PartialEq)]
pub struct Inbox {
    /// How many the filter holds in all.
    pub total: u32,
    /// Unread ones in the inbox, whatever the filter.
    pub unread: u32,
    pub rows: Vec<Alert>,
}

/// One statement for a filter: `?1` is now.
macro_rules! selects {
    ($where:literal) => {
        (
            concat!("select count(*) from alerts where ?1 = ?1 and ", $where),
            concat!(
                "select id, at, rule, watchlist, listing, notice_key, rule_text, watchlist_name, \
                 headline, reason, urgency, channels, old_price_minor, old_price_currency, \
                 new_price_minor, new_price_currency, trace, read, archived, snoozed_until, delivery, \
                 digest from alerts where ",
                $where,
                " and ?1 = ?1 order by seq desc limit ?2 offset ?3"
            ),
        )
    };
}

const INBOX: (&str, &str) =
    selects!("archived = 0 and (snoozed_until is null or snoozed_until <= ?1)");
const UNREAD: (&str, &str) =
    selects!("archived = 0 and read = 0 and (snoozed_until is null or snoozed_until <= ?1)");
const SNOOZED: (&str, &str) = selects!("archived = 0 and snoozed_until > ?1");
const ARCHIVED: (&str, &str) = selects!("archived = 1");

/// A page of what the filter holds `now`.
pub async fn page(
    read: &mut Read,
    filter: Filter,
    now: Timestamp,
    offset: u32,
    limit: u32,
) -> Result<Inbox, StoreError> {
    let (count_sql, rows_sql) = match filter {
        Filter::Inbox => INBOX,
        Filter::Unread => UNREAD,
        Filter::Snoozed => SNOOZED,
        Filter::Archived => ARCHIVED,
    };
    let total = count(read, count_sql, now).await?;
    let unread = unread(read, now).await?;
    let seal = read.seal();
    let query = sqlx::query(rows_sql).bind(now.0).bind(limit).bind(offset);
    let rows = query.fetch_all(read.connection()).await?;
    let rows: Result<_, _> =
        rows.iter().map(|row| from_cells(Cells::open(TABLE, &seal, row)?)).collect();
    Ok(Inbox { total, unread, rows: rows? })
}

/// Unread alerts in the inbox now: the tray's number.
pub async fn unread(read: &mut Read, now: Timestamp) -> Result<u32, StoreError> {
    count(read, UNREAD.0, now).await
}

async fn count(read: &mut Read, sql: &'static str, now: Timestamp) -> Result<u32, StoreError> {
    let row = sqlx::query(sql).bind(now.0).fetch_one(read.connection()).await?;
    Ok(u32::try_from(row.try_get_unchecked::<i64, _>(0)?).unwrap_or(u32::MAX))
}

const GET: &str = "select id, at, rule, watchlist, listing, notice_key, rule_text, watchlist_name, \
    headline, reason, urgency, channels, old_price_minor, old_price_currency, new_price_minor, \
    new_price_currency, trace, read, archived, snoozed_until, delivery, digest from alerts \
    where id in (select value from json_each(?1)) order by seq desc";

/// The alerts that are there, newest first.
pub async fn get(read: &mut Read, ids: &[AlertId]) -> Result<Vec<Alert>, StoreError> {
    let texts: Vec<String> = ids.iter().map(ToString::to_string).collect();
    let json = serde_json::to_string(&texts)
        .map_err(|source| StoreError::Document { table: TABLE, source })?;
    let seal = read.seal();
    let rows = sqlx::query(GET).bind(json).fetch_all(read.connection()).await?;
    rows.iter().map(|row| from_cells(Cells::open(TABLE, &seal, row)?)).collect()
}

const QUEUED: &str = "select id, at, rule, watchlist, listing, notice_key, rule_text, watchlist_name, \
    headline, reason, urgency, channels, old_price_minor, old_price_currency, new_price_minor, \
    new_price_currency, trace, read, archived, snoozed_until, delivery, digest from alerts \
    where delivery = 'queued' order by seq";

/// Alerts whose notification is still to be shown, oldest first: after a crash too.
pub async fn queued(read: &mut Read) -> Result<Vec<Alert>, StoreError> {
    let seal = read.seal();
    let rows = sqlx::query(QUEUED).fetch_all(read.connection()).await?;
    rows.iter().map(|row| from_cells(Cells::open(TABLE, &seal, row)?)).collect()
}

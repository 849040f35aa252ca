//! `watches doctor`: is everything in the store as it was written?
//!
//! SQLite checks the file's shape; the digests check every value; what is derived from the
//! rows (word index, tallies) is compared with them.

use sqlx::{AssertSqlSafe, Row};

use crate::{Read, Store, StoreError, cell::Cells, raw_pages};

/// Every table whose rows carry a digest, with the columns it covers in order.
const TABLES: &[(&str, &str)] = &[
    ("store_identity", "store_id, created_at"),
    ("watchlists", "id, name, query, sources, interval_minutes, paused, created_at, deleted_at"),
    ("rules", "id, watchlist, text, enabled, muted_until, position, deleted_at"),
    ("listing_documents", "seq, normalised, landed"),
    ("listing_tallies", "source, kind, state, dismissed, matches, listings"),
    ("watchlist_listings", "watchlist, listing, found_at, matching"),
    (
        "observations",
        "listing, at, previous_look, kind, price_minor, price_currency, shipping_minor, shipping_currency, state",
    ),
    ("sightings", "listing, since, until"),
    (
        "alerts",
        "id, at, rule, watchlist, listing, notice_key, rule_text, watchlist_name, headline, reason, \
         urgency, channels, old_price_minor, old_price_currency, new_price_minor, new_price_currency, \
         trace, read, archived, snoozed_until, delivery",
    ),
    (
        "alert_memory",
        "rule, listing, alerted_at, alerted_price_minor, alerted_price_currency, held_since, armed",
    ),
    (
        "sources",
        "key, name, kind, address, enabled, demo, state, last_poll, last_success, next_poll, \
         daily_budget",
    ),
    ("budget_days", "source, day, used"),
    ("fills", "source, field, at, share"),
    ("fetch_memory", "kind, key, document, updated_at"),
    ("mail_boxes", "source, place, cursor, removed_at"),
    (
        "quarantine",
        "id, source, hash, sender, subject, sent_at, taken_at, why, bytes, message, deleted_at",
    ),
    ("settings", "key, document"),
    ("poll_schedule", "watchlist, source, next_at, last_at, failures"),
    ("photos", "url, hash, media_type, bytes, fetched_at"),
    ("page_bodies", "hash, packed_bytes, page_bytes"),
    ("page_looks", "source, url, body, status, media_type, fetched_at, last_at"),
];

/// Rows read at a time, so that a large store is not held in memory.
const PART: i64 = 2_000;

/// What the doctor found.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Health {
    pub rows: u64,
    pub bytes: u64,
    /// The shape of the tables, as `user_version`.
    pub version: u32,
    pub problems: Vec<Problem>,
}

/// One thing that is not as it should be.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Problem {
    /// The table, or `file`.
    pub place: String,
    pub what: String,
}

impl Store {
    /// Checks the whole store; reads all of it, and may take seconds.
    pub async fn examine(&self) -> Result<Health, StoreError> {
        let file = |source| StoreError::File { path: self.path.clone(), source };
        let bytes = self.path.metadata().map_err(file)?.len();
        let mut read = self.read().await?;
        let mut health = Health { bytes, ..Health::default() };
        shape(&mut read, &mut health).await?;
        let listings = crate::listings::COLUMNS.trim_end_matches(", digest");
        for (table, columns) in TABLES.iter().copied().chain([("listings", listings)]) {
            digests(&mut read, table, columns, &mut health).await?;
        }
        derived(&mut read, &mut health).await?;
        bodies(&mut read, &mut health).await?;
        Ok(health)
    }
}

async fn shape(read: &mut Read, health: &mut Health) -> Result<(), StoreError> {
    let version = sqlx::query("pragma user_version").fetch_one(read.connection()).await?;
    health.version = u32::try_from(version.try_get_unchecked::<i64, _>(0)?).unwrap_or(u32::MAX);
    let verdicts = sqlx::query("pragma integrity_check(20)").fetch_all(read.connection()).await?;
    for verdict in verdicts {
        let what: String = verdict.try_get_unchecked(0)?;
        if what != "ok" {
            health.problems.push(Problem { place: "file".to_owned(), what });
        }
    }
    let strays = sqlx::query("pragma foreign_key_check").fetch_all(read.connection()).await?;
    for stray in strays.iter().take(20) {
        let what = format!("a row points to a row of `{}` that is missing", text(stray, 2)?);
        health.problems.push(Problem { place: text(stray, 0)?, what });
    }
    Ok(())
}

fn text(row: &sqlx::sqlite::SqliteRow, index: usize) -> Result<String, StoreError> {
    Ok(row.try_get_unchecked(index)?)
}

async fn digests(
    read: &mut Read,
    table: &'static str,
    columns: &str,
    health: &mut Health,
) -> Result<(), StoreError> {
    let seal = read.seal();
    let sql = format!("select {columns}, digest from {table} limit ?1 offset ?2");
    let (mut offset, mut damaged) = (0_i64, 0_u64);
    loop {
        let query = sqlx::query(AssertSqlSafe(sql.clone())).bind(PART).bind(offset);
        let rows = query.fetch_all(read.connection()).await?;
        damaged += rows.iter().filter(|row| Cells::open(table, &seal, row).is_err()).count() as u64;
        health.rows += rows.len() as u64;
        offset += PART;
        if rows.len() < PART as usize {
            break;
        }
    }
    if damaged > 0 {
        let what = format!("{damaged} rows are not as they were written");
        health.problems.push(Problem { place: table.to_owned(), what });
    }
    Ok(())
}

async fn bodies(read: &mut Read, health: &mut Health) -> Result<(), StoreError> {
    let unsound = raw_pages::unsound(read).await?;
    if unsound > 0 {
        let what = format!("{unsound} kept pages are not as they were fetched");
        health.problems.push(Problem { place: "page_bodies".to_owned(), what });
    }
    Ok(())
}

const UNINDEXED: &str = "select count(*) from listings where seq not in \
    (select id from listing_words_docsize)";
const INDEXED_ONLY: &str = "select count(*) from listing_words_docsize where id not in \
    (select seq from listings)";

const MISCOUNTED: &str = "select count(*) from (select source, kind, state, dismissed, matches, \
    count(*) as listings from listings group by source, kind, state, dismissed, matches) counted \
    full outer join listing_tallies tally using (source, kind, state, dismissed, matches) \
    where coalesce(counted.listings, 0) != coalesce(tally.listings, 0)";

async fn derived(read: &mut Read, health: &mut Health) -> Result<(), StoreError> {
    for (place, sql, what) in [
        ("listing_words", UNINDEXED, "listings are not in it"),
        ("listing_words", INDEXED_ONLY, "of its rows have no listing"),
        ("listing_tallies", MISCOUNTED, "kinds of listings are counted wrongly"),
    ] {
        let row = sqlx::query(sql).fetch_one(read.connection()).await?;
        let number: i64 = row.try_get_unchecked(0)?;
        if number > 0 {
            let what = format!("{number} {what}");
            health.problems.push(Problem { place: place.to_owned(), what });
        }
    }
    Ok(())
}

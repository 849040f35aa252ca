//! Table `alert_memory`: what a rule remembers of a listing between polls.

use watches_core::{
    id::{ListingId, RuleId},
    money::Money,
    time::Timestamp,
};

use crate::{
    Read, StoreError, Tx,
    batch::Insert,
    cell::{Cell, Cells, money_cells},
    listings::json_ids,
};

const TABLE: &str = "alert_memory";

/// What one rule remembers of one listing.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Memory {
    pub rule: RuleId,
    pub listing: ListingId,
    /// When it last alerted, for the cooldown.
    pub alerted_at: Option<Timestamp>,
    /// The price it last alerted at: the base `last_alert`.
    pub alerted_price: Option<Money>,
    /// Since when the condition holds without a break, for `for 2h`.
    pub held_since: Option<Timestamp>,
    /// It may alert again: after an alert only once the price moved far enough.
    pub armed: bool,
}

const OF: &str = "select rule, listing, alerted_at, alerted_price_minor, alerted_price_currency, \
    held_since, armed, digest from alert_memory where listing in (select value from json_each(?1))";

/// What all rules remember of the listings.
pub async fn of(read: &mut Read, listings: &[ListingId]) -> Result<Vec<Memory>, StoreError> {
    let seal = read.seal();
    let query = sqlx::query(OF).bind(json_ids(listings));
    let rows = query.fetch_all(read.connection()).await?;
    rows.iter().map(|row| from_cells(Cells::open(TABLE, &seal, row)?)).collect()
}

const SAVE: Insert = Insert {
    table: TABLE,
    into: "insert into alert_memory (rule, listing, alerted_at, alerted_price_minor, \
        alerted_price_currency, held_since, armed, digest) values",
    on_conflict: "on conflict (rule, listing) do update set alerted_at = excluded.alerted_at, \
        alerted_price_minor = excluded.alerted_price_minor, \
        alerted_price_currency = excluded.alerted_price_currency, \
        held_since = excluded.held_since, armed = excluded.armed, digest = excluded.digest",
};

/// Adds them, or changes all of each.
pub async fn save(tx: &mut Tx, memories: &[Memory]) -> Result<(), StoreError> {
    let rows = memories.iter().map(|memory| {
        let mut cells = vec![
            Cell::from(memory.rule.to_string()),
            Cell::from(memory.listing.to_string()),
            Cell::from(memory.alerted_at),
        ];
        cells.extend(money_cells(memory.alerted_price));
        cells.push(Cell::from(memory.held_since));
        cells.push(Cell::from(memory.armed));
        cells
    });
    SAVE.rows(tx, rows.collect()).await.map(|_| ())
}

fn from_cells(mut cells: Cells) -> Result<Memory, StoreError> {
    Ok(Memory {
        rule: cells.id()?,
        listing: cells.id()?,
        alerted_at: cells.opt_at()?,
        alerted_price: cells.money()?,
        held_since: cells.opt_at()?,
        armed: cells.flag()?,
    })
}

//! Table `observations`: what a listing cost and how it stood, each time that changed. Immutable.

use std::collections::HashMap;

use watches_core::{id::ListingId, listing::price::Observation};

use crate::{
    Read, StoreError, Tx,
    batch::Insert,
    cell::{Cell, Cells, money_cells},
    codes,
    listings::json_ids,
};

const TABLE: &str = "observations";

const APPEND: Insert = Insert {
    table: TABLE,
    into: "insert into observations (listing, at, previous_look, kind, price_minor, price_currency, shipping_minor, \
        shipping_currency, state, digest) values",
    on_conflict: "on conflict (listing, at) do nothing",
};

/// Adds observations; one at the same instant of the same listing stays as it was.
pub async fn append(tx: &mut Tx, fresh: &[(ListingId, Observation)]) -> Result<(), StoreError> {
    let rows = fresh.iter().map(|(listing, seen)| {
        let mut cells = vec![
            Cell::from(listing.to_string()),
            Cell::from(seen.at),
            Cell::from(seen.previous_look),
            Cell::from(codes::observation_word(seen.kind)),
        ];
        cells.extend(money_cells(seen.price));
        cells.extend(money_cells(seen.shipping));
        cells.push(Cell::from(codes::state_word(seen.state)));
        cells
    });
    APPEND.rows(tx, rows.collect()).await.map(|_| ())
}

const HISTORY: &str = "select listing, at, previous_look, kind, price_minor, price_currency, shipping_minor, \
    shipping_currency, state, digest from observations where listing = ?1 order by at";

/// All observations of a listing, oldest first.
pub async fn history(read: &mut Read, listing: ListingId) -> Result<Vec<Observation>, StoreError> {
    let seal = read.seal();
    let query = sqlx::query(HISTORY).bind(listing.to_string());
    let rows = query.fetch_all(read.connection()).await?;
    let opened = rows.iter().map(|row| from_cells(Cells::open(TABLE, &seal, row)?));
    opened.map(|pair| pair.map(|(_, seen)| seen)).collect()
}

const HISTORIES: &str = "select listing, at, previous_look, kind, price_minor, price_currency, shipping_minor, \
    shipping_currency, state, digest from observations \
    where listing in (select value from json_each(?1)) order by listing, at";

/// All observations of several listings, each oldest first. Listings without any are left out.
pub async fn histories(
    read: &mut Read,
    listings: &[ListingId],
) -> Result<HashMap<ListingId, Vec<Observation>>, StoreError> {
    let seal = read.seal();
    let query = sqlx::query(HISTORIES).bind(json_ids(listings));
    let rows = query.fetch_all(read.connection()).await?;
    let mut histories: HashMap<ListingId, Vec<Observation>> = HashMap::new();
    for row in &rows {
        let (listing, seen) = from_cells(Cells::open(TABLE, &seal, row)?)?;
        histories.entry(listing).or_default().push(seen);
    }
    Ok(histories)
}

/// Up to `longest` last known prices of each listing in minor units, oldest first, for the sparkline.
/// Only prices in the currency of the listing's last price: others have no place on one line.
pub async fn sparks(
    read: &mut Read,
    listings: &[ListingId],
    longest: usize,
) -> Result<HashMap<ListingId, Vec<i64>>, StoreError> {
    let histories = histories(read, listings).await?;
    let sparks = histories.into_iter().map(|(listing, history)| {
        let prices: Vec<_> = history.iter().filter_map(|seen| seen.price).collect();
        let currency = prices.last().map(|price| price.currency);
        let alike = prices.iter().filter(|price| Some(price.currency) == currency);
        let minors: Vec<i64> = alike.map(|price| price.minor).collect();
        let skip = minors.len().saturating_sub(longest);
        (listing, minors.into_iter().skip(skip).collect())
    });
    Ok(sparks.collect())
}

fn from_cells(mut cells: Cells) -> Result<(ListingId, Observation), StoreError> {
    let listing = cells.id()?;
    let seen = Observation {
        at: cells.at()?,
        previous_look: cells.opt_at()?,
        kind: cells.word(codes::read_observation)?,
        price: cells.money()?,
        shipping: cells.money()?,
        state: cells.word(codes::read_state)?,
    };
    Ok((listing, seen))
}

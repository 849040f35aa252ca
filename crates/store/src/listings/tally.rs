//! Table `listing_tallies`: how many listings there are of each kind that filters tell apart.
//!
//! Every write of listings shifts it in the same transaction; the totals of the window's table, the
//! sidebar and the sources page come from it. The doctor compares it with the rows.

use std::collections::{BTreeMap, HashMap};

use sqlx::sqlite::SqliteRow;

use super::{Filter, Listing};
use crate::{
    Read, StoreError, Tx,
    batch::Insert,
    cell::{Cell, Cells},
    codes,
    digest::Seal,
};

const TABLE: &str = "listing_tallies";

/// What filters tell apart.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(crate) struct Facets {
    pub(crate) source: String,
    pub(crate) kind: String,
    pub(crate) state: String,
    pub(crate) dismissed: bool,
    pub(crate) matches: bool,
}

impl Facets {
    pub(crate) fn of(listing: &Listing) -> Facets {
        Facets {
            source: listing.source.clone(),
            kind: codes::kind_word(listing.kind).to_owned(),
            state: codes::state_word(listing.state).to_owned(),
            dismissed: listing.dismissed,
            matches: listing.matches,
        }
    }

    /// Whether a filter without words and without a watchlist takes such listings.
    fn pass(&self, filter: &Filter) -> bool {
        let active = self.state == "active";
        (filter.include_gone || active)
            && (filter.include_dismissed || !self.dismissed)
            && (!filter.matching_only || self.matches)
            && filter.kind.is_none_or(|kind| codes::kind_word(kind) == self.kind)
            && filter.source.as_ref().is_none_or(|source| *source == self.source)
    }
}

const SAVE: Insert = Insert {
    table: TABLE,
    into: "insert into listing_tallies (source, kind, state, dismissed, matches, listings, digest) values",
    on_conflict: "on conflict (source, kind, state, dismissed, matches) do update set \
        listings = excluded.listings, digest = excluded.digest",
};

/// Takes away what changed listings counted as, and adds what they count as now.
pub(crate) async fn shift(
    tx: &mut Tx,
    before: Vec<Facets>,
    after: impl Iterator<Item = Facets>,
) -> Result<(), StoreError> {
    let mut shifts: BTreeMap<Facets, i64> = BTreeMap::new();
    for facets in before {
        *shifts.entry(facets).or_default() -= 1;
    }
    for facets in after {
        *shifts.entry(facets).or_default() += 1;
    }
    shifts.retain(|_, shift| *shift != 0);
    if shifts.is_empty() {
        return Ok(());
    }
    let known: HashMap<Facets, i64> = all(tx).await?.into_iter().collect();
    let rows = shifts.into_iter().map(|(facets, shift)| {
        let listings = known.get(&facets).copied().unwrap_or(0).saturating_add(shift);
        vec![
            Cell::from(facets.source),
            Cell::from(facets.kind),
            Cell::from(facets.state),
            Cell::from(facets.dismissed),
            Cell::from(facets.matches),
            Cell::from(listings),
        ]
    });
    SAVE.rows(tx, rows.collect()).await.map(|_| ())
}

/// How many listings a filter without words and without a watchlist holds.
pub(crate) async fn total(read: &mut Read, filter: &Filter) -> Result<u32, StoreError> {
    let tallies = all(read).await?;
    let held = tallies.iter().filter(|(facets, _)| facets.pass(filter)).map(|(_, number)| number);
    Ok(u32::try_from(held.sum::<i64>()).unwrap_or(u32::MAX))
}

/// A source's listings.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Tally {
    pub all: u32,
    pub active: u32,
}

/// The tally of every source that has listings.
pub async fn by_source(read: &mut Read) -> Result<HashMap<String, Tally>, StoreError> {
    let mut tallies: HashMap<String, Tally> = HashMap::new();
    for (facets, number) in all(read).await? {
        let number = u32::try_from(number).unwrap_or(0);
        let tally = tallies.entry(facets.source).or_default();
        tally.all += number;
        if facets.state == "active" {
            tally.active += number;
        }
    }
    tallies.retain(|_, tally| tally.all > 0);
    Ok(tallies)
}

/// Listings the table shows without a filter.
pub async fn active(read: &mut Read) -> Result<u32, StoreError> {
    total(read, &Filter::default()).await
}

const ALL: &str =
    "select source, kind, state, dismissed, matches, listings, digest from listing_tallies";

async fn all(read: &mut Read) -> Result<Vec<(Facets, i64)>, StoreError> {
    let seal = read.seal();
    let rows = sqlx::query(ALL).fetch_all(read.connection()).await?;
    rows.iter().map(|row| open(&seal, row)).collect()
}

fn open(seal: &Seal, row: &SqliteRow) -> Result<(Facets, i64), StoreError> {
    let mut cells = Cells::open(TABLE, seal, row)?;
    let facets = Facets {
        source: cells.text()?,
        kind: cells.text()?,
        state: cells.text()?,
        dismissed: cells.flag()?,
        matches: cells.flag()?,
    };
    Ok((facets, cells.int()?))
}

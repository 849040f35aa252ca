//! Page -> Extracted -> Normalised -> Unique -> Priced -> Matched -> Notice, with the IO between.
//!
//! One transaction per page: listings, observations, rules' memory and the inbox move together, so a
//! kill leaves a page wholly taken or not at all, and news is told once. What a page no longer says of a
//! known listing keeps its last good value. Notifications follow after the commit (`toasts.rs`).

mod correct;
mod facts;
mod health;
mod keep;
mod raw;
mod row;

use std::collections::{BTreeMap, HashSet};

pub(crate) use correct::{Reach, Reading, corrected, reach, reread};
pub(crate) use facts::Market;
pub(crate) use keep::merge;
pub(crate) use raw::Raw;

use watches_core::{
    id::{ListingId, WatchlistId},
    listing::{
        extracted::Extracted,
        normalise::{Normalised, normalise},
        price::Priced,
    },
    time::{Span, Timestamp},
};
use watches_ipc::event::Event;
use watches_store::{
    Tx, listings, observations, sightings, sources as sources_table, watchlist_listings,
};

use crate::{
    App, alerts,
    fault::Error,
    fetching::{self, Remembered},
    matching::{self, Judged, Rules},
    poll::{Ask, Tally},
};

/// What one page showed.
#[derive(Debug)]
pub(crate) struct Seen {
    pub source: sources_table::Source,
    pub ask: Ask,
    /// The watchlists whose search this was.
    pub watchlists: Vec<WatchlistId>,
    pub listings: Vec<Extracted>,
    pub at: Timestamp,
    /// To be remembered with its validators; `None` for what was not fetched.
    pub page: Option<Remembered>,
    /// The page itself, for reading it again some day.
    pub raw: Raw,
}

/// What became of it.
#[derive(Debug, Default)]
pub(crate) struct Taken {
    pub tally: Tally,
    pub ids: Vec<ListingId>,
    /// The page had far fewer fields than usual.
    pub degraded: bool,
}

/// More on one page is no page of a market.
const MOST_LISTINGS: usize = 1_000;
/// Looks further apart than this leave a gap in the chart.
pub(crate) const GAP: Span = Span::hours(36);

pub(crate) async fn take(app: &App, mut seen: Seen) -> Result<Taken, Error> {
    prepare(&mut seen);
    let health = health::of(app, &seen).await?;
    let extracted = std::mem::take(&mut seen.listings);
    let catalogue = app.catalogue;
    let normalised = tokio::task::spawn_blocking(move || {
        extracted.into_iter().map(|one| normalise(one, catalogue)).collect::<Vec<Normalised>>()
    })
    .await?;
    let mut tx = app.write().await?;
    let taken = write(app, &mut tx, &seen, normalised, &health).await?;
    tx.commit().await?;
    tell(app, &seen, &taken, &health).await?;
    Ok(Taken { tally: taken.tally, ids: taken.ids, degraded: health.is_degraded() })
}

/// One listing once, under the name of the source that was asked.
fn prepare(seen: &mut Seen) {
    as_taken(&mut seen.listings, &seen.source.key);
}

/// What of a page's listings the flow takes, here and when the page is read again.
pub(crate) fn as_taken(listings: &mut Vec<Extracted>, source: &str) {
    let mut ids = HashSet::new();
    listings.retain(|listing| !listing.id.is_empty() && ids.insert(listing.id.clone()));
    listings.truncate(MOST_LISTINGS);
    for listing in listings {
        source.clone_into(&mut listing.source);
    }
}

/// What was written, and what is to be told of it after the commit.
struct Written {
    tally: Tally,
    ids: Vec<ListingId>,
    alerts: Vec<watches_store::alerts::Alert>,
    changed: bool,
}

async fn write(
    app: &App,
    tx: &mut Tx,
    seen: &Seen,
    normalised: Vec<Normalised>,
    health: &health::Health,
) -> Result<Written, Error> {
    let known = facts::known(tx, &seen.source.key, &normalised).await?;
    let market = Market::load(tx).await?;
    let rules = Rules::load(tx).await?;
    let mut priced = Vec::with_capacity(normalised.len());
    let mut tally = Tally { pages: u32::from(seen.page.is_some()), ..Tally::default() };
    let mut fresh = Vec::new();
    let mut stored = Vec::with_capacity(normalised.len());
    for one in normalised {
        let before = known.get(&one.extracted.id);
        let one = keep::last_good(one, before, app.catalogue);
        let (one, news) = market.price(app, one, before, seen.at);
        tally.listings += 1;
        match before {
            None => tally.new += 1,
            Some(before) if before.differs(&one) => tally.changed += 1,
            Some(_) => {}
        }
        fresh.extend(news.map(|news| (one.unique.id, news)));
        stored.push(row::stored(&one, before, &market, seen.at));
        priced.push(one);
    }
    listings::put(tx, &stored).await?;
    observations::append(tx, &fresh).await?;
    let ids: Vec<ListingId> = priced.iter().map(|one| one.unique.id).collect();
    sightings::saw(tx, &ids, seen.at, GAP).await?;
    let judged = judge(app, tx, seen, &rules, priced).await?;
    tally.alerts = u32::try_from(judged.alerts.len()).unwrap_or(u32::MAX);
    if let Some(page) = &seen.page {
        let shown = stored.iter().map(|one| one.listing.market_id.clone()).collect();
        fetching::remember_page(tx, page, shown, seen.at).await?;
    }
    raw::keep(tx, &seen.source.key, &seen.raw, market.settings.page_quota_mb, seen.at).await?;
    health::write(tx, seen, health).await?;
    let changed = tally.new + tally.changed + tally.alerts > 0;
    Ok(Written { tally, ids, alerts: judged.alerts, changed })
}

/// Every rule on every listing of the page: time alone can make a rule true.
async fn judge(
    app: &App,
    tx: &mut Tx,
    seen: &Seen,
    rules: &Rules,
    priced: Vec<Priced>,
) -> Result<Judged, Error> {
    let judged = matching::judge(app, tx, rules, priced, seen.at).await?;
    // A search's results belong to its watchlists; what a rule matches belongs to that rule's too.
    let mut claims: BTreeMap<WatchlistId, Vec<ListingId>> = BTreeMap::new();
    for watchlist in &seen.watchlists {
        if let Ask::Search { .. } = seen.ask {
            claims.entry(*watchlist).or_default().extend(judged.ids());
        } else {
            let wanted = judged.wanted_by(rules, *watchlist);
            claims.entry(*watchlist).or_default().extend(wanted);
        }
    }
    for (watchlist, verdicts) in judged.by_watchlist() {
        let matching = verdicts.iter().filter(|(_, matches)| *matches).map(|(id, _)| *id);
        claims.entry(watchlist).or_default().extend(matching);
    }
    for (watchlist, ids) in claims {
        watchlist_listings::link(tx, watchlist, &ids, seen.at).await?;
    }
    for (watchlist, verdicts) in judged.by_watchlist() {
        watchlist_listings::set_matching(tx, watchlist, &verdicts).await?;
    }
    Ok(judged)
}

async fn tell(
    app: &App,
    seen: &Seen,
    taken: &Written,
    health: &health::Health,
) -> Result<(), Error> {
    if taken.changed {
        app.tell(Event::ListingsChanged);
        app.tell(Event::WatchlistsChanged);
    }
    if !taken.alerts.is_empty() {
        let raised = taken.alerts.clone();
        for row in alerts::rows(&mut app.read().await?, raised).await? {
            app.tell(Event::AlertRaised(Box::new(row)));
        }
        app.tell(Event::AlertsChanged);
        app.tell(Event::StatusChanged);
    }
    health::tell(app, &seen.source, health);
    Ok(())
}

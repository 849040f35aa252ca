//! Listings that a whole search no longer shows: look at their own page before calling them gone.
//!
//! Absence alone proves nothing: results are cut, sorted anew and personalised. A listing is ended when
//! its own page says so, or when it stayed away for days and its page could not be asked either.

use watches_core::{
    listing::extracted::{Extracted, SaleState},
    time::Span,
};
use watches_store::listings;

use super::{Ask, Job, item_jobs};
use crate::{
    App,
    fault::Error,
    listing_flow::{self, Raw, Seen},
};

/// Own pages looked at per search and poll: the rest has its turn at the next poll.
const LOOKS: usize = 3;
/// Away for so long, whole searches through: ended.
const GONE_AFTER: Span = Span::days(3);
const MOST: u32 = 2_000;

pub(super) async fn jobs(app: &App, job: &Job) -> Result<Vec<Job>, Error> {
    let mut missing = missing(app, job).await?;
    missing.sort_by_key(|stored| stored.listing.last_seen);
    let long_ago = app.env.now() - GONE_AFTER;
    let (gone, away): (Vec<_>, Vec<_>) =
        missing.into_iter().partition(|stored| stored.listing.last_seen < long_ago);
    if !gone.is_empty() {
        end(app, job, gone).await?;
    }
    let ids: Vec<_> = away.iter().take(LOOKS).map(|stored| stored.listing.id).collect();
    item_jobs(app, &ids).await
}

/// Active listings of this source that its watchlists found earlier and this search did not show.
async fn missing(app: &App, job: &Job) -> Result<Vec<listings::Stored>, Error> {
    let mut read = app.read().await?;
    let mut missing: Vec<listings::Stored> = Vec::new();
    for watchlist in &job.watchlists {
        for stored in listings::of_watchlist(&mut read, *watchlist, MOST).await? {
            let listing = &stored.listing;
            let away = listing.source == job.source.key && listing.last_seen < job.begun;
            if away && !missing.iter().any(|known| known.listing.id == listing.id) {
                missing.push(stored);
            }
        }
    }
    Ok(missing)
}

async fn end(app: &App, job: &Job, gone: Vec<listings::Stored>) -> Result<(), Error> {
    let ended = |stored: listings::Stored| Extracted {
        state: SaleState::Ended,
        ..stored.document.normalised.extracted
    };
    let seen = Seen {
        source: job.source.clone(),
        // Nothing was read of a page, so nothing is learnt about its layout.
        ask: gone.first().map_or(job.ask.clone(), |one| Ask::Item { listing: one.listing.id }),
        watchlists: Vec::new(),
        listings: gone.into_iter().map(ended).collect(),
        at: app.env.now(),
        page: None,
        raw: Raw::None,
    };
    listing_flow::take(app, seen).await?;
    Ok(())
}

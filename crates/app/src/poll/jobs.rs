//! Due watchlists -> jobs: the same words at the same source are asked once for all that want them.

use url::Url;
use watches_core::id::ListingId;
use watches_scrape::sites::{self, SiteKind};
use watches_store::{listings, sources as table, watchlists};

use super::{Ask, Job, page};
use crate::{App, fault::Error, run, schedule::Due, sources};

/// Which of the enabled sources a watchlist asks: those it names, or all when it names none. In a
/// demo the imitation market is as good as any.
pub(crate) fn sources_of(list: &watchlists::Watchlist, enabled: &[table::Source]) -> Vec<String> {
    let wanted = |source: &&table::Source| {
        let named = list.sources.is_empty() || list.sources.contains(&source.key);
        match source.kind {
            // A followed page is one listing, whatever the watchlist looks for.
            table::SourceKind::Page => true,
            table::SourceKind::Dealer => named,
            // Without words there is nothing to ask a search for.
            table::SourceKind::Market | table::SourceKind::File | table::SourceKind::Mail => {
                named && !list.query.is_empty()
            }
        }
    };
    enabled.iter().filter(wanted).map(|source| source.key.clone()).collect()
}

pub(crate) async fn jobs(app: &App, due: &[Due]) -> Result<Vec<Job>, Error> {
    let mut read = app.read().await?;
    let enabled = run::enabled_sources(&mut read).await?;
    let mut jobs: Vec<Job> = Vec::new();
    for due in due {
        let Some(list) = watchlists::get(&mut read, due.watch).await? else { continue };
        for source in enabled.iter().filter(|source| due.sources.contains(&source.key)) {
            let asked = match page::ask(&mut read, source).await? {
                Some(asked) => Some(asked),
                None => first_page(source, &list.query),
            };
            let Some((ask, url)) = asked else {
                tracing::warn!("source {} has no address that can be asked", source.key);
                continue;
            };
            match jobs.iter_mut().find(|job| job.url == url && job.source.key == source.key) {
                Some(job) => job.watchlists.push(list.id),
                None => jobs.push(Job {
                    source: source.clone(),
                    ask,
                    url,
                    query: list.query.clone(),
                    watchlists: vec![list.id],
                    begun: app.env.now(),
                }),
            }
        }
    }
    Ok(jobs)
}

fn first_page(source: &table::Source, query: &str) -> Option<(Ask, Url)> {
    let base = Url::parse(&source.address).ok()?;
    match source.kind {
        table::SourceKind::Market => {
            let site = sources::site(source)?;
            Some((Ask::Search { page_no: 1 }, sites::search_url(site, &base, query, 1)))
        }
        table::SourceKind::Dealer => {
            let url = sites::search_url(SiteKind::Dealer, &base, query, 1);
            // An address with a place for the words is a search; any other is the shop as it is.
            let ask =
                if url == base { Ask::Whole { page_no: 1 } } else { Ask::Search { page_no: 1 } };
            Some((ask, url))
        }
        table::SourceKind::Page | table::SourceKind::File | table::SourceKind::Mail => None,
    }
}

/// The listings' own pages, at sources that are switched on.
pub(crate) async fn item_jobs(app: &App, ids: &[ListingId]) -> Result<Vec<Job>, Error> {
    if ids.is_empty() {
        return Ok(Vec::new());
    }
    let mut read = app.read().await?;
    let enabled = run::enabled_sources(&mut read).await?;
    let found = listings::rows(&mut read, ids).await?;
    let job = |listing: listings::Listing| {
        let source = enabled.iter().find(|source| source.key == listing.source)?.clone();
        Some(Job {
            source,
            ask: Ask::Item { listing: listing.id },
            url: Url::parse(&listing.url).ok()?,
            query: String::new(),
            watchlists: Vec::new(),
            begun: app.env.now(),
        })
    };
    Ok(found.into_iter().filter_map(job).collect())
}

//! Jobs -> pages -> the listing flow: one request after the other, each page one transaction.
//!
//! A job asks one source for one thing on behalf of the watchlists that want it; watchlists with the
//! same words share it. What goes wrong with a source becomes its state and a line of the report, and
//! the next source is asked all the same.

mod absent;
mod answer;
pub(crate) mod api;
mod jobs;
mod page;

use std::collections::VecDeque;

use url::Url;
use watches_core::{
    id::{ListingId, WatchlistId},
    time::Timestamp,
};
use watches_scrape::{
    fetch::{Fetched, Request, Validators},
    page::Page,
    sites::{Found, Reading},
};
use watches_store::sources as table;

pub(crate) use jobs::{item_jobs, jobs, sources_of};
pub(crate) use page::jobs as page_jobs;

use crate::{
    App, adapters,
    browser::{self, BrowserError},
    fault::Error,
    fetching::{self, Remembered},
    listing_flow::{self, Raw, Seen},
    polling::Progress,
    sources,
};

/// Result pages read per search by the schedule.
pub(crate) const PAGES: u32 = 3;
/// Result pages read per search when a person asks.
pub(crate) const PAGES_NOW: u32 = 5;

/// What a poll came to.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(crate) struct Tally {
    pub pages: u32,
    pub listings: u32,
    pub new: u32,
    pub changed: u32,
    pub alerts: u32,
}

/// One page to ask for.
#[derive(Debug, Clone)]
pub(crate) struct Job {
    pub source: table::Source,
    pub ask: Ask,
    pub url: Url,
    /// The words of a search; empty for other pages.
    pub query: String,
    /// On whose behalf; empty for an item's page.
    pub watchlists: Vec<WatchlistId>,
    /// When the search's first page was asked for: what it then misses was not on any page.
    pub begun: Timestamp,
}

/// What a page is expected to be.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Ask {
    /// Results of a search, counted from 1.
    Search { page_no: u32 },
    /// A dealer's whole page.
    Whole { page_no: u32 },
    /// One listing's own page.
    Item { listing: ListingId },
}

impl Ask {
    fn page_no(&self) -> u32 {
        match self {
            Ask::Search { page_no } | Ask::Whole { page_no } => *page_no,
            Ask::Item { .. } => 1,
        }
    }
}

/// How one page went.
enum Outcome {
    Read {
        tally: Tally,
        next: Option<Box<Job>>,
    },
    /// The last page of a search was read without trouble: what it missed may be gone.
    Complete {
        tally: Tally,
    },
    /// Nothing more of this source in this poll.
    StopSource(String),
    /// Only this page failed.
    Failed(String),
    Cancelled,
}

/// Works off the jobs in order. Cancelled between two pages, or while waiting for one.
pub(crate) async fn work_off(
    app: &App,
    jobs: Vec<Job>,
    pages: u32,
    progress: &mut Progress<'_>,
) -> Result<(), Error> {
    let mut queue: VecDeque<Job> = jobs.into();
    let mut stopped: Vec<String> = Vec::new();
    while let Some(job) = queue.pop_front() {
        if progress.is_cancelled() {
            return Ok(());
        }
        progress.step();
        if stopped.contains(&job.source.key) {
            continue;
        }
        progress.at(&job.source.name);
        match one(app, &job, pages, progress).await? {
            Outcome::Read { tally, next } => {
                progress.count(&tally);
                if let Some(next) = next {
                    progress.more(1);
                    queue.push_front(*next);
                }
            }
            Outcome::Complete { tally } => {
                progress.count(&tally);
                let missing = absent::jobs(app, &job).await?;
                progress.more(missing.len());
                queue.extend(missing);
            }
            Outcome::StopSource(why) => {
                progress.problem(&job.source.name, &why);
                stopped.push(job.source.key.clone());
            }
            Outcome::Failed(why) => progress.problem(&job.source.name, &why),
            Outcome::Cancelled => return Ok(()),
        }
        if app.polls.offline().is_some() {
            // Without a network every other source fails too, each after its own time-out.
            return Ok(());
        }
    }
    Ok(())
}

async fn one(app: &App, job: &Job, pages: u32, progress: &Progress<'_>) -> Result<Outcome, Error> {
    if let Some(spent) = answer::over_budget(app, job).await? {
        return Ok(spent);
    }
    if let Some(outcome) = api::search(app, job, pages).await? {
        return Ok(outcome);
    }
    let request = Request::page(job.url.clone());
    let Some(fetcher) = browser::fetcher(app, &job.source).await? else {
        return Ok(Outcome::StopSource(BrowserError::Missing.to_string()));
    };
    let validators = fetching::validators(app, &job.url).await?;
    let request = request.unless_unchanged(validators);
    let fetched = tokio::select! {
        fetched = fetcher.fetch(&request) => fetched,
        () = progress.cancelled() => return Ok(Outcome::Cancelled),
    };
    answer::spend(app, job).await?;
    match fetched {
        Ok(Fetched::Fresh(document)) => {
            app.polls.note_network(true, app.env.now());
            let validators = document.validators.clone();
            read(app, job, pages, document.into_page(), validators).await
        }
        Ok(Fetched::NotModified) => {
            app.polls.note_network(true, app.env.now());
            unchanged(app, job, pages).await
        }
        Err(error) => answer::failed(app, job, error).await,
    }
}

/// Reads a page off the async threads and hands its listings to the flow.
async fn read(
    app: &App,
    job: &Job,
    pages: u32,
    page: Page,
    validators: Validators,
) -> Result<Outcome, Error> {
    if job.source.kind == table::SourceKind::Page {
        return page::read(app, job, page, validators).await;
    }
    let site = sources::site(&job.source);
    let adapter = adapters::for_source(app, &job.source, page.url.as_ref()).await?;
    let read = move || (adapters::read(adapter.as_ref(), site, &page), Raw::of(&page));
    let (reading, raw) = tokio::task::spawn_blocking(read).await?;
    let found = match reading {
        Reading::Listings(found) => found,
        Reading::Blocked(block) => return answer::blocked(app, job, block).await,
        Reading::Nothing => Found::default(),
    };
    let next = follow(job, found.next.as_ref(), pages);
    let page = Remembered { url: job.url.clone(), validators, next: found.next };
    let seen = Seen { listings: found.listings, page: Some(page), raw, ..seen(app, job) };
    finish(app, job, seen, next).await
}

/// The page is as it was: its listings are seen again with what is stored of them.
async fn unchanged(app: &App, job: &Job, pages: u32) -> Result<Outcome, Error> {
    if job.source.kind == table::SourceKind::Page {
        page::well(app, job).await?;
    }
    let (listings, next) = fetching::remembered(app, job).await?;
    let next = follow(job, next.as_ref(), pages);
    let raw = Raw::Again(job.url.clone());
    finish(app, job, Seen { listings, raw, ..seen(app, job) }, next).await
}

fn seen(app: &App, job: &Job) -> Seen {
    Seen {
        source: job.source.clone(),
        ask: job.ask.clone(),
        watchlists: job.watchlists.clone(),
        listings: Vec::new(),
        at: app.env.now(),
        page: None,
        raw: Raw::None,
    }
}

async fn finish(app: &App, job: &Job, seen: Seen, next: Next) -> Result<Outcome, Error> {
    let taken = listing_flow::take(app, seen).await?;
    let tally = taken.tally;
    let last = Outcome::Read { tally, next: None };
    Ok(match (&job.ask, next) {
        // A page that cannot be read as usual says nothing about what is gone.
        _ if taken.degraded => last,
        (Ask::Item { .. }, _) | (_, Next::Beyond) => last,
        (Ask::Search { page_no }, Next::Page(url)) => {
            let ask = Ask::Search { page_no: page_no + 1 };
            Outcome::Read { tally, next: Some(Box::new(Job { ask, url, ..job.clone() })) }
        }
        (Ask::Whole { page_no }, Next::Page(url)) => {
            let ask = Ask::Whole { page_no: page_no + 1 };
            Outcome::Read { tally, next: Some(Box::new(Job { ask, url, ..job.clone() })) }
        }
        (Ask::Search { .. } | Ask::Whole { .. }, Next::End) => Outcome::Complete { tally },
    })
}

/// Where a search goes on.
enum Next {
    Page(Url),
    /// There is more, but not for this poll.
    Beyond,
    End,
}

/// A page may name anything as its next: the source is never left for it.
fn follow(job: &Job, next: Option<&Url>, pages: u32) -> Next {
    match next {
        None => Next::End,
        Some(next) if next.host_str() != job.url.host_str() || *next == job.url => Next::End,
        Some(_) if job.ask.page_no() >= pages => Next::Beyond,
        Some(next) => Next::Page(next.clone()),
    }
}

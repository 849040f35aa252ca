//! A followed page in a poll: one address, one listing; what was pointed at is found again or said lost.

use url::Url;
use watches_ipc::{event::Event, source::SourceState};
use watches_scrape::{fetch::Validators, page::Page};
use watches_store::{Read, listings, sources as table};

use super::{Ask, Job, Outcome, answer, finish, follow, seen};
use crate::{
    App,
    env::Toast,
    fault::Error,
    fetching::Remembered,
    listing_flow::Seen,
    pages::{self, PageRead},
    run,
    sources::{read_state, write_state},
};

/// The one thing to ask of a followed page; `None` for other sources.
pub(super) async fn ask(
    read: &mut Read,
    source: &table::Source,
) -> Result<Option<(Ask, Url)>, Error> {
    if source.kind != table::SourceKind::Page {
        return Ok(None);
    }
    let Ok(url) = Url::parse(&source.address) else { return Ok(None) };
    let known = listings::find(read, &source.key, &[pages::LISTING]).await?;
    let ask = match known.first() {
        Some(listing) => Ask::Item { listing: listing.id },
        None => Ask::Whole { page_no: 1 },
    };
    Ok(Some((ask, url)))
}

/// Jobs for the followed pages that none of `jobs` asks for: a person without watchlists has them too.
pub(crate) async fn jobs(app: &App, jobs: &[Job]) -> Result<Vec<Job>, Error> {
    let mut read = app.read().await?;
    let mut more = Vec::new();
    for source in run::enabled_sources(&mut read).await? {
        let asked = jobs.iter().any(|job| job.source.key == source.key);
        let Some((ask, url)) = ask(&mut read, &source).await?.filter(|_| !asked) else { continue };
        let (query, watchlists) = (String::new(), Vec::new());
        more.push(Job { source, ask, url, query, watchlists, begun: app.env.now() });
    }
    Ok(more)
}

pub(super) async fn read(
    app: &App,
    job: &Job,
    page: Page,
    validators: Validators,
) -> Result<Outcome, Error> {
    match pages::read(app, page).await? {
        PageRead::Blocked(block) => answer::blocked(app, job, block).await,
        PageRead::Lost(why) => lost(app, job, why).await,
        PageRead::Listing(listing) => {
            well(app, job).await?;
            let page = Remembered { url: job.url.clone(), validators, next: None };
            let listing = pages::as_listing_of(&job.source, *listing);
            let seen = Seen { listings: vec![listing], page: Some(page), ..seen(app, job) };
            finish(app, job, seen, follow(job, None, 1)).await
        }
    }
}

/// The price was not found again: nothing is stored of this page, and the person is told once.
async fn lost(app: &App, job: &Job, why: String) -> Result<Outcome, Error> {
    let now = app.env.now();
    let mut tx = app.write().await?;
    let Some(mut source) = table::get(&mut tx, &job.source.key).await? else {
        return Ok(Outcome::Failed(why));
    };
    let since = match read_state(&source.state) {
        SourceState::Degraded { since, .. } => Some(since),
        SourceState::Idle
        | SourceState::Ok
        | SourceState::NeedsYou { .. }
        | SourceState::Waiting { .. }
        | SourceState::Offline { .. }
        | SourceState::BudgetSpent { .. } => None,
    };
    let state = SourceState::Degraded {
        since: since.unwrap_or(now),
        reason: format!("{}.", capital(&why)),
    };
    source.state = write_state(&state);
    table::save(&mut tx, &source).await?;
    tx.commit().await?;
    app.tell(Event::SourcesChanged);
    app.tell(Event::StatusChanged);
    if since.is_none() {
        let toast = Toast {
            title: format!("{} must be pointed at again", source.name),
            body: format!("{}. The last good price is kept.", capital(&why)),
            critical: false,
            alerts: Vec::new(),
        };
        if let Err(why) = app.shell.notify(&toast) {
            tracing::warn!("the notice about {} was not shown: {why}", source.key);
        }
    }
    Ok(Outcome::Failed(format!("must be pointed at again: {why}")))
}

/// As a sentence begins.
fn capital(text: &str) -> String {
    let mut letters = text.chars();
    letters.next().map_or_else(String::new, |first| first.to_uppercase().chain(letters).collect())
}

/// It is read as it should be: what was lost before is found.
pub(super) async fn well(app: &App, job: &Job) -> Result<(), Error> {
    match read_state(&job.source.state) {
        SourceState::Degraded { .. } => answer::note(app, job, &SourceState::Ok).await.map(drop),
        SourceState::Idle
        | SourceState::Ok
        | SourceState::NeedsYou { .. }
        | SourceState::Waiting { .. }
        | SourceState::Offline { .. }
        | SourceState::BudgetSpent { .. } => Ok(()),
    }
}

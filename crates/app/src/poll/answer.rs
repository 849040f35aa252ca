//! What becomes of a source that was not read: its state, the budget, and what the report says.

use watches_core::{
    listing::extracted::{Extracted, SaleState},
    time::{Span, Timestamp},
};
use watches_ipc::{event::Event, source::SourceState};
use watches_scrape::{
    fetch::{FetchError, Remedy},
    sites::{self, Block, Reading},
};
use watches_store::{listings, poll_schedule, sources as table};

use super::{Ask, Job, Outcome, Tally};
use crate::{
    App,
    env::Toast,
    fault::Error,
    listing_flow::{self, Raw, Seen},
    sources,
};

/// Today's budget is a promise: also when a person asks.
pub(super) async fn over_budget(app: &App, job: &Job) -> Result<Option<Outcome>, Error> {
    let now = app.env.now();
    let mut read = app.read().await?;
    let used = table::used(&mut read, &job.source.key, sources::budget_day(now)).await?;
    if used < job.source.daily_budget {
        return Ok(None);
    }
    Ok(Some(Outcome::StopSource(format!(
        "today's {} requests are used up",
        job.source.daily_budget
    ))))
}

/// Counts the request and notes the attempt for the schedule, whatever came of it.
pub(super) async fn spend(app: &App, job: &Job) -> Result<(), Error> {
    let now = app.env.now();
    let mut tx = app.write().await?;
    table::spend(&mut tx, &job.source.key, sources::budget_day(now), 1).await?;
    let appointment = |watchlist: &watches_core::id::WatchlistId| poll_schedule::Appointment {
        watchlist: *watchlist,
        source: job.source.key.clone(),
        next_at: now,
        last_at: Some(now),
        failures: 0,
    };
    let appointments: Vec<_> = job.watchlists.iter().map(appointment).collect();
    poll_schedule::save(&mut tx, &appointments).await?;
    if let Some(mut source) = table::get(&mut tx, &job.source.key).await? {
        source.last_poll = Some(now);
        table::save(&mut tx, &source).await?;
    }
    Ok(tx.commit().await?)
}

/// A challenge or a login: the person must act. Never an empty result.
pub(super) async fn blocked(app: &App, job: &Job, block: Block) -> Result<Outcome, Error> {
    let reason = match block {
        Block::Cloudflare => "Cloudflare asks whether you are a person",
        Block::Datadome => "DataDome asks whether you are a person",
        Block::Akamai => "Akamai refuses automatic visits",
        Block::Perimeterx => "PerimeterX asks whether you are a person",
        Block::Captcha => "it shows a captcha",
        Block::Login => "it wants you to log in",
    };
    let state = SourceState::NeedsYou {
        since: app.env.now(),
        url: job.url.to_string(),
        reason: reason.to_owned(),
    };
    let before = note(app, job, &state).await?;
    if !matches!(before, Some(SourceState::NeedsYou { .. })) {
        tell(app, job, reason);
    }
    Ok(Outcome::StopSource(format!("needs you: {reason}")))
}

/// One notice when a source begins to want a person, not one per look.
fn tell(app: &App, job: &Job, reason: &str) {
    let name = &job.source.name;
    let toast = Toast {
        title: format!("{name} needs you"),
        body: format!("{name}: {reason}. Open it from the Sources page, then it is read again."),
        critical: false,
        alerts: Vec::new(),
    };
    if let Err(why) = app.shell.notify(&toast) {
        tracing::warn!("the notice about {} was not shown: {why}", job.source.key);
    }
}

pub(super) async fn failed(app: &App, job: &Job, error: FetchError) -> Result<Outcome, Error> {
    let now = app.env.now();
    let why = error.to_string();
    if error.is_offline() {
        app.polls.note_network(false, now);
        note(app, job, &SourceState::Offline { since: now }).await?;
        return Ok(Outcome::StopSource("there is no network".to_owned()));
    }
    match error.remedy() {
        Remedy::RetryAt(until) => {
            note(app, job, &SourceState::Waiting { until, reason: why.clone() }).await?;
            Ok(Outcome::StopSource(why))
        }
        Remedy::LookAtPage => match error {
            FetchError::Status { document, retry_at } => {
                refused(app, job, *document, retry_at, why).await
            }
            _ => Ok(Outcome::Failed(why)),
        },
        Remedy::GiveUp | Remedy::RetryLater => Ok(Outcome::Failed(why)),
    }
}

/// A status other than success: a challenge, a listing that is gone, or plain trouble.
async fn refused(
    app: &App,
    job: &Job,
    document: watches_scrape::fetch::Document,
    retry_at: Option<Timestamp>,
    why: String,
) -> Result<Outcome, Error> {
    let status = document.status;
    let page = document.into_page();
    let site = sources::site(&job.source);
    let reading = tokio::task::spawn_blocking(move || sites::read(site, &page)).await?;
    if let Reading::Blocked(block) = reading {
        return blocked(app, job, block).await;
    }
    if let (404 | 410, Ask::Item { .. }) = (status, &job.ask) {
        return gone(app, job).await;
    }
    if let Some(until) = retry_at.or((status == 429).then(|| app.env.now() + Span::minutes(15))) {
        note(app, job, &SourceState::Waiting { until, reason: why.clone() }).await?;
        return Ok(Outcome::StopSource(why));
    }
    Ok(Outcome::Failed(why))
}

/// The listing's own page is no more.
async fn gone(app: &App, job: &Job) -> Result<Outcome, Error> {
    let Ask::Item { listing } = job.ask else { return Ok(Outcome::Failed(String::new())) };
    let stored = listings::document(&mut app.read().await?, listing).await?;
    let Some(stored) = stored else { return Ok(Outcome::Failed("it is not stored".to_owned())) };
    let ended =
        Extracted { state: SaleState::Ended, ..stored.document.normalised.extracted.clone() };
    let seen = Seen {
        source: job.source.clone(),
        ask: job.ask.clone(),
        watchlists: Vec::new(),
        listings: vec![ended],
        at: app.env.now(),
        page: None,
        raw: Raw::None,
    };
    let taken = listing_flow::take(app, seen).await?;
    Ok(Outcome::Read { tally: Tally { ..taken.tally }, next: None })
}

/// Writes the source's state; one that lasts keeps the time it began. Answers the one before.
pub(super) async fn note(
    app: &App,
    job: &Job,
    state: &SourceState,
) -> Result<Option<SourceState>, Error> {
    let mut tx = app.write().await?;
    let before = table::get(&mut tx, &job.source.key).await?;
    let before = before.map(|source| sources::read_state(&source.state));
    let lasting = match (&before, state) {
        (Some(SourceState::Offline { since }), SourceState::Offline { .. }) => {
            SourceState::Offline { since: *since }
        }
        _ => state.clone(),
    };
    let changed = sources::set_state(&mut tx, &job.source.key, &lasting).await?;
    tx.commit().await?;
    if changed {
        app.tell(Event::SourcesChanged);
        app.tell(Event::StatusChanged);
    }
    Ok(before)
}

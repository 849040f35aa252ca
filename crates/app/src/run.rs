//! The background: gathers the planner's facts, does what is due, and sleeps on one timer.

use std::{sync::Arc, time::Duration};

use tokio::sync::watch;
use watches_core::{
    id::WatchlistId,
    time::{Span, Timestamp},
};
use watches_ipc::{event::Event, polling::PollReport};
use watches_store::{listings, sources as sources_table, watchlists as table};

use crate::{
    App, alerts, backups,
    fault::Error,
    fetching, mail, photos, poll,
    poll::Job,
    polling::{self, Progress},
    recompute, schedule, settings, sources, toasts, watchlists,
};

/// A sleeping machine stops the timer too: look again at least so often.
const LONGEST_SLEEP: Span = Span::minutes(5);
/// After a failure of our own (a full disk) wait this long.
const AFTER_FAILURE: Duration = Duration::from_secs(60);

impl App {
    /// Polls in the background until `shutdown` turns true. What is running then is cut off between
    /// two pages; nothing is lost, because every page is one transaction.
    pub async fn run(self: Arc<Self>, mut shutdown: watch::Receiver<bool>) {
        let ended = async move {
            // A closed channel means that nobody is left who could ask for an end: end too.
            let _ = shutdown.wait_for(|down| *down).await;
        };
        tokio::select! {
            () = ended => {}
            () = self.work() => {}
        }
    }

    async fn work(&self) {
        loop {
            let changed = self.plan_changed.notified();
            tokio::pin!(changed);
            changed.as_mut().enable();
            let pause = match self.background().await {
                Ok(until) => {
                    let left = (until - self.env.now()).0.clamp(1_000_000, LONGEST_SLEEP.0);
                    Duration::from_micros(left.unsigned_abs())
                }
                Err(error) => {
                    tracing::warn!("the background could not do its work: {error}");
                    AFTER_FAILURE
                }
            };
            tokio::select! {
                () = tokio::time::sleep(pause) => {}
                () = changed => {}
            }
        }
    }

    /// Everything that is due now; answers when to look again.
    ///
    /// # Errors
    /// When the store cannot be read or written.
    pub async fn background(&self) -> Result<Timestamp, Error> {
        recompute::if_marked(self).await?;
        mail::tidy(self).await?;
        toasts::deliver(self).await?;
        self.poll_due().await?;
        let photos = photos::fetch_missing(self).await?;
        backups::keep_up(self).await?;
        let now = self.env.now();
        let plan = schedule::plan(&facts(self).await?);
        let waking = alerts::next_waking(&mut self.read().await?, now).await?;
        if waking.is_some_and(|at| at <= now + LONGEST_SLEEP) {
            self.tell(Event::AlertsChanged);
        }
        let more_photos = (photos == photos::AT_ONCE).then_some(now + Span::seconds(1));
        let next = [plan.wake_at, waking, more_photos].into_iter().flatten().min();
        Ok(next.unwrap_or(now + LONGEST_SLEEP))
    }

    /// Polls what the schedule says is due at this moment; nothing when it is paused or offline.
    ///
    /// # Errors
    /// When the store cannot be read or written. A source that cannot be read is in the report.
    pub async fn poll_due(&self) -> Result<PollReport, Error> {
        let _turn = self.polls.one_at_a_time().await;
        let plan = schedule::plan(&facts(self).await?);
        if plan.due.is_empty() && plan.endings.is_empty() && plan.boxes.is_empty() {
            return Ok(PollReport::default());
        }
        let mut jobs = poll::jobs(self, &plan.due).await?;
        jobs.extend(poll::item_jobs(self, &plan.endings).await?);
        work_off(self, jobs, &plan.boxes, poll::PAGES).await
    }
}

/// Polls one watchlist or all, whatever the schedule says; paused watchlists only when named.
pub(crate) async fn poll_now(
    app: &App,
    watchlist: Option<WatchlistId>,
) -> Result<PollReport, Error> {
    let _turn = app.polls.one_at_a_time().await;
    let mut read = app.read().await?;
    let enabled = enabled_sources(&mut read).await?;
    let mut due = Vec::new();
    for list in table::all(&mut read).await? {
        if watchlist.map_or(!list.paused, |wanted| wanted == list.id) {
            let sources = poll::sources_of(&list, &enabled);
            due.push(schedule::Due { watch: list.id, sources });
        }
    }
    // Mail is for all watchlists: one that is asked for alone does not read it.
    let boxes = if watchlist.is_none() { mail::enabled(&mut read).await? } else { Vec::new() };
    drop(read);
    if watchlist.is_some() && due.is_empty() {
        return Err(Error::NotFound("the watchlist"));
    }
    let mut jobs = poll::jobs(app, &due).await?;
    if watchlist.is_none() {
        jobs.extend(poll::page_jobs(app, &jobs).await?);
    }
    let report = work_off(app, jobs, &boxes, poll::PAGES_NOW).await?;
    if report.pages == 0 && app.polls.offline().is_some() && !report.cancelled {
        return Err(Error::Offline);
    }
    app.plan_changed.notify_waiters();
    Ok(report)
}

/// Polls one source for all that ask it, whatever the schedule says: a person has just been there.
pub(crate) async fn poll_source(app: &App, key: &str) -> Result<PollReport, Error> {
    let _turn = app.polls.one_at_a_time().await;
    let mut read = app.read().await?;
    let enabled = enabled_sources(&mut read).await?;
    let mut due = Vec::new();
    for list in table::all(&mut read).await?.into_iter().filter(|list| !list.paused) {
        let sources = poll::sources_of(&list, &enabled).into_iter().filter(|asked| asked == key);
        due.push(schedule::Due { watch: list.id, sources: sources.collect() });
    }
    drop(read);
    let jobs = poll::jobs(app, &due).await?;
    let report = work_off(app, jobs, &[], poll::PAGES_NOW).await?;
    app.plan_changed.notify_waiters();
    Ok(report)
}

async fn work_off(
    app: &App,
    jobs: Vec<Job>,
    boxes: &[String],
    pages: u32,
) -> Result<PollReport, Error> {
    let mut progress = Progress::begin(app, jobs.len() + boxes.len());
    // Mail first: it is quick, and its listings need no page of a market that may be blocked.
    mail::read_all(app, boxes, &mut progress).await?;
    poll::work_off(app, jobs, pages, &mut progress).await?;
    fetching::remember(app).await?;
    let report = progress.finish();
    toasts::deliver(app).await?;
    Ok(report)
}

pub(crate) async fn enabled_sources(
    read: &mut watches_store::Read,
) -> Result<Vec<sources_table::Source>, Error> {
    let all = sources_table::all(read).await?;
    let polled = |source: &sources_table::Source| {
        use sources_table::SourceKind;
        source.enabled
            && matches!(source.kind, SourceKind::Market | SourceKind::Dealer | SourceKind::Page)
    };
    Ok(all.into_iter().filter(polled).collect())
}

/// What the planner must know, as it is now.
pub(crate) async fn facts(app: &App) -> Result<schedule::Facts, Error> {
    let now = app.env.now();
    let mut read = app.read().await?;
    let usual = settings::load(&mut read).await?.interval_minutes;
    let enabled = enabled_sources(&mut read).await?;
    let polled = watchlists::last_polls(&mut read).await?;
    let mut watches = Vec::new();
    for list in table::all(&mut read).await?.into_iter().filter(|list| !list.paused) {
        let mut facts = watchlists::facts(&list, polled.get(&list.id).copied(), usual);
        facts.sources = poll::sources_of(&list, &enabled);
        watches.push(facts);
    }
    let mut planned = Vec::new();
    for source in enabled {
        let used = sources_table::used(&mut read, &source.key, sources::budget_day(now)).await?;
        planned.push(schedule::SourceFacts {
            rest_until: sources::rest_until(&sources::read_state(&source.state)),
            daily_budget: source.daily_budget,
            used_today: used,
            key: source.key,
        });
    }
    let from = now - Span::minutes(30);
    let ending = listings::ending_between(&mut read, from, now + schedule::ENDING_SOON).await?;
    let endings = ending.into_iter().filter(|listing| listing.matches);
    let ending = |listing: listings::Listing| {
        let ends_at = listing.ends_at?;
        let last_seen = listing.last_seen;
        Some(schedule::Ending { listing: listing.id, source: listing.source, ends_at, last_seen })
    };
    Ok(schedule::Facts {
        now,
        pause: polling::paused(&mut read).await?,
        offline: app.polls.offline(),
        watches,
        endings: endings.filter_map(ending).collect(),
        boxes: mail::facts(&mut read, usual).await?,
        sources: planned,
    })
}

//! Poll now, cancel, pause, and the one look at everything.

use std::sync::{
    Mutex, PoisonError,
    atomic::{AtomicU64, Ordering},
};

use serde::{Deserialize, Serialize};
use tokio::sync::{MutexGuard, Notify};
use watches_core::time::{Span, Timestamp};
use watches_ipc::{
    event::Event,
    fault::Fault,
    polling::{CancelPoll, GetStatus, PausePolling, PollNow, PollProgress, PollReport, Status},
    source::SourceState,
};
use watches_store::{
    Read, alerts, listings, settings as table, sources as sources_table, watchlists,
};

use crate::{App, fault::Error, poll, run, schedule, sources};

/// What is going on right now; nothing of it outlives the process.
#[derive(Debug, Default)]
pub(crate) struct Polls {
    busy: tokio::sync::Mutex<()>,
    progress: Mutex<Option<PollProgress>>,
    offline: Mutex<Option<schedule::Offline>>,
    /// Counts cancels: a poll ends when it differs from the number it began with.
    cancels: AtomicU64,
    cancelled: Notify,
    /// eBay's API, once the keyring was asked.
    pub ebay: poll::api::Client,
}

impl Polls {
    /// Polls, imports and restores take turns.
    pub async fn one_at_a_time(&self) -> MutexGuard<'_, ()> {
        self.busy.lock().await
    }

    pub fn progress(&self) -> Option<PollProgress> {
        self.progress.lock().unwrap_or_else(PoisonError::into_inner).clone()
    }

    pub fn set_progress(&self, progress: Option<PollProgress>) {
        *self.progress.lock().unwrap_or_else(PoisonError::into_inner) = progress;
    }

    pub fn offline(&self) -> Option<schedule::Offline> {
        *self.offline.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Notes a try that found no network, or that the network is back.
    pub fn note_network(&self, reached: bool, now: Timestamp) {
        let mut offline = self.offline.lock().unwrap_or_else(PoisonError::into_inner);
        *offline = match (reached, *offline) {
            (true, _) => None,
            (false, before) => {
                let failures = before.map_or(1, |before| before.failures.saturating_add(1));
                Some(schedule::Offline { tried_at: now, failures })
            }
        };
    }

    pub fn cancels(&self) -> u64 {
        self.cancels.load(Ordering::SeqCst)
    }

    /// Ends when the poll that began at this count is cancelled.
    pub async fn cancelled_since(&self, begun: u64) {
        loop {
            let rung = self.cancelled.notified();
            if self.cancels() != begun {
                return;
            }
            rung.await;
        }
    }

    fn cancel(&self) {
        self.cancels.fetch_add(1, Ordering::SeqCst);
        self.cancelled.notify_waiters();
    }
}

const PAUSE: &str = "pause";

/// The pause as stored, so that a restart does not end it.
#[derive(Debug, Clone, Copy, Serialize, Deserialize)]
struct StoredPause {
    from: Timestamp,
    until: Timestamp,
}

impl App {
    /// Polls one watchlist or all at once; progress comes as events.
    ///
    /// # Errors
    /// `not_found`, `offline` when no source could be reached.
    pub async fn poll_now(&self, args: PollNow) -> Result<PollReport, Fault> {
        Ok(run::poll_now(self, args.watchlist).await?)
    }

    /// Stops the poll that is running; what it has read is kept.
    ///
    /// # Errors
    /// None.
    pub async fn cancel_poll(&self, _: CancelPoll) -> Result<(), Fault> {
        self.polls.cancel();
        Ok(())
    }

    /// Pauses background polling for so many minutes (at most a week); `None` resumes.
    ///
    /// # Errors
    /// When the store cannot be written.
    pub async fn pause_polling(&self, args: PausePolling) -> Result<(), Fault> {
        Ok(pause(self, args.minutes).await?)
    }

    /// # Errors
    /// When the store cannot be read.
    pub async fn get_status(&self, _: GetStatus) -> Result<Status, Fault> {
        Ok(status(self).await?)
    }
}

async fn pause(app: &App, minutes: Option<u32>) -> Result<(), Error> {
    let now = app.env.now();
    let stored = minutes.map(|minutes| {
        let longest = minutes.min(7 * 24 * 60);
        StoredPause { from: now, until: now + Span::minutes(i64::from(longest)) }
    });
    let mut tx = app.write().await?;
    table::put(&mut tx, PAUSE, &serde_json::to_string(&stored)?).await?;
    tx.commit().await?;
    app.tell(Event::StatusChanged);
    app.plan_changed.notify_waiters();
    Ok(())
}

pub(crate) async fn paused(read: &mut Read) -> Result<Option<schedule::Pause>, Error> {
    let Some(document) = table::get(read, PAUSE).await? else { return Ok(None) };
    let stored: Option<StoredPause> = serde_json::from_str(&document)?;
    Ok(stored.map(|pause| schedule::Pause { from: pause.from, until: pause.until }))
}

async fn status(app: &App) -> Result<Status, Error> {
    let now = app.env.now();
    let facts = run::facts(app).await?;
    let plan = schedule::plan(&facts);
    let mut read = app.read().await?;
    let sources = sources_table::all(&mut read).await?;
    let needs_you = |source: &&sources_table::Source| {
        source.enabled && matches!(sources::read_state(&source.state), SourceState::NeedsYou { .. })
    };
    let pause = facts.pause.filter(|pause| pause.from <= now && pause.until > now);
    let next_poll = if plan.due.is_empty() { plan.wake_at } else { Some(now) };
    Ok(Status {
        unread: alerts::unread(&mut read, now).await?,
        needs_you: count(sources.iter().filter(needs_you).count()),
        polling: app.polls.progress(),
        paused_until: pause.map(|pause| pause.until),
        next_poll: next_poll.filter(|_| !facts.watches.is_empty()),
        last_poll: facts.watches.iter().filter_map(|watch| watch.last_polled).max(),
        watchlists: count(watchlists::all(&mut read).await?.len()),
        listings: listings::active(&mut read).await?,
    })
}

fn count(number: usize) -> u32 {
    u32::try_from(number).unwrap_or(u32::MAX)
}

/// What a poll has come to so far, and who is told of it.
pub(crate) struct Progress<'a> {
    app: &'a App,
    pub report: PollReport,
    done: u32,
    total: u32,
    begun: u64,
}

impl<'a> Progress<'a> {
    pub fn begin(app: &'a App, total: usize) -> Progress<'a> {
        let begun = app.polls.cancels();
        Progress { app, report: PollReport::default(), done: 0, total: count(total), begun }
    }

    pub fn is_cancelled(&self) -> bool {
        self.app.polls.cancels() != self.begun
    }

    /// Waits until the person cancels this poll.
    pub async fn cancelled(&self) {
        self.app.polls.cancelled_since(self.begun).await;
    }

    pub fn at(&self, source_name: &str) {
        let source_name = source_name.to_owned();
        let progress = PollProgress { done: self.done, total: self.total, source_name };
        self.app.polls.set_progress(Some(progress.clone()));
        self.app.tell(Event::PollProgressed(progress));
    }

    pub fn more(&mut self, jobs: usize) {
        self.total += count(jobs);
    }

    pub fn step(&mut self) {
        self.done += 1;
    }

    pub fn count(&mut self, taken: &poll::Tally) {
        self.report.pages += taken.pages;
        self.report.listings += taken.listings;
        self.report.new += taken.new;
        self.report.changed += taken.changed;
        self.report.alerts += taken.alerts;
    }

    pub fn problem(&mut self, source_name: &str, what: &str) {
        let line = format!("{source_name}: {what}");
        if !self.report.problems.contains(&line) {
            self.report.problems.push(line);
        }
    }

    pub fn finish(mut self) -> PollReport {
        self.report.cancelled = self.is_cancelled();
        self.app.polls.set_progress(None);
        let report = std::mem::take(&mut self.report);
        self.app.tell(Event::PollFinished(report.clone()));
        self.app.tell(Event::StatusChanged);
        report
    }
}

impl Drop for Progress<'_> {
    fn drop(&mut self) {
        // Also when the poll was cut off by an error.
        self.app.polls.set_progress(None);
    }
}

//! Watchlists and their rules: add, change, delete and bring back.

use std::collections::HashMap;

use watches_core::{
    alert,
    id::{RuleId, WatchlistId},
    time::Timestamp,
};
use watches_ipc::{
    event::Event,
    fault::Fault,
    watchlist::{
        DeleteWatchlist, ListWatchlists, RestoreWatchlist, Rule, RuleDraft, SaveWatchlist,
        Watchlist,
    },
};
use watches_store::{Read, Tx, poll_schedule, rules, watchlist_listings, watchlists};

use crate::{App, fault::Error, listings, matching, schedule, settings};

impl App {
    /// # Errors
    /// When the store cannot be read.
    pub async fn list_watchlists(&self, _: ListWatchlists) -> Result<Vec<Watchlist>, Fault> {
        let mut read = self.read().await?;
        let stored = watchlists::all(&mut read).await.map_err(Error::from)?;
        Ok(views(&mut read, stored, self.env.now()).await?)
    }

    /// Adds or changes one; its rules are checked first, and matched against what is stored.
    ///
    /// # Errors
    /// `bad_rule` with the place, `not_found`, `bad_request` for a name or query that is empty.
    pub async fn save_watchlist(&self, args: SaveWatchlist) -> Result<Watchlist, Fault> {
        let id = save(self, args).await?;
        let view = one(self, id).await?;
        self.changed();
        Ok(view)
    }

    /// # Errors
    /// `not_found`.
    pub async fn delete_watchlist(&self, args: DeleteWatchlist) -> Result<(), Fault> {
        Ok(set_deleted(self, args.id, Some(self.env.now())).await?)
    }

    /// # Errors
    /// `not_found`.
    pub async fn restore_watchlist(&self, args: RestoreWatchlist) -> Result<(), Fault> {
        Ok(set_deleted(self, args.id, None).await?)
    }

    fn changed(&self) {
        self.tell(Event::WatchlistsChanged);
        self.tell(Event::ListingsChanged);
        self.tell(Event::StatusChanged);
        self.plan_changed.notify_waiters();
    }
}

async fn set_deleted(app: &App, id: WatchlistId, at: Option<Timestamp>) -> Result<(), Error> {
    let mut tx = app.write().await?;
    watchlists::set_deleted(&mut tx, id, at).await?;
    watchlist_listings::watchlist_changed(&mut tx, id).await?;
    tx.commit().await?;
    app.changed();
    Ok(())
}

async fn save(app: &App, args: SaveWatchlist) -> Result<WatchlistId, Error> {
    check(&args)?;
    let now = app.env.now();
    let mut tx = app.write().await?;
    let before = match args.id {
        Some(id) => {
            let found = watchlists::get(&mut tx, id).await?;
            Some(found.ok_or(Error::NotFound("the watchlist"))?)
        }
        None => None,
    };
    let id = args.id.unwrap_or_else(|| app.env.watchlist_id());
    let stored = watchlists::Watchlist {
        id,
        name: args.name.trim().to_owned(),
        query: args.query.trim().to_owned(),
        sources: args.sources,
        interval_minutes: args.interval_minutes,
        paused: args.paused,
        created_at: before.as_ref().map_or(now, |before| before.created_at),
        deleted_at: None,
    };
    watchlists::save(&mut tx, &stored).await?;
    save_rules(app, &mut tx, id, args.rules).await?;
    matching::refresh(&mut tx, &stored, now).await?;
    tx.commit().await?;
    Ok(id)
}

/// Those without an id are new, those left out are deleted; all in the order given.
async fn save_rules(
    app: &App,
    tx: &mut Tx,
    watchlist: WatchlistId,
    drafts: Vec<RuleDraft>,
) -> Result<(), Error> {
    let before = rules::of(tx, watchlist).await?;
    let kept: Vec<RuleId> = drafts.iter().filter_map(|draft| draft.id).collect();
    let known = |id: RuleId| before.iter().find(|rule| rule.id == id);
    if let Some(foreign) = kept.iter().find(|id| known(**id).is_none()) {
        return Err(Error::BadRequest(format!("rule {foreign} is not of this watchlist")));
    }
    let mut saved = Vec::with_capacity(drafts.len());
    for (position, draft) in drafts.into_iter().enumerate() {
        let muted_until = draft.id.and_then(known).and_then(|rule| rule.muted_until);
        // Changed words make a new rule: old alerts keep naming the words that raised them.
        let same = draft.id.filter(|id| known(*id).is_some_and(|rule| rule.text == draft.text));
        saved.push(rules::Rule {
            id: same.unwrap_or_else(|| app.env.rule_id()),
            watchlist,
            text: draft.text,
            enabled: draft.enabled,
            muted_until,
            position: u32::try_from(position).unwrap_or(u32::MAX),
            deleted_at: None,
        });
    }
    rules::save(tx, &saved).await?;
    for gone in before.iter().filter(|rule| !saved.iter().any(|kept| kept.id == rule.id)) {
        rules::set_deleted(tx, gone.id, Some(app.env.now())).await?;
    }
    Ok(())
}

fn check(args: &SaveWatchlist) -> Result<(), Error> {
    let refuse = |message: &str| Err(Error::BadRequest(message.to_owned()));
    if args.name.trim().is_empty() {
        return refuse("a watchlist needs a name");
    }
    if args.query.trim().is_empty() && args.rules.is_empty() {
        return refuse("say what to look for, or give a rule");
    }
    if args.name.chars().count() > 200 || args.query.chars().count() > 200 {
        return refuse("name and search words may have 200 characters");
    }
    if args.interval_minutes.is_some_and(|minutes| !(1..=7 * 24 * 60).contains(&minutes)) {
        return refuse("the interval must be between a minute and a week");
    }
    for draft in &args.rules {
        alert::parse(&draft.text)
            .map_err(|error| Error::Rule { at: error.at, message: error.message })?;
    }
    Ok(())
}

async fn one(app: &App, id: WatchlistId) -> Result<Watchlist, Error> {
    let mut read = app.read().await?;
    let stored = watchlists::get(&mut read, id).await?.ok_or(Error::NotFound("the watchlist"))?;
    let views = views(&mut read, vec![stored], app.env.now()).await?;
    views.into_iter().next().ok_or(Error::NotFound("the watchlist"))
}

async fn views(
    read: &mut Read,
    stored: Vec<watchlists::Watchlist>,
    now: Timestamp,
) -> Result<Vec<Watchlist>, Error> {
    let usual = settings::load(read).await?.interval_minutes;
    let counts = watchlist_listings::counts(read).await?;
    let polled = last_polls(read).await?;
    let mut views = Vec::with_capacity(stored.len());
    for list in stored {
        let count = counts.get(&list.id).copied().unwrap_or_default();
        let last_polled = polled.get(&list.id).copied();
        let next = schedule::next_poll(&facts(&list, last_polled, usual), now);
        let best = match count.listings {
            0 => None,
            _ => listings::best(read, list.id).await?,
        };
        views.push(Watchlist {
            id: list.id,
            rules: rules::of(read, list.id).await?.into_iter().map(rule_view).collect(),
            listings: count.listings,
            matching: count.matching,
            best,
            last_polled,
            next_poll: (!list.paused).then_some(next.max(now)),
            name: list.name,
            query: list.query,
            sources: list.sources,
            interval_minutes: list.interval_minutes,
            paused: list.paused,
            created_at: list.created_at,
        });
    }
    Ok(views)
}

fn rule_view(rule: rules::Rule) -> Rule {
    Rule { id: rule.id, text: rule.text, enabled: rule.enabled, muted_until: rule.muted_until }
}

/// What the planner must know of a watchlist; its sources are filled in by the caller.
pub(crate) fn facts(
    list: &watchlists::Watchlist,
    last_polled: Option<Timestamp>,
    usual_minutes: u32,
) -> schedule::WatchFacts {
    let minutes = list.interval_minutes.unwrap_or(usual_minutes);
    schedule::WatchFacts {
        id: list.id,
        interval: watches_core::time::Span::minutes(i64::from(minutes)),
        last_polled,
        sources: list.sources.clone(),
    }
}

/// When each watchlist was last polled at any source.
pub(crate) async fn last_polls(read: &mut Read) -> Result<HashMap<WatchlistId, Timestamp>, Error> {
    let mut latest = HashMap::new();
    for appointment in poll_schedule::all(read).await? {
        if let Some(at) = appointment.last_at {
            let known = latest.entry(appointment.watchlist).or_insert(at);
            *known = at.max(*known);
        }
    }
    Ok(latest)
}

//! Where listings come from: the markets everybody has, dealers the person adds, dropped files.

mod defaults;
mod state;

use url::Url;
use watches_core::time::Timestamp;
use watches_ipc::{
    event::Event,
    fault::Fault,
    source::{
        AddDealer, ChangeSource, ChooseWay, FieldFill, ListSources, RemoveSource, ResolveNeedsYou,
        SetEbayKeys, Source, SourceKind, SourceState, Ways,
    },
};
use watches_scrape::{fetch::Way, sites::SiteKind};
use watches_store::{Read, Tx, fills, listings, sources as table};

pub(crate) use defaults::{blank, ensure, follow_country};
pub(crate) use state::{budget_day, read_state, rest_until, write_state};

use crate::{
    App,
    browser::{self, Shown},
    fault::Error,
    fill,
    keyring::{self, Account},
    mail, run, schedule,
};

impl App {
    /// # Errors
    /// When the store cannot be read.
    pub async fn list_sources(&self, _: ListSources) -> Result<Vec<Source>, Fault> {
        let now = self.env.now();
        let facts = run::facts(self).await?;
        let mut sources = views(self, &mut self.read().await?, now).await?;
        for source in &mut sources {
            let asks = |watch: &&schedule::WatchFacts| watch.sources.contains(&source.key);
            let next = facts.watches.iter().filter(asks);
            source.next_poll =
                next.map(|watch| schedule::next_poll(watch, now)).min().map(|next| next.max(now));
            let mail_box = facts.boxes.iter().find(|mail_box| mail_box.key == source.key);
            let look = mail_box.map(|mail_box| schedule::next_look(mail_box, now));
            source.next_poll = source.next_poll.or(look);
        }
        Ok(sources)
    }

    /// # Errors
    /// `not_found`, or `bad_request` for a budget above 10,000 a day.
    pub async fn change_source(&self, args: ChangeSource) -> Result<(), Fault> {
        if args.daily_budget.is_some_and(|budget| budget > 10_000) {
            let message = "a source may be asked at most 10,000 times a day".to_owned();
            return Err(Error::BadRequest(message).into());
        }
        Ok(change(self, &args.key, |source| {
            source.enabled = args.enabled.unwrap_or(source.enabled);
            source.daily_budget = args.daily_budget.unwrap_or(source.daily_budget);
        })
        .await?)
    }

    /// Chooses the fetcher of one source, from the next look on.
    ///
    /// # Errors
    /// `not_found`.
    pub async fn choose_way(&self, args: ChooseWay) -> Result<(), Fault> {
        let way = args.way.map(browser::meant);
        let mut tx = self.write().await.map_err(Fault::from)?;
        let known = table::get(&mut tx, &args.key).await.map_err(Error::from)?;
        known.ok_or(Error::NotFound("the source"))?;
        browser::choose(&mut tx, &args.key, way).await?;
        tx.commit().await.map_err(Error::from)?;
        self.tell(Event::SourcesChanged);
        Ok(())
    }

    /// # Errors
    /// `bad_request` for an address that is none.
    pub async fn add_dealer(&self, args: AddDealer) -> Result<Source, Fault> {
        Ok(add_dealer(self, args).await?)
    }

    /// Removes a dealer; the markets can only be switched off.
    ///
    /// # Errors
    /// `not_found`, or `bad_request` for a market.
    pub async fn remove_source(&self, args: RemoveSource) -> Result<(), Fault> {
        Ok(remove(self, &args.key).await?)
    }

    /// Opens the page that wants a person, and lets the source be asked again at the next poll.
    ///
    /// # Errors
    /// `not_found`, or when the system cannot open the page.
    pub async fn resolve_needs_you(&self, args: ResolveNeedsYou) -> Result<(), Fault> {
        Ok(resolve(self, &args.key).await?)
    }

    /// Keeps eBay's keys in the system's keyring; empty ones delete them.
    ///
    /// # Errors
    /// When the keyring cannot be reached.
    pub async fn set_ebay_keys(&self, args: SetEbayKeys) -> Result<(), Fault> {
        let demo = self.config.demo_market.is_some();
        let account = if demo { Account::DemoEbay } else { Account::Ebay };
        keyring::keep(account, args).await.map_err(Error::from)?;
        self.polls.ebay.forget().await;
        self.tell(Event::SourcesChanged);
        Ok(())
    }
}

async fn change(app: &App, key: &str, edit: impl FnOnce(&mut table::Source)) -> Result<(), Error> {
    let mut tx = app.write().await?;
    let mut source = table::get(&mut tx, key).await?.ok_or(Error::NotFound("the source"))?;
    edit(&mut source);
    table::save(&mut tx, &source).await?;
    tx.commit().await?;
    app.tell(Event::SourcesChanged);
    app.tell(Event::StatusChanged);
    app.plan_changed.notify_waiters();
    Ok(())
}

async fn add_dealer(app: &App, args: AddDealer) -> Result<Source, Error> {
    let refuse = |message: &str| Error::BadRequest(message.to_owned());
    let typed = args.url.trim();
    let whole = if typed.contains("://") { typed.to_owned() } else { format!("https://{typed}") };
    let url = Url::parse(&whole).map_err(|_| refuse("that is not an address of a page"))?;
    let host = url.host_str().filter(|_| matches!(url.scheme(), "http" | "https"));
    let host = host.ok_or_else(|| refuse("the address must begin with https://"))?;
    let key = format!("dealer:{host}");
    let name = args.name.filter(|name| !name.trim().is_empty());
    let source = table::Source {
        name: name.unwrap_or_else(|| host.trim_start_matches("www.").to_owned()),
        kind: table::SourceKind::Dealer,
        address: url.to_string(),
        ..defaults::blank(&key)
    };
    let mut tx = app.write().await?;
    table::save(&mut tx, &source).await?;
    let view = view(app, &mut tx, source, app.env.now()).await?;
    tx.commit().await?;
    app.tell(Event::SourcesChanged);
    app.plan_changed.notify_waiters();
    Ok(view)
}

pub(crate) async fn remove(app: &App, key: &str) -> Result<(), Error> {
    let mut tx = app.write().await?;
    let source = table::get(&mut tx, key).await?.ok_or(Error::NotFound("the source"))?;
    let removable = matches!(
        source.kind,
        table::SourceKind::Dealer | table::SourceKind::Page | table::SourceKind::Mail
    );
    if !removable || source.demo {
        let message = "a market cannot be removed, only switched off".to_owned();
        return Err(Error::BadRequest(message));
    }
    table::remove(&mut tx, key).await?;
    mail::mark_removed(app, &mut tx, key).await?;
    tx.commit().await?;
    app.tell(Event::SourcesChanged);
    app.plan_changed.notify_waiters();
    Ok(())
}

async fn resolve(app: &App, key: &str) -> Result<(), Error> {
    let source = table::get(&mut app.read().await?, key).await?;
    let source = source.ok_or(Error::NotFound("the source"))?;
    if source.kind == table::SourceKind::Mail {
        // There is no page to open: it is looked into again.
        return change(app, key, |source| {
            source.state = write_state(&SourceState::Idle);
            source.last_poll = None;
        })
        .await;
    }
    let page = match read_state(&source.state) {
        SourceState::NeedsYou { url, .. } => url,
        SourceState::Idle
        | SourceState::Ok
        | SourceState::Degraded { .. }
        | SourceState::Waiting { .. }
        | SourceState::Offline { .. }
        | SourceState::BudgetSpent { .. } => source.address.clone(),
    };
    match browser::show(app, &source, &page).await? {
        // Read again when the window is closed; until then it needs the person.
        Shown::InItsWindow => Ok(()),
        Shown::Elsewhere => {
            change(app, key, |source| source.state = write_state(&SourceState::Idle)).await
        }
    }
}

pub(crate) async fn views(
    app: &App,
    read: &mut Read,
    now: Timestamp,
) -> Result<Vec<Source>, Error> {
    let mut views = Vec::new();
    for source in table::all(read).await? {
        views.push(view(app, read, source, now).await?);
    }
    Ok(views)
}

pub(crate) async fn view(
    app: &App,
    read: &mut Read,
    source: table::Source,
    now: Timestamp,
) -> Result<Source, Error> {
    let ways = ways(app, read, &source).await?;
    let used_today = table::used(read, &source.key, budget_day(now)).await?;
    let tallies = listings::by_source(read).await?;
    let tally = tallies.get(&source.key).copied().unwrap_or_default();
    let fills = fills::medians(read, &source.key, now - fill::WINDOW).await?;
    let asked = matches!(source.kind, table::SourceKind::Market | table::SourceKind::Dealer);
    let spent = used_today >= source.daily_budget && asked;
    let state = match read_state(&source.state) {
        SourceState::Ok | SourceState::Idle if spent => SourceState::BudgetSpent {
            until: schedule::day_start(now) + watches_core::time::Span::days(1),
        },
        SourceState::Waiting { until, .. } if until <= now => SourceState::Ok,
        state => state,
    };
    Ok(Source {
        kind: match source.kind {
            table::SourceKind::Market => SourceKind::Market,
            table::SourceKind::Dealer => SourceKind::Dealer,
            table::SourceKind::Page => SourceKind::Page,
            table::SourceKind::File => SourceKind::File,
            table::SourceKind::Mail => SourceKind::Mail,
        },
        state,
        ways,
        used_today,
        listings: tally.active,
        fill: fills.into_iter().map(fill_view).collect(),
        key: source.key,
        name: source.name,
        address: source.address,
        enabled: source.enabled,
        demo: source.demo,
        last_poll: source.last_poll,
        last_success: source.last_success,
        next_poll: source.next_poll,
        daily_budget: source.daily_budget,
    })
}

async fn ways(app: &App, read: &mut Read, source: &table::Source) -> Result<Ways, Error> {
    let chosen = browser::chosen(read, &source.key).await?;
    let there = [Way::Http, Way::Webview, Way::Chromium];
    let there = there.into_iter().filter(|way| browser::is_there(app, *way));
    Ok(Ways {
        taken: browser::way(app, source, chosen).map(browser::named),
        chosen: chosen.map(browser::named),
        preferred: browser::named(browser::preferred(source)),
        there: there.map(browser::named).collect(),
    })
}

fn fill_view(row: fills::Fill) -> FieldFill {
    FieldFill { field: row.field, now: row.now, median: row.median }
}

/// The source of files that came from nowhere else.
pub(crate) async fn files(app: &App) -> Result<table::Source, Error> {
    let known = table::get(&mut app.read().await?, "file").await?;
    Ok(known.unwrap_or_else(|| table::Source {
        name: "Files".to_owned(),
        kind: table::SourceKind::File,
        daily_budget: 0,
        ..blank("file")
    }))
}

/// The markup a source speaks, by its key; `None` lets the page say it.
pub(crate) fn site(source: &table::Source) -> Option<SiteKind> {
    match source.key.trim_start_matches("demo-") {
        "ebay" => Some(SiteKind::Ebay),
        "chrono24" => Some(SiteKind::Chrono24),
        "facebook" => Some(SiteKind::Facebook),
        "kleinanzeigen" => Some(SiteKind::Kleinanzeigen),
        "reddit" => Some(SiteKind::Reddit),
        "dealer" => Some(SiteKind::Dealer),
        // A dealer's page says itself what it is: a shop with its own data, or a forum.
        _ => None,
    }
}

/// Writes a source's state inside the caller's transaction; `true` when it changed.
pub(crate) async fn set_state(tx: &mut Tx, key: &str, state: &SourceState) -> Result<bool, Error> {
    let Some(mut source) = table::get(tx, key).await? else { return Ok(false) };
    let written = write_state(state);
    let changed = source.state != written;
    source.state = written;
    table::save(tx, &source).await?;
    Ok(changed)
}

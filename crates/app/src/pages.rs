//! Any page: read what it offers, point at what was read wrong, follow it as a source of one listing.
//!
//! What was pointed at is kept as an adapter file of the page's host in the data folder; polls read by it
//! (`poll/page.rs`). A page that was just fetched stays in memory, so that pointing asks nobody again.

mod reading;
mod view;

use std::sync::{Arc, Mutex, PoisonError};

use url::Url;
use watches_core::listing::extracted::Extracted;
use watches_ipc::{
    event::Event,
    fault::Fault,
    page::{FollowPage, FollowedPage, PageReading, ReadPage, TakeBackPage},
    source::SourceState,
};
use watches_scrape::{
    adapter,
    fetch::{FetchError, Fetched, Request},
    page::Page,
};
use watches_store::{listings, sources as table};

use reading::{Asked, interpret};
pub(crate) use reading::{PageRead, read};

use crate::{
    App, adapters,
    fault::Error,
    listing_flow::{self, Seen},
    poll::Ask,
    sources, toasts,
};

/// The market's id of the one listing that a followed page is.
pub(crate) const LISTING: &str = "page";
/// Pages kept to be pointed at.
const KEPT: usize = 4;
/// Requests a day for one page: a look each half hour, and some that the person asks for.
const BUDGET: u32 = 100;

/// Pages fetched to be pointed at, and how the newest pointings are taken back. In memory only.
#[derive(Debug, Default)]
pub(crate) struct Pages {
    fetched: Mutex<Vec<(String, Arc<Page>)>>,
    undo: Mutex<Vec<(String, Undo)>>,
}

/// What stood before a page was followed or pointed at anew.
#[derive(Debug)]
struct Undo {
    url: Url,
    file: Option<String>,
    known: bool,
}

impl Pages {
    fn get(&self, typed: &str) -> Option<Arc<Page>> {
        let fetched = self.fetched.lock().unwrap_or_else(PoisonError::into_inner);
        fetched.iter().find(|(known, _)| known == typed).map(|(_, page)| Arc::clone(page))
    }

    fn keep(&self, typed: &str, page: &Arc<Page>) {
        let mut fetched = self.fetched.lock().unwrap_or_else(PoisonError::into_inner);
        fetched.retain(|(known, _)| known != typed);
        fetched.insert(0, (typed.to_owned(), Arc::clone(page)));
        fetched.truncate(KEPT);
    }

    fn remember(&self, key: &str, undo: Undo) {
        let mut kept = self.undo.lock().unwrap_or_else(PoisonError::into_inner);
        kept.retain(|(known, _)| known != key);
        kept.insert(0, (key.to_owned(), undo));
        kept.truncate(KEPT);
    }

    fn undo(&self, key: &str) -> Option<Undo> {
        let mut kept = self.undo.lock().unwrap_or_else(PoisonError::into_inner);
        let place = kept.iter().position(|(known, _)| known == key)?;
        Some(kept.remove(place).1)
    }
}

impl App {
    /// Fetches a page and reads it, as pointed at; the same page again is not fetched twice.
    ///
    /// # Errors
    /// `bad_request` for no address or a place that cannot be pointed at, `needs_you` for a challenge.
    pub async fn read_page(&self, args: ReadPage) -> Result<PageReading, Fault> {
        Ok(read_page(self, args).await?)
    }

    /// Keeps the rule, adds the page as a source, and stores what it shows.
    ///
    /// # Errors
    /// As [`App::read_page`], and `bad_request` where title or price is missing.
    pub async fn follow_page(&self, args: FollowPage) -> Result<FollowedPage, Fault> {
        Ok(follow_page(self, args).await?)
    }

    /// Takes the newest following or pointing of a source back.
    ///
    /// # Errors
    /// `not_found` when there is none of this session.
    pub async fn take_back_page(&self, args: TakeBackPage) -> Result<(), Fault> {
        Ok(take_back(self, &args.key).await?)
    }
}

async fn read_page(app: &App, args: ReadPage) -> Result<PageReading, Error> {
    let url = address(&args.url)?;
    let known = if args.points.is_empty() { None } else { app.pages.get(url.as_str()) };
    let page = match known {
        Some(page) => page,
        None => fetch(app, &url).await?,
    };
    let key = key_of(&url);
    let source = table::get(&mut app.read().await?, &key).await?.map(|source| source.key);
    let asked = Asked { points: args.points, currency: args.currency };
    let adapter = adapter_of(app, &page).await?;
    tokio::task::spawn_blocking(move || {
        let read = interpret(&page, adapter.as_ref(), &asked)?;
        Ok(view::reading(&page, &read, source))
    })
    .await?
}

async fn follow_page(app: &App, args: FollowPage) -> Result<FollowedPage, Error> {
    let url = address(&args.url)?;
    let page = match app.pages.get(url.as_str()) {
        Some(page) => page,
        None => fetch(app, &url).await?,
    };
    let asked = Asked { points: args.points, currency: args.currency };
    let (folder, adapter) = (app.config.adapters(), adapter_of(app, &page).await?);
    let place = page.url.clone().unwrap_or_else(|| url.clone());
    let written = place.clone();
    let (listing, file) = tokio::task::spawn_blocking(move || {
        let read = interpret(&page, adapter.as_ref(), &asked)?;
        if let Some(trouble) = read.trouble {
            return Err(Error::BadRequest(format!("{trouble}: point at it")));
        }
        let listing = read.listing.filter(|it| !it.title.is_empty() && it.price.is_some());
        let missing = "the page shows no title and price that can be read: point at them";
        let listing = listing.ok_or_else(|| Error::BadRequest(missing.to_owned()))?;
        let path = adapters::path_of(&folder, &place);
        let before = adapters::text_of(&path)?;
        if let Some(entry) = read.entry {
            let own = before.as_deref().and_then(|text| adapter::parse(text).ok());
            let text = adapter::write(&adapter::pointing::put(own, &place, entry));
            adapters::put(&path, Some(&text))?;
        }
        Ok((listing, before))
    })
    .await??;
    let followed = keep(app, &url, listing).await?;
    let undo = Undo { url: written, file, known: followed.known };
    app.pages.remember(&followed.source.key, undo);
    Ok(followed)
}

/// The source, if it is new, and its listing through the usual flow.
async fn keep(app: &App, url: &Url, listing: Extracted) -> Result<FollowedPage, Error> {
    let _turn = app.polls.one_at_a_time().await;
    let now = app.env.now();
    let key = key_of(url);
    let mut tx = app.write().await?;
    let before = table::get(&mut tx, &key).await?;
    let known = before.is_some();
    let host = url.host_str().unwrap_or_default().trim_start_matches("www.").to_owned();
    let fresh = || table::Source {
        name: host,
        kind: table::SourceKind::Page,
        address: url.to_string(),
        daily_budget: BUDGET,
        ..sources::blank(&key)
    };
    let source = before.unwrap_or_else(fresh);
    let state = sources::write_state(&SourceState::Ok);
    let (last_poll, last_success) = (Some(now), Some(now));
    let source = table::Source { state, last_poll, last_success, ..source };
    table::save(&mut tx, &source).await?;
    tx.commit().await?;
    let seen = Seen {
        source: source.clone(),
        ask: Ask::Whole { page_no: 1 },
        watchlists: Vec::new(),
        listings: vec![as_listing_of(&source, listing)],
        at: now,
        page: None,
        // Another reader would not know what was pointed at: reparse leaves followed pages alone.
        raw: listing_flow::Raw::None,
    };
    let taken = listing_flow::take(app, seen).await?;
    // It may have been followed and taken back before.
    let mut tx = app.write().await?;
    for listing in &taken.ids {
        listings::set_dismissed(&mut tx, *listing, false).await?;
    }
    tx.commit().await?;
    toasts::deliver(app).await?;
    app.tell(Event::SourcesChanged);
    app.tell(Event::StatusChanged);
    app.plan_changed.notify_waiters();
    let source = sources::view(app, &mut app.read().await?, source, now).await?;
    Ok(FollowedPage { source, listing: taken.ids.first().copied(), known })
}

async fn take_back(app: &App, key: &str) -> Result<(), Error> {
    let undo = app.pages.undo(key).ok_or(Error::NotFound("what could be taken back"))?;
    let path = adapters::path_of(&app.config.adapters(), &undo.url);
    tokio::task::spawn_blocking(move || adapters::put(&path, undo.file.as_deref())).await??;
    if !undo.known {
        let mut tx = app.write().await?;
        let listings = listings::find(&mut tx, key, &[LISTING]).await?;
        for listing in listings {
            listings::set_dismissed(&mut tx, listing.id, true).await?;
        }
        tx.commit().await?;
        sources::remove(app, key).await?;
        app.tell(Event::ListingsChanged);
    }
    app.tell(Event::SourcesChanged);
    Ok(())
}

/// The page's one listing, under the source's name and address.
pub(crate) fn as_listing_of(source: &table::Source, listing: Extracted) -> Extracted {
    Extracted {
        source: source.key.clone(),
        id: LISTING.to_owned(),
        url: source.address.clone(),
        ..listing
    }
}

/// A page's source: its host to be read, and its whole address in a few letters to be told apart.
fn key_of(url: &Url) -> String {
    let hash = blake3::hash(url.as_str().as_bytes()).to_hex();
    format!("page:{}:{}", url.host_str().unwrap_or_default(), &hash.as_str()[..10])
}

/// An address as people type it.
fn address(typed: &str) -> Result<Url, Error> {
    let refuse = |message: &str| Error::BadRequest(message.to_owned());
    let typed = typed.trim();
    let whole = if typed.contains("://") { typed.to_owned() } else { format!("https://{typed}") };
    let mut url = Url::parse(&whole).map_err(|_| refuse("that is not an address of a page"))?;
    if !matches!(url.scheme(), "http" | "https") || url.host_str().is_none() {
        return Err(refuse("the address must begin with https://"));
    }
    url.set_fragment(None);
    Ok(url)
}

async fn fetch(app: &App, url: &Url) -> Result<Arc<Page>, Error> {
    let fetched = app.fetcher.page().fetch(&Request::page(url.clone())).await;
    let page = match fetched {
        Ok(Fetched::Fresh(document)) => document.into_page(),
        Ok(Fetched::NotModified) => return Err(Error::Unread("it sent nothing".to_owned())),
        Err(FetchError::Status { document, .. }) => {
            let status = document.status;
            let page = document.into_page();
            return Err(match watches_scrape::block::recognise(&page) {
                Some(_) => Error::NeedsYou("the page asks whether you are a person".to_owned()),
                None => Error::BadRequest(format!("the page answers with status {status}")),
            });
        }
        Err(error) if error.is_offline() => return Err(Error::Offline),
        Err(error) => return Err(Error::BadRequest(error.to_string())),
    };
    let page = Arc::new(page);
    app.pages.keep(url.as_str(), &page);
    Ok(page)
}

async fn adapter_of(app: &App, page: &Page) -> Result<Option<adapter::Adapter>, Error> {
    match &page.url {
        Some(url) => adapters::of(app, url).await,
        None => Ok(None),
    }
}

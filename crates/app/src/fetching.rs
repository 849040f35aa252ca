//! The fetcher with its memory: hosts' manners and pages' validators outlive a restart.

use std::{collections::BTreeMap, sync::Arc};

use serde::{Deserialize, Serialize};
use url::Url;
use watches_core::listing::extracted::Extracted;
use watches_scrape::fetch::{Browser, Fetch, HostState, HttpFetcher, HttpOptions, Validators};
use watches_store::{Store, Tx, fetch_memory as table, listings};

use crate::{App, config::Config, env::Env, fault::Error, poll::Job};

const HOST: &str = "host";
const PAGE: &str = "page";

/// How pages come: over HTTP or through a browser, or from whatever a test gives.
#[derive(Debug, Clone)]
pub(crate) struct Fetcher {
    fetch: Arc<dyn Fetch>,
    http: Option<Arc<HttpFetcher>>,
    chromium: Option<Arc<dyn Browser>>,
}

impl Fetcher {
    pub fn given(fetch: Arc<dyn Fetch>) -> Fetcher {
        Fetcher { fetch, http: None, chromium: None }
    }

    /// The polite HTTP fetcher, as polite as it was before the restart.
    pub async fn http(
        config: &Config,
        env: &Arc<Env>,
        store: Option<&Arc<Store>>,
    ) -> Result<Fetcher, Error> {
        let clock = {
            let env = Arc::clone(env);
            move || env.now()
        };
        let chance = {
            let env = Arc::clone(env);
            move || env.random()
        };
        let hosts = match store {
            Some(store) => hosts(store).await?,
            None => BTreeMap::new(),
        };
        let options = HttpOptions {
            demo_market: config.demo_market.clone(),
            hosts,
            ..HttpOptions::new(clock, chance)
        };
        let http = HttpFetcher::new(options).map_err(|error| Error::Unread(error.to_string()))?;
        let http = Arc::new(http);
        let fetch = Arc::clone(&http) as Arc<dyn Fetch>;
        Ok(Fetcher { fetch, http: Some(http), chromium: config.chromium.clone() })
    }

    pub fn page(&self) -> Arc<dyn Fetch> {
        Arc::clone(&self.fetch)
    }

    pub fn chromium(&self) -> Option<&Arc<dyn Browser>> {
        self.chromium.as_ref()
    }

    /// For the API with an own token; `None` in tests that record pages.
    pub fn http_client(&self) -> Option<&Arc<HttpFetcher>> {
        self.http.as_ref()
    }
}

async fn hosts(store: &Store) -> Result<BTreeMap<String, HostState>, Error> {
    let memories = table::all(&mut store.read().await?).await?;
    let host = |memory: table::Memory| {
        // What an older version wrote in another form is forgotten: manners start anew.
        Some((memory.key, serde_json::from_str(&memory.document).ok()?))
    };
    Ok(memories.into_iter().filter(|memory| memory.kind == HOST).filter_map(host).collect())
}

/// Stores what the fetcher learnt about its hosts.
pub(crate) async fn remember(app: &App) -> Result<(), Error> {
    let Some(http) = app.fetcher.http_client() else { return Ok(()) };
    let now = app.env.now();
    let mut memories = Vec::new();
    for (key, state) in http.hosts() {
        let document = serde_json::to_string(&state)?;
        memories.push(table::Memory { kind: HOST.to_owned(), key, document, updated_at: now });
    }
    let mut tx = app.write().await?;
    table::save(&mut tx, &memories).await?;
    table::forget_before(&mut tx, now - watches_core::time::Span::days(30)).await?;
    Ok(tx.commit().await?)
}

/// What is remembered of a page, to ask for it only if it changed.
#[derive(Debug, Clone)]
pub(crate) struct Remembered {
    pub url: Url,
    pub validators: Validators,
    pub next: Option<Url>,
}

#[derive(Debug, Serialize, Deserialize)]
struct PageMemory {
    validators: Validators,
    next: Option<Url>,
    /// The market's ids of the listings it showed.
    shown: Vec<String>,
}

/// Remembers a page that was read, in the transaction of its listings.
pub(crate) async fn remember_page(
    tx: &mut Tx,
    page: &Remembered,
    shown: Vec<String>,
    now: watches_core::time::Timestamp,
) -> Result<(), Error> {
    if page.validators == Validators::default() {
        return Ok(());
    }
    let memory = PageMemory { validators: page.validators.clone(), next: page.next.clone(), shown };
    let document = serde_json::to_string(&memory)?;
    let key = page.url.to_string();
    let memory = table::Memory { kind: PAGE.to_owned(), key, document, updated_at: now };
    Ok(table::save(tx, &[memory]).await?)
}

pub(crate) async fn validators(app: &App, url: &Url) -> Result<Validators, Error> {
    Ok(page_memory(app, url).await?.map(|memory| memory.validators).unwrap_or_default())
}

/// The listings an unchanged page shows, as they are stored, and the page after it.
pub(crate) async fn remembered(
    app: &App,
    job: &Job,
) -> Result<(Vec<Extracted>, Option<Url>), Error> {
    let Some(memory) = page_memory(app, &job.url).await? else { return Ok((Vec::new(), None)) };
    let mut read = app.read().await?;
    let ids: Vec<&str> = memory.shown.iter().map(String::as_str).collect();
    let known = listings::find(&mut read, &job.source.key, &ids).await?;
    let ids: Vec<_> = known.iter().map(|listing| listing.id).collect();
    let stored = listings::documents(&mut read, &ids).await?;
    let extracted = stored.into_iter().map(|stored| stored.document.normalised.extracted);
    Ok((extracted.collect(), memory.next))
}

async fn page_memory(app: &App, url: &Url) -> Result<Option<PageMemory>, Error> {
    let memory = table::get(&mut app.read().await?, PAGE, url.as_str()).await?;
    Ok(memory.and_then(|memory| serde_json::from_str(&memory.document).ok()))
}

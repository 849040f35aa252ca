//! The browsers that pages may come through, and the window in which the person signs in.
//!
//! The desktop lends its webview by [`Shell::webview`](crate::env::Shell::webview); `watches` has none
//! and may be given a headless Chromium by [`Config`](crate::config::Config). What a page is fetched
//! through is decided here, by the source's [`Way`].

use std::sync::Arc;

use url::Url;
use watches_ipc::{fault::Fault, source};
use watches_scrape::{
    egress::Egress,
    fetch::{BrowserFetcher, Fetch, Way},
};
use watches_store::{Read, Tx, settings as table, sources as sources_table};

pub use watches_scrape::fetch::{
    BETWEEN_LOOKS, Browser, BrowserError, LOOK, Look, RenderFuture, Rendered, Rest, Visit,
};

use crate::{App, fault::Error, run, sources};

/// The desktop's own webview: renders pages unseen, and shows a site to the person.
pub trait Webview: Browser {
    /// Opens the site's window on the visit's page, or brings it to the front. When the person
    /// closes it, the shell calls [`App::site_closed`].
    ///
    /// # Errors
    /// A sentence saying why no window opened.
    fn open(&self, visit: &Visit, site: &Site) -> Result<(), String>;
}

/// Whose window it is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Site {
    /// The source's key, for [`App::site_closed`].
    pub key: String,
    pub name: String,
}

impl App {
    /// The person closed a site's window: the source is read again at once, unseen.
    ///
    /// # Errors
    /// When the store cannot be read or written. What the source answered is its state.
    pub async fn site_closed(&self, key: &str) -> Result<(), Fault> {
        run::poll_source(self, key).await?;
        Ok(())
    }
}

/// Is there such a fetcher in this process?
pub(crate) fn is_there(app: &App, way: Way) -> bool {
    match way {
        Way::Http => true,
        Way::Webview => app.shell.webview().is_some(),
        Way::Chromium => app.fetcher.chromium().is_some(),
    }
}

/// The way a source takes here and now; `None` when the chosen one is not in this process.
pub(crate) fn way(app: &App, source: &sources_table::Source, chosen: Option<Way>) -> Option<Way> {
    Way::choose(chosen, preferred(source), |way| is_there(app, way))
}

/// What the site itself wants; files and mail are not fetched at all.
pub(crate) fn preferred(source: &sources_table::Source) -> Way {
    sources::site(source).map_or(Way::Http, watches_scrape::sites::SiteKind::prefers)
}

/// The fetcher for one source's pages.
pub(crate) async fn fetcher(
    app: &App,
    source: &sources_table::Source,
) -> Result<Option<Arc<dyn Fetch>>, Error> {
    let Some(http) = app.fetcher.http_client() else { return Ok(Some(app.fetcher.page())) };
    let chosen = chosen(&mut app.read().await?, &source.key).await?;
    let browser: Arc<dyn Browser> = match way(app, source, chosen) {
        None => return Ok(None),
        Some(Way::Http) => return Ok(Some(app.fetcher.page())),
        Some(Way::Webview) => match app.shell.webview() {
            Some(webview) => webview,
            None => return Ok(None),
        },
        Some(Way::Chromium) => match app.fetcher.chromium() {
            Some(chromium) => Arc::clone(chromium),
            None => return Ok(None),
        },
    };
    Ok(Some(Arc::new(BrowserFetcher::new(Arc::clone(http), browser, &source.key))))
}

/// Shows the page to the person: in the site's own window where its pages come through that, else in
/// the system's browser.
pub(crate) async fn show(
    app: &App,
    source: &sources_table::Source,
    page: &str,
) -> Result<Shown, Error> {
    let chosen = chosen(&mut app.read().await?, &source.key).await?;
    let webview = app.shell.webview().filter(|_| way(app, source, chosen) == Some(Way::Webview));
    let Some(webview) = webview else {
        app.shell.open_url(page).map_err(Error::Shell)?;
        return Ok(Shown::Elsewhere);
    };
    let url = Url::parse(page).map_err(|_| Error::BadRequest(format!("{page} is no address")))?;
    let egress = Egress::new(app.config.demo_market.as_ref());
    let site = Site { key: source.key.clone(), name: source.name.clone() };
    webview.open(&Visit::new(url, &source.key, egress), &site).map_err(Error::Shell)?;
    Ok(Shown::InItsWindow)
}

/// Where the person now sees the page.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Shown {
    /// We learn when the window is closed.
    InItsWindow,
    /// We do not learn what comes of it.
    Elsewhere,
}

fn setting(key: &str) -> String {
    format!("way:{key}")
}

/// What the person chose for a source; `None` leaves it to the site.
pub(crate) async fn chosen(read: &mut Read, key: &str) -> Result<Option<Way>, Error> {
    let stored = table::get(read, &setting(key)).await?;
    // A word of a newer version is no choice of ours.
    Ok(stored.and_then(|document| serde_json::from_str(&document).ok()).flatten())
}

/// Keeps the choice, inside the caller's transaction.
pub(crate) async fn choose(tx: &mut Tx, key: &str, way: Option<Way>) -> Result<(), Error> {
    Ok(table::put(tx, &setting(key), &serde_json::to_string(&way)?).await?)
}

/// Whether anything was ever chosen for the source, its own preference included.
pub(crate) async fn was_chosen(read: &mut Read, key: &str) -> Result<bool, Error> {
    Ok(table::get(read, &setting(key)).await?.is_some())
}

/// As the window names it.
pub(crate) fn named(way: Way) -> source::Way {
    match way {
        Way::Http => source::Way::Http,
        Way::Webview => source::Way::Webview,
        Way::Chromium => source::Way::Chromium,
    }
}

/// As the window's choice is meant.
pub(crate) fn meant(way: source::Way) -> Way {
    match way {
        source::Way::Http => Way::Http,
        source::Way::Webview => Way::Webview,
        source::Way::Chromium => Way::Chromium,
    }
}

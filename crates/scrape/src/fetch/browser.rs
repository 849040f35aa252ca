//! Pages that only a browser shows: a page rendered by somebody's browser becomes a [`Document`].
//!
//! [`Browser`] is lent by the desktop (its own webview) or is a headless Chromium; [`BrowserFetcher`]
//! puts the manners of [`HttpFetcher`] before each visit: egress, robots.txt, breaker and token bucket
//! are the same ones. A browser renders one page at a time per profile and within the visit's bounds.

use std::{future::Future, pin::Pin, sync::Arc, time::Duration};

use url::Url;

use super::{
    Document, Fetch, FetchError, FetchFuture, Fetched, HttpFetcher, Request, Validators,
    body::DECODED_BYTES,
};
use crate::egress::{Egress, Forbidden};

/// From the first byte asked for until the page stands still.
const TOTAL: Duration = Duration::from_secs(40);

/// Renders pages; each visit ends, whatever the page does.
pub trait Browser: Send + Sync + std::fmt::Debug {
    /// Goes to the page and gives it back as it is once it stands still.
    fn render<'a>(&'a self, visit: &'a Visit) -> RenderFuture<'a>;
}

pub type RenderFuture<'a> =
    Pin<Box<dyn Future<Output = Result<Rendered, BrowserError>> + Send + 'a>>;

/// Where to go, as whom, and within which bounds.
#[derive(Debug, Clone)]
pub struct Visit {
    pub url: Url,
    /// Whose cookies are used: one profile per source.
    pub profile: String,
    /// Asked again for every page the browser is led to.
    pub egress: Egress,
    pub total: Duration,
    /// Bytes of the rendered page.
    pub longest: usize,
}

/// A page as it stood at the end.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Rendered {
    /// Where the browser was led.
    pub url: Url,
    /// 200 where the browser does not say.
    pub status: u16,
    pub html: String,
}

/// Why there is no page.
#[derive(Debug, thiserror::Error)]
pub enum BrowserError {
    #[error("it is read in a browser, and there is none here")]
    Missing,
    #[error("its window is open; it is read when the window is closed")]
    InUse,
    #[error("it led to an address that is not allowed: {0}")]
    Forbidden(#[from] Forbidden),
    #[error("the page did not load")]
    NotLoaded,
    #[error("the page did not come to rest within {} seconds", .limit.as_secs())]
    Restless { limit: Duration },
    #[error("the rendered page is larger than {limit} bytes")]
    TooLarge { limit: usize },
    #[error("the browser failed")]
    Failed(#[source] Box<dyn std::error::Error + Send + Sync>),
}

impl Visit {
    /// A visit with the usual bounds.
    pub fn new(url: Url, profile: &str, egress: Egress) -> Visit {
        Visit { url, profile: profile.to_owned(), egress, total: TOTAL, longest: DECODED_BYTES }
    }
}

impl BrowserError {
    /// Whatever a browser's own library complained about.
    pub fn failed(error: impl Into<Box<dyn std::error::Error + Send + Sync>>) -> BrowserError {
        BrowserError::Failed(error.into())
    }
}

/// Fetches through a browser, with the HTTP fetcher's manners and memory of hosts.
#[derive(Debug, Clone)]
pub struct BrowserFetcher {
    manners: Arc<HttpFetcher>,
    browser: Arc<dyn Browser>,
    profile: String,
}

impl BrowserFetcher {
    pub fn new(
        manners: Arc<HttpFetcher>,
        browser: Arc<dyn Browser>,
        profile: &str,
    ) -> BrowserFetcher {
        BrowserFetcher { manners, browser, profile: profile.to_owned() }
    }

    async fn page(&self, url: &Url) -> Result<Fetched, FetchError> {
        self.manners.admit_page(url).await?;
        let visit = Visit::new(url.clone(), &self.profile, self.manners.egress().clone());
        let answer = self.visit(&visit).await;
        self.manners.note(url, &answer);
        answer
    }

    async fn visit(&self, visit: &Visit) -> Result<Fetched, FetchError> {
        // The browser keeps the time itself; this is for one that does not.
        let patience = visit.total + Duration::from_secs(5);
        let rendered = tokio::time::timeout(patience, self.browser.render(visit)).await;
        let rendered = rendered.unwrap_or(Err(BrowserError::Restless { limit: visit.total }))?;
        visit.egress.check(&rendered.url)?;
        if rendered.html.len() > visit.longest {
            return Err(BrowserError::TooLarge { limit: visit.longest }.into());
        }
        let document = Document {
            url: rendered.url,
            status: rendered.status,
            content_type: "text/html; charset=utf-8".to_owned(),
            body: rendered.html.into_bytes(),
            validators: Validators::default(),
            fetched_at: self.manners.now(),
        };
        match document.status {
            200..=299 => Ok(Fetched::Fresh(document)),
            _ => Err(FetchError::Status { document: Box::new(document), retry_at: None }),
        }
    }
}

impl Fetch for BrowserFetcher {
    fn fetch<'a>(&'a self, request: &'a Request) -> FetchFuture<'a> {
        Box::pin(self.page(&request.url))
    }
}

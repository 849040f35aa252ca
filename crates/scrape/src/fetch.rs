//! An address in, a [`Document`] out: politely, within bounds, or a typed refusal.
//!
//! Callers are `app` (pages, photos) and `ebay_api`. [`HttpFetcher`] goes out itself, [`BrowserFetcher`]
//! lets a browser go, with the same manners; [`Recorded`] answers from memory. Whatever a server does, a fetch ends: size, time and redirects are bounded. A
//! challenge page is a document like any other here; `sites::read` recognises it.

mod admission;
mod backoff;
mod body;
mod browser;
mod charset;
#[cfg(feature = "chromium")]
mod chromium;
mod host;
mod http;
pub(crate) mod outgoing;
mod recorded;
mod rest;
mod retry_after;
mod verdict;
mod way;

use std::{future::Future, pin::Pin};

use serde::{Deserialize, Serialize};
use url::Url;
use watches_core::time::Timestamp;

pub use backoff::full_jitter;
pub use browser::{Browser, BrowserError, BrowserFetcher, RenderFuture, Rendered, Visit};
pub use charset::decode as decode_text;
#[cfg(feature = "chromium")]
pub use chromium::Chromium;
pub use host::{Breaker, HostState, Pace};
pub use http::{HttpFetcher, HttpOptions};
pub use recorded::Recorded;
pub use rest::{BETWEEN_LOOKS, LOOK, Look, Rest};
pub use retry_after::{InvalidRetryAfter, retry_after};
pub use way::Way;

use crate::{egress::Forbidden, page::Page};

/// What all fetchers share; boxed so that the app can hold any of them.
pub trait Fetch: Send + Sync + std::fmt::Debug {
    fn fetch<'a>(&'a self, request: &'a Request) -> FetchFuture<'a>;
}

pub type FetchFuture<'a> = Pin<Box<dyn Future<Output = Result<Fetched, FetchError>> + Send + 'a>>;

/// One wish for a document.
#[derive(Debug, Clone)]
pub struct Request {
    pub url: Url,
    pub accept: Accept,
    /// What we already hold: an unchanged document comes back as [`Fetched::NotModified`].
    pub validators: Validators,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Accept {
    Html,
    Image,
}

/// A version's marks (`ETag`, `Last-Modified`), to be stored beside the document.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Validators {
    pub etag: Option<String>,
    pub last_modified: Option<String>,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Fetched {
    Fresh(Document),
    NotModified,
}

/// A body as the server sent it, decompressed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Document {
    /// Where it was found after redirects.
    pub url: Url,
    pub status: u16,
    /// The whole `Content-Type`, parameters included; empty if the server gave none.
    pub content_type: String,
    pub body: Vec<u8>,
    pub validators: Validators,
    pub fetched_at: Timestamp,
}

/// Why there is no document.
#[derive(Debug, thiserror::Error)]
pub enum FetchError {
    /// The address leads where we never go: a private network, a strange port, another scheme.
    #[error("the address is not allowed: {0}")]
    Forbidden(#[from] Forbidden),
    #[error("robots.txt of {host} does not allow this page")]
    Robots { host: String },
    /// Our own manners, or the host, ask for patience.
    #[error("{host} is left in peace until {until} ({reason})")]
    Wait { host: String, until: Timestamp, reason: WaitReason },
    /// A status other than success. The document may be a challenge: show it to `sites::read`.
    #[error("{} answered with status {}", .document.url, .document.status)]
    Status { document: Box<Document>, retry_at: Option<Timestamp> },
    #[error("more than {limit} redirects")]
    TooManyRedirects { limit: u32 },
    #[error("the redirect leads nowhere")]
    BadRedirect,
    #[error("the answer is larger than {limit} bytes")]
    TooLarge { limit: usize },
    #[error("the answer unpacks to suspiciously much")]
    Bomb,
    #[error("the answer is packed in a way we did not ask for: {0}")]
    UnknownEncoding(String),
    #[error("the packed answer is damaged")]
    Damaged(#[source] std::io::Error),
    #[error("no complete answer within {} seconds", .limit.as_secs())]
    Timeout { limit: std::time::Duration },
    /// No connection, or one that broke: perhaps there is no network at all.
    #[error("no connection to {host}")]
    Connection {
        host: String,
        #[source]
        source: reqwest::Error,
    },
    /// A browser was to render the page.
    #[error(transparent)]
    Browser(#[from] BrowserError),
    /// Only [`Recorded`] says this.
    #[error("nothing is recorded for {0}")]
    NotRecorded(Url),
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum WaitReason {
    /// The host's token bucket is empty for longer than a fetch may wait.
    Pace,
    /// The host said `Retry-After`.
    RetryAfter,
    /// Several failures in a row: the circuit breaker is open.
    Breaker,
}

/// What to do about a [`FetchError`].
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Remedy {
    /// Ask again then, not earlier.
    RetryAt(Timestamp),
    /// Ask again at the next poll.
    RetryLater,
    /// Asking again brings the same answer: the address or the site's rules must change.
    GiveUp,
    /// Read the document: it may want a person.
    LookAtPage,
}

impl Request {
    pub fn page(url: Url) -> Request {
        Request { url, accept: Accept::Html, validators: Validators::default() }
    }

    pub fn image(url: Url) -> Request {
        Request { url, accept: Accept::Image, validators: Validators::default() }
    }

    pub fn unless_unchanged(self, validators: Validators) -> Request {
        Request { validators, ..self }
    }
}

impl Document {
    /// The media type without parameters, lower case: `text/html`.
    pub fn media_type(&self) -> String {
        self.content_type.split(';').next().unwrap_or_default().trim().to_ascii_lowercase()
    }

    /// The body as text, its charset found by mark, header, then markup.
    pub fn into_page(self) -> Page {
        let media_type = self.media_type();
        let text = charset::decode(self.body, &self.content_type);
        Page {
            url: Some(self.url),
            status: self.status,
            media_type,
            text,
            fetched_at: self.fetched_at,
        }
    }
}

impl FetchError {
    pub fn remedy(&self) -> Remedy {
        match self {
            FetchError::Wait { until, .. } => Remedy::RetryAt(*until),
            FetchError::Status { .. } => Remedy::LookAtPage,
            FetchError::Forbidden(_)
            | FetchError::Robots { .. }
            | FetchError::TooManyRedirects { .. }
            | FetchError::BadRedirect
            | FetchError::TooLarge { .. }
            | FetchError::Bomb
            | FetchError::UnknownEncoding(_)
            | FetchError::NotRecorded(_) => Remedy::GiveUp,
            FetchError::Damaged(_)
            | FetchError::Timeout { .. }
            | FetchError::Connection { .. }
            | FetchError::Browser(_) => Remedy::RetryLater,
        }
    }

    /// The network itself may be down, rather than this one page being wrong.
    pub fn is_offline(&self) -> bool {
        matches!(self, FetchError::Connection { source, .. } if source.is_connect())
    }
}

impl std::fmt::Display for WaitReason {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(match self {
            WaitReason::Pace => "our own pace",
            WaitReason::RetryAfter => "the host asked for it",
            WaitReason::Breaker => "it failed several times in a row",
        })
    }
}

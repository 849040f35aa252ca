//! eBay's Browse API: a search in, listings out, by an application token.
//!
//! The supported way to eBay (product rule 6): client credentials give a token that lives two hours;
//! searches carry it. Called by `app` when the user has set keys. Requests go out through the same
//! guard, pace and bounds as pages; robots.txt does not speak of an API with terms of its own.

mod listing;
mod search;
mod token;

use std::sync::Arc;

use reqwest::{
    Method,
    header::{ACCEPT, AUTHORIZATION, HeaderMap, HeaderName, HeaderValue},
};
use url::Url;

pub use listing::read;
pub use search::{PriceRange, Sale, Search};
pub use token::Keys;

use crate::{
    fetch::{
        Document, FetchError, Fetched, HttpFetcher,
        outgoing::{Outgoing, RobotsDuty},
    },
    sites::Found,
};
use token::Tokens;

/// Why a search brought no answer.
#[derive(Debug, thiserror::Error)]
pub enum ApiError {
    /// The keys were refused: the user must enter others.
    #[error("eBay did not accept the application's keys")]
    Keys,
    /// The day's allowance of calls is used up.
    #[error("eBay's allowance of calls is used up for now")]
    AllowanceSpent { retry_at: Option<watches_core::time::Timestamp> },
    /// eBay understood and refused; its own number and words.
    #[error("eBay refused the search ({id}): {message}")]
    Refused { id: u64, message: String },
    #[error("eBay's answer could not be read")]
    Unreadable(#[from] serde_json::Error),
    #[error("the base address cannot carry the API's paths")]
    BadBase(#[from] url::ParseError),
    #[error(transparent)]
    Fetch(FetchError),
}

/// A client for one pair of keys.
#[derive(Debug)]
pub struct EbayApi {
    fetcher: Arc<HttpFetcher>,
    base: Url,
    tokens: Tokens,
}

impl EbayApi {
    /// `base` is `https://api.ebay.com`, or the demo market's address.
    pub fn new(fetcher: Arc<HttpFetcher>, base: Url, keys: Keys) -> EbayApi {
        EbayApi { fetcher, base, tokens: Tokens::new(keys) }
    }

    /// One page of results; `source` is the key that the listings will carry (`ebay`).
    pub async fn search(&self, source: &str, search: &Search) -> Result<Found, ApiError> {
        let url = search.url(&self.base)?;
        let token = self.tokens.current(&self.fetcher, &self.base).await?;
        let document = match self.ask(&url, search, &token).await {
            // A token may die early; a fresh one is worth one more try.
            Err(FetchError::Status { document, .. }) if document.status == 401 => {
                self.tokens.forget(&token).await;
                let token = self.tokens.current(&self.fetcher, &self.base).await?;
                self.ask(&url, search, &token).await
            }
            other => other,
        };
        let document = document.map_err(refusal)?;
        Ok(read(source, &document.body, document.fetched_at)?)
    }

    async fn ask(&self, url: &Url, search: &Search, token: &str) -> Result<Document, FetchError> {
        let mut headers = HeaderMap::new();
        headers.insert(ACCEPT, HeaderValue::from_static("application/json"));
        let values = [
            (AUTHORIZATION, format!("Bearer {token}")),
            (HeaderName::from_static("x-ebay-c-marketplace-id"), search.marketplace.clone()),
        ];
        for (name, value) in values {
            // A value that cannot be sent leaves its header out, and eBay says what it misses.
            if let Ok(mut value) = HeaderValue::from_str(&value) {
                value.set_sensitive(name == AUTHORIZATION);
                headers.insert(name, value);
            }
        }
        exchange(&self.fetcher, Method::GET, url.clone(), headers, None).await
    }
}

/// One call; an API never answers "not modified" to a call without conditions.
async fn exchange(
    fetcher: &HttpFetcher,
    method: Method,
    url: Url,
    headers: HeaderMap,
    body: Option<String>,
) -> Result<Document, FetchError> {
    let outgoing = Outgoing { method, url, headers, body, robots: RobotsDuty::Exempt };
    match fetcher.exchange(&outgoing).await? {
        Fetched::Fresh(document) => Ok(document),
        Fetched::NotModified => Err(FetchError::NotRecorded(outgoing.url)),
    }
}

/// What eBay means by a status and its error body.
fn refusal(error: FetchError) -> ApiError {
    let FetchError::Status { document, retry_at } = error else {
        return ApiError::Fetch(error);
    };
    match document.status {
        401 | 403 => ApiError::Keys,
        429 => ApiError::AllowanceSpent { retry_at },
        _ => match listing::first_error(&document.body) {
            Some((id, message)) => ApiError::Refused { id, message },
            None => ApiError::Fetch(FetchError::Status { document, retry_at }),
        },
    }
}

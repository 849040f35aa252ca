//! The application token: asked for with the keys, kept until shortly before it dies.

use base64::{Engine, prelude::BASE64_STANDARD};
use reqwest::{
    Method,
    header::{AUTHORIZATION, CONTENT_TYPE, HeaderMap, HeaderValue},
};
use serde::Deserialize;
use tokio::sync::Mutex;
use url::Url;
use watches_core::time::{Span, Timestamp};

use super::{ApiError, exchange, refusal};
use crate::fetch::{FetchError, HttpFetcher};

/// What eBay gives a developer. Never printed.
#[derive(Clone, PartialEq, Eq)]
pub struct Keys {
    pub client_id: String,
    pub client_secret: String,
}

impl std::fmt::Debug for Keys {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Keys { client_id: ***, client_secret: *** }")
    }
}

/// A token is renewed this long before it dies, so that none dies on its way.
const MARGIN: Span = Span::minutes(2);

/// The form of the client-credentials grant (RFC 6749 section 4.4) with eBay's public scope.
const GRANT: &str =
    "grant_type=client_credentials&scope=https%3A%2F%2Fapi.ebay.com%2Foauth%2Fapi_scope";

/// The cached token. The lock is held while asking, so that parallel searches ask once.
#[derive(Debug)]
pub struct Tokens {
    keys: Keys,
    current: Mutex<Option<Token>>,
}

struct Token {
    text: String,
    renew_at: Timestamp,
}

impl std::fmt::Debug for Token {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "Token {{ text: ***, renew_at: {} }}", self.renew_at)
    }
}

#[derive(Deserialize)]
struct Answer {
    access_token: String,
    /// Seconds.
    expires_in: i64,
}

impl Tokens {
    pub fn new(keys: Keys) -> Tokens {
        Tokens { keys, current: Mutex::new(None) }
    }

    /// A token with some life left.
    pub async fn current(&self, fetcher: &HttpFetcher, base: &Url) -> Result<String, ApiError> {
        let mut current = self.current.lock().await;
        let now = fetcher.now();
        if let Some(token) = current.as_ref().filter(|token| token.renew_at > now) {
            return Ok(token.text.clone());
        }
        let answer = self.ask(fetcher, base).await?;
        let renew_at = now + Span::seconds(answer.expires_in.max(0)) - MARGIN;
        *current = Some(Token { text: answer.access_token.clone(), renew_at });
        Ok(answer.access_token)
    }

    /// Drops a token that was refused, unless another has replaced it meanwhile.
    pub async fn forget(&self, refused: &str) {
        let mut current = self.current.lock().await;
        if current.as_ref().is_some_and(|token| token.text == refused) {
            *current = None;
        }
    }

    async fn ask(&self, fetcher: &HttpFetcher, base: &Url) -> Result<Answer, ApiError> {
        let pair = format!("{}:{}", self.keys.client_id, self.keys.client_secret);
        let basic = format!("Basic {}", BASE64_STANDARD.encode(pair));
        let mut basic = HeaderValue::from_str(&basic).map_err(|_| ApiError::Keys)?;
        basic.set_sensitive(true);
        let form = HeaderValue::from_static("application/x-www-form-urlencoded");
        let headers = HeaderMap::from_iter([(AUTHORIZATION, basic), (CONTENT_TYPE, form)]);
        let url = base.join("/identity/v1/oauth2/token")?;
        let document = exchange(fetcher, Method::POST, url, headers, Some(GRANT.to_owned())).await;
        let document = document.map_err(|error| match error {
            // OAuth says 400 or 401 for keys it does not know.
            FetchError::Status { document, .. } if matches!(document.status, 400 | 401) => {
                ApiError::Keys
            }
            other => refusal(other),
        })?;
        Ok(serde_json::from_slice(&document.body)?)
    }
}

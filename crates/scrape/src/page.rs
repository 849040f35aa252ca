//! A fetched or saved page: bytes already decoded to text, and where it came from.

use url::Url;
use watches_core::time::Timestamp;

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Page {
    /// Where it was found after redirects; `None` for a saved file of unknown origin.
    pub url: Option<Url>,
    /// HTTP status; 200 for a saved file.
    pub status: u16,
    /// The media type without parameters: `text/html`.
    pub media_type: String,
    pub text: String,
    /// When it was fetched; relative times on the page count from here.
    pub fetched_at: Timestamp,
}

impl Page {
    /// A saved page from a file or from stdin.
    pub fn saved(text: String, url: Option<Url>, now: Timestamp) -> Page {
        Page { url, status: 200, media_type: "text/html".to_owned(), text, fetched_at: now }
    }
}

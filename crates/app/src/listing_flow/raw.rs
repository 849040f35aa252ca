//! The page behind a look, packed beside the reading and kept in the transaction of its listings.
//!
//! Made by `poll` and `imports`; read again by `reparse`. Not for challenges, and not for an API's answers.

use url::Url;
use watches_core::time::Timestamp;
use watches_scrape::page::Page;
use watches_store::{
    Tx,
    raw_pages::{self, Look, Packed},
};

use crate::fault::Error;

/// What is to be kept of a look.
#[derive(Debug, Clone)]
pub(crate) enum Raw {
    /// A page, packed.
    Fresh(Box<Fresh>),
    /// The market said that this address shows what it showed.
    Again(Url),
    /// No page of ours: an API's answer, or a listing that is gone.
    None,
}

#[derive(Debug, Clone)]
pub(crate) struct Fresh {
    url: String,
    status: u16,
    media_type: String,
    fetched_at: Timestamp,
    packed: Packed,
}

impl Raw {
    /// Packs a page; not on an async thread.
    pub fn of(page: &Page) -> Raw {
        let Some(packed) = Packed::of(&page.text) else { return Raw::None };
        Raw::Fresh(Box::new(Fresh {
            url: page.url.as_ref().map(Url::to_string).unwrap_or_default(),
            status: page.status,
            media_type: page.media_type.clone(),
            fetched_at: page.fetched_at,
            packed,
        }))
    }
}

pub(super) async fn keep(
    tx: &mut Tx,
    source: &str,
    raw: &Raw,
    quota_mb: u32,
    at: Timestamp,
) -> Result<(), Error> {
    match raw {
        Raw::Fresh(fresh) => {
            let look = Look {
                status: fresh.status,
                media_type: fresh.media_type.clone(),
                fetched_at: fresh.fetched_at,
                ..Look::new(source, &fresh.url, &fresh.packed, at)
            };
            let quota = i64::from(quota_mb) * 1_000_000;
            Ok(raw_pages::keep(tx, &look, &fresh.packed, quota).await?)
        }
        Raw::Again(url) => Ok(raw_pages::seen_again(tx, source, url.as_str(), at).await?),
        Raw::None => Ok(()),
    }
}

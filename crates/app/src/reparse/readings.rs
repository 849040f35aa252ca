//! All kept pages, oldest first -> what they say of each listing, as the listing flow would have it.

use std::collections::HashMap;

use url::Url;
use watches_core::time::Timestamp;
use watches_scrape::{
    page::Page,
    sites::{self, SiteKind},
};
use watches_store::{
    StoreError,
    raw_pages::{self, Look},
    sources as table,
};

use super::Report;
use crate::{
    App,
    fault::Error,
    listing_flow::{self, Reading},
    sources,
};

/// Readings by source and the market's own id.
#[derive(Debug, Default)]
pub(super) struct Readings(HashMap<(String, String), Reading>);

impl Readings {
    pub fn of(&self, source: &str, market_id: &str) -> Option<&Reading> {
        self.0.get(&(source.to_owned(), market_id.to_owned()))
    }

    pub fn len(&self) -> usize {
        self.0.len()
    }

    /// A later page says what holds; what it leaves out stays as an earlier one said.
    fn add(&mut self, source: &str, found: sites::Found, at: Timestamp) {
        let mut listings = found.listings;
        listing_flow::as_taken(&mut listings, source);
        for fresh in listings {
            let key = (fresh.source.clone(), fresh.id.clone());
            let extracted = match self.0.get(&key) {
                Some(earlier) => listing_flow::merge(fresh, &earlier.extracted),
                None => fresh,
            };
            self.0.insert(key, Reading { extracted, at });
        }
    }
}

pub(super) async fn all(app: &App, source: Option<&str>) -> Result<(Readings, Report), Error> {
    let mut read = app.read().await?;
    let known: HashMap<String, table::Source> =
        table::all(&mut read).await?.into_iter().map(|one| (one.key.clone(), one)).collect();
    let looks = raw_pages::looks(&mut read, source).await?;
    if let Some(key) = source.filter(|key| looks.is_empty() && !known.contains_key(*key)) {
        return Err(Error::BadRequest(format!("there is no source `{key}`")));
    }
    let kept = raw_pages::kept(&mut read).await?;
    let mut report = Report { kept, ..Report::default() };
    let mut readings = Readings::default();
    for look in looks {
        report.pages += 1;
        let text = match raw_pages::text(&mut read, &look.body).await {
            Ok(text) => text,
            Err(StoreError::Damaged { .. }) => {
                report.unread_pages += 1;
                continue;
            }
            Err(error) => return Err(error.into()),
        };
        let site = known.get(&look.source).and_then(sources::site);
        let (source, at) = (look.source.clone(), look.last_at);
        match tokio::task::spawn_blocking(move || reading(site, look, text)).await? {
            sites::Reading::Listings(found) => readings.add(&source, found, at),
            sites::Reading::Blocked(_) => report.unread_pages += 1,
            sites::Reading::Nothing => {}
        }
    }
    Ok((readings, report))
}

fn reading(site: Option<SiteKind>, look: Look, text: String) -> sites::Reading {
    let page = Page {
        url: Url::parse(&look.url).ok(),
        status: look.status,
        media_type: look.media_type,
        text,
        fetched_at: look.fetched_at,
    };
    sites::read(site, &page)
}

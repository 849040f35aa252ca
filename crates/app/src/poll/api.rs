//! eBay by its Browse API, when the person has given keys: the supported way, used before its pages.

use std::sync::Arc;

use url::Url;
use watches_core::time::Span;
use watches_ipc::source::SourceState;
use watches_scrape::{
    ebay_api::{ApiError, EbayApi, Keys, Search},
    fetch::Validators,
};

use super::{Ask, Job, Next, Outcome, answer, finish, seen};
use crate::{
    App,
    fault::Error,
    fetching::Remembered,
    keyring::{self, Account},
    listing_flow::Seen,
};

const ADDRESS: &str = "https://api.ebay.com";
/// The most the API answers at once.
const PER_PAGE: u32 = 200;

/// What was found for an account: `None` where there are no keys.
type Kept = (Account, Option<Arc<EbayApi>>);

/// The clients for the kept keys: asked of the keyring once each, and again when the keys change.
#[derive(Debug, Default)]
pub(crate) struct Client(tokio::sync::Mutex<Vec<Kept>>);

impl Client {
    pub async fn forget(&self) {
        self.0.lock().await.clear();
    }

    async fn get(&self, app: &App, account: Account) -> Option<Arc<EbayApi>> {
        let mut known = self.0.lock().await;
        if let Some((_, client)) = known.iter().find(|(of, _)| *of == account) {
            return client.clone();
        }
        let client = client(app, account).await;
        known.push((account, client.clone()));
        client
    }
}

/// `None` without keys, without a keyring, or where pages are recorded.
async fn client(app: &App, account: Account) -> Option<Arc<EbayApi>> {
    let http = app.fetcher.http_client()?;
    let base = match account {
        Account::Ebay => Url::parse(ADDRESS).expect("a constant address parses"),
        Account::DemoEbay => app.config.demo_market.clone()?,
    };
    let keys = match keyring::read(account).await {
        Ok(keys) => keys?,
        Err(error) => {
            tracing::info!("eBay is read from its pages: {error}");
            return None;
        }
    };
    let keys = Keys { client_id: keys.client_id, client_secret: keys.client_secret };
    Some(Arc::new(EbayApi::new(Arc::clone(http), base, keys)))
}

/// Asks the API for a search of eBay; `None` when it is to be read from pages.
pub(super) async fn search(app: &App, job: &Job, pages: u32) -> Result<Option<Outcome>, Error> {
    let Ask::Search { page_no } = job.ask else { return Ok(None) };
    let account = match job.source.key.as_str() {
        "ebay" => Account::Ebay,
        "demo-ebay" => Account::DemoEbay,
        _ => return Ok(None),
    };
    let Some(client) = app.polls.ebay.get(app, account).await else { return Ok(None) };
    let wanted = Search {
        marketplace: marketplace(&job.source.address).to_owned(),
        limit: PER_PAGE,
        offset: page_no.saturating_sub(1) * PER_PAGE,
        ..Search::new(&job.query)
    };
    answer::spend(app, job).await?;
    let found = match client.search(&job.source.key, &wanted).await {
        Ok(found) => found,
        Err(error) => return failed(app, job, error).await.map(Some),
    };
    app.polls.note_network(true, app.env.now());
    let full = found.listings.len() >= PER_PAGE as usize;
    let next = match (full, page_no < pages) {
        (false, _) => Next::End,
        (true, false) => Next::Beyond,
        (true, true) => Next::Page(job.url.clone()),
    };
    let page = Remembered { url: job.url.clone(), validators: Validators::default(), next: None };
    let seen = Seen { listings: found.listings, page: Some(page), ..seen(app, job) };
    finish(app, job, seen, next).await.map(Some)
}

async fn failed(app: &App, job: &Job, error: ApiError) -> Result<Outcome, Error> {
    let why = error.to_string();
    let now = app.env.now();
    match error {
        ApiError::Fetch(error) => answer::failed(app, job, error).await,
        ApiError::Keys => {
            let url = "https://developer.ebay.com/my/keys".to_owned();
            let state = SourceState::NeedsYou { since: now, url, reason: why.clone() };
            answer::note(app, job, &state).await?;
            Ok(Outcome::StopSource(format!("needs you: {why}")))
        }
        ApiError::AllowanceSpent { retry_at } => {
            let until = retry_at.unwrap_or(now + Span::hours(1));
            let state = SourceState::Waiting { until, reason: why.clone() };
            answer::note(app, job, &state).await?;
            Ok(Outcome::StopSource(why))
        }
        ApiError::Refused { .. } | ApiError::Unreadable(_) | ApiError::BadBase(_) => {
            Ok(Outcome::Failed(why))
        }
    }
}

/// Which of eBay's sites answers, by the source's address.
fn marketplace(address: &str) -> &'static str {
    const SITES: [(&str, &str); 12] = [
        ("ebay.de", "EBAY_DE"),
        ("ebay.at", "EBAY_AT"),
        ("ebay.ch", "EBAY_CH"),
        ("ebay.co.uk", "EBAY_GB"),
        ("ebay.ie", "EBAY_IE"),
        ("ebay.fr", "EBAY_FR"),
        ("ebay.it", "EBAY_IT"),
        ("ebay.es", "EBAY_ES"),
        ("ebay.nl", "EBAY_NL"),
        ("ebay.pl", "EBAY_PL"),
        ("ebay.com.au", "EBAY_AU"),
        ("ebay.ca", "EBAY_CA"),
    ];
    let host = address.trim_end_matches('/');
    SITES.iter().find(|(domain, _)| host.ends_with(domain)).map_or("EBAY_US", |(_, id)| id)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_marketplace_follows_the_address() {
        assert_eq!(marketplace("https://www.ebay.de"), "EBAY_DE");
        assert_eq!(marketplace("https://www.ebay.com.au/"), "EBAY_AU");
        assert_eq!(marketplace("https://www.ebay.com"), "EBAY_US");
    }
}

//! An app in a folder of its own, a shell that remembers, and pages that the test hands out.

use std::{
    collections::HashMap,
    path::Path,
    sync::{Arc, Mutex},
};

use tempfile::TempDir;
use url::Url;
use watches_app::{
    App,
    config::Config,
    env::{Env, Shell, Toast},
};
use watches_core::time::Timestamp;
use watches_ipc::{
    polling::{PollNow, PollReport},
    source::AddDealer,
    watchlist::{RuleDraft, SaveWatchlist, Watchlist},
};
use watches_scrape::fetch::{
    Document, Fetch, FetchError, FetchFuture, Fetched, Request, Validators,
};
use watches_testkit::FakeClock;

pub const START: Timestamp = Timestamp::from_seconds(1_793_361_600);
pub const SHOP: &str = "https://dealer.test/watches";

/// What the dealer's page holds at first.
pub const TWO: &[(&str, &str, &str)] = &[
    ("a1", "Rolex Submariner Date 126610LN", "10500"),
    ("a2", "Rolex GMT-Master II 126710BLRO", "16900"),
];

/// Remembers what it was asked to show.
#[derive(Debug, Default)]
pub struct Ear(pub Mutex<Vec<Toast>>);

impl Ear {
    pub fn heard(&self) -> Vec<Toast> {
        self.0.lock().expect("no panic while held").clone()
    }
}

impl Shell for Ear {
    fn notify(&self, toast: &Toast) -> Result<(), String> {
        self.0.lock().expect("no panic while held").push(toast.clone());
        Ok(())
    }

    fn open_url(&self, _: &str) -> Result<(), String> {
        Ok(())
    }

    fn open_folder(&self, _: &Path) -> Result<(), String> {
        Ok(())
    }
}

/// Pages by address; whatever is not on it answers 404.
#[derive(Debug, Default)]
pub struct Shelf {
    pages: Mutex<HashMap<String, (u16, String)>>,
    pub asked: Mutex<Vec<String>>,
}

impl Shelf {
    pub fn put(&self, url: &str, status: u16, html: impl Into<String>) {
        self.pages
            .lock()
            .expect("no panic while held")
            .insert(url.to_owned(), (status, html.into()));
    }

    pub fn times_asked(&self) -> usize {
        self.asked.lock().expect("no panic while held").len()
    }

    fn answer(&self, request: &Request) -> Result<Fetched, FetchError> {
        self.asked.lock().expect("no panic while held").push(request.url.to_string());
        let found =
            self.pages.lock().expect("no panic while held").get(request.url.as_str()).cloned();
        let (status, html) = found.unwrap_or((404, String::new()));
        let document = Document {
            url: request.url.clone(),
            status,
            content_type: "text/html; charset=utf-8".to_owned(),
            body: html.into_bytes(),
            validators: Validators::default(),
            fetched_at: START,
        };
        if status == 200 {
            return Ok(Fetched::Fresh(document));
        }
        Err(FetchError::Status { document: Box::new(document), retry_at: None })
    }
}

impl Fetch for Shelf {
    fn fetch<'a>(&'a self, request: &'a Request) -> FetchFuture<'a> {
        Box::pin(async move { self.answer(request) })
    }
}

/// An app with all its surroundings in the test's hand.
pub struct House {
    pub folder: TempDir,
    pub clock: FakeClock,
    pub ear: Arc<Ear>,
    pub shelf: Arc<Shelf>,
    pub app: Arc<App>,
}

impl House {
    pub async fn new() -> House {
        let folder = tempfile::tempdir().expect("a folder");
        let (ear, shelf) = (Arc::new(Ear::default()), Arc::new(Shelf::default()));
        let clock = FakeClock::at(START);
        let app = open(folder.path(), &clock, &ear, Some(Arc::clone(&shelf)), None).await;
        House { folder, clock, ear, shelf, app }
    }

    /// The same store and surroundings after a restart.
    pub async fn again(self) -> House {
        let House { folder, clock, ear, shelf, app } = self;
        drop(app);
        let app = open(folder.path(), &clock, &ear, Some(Arc::clone(&shelf)), None).await;
        House { folder, clock, ear, shelf, app }
    }
}

pub async fn open(
    folder: &Path,
    clock: &FakeClock,
    ear: &Arc<Ear>,
    shelf: Option<Arc<Shelf>>,
    demo_market: Option<Url>,
) -> Arc<App> {
    let config = Config { demo_market, ..Config::new(folder) };
    let env = Env::with_clock(clock.reader(), Some(7));
    let fetch = shelf.map(|shelf| shelf as Arc<dyn Fetch>);
    let shell = Arc::clone(ear) as Arc<dyn Shell>;
    App::open_with(config, shell, env, fetch).await.expect("the app opens")
}

/// An app that watches a dealer with [`TWO`] on the page, not polled yet.
pub async fn dealer() -> House {
    let house = House::new().await;
    let dealer = AddDealer { url: SHOP.to_owned(), name: Some("Shop".to_owned()) };
    house.app.add_dealer(dealer).await.expect("a dealer");
    hunt(&house.app, "Sub", &["when price <= 11000 EUR then toast"], &["dealer:dealer.test"]).await;
    house.shelf.put(SHOP, 200, shop(TWO));
    house
}

/// A dealer's page: `(id, title, price in euros)` each, as schema.org data.
pub fn shop(watches: &[(&str, &str, &str)]) -> String {
    let product = |(id, title, price): &(&str, &str, &str)| {
        format!(
            r#"{{"@context":"https://schema.org","@type":"Product","name":"{title}","sku":"{id}",
            "url":"https://dealer.test/watch/{id}","image":"https://dealer.test/{id}.jpg",
            "offers":{{"@type":"Offer","price":"{price}","priceCurrency":"EUR",
            "availability":"https://schema.org/InStock","url":"https://dealer.test/watch/{id}"}}}}"#
        )
    };
    let blocks: Vec<String> = watches
        .iter()
        .map(|watch| format!("<script type=\"application/ld+json\">{}</script>", product(watch)))
        .collect();
    format!("<html><head><title>Shop</title>{}</head><body></body></html>", blocks.concat())
}

pub async fn hunt(app: &App, name: &str, rules: &[&str], sources: &[&str]) -> Watchlist {
    let rule = |text: &&str| RuleDraft { id: None, text: (*text).to_owned(), enabled: true };
    app.save_watchlist(SaveWatchlist {
        id: None,
        name: name.to_owned(),
        query: "rolex".to_owned(),
        sources: sources.iter().map(|key| (*key).to_owned()).collect(),
        rules: rules.iter().map(rule).collect(),
        interval_minutes: Some(60),
        paused: false,
    })
    .await
    .expect("the watchlist is saved")
}

pub async fn poll(app: &App) -> PollReport {
    app.poll_now(PollNow { watchlist: None }).await.expect("the poll is done")
}

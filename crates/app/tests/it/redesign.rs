//! The demo market redesigns its pages: the source is `degraded` with one notice, and values stay.
//!
//! The market's own pages, renamed on their way: what a redesign does to a reader that looks for names.

use std::sync::{
    Arc, Mutex,
    atomic::{AtomicI64, Ordering},
};

use watches_app::{
    App,
    config::Config,
    env::{Env, Shell},
};
use watches_core::{listing::extracted::SaleState, time::Span};
use watches_demo::{DemoMarket, DemoOptions};
use watches_ipc::{
    listing::{ListListings, ListingFilter, ListingRow},
    source::{ListSources, Source, SourceState},
};
use watches_scrape::fetch::{Fetch, FetchFuture, Fetched, HttpFetcher, HttpOptions, Request};
use watches_testkit::FakeClock;

use crate::support::{Ear, START, hunt, poll};

/// Renames, applied to every page.
type Renames = Arc<Mutex<Vec<(&'static str, &'static str)>>>;

#[derive(Debug)]
struct Redesigned {
    market: HttpFetcher,
    renames: Renames,
}

impl Fetch for Redesigned {
    fn fetch<'a>(&'a self, request: &'a Request) -> FetchFuture<'a> {
        Box::pin(async move {
            let Fetched::Fresh(mut document) = self.market.fetch(request).await? else {
                return Ok(Fetched::NotModified);
            };
            let mut text = String::from_utf8_lossy(&document.body).into_owned();
            for (from, to) in self.renames.lock().expect("no panic while held").iter() {
                text = text.replace(from, to);
            }
            document.body = text.into_bytes();
            Ok(Fetched::Fresh(document))
        })
    }
}

struct Place {
    app: Arc<App>,
    ear: Arc<Ear>,
    clock: FakeClock,
    renames: Renames,
    _market: DemoMarket,
    _folder: tempfile::TempDir,
}

impl Place {
    async fn new() -> Place {
        let market = DemoMarket::start(DemoOptions { speed: 0.0, ..DemoOptions::default() }).await;
        let market = market.expect("a market");
        let folder = tempfile::tempdir().expect("a folder");
        let (clock, ear) = (FakeClock::at(START), Arc::new(Ear::default()));
        let demo_market = Some(market.address().clone());
        let chance = AtomicI64::new(7);
        let mut options =
            HttpOptions::new(clock.reader(), move || chance.fetch_add(1, Ordering::SeqCst) as u64);
        options.demo_market.clone_from(&demo_market);
        let renames = Renames::default();
        let fetcher = HttpFetcher::new(options).expect("a fetcher");
        let fetch = Redesigned { market: fetcher, renames: Arc::clone(&renames) };
        let config = Config { demo_market, ..Config::new(folder.path()) };
        let env = Env::with_clock(clock.reader(), Some(7));
        let shell = Arc::clone(&ear) as Arc<dyn Shell>;
        let app = App::open_with(config, shell, env, Some(Arc::new(fetch))).await;
        let app = app.expect("the app opens");
        hunt(&app, "Submariner", &["when price <= 1 EUR then toast"], &["demo-ebay"]).await;
        Place { app, ear, clock, renames, _market: market, _folder: folder }
    }

    async fn polls(&self, times: u32) {
        for _ in 0..times {
            poll(&self.app).await;
            self.clock.advance(Span::hours(1));
        }
    }

    fn redesign(&self, renames: &[(&'static str, &'static str)]) {
        *self.renames.lock().expect("no panic while held") = renames.to_vec();
    }

    async fn source(&self) -> Source {
        let sources = self.app.list_sources(ListSources {}).await.expect("sources");
        sources.into_iter().find(|source| source.key == "demo-ebay").expect("the demo's eBay")
    }

    async fn rows(&self) -> Vec<ListingRow> {
        let filter = ListingFilter { include_gone: true, ..ListingFilter::default() };
        let all = ListListings { filter, limit: 500, ..ListListings::default() };
        self.app.list_listings(all).await.expect("rows").rows
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn prices_that_are_called_otherwise_are_kept_and_told_once() {
    let place = Place::new().await;
    place.polls(4).await;
    let before = place.source().await;
    assert_eq!(before.state, SourceState::Ok);
    let usual = before.fill.iter().find(|fill| fill.field == "price").expect("prices are counted");
    assert!(usual.median > 0.9, "{usual:?}");
    let (rows, told) = (place.rows().await, place.ear.heard().len());

    place.redesign(&[("s-card__price", "s-card__amount"), ("s-item__price", "s-item__amount")]);
    place.polls(5).await;
    let source = place.source().await;
    let SourceState::Degraded { reason, .. } = &source.state else { panic!("{:?}", source.state) };
    assert!(reason.contains("price"), "{reason}");
    assert_eq!(place.ear.heard().len() - told, 1, "one notice for five polls");
    let usual = source.fill.iter().find(|fill| fill.field == "price").expect("prices are counted");
    assert!(usual.median > 0.9, "the usual does not sink to the broken: {usual:?}");
    let prices = |rows: &[ListingRow]| -> Vec<_> {
        let mut prices: Vec<_> = rows.iter().map(|row| (row.id, row.price)).collect();
        prices.sort_by_key(|(id, _)| *id);
        prices
    };
    assert_eq!(prices(&place.rows().await), prices(&rows), "the last good values are kept");

    place.redesign(&[]);
    place.polls(1).await;
    assert_eq!(place.source().await.state, SourceState::Ok);
    place.redesign(&[("s-card__price", "s-card__amount"), ("s-item__price", "s-item__amount")]);
    place.polls(2).await;
    assert_eq!(place.ear.heard().len() - told, 2, "another redesign is told anew");
}

#[tokio::test(flavor = "multi_thread")]
async fn pages_without_any_known_card_end_no_listing() {
    let place = Place::new().await;
    place.polls(4).await;
    let rows = place.rows().await;
    assert!(!rows.is_empty());
    place.redesign(&[("s-card", "tile"), ("s-item", "tile"), ("/itm/", "/thing/")]);
    place.polls(3).await;
    let source = place.source().await;
    let SourceState::Degraded { reason, .. } = &source.state else { panic!("{:?}", source.state) };
    assert!(reason.contains("no listings"), "{reason}");
    let now = place.rows().await;
    assert_eq!(now.len(), rows.len());
    let active =
        |rows: &[ListingRow]| rows.iter().filter(|row| row.state == SaleState::Active).count();
    assert_eq!(active(&now), active(&rows), "nothing is taken for gone");
}

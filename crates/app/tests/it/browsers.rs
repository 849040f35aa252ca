//! The ways in: a browser that the shell lends, the person's choice, and what a wall does.

use std::{
    path::Path,
    sync::{
        Arc, Mutex,
        atomic::{AtomicBool, Ordering},
    },
};

use watches_app::{
    App,
    browser::{Browser, RenderFuture, Rendered, Site, Visit, Webview},
    config::Config,
    env::{Env, Shell, Toast},
};
use watches_demo::{DemoMarket, DemoOptions};
use watches_ipc::source::{
    AddDealer, ChangeSource, ChooseWay, ListSources, ResolveNeedsYou, Source, SourceState, Way,
};
use watches_testkit::FakeClock;

use crate::support::{House, SHOP, START, hunt, poll, shop};

const KEY: &str = "demo-members";
const WALL: &str = "<title>Sign in</title><form><input type=password></form>";

/// A shell that lends a browser: a wall until the person has signed in.
#[derive(Debug, Default)]
struct Lender {
    signed_in: AtomicBool,
    visited: Mutex<Vec<String>>,
    opened: Mutex<Vec<String>>,
    told: Mutex<Vec<String>>,
}

/// So that the shell can hand itself out.
#[derive(Debug, Clone, Default)]
struct Lent(Arc<Lender>);

impl Lender {
    fn visited(&self) -> Vec<String> {
        self.visited.lock().expect("no panic while held").clone()
    }
}

impl Browser for Lent {
    fn render<'a>(&'a self, visit: &'a Visit) -> RenderFuture<'a> {
        let line = format!("{} {}", visit.profile, visit.url.path());
        self.0.visited.lock().expect("no panic while held").push(line);
        let signed_in = self.0.signed_in.load(Ordering::SeqCst);
        let html = if signed_in {
            shop(&[("m1", "Rolex Submariner Date 126610LN", "9900")])
        } else {
            WALL.to_owned()
        };
        Box::pin(std::future::ready(Ok(Rendered { url: visit.url.clone(), status: 200, html })))
    }
}

impl Webview for Lent {
    fn open(&self, visit: &Visit, site: &Site) -> Result<(), String> {
        let line = format!("{} {}", site.key, visit.url.path());
        self.0.opened.lock().expect("no panic while held").push(line);
        Ok(())
    }
}

impl Shell for Lent {
    fn notify(&self, toast: &Toast) -> Result<(), String> {
        self.0.told.lock().expect("no panic while held").push(toast.title.clone());
        Ok(())
    }

    fn open_url(&self, _: &str) -> Result<(), String> {
        Err("the system's browser is not asked".to_owned())
    }

    fn open_folder(&self, _: &Path) -> Result<(), String> {
        Ok(())
    }

    fn webview(&self) -> Option<Arc<dyn Webview>> {
        Some(Arc::new(self.clone()))
    }
}

async fn source(app: &App, key: &str) -> Source {
    let sources = app.list_sources(ListSources {}).await.expect("the sources");
    sources.into_iter().find(|source| source.key == key).expect("the source is there")
}

#[tokio::test(flavor = "multi_thread")]
async fn a_person_signs_in_and_the_webview_reads_on() {
    let market = DemoMarket::start(DemoOptions { speed: 0.0, ..DemoOptions::default() }).await;
    let market = market.expect("a market");
    let folder = tempfile::tempdir().expect("a folder");
    let config =
        Config { demo_market: Some(market.address().clone()), ..Config::new(folder.path()) };
    let lent = Lent::default();
    let env = Env::with_clock(FakeClock::at(START).reader(), Some(7));
    let app = App::open_with(config, Arc::new(lent.clone()), env, None).await.expect("it opens");
    let on = ChangeSource { key: KEY.to_owned(), enabled: Some(true), daily_budget: None };
    app.change_source(on).await.expect("switched on");
    hunt(&app, "Members", &[], &[KEY]).await;

    poll(&app).await;
    poll(&app).await;
    let state = source(&app, KEY).await.state;
    assert!(matches!(state, SourceState::NeedsYou { .. }), "{state:?}");
    assert_eq!(*lent.0.told.lock().expect("free"), ["Demo members shop needs you"]);

    let resolve = ResolveNeedsYou { key: KEY.to_owned() };
    app.resolve_needs_you(resolve).await.expect("its window opens");
    assert_eq!(*lent.0.opened.lock().expect("free"), ["demo-members /members/"]);
    let state = source(&app, KEY).await.state;
    assert!(matches!(state, SourceState::NeedsYou { .. }), "not before it is read: {state:?}");

    lent.0.signed_in.store(true, Ordering::SeqCst);
    app.site_closed(KEY).await.expect("read again");
    let read = source(&app, KEY).await;
    assert_eq!((read.state, read.listings), (SourceState::Ok, 1));
    assert_eq!(lent.0.visited(), ["demo-members /members/"; 3]);

    let way = ChooseWay { key: KEY.to_owned(), way: Some(Way::Http) };
    app.choose_way(way).await.expect("chosen");
    assert_eq!(source(&app, KEY).await.ways.taken, Some(Way::Http));
    poll(&app).await;
    assert_eq!(lent.0.visited().len(), 3, "plain requests from now on");
}

#[tokio::test]
async fn a_choice_that_is_not_there_reads_nothing_and_says_so() {
    let market = DemoMarket::start(DemoOptions { speed: 0.0, ..DemoOptions::default() }).await;
    let market = market.expect("a market");
    let folder = tempfile::tempdir().expect("a folder");
    let (clock, ear) = (FakeClock::at(START), Arc::default());
    let address = Some(market.address().clone());
    let app = crate::support::open(folder.path(), &clock, &ear, None, address).await;
    let way = ChooseWay { key: "demo-dealer".to_owned(), way: Some(Way::Webview) };
    app.choose_way(way).await.expect("chosen");
    hunt(&app, "Dealer", &[], &["demo-dealer"]).await;
    let report = poll(&app).await;
    assert_eq!((report.pages, report.problems.len()), (0, 1), "{report:?}");
    assert!(report.problems[0].contains("there is none here"), "{report:?}");
    let ways = source(&app, "demo-dealer").await.ways;
    assert_eq!((ways.taken, ways.chosen, ways.there), (None, Some(Way::Webview), vec![Way::Http]));
    let chrono24 = source(&app, "chrono24").await.ways;
    assert_eq!((chrono24.preferred, chrono24.taken), (Way::Webview, Some(Way::Http)));
}

#[tokio::test]
async fn a_wall_is_told_once() {
    let house = House::new().await;
    let dealer = AddDealer { url: SHOP.to_owned(), name: Some("Shop".to_owned()) };
    house.app.add_dealer(dealer).await.expect("a dealer");
    hunt(&house.app, "Sub", &[], &["dealer:dealer.test"]).await;
    house.shelf.put(SHOP, 200, WALL);
    poll(&house.app).await;
    poll(&house.app).await;
    let titles: Vec<String> = house.ear.heard().into_iter().map(|toast| toast.title).collect();
    assert_eq!(titles, ["Shop needs you"]);
}

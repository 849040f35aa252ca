//! The headless browser on a page of loopback that only its script fills.

use std::{collections::HashMap, sync::Arc, time::Duration};

use watches_scrape::{
    egress::Egress,
    fetch::{
        Browser, BrowserError, BrowserFetcher, Chromium, Fetch, FetchError, Fetched, Request, Visit,
    },
};

use super::server::{Act, FakeClock, Server, say};

const SCRIPTED: &str = "<!DOCTYPE html><title>Shop</title><ul id=s></ul><script>\
    fetch('/stock').then(answer => answer.text()).then(text => {\
    document.querySelector('#s').innerHTML = '<li>' + text; });\
    fetch('http://127.0.0.1:1/secret').catch(() => document.body.dataset.refused = 'yes');</script>";

fn chromium() -> Arc<dyn Browser> {
    let folders = std::env::var_os("PATH").unwrap_or_default();
    let found = Chromium::find(std::env::split_paths(&folders));
    Arc::new(found.expect("`cargo xtask setup` installs chromium"))
}

fn fetcher(server: &Server) -> BrowserFetcher {
    let http = server.fetcher(&FakeClock::default(), Duration::from_secs(10));
    BrowserFetcher::new(Arc::new(http), chromium(), "test")
}

#[tokio::test(flavor = "multi_thread")]
async fn a_page_is_read_as_its_script_drew_it() {
    let server = Server::start(|_| {
        HashMap::from([
            ("/robots.txt", vec![say("404 Not Found", "", b"")]),
            ("/shop", vec![say("200 OK", "Content-Type: text/html\r\n", SCRIPTED.as_bytes())]),
            ("/stock", vec![say("200 OK", "", b"Rolex Submariner 126610LN")]),
        ])
    })
    .await;
    let url = server.url("/shop");
    let fetched = fetcher(&server).fetch(&Request::page(url.clone())).await.expect("a page");
    let Fetched::Fresh(document) = fetched else { panic!("{fetched:?}") };
    let text = document.clone().into_page().text;
    assert_eq!((document.url, document.status), (url, 200));
    assert!(text.contains("<li>Rolex Submariner 126610LN"), "{text}");
    assert!(text.contains("data-refused=\"yes\""), "{text}");
    assert_eq!(server.seen.count("/robots.txt"), 1);
}

#[tokio::test(flavor = "multi_thread")]
async fn manners_come_before_the_browser() {
    let robots = b"User-agent: *\nDisallow: /shop\n";
    let robots = || vec![say("200 OK", "", robots)];
    let server = Server::start(|_| HashMap::from([("/robots.txt", robots())])).await;
    let url = server.url("/shop");
    let refused = fetcher(&server).fetch(&Request::page(url)).await;
    assert!(matches!(refused, Err(FetchError::Robots { .. })), "{refused:?}");
    assert_eq!(server.seen.count("/shop"), 0);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_page_that_never_comes_ends_in_time() {
    let server = Server::start(|_| HashMap::from([("/shop", vec![Act::Hold])])).await;
    let url = server.url("/shop");
    let egress = Egress::new(Some(&server.address));
    let mut visit = Visit::new(url, "test", egress);
    visit.total = Duration::from_secs(6);
    let answer = chromium().render(&visit).await;
    assert!(matches!(answer, Err(BrowserError::Restless { .. })), "{answer:?}");
}

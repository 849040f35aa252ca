//! A page that nobody knows, in the real window: read, pointed at, followed; its layout changes a little and
//! the rule survives, then a lot and the window says that it did not.

use anyhow::{Context, Result};
use serde_json::{Value, json};
use watches_tests::{
    axe,
    bus::Notifications,
    market::Market,
    session::Session,
    waiting::until,
    window::{AppWindow, DesktopApp},
};

const FILE: &str = "gmt-16710.html";
const NAME: &str = "Rolex GMT-Master II 16710";

/// A shop's page without any data for machines, with three prices on it.
fn page(price: &str) -> String {
    format!(
        r#"<!doctype html><html><head><title>{NAME} | Uhren Keller</title></head><body>
        <div class="banner">Free shipping over € 500</div>
        <main class="product"><h1 class="name">{NAME}</h1>
        <p>Full set with box and papers from 1999, serviced.</p>
        <dl class="facts"><dt>Asking price</dt><dd class="ask"><span class="amount">{price}</span></dd>
        <dt>Shipping</dt><dd>€ 45</dd><dt>Year</dt><dd>1999</dd></dl>
        <img src="/photos/1.png" alt="The dial from the front"></main>
        <footer>Uhren Keller, Ulm</footer></body></html>"#
    )
}

#[tokio::test]
async fn a_price_is_pointed_at_and_its_rule_survives_or_says_not() -> Result<()> {
    let market = Market::start().await?;
    let address = market.page(FILE, &page("€ 9,500")).await?;
    let session = Session::start("pointing", 1440, 900).await?;
    let mut notifications = Notifications::listen(&session).await?;
    let app = DesktopApp::start(&session, &["--demo-market", &market.address()])?;
    let window = app.window(&session).await?;
    window.click(".welcome button.link").await?;

    read_the_page(&window, &address).await?;
    window.find_text(".found-missing", "Price").await?;
    session.window_picture("Watches.fyi", "pointing-1-read").await?;
    point_at_the_price(&window).await?;
    session.window_picture("Watches.fyi", "pointing-2-pointed").await?;
    let checker = axe::source().await?;
    let found = axe::serious(&window, &checker).await?;
    assert!(found.is_empty(), "{found:#?}");
    window.click_text(".read-page button.primary", "Follow this page").await?;
    window.find_text(".detail .condition-box", "Read").await?;
    assert_eq!(price_of(&window).await?, json!({ "minor": 950_000, "currency": "EUR" }));
    session.window_picture("Watches.fyi", "pointing-3-followed").await?;

    // A little: other classes, a wrapper, the old price struck through beside it.
    let little = page("<s>€ 9,500</s> <b>€ 8,900</b>")
        .replace("class=\"amount\"", "class=\"css-1kx\"")
        .replace("<main", "<div id=\"app\"><main")
        .replace("</main>", "</main></div>");
    market.page(FILE, &little).await?;
    window.call("poll_now", json!({ "watchlist": null })).await?;
    assert_eq!(price_of(&window).await?, json!({ "minor": 890_000, "currency": "EUR" }));
    assert_eq!(source_of(&window).await?["state"]["state"], "ok");

    // A lot: two prices in a table, and nothing of what was pointed at.
    let lot = format!(
        "<h1>{NAME}</h1><table><tr><td>Bank transfer</td><td>€ 8,700</td></tr>\
         <tr><td>Card</td><td>€ 9,100</td></tr></table>"
    );
    market.page(FILE, &lot).await?;
    window.call("poll_now", json!({ "watchlist": null })).await?;
    let lost = |said: &watches_tests::bus::Notification| said.title.contains("pointed at again");
    let told = notifications.next("the notice of the lost price", lost).await?;
    assert!(told.body.contains("The last good price is kept"), "{told:?}");
    assert_eq!(price_of(&window).await?, json!({ "minor": 890_000, "currency": "EUR" }));
    assert_eq!(source_of(&window).await?["state"]["state"], "degraded");
    window.go("sources").await?;
    window.click_text(".cards a.card", "127.0.0.1").await?;
    window.find_text(".condition-box", "Must be pointed at again").await?;
    session.window_picture("Watches.fyi", "pointing-4-lost").await?;

    // Pointed at again, by the keyboard, and taken back.
    window.click_text(".condition-box button", "Point at it again").await?;
    window.find_text(".read-page .attention-box", "must be pointed at again").await?;
    window.fill(".outline-tools input", "transfer").await?;
    window.find_text(".outline-line .piece", "Bank transfer").await?;
    window.fill(".outline-tools input", "8,700").await?;
    point(&window, "€ 8,700").await?;
    window.click_text(".read-page button", "Undo pointing").await?;
    window.find_text(".read-page .attention-box", "must be pointed at again").await?;
    point(&window, "€ 8,700").await?;
    window.find_text(".found .price-amount", "8,700").await?;
    window.click_text(".read-page button.primary", "Keep this rule").await?;
    window.find_text(".detail .condition-box", "Read").await?;
    assert_eq!(price_of(&window).await?, json!({ "minor": 870_000, "currency": "EUR" }));
    session.window_picture("Watches.fyi", "pointing-5-again").await?;
    session.passed();
    Ok(())
}

async fn read_the_page(window: &AppWindow, address: &str) -> Result<()> {
    window.go("sources").await?;
    window.click_text(".add-source button", "Read a page").await?;
    window.fill("#page-address", address).await?;
    window.click(".read-page button.primary").await?;
    window.find_text(".read-page .found-text", NAME).await?;
    Ok(())
}

async fn point_at_the_price(window: &AppWindow) -> Result<()> {
    point(window, "€ 9,500").await?;
    window.find_text(".found .price-amount", "9,500").await?;
    window.find_text(".found .muted", "pointed at, found by").await?;
    Ok(())
}

async fn point(window: &AppWindow, text: &str) -> Result<()> {
    window.click_text(".outline-page .piece", text).await?;
    window.find_text(".piece-pointed .piece-mark", "price").await?;
    Ok(())
}

/// The price of the page's listing, once it is stored.
async fn price_of(window: &AppWindow) -> Result<Value> {
    let all = json!({ "filter": {}, "sort": "newest", "offset": 0, "limit": 50 });
    let rows = window.call("list_listings", all).await?;
    let rows = rows["rows"].as_array().context("rows")?;
    let own =
        rows.iter().find(|row| row["source"].as_str().is_some_and(|key| key.starts_with("page:")));
    Ok(own.context("the page's listing is stored")?["price"].clone())
}

/// The page as a source.
async fn source_of(window: &AppWindow) -> Result<Value> {
    let page = until("the page as a source", || async {
        let sources = window.call("list_sources", json!({})).await?;
        let pages = sources.as_array().cloned().unwrap_or_default();
        Ok(pages.into_iter().find(|source| source["kind"] == "page"))
    });
    page.await
}

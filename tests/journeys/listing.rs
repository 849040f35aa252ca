//! The listing flow, end to end, in the real window: a collector names a watch and is told on the
//! desktop when it gets cheaper, also with the window closed.

use anyhow::{Context, Result};
use serde_json::json;
use watches_tests::{
    bus::{Notification, Notifications},
    market::Market,
    session::Session,
    tray,
    waiting::{until, within},
    window::{AppWindow, DesktopApp},
};

const RULE: &str = r#"when ref_family = "126610" and landed <= 11000 EUR then toast"#;
/// The seller's title, by which the journey knows its own listing among the market's.
const TITLE: &str = "Rolex Submariner Date 126610LN Journey Full Set 2022";

#[tokio::test]
async fn a_named_watch_gets_cheaper_and_the_desktop_tells() -> Result<()> {
    let market = Market::start().await?;
    let offer = market.offer("126610LN", TITLE, 9_500).await?;
    let session = Session::start("listing", 1440, 900).await?;
    let mut notifications = Notifications::listen(&session).await?;
    let app = DesktopApp::start(&session, &["--demo-market", &market.address()])?;
    let window = app.window(&session).await?;

    skip_the_welcome(&window).await?;
    add_the_watchlist(&window).await?;
    let name = see_the_listing(&window).await?;
    session.window_picture("Watches.fyi", "listing-1-listing").await?;

    let before = price_of(&window).await?;
    let after = market.drop_price(offer, 6.0).await?;
    poll(&window).await?;
    let told = notifications.next("the first drop", |said| tells(said, &after)).await?;
    assert!(says(&told, &name), "{told:?} does not name {name}");
    assert!(tells(&told, &before), "{told:?} does not name the old price {before}");
    see_why(&window, &after).await?;
    session.window_picture("Watches.fyi", "listing-2-inbox").await?;

    let icon = tray::icon(&session.bus, None).await?;
    session.close_window("Watches.fyi").await?;
    drop(window);
    // The process has replaced itself when another icon stands in the tray.
    let icon = tray::icon(&session.bus, Some(&icon)).await?;
    let lower = market.drop_price(offer, 6.0).await?;
    icon.choose(&session.bus, "Poll now").await?;
    let told = notifications.next("the second drop", |said| tells(said, &lower)).await?;
    assert!(tells(&told, &after), "{told:?} does not name the old price {after}");

    icon.choose(&session.bus, "Open").await?;
    let window = app.window(&session).await?;
    window.rest().await?;
    window.click("a.nav[href^='#/inbox']").await?;
    window.find_text(".alert-row", &euros(&lower)).await?;
    session.window_picture("Watches.fyi", "listing-3-opened-again").await?;
    session.picture("listing-4-desktop").await?;
    drop(window);
    icon.choose(&session.bus, "Quit").await?;
    let mut process = app.process;
    within("the app to end", async { Ok(process.child.wait().await?) }).await?;
    session.passed();
    Ok(())
}

async fn skip_the_welcome(window: &AppWindow) -> Result<()> {
    window.click(".welcome button.link").await?;
    window.until_script("the Watchlist", "location.hash.startsWith('#/watchlist')").await?;
    Ok(())
}

async fn add_the_watchlist(window: &AppWindow) -> Result<()> {
    window.click_text("button", "New watchlist").await?;
    window.fill("#watchlist-name", "Submariner to wear").await?;
    window.fill(".editor-fields input", "rolex 126610").await?;
    window.click_text("button", "Add a rule").await?;
    window.click_text(".segments button", "Text").await?;
    window.fill("textarea.rule-text-area", RULE).await?;
    window.click_text("button.primary", "Save").await?;
    // Only a saved watchlist has an address of its own.
    let saved = "location.hash.startsWith('#/watchlist/') && !location.hash.endsWith('/new')";
    window.until_script("the saved watchlist", saved).await?;
    let lists = window.call("list_watchlists", json!({})).await?;
    assert_eq!(lists[0]["rules"][0]["text"], RULE);
    first_look(window).await?;
    Ok(())
}

/// A new watchlist is looked for at once: waits until that poll is done.
async fn first_look(window: &AppWindow) -> Result<()> {
    let done = until("the first look at the market", || async {
        let status = window.call("get_status", json!({})).await?;
        let rests = !status["last_poll"].is_null() && status["polling"].is_null();
        Ok((rests && status["listings"].as_u64() > Some(0)).then_some(status))
    });
    done.await.map(drop)
}

/// Looks at the market now and waits for the poll's end.
async fn poll(window: &AppWindow) -> Result<()> {
    window
        .client
        .execute(
            "window.__polled = null;
             const { invoke, transformCallback } = window.__TAURI_INTERNALS__;
             const handler = transformCallback(event => {
                 if (event.payload.kind === 'poll_finished') window.__polled = event.payload.body;
             });
             invoke('plugin:event|listen',
                 { event: 'watches', target: { kind: 'Any' }, handler });",
            vec![],
        )
        .await?;
    window.click("button[aria-label='Look now']").await?;
    let report = window.until_script("the poll's end", "window.__polled").await?;
    assert_eq!(report["problems"], json!([]), "{report}");
    Ok(())
}

/// Finds the offer among the listings and opens it; answers what the app calls the watch.
async fn see_the_listing(window: &AppWindow) -> Result<String> {
    window.click("a.nav[href^='#/listings']").await?;
    window.fill(".pane-head input", "journey").await?;
    window.find_text(".row", "9,500").await?.click().await?;
    window.find(".detail figure.chart svg").await?;
    window.find_text(".detail", "Journey").await?;
    Ok(window.find(".detail h2, .detail h1").await?.text().await?)
}

async fn price_of(window: &AppWindow) -> Result<String> {
    let page =
        json!({ "filter": { "text": "journey" }, "sort": "newest", "offset": 0, "limit": 5 });
    let page = window.call("list_listings", page).await?;
    let minor = page["rows"][0]["price"]["minor"].as_i64().context("a price")?;
    assert_eq!(page["total"], 1, "one offer is one listing");
    Ok((minor / 100).to_string())
}

async fn see_why(window: &AppWindow, price: &str) -> Result<()> {
    window.click("a.nav[href^='#/inbox']").await?;
    window.find_text(".alert-row", &euros(price)).await?.click().await?;
    window.find_text(".alert-sentence", "6").await?;
    window.find_text(".detail .rule-text code", "ref_family").await?;
    window.find_text(".detail", "Why it was raised").await?;
    Ok(())
}

/// Whether a notification names this price.
fn tells(said: &Notification, price: &str) -> bool {
    said.body.contains(&euros(price))
}

fn says(said: &Notification, name: &str) -> bool {
    said.title.contains(name) || said.body.contains(name)
}

/// `8930.00` as the window writes it in English: `8,930`.
fn euros(price: &str) -> String {
    let whole = price.split('.').next().unwrap_or(price);
    match whole.len() {
        0..=3 => whole.to_owned(),
        length => format!("{},{}", &whole[..length - 3], &whole[length - 3..]),
    }
}

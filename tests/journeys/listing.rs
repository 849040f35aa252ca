//! The listing flow, end to end, in the real window: a collector names a watch and is told on the
//! desktop when it gets cheaper, also with the window closed.

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
async fn a_named_watch_gets_cheaper_and_the_desktop_tells() {
    let market = Market::start().await.unwrap();
    let offer = market.offer("126610LN", TITLE, 9_500).await.unwrap();
    let session = Session::start("listing", 1440, 900).await.unwrap();
    let mut notifications = Notifications::listen(&session).await.unwrap();
    let app = DesktopApp::start(&session, &["--demo-market", &market.address()]).unwrap();
    let window = app.window(&session).await.unwrap();

    skip_the_welcome(&window).await;
    add_the_watchlist(&window).await;
    let name = see_the_listing(&window).await;
    window.picture("listing-1-listing").await.unwrap();

    let before = price_of(&window).await;
    let after = market.drop_price(offer, 6.0).await.unwrap();
    poll(&window).await;
    let told = notifications.next("the first drop", |said| tells(said, &after)).await.unwrap();
    assert!(says(&told, &name), "{told:?} does not name {name}");
    assert!(tells(&told, &before), "{told:?} does not name the old price {before}");
    see_why(&window, &after).await;
    window.picture("listing-2-inbox").await.unwrap();

    let icon = tray::icon(&session.bus, None).await.unwrap();
    session.close_window("Watches.fyi").await.unwrap();
    drop(window);
    // The process has replaced itself when another icon stands in the tray.
    let icon = tray::icon(&session.bus, Some(&icon)).await.unwrap();
    let lower = market.drop_price(offer, 6.0).await.unwrap();
    icon.choose(&session.bus, "Poll now").await.unwrap();
    let told = notifications.next("the second drop", |said| tells(said, &lower)).await.unwrap();
    assert!(tells(&told, &after), "{told:?} does not name the old price {after}");

    icon.choose(&session.bus, "Open").await.unwrap();
    let window = app.window(&session).await.unwrap();
    window.click("a[href='#/inbox']").await.unwrap();
    window.find_text(".alert-row", &euros(&lower)).await.unwrap();
    window.picture("listing-3-opened-again").await.unwrap();
    session.picture("listing-4-desktop").await.unwrap();
    drop(window);
    icon.choose(&session.bus, "Quit").await.unwrap();
    let mut process = app.process;
    within("the app to end", async { Ok(process.child.wait().await?) }).await.unwrap();
}

async fn skip_the_welcome(window: &AppWindow) {
    window.click(".welcome button.link").await.unwrap();
    window.until_script("the Watchlist", "location.hash.startsWith('#/watchlist')").await.unwrap();
}

async fn add_the_watchlist(window: &AppWindow) {
    window.click_text("button", "New watchlist").await.unwrap();
    window.fill("#watchlist-name", "Submariner to wear").await.unwrap();
    window.fill(".editor-fields input", "rolex 126610").await.unwrap();
    window.click_text("button", "Add a rule").await.unwrap();
    window.click_text(".segments button", "Text").await.unwrap();
    window.fill("textarea.rule-text-area", RULE).await.unwrap();
    window.click_text("button.primary", "Save").await.unwrap();
    // Only a saved watchlist has an address of its own.
    let saved = "location.hash.startsWith('#/watchlist/') && !location.hash.endsWith('/new')";
    window.until_script("the saved watchlist", saved).await.unwrap();
    let lists = window.call("list_watchlists", json!({})).await.unwrap();
    assert_eq!(lists[0]["rules"][0]["text"], RULE);
    first_look(window).await;
}

/// A new watchlist is looked for at once: waits until that poll is done.
async fn first_look(window: &AppWindow) {
    let done = until("the first look at the market", || async {
        let status = window.call("get_status", json!({})).await?;
        let rests = !status["last_poll"].is_null() && status["polling"].is_null();
        Ok((rests && status["listings"].as_u64() > Some(0)).then_some(status))
    });
    done.await.unwrap();
}

/// Looks at the market now and waits for the poll's end.
async fn poll(window: &AppWindow) {
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
        .await
        .unwrap();
    window.click("button[aria-label='Look now']").await.unwrap();
    let report = window.until_script("the poll's end", "window.__polled").await.unwrap();
    assert_eq!(report["problems"], json!([]), "{report}");
}

/// Finds the offer among the listings and opens it; answers what the app calls the watch.
async fn see_the_listing(window: &AppWindow) -> String {
    window.click("a[href='#/listings']").await.unwrap();
    window.fill(".pane-head input", "journey").await.unwrap();
    window.find_text(".row", "9,500").await.unwrap().click().await.unwrap();
    window.find(".detail figure.chart svg").await.unwrap();
    window.find_text(".detail", "Journey").await.unwrap();
    window.find(".detail h2, .detail h1").await.unwrap().text().await.unwrap()
}

async fn price_of(window: &AppWindow) -> String {
    let page =
        json!({ "filter": { "text": "journey" }, "sort": "newest", "offset": 0, "limit": 5 });
    let page = window.call("list_listings", page).await.unwrap();
    let minor = page["rows"][0]["price"]["minor"].as_i64().unwrap();
    assert_eq!(page["total"], 1, "one offer is one listing");
    format!("{}", minor / 100)
}

async fn see_why(window: &AppWindow, price: &str) {
    window.click("a[href='#/inbox']").await.unwrap();
    window.find_text(".alert-row", &euros(price)).await.unwrap().click().await.unwrap();
    window.find_text(".alert-sentence", "6").await.unwrap();
    window.find_text(".detail .rule-text code", "ref_family").await.unwrap();
    window.find_text(".detail", "Why it was raised").await.unwrap();
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

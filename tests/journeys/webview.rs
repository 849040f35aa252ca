//! A shop behind a sign-in and a check: the person passes both in the site's own window, by mouse and
//! keys; from then on it is read unseen, also after a restart, until the shop ends the session.

use anyhow::{Context, Result};
use serde_json::{Value, json};
use watches_tests::{
    bus::Notifications,
    market::Market,
    session::Session,
    tray,
    waiting::{until, within},
    window::{AppWindow, DesktopApp},
};

const KEY: &str = "demo-members";
/// Part of the title of the site's window.
const SITE: &str = "sign in, then close";

#[tokio::test]
async fn a_person_signs_in_once_and_the_shop_is_read_unseen() -> Result<()> {
    let market = Market::start().await?;
    let session = Session::start("webview", 1440, 900).await?;
    let mut notifications = Notifications::listen(&session).await?;
    let address = market.address();
    let line = ["--demo-market", address.as_str()];
    let app = DesktopApp::start(&session, &line)?;
    let window = app.window(&session).await?;
    watch_the_shop(&window).await?;

    poll(&window).await?;
    assert_eq!(source(&window).await?["state"]["state"], "needs_you");
    notifications.next("the notice", |said| said.title.contains("needs you")).await?;
    window.go("sources").await?;
    window.click(&format!("a[href='#/sources/{KEY}']")).await?;
    window.rest().await?;
    session.window_picture("Watches.fyi", "webview-1-needs-you").await?;
    window.click_text("button", "Open Demo members").await?;
    sign_in_by_hand(&session, &market).await?;
    assert_eq!(source(&window).await?["state"]["state"], "needs_you", "not before it is read");

    session.close_window(SITE).await?;
    let read = until_ok(&window).await?;
    assert!(read["listings"].as_u64() > Some(0), "{read}");
    session.window_picture("Watches.fyi", "webview-3-read").await?;

    drop(window);
    tray::icon(&session.bus, None).await?.choose(&session.bus, "Quit").await?;
    let mut process = app.process;
    within("the app to end", async { Ok(process.child.wait().await?) }).await?;
    let app = DesktopApp::start(&session, &line)?;
    let window = app.window(&session).await?;
    window.rest().await?;
    let before = served(&market).await?;
    let report = poll(&window).await?;
    assert_eq!(report["problems"], json!([]), "{report}");
    assert!(report["listings"].as_u64() > Some(0), "{report}");
    assert!(served(&market).await? > before, "the stock came through the webview");

    market.end_sessions().await?;
    poll(&window).await?;
    assert_eq!(source(&window).await?["state"]["state"], "needs_you");
    notifications.next("the second notice", |said| said.title.contains("needs you")).await?;
    session.passed();
    Ok(())
}

/// A watchlist of this shop alone, which is switched on for it.
async fn watch_the_shop(window: &AppWindow) -> Result<()> {
    let mut settings = window.call("get_settings", json!({})).await?;
    settings["welcomed"] = json!(true);
    window.call("save_settings", json!({ "settings": settings })).await?;
    let on = json!({ "key": KEY, "enabled": true, "daily_budget": null });
    window.call("change_source", on).await?;
    let list = json!({
        "id": null, "name": "Members only", "query": "rolex", "sources": [KEY], "rules": [],
        "interval_minutes": 1440, "paused": false,
    });
    window.call("save_watchlist", list).await?;
    Ok(())
}

/// Looks at once; answers the report.
async fn poll(window: &AppWindow) -> Result<Value> {
    let lists = window.call("list_watchlists", json!({})).await?;
    window.call("poll_now", json!({ "watchlist": lists[0]["id"] })).await
}

async fn source(window: &AppWindow) -> Result<Value> {
    let sources = window.call("list_sources", json!({})).await?;
    let sources = sources.as_array().context("a list of sources")?;
    let found = sources.iter().find(|source| source["key"] == KEY);
    found.cloned().context("the members' shop among the sources")
}

async fn until_ok(window: &AppWindow) -> Result<Value> {
    until("the shop to be read", || async {
        let source = source(window).await?;
        Ok((source["state"]["state"] == "ok").then_some(source))
    })
    .await
}

async fn served(market: &Market) -> Result<u64> {
    market.members().await?["served"].as_u64().context("a count")
}

/// Types and presses as a person would, when the page has the keyboard.
async fn sign_in_by_hand(session: &Session, market: &Market) -> Result<()> {
    focus(market, "name").await?;
    session.output("xdotool", &["type", "ada"]).await?;
    session.output("xdotool", &["key", "Tab"]).await?;
    focus(market, "password").await?;
    session.output("xdotool", &["type", "correct horse"]).await?;
    session.window_picture(SITE, "webview-2-sign-in").await?;
    session.output("xdotool", &["key", "Return"]).await?;
    focus(market, "person").await?;
    session.output("xdotool", &["key", "space"]).await?;
    until("the stock in the site's window", || async {
        Ok((served(market).await? > 0).then_some(()))
    })
    .await
}

async fn focus(market: &Market, field: &str) -> Result<()> {
    until(&format!("the keyboard in `{field}`"), || async {
        Ok((market.members().await?["focus"] == field).then_some(()))
    })
    .await
}

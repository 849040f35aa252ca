//! Every page, light and dark, with no listings, a few and 100,000: a picture of each, and nothing
//! serious found by axe-core.

use anyhow::Result;
use serde_json::json;
use watches_tests::{
    axe,
    market::Market,
    seed,
    session::Session,
    window::{AppWindow, DesktopApp},
};

const PAGES: [&str; 6] = ["welcome", "watchlist", "listings", "inbox", "sources", "settings"];

#[tokio::test]
async fn every_page_with_nothing_in_it() -> Result<()> {
    let session = Session::start("pages-none", 1600, 900).await?;
    let app = DesktopApp::start(&session, &[])?;
    let window = app.window(&session).await?;
    look_at_every_page(&session, &window, "none").await?;
    session.passed();
    Ok(())
}

#[tokio::test]
async fn every_page_with_a_few_listings() -> Result<()> {
    let market = Market::start().await?;
    let session = Session::start("pages-few", 1600, 900).await?;
    let app = DesktopApp::start(&session, &["--demo-market", &market.address()])?;
    let window = app.window(&session).await?;
    watch_something(&window).await?;
    window.call("poll_now", json!({ "watchlist": null })).await?;
    look_at_every_page(&session, &window, "few").await?;
    session.passed();
    Ok(())
}

#[tokio::test]
async fn every_page_with_100_000_listings() -> Result<()> {
    let market = Market::start().await?;
    let session = Session::start("pages-many", 1600, 900).await?;
    let data_dir = session.home.join("many");
    seed::listings(&data_dir, 100_000, seed::now()).await?;
    let folder = data_dir.to_string_lossy().into_owned();
    let line = ["--data-dir", folder.as_str(), "--demo-market", &market.address()];
    let app = DesktopApp::start(&session, &line)?;
    let window = app.window(&session).await?;
    watch_something(&window).await?;
    window.call("poll_now", json!({ "watchlist": null })).await?;
    look_at_every_page(&session, &window, "100000").await?;
    session.passed();
    Ok(())
}

async fn watch_something(window: &AppWindow) -> Result<()> {
    for (name, query, rule) in [
        ("Submariner to wear", "rolex 126610", "when ref_family = \"126610\" then toast"),
        ("Speedmaster", "omega speedmaster", "when landed <= 5500 EUR then toast"),
    ] {
        let list = json!({
            "id": null, "name": name, "query": query, "sources": [],
            "rules": [{ "id": null, "text": rule, "enabled": true }],
            "interval_minutes": null, "paused": false,
        });
        window.call("save_watchlist", list).await?;
    }
    Ok(())
}

async fn look_at_every_page(session: &Session, window: &AppWindow, rows: &str) -> Result<()> {
    let checker = axe::source().await?;
    for appearance in ["light", "dark"] {
        choose(window, appearance).await?;
        for page in PAGES {
            window.go(page).await?;
            let name = format!("pages/{page}-{rows}-{appearance}");
            let picture = session.window_picture("Watches.fyi", &name).await?;
            let brightness = session.brightness(&picture).await?;
            assert_eq!(brightness > 0.5, appearance == "light", "{name} is {brightness} bright");
            let found = axe::serious(window, &checker).await?;
            assert!(found.is_empty(), "{page}, {rows} rows, {appearance}: {found:#?}");
        }
    }
    Ok(())
}

/// Sets light or dark, as the settings page does, and waits until the page follows.
async fn choose(window: &AppWindow, appearance: &str) -> Result<()> {
    let mut settings = window.call("get_settings", json!({})).await?;
    settings["appearance"] = json!(appearance);
    settings["welcomed"] = json!(true);
    window.call("save_settings", json!({ "settings": settings })).await?;
    let follows = format!("document.documentElement.dataset.theme === '{appearance}'");
    window.until_script(&format!("the {appearance} look"), &follows).await?;
    Ok(())
}

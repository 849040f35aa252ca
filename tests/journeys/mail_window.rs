//! Mail in the real window: a folder of mails is added by its form, what was read becomes a listing, what
//! was not lies in the quarantine of its source, and a deletion there is taken back.

use std::fs;

use anyhow::{Context, Result};
use serde_json::json;
use watches_tests::{
    axe,
    market::Market,
    session::Session,
    waiting::until,
    window::{AppWindow, DesktopApp},
};

const TITLE: &str = "Rolex Submariner Date 126610LN";
const OFFER: &str = "From: Chrono24 <info@chrono24.com>\r\nTo: max@example.org\r\n\
    Subject: Ihr Suchauftrag\r\nMIME-Version: 1.0\r\nContent-Type: text/html; charset=utf-8\r\n\r\n\
    <table><tr><td><a href=\"https://www.chrono24.de/rolex/submariner--id40110021.htm\">\
    Rolex Submariner Date 126610LN</a><br><b>9.850 €</b><br>Deutschland</td></tr></table>\r\n";
const UNKNOWN: &str = "From: Chrono24 <info@chrono24.com>\r\nSubject: Neues Aussehen\r\n\
    Content-Type: text/html\r\n\r\n<a href=\"https://click.chrono24.com/x/1\">Rolex</a> 9.000 EUR\r\n";

#[tokio::test]
async fn a_folder_of_mails_is_added_read_and_tidied() -> Result<()> {
    let market = Market::start().await?;
    let session = Session::start("mail-window", 1440, 900).await?;
    let mails = tempfile::tempdir()?;
    fs::write(mails.path().join("1.eml"), OFFER)?;
    fs::write(mails.path().join("2.eml"), UNKNOWN)?;
    let app = DesktopApp::start(&session, &["--demo-market", &market.address()])?;
    let window = app.window(&session).await?;
    window.click(".welcome button.link").await?;
    window.call("pause_polling", json!({ "minutes": 60 })).await?;

    window.go("sources").await?;
    window.click_text(".mail-form button", "Folder").await?;
    window.fill(".mail-form input", "/nowhere/at/all").await?;
    window.click_text(".mail-form button", "Test").await?;
    window.find_text(".mail-form [role=alert]", "/nowhere/at/all").await?;
    window.fill(".mail-form input", &mails.path().to_string_lossy()).await?;
    window.click_text(".mail-form button", "Test").await?;
    window.find_text(".mail-form [role=status]", "2").await?;
    session.window_picture("Watches.fyi", "mail-window-1-form").await?;
    window.click_text(".mail-form button", "Add").await?;

    // The new source is open, though its key is a path.
    window.find_text(".detail", &mails.path().to_string_lossy()).await?;
    window.call("poll_now", json!({ "watchlist": null })).await?;
    window.find_text(".quarantine", "Neues Aussehen").await?;
    session.window_picture("Watches.fyi", "mail-window-2-quarantine").await?;
    let found = axe::serious(&window, &axe::source().await?).await?;
    assert!(found.is_empty(), "{found:#?}");
    assert_eq!(price_of_the_offer(&window).await?, json!({ "minor": 985_000, "currency": "EUR" }));

    window.click(".quarantine button[aria-label=Delete]").await?;
    window.find_text(".detail", "What cannot be read waits here").await?;
    window.click(".toast-undo").await?;
    window.find_text(".quarantine", "Neues Aussehen").await?;

    // Elsewhere and back: the sidebar leads to what was open, by its address.
    window.go("inbox").await?;
    window.click("a.nav[href^='#/sources/mail:']").await?;
    window.find_text(".quarantine", "Neues Aussehen").await?;
    session.passed();
    Ok(())
}

/// The price that the mail names, once its listing is stored.
async fn price_of_the_offer(window: &AppWindow) -> Result<serde_json::Value> {
    let listing = until("the listing of the mail", || async {
        let all = json!({ "filter": {}, "sort": "newest", "offset": 0, "limit": 50 });
        let rows = window.call("list_listings", all).await?;
        let rows = rows["rows"].as_array().context("rows")?;
        Ok(rows.iter().find(|row| row["title"] == TITLE || row["name"] == TITLE).cloned())
    });
    Ok(listing.await?["price"].clone())
}

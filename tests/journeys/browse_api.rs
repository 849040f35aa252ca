//! Journey `browse_api`: eBay's keys go into the session's keyring and nowhere else, and searches then go
//! to the Browse API instead of the pages. Through the real `watches serve` and gnome-keyring.

use std::fs;

use anyhow::{Result, ensure};
use serde_json::{Value, json};
use watches_demo::api::KEYS;
use watches_tests::{market::Market, serve::Serve, session::Session};

fn watchlist() -> Value {
    json!({
        "id": null, "name": "by the API", "query": "rolex", "sources": ["demo-ebay"],
        "interval_minutes": 30, "paused": false,
        "rules": [{ "id": null, "text": "when price <= 1 EUR then toast", "enabled": true }],
    })
}

fn keys(secret: &str) -> Value {
    json!({ "client_id": KEYS.0, "client_secret": secret })
}

#[tokio::test(flavor = "multi_thread")]
async fn ebay_keys_stay_in_the_keyring_and_open_the_api() -> Result<()> {
    let session = Session::start("browse-api", 640, 480).await?;
    let market = Market::start().await?;
    let folder = session.home.join("data");
    let line = ["--demo-market", &*market.address()];
    let mut serve = Serve::start_in(&session.vars, &folder, &line)?;
    serve.get("save_watchlist", &watchlist())?;

    // Refused keys: the source asks for a person, with the page on which keys are made.
    serve.get("set_ebay_keys", &keys("not the secret"))?;
    let refused = serve.get("poll_now", &json!({ "watchlist": null }))?;
    ensure!(refused["listings"] == 0, "{refused}");
    let state = source(&mut serve)?["state"].clone();
    ensure!(state["state"] == "needs_you", "{state} {refused}");

    // The right ones: two hundred listings in one answer, which no page of the shop holds.
    serve.get("set_ebay_keys", &keys(KEYS.1))?;
    let report = serve.get("poll_now", &json!({ "watchlist": null }))?;
    let found = report["listings"].as_u64().unwrap_or_default();
    ensure!(report["problems"] == json!([]) && found > 0, "{report}");
    let page = serve.get(
        "list_listings",
        &json!({ "filter": {}, "sort": "newest", "offset": 0, "limit": 5 }),
    )?;
    let rows = page["rows"].as_array().cloned().unwrap_or_default();
    ensure!(!rows.is_empty(), "{page}");
    ensure!(rows.iter().all(|row| row["source_name"] == "Demo eBay"), "{rows:#?}");
    serve.finish()?;

    let line = ["lookup", "service", "fyi.watches.desktop", "username", "demo-ebay-browse-api"];
    let kept = session.output("secret-tool", &line).await?;
    ensure!(kept.contains(KEYS.1), "the keyring holds {kept}");
    for entry in fs::read_dir(&folder)? {
        let path = entry?.path();
        if path.is_file() {
            let bytes = fs::read(&path)?;
            let found = bytes.windows(KEYS.1.len()).any(|part| part == KEYS.1.as_bytes());
            ensure!(!found, "the secret is in {}", path.display());
        }
    }
    session.passed();
    Ok(())
}

fn source(serve: &mut Serve) -> Result<Value> {
    let sources = serve.get("list_sources", &json!({}))?;
    let all = sources.as_array().cloned().unwrap_or_default();
    Ok(all.into_iter().find(|source| source["key"] == "demo-ebay").unwrap_or_default())
}

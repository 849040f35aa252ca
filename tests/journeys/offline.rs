//! Journey `offline`: no network for weeks, a damaged store, a store of a newer version: a clear word
//! each time, the file untouched, nothing lost. Through the real `watches serve`.

use std::{fs, path::PathBuf};

use anyhow::{Context, ensure};
use serde_json::{Value, json};
use watches_tests::{
    program::output_folder,
    serve::{Answer, Serve},
};

/// An address on which nothing listens: port 9 of this machine.
const NOWHERE: &[&str] = &["--demo-market", "http://127.0.0.1:9/"];

fn folder(name: &str) -> anyhow::Result<PathBuf> {
    let folder = output_folder()?.join(format!("offline-{name}-{}", std::process::id()));
    fs::create_dir_all(&folder)?;
    Ok(folder)
}

fn watchlist(name: &str) -> Value {
    json!({
        "id": null, "name": name, "query": "rolex", "sources": [], "interval_minutes": 30,
        "paused": false,
        "rules": [{ "id": null, "text": "when price <= 4000 EUR then toast", "enabled": true }],
    })
}

#[test]
fn weeks_without_a_network_lose_nothing() -> anyhow::Result<()> {
    let folder = folder("weeks")?;
    let mut serve = Serve::start(&folder, NOWHERE)?;
    serve.get("save_watchlist", &watchlist("kept"))?;
    serve.finish()?;
    for week in 1..=3_u32 {
        let offset = (week * 7 * 86_400).to_string();
        let mut serve = Serve::start(&folder, &[NOWHERE, &["--clock-offset", &offset]].concat())?;
        match serve.ask("poll_now", &json!({ "watchlist": null }))? {
            Answer::Fault(fault) => ensure!(fault["code"] == "offline", "{fault}"),
            // After several tries the breaker is open, and the report says until when.
            Answer::Ok(report) => ensure!(
                report["pages"] == 0
                    && report["problems"].as_array().is_some_and(|all| !all.is_empty()),
                "{report}"
            ),
            other @ Answer::Gone => anyhow::bail!("a poll without a network answered {other:?}"),
        }
        serve.get("save_watchlist", &watchlist(&format!("week {week}")))?;
        let lists = serve.get("list_watchlists", &json!({}))?;
        ensure!(lists.as_array().map(Vec::len) == Some(week as usize + 1), "{lists:#}");
        serve.finish()?;
    }
    fs::remove_dir_all(folder)?;
    Ok(())
}

#[test]
fn a_damaged_store_is_named_and_a_backup_brings_it_back() -> anyhow::Result<()> {
    let folder = folder("damaged")?;
    let mut serve = Serve::start(&folder, NOWHERE)?;
    serve.get("save_watchlist", &watchlist("precious"))?;
    let backup = serve.get("back_up_now", &json!({}))?["path"].clone();
    serve.finish()?;
    let database = folder.join("watches.db");
    let damaged = b"this is no database at all, whatever its name says".repeat(200);
    fs::write(&database, &damaged)?;
    let mut serve = Serve::start(&folder, NOWHERE)?;
    for command in ["list_watchlists", "get_status", "get_settings"] {
        fault(&mut serve, command, "store_corrupt")?;
    }
    ensure!(fs::read(&database)? == damaged, "the damaged file was changed");
    let offered = serve.get("get_data_folder", &json!({}))?["backups"].clone();
    ensure!(
        offered.as_array().is_some_and(|all| !all.is_empty()),
        "no backup is offered: {offered}"
    );
    serve.get("restore_backup", &json!({ "path": backup }))?;
    let lists = serve.get("list_watchlists", &json!({}))?;
    ensure!(lists[0]["name"] == "precious", "{lists:#}");
    serve.finish()?;
    fs::remove_dir_all(folder)?;
    Ok(())
}

#[test]
fn a_newer_store_is_left_alone() -> anyhow::Result<()> {
    let folder = folder("newer")?;
    let mut serve = Serve::start(&folder, NOWHERE)?;
    serve.get("save_watchlist", &watchlist("from the future"))?;
    serve.finish()?;
    let database = folder.join("watches.db");
    let mut bytes = fs::read(&database)?;
    // Bytes 60 to 63 of the header are SQLite's `user_version`, big-endian.
    bytes.get_mut(60..64).context("a header")?.copy_from_slice(&9_999_u32.to_be_bytes());
    fs::write(&database, &bytes)?;
    let mut serve = Serve::start(&folder, NOWHERE)?;
    fault(&mut serve, "list_watchlists", "store_too_new")?;
    serve.finish()?;
    ensure!(fs::read(&database)? == bytes, "the newer file was changed");
    fs::remove_dir_all(folder)?;
    Ok(())
}

fn fault(serve: &mut Serve, command: &str, code: &str) -> anyhow::Result<()> {
    match serve.ask(command, &json!({}))? {
        Answer::Fault(fault) if fault["code"] == code => Ok(()),
        other => anyhow::bail!("`{command}` answered {other:?}, not `{code}`"),
    }
}

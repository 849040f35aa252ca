//! The peers: a bare Tauri window, a Chromium app window, a hand-written list in the same webview.

use anyhow::{Context, Result};
use tokio::runtime::Runtime;
use watches_tests::{
    program::Running,
    session::Session,
    waiting::until,
    window::{AppWindow, DesktopApp},
};

/// `bench/peers/hello`, driven exactly as ours is.
pub fn hello(session: &Session) -> Result<DesktopApp> {
    DesktopApp::start_program(session, "watches-bench-hello", &[])
}

/// A Chromium app window that shows the bare window's page, from a profile of its own.
pub async fn chromium(session: &Session) -> Result<Running> {
    let page = super::peers_folder().join("hello/page/index.html");
    let app = format!("--app=file://{}", page.display());
    let profile = format!("--user-data-dir={}", session.home.join("chromium").display());
    let line = [&*app, &profile, "--no-first-run", "--no-default-browser-check", "--no-sandbox"];
    let chromium = session.run("chromium", &line)?;
    // A search may meet a window that is just going; that is no answer yet.
    let search = ["search", "--onlyvisible", "--name", "ready"];
    until("the Chromium window", || async { Ok(session.output("xdotool", &search).await.ok()) })
        .await?;
    Ok(chromium)
}

/// `Chromium 156.0`.
pub fn chromium_version(runtime: &Runtime, session: &Session) -> Result<String> {
    let said = runtime.block_on(session.output("chromium", &["--version"]))?;
    let words: Vec<&str> = said.split_whitespace().take(2).collect();
    Ok(format!("{} --app", words.join(" ")))
}

/// Replaces the page by the list of `bench/peers/list.js`.
pub async fn show_vanilla_list(window: &AppWindow, rows: u64) -> Result<()> {
    let path = super::peers_folder().join("list.js");
    let script =
        std::fs::read_to_string(&path).with_context(|| format!("reading {}", path.display()))?;
    window.client.execute(&format!("{script}\nshowList({rows});"), vec![]).await?;
    window.find("#list .row").await.map(drop)
}

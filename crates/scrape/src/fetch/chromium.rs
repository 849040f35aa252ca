//! A headless Chromium, for servers and `watches`: one process per visit, with an empty profile.
//!
//! Uses the system's Chromium and never brings one. Every request of the page passes egress; whatever
//! the page does, the visit ends in time and the process with it.

use std::{
    path::{Path, PathBuf},
    time::{Duration, Instant},
};

use chromiumoxide::{
    Browser as Process, BrowserConfig, Handler, Page,
    cdp::browser_protocol::{
        fetch::{ContinueRequestParams, EventRequestPaused, FailRequestParams},
        network::ErrorReason,
    },
    error::CdpError,
};
use futures_util::StreamExt;
use serde::de::DeserializeOwned;
use tokio::{
    task::JoinSet,
    time::{MissedTickBehavior, interval, timeout},
};
use url::Url;

use super::{
    Browser, BrowserError, RenderFuture, Rendered, Visit,
    rest::{BETWEEN_LOOKS, LOOK, Look, Rest},
};
use crate::egress::Egress;

/// Where distributions put it.
const NAMES: [&str; 4] = ["chromium", "chromium-browser", "google-chrome", "google-chrome-stable"];

/// Nothing of its own goes over the net: no updates, no sync, no reports, no first-run pages.
const FLAGS: [&str; 12] = [
    "disable-background-networking",
    "disable-breakpad",
    "disable-component-update",
    "disable-default-apps",
    "disable-dev-shm-usage",
    "disable-domain-reliability",
    "disable-gpu",
    "disable-quic",
    "disable-sync",
    "metrics-recording-only",
    "no-first-run",
    "no-proxy-server",
];

/// The system's Chromium.
#[derive(Debug)]
pub struct Chromium {
    program: PathBuf,
    /// One process at a time: each takes some 200 MB.
    turn: tokio::sync::Mutex<()>,
}

impl Chromium {
    /// The one in these folders (the `PATH`), if it is installed.
    pub fn find(folders: impl IntoIterator<Item = PathBuf>) -> Option<Chromium> {
        let programs = folders.into_iter().flat_map(|folder| NAMES.map(|name| folder.join(name)));
        let program = programs.into_iter().find(|program| program.is_file())?;
        Some(Chromium { program, turn: tokio::sync::Mutex::default() })
    }

    async fn visit(&self, visit: &Visit) -> Result<Rendered, BrowserError> {
        let _turn = self.turn.lock().await;
        let profile = tempfile::tempdir().map_err(BrowserError::failed)?;
        let config = self.config(profile.path(), visit.total)?;
        let (mut process, handler) = Process::launch(config).await.map_err(BrowserError::failed)?;
        let rendered = timeout(visit.total, look(&process, handler, visit)).await;
        // It is killed on drop as well; waiting here frees its folder before that goes.
        if let Some(Err(error)) = process.kill().await {
            tracing::warn!("chromium did not end: {error}");
        }
        rendered.unwrap_or(Err(BrowserError::Restless { limit: visit.total }))
    }

    fn config(&self, profile: &Path, total: Duration) -> Result<BrowserConfig, BrowserError> {
        let mut builder = BrowserConfig::builder()
            .chrome_executable(&self.program)
            .user_data_dir(profile)
            .new_headless_mode()
            .respect_https_errors()
            .enable_request_intercept()
            .viewport(None)
            .window_size(1280, 1600)
            .launch_timeout(total)
            .request_timeout(total)
            .disable_default_args()
            .args(FLAGS);
        if is_root() {
            // Chromium's sandbox refuses root.
            builder = builder.no_sandbox();
        }
        builder.build().map_err(BrowserError::failed)
    }
}

impl Browser for Chromium {
    fn render<'a>(&'a self, visit: &'a Visit) -> RenderFuture<'a> {
        Box::pin(self.visit(visit))
    }
}

#[cfg(target_os = "linux")]
fn is_root() -> bool {
    use std::os::unix::fs::MetadataExt;
    std::fs::metadata("/proc/self").is_ok_and(|own| own.uid() == 0)
}

#[cfg(not(target_os = "linux"))]
fn is_root() -> bool {
    false
}

/// The visit itself; what it started ends with it.
async fn look(
    process: &Process,
    mut handler: Handler,
    visit: &Visit,
) -> Result<Rendered, BrowserError> {
    let mut beside = JoinSet::new();
    beside.spawn(async move { while handler.next().await.is_some() {} });
    let page = process.new_page("about:blank").await.map_err(BrowserError::failed)?;
    beside.spawn(guard(page.clone(), visit.egress.clone()));
    match page.goto(visit.url.as_str()).await {
        // A page may go on loading for ever and still be there to read.
        Ok(_) | Err(CdpError::Timeout) => {}
        Err(CdpError::ChromeMessage(_)) => return Err(BrowserError::NotLoaded),
        Err(error) => return Err(BrowserError::failed(error)),
    }
    let seen = settle(&page).await?;
    let url = seen.url.parse().map_err(|_| BrowserError::NotLoaded)?;
    visit.egress.check(&url)?;
    let script = format!("document.documentElement.outerHTML.slice(0, {})", visit.longest + 1);
    let html: String = ask(&page, &script).await.ok_or(BrowserError::NotLoaded)?;
    match html.len() > visit.longest {
        true => Err(BrowserError::TooLarge { limit: visit.longest }),
        false => Ok(Rendered { url, status: seen.status(), html }),
    }
}

/// Lets through what egress allows, and refuses the rest: pages, frames, pictures and scripts alike.
async fn guard(page: Page, egress: Egress) {
    let Ok(mut requests) = page.event_listener::<EventRequestPaused>().await else { return };
    while let Some(request) = requests.next().await {
        let id = request.request_id.clone();
        let inner = |url: &Url| matches!(url.scheme(), "about" | "blob" | "data");
        let allowed = Url::parse(&request.request.url)
            .is_ok_and(|url| inner(&url) || egress.check(&url).is_ok());
        let told = match allowed {
            true => page.execute(ContinueRequestParams::new(id)).await.map(drop),
            false => {
                let refusal = FailRequestParams::new(id, ErrorReason::BlockedByClient);
                page.execute(refusal).await.map(drop)
            }
        };
        if let Err(error) = told {
            tracing::debug!("a request was gone before it was judged: {error}");
        }
    }
}

async fn settle(page: &Page) -> Result<Look, BrowserError> {
    let mut looks = interval(BETWEEN_LOOKS);
    looks.set_missed_tick_behavior(MissedTickBehavior::Delay);
    let mut rest = Rest::default();
    loop {
        looks.tick().await;
        if let Some(look) = ask(page, LOOK).await
            && let Some(verdict) = rest.after(look, Instant::now())
        {
            return verdict;
        }
    }
}

/// The value of a script; `None` when it threw, or the page was just changing.
async fn ask<T: DeserializeOwned>(page: &Page, script: &str) -> Option<T> {
    page.evaluate_expression(script).await.ok()?.into_value().ok()
}

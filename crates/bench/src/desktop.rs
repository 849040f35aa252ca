//! Area 10: the window beside a bare Tauri window, the tray beside a Chromium app window.
//!
//! Each slice starts the real program in a private session (the journeys' own), so both sides pay for
//! the same screen and bus. Ready is what the page itself marks after the frame that shows its first
//! answer; memory is the proportional set size of the process and all its children.

mod memory;
mod peers;
mod scroll;

use std::{path::PathBuf, time::Duration};

use anyhow::{Context, Result};
use clap::Args;
use serde_json::json;
use tokio::runtime::Runtime;
use watches_tests::{
    program, seed,
    session::Session,
    tray,
    window::{AppWindow, DesktopApp},
};

use crate::{
    Effort,
    alternate::{Ratios, alternate},
    line::{Line, Promise, Verdict, print_all},
};

#[derive(Debug, Args)]
pub struct DesktopArgs {
    #[command(flatten)]
    effort: Effort,
    /// Listings in the store.
    #[arg(long, default_value_t = 100_000)]
    rows: u32,
    /// Only the start of the window.
    #[arg(long)]
    start: bool,
    /// Only memory and wake-ups, in the window and in the tray.
    #[arg(long)]
    tray: bool,
    /// Only the scripted scroll.
    #[arg(long)]
    scroll: bool,
}

/// A session, a full store, and the runtime that drives both.
struct Bench {
    session: Session,
    data_dir: PathBuf,
    runtime: Runtime,
    rows: u64,
    pairs: usize,
}

pub fn run(args: &DesktopArgs) -> Result<Verdict> {
    let bench = Bench::prepare(args)?;
    let whole = !(args.start || args.tray || args.scroll);
    let mut lines = Vec::new();
    if whole || args.start {
        lines.push(bench.start()?);
    }
    if whole || args.tray {
        lines.extend(bench.memories()?);
    }
    if whole || args.scroll {
        lines.extend(bench.scrolls()?);
    }
    print_all(&lines)
}

impl Bench {
    fn prepare(args: &DesktopArgs) -> Result<Bench> {
        let runtime = Runtime::new().context("starting the runtime")?;
        let session = runtime.block_on(Session::start("bench", 1440, 900))?;
        let data_dir = session.home.join("bench-data");
        runtime.block_on(seed::listings(&data_dir, args.rows, seed::now()))?;
        let pairs = if args.effort.full { args.effort.pairs } else { args.effort.pairs.min(3) };
        let bench = Bench { session, data_dir, runtime, rows: u64::from(args.rows), pairs };
        bench.open_on_listings()?;
        Ok(bench)
    }

    /// Leaves the app as a person who uses it does: welcomed, and last seen on the listings.
    fn open_on_listings(&self) -> Result<()> {
        self.runtime.block_on(async {
            let app = self.ours(&[])?;
            let window = app.window(&self.session).await?;
            let mut settings = window.call("get_settings", json!({})).await?;
            settings["welcomed"] = json!(true);
            window.call("save_settings", json!({ "settings": settings })).await.map(drop)
        })
    }

    fn ours(&self, line: &[&str]) -> Result<DesktopApp> {
        let folder = self.data_dir.to_string_lossy();
        let mut whole = vec!["--data-dir", &*folder];
        whole.extend(line);
        DesktopApp::start(&self.session, &whole)
    }

    fn line(&self, metric: &str, peer: &str, ratios: &Ratios, promise: Promise) -> Line {
        Line::new("desktop", metric, self.rows, peer, ratios, promise)
    }

    /// From the start of the process to the page's own mark, in milliseconds.
    fn start(&self) -> Result<Line> {
        let ratios = alternate(
            self.pairs,
            || self.runtime.block_on(ready_after(&self.session, || self.ours(&[]))),
            || self.runtime.block_on(ready_after(&self.session, || peers::hello(&self.session))),
        )?;
        let line = self.line("start_ms", "bare Tauri window", &ratios, Promise::AtMost(1.3));
        Ok(line.wall_clock())
    }

    fn memories(&self) -> Result<[Line; 5]> {
        let tray = Promise::AtMost(0.2);
        let window = Promise::AtMost(0.8);
        Ok([
            self.memory("tray_pss_mb", tray, Bench::tray_memory)?,
            self.memory("tray_after_close_pss_mb", tray, Bench::closed_memory)?,
            self.memory("window_pss_mb_beside_chromium", window, Bench::window_memory)?,
            self.window_beside_hello()?,
            self.wake_ups()?,
        ])
    }

    /// Flung from end to end, and at a reader's pace, where every row in sight must say something.
    fn scrolls(&self) -> Result<[Line; 4]> {
        use scroll::{Frames, Pace};
        const READING: Pace = Pace::Pixels(120);
        let p99 = Promise::AtMost(1.5);
        Ok([
            self.scroll("scroll_p99_ms", Pace::Flung, p99, Frames::p99)?,
            self.scroll(
                "scroll_late_percent",
                Pace::Flung,
                Promise::Reported,
                Frames::late_percent,
            )?,
            self.scroll("scroll_reading_p99_ms", READING, p99, Frames::p99)?,
            self.scroll(
                "scroll_reading_empty_percent",
                READING,
                Promise::AtMost(1.0),
                Frames::empty_percent,
            )?,
        ])
    }

    /// Megabytes of ours as `measure` finds them, beside a Chromium app window.
    fn memory(
        &self,
        metric: &str,
        promise: Promise,
        measure: impl Fn(&Bench) -> Result<f64>,
    ) -> Result<Line> {
        let chromium = peers::chromium_version(&self.runtime, &self.session)?;
        let ratios = alternate(self.pairs, || measure(self), || self.chromium_memory())?;
        Ok(self.line(metric, &chromium, &ratios, promise))
    }

    fn chromium_memory(&self) -> Result<f64> {
        self.runtime.block_on(async {
            let chromium = peers::chromium(&self.session).await?;
            memory::settled_pss(chromium.child.id().context("chromium runs")?).await
        })
    }

    fn tray_memory(&self) -> Result<f64> {
        self.runtime.block_on(async {
            let app = self.ours(&["--hidden"])?;
            tray::icon(&self.session.bus, None).await?;
            memory::settled_pss(app.pid()?).await
        })
    }

    /// In the tray after a window was open: what close-to-tray is for.
    fn closed_memory(&self) -> Result<f64> {
        self.runtime.block_on(async {
            let app = self.ours(&[])?;
            let window = app.window(&self.session).await?;
            ready(&window).await?;
            let icon = tray::icon(&self.session.bus, None).await?;
            self.session.close_window("Watches.fyi").await?;
            drop(window);
            tray::icon(&self.session.bus, Some(&icon)).await?;
            memory::settled_pss(app.pid()?).await
        })
    }

    fn window_memory(&self) -> Result<f64> {
        self.runtime.block_on(async {
            let app = self.ours(&[])?;
            let window = app.window(&self.session).await?;
            ready(&window).await?;
            memory::settled_pss(app.pid()?).await
        })
    }

    fn window_beside_hello(&self) -> Result<Line> {
        let hello = || {
            self.runtime.block_on(async {
                let app = peers::hello(&self.session)?;
                let window = app.window(&self.session).await?;
                ready(&window).await?;
                memory::settled_pss(app.pid()?).await
            })
        };
        let ratios = alternate(self.pairs, || self.window_memory(), hello)?;
        Ok(self.line("window_pss_mb", "bare Tauri window", &ratios, Promise::AtMost(1.3)))
    }

    /// Voluntary switches a second in the tray between polls, all threads of all processes.
    fn wake_ups(&self) -> Result<Line> {
        let chromium = peers::chromium_version(&self.runtime, &self.session)?;
        let ours = || {
            self.runtime.block_on(async {
                let app = self.ours(&["--hidden"])?;
                tray::icon(&self.session.bus, None).await?;
                memory::settled_pss(app.pid()?).await?;
                memory::wake_ups(app.pid()?, Duration::from_secs(10)).await
            })
        };
        let theirs = || {
            self.runtime.block_on(async {
                let chromium = peers::chromium(&self.session).await?;
                let pid = chromium.child.id().context("chromium runs")?;
                memory::settled_pss(pid).await?;
                memory::wake_ups(pid, Duration::from_secs(10)).await
            })
        };
        let ratios = alternate(1, ours, theirs)?;
        let mut line = self.line("tray_wake_ups_per_s", &chromium, &ratios, Promise::Reported);
        // The promise is an absolute one: at most two a second.
        line.kept = ratios.ours <= 2.0;
        Ok(line)
    }

    /// One figure of a scripted scroll, beside a hand-written list in the same webview.
    fn scroll(
        &self,
        metric: &str,
        pace: scroll::Pace,
        promise: Promise,
        figure: impl Fn(&scroll::Frames) -> f64,
    ) -> Result<Line> {
        const OURS: scroll::Places = scroll::Places { list: ".list", row: ".slot" };
        const THEIRS: scroll::Places = scroll::Places { list: "#list", row: ".row" };
        let ours = || {
            self.runtime.block_on(async {
                let app = self.ours(&[])?;
                let window = app.window(&self.session).await?;
                window.go("listings").await?;
                Ok(figure(&scroll::through(&window, OURS, pace).await?))
            })
        };
        let theirs = || {
            self.runtime.block_on(async {
                let app = peers::hello(&self.session)?;
                let window = app.window(&self.session).await?;
                ready(&window).await?;
                peers::show_vanilla_list(&window, self.rows).await?;
                Ok(figure(&scroll::through(&window, THEIRS, pace).await?))
            })
        };
        let ratios = alternate(self.pairs.min(3), ours, theirs)?;
        Ok(self.line(metric, "vanilla list, same webview", &ratios, promise).wall_clock())
    }
}

/// Milliseconds from the start of the process to the page's mark.
async fn ready_after(session: &Session, start: impl FnOnce() -> Result<DesktopApp>) -> Result<f64> {
    let began = seed::now();
    let app = start()?;
    let window = app.window(session).await?;
    let marked = ready(&window).await?;
    #[expect(clippy::cast_precision_loss, reason = "microseconds of this century fit in 53 bits")]
    let began = began.0 as f64 / 1000.0;
    Ok(marked - began)
}

/// Waits for the page's mark; milliseconds since 1970 at which it was set.
async fn ready(window: &AppWindow) -> Result<f64> {
    let mark = "performance.getEntriesByName('usable')[0]";
    let script = format!("{mark} && performance.timeOrigin + {mark}.startTime");
    let at = window.until_script("the page's mark", &script).await?;
    at.as_f64().with_context(|| format!("{at} is a time"))
}

/// Where the peers' pages are.
fn peers_folder() -> PathBuf {
    program::workspace().join("bench/peers")
}

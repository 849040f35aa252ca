//! The command line of the window. A second start hands its own to the first.

use std::{ffi::OsString, path::PathBuf};

use clap::Parser;
use watches_app::config::Config;

/// Tells you when a watch you hunt is offered or gets cheaper.
#[derive(Debug, Clone, Default, Parser)]
#[command(name = "watches-desktop", version)]
pub(crate) struct Arguments {
    /// Start in the tray, without a window.
    #[arg(long)]
    pub hidden: bool,
    /// Try the app beside an imitation market on this computer, in a data folder of its own.
    #[arg(long)]
    pub demo: bool,
    /// Add an imitation market that already runs, such as `watches demo-market`.
    #[arg(long, value_name = "URL")]
    pub demo_market: Option<url::Url>,
    /// Keep database, backups and photos there.
    #[arg(long, value_name = "FOLDER")]
    pub data_dir: Option<PathBuf>,
    /// Set by a process that replaced itself after its window was closed.
    #[arg(long, hide = true)]
    pub successor: bool,
}

impl Arguments {
    /// The data folder: the one asked for, else the system's; a demo never mixes with real data.
    pub fn data_dir(&self) -> Option<PathBuf> {
        if let Some(chosen) = &self.data_dir {
            return Some(std::path::absolute(chosen).unwrap_or_else(|_| chosen.clone()));
        }
        let usual = Config::usual_data_dir(|name| std::env::var(name).ok())?;
        Some(if self.demo { usual.join("demo") } else { usual })
    }

    /// What the process that replaces this one is started with.
    pub fn for_successor(&self, window: Window) -> Vec<OsString> {
        let mut line: Vec<OsString> = vec!["--successor".into()];
        if window == Window::Hidden {
            line.push("--hidden".into());
        }
        if self.demo {
            line.push("--demo".into());
        }
        if let Some(market) = &self.demo_market {
            line.extend(["--demo-market".into(), market.as_str().into()]);
        }
        if let Some(folder) = &self.data_dir {
            line.extend(["--data-dir".into(), folder.into()]);
        }
        line
    }
}

/// Whether a start opens the window.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Window {
    Shown,
    Hidden,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(line: &[&str], window: Window, successor: &[&str]) {
        let arguments = Arguments::parse_from([&["watches-desktop"], line].concat());
        assert_eq!(arguments.for_successor(window), successor);
    }

    #[test]
    fn a_successor_keeps_the_place_but_not_the_window() {
        check(&[], Window::Hidden, &["--successor", "--hidden"]);
        check(&["--hidden"], Window::Shown, &["--successor"]);
        check(
            &["--data-dir", "/d", "--demo-market", "http://127.0.0.1:9/"],
            Window::Hidden,
            &[
                "--successor",
                "--hidden",
                "--demo-market",
                "http://127.0.0.1:9/",
                "--data-dir",
                "/d",
            ],
        );
    }
}

//! Where the app lives and what it is told at its start.
//!
//! Made by `src-tauri` and the command line, read once by `App::open`. Everything a person can change
//! while the app runs is in `ipc::settings::Settings`, in the store.

use std::{
    path::{Path, PathBuf},
    sync::Arc,
};

use url::Url;
use watches_core::time::Span;

use crate::browser::Browser;

#[derive(Debug, Clone)]
pub struct Config {
    /// The folder of database, backups and photos; made if missing.
    pub data_dir: PathBuf,
    /// Repeats ids and jitter exactly; for tests.
    pub seed: Option<u64>,
    /// Moves the app's clock; for tests.
    pub clock_offset: Span,
    /// Base address of an imitation market; adds the sources `demo-*`.
    pub demo_market: Option<Url>,
    /// How many bytes of photos are kept.
    pub photo_quota: u64,
    /// A headless browser for sites that want one, where there is no desktop to lend its own.
    pub chromium: Option<Arc<dyn Browser>>,
}

impl Config {
    pub const DATABASE: &str = "watches.db";

    /// The usual start: system clock, no demo market, 512 MiB of photos.
    pub fn new(data_dir: impl Into<PathBuf>) -> Config {
        Config {
            data_dir: data_dir.into(),
            seed: None,
            clock_offset: Span(0),
            demo_market: None,
            photo_quota: 512 * 1024 * 1024,
            chromium: None,
        }
    }

    pub fn database(&self) -> PathBuf {
        self.data_dir.join(Config::DATABASE)
    }

    pub fn backups(&self) -> PathBuf {
        self.data_dir.join("backups")
    }

    pub fn photos(&self) -> PathBuf {
        self.data_dir.join("photos")
    }

    /// The person's own adapter files.
    pub fn adapters(&self) -> PathBuf {
        self.data_dir.join("adapters")
    }

    /// Where the webview keeps cookies and caches, a folder for each source.
    pub fn profiles(&self) -> PathBuf {
        self.data_dir.join("profiles")
    }

    /// The system's own place for this app's data: `$XDG_DATA_HOME/watches-fyi` or
    /// `~/.local/share/watches-fyi`, `~/Library/Application Support/fyi.watches.desktop`,
    /// `%APPDATA%\Watches.fyi`. `None` when the environment names none.
    pub fn usual_data_dir(get: impl Fn(&str) -> Option<String>) -> Option<PathBuf> {
        let set = |name: &str| get(name).filter(|value| !value.is_empty());
        if let Some(chosen) = set("WATCHES_DATA_DIR") {
            return Some(PathBuf::from(chosen));
        }
        if cfg!(windows) {
            return set("APPDATA").map(|roaming| Path::new(&roaming).join("Watches.fyi"));
        }
        let home = set("HOME").map(PathBuf::from);
        if cfg!(target_os = "macos") {
            return home.map(|home| home.join("Library/Application Support/fyi.watches.desktop"));
        }
        let shared = set("XDG_DATA_HOME").map(PathBuf::from).filter(|path| path.is_absolute());
        let shared = shared.or_else(|| home.map(|home| home.join(".local/share")));
        shared.map(|shared| shared.join("watches-fyi"))
    }
}

#[cfg(all(test, target_os = "linux"))]
mod tests {
    use super::*;

    #[track_caller]
    fn check(vars: &[(&str, &str)], expected: Option<&str>) {
        let get = |name: &str| {
            vars.iter().find(|(known, _)| *known == name).map(|(_, value)| (*value).to_owned())
        };
        assert_eq!(Config::usual_data_dir(get), expected.map(PathBuf::from));
    }

    #[test]
    fn the_data_folder_follows_the_system() {
        check(&[("HOME", "/home/a")], Some("/home/a/.local/share/watches-fyi"));
        check(&[("HOME", "/home/a"), ("XDG_DATA_HOME", "/d")], Some("/d/watches-fyi"));
        check(
            &[("HOME", "/home/a"), ("XDG_DATA_HOME", "d")],
            Some("/home/a/.local/share/watches-fyi"),
        );
        check(&[("WATCHES_DATA_DIR", "/x"), ("HOME", "/home/a")], Some("/x"));
        check(&[], None);
    }
}

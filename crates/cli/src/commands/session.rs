//! What the commands with a store share: where it is, and the app opened on it.

use std::{
    path::{Path, PathBuf},
    sync::Arc,
};

use anyhow::Context;
use clap::Args;
use tokio::runtime::Runtime;
use url::Url;
use watches_app::{
    App,
    browser::Browser,
    config::Config,
    env::{Shell, Toast},
};
use watches_core::time::Span;
use watches_scrape::fetch::Chromium;

/// Flags of every command that opens the store.
#[derive(Debug, Args)]
pub struct Session {
    /// The folder of database, backups and photos; the system's usual place without it.
    #[arg(long)]
    data_dir: Option<PathBuf>,
    /// Repeats ids and jitter exactly.
    #[arg(long)]
    seed: Option<u64>,
    /// Moves the app's clock by so many seconds.
    #[arg(long, default_value_t = 0, allow_negative_numbers = true)]
    clock_offset: i64,
    /// Adds an imitation market at this address.
    #[arg(long)]
    demo_market: Option<Url>,
}

impl Session {
    pub fn config(&self) -> anyhow::Result<Config> {
        let usual = || Config::usual_data_dir(|name| std::env::var(name).ok());
        let data_dir = self.data_dir.clone().or_else(usual);
        let data_dir = data_dir.context("no data folder: give one with --data-dir")?;
        let mut config = Config::new(data_dir);
        config.seed = self.seed;
        config.clock_offset = Span::seconds(self.clock_offset);
        config.demo_market.clone_from(&self.demo_market);
        // Started only for a source that wants a browser.
        let folders = std::env::var_os("PATH").unwrap_or_default();
        let chromium = Chromium::find(std::env::split_paths(&folders));
        config.chromium = chromium.map(|chromium| Arc::new(chromium) as Arc<dyn Browser>);
        Ok(config)
    }

    pub async fn open(&self, shell: Arc<dyn Shell>) -> anyhow::Result<Arc<App>> {
        App::open(self.config()?, shell).await.context("opening the store")
    }
}

/// Two threads do: the store has one writer, and the fetcher waits most of the time.
pub fn runtime() -> anyhow::Result<Runtime> {
    let runtime =
        tokio::runtime::Builder::new_multi_thread().worker_threads(2).enable_all().build();
    runtime.context("starting the async runtime")
}

/// A shell without a screen: notifications go to the log, nothing is opened.
#[derive(Debug)]
pub struct NoScreen;

impl Shell for NoScreen {
    fn notify(&self, toast: &Toast) -> Result<(), String> {
        tracing::info!("{}: {}", toast.title, toast.body);
        Ok(())
    }

    fn open_url(&self, url: &str) -> Result<(), String> {
        Err(format!("there is no browser here; the address is {url}"))
    }

    fn open_folder(&self, path: &Path) -> Result<(), String> {
        Err(format!("there is no window here; the folder is {}", path.display()))
    }
}

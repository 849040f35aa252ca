//! Area 5: the desktop's store, beside Python's sqlite3 with row triggers and beside tantivy.
//!
//! 5a inserts searchable listings, 5b types words letter by letter, 5c opens the store and reads the first
//! rows. All three go through the store's public functions, as the app does.

mod insert;
mod keystrokes;
mod opening;
mod synthetic;

use anyhow::{Context, Result};
use clap::Args;
use serde::Deserialize;
use watches_core::time::Timestamp;
use watches_store::Store;

use crate::{
    Effort,
    line::{Promise, Verdict, print_all},
    peers::Peer,
};

#[derive(Debug, Args)]
pub struct StoreArgs {
    #[command(flatten)]
    pub effort: Effort,
    /// Searchable rows inserted on both sides; quick: 30,000.
    #[arg(long)]
    pub insert: Option<u64>,
    /// Rows searched and opened; quick: 100,000.
    #[arg(long)]
    pub rows: Option<u64>,
    /// Keystrokes in all, each one query on both sides.
    #[arg(long, default_value_t = 600)]
    pub keystrokes: usize,
}

/// The instant the synthetic listings were seen: 2026-11-01T00:00:00Z.
pub(crate) const NOW: Timestamp = Timestamp(1_793_491_200_000_000);

/// What is promised for a million rows is judged there; smaller runs report.
fn at_a_million(rows: u64, ceiling: f64) -> Promise {
    if rows >= 1_000_000 { Promise::AtMost(ceiling) } else { Promise::Reported }
}

#[derive(Debug, Deserialize)]
struct Versions {
    sqlite: String,
    tantivy: String,
}

pub fn run(args: &StoreArgs) -> Result<Verdict> {
    let quick = !args.effort.full;
    let insert = args.insert.unwrap_or(if quick { 30_000 } else { 100_000 });
    let rows = args.rows.unwrap_or(if quick { 100_000 } else { 1_000_000 });
    let folder = tempfile::tempdir()?;
    let runtime =
        tokio::runtime::Builder::new_multi_thread().worker_threads(2).enable_time().build()?;
    let mut peer = Peer::start("store.py", &[])?;
    let versions: Versions = peer.ask(&serde_json::json!({"do": "versions"}))?;
    let sqlite = format!("python sqlite3 {}, FTS5 row triggers", versions.sqlite);
    let tantivy = format!("tantivy-py {}", versions.tantivy);

    let inserted =
        insert::run(folder.path(), &runtime, &mut peer, args.effort.seed, insert, &sqlite)?;
    let path = folder.path().join("large/watches.sqlite");
    let store = runtime.block_on(Store::open(&path, NOW)).context("the large store opens")?;
    let filled =
        synthetic::fill(&store, &runtime, folder.path(), &mut peer, args.effort.seed, rows)?;
    let typed = keystrokes::run(&store, &runtime, &mut peer, args, rows, &tantivy)?;
    runtime.block_on(store.close());
    drop(store);
    let opened = opening::run(&path, &runtime, &mut peer, args.effort.pairs * 3, rows)?;
    print_all(&[inserted, filled, typed, opened].concat())
}

//! `bench <area>`: ours and the peer, alternated in one run; one JSON line a metric on stdout.
//!
//! Exit code 1 when results are not equal to the peer's, or when a median ratio misses its floor.
//! Areas live in their own files; `line.rs`, `alternate.rs` and `peers.rs` are shared by all.

mod alternate;
mod charset;
#[cfg(target_os = "linux")]
mod desktop;
mod extract;
mod fit_same;
#[cfg(target_os = "linux")]
mod hostile;
mod line;
mod peers;
mod random;
mod refs;
mod store;

use std::process::ExitCode;

use clap::{Args, Parser, Subcommand};

/// Measures Watches.fyi beside the tool a person would use instead.
#[derive(Debug, Parser)]
#[command(name = "bench", version)]
struct Cli {
    #[command(subcommand)]
    area: Area,
}

#[derive(Debug, Subcommand)]
enum Area {
    /// Installs the peers (Python packages) into target/peers.
    Setup,
    /// Pages in any charset, beside encoding_rs told which.
    Charset(charset::CharsetArgs),
    /// The window beside a bare Tauri window, the tray beside a Chromium app window.
    #[cfg(target_os = "linux")]
    Desktop(desktop::DesktopArgs),
    /// Pages to listings, beside extruct, selectolax and parsel.
    Extract(extract::ExtractArgs),
    /// Fits the weights of `watches same` on labelled pairs.
    FitSame(fit_same::FitSameArgs),
    /// The reference in a title, beside pyahocorasick, re and rapidfuzz.
    Refs(refs::RefsArgs),
    /// Every hostile behaviour through the real fetcher and readers: no crash, no hang, no bloat.
    #[cfg(target_os = "linux")]
    Hostile(hostile::HostileArgs),
    /// The store, beside sqlite3 with row triggers and beside tantivy.
    Store(store::StoreArgs),
}

/// What every area takes.
#[derive(Debug, Clone, Args)]
pub struct Effort {
    /// At most 50 seconds, for a gate.
    #[arg(long, conflicts_with = "full")]
    pub quick: bool,
    /// All sizes and kinds.
    #[arg(long)]
    pub full: bool,
    /// Seed of everything that is generated.
    #[arg(long, default_value_t = 7)]
    pub seed: u64,
    /// How many pairs of slices a ratio is the median of.
    #[arg(long, default_value_t = 7)]
    pub pairs: usize,
}

fn main() -> ExitCode {
    let outcome = match Cli::parse().area {
        Area::Setup => peers::setup().map(|()| line::Verdict::Passed),
        Area::Charset(args) => charset::run(&args),
        #[cfg(target_os = "linux")]
        Area::Desktop(args) => desktop::run(&args),
        Area::Extract(args) => extract::run(&args),
        Area::FitSame(args) => fit_same::run(&args),
        Area::Refs(args) => refs::run(&args),
        #[cfg(target_os = "linux")]
        Area::Hostile(args) => hostile::run(&args),
        Area::Store(args) => store::run(&args),
    };
    match outcome {
        Ok(line::Verdict::Passed) => ExitCode::SUCCESS,
        Ok(line::Verdict::Failed) => ExitCode::from(1),
        Err(error) => {
            eprintln!("bench: {error:#}");
            ExitCode::from(1)
        }
    }
}

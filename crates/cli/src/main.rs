//! `watches`: the app without a window. One file per command in `commands/`.
//!
//! stdout carries JSON, one object a line; people's messages go to stderr. Exit codes: 0 done,
//! 1 refused or failed, 2 wrong usage, 3 the page is a challenge or a login wall.

mod commands;
mod eval;
mod output;

use std::process::ExitCode;

use clap::Parser;

/// Watches.fyi for scripts: read pages, identify watches, check rules, run without a window.
#[derive(Debug, Parser)]
#[command(name = "watches", version, about)]
struct Arguments {
    #[command(subcommand)]
    command: commands::Command,
}

fn main() -> ExitCode {
    watches_app::process_memory::give_back_what_is_freed();
    tracing_subscriber::fmt()
        .with_env_filter(tracing_subscriber::EnvFilter::from_default_env())
        .with_writer(std::io::stderr)
        .init();
    match Arguments::parse().command.run() {
        Ok(exit) => exit.into(),
        Err(error) => {
            output::complain(&error);
            ExitCode::from(1)
        }
    }
}

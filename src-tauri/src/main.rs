//! The window of Watches.fyi: reads the command line, chooses how to render, runs the app.
//!
//! Everything of the domain is in `watches_app`; this crate gives it a window, a tray icon,
//! notifications and a place in the session.
#![cfg_attr(all(windows, not(debug_assertions)), windows_subsystem = "windows")]

mod arguments;
mod autostart;
mod commands;
mod desktop;
mod events;
mod fresh_start;
mod opening;
mod panel;
mod photo;
mod rendering;
mod setup;
mod shell;
mod sites;
mod tray;
mod window;
mod words;

use clap::Parser;
use tracing_subscriber::EnvFilter;

fn main() -> anyhow::Result<()> {
    watches_app::process_memory::give_back_what_is_freed();
    let arguments = arguments::Arguments::parse();
    rendering::prepare();
    let filter = EnvFilter::try_from_env("WATCHES_LOG").unwrap_or_else(|_| EnvFilter::new("warn"));
    tracing_subscriber::fmt().with_env_filter(filter).with_writer(std::io::stderr).init();
    setup::run(arguments)
}

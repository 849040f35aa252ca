//! Journeys through the real programs; one file per flow.

mod browse_api;
mod command_line;
mod kill;
mod listing;
#[cfg(unix)]
mod mail;
mod mail_window;
mod offline;
mod pages;
mod pointing;
mod session;
mod webview;

//! The desktop app without a window: use cases, the background schedule and the listing flow.
//!
//! `src-tauri` and `watches serve` open an [`App`], call one method per ipc command, and run
//! [`App::run`] beside it. Every answer comes after its commit.

mod adapters;
mod alerts;
mod app;
mod backups;
pub mod browser;
pub mod config;
mod dispatch;
pub mod doctor;
pub mod env;
pub mod fault;
mod fetching;
pub mod fill;
mod imports;
pub mod keyring;
mod listing_flow;
mod listings;
mod mail;
mod matching;
pub mod own_catalogue;
mod pages;
pub mod photos;
mod poll;
mod polling;
pub mod preview;
pub mod process_memory;
pub mod quiet_hours;
mod recompute;
pub mod reparse;
mod run;
pub mod schedule;
mod settings;
mod sources;
mod toasts;
mod wanted;
mod watchlists;

pub use app::App;

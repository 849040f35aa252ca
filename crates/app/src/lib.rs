//! The desktop app without a window: use cases, the background schedule and the listing flow.
//!
//! `src-tauri` and `watches serve` open an [`App`] and call one method per ipc command.

pub mod config;
pub mod env;
pub mod quiet_hours;
pub mod schedule;

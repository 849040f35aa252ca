//! A bare Tauri window: the least that any Tauri app can be, as a peer for `bench desktop`.
//!
//! Its page sets the document's title after the first frame; the window shows that title.
#![cfg_attr(all(windows, not(debug_assertions)), windows_subsystem = "windows")]

use anyhow::Context as _;

fn main() -> anyhow::Result<()> {
    tauri::Builder::default().run(tauri::generate_context!()).context("running the window")
}

//! What the window knows, as plain values and plain functions: tested without a browser.

pub mod chart;
pub mod draft;
pub mod memory;
pub mod palette;
pub mod pointing;
pub mod rule;
pub mod shell;
pub mod table;
pub mod toasts;
pub mod window;

#[cfg(test)]
mod fixtures;

//! The domain of Watches.fyi: values in, values out.
//!
//! No IO, no clock, no randomness, no async; builds for wasm32. Time and ids are parameters. The
//! way a listing goes is `listing`: `Extracted -> Normalised -> Unique -> Priced -> Matched -> Notice`.

pub mod alert;
pub mod condition;
pub mod date_text;
pub mod id;
pub mod landed;
pub mod listing;
pub mod looks;
pub mod money;
pub mod quiet;
pub mod reference;
pub mod same;
pub mod set;
pub mod time;

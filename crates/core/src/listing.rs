//! The way of a listing, one file per arrow:
//! `Page -> Extracted -> Normalised -> Unique -> Priced -> Matched -> Notice`.
//!
//! Each stage wraps the one before, so none can be skipped. `app::listing_flow` does the IO between.

pub mod dedupe;
pub mod extracted;
pub mod matching;
pub mod normalise;
pub mod notice;
pub mod origin;
pub mod price;
pub mod price_text;
pub mod reason;

//! The desktop's SQLite store: one file per table, one writer, answers after the commit.
//!
//! `app` opens a [`Store`], reads through [`Read`], writes through [`Tx`]; nothing else touches the file.
//! Always: a row is shown only if its digest fits, and a write is acknowledged only when it is durable.

mod backup;
mod batch;
mod cell;
mod codes;
mod digest;
mod doctor;
mod error;
mod files;
mod header;
mod identity;
mod lock;
mod migrations;
mod open;
mod restore;
mod store;

pub mod alert_memory;
pub mod alerts;
pub mod fetch_memory;
pub mod fills;
pub mod listings;
pub mod mail_boxes;
pub mod observations;
pub mod photos;
pub mod poll_schedule;
pub mod quarantine;
pub mod raw_pages;
pub mod rules;
pub mod settings;
pub mod sightings;
pub mod sources;
pub mod watchlist_listings;
pub mod watchlists;
pub mod words;

pub use backup::{Backup, Reason, kept, list as backups_of};
pub use doctor::{Health, Problem};
pub use error::StoreError;
pub use listings::cancel::Cancel;
pub use open::OpenError;
pub use restore::{RestoreError, restore};
pub use store::{Read, Store, Tx};

//! Pages in, listings out: polite fetchers, and a reader per site.
//!
//! `fetch` brings a [`page::Page`]; `sites::read` turns it into a [`sites::Reading`]. Readers are
//! pure and never panic on outside data; `app::listing_flow` calls both.

pub mod adapter;
pub mod block;
pub mod canonical;
pub mod ebay_api;
pub mod egress;
pub mod fetch;
pub mod html;
pub mod imap;
pub mod mail;
pub mod page;
pub mod robots;
pub mod sites;
pub mod structured;

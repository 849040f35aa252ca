//! Every site we read, one file each. Adding one: a file, a line here, a fixture folder.

use serde::{Deserialize, Serialize};
use url::Url;
use watches_core::listing::extracted::{Extracted, Warning};

/// What a page turned out to be.
#[derive(Debug, Clone, PartialEq)]
pub enum Reading {
    /// A results page or one listing's page.
    Listings(Found),
    /// A challenge or a login wall: the person must act. Never an empty result.
    Blocked(Block),
    /// A page of ours that simply holds no listing, or one that no reader knows.
    Nothing,
}

#[derive(Debug, Clone, Default, PartialEq)]
pub struct Found {
    pub listings: Vec<Extracted>,
    /// The next page of results, if the page names one.
    pub next: Option<Url>,
    /// How many results the market says there are in all.
    pub total: Option<u32>,
    /// What was wrong with the page as a whole.
    pub warnings: Vec<Warning>,
}

/// Why a page shows no listings to us.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Block {
    Cloudflare,
    Datadome,
    Akamai,
    Perimeterx,
    Captcha,
    Login,
}

/// The markup family that a source speaks; the address says whose. A demo market speaks eBay's.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum SiteKind {
    Ebay,
    Chrono24,
    /// Any page with schema.org data.
    Dealer,
}

//! Extracted: a listing as its page states it, before we read meaning into it.
//!
//! Made by `scrape::sites`; read by `normalise`. Unknown is `None`, never a guess.

use serde::{Deserialize, Serialize};

use super::origin::Origins;
use crate::{money::Money, time::Timestamp};

/// A listing as read from one page.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Extracted {
    /// The source's key: `ebay`, `chrono24`, `dealer:example.com`, `demo-ebay`.
    pub source: String,
    /// The market's own id of the listing.
    pub id: String,
    /// Canonical address, tracking parameters removed.
    pub url: String,
    /// The seller's title, white space folded.
    pub title: String,
    pub description: Option<String>,
    /// The asked price, or the standing bid; the lower end of a range.
    pub price: Option<Money>,
    pub price_max: Option<Money>,
    /// The struck-through older price.
    pub price_was: Option<Money>,
    pub price_text: Option<String>,
    /// Shipping to the visitor's country; zero when stated free; `None` when unknown.
    pub shipping: Option<Money>,
    pub shipping_text: Option<String>,
    pub kind: SaleKind,
    pub bids: Option<u32>,
    pub ends_at: Option<Timestamp>,
    pub state: SaleState,
    /// The market's words for the condition.
    pub condition_text: Option<String>,
    /// The market's code for it: `c24:1302`, `ebay:3000`, `schema:UsedCondition`.
    pub condition_code: Option<String>,
    /// Fields that the page states apart from the title.
    pub stated: Stated,
    pub seller: Option<String>,
    /// Percent of positive feedback, or stars scaled to percent: 0 to 100.
    pub seller_rating: Option<f64>,
    pub location: Option<String>,
    /// ISO 3166-1 alpha-2.
    pub country: Option<String>,
    /// Absolute address of the main photo.
    pub image: Option<String>,
    pub photos: Vec<String>,
    pub listed_at: Option<Timestamp>,
    pub warnings: Vec<Warning>,
    /// Which strategy read each field.
    #[serde(default, skip_serializing_if = "Origins::is_empty")]
    pub origins: Origins,
}

/// Watch fields that a page states in fields of their own.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
pub struct Stated {
    pub brand: Option<String>,
    pub model: Option<String>,
    pub reference: Option<String>,
    pub year: Option<u16>,
    /// "Original box, original papers", "No original papers" and the like.
    pub scope: Option<String>,
    pub material: Option<String>,
    pub diameter_mm: Option<f64>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum SaleKind {
    #[default]
    Fixed,
    Auction,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum SaleState {
    #[default]
    Active,
    Reserved,
    Sold,
    Ended,
}

/// Something on the page that could not be read as it should.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Warning {
    /// The field: `price`, `ends_at`.
    pub field: String,
    /// What was there and why it was not taken.
    pub message: String,
}

impl Extracted {
    /// A listing of which only these four are known; readers fill in the rest.
    pub fn new(
        source: impl Into<String>,
        id: impl Into<String>,
        url: impl Into<String>,
        title: impl Into<String>,
    ) -> Extracted {
        Extracted {
            source: source.into(),
            id: id.into(),
            url: url.into(),
            title: title.into(),
            description: None,
            price: None,
            price_max: None,
            price_was: None,
            price_text: None,
            shipping: None,
            shipping_text: None,
            kind: SaleKind::Fixed,
            bids: None,
            ends_at: None,
            state: SaleState::Active,
            condition_text: None,
            condition_code: None,
            stated: Stated::default(),
            seller: None,
            seller_rating: None,
            location: None,
            country: None,
            image: None,
            photos: Vec::new(),
            listed_at: None,
            warnings: Vec::new(),
            origins: Origins::default(),
        }
    }
}

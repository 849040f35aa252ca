//! One listing of the demo market, as the market itself knows it.

use serde::Serialize;
use watches_core::time::Timestamp;

use crate::stock::{Reference, people::Place};

#[derive(Debug, Clone)]
pub struct Listing {
    pub id: u64,
    pub site: Site,
    pub of: Reference,
    pub title: String,
    /// A second line on sites that show two.
    pub detail: String,
    /// In hundredths of the place's currency; whole yen for JPY.
    pub price_minor: i64,
    /// The price before the last reduction.
    pub was_minor: Option<i64>,
    pub shipping_minor: i64,
    pub condition: Grade,
    pub scope: Scope,
    pub year: u16,
    pub place: Place,
    pub seller: Seller,
    pub state: State,
    pub auction: Option<Auction>,
    /// Market time; negative for listings that were there before.
    pub listed_at: Timestamp,
    /// Never sold and never moved by chance, so that a newcomer's first rule always finds it.
    pub anchor: bool,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Site {
    Ebay,
    Chrono24,
    Dealer,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum State {
    Active,
    Sold,
    Ended,
}

/// How worn it is, in the words each site has for it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Grade {
    New,
    Unworn,
    VeryGood,
    Good,
    Fair,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Scope {
    pub has_box: bool,
    pub papers: bool,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Seller {
    pub name: &'static str,
    pub trader: bool,
    pub feedback: u32,
    /// Tenths of a percent.
    pub positive: u32,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Auction {
    pub bids: u32,
    pub ends_at: Timestamp,
}

impl Grade {
    /// Share of a usual price, in thousandths.
    pub fn worth(self) -> i64 {
        match self {
            Grade::New => 1060,
            Grade::Unworn => 1030,
            Grade::VeryGood => 990,
            Grade::Good => 940,
            Grade::Fair => 850,
        }
    }
}

impl Listing {
    /// Money in its currency: `11250.00`, `1845000` for yen.
    pub fn decimal(&self, minor: i64) -> String {
        match self.place.currency {
            "JPY" => minor.to_string(),
            _ => format!("{}.{:02}", minor / 100, minor % 100),
        }
    }

    /// Lower-case words for an address: `rolex-submariner-date`.
    pub fn slug(&self) -> String {
        let text = format!("{} {}", self.of.brand, self.of.family).to_lowercase();
        let words =
            text.split(|c: char| !c.is_ascii_alphanumeric()).filter(|word| !word.is_empty());
        words.collect::<Vec<_>>().join("-")
    }

    /// Do all words of a search stand in it?
    pub fn answers(&self, query: &str) -> bool {
        let of = &self.of;
        let hay = format!(
            "{} {} {} {} {} {}",
            self.title, self.detail, of.brand, of.family, of.number, of.nickname
        )
        .to_lowercase();
        query
            .to_lowercase()
            .split_whitespace()
            .all(|word| hay.contains(word.trim_matches(['"', '(', ')'])))
    }
}

//! Commands about listings: the table, one listing's detail, and pages dropped on the window.

use serde::{Deserialize, Serialize};
use watches_core::{
    condition::Condition,
    id::{ListingId, WatchlistId},
    landed::Landed,
    listing::{
        extracted::{SaleKind, SaleState},
        matching::RuleVerdict,
        origin::{Field, Origin},
        price::Observation,
    },
    money::Money,
    set::SetName,
    time::Timestamp,
};

use crate::commands;

/// One page of the table, for a virtual list.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
pub struct ListListings {
    pub filter: ListingFilter,
    pub sort: ListingSort,
    pub offset: u32,
    /// At most 500.
    pub limit: u32,
}

#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct ListingFilter {
    /// Search as you type: every word must begin a word of title, brand, family, reference or seller.
    pub text: String,
    pub watchlist: Option<WatchlistId>,
    pub source: Option<String>,
    pub kind: Option<SaleKind>,
    /// Also sold, ended and reserved ones.
    pub include_gone: bool,
    /// Only those that some rule matches now.
    pub matching_only: bool,
    pub include_dismissed: bool,
}

#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ListingSort {
    #[default]
    Newest,
    PriceUp,
    PriceDown,
    LandedUp,
    EndingSoon,
    BiggestDrop,
}

/// How far a search by words is counted.
pub const MOST_COUNTED: u32 = 1_000;

#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
pub struct ListingPage {
    /// How many listings the filter holds in all; a search by words counts to [`MOST_COUNTED`] and no
    /// further.
    pub total: u32,
    pub rows: Vec<ListingRow>,
}

/// One row of the table.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct ListingRow {
    pub id: ListingId,
    /// In our words: `Rolex Submariner Date 126610LN`; the seller's title when we know no better.
    pub name: String,
    pub title: String,
    pub source: String,
    pub source_name: String,
    pub price: Option<Money>,
    /// The price when it was first seen.
    pub first_price: Option<Money>,
    pub landed: Option<Money>,
    pub year: Option<u16>,
    pub condition: Option<Condition>,
    pub set: Option<SetName>,
    pub kind: SaleKind,
    pub state: SaleState,
    pub ends_at: Option<Timestamp>,
    pub country: Option<String>,
    /// Address of the photo that the webview may show (`photo:` scheme or data), if cached.
    pub photo: Option<String>,
    pub first_seen: Timestamp,
    pub last_seen: Timestamp,
    pub matches: bool,
    pub dismissed: bool,
    /// Up to 24 recent prices in minor units of `price`'s currency, oldest first.
    pub spark: Vec<i64>,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct GetListing {
    pub id: ListingId,
}

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct ListingDetail {
    pub row: ListingRow,
    pub url: String,
    pub description: Option<String>,
    pub condition_text: Option<String>,
    pub set_text: Option<String>,
    pub seller: Option<String>,
    pub seller_rating: Option<f64>,
    pub location: Option<String>,
    pub landed: Option<Landed>,
    pub history: Vec<Observation>,
    /// Stretches in which nobody looked: drawn as gaps.
    pub unobserved: Vec<(Timestamp, Timestamp)>,
    /// Every rule's verdict with its trace: why this matched or did not.
    pub verdicts: Vec<VerdictView>,
    /// Why identification chose this watch: `reference 126610LN in the title, known to the catalogue`.
    pub identified_by: Vec<String>,
    pub confidence: f64,
    /// Which strategy read each field, and how far that is believed.
    #[serde(default)]
    pub read_by: Vec<FieldOrigin>,
    pub warnings: Vec<String>,
}

/// How one field of a listing was read.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
pub struct FieldOrigin {
    pub field: Field,
    pub origin: Origin,
    /// From 0 to 1.
    pub confidence: f64,
}

/// A rule's verdict, with the rule's own words.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct VerdictView {
    pub watchlist: WatchlistId,
    pub watchlist_name: String,
    pub rule_text: String,
    pub verdict: RuleVerdict,
    /// The price limit of the rule in the listing's currency, for the chart's threshold line.
    pub limit: Option<Money>,
}

/// Hides a listing from the table; it is still tracked.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct DismissListing {
    pub id: ListingId,
    /// False takes it back.
    pub dismissed: bool,
}

/// Opens the listing's page in the system's browser.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct OpenListing {
    pub id: ListingId,
}

/// A saved page dropped on the window.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ImportPage {
    pub file_name: String,
    pub html: String,
    pub url: Option<String>,
}

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct ImportReport {
    pub source_name: String,
    pub added: u32,
    pub updated: u32,
    pub listings: Vec<ListingId>,
    pub warnings: Vec<String>,
}

commands! {
    ListListings => "list_listings" -> ListingPage;
    GetListing => "get_listing" -> ListingDetail;
    DismissListing => "dismiss_listing" -> ();
    OpenListing => "open_listing" -> ();
    ImportPage => "import_page" -> ImportReport;
}

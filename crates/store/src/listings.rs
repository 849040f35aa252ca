//! Tables `listings`, `listing_documents` and the word index: every watch for sale ever seen.
//!
//! A listing has a short row, which the window's table shows, and a document with all its page said.
//! `put` writes both and the words; `get` and `documents` read; `page` answers the window's table.

pub(crate) mod cancel;
mod complete;
mod documents;
mod get;
mod mark;
mod page;
mod put;
mod row;
mod tally;
mod text;
pub(crate) mod totals;

use watches_core::{
    condition::Condition,
    id::{ListingId, WatchlistId},
    landed::Landed,
    listing::{
        extracted::{SaleKind, SaleState},
        normalise::Normalised,
    },
    money::Money,
    set::SetName,
    time::Timestamp,
};

pub use complete::{Word, complete};
pub use documents::{after, document, documents, of_watchlist};
pub use get::{best, by_reference, ending_between, find, get, rows};
pub use mark::{Costs, set_costs, set_dismissed, set_matches, set_photo, touch};
pub use put::put;
pub(crate) use row::COLUMNS;
pub use tally::{Tally, active, by_source};

/// A listing as the window's table shows it.
#[derive(Debug, Clone, PartialEq)]
pub struct Listing {
    pub id: ListingId,
    pub source: String,
    /// The market's own id; one listing per source and market id.
    pub market_id: String,
    pub url: String,
    /// The seller's words.
    pub title: String,
    /// In our words: `Rolex Submariner Date 126610LN`.
    pub name: String,
    pub brand: Option<String>,
    pub family: Option<String>,
    pub reference: Option<String>,
    pub reference_base: Option<String>,
    pub seller: Option<String>,
    pub price: Option<Money>,
    /// The price when it was first seen.
    pub first_price: Option<Money>,
    /// Landed total in the collector's currency.
    pub landed: Option<Money>,
    /// The price in minor units of the collector's currency: what prices of all markets sort by.
    pub price_rank: Option<i64>,
    pub year: Option<u16>,
    pub condition: Option<Condition>,
    pub set: Option<SetName>,
    pub kind: SaleKind,
    pub state: SaleState,
    pub ends_at: Option<Timestamp>,
    pub country: Option<String>,
    /// Address of the main photo.
    pub image: Option<String>,
    /// Hash of that photo in the cache, once fetched.
    pub photo: Option<String>,
    pub first_seen: Timestamp,
    pub last_seen: Timestamp,
    /// Some rule matches it now; kept by [`crate::watchlist_listings::set_matching`].
    pub matches: bool,
    pub dismissed: bool,
}

/// What is known of a listing beyond its row.
#[derive(Debug, Clone, PartialEq)]
pub struct Document {
    pub normalised: Normalised,
    pub landed: Option<Landed>,
}

/// A listing whole.
#[derive(Debug, Clone, PartialEq)]
pub struct Stored {
    pub listing: Listing,
    pub document: Document,
}

/// One page of the table.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Query {
    pub filter: Filter,
    pub sort: Sort,
    pub offset: u32,
    pub limit: u32,
}

/// Which listings the table shows.
#[derive(Debug, Clone, Default, PartialEq, Eq, Hash)]
pub struct Filter {
    /// Every word must begin a word of title, brand, family, reference or seller.
    pub text: String,
    pub watchlist: Option<WatchlistId>,
    pub source: Option<String>,
    pub kind: Option<SaleKind>,
    /// Also reserved, sold and ended ones.
    pub include_gone: bool,
    /// Only those that some rule matches now; with a watchlist, some rule of it.
    pub matching_only: bool,
    pub include_dismissed: bool,
}

#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Hash)]
pub enum Sort {
    /// First seen last comes first.
    #[default]
    Newest,
    PriceUp,
    PriceDown,
    LandedUp,
    EndingSoon,
    /// How far the price fell since it was first seen.
    BiggestDrop,
}

/// Where counting the hits of a search ends: nobody scrolls further, and counting on would cost more than
/// finding.
pub const MOST_COUNTED: u32 = 1_000;

/// A page of rows, and how many there are in all.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Page {
    /// Exact, but a search by words counts to [`MOST_COUNTED`] and no further.
    pub total: u32,
    pub rows: Vec<Listing>,
}

/// Ids as a JSON array, for `json_each`.
pub(crate) fn json_ids(ids: &[ListingId]) -> String {
    let quoted: Vec<String> = ids.iter().map(|id| format!("\"{id}\"")).collect();
    format!("[{}]", quoted.join(","))
}

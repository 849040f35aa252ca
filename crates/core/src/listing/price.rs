//! Unique -> Priced: what it costs here, and how that moved.

use serde::{Deserialize, Serialize};

use crate::{
    landed::Landed, listing::dedupe::Unique, listing::extracted::SaleState, money::Money,
    time::Timestamp,
};

/// One immutable observation of a listing's price and state.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Observation {
    pub at: Timestamp,
    pub kind: ObservationKind,
    pub price: Option<Money>,
    pub shipping: Option<Money>,
    pub state: SaleState,
    /// When the listing was last looked at before this; `None` for the first. A long way back means
    /// that nobody looked in between: the chart draws a gap there, not a line.
    #[serde(default)]
    pub previous_look: Option<Timestamp>,
}

/// What a price was: asked, bid, offered or paid. Asks are never mixed with sales.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ObservationKind {
    Ask,
    Bid,
    Offer,
    Sold,
}

/// A listing with its cost to this collector and its past.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Priced {
    pub unique: Unique,
    pub landed: Option<Landed>,
    /// Oldest first; the observation of this poll is the last.
    pub history: Vec<Observation>,
}

//! Normalised -> Unique: is this a listing we already know?

use serde::{Deserialize, Serialize};

use crate::{id::ListingId, listing::normalise::Normalised, time::Timestamp};

/// A listing with our id on it.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Unique {
    pub normalised: Normalised,
    pub id: ListingId,
    /// When any poll first saw it; now, if it is new.
    pub first_seen: Timestamp,
    pub seen: Seen,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Seen {
    New,
    Before,
}

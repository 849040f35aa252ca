//! Typed ids: UUIDv7, so that they sort by the time they were made.
//!
//! Only `app/env.rs` makes new ones; the domain takes them as parameters.

use std::{fmt, str::FromStr};

use serde::{Deserialize, Serialize};
use uuid::Uuid;

/// A text that is not an id.
#[derive(Debug, thiserror::Error, PartialEq, Eq)]
#[error("`{0}` is not an id")]
pub struct NotAnId(pub String);

macro_rules! ids {
    ($($(#[$doc:meta])* $name:ident)*) => {$(
        $(#[$doc])*
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
        #[serde(transparent)]
        pub struct $name(pub Uuid);

        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                self.0.fmt(f)
            }
        }

        impl FromStr for $name {
            type Err = NotAnId;

            fn from_str(text: &str) -> Result<Self, NotAnId> {
                Uuid::parse_str(text).map($name).map_err(|_| NotAnId(text.to_owned()))
            }
        }
    )*};
}

ids! {
    /// One watchlist: what a collector hunts for.
    WatchlistId
    /// One alert rule of a watchlist.
    RuleId
    /// One listing, whatever market it stands in.
    ListingId
    /// One alert raised by a rule on a listing.
    AlertId
}

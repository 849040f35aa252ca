//! The words by which the store keeps the domain's enums: renaming one in Rust breaks no database.

use watches_core::{
    condition::Condition,
    listing::{
        extracted::{SaleKind, SaleState},
        notice::Urgency,
        price::ObservationKind,
    },
    set::SetName,
};

/// A pair of functions for each enum: its word, and the variant of a word.
macro_rules! codes {
    ($($kind:ident: $word:ident, $read:ident { $($variant:ident = $text:literal,)* })*) => {$(
        pub(crate) fn $word(value: $kind) -> &'static str {
            match value { $($kind::$variant => $text,)* }
        }

        pub(crate) fn $read(word: &str) -> Option<$kind> {
            match word {
                $($text => Some($kind::$variant),)*
                _ => None,
            }
        }
    )*};
}
pub(crate) use codes;

codes! {
    SaleKind: kind_word, read_kind { Fixed = "fixed", Auction = "auction", }
    SaleState: state_word, read_state {
        Active = "active", Reserved = "reserved", Sold = "sold", Ended = "ended",
    }
    Condition: condition_word, read_condition {
        Incomplete = "incomplete", Poor = "poor", Fair = "fair", Good = "good",
        VeryGood = "very_good", Unworn = "unworn", New = "new",
    }
    SetName: set_word, read_set {
        FullSet = "full_set", BoxOnly = "box_only", PapersOnly = "papers_only",
        WatchOnly = "watch_only",
    }
    ObservationKind: observation_word, read_observation {
        Ask = "ask", Bid = "bid", Offer = "offer", Sold = "sold",
    }
    Urgency: urgency_word, read_urgency {
        Low = "low", Normal = "normal", High = "high", Critical = "critical",
    }
}

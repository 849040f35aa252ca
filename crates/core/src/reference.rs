//! Which watch is it: brand, family and reference out of a title, by the catalogue.

use serde::{Deserialize, Serialize};

/// What a text says of the watch. Unknown is `None`, never a guess.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
pub struct Identified {
    /// The brand's catalogue name: `Rolex`.
    pub brand: Option<String>,
    /// The model family: `Submariner Date`.
    pub family: Option<String>,
    /// The canonical reference: `126610LN`; `None` when only its base was given.
    pub reference: Option<String>,
    /// The reference without its suffix: `126610`. Set whenever `reference` is, or when only it is known.
    pub reference_base: Option<String>,
    pub year: Option<u16>,
    /// False for parts, straps, boxes, "wanted" posts and the like.
    pub is_watch: bool,
    /// How sure the reading is, 0 to 1.
    pub confidence: f64,
}

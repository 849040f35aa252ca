//! What comes with a watch (product rule 5.5): box, papers and the rest, as bits.
//!
//! "Service papers" and "archive extract" never count as papers.

use serde::{Deserialize, Serialize};

/// One part of the scope of delivery.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum SetPart {
    InnerBox,
    OuterBox,
    CardOrPapers,
    Booklets,
    Tags,
    Receipt,
    ServicePapers,
    ArchiveExtract,
    Links,
    SpareStrap,
}

/// The parts known to be there, and what is known of box and papers as a whole.
///
/// `has_box` and `has_papers` are `None` where the listing does not say.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct SetParts {
    pub parts: Vec<SetPart>,
    pub has_box: Option<bool>,
    pub has_papers: Option<bool>,
}

/// The short name of a whole set.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum SetName {
    FullSet,
    BoxOnly,
    PapersOnly,
    WatchOnly,
}

impl SetParts {
    /// The set's name; `None` while box or papers are unknown.
    pub fn name(&self) -> Option<SetName> {
        match (self.has_box?, self.has_papers?) {
            (true, true) => Some(SetName::FullSet),
            (true, false) => Some(SetName::BoxOnly),
            (false, true) => Some(SetName::PapersOnly),
            (false, false) => Some(SetName::WatchOnly),
        }
    }
}

//! Extracted -> Normalised: the page's words become our terms.

use serde::{Deserialize, Serialize};

use crate::{
    condition::Condition, listing::extracted::Extracted, reference::Identified, set::SetParts,
};

/// A listing in our terms; what the page said stays inside.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Normalised {
    pub extracted: Extracted,
    pub watch: Identified,
    pub condition: Option<Condition>,
    pub set: SetParts,
    pub material: Option<String>,
    pub diameter_mm: Option<f64>,
}

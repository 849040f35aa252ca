//! Landed cost (product rule 5.6): what a watch costs at this collector's door. An estimate.

use serde::{Deserialize, Serialize};

use crate::money::Money;

/// The lines of a landed cost, all in one currency, each rounded half up once.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Landed {
    pub goods: Money,
    pub premium: Money,
    pub shipping: Money,
    pub insurance: Money,
    pub duty: Money,
    pub vat: Money,
    pub broker: Money,
    pub payment: Money,
    pub total: Money,
    /// What was assumed: shipping unknown, rate's date, exchange rate's date.
    pub notes: Vec<String>,
}

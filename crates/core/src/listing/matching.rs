//! Priced -> Matched: what each rule says of it, and why.

use serde::{Deserialize, Serialize};

use crate::{id::RuleId, listing::price::Priced};

/// A listing with the verdict of each rule.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Matched {
    pub priced: Priced,
    pub verdicts: Vec<RuleVerdict>,
}

/// What one rule says, with the reason for each of its parts.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct RuleVerdict {
    pub rule: RuleId,
    pub outcome: Outcome,
    pub trace: Vec<TraceLine>,
}

/// Unknown is not false: a rule that needs a missing field is undecided and raises nothing.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Outcome {
    Match,
    NoMatch,
    Undecided,
}

/// One comparison of the rule on this listing.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct TraceLine {
    /// The comparison as written: `landed <= 11000 EUR`.
    pub text: String,
    /// Byte range of the comparison in the rule's text.
    pub span: (usize, usize),
    pub outcome: Outcome,
    /// What the listing has there: `10,842.50 EUR`; `None` when unknown.
    pub actual: Option<String>,
}

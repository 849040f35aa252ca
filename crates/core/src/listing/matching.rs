//! Priced -> Matched: what each rule says of it, and why.
//!
//! Called by `app::listing_flow` with the enabled rules of the watchlists that the listing belongs to.

use serde::{Deserialize, Serialize};

use crate::{
    alert::{ActiveRule, Circumstances, evaluate},
    id::RuleId,
    listing::price::Priced,
};

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
    /// A match only because exchange or import rates moved: shown as a match, told to nobody.
    #[serde(default)]
    pub rates_only: bool,
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

impl Outcome {
    pub fn of(holds: bool) -> Outcome {
        if holds { Outcome::Match } else { Outcome::NoMatch }
    }

    /// No match if either does not match; else undecided if either is.
    pub fn and(self, other: Outcome) -> Outcome {
        match (self, other) {
            (Outcome::NoMatch, _) | (_, Outcome::NoMatch) => Outcome::NoMatch,
            (Outcome::Match, Outcome::Match) => Outcome::Match,
            (Outcome::Undecided, _) | (_, Outcome::Undecided) => Outcome::Undecided,
        }
    }

    /// A match if either matches; else undecided if either is.
    pub fn or(self, other: Outcome) -> Outcome {
        match (self, other) {
            (Outcome::Match, _) | (_, Outcome::Match) => Outcome::Match,
            (Outcome::NoMatch, Outcome::NoMatch) => Outcome::NoMatch,
            (Outcome::Undecided, _) | (_, Outcome::Undecided) => Outcome::Undecided,
        }
    }

    /// Unknown stays unknown.
    #[expect(
        clippy::should_implement_trait,
        reason = "reads as the rule's word beside `and` and `or`"
    )]
    pub fn not(self) -> Outcome {
        match self {
            Outcome::Match => Outcome::NoMatch,
            Outcome::NoMatch => Outcome::Match,
            Outcome::Undecided => Outcome::Undecided,
        }
    }
}

/// Judges every rule on the listing.
pub fn match_rules(
    priced: Priced,
    rules: &[ActiveRule<'_>],
    circumstances: &Circumstances<'_>,
) -> Matched {
    let judge = |active: &ActiveRule<'_>| {
        let found = evaluate(active.rule, &priced, circumstances, active.memory);
        RuleVerdict {
            rule: active.id,
            outcome: found.outcome,
            trace: found.trace,
            rates_only: found.rates_only,
        }
    };
    let verdicts = rules.iter().map(judge).collect();
    Matched { priced, verdicts }
}

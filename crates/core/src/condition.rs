//! The seven steps of condition (product rule 5.4), and what each market's terms mean on them.

use serde::{Deserialize, Serialize};

/// From incomplete (0) to new (6). The market's own term is always kept beside it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Condition {
    Incomplete,
    Poor,
    Fair,
    Good,
    VeryGood,
    Unworn,
    New,
}

impl Condition {
    pub const ALL: [Condition; 7] = [
        Condition::Incomplete,
        Condition::Poor,
        Condition::Fair,
        Condition::Good,
        Condition::VeryGood,
        Condition::Unworn,
        Condition::New,
    ];

    /// 0 for incomplete to 6 for new.
    pub const fn step(self) -> u8 {
        self as u8
    }

    pub fn from_step(step: u8) -> Option<Condition> {
        Condition::ALL.get(usize::from(step)).copied()
    }
}

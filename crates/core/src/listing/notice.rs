//! Matched -> Notice: which verdicts are news, and in what words.

use serde::{Deserialize, Serialize};

use crate::{id::ListingId, id::RuleId, money::Money};

/// One thing worth telling, ready for the inbox and the desktop.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Notice {
    pub rule: RuleId,
    pub listing: ListingId,
    /// Rule, listing and value: the same news is told once.
    pub key: String,
    pub urgency: Urgency,
    pub channels: Vec<Channel>,
    pub old_price: Option<Money>,
    pub new_price: Option<Money>,
    /// The watch in our words: `Rolex Submariner Date 126610LN`.
    pub headline: String,
    /// What happened and why it matters, one sentence.
    pub reason: String,
}

#[derive(
    Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default, Serialize, Deserialize,
)]
#[serde(rename_all = "snake_case")]
pub enum Urgency {
    Low,
    #[default]
    Normal,
    High,
    Critical,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Channel {
    Toast,
    Digest,
    Email,
    Sms,
    Webhook,
    Push,
}

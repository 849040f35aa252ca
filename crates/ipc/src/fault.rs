//! The one error the window sees. It matches on `code`, never on text.

use serde::{Deserialize, Serialize};

/// A refused or failed command.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error, Serialize, Deserialize)]
#[error("{message}")]
pub struct Fault {
    pub code: FaultCode,
    /// One sentence for people, in English; the window may say it in its own words by `code`.
    pub message: String,
    /// For `bad_rule`: the byte in the rule's text where reading stopped.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub at: Option<usize>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum FaultCode {
    /// The command or its arguments are not of the form.
    BadRequest,
    /// An alert rule could not be read; `at` says where.
    BadRule,
    NotFound,
    /// A page was a challenge or a login wall.
    NeedsYou,
    Offline,
    /// The database file was made by a newer version.
    StoreTooNew,
    /// The database file is damaged; a backup can be restored.
    StoreCorrupt,
    DiskFull,
    /// The file offered is not what it should be.
    BadFile,
    Busy,
    Internal,
}

impl Fault {
    pub fn new(code: FaultCode, message: impl Into<String>) -> Fault {
        Fault { code, message: message.into(), at: None }
    }
}

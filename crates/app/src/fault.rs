//! What the app refuses or fails at, and its one translation to what the window sees.

use std::{io, path::PathBuf};

use watches_ipc::fault::{Fault, FaultCode};
use watches_store::{OpenError, RestoreError, StoreError};

use crate::{keyring::KeyringError, photos::shrink::PhotoRefused};

#[derive(Debug, thiserror::Error)]
pub enum Error {
    #[error(transparent)]
    Store(#[from] StoreError),
    #[error(transparent)]
    Open(#[from] OpenError),
    #[error(transparent)]
    Restore(#[from] RestoreError),
    #[error(transparent)]
    Keyring(#[from] KeyringError),
    #[error("the photo was refused: {0}")]
    Photo(#[from] PhotoRefused),
    /// The store did not open at the start: every command answers with the fault of that moment.
    #[error("{0}")]
    Closed(Fault),
    #[error("the rule cannot be read: {message}")]
    Rule { at: usize, message: String },
    #[error("{0}")]
    BadRequest(String),
    #[error("{0} is not there")]
    NotFound(&'static str),
    #[error("{0}")]
    NeedsYou(String),
    #[error("there is no network")]
    Offline,
    #[error("{0}")]
    BadFile(String),
    #[error("the source could not be read: {0}")]
    Unread(String),
    #[error("{0}")]
    Shell(String),
    #[error("{path} could not be read or written")]
    File { path: PathBuf, source: io::Error },
    #[error("a stored document is not of the form")]
    Document(#[from] serde_json::Error),
    #[error("a background task was cut off")]
    Interrupted(#[from] tokio::task::JoinError),
}

impl From<Error> for Fault {
    fn from(error: Error) -> Fault {
        let at = match &error {
            Error::Rule { at, .. } => Some(*at),
            _ => None,
        };
        if let Error::Closed(fault) = error {
            return fault;
        }
        Fault { code: code(&error), message: sentence(&error), at }
    }
}

/// The error and its causes in one line: the person reads the first part, a report needs the rest.
fn sentence(error: &Error) -> String {
    let mut text = error.to_string();
    let mut cause = std::error::Error::source(error);
    while let Some(inner) = cause {
        let more = inner.to_string();
        if !text.contains(&more) {
            text.push_str(": ");
            text.push_str(&more);
        }
        cause = inner.source();
    }
    text
}

fn code(error: &Error) -> FaultCode {
    match error {
        Error::Store(error) => store_code(error),
        Error::Open(error) => open_code(error),
        Error::Restore(error) => match error {
            RestoreError::NotABackup { .. } => FaultCode::BadFile,
            RestoreError::TooNew { .. } => FaultCode::StoreTooNew,
            RestoreError::Copy(error) => match store_code(error) {
                FaultCode::Internal => FaultCode::BadFile,
                named => named,
            },
            RestoreError::File { source, .. } => file_code(source),
            RestoreError::Open(error) => open_code(error),
        },
        Error::Keyring(_) | Error::Shell(_) | Error::Interrupted(_) => FaultCode::Internal,
        Error::Photo(_) | Error::BadFile(_) => FaultCode::BadFile,
        Error::Closed(fault) => fault.code,
        Error::Rule { .. } => FaultCode::BadRule,
        Error::BadRequest(_) => FaultCode::BadRequest,
        Error::NotFound(_) => FaultCode::NotFound,
        Error::NeedsYou(_) => FaultCode::NeedsYou,
        Error::Offline => FaultCode::Offline,
        Error::Unread(_) => FaultCode::Busy,
        Error::File { source, .. } => file_code(source),
        Error::Document(_) => FaultCode::StoreCorrupt,
    }
}

fn store_code(error: &StoreError) -> FaultCode {
    match error {
        StoreError::DiskFull(_) => FaultCode::DiskFull,
        StoreError::Corrupt(_) | StoreError::Damaged { .. } | StoreError::Document { .. } => {
            FaultCode::StoreCorrupt
        }
        StoreError::Busy(_) | StoreError::Cancelled => FaultCode::Busy,
        StoreError::NotFound { .. } => FaultCode::NotFound,
        StoreError::File { source, .. } => file_code(source),
        StoreError::Disk(_) | StoreError::Sql(_) => FaultCode::Internal,
    }
}

fn open_code(error: &OpenError) -> FaultCode {
    match error {
        OpenError::InUse => FaultCode::Busy,
        OpenError::TooNew { .. } => FaultCode::StoreTooNew,
        OpenError::Corrupt { .. } => FaultCode::StoreCorrupt,
        OpenError::DiskFull(_) => FaultCode::DiskFull,
        OpenError::File { source, .. } => file_code(source),
        OpenError::Migration { source, .. } | OpenError::Store(source) => store_code(source),
    }
}

fn file_code(error: &io::Error) -> FaultCode {
    match error.kind() {
        io::ErrorKind::StorageFull | io::ErrorKind::QuotaExceeded => FaultCode::DiskFull,
        io::ErrorKind::NotFound => FaultCode::NotFound,
        _ => FaultCode::Internal,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(error: Error, code: FaultCode, at: Option<usize>) {
        let fault = Fault::from(error);
        assert_eq!((fault.code, fault.at), (code, at), "{}", fault.message);
    }

    #[test]
    fn every_refusal_has_its_code() {
        let full = || io::Error::from(io::ErrorKind::StorageFull);
        check(Error::Rule { at: 17, message: String::new() }, FaultCode::BadRule, Some(17));
        check(Error::Open(OpenError::TooNew { found: 9, known: 1 }), FaultCode::StoreTooNew, None);
        check(
            Error::Open(OpenError::Corrupt { reason: String::new(), backups: Vec::new() }),
            FaultCode::StoreCorrupt,
            None,
        );
        check(Error::Open(OpenError::InUse), FaultCode::Busy, None);
        check(Error::File { path: PathBuf::new(), source: full() }, FaultCode::DiskFull, None);
        check(
            Error::Store(StoreError::Damaged { table: "rules", what: "its digest does not fit" }),
            FaultCode::StoreCorrupt,
            None,
        );
        check(Error::NotFound("the listing"), FaultCode::NotFound, None);
        check(Error::Closed(Fault::new(FaultCode::StoreTooNew, "")), FaultCode::StoreTooNew, None);
    }

    #[test]
    fn a_fault_tells_its_causes_once() {
        let source = io::Error::other("the cable is out");
        let fault = Fault::from(Error::File { path: PathBuf::from("/x"), source });
        assert_eq!(fault.message, "/x could not be read or written: the cable is out");
    }
}

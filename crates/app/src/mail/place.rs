//! Where a mail source lies and how far it was read, as their documents in the store.

use std::{collections::BTreeMap, path::PathBuf};

use serde::{Deserialize, Serialize};
use watches_ipc::mail::MailPlace;
use watches_scrape::imap::{Account, Position};

use crate::fault::Error;

/// Up to where a place was read.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub(super) struct Cursor {
    /// Of an account.
    pub position: Option<Position>,
    /// Of a folder: its files by name, each with size and time of change.
    pub files: BTreeMap<String, (u64, i64)>,
    /// One look did not reach the end.
    pub more: bool,
}

impl Cursor {
    /// One of an unknown form counts as none: everything recent is read again, which changes nothing.
    pub fn read(document: &str) -> Cursor {
        serde_json::from_str(document).unwrap_or_default()
    }

    pub fn write(&self) -> Result<String, Error> {
        Ok(serde_json::to_string(self)?)
    }
}

pub(super) fn read(document: &str) -> Result<MailPlace, Error> {
    Ok(serde_json::from_str(document)?)
}

pub(super) fn account(place: &MailPlace, password: String) -> Option<Account> {
    let MailPlace::Imap { host, port, user, folder, ca_file } = place else { return None };
    Some(Account {
        host: host.clone(),
        port: *port,
        user: user.clone(),
        password,
        folder: folder.clone(),
        ca_file: ca_file.as_ref().map(PathBuf::from),
    })
}

/// Key, name and address of the source that a place is.
pub(super) fn identity(place: &MailPlace) -> (String, String, String) {
    match place {
        MailPlace::Folder { path } => {
            let name = std::path::Path::new(path).file_name();
            let name = name.map_or(path.clone(), |name| name.to_string_lossy().into_owned());
            (format!("mail:{path}"), format!("Mail in {name}"), path.clone())
        }
        MailPlace::Imap { host, port, user, folder, .. } => {
            let at = if user.contains('@') && user.ends_with(host) {
                user.clone()
            } else {
                format!("{user}@{host}")
            };
            let port = if *port == 993 { String::new() } else { format!(":{port}") };
            let key = format!("mail:{at}{port}/{folder}");
            (key, format!("Mail of {user}"), format!("imaps://{host}{port}/{folder}"))
        }
    }
}

/// The place with what people type around it taken off.
///
/// # Errors
/// A sentence naming the field that is wrong.
pub(super) fn checked(place: MailPlace) -> Result<MailPlace, Error> {
    let refuse = |message: &str| Err(Error::BadRequest(message.to_owned()));
    match place {
        MailPlace::Folder { path } => {
            let path = path.trim().to_owned();
            if !std::path::Path::new(&path).is_absolute() {
                return refuse("give the folder's whole path");
            }
            Ok(MailPlace::Folder { path })
        }
        MailPlace::Imap { host, port, user, folder, ca_file } => {
            let host = host.trim().trim_end_matches('.').to_lowercase();
            let (user, folder) = (user.trim().to_owned(), folder.trim().to_owned());
            if host.is_empty() || host.contains([' ', '/', '@']) {
                return refuse("the server's name is missing: `imap.example.org`");
            }
            if user.is_empty() {
                return refuse("the user name is missing");
            }
            if port == 0 {
                return refuse("the port is missing: mail servers listen on 993");
            }
            let folder = if folder.is_empty() { "INBOX".to_owned() } else { folder };
            let ca_file = ca_file.filter(|path| !path.trim().is_empty());
            Ok(MailPlace::Imap { host, port, user, folder, ca_file })
        }
    }
}

/// An error with its causes, in one line.
pub(super) fn sentence(error: &dyn std::error::Error) -> String {
    let mut text = error.to_string();
    let mut cause = error.source();
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

#[cfg(test)]
mod tests {
    use super::*;

    fn imap(host: &str, user: &str, port: u16) -> MailPlace {
        let (host, user) = (host.to_owned(), user.to_owned());
        MailPlace::Imap { host, port, user, folder: String::new(), ca_file: None }
    }

    #[track_caller]
    fn check(place: MailPlace, key: Option<&str>) {
        let found = checked(place).ok().map(|place| identity(&place).0);
        assert_eq!(found.as_deref(), key);
    }

    #[test]
    fn a_place_has_one_key() {
        check(imap(" Imap.Example.org ", "max", 993), Some("mail:max@imap.example.org/INBOX"));
        check(imap("example.org", "max@example.org", 993), Some("mail:max@example.org/INBOX"));
        check(imap("localhost", "max", 1993), Some("mail:max@localhost:1993/INBOX"));
        check(imap("", "max", 993), None);
        check(imap("a b", "max", 993), None);
        check(imap("a", "", 993), None);
        check(imap("a", "b", 0), None);
        check(MailPlace::Folder { path: "alerts".to_owned() }, None);
    }

    #[test]
    fn a_cursor_survives_its_document_and_a_strange_one_is_none() {
        let cursor = Cursor {
            position: Some(Position { validity: 7, uid: 9 }),
            files: BTreeMap::from([("a.eml".to_owned(), (12, 34))]),
            more: true,
        };
        assert_eq!(Cursor::read(&cursor.write().expect("written")), cursor);
        assert_eq!(Cursor::read("?"), Cursor::default());
    }
}

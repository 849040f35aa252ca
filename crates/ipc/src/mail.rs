//! Commands about mail: folders and accounts as sources, and the messages that nobody could read.

use serde::{Deserialize, Serialize};
use watches_core::time::Timestamp;

use crate::{commands, listing::ImportReport, source::Source};

/// Where messages lie.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "kind", rename_all = "snake_case")]
pub enum MailPlace {
    /// A folder of `.eml` and mbox files, or a Maildir.
    Folder { path: String },
    /// An account on a mail server, always over TLS.
    Imap {
        host: String,
        port: u16,
        user: String,
        /// `INBOX` or the folder that a filter moves saved searches to.
        folder: String,
        /// A PEM file with the certificate of one's own server.
        ca_file: Option<String>,
    },
}

/// Adds a folder or an account; the same one again changes its password only.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct AddMailSource {
    pub place: MailPlace,
    /// Of an account: goes to the system's keyring and nowhere else.
    pub password: Option<String>,
}

impl std::fmt::Debug for AddMailSource {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "AddMailSource {{ place: {:?}, password: *** }}", self.place)
    }
}

/// Looks whether a place can be read, and keeps nothing.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct TestMailSource {
    pub place: MailPlace,
    pub password: Option<String>,
}

impl std::fmt::Debug for TestMailSource {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "TestMailSource {{ place: {:?}, password: *** }}", self.place)
    }
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct MailTest {
    /// Messages in the place, whoever sent them.
    pub messages: u32,
}

/// A new password for an account; it is read again at once.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct SetMailPassword {
    pub key: String,
    pub password: String,
}

impl std::fmt::Debug for SetMailPassword {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "SetMailPassword {{ key: {:?}, password: *** }}", self.key)
    }
}

/// Takes back `remove_source` of a mail source, its password with it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct RestoreMailSource {
    pub key: String,
}

/// A saved message or mailbox dropped on the window.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ImportMail {
    pub file_name: String,
    /// The file's bytes in base64: messages need not be UTF-8.
    pub base64: String,
}

#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct ListQuarantine {}

/// A message of a market, or pretending to be of one, that no reader understood.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct QuarantinedMail {
    pub id: String,
    /// The key of the source it came by.
    pub source: String,
    pub source_name: String,
    pub sender: String,
    pub subject: String,
    pub sent_at: Option<Timestamp>,
    pub taken_at: Timestamp,
    /// One sentence.
    pub why: String,
    pub bytes: u32,
    /// It was small enough to be kept, so it can be read again.
    pub kept: bool,
}

/// Reads kept messages again, as after an update; all of them without an id.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct RereadMail {
    pub id: Option<String>,
}

#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct RereadReport {
    /// Messages that are now read, and so left the quarantine.
    pub read: u32,
    /// Messages that are still not.
    pub left: u32,
    pub listings: u32,
}

/// Deletes a message from the quarantine, or takes that back.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct DeleteQuarantined {
    pub id: String,
    /// False takes it back.
    pub deleted: bool,
}

commands! {
    AddMailSource => "add_mail_source" -> Source;
    TestMailSource => "test_mail_source" -> MailTest;
    SetMailPassword => "set_mail_password" -> ();
    RestoreMailSource => "restore_mail_source" -> Source;
    ImportMail => "import_mail" -> ImportReport;
    ListQuarantine => "list_quarantine" -> Vec<QuarantinedMail>;
    RereadMail => "reread_mail" -> RereadReport;
    DeleteQuarantined => "delete_quarantined" -> ();
}

//! The first 100 bytes of a database file, read before SQLite may touch it.
//!
//! So a file of a newer version is refused without a byte of it changing.

use std::{
    fs::File,
    io::{self, Read as _},
    path::Path,
};

/// `WfyI` in the header's application id: this SQLite file is a store of ours.
pub(crate) const APPLICATION_ID: u32 = 0x5766_7949;

const MAGIC: &[u8; 16] = b"SQLite format 3\0";

/// What the file is, from its header alone.
#[derive(Debug, PartialEq, Eq)]
pub(crate) enum Header {
    Missing,
    Empty,
    /// Shorter than a header, or not SQLite's.
    NotADatabase,
    Database {
        application_id: u32,
        version: u32,
        /// Its size in pages, as the header has it.
        pages: u32,
        /// It is read and written through a log already. A fresh copy is not: its first connection
        /// changes the file, and needs it alone.
        wal: bool,
    },
}

pub(crate) fn read(path: &Path) -> io::Result<Header> {
    let file = match File::open(path) {
        Ok(file) => file,
        Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(Header::Missing),
        Err(error) => return Err(error),
    };
    let mut bytes = Vec::with_capacity(100);
    file.take(100).read_to_end(&mut bytes)?;
    if bytes.is_empty() {
        return Ok(Header::Empty);
    }
    let number = |at: usize| {
        let four = bytes.get(at..at + 4)?.try_into().ok()?;
        Some(u32::from_be_bytes(four))
    };
    // The file format's read and write versions, 2 in WAL (SQLite's file format, 1.3.3).
    let wal = bytes.get(18..20) == Some(&[2, 2]);
    match (bytes.starts_with(MAGIC), number(28), number(60), number(68)) {
        (true, Some(pages), Some(version), Some(application_id)) if bytes.len() == 100 => {
            Ok(Header::Database { application_id, version, pages, wal })
        }
        _ => Ok(Header::NotADatabase),
    }
}

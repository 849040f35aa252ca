//! The lock file beside the database: two processes would each think they are the one writer.
//!
//! The system drops the lock when the process ends, however it ends; the file itself may stay.

use std::{fs::File, io, path::Path};

/// Held while the store is open.
#[derive(Debug)]
pub(crate) struct Lock {
    _file: File,
}

/// Why the lock was not had.
#[derive(Debug)]
pub(crate) enum Refused {
    HeldByAnother,
    Io(io::Error),
}

impl Lock {
    pub(crate) fn take(database: &Path) -> Result<Lock, Refused> {
        let path = crate::files::beside(database, ".lock");
        let open = File::options().create(true).truncate(false).write(true).open(path);
        let file = open.map_err(Refused::Io)?;
        match file.try_lock() {
            Ok(()) => Ok(Lock { _file: file }),
            Err(std::fs::TryLockError::WouldBlock) => Err(Refused::HeldByAnother),
            Err(std::fs::TryLockError::Error(error)) => Err(Refused::Io(error)),
        }
    }
}

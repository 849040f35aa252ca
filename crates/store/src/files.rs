//! The files around a database, and writing them so that a power cut leaves the old or the new, whole.

use std::{
    ffi::OsString,
    fs::{self, File},
    io,
    path::{Path, PathBuf},
};

/// The name of a file beside the database: `watches.sqlite` and `-wal` give `watches.sqlite-wal`.
pub(crate) fn beside(database: &Path, suffix: &str) -> PathBuf {
    let mut name = OsString::from(database.as_os_str());
    name.push(suffix);
    PathBuf::from(name)
}

/// Puts a finished file in its place: its bytes reach the disk, then its name, then the folder.
pub(crate) fn put_in_place(finished: &Path, place: &Path) -> io::Result<()> {
    File::options().read(true).write(true).open(finished)?.sync_all()?;
    fs::rename(finished, place)?;
    sync_folder_of(place)
}

/// Makes renames in the folder of `path` durable. Windows does so itself.
pub(crate) fn sync_folder_of(path: &Path) -> io::Result<()> {
    match path.parent() {
        Some(folder) if cfg!(unix) && !folder.as_os_str().is_empty() => {
            File::open(folder)?.sync_all()
        }
        Some(_) | None => Ok(()),
    }
}

/// Removes a file if it is there.
pub(crate) fn remove_if_there(path: &Path) -> io::Result<()> {
    match fs::remove_file(path) {
        Err(error) if error.kind() != io::ErrorKind::NotFound => Err(error),
        Ok(()) | Err(_) => Ok(()),
    }
}

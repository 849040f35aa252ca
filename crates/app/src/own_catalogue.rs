//! The collector's own catalogue rows: `catalogue/*.tsv` in the data folder, added to what is bundled.
//!
//! Read once when the app opens, by `App::open_with`, and by `watches --catalogue`. A bad row is told
//! with its file, line and column, and the bundled catalogue is used alone until it is mended.

use std::{
    fs, io,
    path::{Path, PathBuf},
};

use watches_core::reference::{Catalogue, CatalogueError, OwnFile};

/// Why own rows were not taken.
#[derive(Debug, thiserror::Error)]
pub enum OwnCatalogueError {
    #[error("cannot read {path}")]
    Unreadable {
        path: PathBuf,
        #[source]
        source: io::Error,
    },
    #[error(transparent)]
    Row(#[from] CatalogueError),
}

/// The tables of a folder, by name; none when there is no folder.
///
/// # Errors
/// When the folder is there and cannot be listed.
pub fn files_in(folder: &Path) -> Result<Vec<PathBuf>, OwnCatalogueError> {
    let unreadable = |source| OwnCatalogueError::Unreadable { path: folder.to_owned(), source };
    if !folder.exists() {
        return Ok(Vec::new());
    }
    let entries: Result<Vec<_>, _> = fs::read_dir(folder).map_err(unreadable)?.collect();
    let mut paths: Vec<PathBuf> =
        entries.map_err(unreadable)?.iter().map(fs::DirEntry::path).collect();
    paths.retain(|path| path.extension().is_some_and(|ending| ending == "tsv"));
    paths.sort();
    Ok(paths)
}

/// The bundled catalogue with these files behind it; the bundled one itself when there are none.
///
/// What is made here lives as long as the program: it is made once at its start.
///
/// # Errors
/// When a file cannot be read, is named after no table, or has a bad row.
pub fn load(paths: &[PathBuf]) -> Result<&'static Catalogue, OwnCatalogueError> {
    if paths.is_empty() {
        return Ok(Catalogue::bundled());
    }
    let read = |path: &PathBuf| {
        let name = path.file_name().unwrap_or_default().to_string_lossy().into_owned();
        let text = fs::read_to_string(path)
            .map_err(|source| OwnCatalogueError::Unreadable { path: path.clone(), source })?;
        Ok((name, text))
    };
    let files: Result<Vec<(String, String)>, OwnCatalogueError> = paths.iter().map(read).collect();
    let files = files?;
    let own: Vec<OwnFile<'_>> = files.iter().map(|(name, text)| OwnFile { name, text }).collect();
    Ok(Box::leak(Box::new(Catalogue::with_own(&own)?)))
}

/// The catalogue of an app with this data folder; a bad row is logged.
pub(crate) fn of_data_folder(data_dir: &Path) -> &'static Catalogue {
    let loaded = files_in(&data_dir.join("catalogue")).and_then(|paths| load(&paths));
    loaded.unwrap_or_else(|error| {
        tracing::error!("own catalogue rows are left out: {error}");
        Catalogue::bundled()
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use watches_core::reference::identify;

    #[test]
    fn own_rows_of_the_data_folder_are_known() {
        let folder = tempfile::tempdir().unwrap();
        assert!(std::ptr::eq(of_data_folder(folder.path()), Catalogue::bundled()));
        let own = folder.path().join("catalogue");
        fs::create_dir(&own).unwrap();
        fs::write(own.join("brands.tsv"), "Nachtigall\tstrong\twhole\n").unwrap();
        fs::write(own.join("references.tsv"), "Nachtigall\tFlug\tNG77-01\n").unwrap();
        fs::write(own.join("notes.txt"), "not a table").unwrap();
        let watch = identify("Nachtigall NG77-01", None, of_data_folder(folder.path()));
        assert_eq!(watch.reference.as_deref(), Some("NG77-01"));
        assert_eq!(watch.family.as_deref(), Some("Flug"));
    }

    #[test]
    fn a_bad_row_is_told_and_left_out() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("references.tsv");
        fs::write(&path, "# mine\nRolex\tSubmariner\n").unwrap();
        let error = load(&[path]).unwrap_err();
        assert_eq!(error.to_string(), "references.tsv, line 2, column 3: nothing stands there");
        let gone = load(&[folder.path().join("gone.tsv")]).unwrap_err();
        assert!(gone.to_string().starts_with("cannot read"), "{gone}");
    }
}

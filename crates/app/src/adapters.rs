//! Adapter files: the person's own in the data folder, then those that the program brings along.
//!
//! Read anew at each use, so that a change counts at once. A wrong file that names the host is said with
//! its place, never skipped silently.

use std::{
    fs, io,
    path::{Path, PathBuf},
};

use url::Url;
use watches_scrape::{
    adapter::{self, Adapter, BUNDLED, EntryKind},
    page::Page,
    sites::{self, Found, Reading, SiteKind},
};
use watches_store::sources as table;

use crate::{App, fault::Error};

/// More files than this are not looked at.
const MOST_FILES: usize = 500;
const LARGEST: u64 = 256 * 1024;

/// The adapter for an address: the person's before ours.
///
/// # Errors
/// `bad_file` with file, line and column when a file that names the host is wrong.
pub(crate) async fn of(app: &App, url: &Url) -> Result<Option<Adapter>, Error> {
    let (folder, url) = (app.config.adapters(), url.clone());
    tokio::task::spawn_blocking(move || find(&folder, &url)).await?
}

/// As [`of`], for a page of a source; pages of the markets have readers of their own.
pub(crate) async fn for_source(
    app: &App,
    source: &table::Source,
    url: Option<&Url>,
) -> Result<Option<Adapter>, Error> {
    match (source.kind, url) {
        (table::SourceKind::Dealer, Some(url)) => of(app, url).await,
        _ => Ok(None),
    }
}

/// Reads a source's page: by an adapter's page of results if there is one for it, else as its site is read.
pub(crate) fn read(adapter: Option<&Adapter>, site: Option<SiteKind>, page: &Page) -> Reading {
    let entry = adapter.zip(page.url.as_ref()).and_then(|(adapter, url)| {
        let entry = adapter.entry(url)?;
        matches!(entry.kind, EntryKind::Results { .. }).then_some((adapter, entry))
    });
    let Some((adapter, entry)) = entry else { return sites::read(site, page) };
    let found = adapter::read_entry(adapter, entry, page);
    if found.listings.is_empty() {
        // The page may have become what our own readers know.
        return sites::read(site, page);
    }
    Reading::Listings(Found {
        listings: found.listings,
        next: found.next,
        warnings: found.warnings,
        ..Found::default()
    })
}

fn find(folder: &Path, url: &Url) -> Result<Option<Adapter>, Error> {
    let host = url.host_str().unwrap_or_default();
    for path in files(folder)? {
        let text = fs::read_to_string(&path).map_err(|source| file(&path, source))?;
        match adapter::parse(&text) {
            Ok(adapter) if adapter.serves(url) => return Ok(Some(adapter)),
            Ok(_) => {}
            Err(error) if text.contains(host) => {
                return Err(Error::BadFile(format!("{}, {error}", path.display())));
            }
            Err(error) => tracing::warn!("{} is left out: {error}", path.display()),
        }
    }
    let bundled = BUNDLED.iter().filter_map(|(_, text)| adapter::parse(text).ok());
    Ok(bundled.into_iter().find(|adapter| adapter.serves(url)))
}

/// The folder's files in the order of their names; a folder that is not there has none.
fn files(folder: &Path) -> Result<Vec<PathBuf>, Error> {
    let entries = match fs::read_dir(folder) {
        Ok(entries) => entries,
        Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(Vec::new()),
        Err(error) => return Err(file(folder, error)),
    };
    let paths = entries.filter_map(|entry| {
        let path = entry.ok()?.path();
        let small = path.metadata().is_ok_and(|meta| meta.is_file() && meta.len() <= LARGEST);
        (path.extension()?.to_str()? == "toml" && small).then_some(path)
    });
    let mut paths: Vec<PathBuf> = paths.take(MOST_FILES).collect();
    paths.sort();
    Ok(paths)
}

/// The file that pointing writes for a host.
pub(crate) fn path_of(folder: &Path, url: &Url) -> PathBuf {
    let host = url.host_str().unwrap_or("page");
    let plain = |letter: char| letter.is_ascii_alphanumeric() || matches!(letter, '-' | '.');
    let name: String =
        host.chars().map(|letter| if plain(letter) { letter } else { '_' }).collect();
    folder.join(format!("{name}.toml"))
}

/// A file's text; `None` if it is not there.
pub(crate) fn text_of(path: &Path) -> Result<Option<String>, Error> {
    match fs::read_to_string(path) {
        Ok(text) => Ok(Some(text)),
        Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(None),
        Err(error) => Err(file(path, error)),
    }
}

/// Puts a text in a file's place in one step; `None` takes the file away.
pub(crate) fn put(path: &Path, text: Option<&str>) -> Result<(), Error> {
    let Some(text) = text else {
        return match fs::remove_file(path) {
            Err(error) if error.kind() != io::ErrorKind::NotFound => Err(file(path, error)),
            Ok(()) | Err(_) => Ok(()),
        };
    };
    let folder = path.parent().unwrap_or(Path::new("."));
    fs::create_dir_all(folder).map_err(|error| file(folder, error))?;
    let fresh = path.with_extension("toml.new");
    fs::write(&fresh, text).map_err(|error| file(&fresh, error))?;
    fs::rename(&fresh, path).map_err(|error| file(path, error))
}

fn file(path: &Path, source: io::Error) -> Error {
    Error::File { path: path.to_owned(), source }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn address(text: &str) -> Url {
        Url::parse(text).expect("a valid address")
    }

    #[test]
    fn a_persons_file_goes_before_ours_and_a_wrong_one_is_said() {
        let folder = tempfile::tempdir().expect("a folder").keep();
        let url = address("https://shop.example/watches/1");
        let ours = find(&folder, &url).expect("no file is wrong").expect("ours serves it");
        assert_eq!(ours.name, "Shop Example");
        let path = path_of(&folder, &url);
        let text = "format = 1\nname = \"mine\"\nhosts = [\"shop.example\"]\n[[page]]\nkind = \"item\"\ntitle = \"h1\"\n";
        put(&path, Some(text)).expect("it is written");
        assert_eq!(find(&folder, &url).expect("good").expect("mine").name, "mine");
        put(&path, Some(&text.replace("h1", "h1["))).expect("it is written");
        let error = find(&folder, &url).expect_err("a wrong file").to_string();
        assert!(error.contains("shop.example.toml, line 6, column 9:"), "{error}");
        assert!(find(&folder, &address("https://other.example/")).expect("not named").is_none());
        put(&path, None).expect("it goes");
        assert_eq!(text_of(&path).expect("readable"), None);
        fs::remove_dir_all(folder).expect("it goes");
    }
}

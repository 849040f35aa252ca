//! Photos of listings: fetched politely, made small, kept by content up to a quota.
//!
//! A file's name is the BLAKE3 hash of its bytes, so the same photo of two listings is kept once. The
//! webview asks for `photo://localhost/<hash>`; it never fetches from a market itself.

pub(crate) mod shrink;

use std::{
    fs, io,
    path::{Path, PathBuf},
    time::SystemTime,
};

use url::Url;
use watches_ipc::{event::Event, fault::Fault};
use watches_scrape::fetch::{Fetched, Remedy, Request};
use watches_store::{listings, photos as table};

use crate::{App, fault::Error};

/// Photos fetched each time the background looks: they share the hosts' pace with the pages.
pub(crate) const AT_ONCE: u32 = 12;
/// The newest listings that are looked through for missing photos.
const NEWEST: u32 = 200;

impl App {
    /// The bytes of a cached photo (JPEG) by its hash; `None` when it is not in the cache.
    ///
    /// # Errors
    /// `bad_request` for something that is no hash; a file that cannot be read.
    pub async fn photo(&self, hash: &str) -> Result<Option<Vec<u8>>, Fault> {
        if hash.len() != 64 || !hash.bytes().all(|byte| byte.is_ascii_hexdigit()) {
            return Err(Error::BadRequest("that is not a photo's name".to_owned()).into());
        }
        let path = file(&self.config.photos(), &hash.to_ascii_lowercase());
        let read = tokio::task::spawn_blocking(move || match fs::read(&path) {
            Ok(bytes) => Ok(Some(bytes)),
            Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(None),
            Err(source) => Err(Error::File { path, source }),
        });
        Ok(read.await.map_err(Error::from)??)
    }
}

/// Fetches photos that shown listings lack, a few at a time. A photo that cannot be had is no failure.
pub(crate) async fn fetch_missing(app: &App) -> Result<u32, Error> {
    let query = listings::Query { limit: NEWEST, ..listings::Query::default() };
    let newest = app.store()?.listings(&query, &watches_store::Cancel::new()).await?;
    let lacking = newest.rows.into_iter().filter(|listing| listing.photo.is_none());
    let mut fetched = 0;
    for listing in lacking {
        let Some(url) = listing.image.as_deref().and_then(|image| Url::parse(image).ok()) else {
            continue;
        };
        let known = table::by_url(&mut app.read().await?, url.as_str()).await?;
        let hash = match known {
            // An empty hash notes a photo that was refused: it is not asked for again.
            Some(known) if known.hash.is_empty() => continue,
            Some(known) => known.hash,
            None if fetched >= AT_ONCE => break,
            None => {
                fetched += 1;
                match fetch(app, &url).await? {
                    Some(hash) => hash,
                    None => continue,
                }
            }
        };
        let mut tx = app.write().await?;
        listings::set_photo(&mut tx, listing.id, Some(&hash)).await?;
        tx.commit().await?;
    }
    if fetched > 0 {
        keep_quota(app).await?;
        app.tell(Event::ListingsChanged);
    }
    Ok(fetched)
}

/// One photo into the cache; `None` when it cannot be had now or ever.
async fn fetch(app: &App, url: &Url) -> Result<Option<String>, Error> {
    let document = match app.fetcher.page().fetch(&Request::image(url.clone())).await {
        Ok(Fetched::Fresh(document)) => document,
        Ok(Fetched::NotModified) => return Ok(None),
        Err(error) => {
            tracing::debug!("the photo {url} was not fetched: {error}");
            if matches!(error.remedy(), Remedy::GiveUp | Remedy::LookAtPage) {
                note(app, url, "", 0).await?;
            }
            return Ok(None);
        }
    };
    let shrunk = tokio::task::spawn_blocking(move || shrink::shrink(&document.body)).await?;
    let small = match shrunk {
        Ok(small) => small,
        Err(refused) => {
            tracing::info!("the photo {url} was refused: {refused}");
            note(app, url, "", 0).await?;
            return Ok(None);
        }
    };
    let bytes = small.len() as i64;
    let hash = blake3::hash(&small).to_hex().to_string();
    let path = file(&app.config.photos(), &hash);
    let written = tokio::task::spawn_blocking(move || {
        write(&path, &small).map_err(|source| Error::File { path, source })
    });
    written.await??;
    note(app, url, &hash, bytes).await?;
    Ok(Some(hash))
}

async fn note(app: &App, url: &Url, hash: &str, bytes: i64) -> Result<(), Error> {
    let photo = table::Photo {
        url: url.to_string(),
        hash: hash.to_owned(),
        media_type: "image/jpeg".to_owned(),
        bytes,
        fetched_at: app.env.now(),
    };
    let mut tx = app.write().await?;
    table::save(&mut tx, &photo).await?;
    Ok(tx.commit().await?)
}

fn file(folder: &Path, hash: &str) -> PathBuf {
    // Two letters of folder: no folder grows beyond some hundred files.
    let shelf: String = hash.chars().take(2).collect();
    folder.join(shelf).join(format!("{hash}.jpg"))
}

/// Whole or not at all: a half photo would be shown for ever.
fn write(path: &Path, bytes: &[u8]) -> io::Result<()> {
    let folder = path.parent().unwrap_or(Path::new(""));
    fs::create_dir_all(folder)?;
    let unfinished = path.with_extension("unfinished");
    fs::write(&unfinished, bytes)?;
    fs::rename(unfinished, path)
}

async fn keep_quota(app: &App) -> Result<(), Error> {
    let (folder, quota) = (app.config.photos(), app.config.photo_quota);
    let thin = move || thin(&folder, quota).map_err(|source| Error::File { path: folder, source });
    tokio::task::spawn_blocking(thin).await?
}

/// Deletes the oldest files until the rest fits. A deleted photo is simply missing in the window.
fn thin(folder: &Path, quota: u64) -> io::Result<()> {
    let mut files: Vec<(SystemTime, u64, PathBuf)> = Vec::new();
    let shelves = match fs::read_dir(folder) {
        Ok(shelves) => shelves,
        Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(()),
        Err(error) => return Err(error),
    };
    for shelf in shelves {
        let shelf = shelf?.path();
        if shelf.is_dir() {
            for entry in fs::read_dir(shelf)? {
                let entry = entry?;
                let about = entry.metadata()?;
                files.push((about.modified()?, about.len(), entry.path()));
            }
        }
    }
    let mut total: u64 = files.iter().map(|(_, bytes, _)| bytes).sum();
    files.sort();
    for (_, bytes, path) in files {
        if total <= quota {
            break;
        }
        fs::remove_file(path)?;
        total -= bytes;
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_oldest_photos_make_room() {
        let folder = tempfile::tempdir().expect("a folder");
        let paths = ["aa11", "bb22", "cc33"].map(|hash| file(folder.path(), hash));
        for (age, path) in paths.iter().enumerate() {
            write(path, &[0; 100]).expect("written");
            let at = SystemTime::UNIX_EPOCH + std::time::Duration::from_secs(age as u64);
            let opened = fs::File::options().write(true).open(path).expect("opened");
            opened.set_modified(at).expect("dated");
        }
        thin(folder.path(), 250).expect("thinned");
        assert_eq!(paths.map(|path| path.exists()), [false, true, true]);
        thin(folder.path(), 0).expect("thinned");
        thin(&folder.path().join("none"), 0).expect("nothing to thin");
    }
}

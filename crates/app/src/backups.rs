//! The data folder and its backups; a restore works also when the store did not open.

use std::{
    path::{Path, PathBuf},
    sync::Arc,
};

use watches_ipc::{
    event::Event,
    fault::Fault,
    settings::{BackUpNow, Backup, DataFolder, GetDataFolder, OpenDataFolder, RestoreBackup},
};
use watches_store::{Reason, Store, backups_of};

use crate::{App, fault::Error, sources};

impl App {
    /// # Errors
    /// When the folder cannot be read.
    pub async fn get_data_folder(&self, _: GetDataFolder) -> Result<DataFolder, Fault> {
        let folder = self.config.data_dir.clone();
        let database = self.config.database();
        let look = move || -> Result<DataFolder, Error> {
            let backups = backups_of(&database).map_err(|source| at(&database, source))?;
            let bytes = bytes_in(&folder).map_err(|source| at(&folder, source))?;
            let backups = backups.into_iter().map(view).collect();
            Ok(DataFolder { path: folder.to_string_lossy().into_owned(), bytes, backups })
        };
        Ok(tokio::task::spawn_blocking(look).await.map_err(Error::from)??)
    }

    /// # Errors
    /// When the system cannot show the folder.
    pub async fn open_data_folder(&self, _: OpenDataFolder) -> Result<(), Fault> {
        Ok(self.shell.open_folder(&self.config.data_dir).map_err(Error::Shell)?)
    }

    /// # Errors
    /// `disk_full`, or when the store cannot be read.
    pub async fn back_up_now(&self, _: BackUpNow) -> Result<Backup, Fault> {
        let store = self.store()?;
        let backup = store.back_up(Reason::Asked, self.env.now()).await.map_err(Error::from)?;
        Ok(view(backup))
    }

    /// Puts a backup in the store's place; what stood there is kept among the backups.
    ///
    /// # Errors
    /// `bad_file` when it is no backup of ours, `store_too_new` when a newer version made it.
    pub async fn restore_backup(&self, args: RestoreBackup) -> Result<(), Fault> {
        Ok(restore(self, Path::new(&args.path)).await?)
    }
}

async fn restore(app: &App, from: &Path) -> Result<(), Error> {
    // No page may be written half into the old and half into the new store.
    let _quiet = app.polls.one_at_a_time().await;
    let now = app.env.now();
    match app.store() {
        Ok(store) => store.restore(from, now).await?,
        Err(_) => {
            watches_store::restore(&app.config.database(), from, now).await?;
            app.put_store(Arc::new(Store::open(&app.config.database(), now).await?));
        }
    }
    sources::ensure(app).await?;
    for event in [
        Event::SettingsChanged,
        Event::WatchlistsChanged,
        Event::SourcesChanged,
        Event::ListingsChanged,
        Event::AlertsChanged,
        Event::StatusChanged,
    ] {
        app.tell(event);
    }
    app.plan_changed.notify_waiters();
    Ok(())
}

/// A scheduled backup when the last is over a day old, and the old ones thinned.
pub(crate) async fn keep_up(app: &App) -> Result<(), Error> {
    let store = app.store()?;
    let now = app.env.now();
    let day = watches_core::time::Span::days(1);
    let fresh = |backup: &watches_store::Backup| backup.at > now - day && backup.at <= now;
    if store.backups()?.iter().any(fresh) {
        return Ok(());
    }
    store.back_up(Reason::Scheduled, now).await?;
    store.thin_backups(now)?;
    Ok(())
}

fn view(backup: watches_store::Backup) -> Backup {
    let path = backup.path.to_string_lossy().into_owned();
    Backup { path, at: backup.at, bytes: backup.bytes }
}

fn at(path: &Path, source: std::io::Error) -> Error {
    Error::File { path: PathBuf::from(path), source }
}

/// The bytes of all files below a folder; links are not followed.
fn bytes_in(folder: &Path) -> std::io::Result<u64> {
    let mut bytes = 0;
    for entry in std::fs::read_dir(folder)? {
        let entry = entry?;
        let kind = entry.file_type()?;
        if kind.is_dir() {
            bytes += bytes_in(&entry.path())?;
        } else if kind.is_file() {
            // A file that went away meanwhile counts nothing.
            bytes += entry.metadata().map_or(0, |file| file.len());
        }
    }
    Ok(bytes)
}

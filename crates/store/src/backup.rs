//! Backups: whole copies of the store in `backups/` beside it, thinned as they age.
//!
//! A backup has its name only once its bytes are on the disk and SQLite found it sound.

use std::{
    fs, io,
    path::{Path, PathBuf},
};

use sqlx::{Connection, Row, SqliteConnection, sqlite::SqliteConnectOptions};
use watches_core::time::{Span, Timestamp};

use crate::{Store, StoreError, files, open};

/// One backup file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Backup {
    pub path: PathBuf,
    pub at: Timestamp,
    pub bytes: u64,
    pub reason: Reason,
}

/// Why a backup was made.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Reason {
    /// By the schedule; thinned.
    Scheduled,
    /// A person asked; kept until a person deletes it.
    Asked,
    /// Before the tables changed.
    BeforeMigration,
    /// The store that a restore replaced.
    BeforeRestore,
}

impl Reason {
    const ALL: [Reason; 4] =
        [Reason::Scheduled, Reason::Asked, Reason::BeforeMigration, Reason::BeforeRestore];

    const fn word(self) -> &'static str {
        match self {
            Reason::Scheduled => "auto",
            Reason::Asked => "asked",
            Reason::BeforeMigration => "before-migration",
            Reason::BeforeRestore => "before-restore",
        }
    }
}

impl Store {
    /// Copies the store as it is now into `backups/`, while writing goes on.
    pub async fn back_up(&self, reason: Reason, now: Timestamp) -> Result<Backup, StoreError> {
        // Readers may not write, not even into another file, and the writer shall not wait for this.
        let options = open::options(&self.path).create_if_missing(false);
        let mut connection = SqliteConnection::connect_with(&options).await?;
        let backup = make(&mut connection, &self.path, reason, now).await?;
        connection.close().await?;
        Ok(backup)
    }

    /// Every backup, newest first.
    pub fn backups(&self) -> Result<Vec<Backup>, StoreError> {
        list(&self.path).map_err(|source| StoreError::File { path: folder(&self.path), source })
    }

    /// Deletes scheduled backups that are too many for their age; answers how many.
    pub fn thin_backups(&self, now: Timestamp) -> Result<usize, StoreError> {
        let scheduled = self.backups()?.into_iter().filter(|one| one.reason == Reason::Scheduled);
        let scheduled: Vec<Backup> = scheduled.collect();
        let times: Vec<Timestamp> = scheduled.iter().map(|backup| backup.at).collect();
        let mut deleted = 0;
        for (backup, keep) in scheduled.iter().zip(kept(&times, now)) {
            if !keep {
                let file = |source| StoreError::File { path: backup.path.clone(), source };
                files::remove_if_there(&backup.path).map_err(file)?;
                deleted += 1;
            }
        }
        Ok(deleted)
    }
}

/// Which of the backups (newest first) stay: all of a day, then one a day for a week, one a week for
/// five weeks, one a month for a year. The newest always stays.
pub fn kept(newest_first: &[Timestamp], now: Timestamp) -> Vec<bool> {
    let mut last: Option<Timestamp> = None;
    let mut keep = Vec::with_capacity(newest_first.len());
    for at in newest_first {
        let age = now - *at;
        let apart = match age {
            age if age <= Span::days(1) => Some(Span(0)),
            age if age <= Span::days(7) => Some(Span::days(1)),
            age if age <= Span::days(35) => Some(Span::days(7)),
            age if age <= Span::days(365) => Some(Span::days(30)),
            _ => None,
        };
        let stays = match (last, apart) {
            (None, _) => true,
            (Some(_), None) => false,
            (Some(newer), Some(apart)) => newer - *at >= apart,
        };
        if stays {
            last = Some(*at);
        }
        keep.push(stays);
    }
    keep
}

/// The backups of the store at `database`, newest first.
pub fn list(database: &Path) -> io::Result<Vec<Backup>> {
    let entries = match fs::read_dir(folder(database)) {
        Ok(entries) => entries,
        Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(Vec::new()),
        Err(error) => return Err(error),
    };
    let mut backups = Vec::new();
    for entry in entries {
        let entry = entry?;
        if let Some((at, reason)) = entry.file_name().to_str().and_then(read_name) {
            backups.push(Backup { path: entry.path(), at, bytes: entry.metadata()?.len(), reason });
        }
    }
    backups.sort_by(|a, b| b.at.cmp(&a.at).then_with(|| b.path.cmp(&a.path)));
    Ok(backups)
}

pub(crate) async fn make(
    connection: &mut SqliteConnection,
    database: &Path,
    reason: Reason,
    now: Timestamp,
) -> Result<Backup, StoreError> {
    let place = free_name(database, reason, now);
    let file = |source| StoreError::File { path: place.clone(), source };
    fs::create_dir_all(folder(database)).map_err(file)?;
    copy(connection, &place).await?;
    let bytes = place.metadata().map_err(file)?.len();
    Ok(Backup { path: place, at: whole_second(now), bytes, reason })
}

/// Writes a sound copy of the connection's database at `place`, or nothing there at all.
pub(crate) async fn copy(
    connection: &mut SqliteConnection,
    place: &Path,
) -> Result<(), StoreError> {
    let file = |source| StoreError::File { path: place.to_owned(), source };
    let unfinished = files::beside(place, ".unfinished");
    files::remove_if_there(&unfinished).map_err(file)?;
    let target = unfinished.to_string_lossy().into_owned();
    let copied = match sqlx::query("vacuum into ?1").bind(target).execute(connection).await {
        Ok(_) => check(&unfinished).await,
        Err(error) => Err(error.into()),
    };
    if let Err(error) = copied {
        // The half copy may be what filled the disk.
        files::remove_if_there(&unfinished).map_err(file)?;
        return Err(error);
    }
    files::put_in_place(&unfinished, place).map_err(file)
}

/// Opens a database file on its own and asks SQLite whether it is sound.
pub(crate) async fn check(path: &Path) -> Result<(), StoreError> {
    let options = SqliteConnectOptions::new().filename(path).pragma("trusted_schema", "off");
    let mut connection = SqliteConnection::connect_with(&options).await?;
    let row = sqlx::query("pragma quick_check(1)").fetch_one(&mut connection).await?;
    let verdict: String = row.try_get_unchecked(0)?;
    connection.close().await?;
    match verdict == "ok" {
        true => Ok(()),
        false => Err(StoreError::Damaged { table: "backup", what: "SQLite found it unsound" }),
    }
}

pub(crate) fn folder(database: &Path) -> PathBuf {
    database.parent().unwrap_or(Path::new("")).join("backups")
}

/// `watches-2026-11-23T00-46-48Z-auto.sqlite`; a second one in the same second gets a number.
pub(crate) fn free_name(database: &Path, reason: Reason, now: Timestamp) -> PathBuf {
    let instant = whole_second(now).to_iso().unwrap_or_else(|| "1970-01-01T00:00:00Z".to_owned());
    let stem = format!("watches-{}-{}", instant.replace(':', "-"), reason.word());
    let folder = folder(database);
    let mut place = folder.join(format!("{stem}.sqlite"));
    let mut number = 2_u32;
    while place.exists() {
        place = folder.join(format!("{stem}-{number}.sqlite"));
        number += 1;
    }
    place
}

fn whole_second(at: Timestamp) -> Timestamp {
    Timestamp::from_seconds(at.0.div_euclid(1_000_000))
}

/// The time and reason in a backup's name; `None` for other files.
fn read_name(name: &str) -> Option<(Timestamp, Reason)> {
    let rest = name.strip_prefix("watches-")?.strip_suffix(".sqlite")?;
    let (instant, tail) = rest.split_once("Z-")?;
    let (date, clock) = instant.split_once('T')?;
    let at = Timestamp::parse_iso(&format!("{date}T{}Z", clock.replace('-', ":")))?;
    let numbered = |reason: &Reason| {
        let after = tail.strip_prefix(reason.word());
        after.is_some_and(|after| {
            let digits = after.strip_prefix('-').unwrap_or("1");
            (after.is_empty() || after.starts_with('-'))
                && digits.bytes().all(|b| b.is_ascii_digit())
        })
    };
    Reason::ALL.into_iter().find(numbered).map(|reason| (at, reason))
}

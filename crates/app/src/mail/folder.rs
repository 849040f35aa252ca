//! A watched folder: its `.eml` and mbox files, or a Maildir's messages -> those not read yet.
//!
//! A file counts as read while its size and time of change stay; a mailbox that grew is read again, and what
//! is known already changes nothing. Bounded: so many files and bytes a look, the oldest change first.

use std::{
    collections::BTreeMap,
    fs,
    path::{Path, PathBuf},
    time::UNIX_EPOCH,
};

use watches_scrape::mail;

use super::{Look, place::Cursor};

/// Files of one look; the first one leaves out what is older than the newest so many.
const AT_ONCE: usize = 300;
/// Bytes of one look.
const BYTES: u64 = 64 * 1024 * 1024;
/// Files that are remembered: the most recently changed.
const REMEMBERED: usize = 20_000;

#[derive(Debug)]
struct File {
    /// Without what a Maildir appends when a message is seen, so that moving it is not a new one.
    name: String,
    path: PathBuf,
    size: u64,
    changed: i64,
}

/// What is new in a folder. Fails with a sentence when the folder cannot be read.
pub(super) fn look(folder: &Path, cursor: Cursor) -> Result<Look, String> {
    let mut files = list(folder)?;
    files.sort_by(|left, right| (left.changed, &left.name).cmp(&(right.changed, &right.name)));
    let skipped = files.len().saturating_sub(REMEMBERED);
    files.drain(..skipped);
    let first = cursor.files.is_empty();
    let fresh = |file: &&File| cursor.files.get(&file.name) != Some(&(file.size, file.changed));
    let new: Vec<&File> = files.iter().filter(fresh).collect();
    let old = if first { new.len().saturating_sub(AT_ONCE) } else { 0 };
    let mut kept: BTreeMap<String, (u64, i64)> = BTreeMap::new();
    for file in &files {
        kept.extend(cursor.files.get(&file.name).map(|known| (file.name.clone(), *known)));
    }
    let mark = |file: &File| (file.name.clone(), (file.size, file.changed));
    kept.extend(new.iter().take(old).map(|file| mark(file)));
    let (mut messages, mut bytes, mut more) = (Vec::new(), 0, false);
    for (count, file) in new.into_iter().skip(old).enumerate() {
        if count >= AT_ONCE || bytes > BYTES {
            more = true;
            break;
        }
        bytes += file.size;
        messages.extend(messages_of(file));
        kept.extend([mark(file)]);
    }
    Ok(Look { messages, cursor: Cursor { files: kept, more, ..cursor } })
}

/// How many files there are to read.
pub(super) fn count(folder: &Path) -> Result<u32, String> {
    Ok(u32::try_from(list(folder)?.len()).unwrap_or(u32::MAX))
}

fn list(folder: &Path) -> Result<Vec<File>, String> {
    let refused = |error: std::io::Error| format!("{} cannot be read: {error}", folder.display());
    let mut files = Vec::new();
    for entry in fs::read_dir(folder).map_err(refused)? {
        files.extend(file(&entry.map_err(refused)?, "", is_mail_name));
    }
    // A Maildir keeps each message in a file of its own, without an ending.
    for part in ["new", "cur"] {
        let Ok(entries) = fs::read_dir(folder.join(part)) else { continue };
        for entry in entries {
            files.extend(file(&entry.map_err(refused)?, "maildir/", |name| !name.starts_with('.')));
        }
    }
    Ok(files)
}

fn is_mail_name(name: &str) -> bool {
    let ending = name.rsplit_once('.').map(|(_, ending)| ending.to_ascii_lowercase());
    ending.is_some_and(|ending| matches!(&*ending, "eml" | "mbox" | "mbx"))
}

fn file(entry: &fs::DirEntry, prefix: &str, wanted: impl Fn(&str) -> bool) -> Option<File> {
    let name = entry.file_name().to_string_lossy().into_owned();
    let known = entry.metadata().ok().filter(fs::Metadata::is_file)?;
    if !wanted(&name) {
        return None;
    }
    let changed = known.modified().ok()?.duration_since(UNIX_EPOCH).unwrap_or_default();
    let plain = if prefix.is_empty() { &name } else { name.split(':').next().unwrap_or(&name) };
    Some(File {
        name: format!("{prefix}{plain}"),
        path: entry.path(),
        size: known.len(),
        changed: i64::try_from(changed.as_millis()).unwrap_or(i64::MAX),
    })
}

/// A file that went away since it was listed, or is far too large, holds nothing.
fn messages_of(file: &File) -> Vec<Vec<u8>> {
    if file.size > BYTES {
        tracing::warn!("{} is too large for a mailbox of saved searches", file.path.display());
        return Vec::new();
    }
    match fs::read(&file.path) {
        Ok(bytes) if mail::looks_like_mail(&bytes) => {
            mail::messages(&bytes).into_iter().map(std::borrow::Cow::into_owned).collect()
        }
        Ok(_) => Vec::new(),
        Err(error) => {
            tracing::warn!("{} could not be read: {error}", file.path.display());
            Vec::new()
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_file_is_read_once_and_a_mailbox_again_when_it_grew() {
        let folder = tempfile::tempdir().expect("a folder");
        let put =
            |name: &str, text: &str| fs::write(folder.path().join(name), text).expect("written");
        put("a.eml", "From: a@b.example\n\nx");
        put("note.txt", "From: a@b.example\n\nx");
        fs::create_dir(folder.path().join("new")).expect("made");
        put("new/17.host", "From: a@b.example\n\ny");
        let first = look(folder.path(), Cursor::default()).expect("readable");
        assert_eq!((first.messages.len(), first.cursor.files.len()), (2, 2));
        let again = look(folder.path(), first.cursor.clone()).expect("readable");
        assert_eq!((again.messages.len(), &again.cursor), (0, &first.cursor));
        // Seen in a mail program: moved and marked.
        fs::create_dir(folder.path().join("cur")).expect("made");
        let to = folder.path().join("cur/17.host:2,S");
        fs::rename(folder.path().join("new/17.host"), to).expect("moved");
        put("a.eml", "From: a@b.example\n\nmore");
        let grown = look(folder.path(), again.cursor).expect("readable");
        assert_eq!(grown.messages, [b"From: a@b.example\n\nmore".to_vec()]);
        assert!(look(&folder.path().join("none"), Cursor::default()).is_err());
    }
}

//! What is left after a crash or on a full disk: every acknowledged write, and a store that opens.

use std::{fs, path::Path, process::Command};

use watches_store::{Store, StoreError, settings};

use crate::build::{Place, START};

/// Copies database and log as they lie on the disk, as a killed process leaves them.
fn left_behind(from: &Path, to: &Path) {
    for suffix in ["", "-wal"] {
        let named = |path: &Path| {
            let mut name = path.as_os_str().to_owned();
            name.push(suffix);
            name
        };
        fs::copy(named(from), named(to)).expect("copied");
    }
}

#[tokio::test]
async fn every_acknowledged_write_survives_and_no_other() {
    let place = Place::new();
    let store = place.open().await;
    for number in 0..12 {
        let mut tx = store.write().await.expect("a transaction");
        settings::put(&mut tx, "number", &number.to_string()).await.expect("put");
        tx.commit().await.expect("acknowledged");
        let mut unfinished = store.write().await.expect("a transaction");
        settings::put(&mut unfinished, "number", "unfinished").await.expect("put");
        let crashed = Place::new();
        left_behind(&place.path(), &crashed.path());
        let reopened = crashed.open().await;
        let mut read = reopened.read().await.expect("a reader");
        let kept = settings::get(&mut read, "number").await.expect("read");
        assert_eq!(kept, Some(number.to_string()));
        drop(read);
        assert_eq!(reopened.examine().await.expect("examined").problems, []);
        reopened.close().await;
    }
    store.close().await;
}

#[tokio::test]
async fn a_log_cut_at_any_place_leaves_a_whole_past() {
    let place = Place::new();
    let store = place.open().await;
    for number in 0..6 {
        let mut tx = store.write().await.expect("a transaction");
        settings::put(&mut tx, "number", &number.to_string()).await.expect("put");
        settings::put(&mut tx, "twin", &number.to_string()).await.expect("put");
        tx.commit().await.expect("acknowledged");
    }
    let mut log = place.path().into_os_string();
    log.push("-wal");
    let bytes = fs::read(&log).expect("the log");
    for part in 0..24 {
        let crashed = Place::new();
        left_behind(&place.path(), &crashed.path());
        let mut log = crashed.path().into_os_string();
        log.push("-wal");
        fs::write(&log, &bytes[..bytes.len() * part / 24 + part]).expect("cut");
        let reopened = crashed.open().await;
        let mut read = reopened.read().await.expect("a reader");
        let number = settings::get(&mut read, "number").await.expect("read");
        let twin = settings::get(&mut read, "twin").await.expect("read");
        assert_eq!(number, twin, "a transaction is there whole or not at all");
        drop(read);
        reopened.close().await;
    }
    store.close().await;
}

/// Needs the right to mount; where it is missing, the full disk is left to the machine that has it.
#[tokio::test]
async fn a_full_disk_is_named_and_costs_nothing_that_was_kept() {
    let folder = tempfile::tempdir().expect("a folder");
    let mount = |words: &[&str]| {
        let done = Command::new("mount").args(words).arg(folder.path()).output();
        done.is_ok_and(|done| done.status.success())
    };
    if !mount(&["-t", "tmpfs", "-o", "size=4m", "tmpfs"]) {
        eprintln!("not allowed to mount a small disk: nothing was tested");
        return;
    }
    let path = folder.path().join("watches.sqlite");
    let outcome = fill_up(&path).await;
    let unmounted = Command::new("umount").arg(folder.path()).status().expect("umount runs");
    assert!(unmounted.success());
    outcome.expect("reads go on, and writes once there is room");
}

async fn fill_up(path: &Path) -> Result<(), StoreError> {
    let store = Store::open(path, START).await.expect("opens");
    let large = format!("\"{}\"", "x".repeat(200_000));
    let mut kept = 0;
    let error = loop {
        let mut tx = store.write().await?;
        let put = settings::put(&mut tx, &format!("k{kept}"), &large).await;
        let done = match put {
            Ok(()) => tx.commit().await,
            Err(error) => Err(error),
        };
        match done {
            Ok(()) => kept += 1,
            Err(error) => break error,
        }
        assert!(kept < 100, "the disk fills");
    };
    assert!(matches!(error, StoreError::DiskFull(_)), "{error:?}");
    let mut read = store.read().await?;
    for number in 0..kept {
        assert_eq!(settings::get(&mut read, &format!("k{number}")).await?.as_ref(), Some(&large));
    }
    assert_eq!(settings::get(&mut read, &format!("k{kept}")).await?, None);
    drop(read);
    let backup = store.back_up(watches_store::Reason::Asked, START).await;
    assert!(matches!(backup, Err(StoreError::DiskFull(_))), "{backup:?}");
    assert_eq!(store.backups()?, [], "no half backup has a name");
    store.close().await;
    drop(store);
    let store = Store::open(path, START).await.expect("opens on a full disk");
    let mut tx = store.write().await?;
    settings::put(&mut tx, "k0", "1").await?;
    tx.commit().await?;
    store.close().await;
    Ok(())
}

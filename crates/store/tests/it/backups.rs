//! Backups are whole, are thinned by age, and come back; the replaced store is kept.

use std::fs;

use watches_core::time::{Span, Timestamp};
use watches_store::{
    Reason, RestoreError, Store, StoreError, backups_of, kept, listings, settings,
};

use crate::build::{Place, START, furnished, listing, listing_id};

#[tokio::test]
async fn a_backup_brings_back_what_was_then() {
    let place = Place::new();
    let store = furnished(&place).await;
    let backup = store.back_up(Reason::Asked, START).await.expect("backed up");
    let mut tx = store.write().await.expect("a transaction");
    listings::put(&mut tx, &[listing(2, "later")]).await.expect("put");
    tx.commit().await.expect("committed");

    store.restore(&backup.path, START + Span::hours(1)).await.expect("restored");
    let mut read = store.read().await.expect("a reader");
    assert_eq!(listings::get(&mut read, listing_id(2)).await.expect("read"), None);
    assert!(listings::get(&mut read, listing_id(1)).await.expect("read").is_some());
    drop(read);
    // The replaced store is a backup now: the restore can be taken back.
    let replaced = store.backups().expect("listed");
    let replaced = replaced.iter().find(|one| one.reason == Reason::BeforeRestore).expect("kept");
    store.restore(&replaced.path, START + Span::hours(2)).await.expect("restored");
    let mut read = store.read().await.expect("a reader");
    assert!(listings::get(&mut read, listing_id(2)).await.expect("read").is_some());
    drop(read);
    store.close().await;
}

#[tokio::test]
async fn a_store_that_does_not_open_is_replaced_by_its_backup() {
    let place = Place::new();
    let store = furnished(&place).await;
    let backup = store.back_up(Reason::Scheduled, START).await.expect("backed up");
    store.close().await;
    drop(store);
    fs::write(place.path(), b"rubbish").expect("written");
    watches_store::restore(&place.path(), &backup.path, START).await.expect("restored");
    let store = place.open().await;
    assert_eq!(store.examine().await.expect("examined").problems, []);
    store.close().await;
    let aside = backups_of(&place.path()).expect("listed");
    let aside = aside.iter().find(|one| one.reason == Reason::BeforeRestore).expect("kept");
    assert_eq!(fs::read(&aside.path).expect("read"), b"rubbish");
}

#[tokio::test]
async fn a_restore_cut_short_is_finished_at_the_next_start() {
    let place = Place::new();
    let store = furnished(&place).await;
    let backup = store.back_up(Reason::Asked, START).await.expect("backed up");
    let mut tx = store.write().await.expect("a transaction");
    settings::put(&mut tx, "later", "{}").await.expect("put");
    tx.commit().await.expect("committed");
    store.close().await;
    drop(store);
    // As a crash would leave it: the copy is decided on, the present file still has the name.
    let mut incoming = place.path().into_os_string();
    incoming.push(".incoming");
    fs::copy(&backup.path, &incoming).expect("copied");
    let store = place.open().await;
    let mut read = store.read().await.expect("a reader");
    assert_eq!(settings::get(&mut read, "later").await.expect("read"), None);
    drop(read);
    store.close().await;
}

#[tokio::test]
async fn what_is_no_backup_is_refused_and_the_store_stays() {
    let place = Place::new();
    let store = furnished(&place).await;
    let stranger = place.folder.path().join("stranger.sqlite");
    fs::write(&stranger, b"not a database at all").expect("written");
    let refused = store.restore(&stranger, START).await;
    assert!(matches!(refused, Err(RestoreError::NotABackup { .. })), "{refused:?}");
    let backup = store.back_up(Reason::Asked, START).await.expect("backed up");
    let mut bytes = fs::read(&backup.path).expect("read");
    let half = bytes.len() / 2;
    bytes.truncate(half);
    fs::write(&stranger, &bytes).expect("written");
    let refused = store.restore(&stranger, START).await;
    assert!(matches!(refused, Err(RestoreError::Copy(_))), "{refused:?}");
    let mut read = store.read().await.expect("a reader");
    assert!(listings::get(&mut read, listing_id(1)).await.expect("read").is_some());
    drop(read);
    store.close().await;
}

#[test]
fn backups_thin_out_as_they_age() {
    let now = Timestamp::from_seconds(2_000_000_000);
    let hourly: Vec<Timestamp> = (0..24 * 400).map(|hours| now - Span::hours(hours)).collect();
    let keep = kept(&hourly, now);
    let ages: Vec<i64> = hourly
        .iter()
        .zip(&keep)
        .filter(|(_, keep)| **keep)
        .map(|(at, _)| (now - *at).as_seconds() / 86_400)
        .collect();
    let between =
        |from: i64, until: i64| ages.iter().filter(|age| (from..until).contains(*age)).count();
    assert_eq!(between(0, 1), 24, "all of the last day");
    assert_eq!(between(2, 7), 5, "one a day of the week");
    assert_eq!(between(8, 36), 4, "one a week of the month");
    assert_eq!(between(36, 366), 11, "one a month of the year");
    assert_eq!(between(366, 1_000), 0);
    assert_eq!(kept(&[now - Span::days(900)], now), [true], "the newest always stays");
}

#[tokio::test]
async fn thinning_deletes_scheduled_backups_only() {
    let place = Place::new();
    let store = furnished(&place).await;
    for days in [500, 400] {
        store.back_up(Reason::Scheduled, START - Span::days(days)).await.expect("backed up");
        store.back_up(Reason::Asked, START - Span::days(days)).await.expect("backed up");
    }
    assert_eq!(store.thin_backups(START).expect("thinned"), 1);
    assert_eq!(store.backups().expect("listed").len(), 3);
    store.close().await;
}

#[tokio::test]
async fn writing_goes_on_while_a_backup_is_made() {
    let place = Place::new();
    let store = furnished(&place).await;
    let writes = async {
        for number in 0..40 {
            let mut tx = store.write().await?;
            settings::put(&mut tx, &format!("k{number}"), "{}").await?;
            tx.commit().await?;
        }
        Ok::<(), StoreError>(())
    };
    let (written, backed_up) = tokio::join!(writes, store.back_up(Reason::Scheduled, START));
    written.expect("written");
    let backup = backed_up.expect("backed up");
    store.close().await;
    drop(store);
    let other = Place::new();
    watches_store::restore(&other.path(), &backup.path, START).await.expect("restored");
    let restored = Store::open(&other.path(), START).await.expect("opens");
    assert_eq!(restored.examine().await.expect("examined").problems, []);
    restored.close().await;
}

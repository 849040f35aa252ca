//! Files that are not as we left them: opened clean, or refused by name; never a wrong value shown.

use std::{fs, path::Path};

use watches_core::time::Timestamp;
use watches_store::{
    Cancel, OpenError, Reason, Store, StoreError,
    listings::{self, Filter, Query, Sort, Stored},
    rules, settings, watchlists,
};

use crate::build::{Place, START, furnished, listing, rule, watchlist};

/// Listings in the stores that are damaged: enough for pages of every kind.
const LISTINGS: u32 = 60;

fn all() -> Vec<Stored> {
    (1..=LISTINGS).map(|number| listing(number, &format!("Rolex Submariner {number}"))).collect()
}

/// A closed store with a backup, and its file's bytes.
async fn sound(place: &Place) -> Vec<u8> {
    let store = furnished(place).await;
    let mut tx = store.write().await.expect("a transaction");
    listings::put(&mut tx, &all()).await.expect("put");
    settings::put(&mut tx, "settings", "{\"currency\":\"EUR\"}").await.expect("put");
    tx.commit().await.expect("committed");
    store.back_up(Reason::Asked, START).await.expect("backed up");
    store.close().await;
    drop(store);
    fs::read(place.path()).expect("the file")
}

/// What the damage did: a refusal by name, or every value as it was written or refused.
async fn survives(path: &Path, case: &str) {
    let store = match Store::open(path, START).await {
        Ok(store) => store,
        Err(OpenError::Corrupt { backups, .. }) => {
            assert!(!backups.is_empty(), "{case}: a backup is offered");
            return;
        }
        Err(OpenError::TooNew { .. }) => return,
        Err(other) => panic!("{case}: {other:?}"),
    };
    let named = |error: &StoreError| {
        assert!(
            matches!(
                error,
                StoreError::Corrupt(_) | StoreError::Damaged { .. } | StoreError::Disk(_)
            ),
            "{case}: {error:?}"
        );
    };
    let truth = all();
    let sorts = [Sort::Newest, Sort::PriceUp, Sort::LandedUp, Sort::BiggestDrop, Sort::EndingSoon];
    for (sort, text) in sorts.into_iter().zip(["", "sub", "", "rolex", "7"]) {
        let filter = Filter { text: text.to_owned(), ..Filter::default() };
        let query = Query { filter, sort, offset: 0, limit: 200 };
        match store.listings(&query, &Cancel::new()).await {
            Ok(page) => {
                for row in &page.rows {
                    let written = truth.iter().any(|stored| stored.listing == *row);
                    assert!(written, "{case}: a row that was never written");
                }
            }
            Err(error) => named(&error),
        }
    }
    let mut read = store.read().await.expect("a reader");
    match listings::after(&mut read, 0, 200).await {
        Ok((_, found)) => assert!(found.iter().all(|one| truth.contains(one)), "{case}: document"),
        Err(error) => named(&error),
    }
    match watchlists::all(&mut read).await {
        Ok(found) => assert!(found.iter().all(|one| *one == watchlist(1)), "{case}: watchlist"),
        Err(error) => named(&error),
    }
    match rules::all(&mut read).await {
        Ok(found) => assert!(found.iter().all(|one| *one == rule(1, 1)), "{case}: rule"),
        Err(error) => named(&error),
    }
    match settings::get(&mut read, "settings").await {
        Ok(Some(text)) => assert_eq!(text, "{\"currency\":\"EUR\"}", "{case}"),
        Ok(None) => {}
        Err(error) => named(&error),
    }
    drop(read);
    store.close().await;
}

#[tokio::test]
async fn a_flipped_bit_is_never_shown() {
    let place = Place::new();
    let sound = sound(&place).await;
    // Positions from a fixed multiplier: the same ones in every run, spread over all pages.
    for case in 0_usize..120 {
        let at = (case * 2_654_435_761 + 97) % sound.len();
        let bit = case % 8;
        let mut bytes = sound.clone();
        bytes[at] ^= 1 << bit;
        fs::write(place.path(), &bytes).expect("written");
        survives(&place.path(), &format!("bit {bit} of byte {at}")).await;
        clear_log(&place.path());
    }
}

#[tokio::test]
async fn a_zeroed_page_or_a_cut_file_is_never_shown() {
    let place = Place::new();
    let sound = sound(&place).await;
    let pages = sound.len() / 8192;
    for page in (0..pages).step_by(pages.div_ceil(20).max(1)) {
        let mut bytes = sound.clone();
        bytes[page * 8192..(page + 1) * 8192].fill(0);
        fs::write(place.path(), &bytes).expect("written");
        survives(&place.path(), &format!("page {page} zeroed")).await;
        clear_log(&place.path());
        fs::write(place.path(), &sound[..page * 8192 + 4_000]).expect("written");
        survives(&place.path(), &format!("cut in page {page}")).await;
        clear_log(&place.path());
    }
}

#[tokio::test]
async fn an_empty_file_where_a_store_was_is_refused_and_a_first_start_cut_short_is_not() {
    let place = Place::new();
    sound(&place).await;
    fs::write(place.path(), b"").expect("written");
    let refused = Store::open(&place.path(), START).await;
    assert!(matches!(refused, Err(OpenError::Corrupt { ref backups, .. }) if backups.len() == 1));
    assert_eq!(fs::metadata(place.path()).expect("there").len(), 0, "untouched");

    let fresh = Place::new();
    fs::write(fresh.path(), b"").expect("written");
    fresh.open().await.close().await;
}

#[tokio::test]
async fn another_stores_log_does_not_pass_for_ours() {
    let (ours, theirs) = (Place::new(), Place::new());
    let file = sound(&ours).await;
    let other = furnished(&theirs).await;
    let mut tx = other.write().await.expect("a transaction");
    let foreign: Vec<Stored> = (1..=80).map(|number| listing(number, "A foreign watch")).collect();
    listings::put(&mut tx, &foreign).await.expect("put");
    tx.commit().await.expect("committed");
    let mut log = theirs.path().into_os_string();
    log.push("-wal");
    let log = fs::read(log).expect("a log while the store is open");
    other.close().await;
    fs::write(ours.path(), &file).expect("written");
    let mut place = ours.path().into_os_string();
    place.push("-wal");
    fs::write(place, log).expect("written");
    survives(&ours.path(), "another store's log").await;
}

#[tokio::test]
async fn a_file_that_is_no_store_is_named_and_untouched() {
    let place = Place::new();
    for bytes in [&b"hello, this is not a database"[..], &[0_u8; 4096][..]] {
        fs::write(place.path(), bytes).expect("written");
        let refused = Store::open(&place.path(), START).await;
        assert!(matches!(refused, Err(OpenError::Corrupt { .. })), "{refused:?}");
        assert_eq!(fs::read(place.path()).expect("read"), bytes);
    }
}

#[tokio::test]
async fn a_newer_file_is_refused_and_untouched() {
    let place = Place::new();
    let mut bytes = sound(&place).await;
    bytes[60..64].copy_from_slice(&9_999_u32.to_be_bytes());
    fs::write(place.path(), &bytes).expect("written");
    let refused = Store::open(&place.path(), START).await;
    assert!(matches!(refused, Err(OpenError::TooNew { found: 9_999, .. })), "{refused:?}");
    assert_eq!(fs::read(place.path()).expect("read"), bytes);
}

#[tokio::test]
async fn a_second_opening_is_refused_while_the_first_lasts() {
    let place = Place::new();
    let store = place.open().await;
    let second = Store::open(&place.path(), START).await;
    assert!(matches!(second, Err(OpenError::InUse)), "{second:?}");
    store.close().await;
    drop(store);
    place.open().await.close().await;
}

#[tokio::test]
async fn the_doctor_finds_nothing_in_a_sound_store_and_the_damage_in_another() {
    let place = Place::new();
    let sound = sound(&place).await;
    let store = Store::open(&place.path(), Timestamp(START.0 + 1)).await.expect("opens");
    let health = store.examine().await.expect("examined");
    assert_eq!(health.problems, []);
    assert!(health.rows > u64::from(LISTINGS));
    store.close().await;
    drop(store);
    let needle = b"Rolex Submariner 47";
    let at = sound.windows(needle.len()).position(|window| window == needle).expect("the title");
    let mut bytes = sound;
    bytes[at] = b'B';
    fs::write(place.path(), &bytes).expect("written");
    let store = Store::open(&place.path(), START).await.expect("opens");
    let health = store.examine().await.expect("examined");
    assert!(!health.problems.is_empty());
    store.close().await;
}

/// Takes the log of an earlier case away: it belongs to another file.
fn clear_log(path: &Path) {
    for suffix in ["-wal", "-shm"] {
        let mut name = path.as_os_str().to_owned();
        name.push(suffix);
        let _gone = fs::remove_file(name);
    }
}

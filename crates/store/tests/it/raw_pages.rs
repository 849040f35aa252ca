//! Kept pages: once per text, within the quota, oldest out first, and never another text than was kept.

use sqlx::{Connection, SqliteConnection};
use watches_core::time::{Span, Timestamp};
use watches_store::{
    StoreError, Tx,
    raw_pages::{self, Kept, Look, Packed},
};

use crate::build::{Place, START};

/// Plenty for every test but those about the quota.
const QUOTA: i64 = 1_000_000;

fn at(hours: i64) -> Timestamp {
    START + Span::hours(hours)
}

/// A text that packs badly, so that sizes can be told apart.
fn noise(seed: u32, length: usize) -> String {
    let mut state = u64::from(seed) + 1;
    let mut letter = || {
        state =
            state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        char::from(b' ' + u8::try_from((state >> 33) % 90).expect("below 90"))
    };
    (0..length).map(|_| letter()).collect()
}

async fn keep(tx: &mut Tx, url: &str, text: &str, hours: i64, quota: i64) {
    let packed = Packed::of(text).expect("no larger than a page");
    let look = Look::new("shop", url, &packed, at(hours));
    raw_pages::keep(tx, &look, &packed, quota).await.expect("kept");
}

async fn urls(tx: &mut Tx) -> Vec<String> {
    let looks = raw_pages::looks(tx, None).await.expect("read");
    looks.into_iter().map(|look| look.url).collect()
}

#[tokio::test]
async fn a_page_comes_back_and_its_text_is_kept_once() {
    let place = Place::new();
    let store = place.open().await;
    let mut tx = store.write().await.expect("a transaction");
    let page = "<div>Rolex Submariner é</div>".repeat(4_000);
    keep(&mut tx, "a", &page, 0, QUOTA).await;
    keep(&mut tx, "b", &page, 1, QUOTA).await;
    keep(&mut tx, "a", &page, 2, QUOTA).await;
    keep(&mut tx, "a", "changed", 3, QUOTA).await;
    assert_eq!(urls(&mut tx).await, ["b", "a", "a"], "oldest last look first");
    let looks = raw_pages::looks(&mut tx, Some("shop")).await.expect("read");
    assert_eq!(raw_pages::text(&mut tx, &looks[0].body).await.expect("read"), page);
    assert_eq!(raw_pages::text(&mut tx, &looks[2].body).await.expect("read"), "changed");
    assert_eq!(raw_pages::looks(&mut tx, Some("other")).await.expect("read"), []);
    let kept = raw_pages::kept(&mut tx).await.expect("read");
    assert_eq!((kept.looks, kept.bodies), (3, 2));
    assert_eq!(kept.page_bytes, page.len() as u64 + 7);
    assert!(kept.packed_bytes < kept.page_bytes / 20, "{kept:?}");
    raw_pages::seen_again(&mut tx, "shop", "b", at(9)).await.expect("noted");
    raw_pages::seen_again(&mut tx, "shop", "unknown", at(9)).await.expect("nothing to note");
    let last = raw_pages::looks(&mut tx, None).await.expect("read").pop().expect("a look");
    assert_eq!((last.url.as_str(), last.fetched_at, last.last_at), ("b", at(1), at(9)));
}

#[tokio::test]
async fn beyond_the_quota_the_oldest_go_first() {
    let place = Place::new();
    let store = place.open().await;
    let mut tx = store.write().await.expect("a transaction");
    let one = Packed::of(&noise(0, 10_000)).expect("packed").packed_bytes();
    let quota = one * 3 + one / 2;
    for hour in 0..6_u32 {
        keep(&mut tx, &format!("p{hour}"), &noise(hour, 10_000), i64::from(hour), quota).await;
        let kept = raw_pages::kept(&mut tx).await.expect("read");
        assert!(kept.packed_bytes <= u64::try_from(quota).expect("positive"), "{kept:?}");
    }
    assert_eq!(urls(&mut tx).await, ["p3", "p4", "p5"]);
    // A text two addresses show goes only with its last look.
    keep(&mut tx, "twin", &noise(3, 10_000), 6, quota).await;
    keep(&mut tx, "p7", &noise(7, 10_000), 7, quota).await;
    assert_eq!(urls(&mut tx).await, ["p5", "twin", "p7"]);
    keep(&mut tx, "vast", &noise(8, 100_000), 8, quota).await;
    assert_eq!(urls(&mut tx).await, ["p5", "twin", "p7"], "larger than all the quota");
    keep(&mut tx, "none", "x", 9, 0).await;
    assert_eq!(raw_pages::kept(&mut tx).await.expect("read"), Kept::default());
}

#[tokio::test]
async fn a_damaged_text_is_refused_and_named() {
    let place = Place::new();
    let store = place.open().await;
    let mut tx = store.write().await.expect("a transaction");
    keep(&mut tx, "a", &noise(1, 5_000), 0, QUOTA).await;
    let body = raw_pages::looks(&mut tx, None).await.expect("read")[0].body.clone();
    tx.commit().await.expect("committed");
    assert_eq!(store.examine().await.expect("examined").problems, []);
    store.close().await;
    drop(store);
    let path = format!("sqlite://{}", place.path().display());
    let mut other = SqliteConnection::connect(&path).await.expect("opens");
    let swap = "update page_bodies set packed = zeroblob(length(packed))";
    sqlx::query(swap).execute(&mut other).await.expect("damaged");
    other.close().await.expect("closed");
    let store = place.open().await;
    let mut read = store.read().await.expect("a reader");
    let refused = raw_pages::text(&mut read, &body).await;
    assert!(
        matches!(refused, Err(StoreError::Damaged { table: "page_bodies", .. })),
        "{refused:?}"
    );
    let problems = store.examine().await.expect("examined").problems;
    assert_eq!(problems.len(), 1, "{problems:?}");
    assert!(problems[0].what.contains("1 kept pages"), "{problems:?}");
}

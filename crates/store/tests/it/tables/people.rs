//! What people make: watchlists, rules, settings, and alerts told once.

use watches_core::time::Span;
use watches_store::{
    alerts::{self, Delivery, Filter, Mark, Raised},
    rules, settings, watchlists,
};

use crate::build::{Place, START, alert, alert_id, furnished, rule, watchlist, watchlist_id};

#[tokio::test]
async fn a_deleted_watchlist_hides_its_rules_and_comes_back() {
    let place = Place::new();
    let store = furnished(&place).await;
    let mut tx = store.write().await.expect("a transaction");
    watchlists::set_deleted(&mut tx, watchlist_id(1), Some(START)).await.expect("deleted");
    assert_eq!(watchlists::all(&mut tx).await.expect("read"), []);
    assert_eq!(rules::all(&mut tx).await.expect("read"), []);
    watchlists::set_deleted(&mut tx, watchlist_id(1), None).await.expect("restored");
    assert_eq!(watchlists::all(&mut tx).await.expect("read"), [watchlist(1)]);
    assert_eq!(rules::of(&mut tx, watchlist_id(1)).await.expect("read"), [rule(1, 1)]);
    tx.commit().await.expect("committed");
}

#[tokio::test]
async fn the_same_news_is_told_once() {
    let place = Place::new();
    let store = furnished(&place).await;
    let mut tx = store.write().await.expect("a transaction");
    assert_eq!(alerts::raise(&mut tx, &alert(1, "k")).await.expect("raised"), Raised::New);
    assert_eq!(alerts::raise(&mut tx, &alert(2, "k")).await.expect("raised"), Raised::ToldBefore);
    assert_eq!(alerts::queued(&mut tx).await.expect("read"), [alert(1, "k")]);
    alerts::set_delivery(&mut tx, alert_id(1), Delivery::Sent).await.expect("set");
    alerts::mark(&mut tx, &[alert_id(1)], Mark::SnoozedUntil(START + Span::hours(1)))
        .await
        .expect("marked");
    let at = |hours| START + Span::hours(hours);
    let inbox = alerts::page(&mut tx, Filter::Inbox, at(0), 0, 10).await.expect("read");
    assert_eq!((inbox.total, inbox.unread), (0, 0));
    let inbox = alerts::page(&mut tx, Filter::Unread, at(1), 0, 10).await.expect("read");
    assert_eq!((inbox.total, inbox.unread, inbox.rows.len()), (1, 1, 1));
    tx.commit().await.expect("committed");
}

#[tokio::test]
async fn settings_are_put_and_got() {
    let place = Place::new();
    let store = furnished(&place).await;
    let mut tx = store.write().await.expect("a transaction");
    settings::put(&mut tx, "settings", "{}").await.expect("put");
    settings::put(&mut tx, "settings", "{\"a\":1}").await.expect("put");
    let got = settings::get(&mut tx, "settings").await.expect("read");
    assert_eq!(got.as_deref(), Some("{\"a\":1}"));
    tx.commit().await.expect("committed");
}

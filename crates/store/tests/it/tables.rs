//! Every table: what was written is read back, and nothing else.

mod facts;
mod mail;
mod people;

use crate::build::{Place, furnished, listing, listing_id};
use watches_store::{
    Cancel,
    listings::{self, Filter, Query, Sort},
};

#[tokio::test]
async fn a_listing_comes_back_as_it_was_put() {
    let place = Place::new();
    let store = furnished(&place).await;
    let mut read = store.read().await.expect("a reader");
    let stored = listings::document(&mut read, listing_id(1)).await.expect("read");
    assert_eq!(stored, Some(listing(1, "Rolex Submariner Date 126610LN full set")));
    let found = listings::find(&mut read, "ebay", &["m1", "m2"]).await.expect("read");
    assert_eq!(found.len(), 1);
}

#[tokio::test]
async fn a_dropped_transaction_changes_nothing() {
    let place = Place::new();
    let store = furnished(&place).await;
    let mut tx = store.write().await.expect("a transaction");
    listings::put(&mut tx, &[listing(2, "Omega Speedmaster")]).await.expect("put");
    drop(tx);
    let query = Query { limit: 10, ..Query::default() };
    let page = store.listings(&query, &Cancel::new()).await.expect("a page");
    assert_eq!(page.total, 1);
}

#[tokio::test]
async fn every_order_answers_with_and_without_words() {
    let place = Place::new();
    let store = furnished(&place).await;
    let sorts = [
        Sort::Newest,
        Sort::PriceUp,
        Sort::PriceDown,
        Sort::LandedUp,
        Sort::EndingSoon,
        Sort::BiggestDrop,
    ];
    for sort in sorts {
        for text in ["", "sub", "rolex submar", "submariner"] {
            let filter = Filter { text: text.to_owned(), ..Filter::default() };
            let query = Query { filter, sort, offset: 0, limit: 50 };
            let page = store.listings(&query, &Cancel::new()).await.expect("a page");
            assert_eq!((page.total, page.rows.len()), (1, 1), "{sort:?} {text}");
        }
    }
}

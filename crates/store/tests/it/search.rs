//! The window's table against a plain loop over the same listings: same rows, same order, same total.

use watches_core::{
    listing::extracted::{SaleKind, SaleState},
    time::Span,
};
use watches_store::{
    Cancel, Store, StoreError,
    listings::{self, Filter, Listing, Query, Sort, Stored},
    watchlist_listings, words,
};

use crate::build::{Place, START, furnished, listing, listing_id, watchlist_id};

const TITLES: &[&str] = &[
    "Rolex Submariner Date 126610LN full set",
    "Rolex Datejust 36 automatic box",
    "Omega Speedmaster Professional automatically wound",
    "Patek Philippe Nautilus 5711/1A-010",
    "Jaeger-LeCoultre Réverso Classic",
    "Tudor Black Bay automatix hommage",
    "Grand Seiko Snowflake Spring Drive",
    "ロレックス サブマリーナ 126610LN",
];

fn varied(number: u32) -> Stored {
    let title = TITLES[number as usize % TITLES.len()];
    let mut stored = listing(number, title);
    let row = &mut stored.listing;
    // Facts that differ from row to row, in steps that do not go together.
    let step = |every: u32| number.is_multiple_of(every);
    row.brand = None;
    row.family = None;
    row.reference = None;
    row.seller = Some(format!("dealer{}", number % 13));
    row.price_rank = (!step(7)).then_some(i64::from(number * 7_919 % 1_000));
    row.landed = row.price_rank.map(|rank| crate::build::eur(rank * 2));
    row.first_price = Some(crate::build::eur(900_000 + i64::from(number * 31 % 5_000)));
    row.kind = if step(3) { SaleKind::Auction } else { SaleKind::Fixed };
    row.state = if step(5) { SaleState::Sold } else { SaleState::Active };
    row.ends_at = step(3).then(|| START + Span::minutes(i64::from(number * 577 % 900)));
    row.source = if step(2) { "ebay".to_owned() } else { "chrono24".to_owned() };
    row.dismissed = step(11);
    stored
}

async fn filled(place: &Place, rows: u32) -> Store {
    let store = furnished(place).await;
    let stored: Vec<Stored> = (1..=rows).map(varied).collect();
    let mut tx = store.write().await.expect("a transaction");
    listings::put(&mut tx, &stored).await.expect("put");
    let claimed: Vec<_> = (1..=rows).filter(|n| n % 4 == 0).map(listing_id).collect();
    watchlist_listings::link(&mut tx, watchlist_id(1), &claimed, START).await.expect("linked");
    let verdicts: Vec<_> = claimed.iter().enumerate().map(|(n, id)| (*id, n % 3 == 0)).collect();
    watchlist_listings::set_matching(&mut tx, watchlist_id(1), &verdicts).await.expect("set");
    tx.commit().await.expect("committed");
    store
}

/// The whole answer by a loop, in the order asked for.
fn expected(filter: &Filter, sort: Sort, rows: u32) -> Vec<Listing> {
    let typed = words::fold(&filter.text);
    let claimed = |number: u32| number.is_multiple_of(4);
    let matching = |number: u32| claimed(number) && (number / 4 - 1).is_multiple_of(3);
    let mut found: Vec<(u32, Listing)> = (1..=rows)
        .map(|number| (number, varied(number).listing))
        .map(|(number, row)| (number, Listing { matches: matching(number), ..row }))
        .filter(|(number, row)| {
            let line = words::line([row.title.as_str(), row.seller.as_deref().unwrap_or("")]);
            typed.iter().all(|word| line.contains(&format!(" {word}")))
                && (filter.include_gone || row.state == SaleState::Active)
                && (filter.include_dismissed || !row.dismissed)
                && (!filter.matching_only || row.matches)
                && filter.kind.is_none_or(|kind| kind == row.kind)
                && filter.source.as_ref().is_none_or(|source| *source == row.source)
                && (filter.watchlist.is_none() || claimed(*number))
        })
        .collect();
    let last = |value: Option<i64>| value.unwrap_or(i64::MAX);
    found.sort_by_key(|(number, row)| {
        let number = i64::from(*number);
        let fell = row
            .first_price
            .zip(row.price)
            .map_or(0, |(first, now)| (first.minor - now.minor) * 1_000_000 / first.minor);
        match sort {
            Sort::Newest => (0, -number),
            Sort::PriceUp => (last(row.price_rank), -number),
            Sort::PriceDown => (row.price_rank.map_or(i64::MAX, |rank| -rank), number),
            Sort::LandedUp => (last(row.landed.map(|money| money.minor)), -number),
            Sort::EndingSoon => (last(row.ends_at.map(|at| at.0)), -number),
            Sort::BiggestDrop => (-fell, -number),
        }
    });
    found.into_iter().map(|(_, row)| row).collect()
}

fn filters() -> Vec<Filter> {
    let plain = Filter::default;
    let text = |text: &str| Filter { text: text.to_owned(), ..plain() };
    vec![
        plain(),
        Filter { include_gone: true, ..plain() },
        Filter { include_dismissed: true, include_gone: true, ..plain() },
        Filter { kind: Some(SaleKind::Auction), ..plain() },
        Filter { source: Some("ebay".to_owned()), ..plain() },
        Filter { matching_only: true, ..plain() },
        Filter { watchlist: Some(watchlist_id(1)), ..plain() },
        Filter { watchlist: Some(watchlist_id(1)), matching_only: true, ..text("ro") },
        text("rolex"),
        text("Rolex  SUB"),
        text("r"),
        text("automatic"),
        text("automatix"),
        text("automatically w"),
        text("57111a"),
        text("5711/1A"),
        text("reverso"),
        text("ロレ"),
        text("dealer7"),
        text("nothing-of-this-kind"),
        text("\"rolex\" OR *"),
        text("!?"),
        Filter { include_gone: true, kind: Some(SaleKind::Fixed), ..text("ro da") },
    ]
}

#[tokio::test]
async fn every_filter_and_order_agrees_with_a_plain_loop() {
    let place = Place::new();
    let rows = 600;
    let store = filled(&place, rows).await;
    let sorts = [
        Sort::Newest,
        Sort::PriceUp,
        Sort::PriceDown,
        Sort::LandedUp,
        Sort::EndingSoon,
        Sort::BiggestDrop,
    ];
    for filter in filters() {
        let nothing = filter.text == "!?";
        for sort in sorts {
            let whole = if nothing { Vec::new() } else { expected(&filter, sort, rows) };
            for (offset, limit) in [(0, 50), (30, 20), (10_000, 10)] {
                let query = Query { filter: filter.clone(), sort, offset, limit };
                let page = store.listings(&query, &Cancel::new()).await.expect("a page");
                let part: Vec<&Listing> =
                    whole.iter().skip(offset as usize).take(limit as usize).collect();
                let got: Vec<&Listing> = page.rows.iter().collect();
                assert_eq!(page.total as usize, whole.len(), "{filter:?} {sort:?}");
                let ids = |rows: &[&Listing]| rows.iter().map(|row| row.id).collect::<Vec<_>>();
                assert_eq!(ids(&got), ids(&part), "{filter:?} {sort:?} from {offset}");
                assert_eq!(got, part, "{filter:?} {sort:?} from {offset}");
            }
        }
    }
    assert_eq!(store.examine().await.expect("examined").problems, []);
    store.close().await;
}

#[tokio::test]
async fn a_new_title_is_found_by_its_new_words_only() {
    let place = Place::new();
    let store = furnished(&place).await;
    let mut stored = listing(1, "Omega Constellation automatically wound");
    stored.listing.brand = None;
    let mut tx = store.write().await.expect("a transaction");
    listings::put(&mut tx, &[stored]).await.expect("put");
    tx.commit().await.expect("committed");
    for (text, total) in [("full", 0), ("omega", 1), ("automatica", 1), ("rolex", 0)] {
        let filter = Filter { text: text.to_owned(), ..Filter::default() };
        let query = Query { filter, limit: 10, ..Query::default() };
        let page = store.listings(&query, &Cancel::new()).await.expect("a page");
        assert_eq!(page.total, total, "{text}");
    }
    assert_eq!(store.examine().await.expect("examined").problems, []);
    store.close().await;
}

#[tokio::test]
async fn a_tripped_flag_ends_a_query_and_the_next_one_runs() {
    let place = Place::new();
    let store = filled(&place, 200).await;
    let cancel = Cancel::new();
    cancel.trip();
    let query = Query { limit: 10, ..Query::default() };
    let ended = store.listings(&query, &cancel).await;
    assert!(matches!(ended, Err(StoreError::Cancelled)), "{ended:?}");
    let page = store.listings(&query, &Cancel::new()).await.expect("a page");
    assert_eq!(page.rows.len(), 10);
    store.close().await;
}

//! The time machine: a newer reader over kept pages. An older reader is imitated by altering what it stored.

use std::path::Path;

use watches_app::reparse::{Difference, Report, Wanted};
use watches_core::{
    listing::extracted::SaleState,
    money::{Currency, Money},
    time::Span,
};
use watches_ipc::settings::{GetSettings, SaveSettings};
use watches_store::{
    Store,
    listings::{self, Stored},
    observations, raw_pages,
};

use crate::support::{House, SHOP, START, TWO, dealer, poll, shop};

async fn polled() -> House {
    let house = dealer().await;
    poll(&house.app).await;
    house
}

async fn reparse(house: &House, apply: bool) -> (Report, Vec<Difference>) {
    let mut told = Vec::new();
    let wanted = Wanted { source: None, apply };
    let report = house.app.reparse(&wanted, |difference| told.push(difference.clone())).await;
    (report.expect("read again"), told)
}

/// The store between two runs of the app.
async fn stored(folder: &Path) -> (Store, Vec<Stored>) {
    let store = Store::open(&folder.join("watches.db"), START).await.expect("opens");
    let (_, all) =
        listings::after(&mut store.read().await.expect("a reader"), 0, 100).await.expect("read");
    (store, all)
}

/// Changes what the reader of then made of `a1`.
async fn as_an_older_reader_left_it(house: House, change: impl Fn(&mut Stored)) -> House {
    let House { folder, clock, ear, shelf, app } = house;
    drop(app);
    let (store, mut all) = stored(folder.path()).await;
    let first = all.iter_mut().find(|one| one.listing.url.ends_with("/a1")).expect("there");
    change(first);
    let mut tx = store.write().await.expect("a transaction");
    listings::put(&mut tx, &all).await.expect("put");
    tx.commit().await.expect("committed");
    store.close().await;
    drop(store);
    let app = crate::support::open(folder.path(), &clock, &ear, Some(shelf.clone()), None).await;
    House { folder, clock, ear, shelf, app }
}

#[tokio::test]
async fn the_same_reader_changes_nothing() {
    let house = polled().await;
    for title in ["Rolex Submariner Date 126610LN, 2021", "Rolex Submariner Date 126610LN"] {
        house.clock.advance(Span::hours(1));
        house.shelf.put(SHOP, 200, shop(&[("a1", title, "10400"), TWO[1]]));
        poll(&house.app).await;
    }
    house.shelf.put("https://dealer.test/watch/a2", 404, "");
    house.shelf.put(SHOP, 200, shop(&TWO[..1]));
    house.clock.advance(Span::hours(1));
    poll(&house.app).await;
    let (report, told) = reparse(&house, true).await;
    assert_eq!((told, report.different, report.applied), (Vec::new(), 0, 0));
    assert_eq!((report.pages, report.listings, report.only_now), (4, 2, 0), "{report:?}");
    assert_eq!((report.held, report.without_page, report.unread_pages), (0, 0, 0), "{report:?}");
}

#[tokio::test]
async fn a_newer_reader_tells_its_differences_before_it_corrects() {
    let mut house = polled().await;
    house = as_an_older_reader_left_it(house, |one| {
        let page = &mut one.document.normalised.extracted;
        "Rolex Submariner".clone_into(&mut page.title);
        page.image = None;
        page.price = Some(Money::new(105_000, Currency::EUR));
        page.seller = Some("read from the wrong place".to_owned());
        one.document.normalised.watch.reference = None;
        one.listing.reference = None;
        "Rolex Submariner".clone_into(&mut one.listing.title);
        one.listing.price = page.price;
        one.listing.dismissed = true;
    })
    .await;
    let (report, told) = reparse(&house, false).await;
    assert_eq!((report.different, report.applied, told.len()), (1, 0, 1), "{report:?}");
    let fields: Vec<&str> = told[0].fields.iter().map(|change| change.field.as_str()).collect();
    for field in ["title", "image", "price", "watch.reference"] {
        assert!(fields.contains(&field), "{field} in {fields:?}");
        assert_eq!(report.fields.get(field), Some(&1));
    }
    assert!(!fields.contains(&"seller"), "what no page says stays: {fields:?}");
    let kept: Vec<&str> = told[0].kept.iter().map(|change| change.field.as_str()).collect();
    assert_eq!(kept, ["seller"]);
    let title = told[0].fields.iter().find(|change| change.field == "title").expect("told");
    assert_eq!((&title.before, &title.after), (&"Rolex Submariner".into(), &TWO[0].1.into()));

    let before = observed(&mut house).await;
    let (dry, _) = reparse(&house, false).await;
    assert_eq!(dry, report, "a dry run changes nothing");
    let heard = house.ear.heard().len();
    let (applied, same) = reparse(&house, true).await;
    assert_eq!((applied.applied, same), (1, told));
    assert_eq!(house.ear.heard().len(), heard, "nobody is told of history");
    let after = observed(&mut house).await;
    assert_eq!(after.1, before.1, "observations are as they were");
    let row = &after.0.iter().find(|one| one.listing.url.ends_with("/a1")).expect("there").listing;
    assert_eq!((row.title.as_str(), row.reference.as_deref()), (TWO[0].1, Some("126610LN")));
    assert_eq!(row.price, Some(Money::new(1_050_000, Currency::EUR)));
    let seller = Some("read from the wrong place");
    assert_eq!((row.seller.as_deref(), row.dismissed), (seller, true), "kept, as no page says it");
    let (again, _) = reparse(&house, true).await;
    assert_eq!((again.applied, again.fields.get("title")), (0, None), "nothing is left to correct");
}

/// All listings and all observations; the app is away meanwhile.
async fn observed(
    house: &mut House,
) -> (Vec<Stored>, Vec<Vec<watches_core::listing::price::Observation>>) {
    // The store is locked by the app, so the file is read as a copy, as a backup would be.
    let copy = tempfile::tempdir().expect("a folder");
    for name in ["watches.db", "watches.db-wal"] {
        let from = house.folder.path().join(name);
        if from.exists() {
            std::fs::copy(from, copy.path().join(name)).expect("copied");
        }
    }
    let (store, all) = stored(copy.path()).await;
    let mut read = store.read().await.expect("a reader");
    let mut histories = Vec::new();
    for one in &all {
        histories.push(observations::history(&mut read, one.listing.id).await.expect("read"));
    }
    drop(read);
    store.close().await;
    (all, histories)
}

#[tokio::test]
async fn a_listing_that_is_gone_gets_its_words_but_not_its_state() {
    let house = polled().await;
    house.clock.advance(Span::hours(1));
    house.shelf.put(SHOP, 200, shop(&TWO[1..]));
    house.shelf.put("https://dealer.test/watch/a1", 404, "");
    poll(&house.app).await;
    let mut house = as_an_older_reader_left_it(house, |one| {
        assert_eq!(one.listing.state, SaleState::Ended);
        one.document.normalised.extracted.image = None;
    })
    .await;
    let (report, told) = reparse(&house, true).await;
    assert_eq!((report.applied, report.held), (1, 0), "{told:?}");
    let (all, _) = observed(&mut house).await;
    let row = &all.iter().find(|one| one.listing.url.ends_with("/a1")).expect("there").listing;
    assert_eq!(row.state, SaleState::Ended);
    assert_eq!(row.image.as_deref(), Some("https://dealer.test/a1.jpg"));
}

#[tokio::test]
async fn no_quota_keeps_no_pages_and_leaves_listings_alone() {
    let house = polled().await;
    let mut settings = house.app.get_settings(GetSettings {}).await.expect("settings");
    settings.page_quota_mb = 0;
    house.app.save_settings(SaveSettings { settings }).await.expect("saved");
    house.clock.advance(Span::hours(1));
    poll(&house.app).await;
    let (report, told) = reparse(&house, true).await;
    assert_eq!((report.kept, report.pages), (raw_pages::Kept::default(), 0));
    assert_eq!((report.listings, report.without_page, told), (2, 2, Vec::new()));
}

#[tokio::test]
async fn an_unknown_source_is_refused() {
    let house = polled().await;
    let wanted = Wanted { source: Some("dealer:dealer.test".to_owned()), apply: false };
    let report = house.app.reparse(&wanted, |_| ()).await.expect("read again");
    assert_eq!((report.pages, report.listings), (1, 2));
    let wanted = Wanted { source: Some("nowhere".to_owned()), apply: false };
    let refused = house.app.reparse(&wanted, |_| ()).await.expect_err("no such source");
    assert!(refused.to_string().contains("`nowhere`"), "{refused}");
}

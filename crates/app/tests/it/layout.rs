//! Pages that are not as they were: another layout, rubbish, a challenge, a listing gone.

use watches_core::{listing::extracted::SaleState, time::Span};
use watches_ipc::{
    fault::FaultCode,
    listing::{ImportPage, ListListings, ListingFilter, ListingRow},
    source::{ListSources, SourceState},
};

use crate::support::{House, SHOP, TWO, dealer, poll, shop};

async fn state(house: &House) -> SourceState {
    let sources = house.app.list_sources(ListSources {}).await.expect("sources");
    let dealer = sources.into_iter().find(|source| source.key == "dealer:dealer.test");
    dealer.expect("the dealer").state
}

async fn listings(house: &House) -> Vec<ListingRow> {
    let filter = ListingFilter { include_gone: true, ..ListingFilter::default() };
    let all = ListListings { filter, limit: 100, ..ListListings::default() };
    house.app.list_listings(all).await.expect("listings").rows
}

#[tokio::test]
async fn a_changed_layout_degrades_once_and_keeps_what_was_read() {
    let house = dealer().await;
    for _ in 0..4 {
        assert_eq!(poll(&house.app).await.listings, 2);
        house.clock.advance(Span::hours(1));
    }
    assert_eq!(state(&house).await, SourceState::Ok);
    let before = house.ear.heard().len();
    house.shelf.put(
        SHOP,
        200,
        "<html><body><div class='new-card'>Rolex, 9.999</div></body></html>",
    );
    for _ in 0..3 {
        poll(&house.app).await;
        house.clock.advance(Span::hours(1));
    }
    assert!(matches!(state(&house).await, SourceState::Degraded { .. }));
    let told = &house.ear.heard()[before..];
    assert_eq!(told.len(), 1, "one notice: {told:?}");
    assert!(told[0].body.contains("last good values"), "{told:?}");
    let rows = listings(&house).await;
    assert_eq!(rows.len(), 2);
    assert!(rows.iter().all(|row| row.state == SaleState::Active && row.price.is_some()));
    // The old layout comes back: the source is well again.
    house.shelf.put(SHOP, 200, shop(TWO));
    poll(&house.app).await;
    assert_eq!(state(&house).await, SourceState::Ok);
}

#[tokio::test]
async fn a_challenge_needs_the_person_and_deletes_nothing() {
    let house = dealer().await;
    poll(&house.app).await;
    let challenge = "<html><head><title>Just a moment...</title></head><body>\
        <script src=\"/cdn-cgi/challenge-platform/h/b/orchestrate/chl_page/v1\"></script>\
        <div id=\"challenge-error-text\">Enable JavaScript and cookies to continue</div></body></html>";
    house.shelf.put(SHOP, 403, challenge);
    let report = poll(&house.app).await;
    assert_eq!(report.problems.len(), 1, "{report:?}");
    assert!(matches!(state(&house).await, SourceState::NeedsYou { .. }), "{report:?}");
    assert_eq!(listings(&house).await.len(), 2);
}

#[tokio::test]
async fn a_listing_that_is_missing_is_looked_up_before_it_is_gone() {
    let house = dealer().await;
    poll(&house.app).await;
    house.clock.advance(Span::hours(1));
    house.shelf.put(SHOP, 200, shop(&TWO[..1]));
    house.shelf.put("https://dealer.test/watch/a2", 200, shop(&TWO[1..]));
    poll(&house.app).await;
    assert!(listings(&house).await.iter().all(|row| row.state == SaleState::Active));
    house.clock.advance(Span::hours(1));
    house.shelf.put("https://dealer.test/watch/a2", 404, "");
    poll(&house.app).await;
    let rows = listings(&house).await;
    let gone = rows.iter().find(|row| row.title.contains("GMT")).expect("still stored");
    assert_eq!(gone.state, SaleState::Ended);
    assert_eq!(gone.price.map(|price| price.minor), Some(1_690_000));
}

#[tokio::test]
async fn rubbish_is_refused_with_a_sentence() {
    let house = House::new().await;
    let import = |html: &str| ImportPage {
        file_name: "page.html".to_owned(),
        html: html.to_owned(),
        url: None,
    };
    let deep = "<div>".repeat(200_000);
    for rubbish in ["", "not a page", "\u{0}\u{1}\u{fffd}", "<html", deep.as_str(), "{\"a\":["] {
        let refused = house.app.import_page(import(rubbish)).await.expect_err("no listing in it");
        assert_eq!(refused.code, FaultCode::BadFile);
    }
    let report = house.app.import_page(import(&shop(TWO))).await.expect("a good page");
    assert_eq!((report.added, report.updated), (2, 0), "{report:?}");
}

//! What polls bring: observations, sightings, who found what, memories, sources, schedules, photos.

use watches_core::time::Span;
use watches_store::{
    StoreError, alert_memory, fetch_memory, fills, listings, observations, photos, poll_schedule,
    sightings, sources,
    watchlist_listings::{self, Counts},
};

use crate::build::{
    Place, START, eur, furnished, listing, listing_id, observation, rule_id, watchlist_id,
};

#[tokio::test]
async fn observations_are_kept_once_and_make_the_spark() {
    let place = Place::new();
    let store = furnished(&place).await;
    let mut tx = store.write().await.expect("a transaction");
    let id = listing_id(1);
    let first = observation(START, Some(eur(1_000_000)));
    let other = observation(START, Some(eur(5)));
    let later = observation(START + Span::hours(1), Some(eur(900_000)));
    let unknown = observation(START + Span::hours(2), None);
    let fresh = [(id, later.clone()), (id, first.clone()), (id, other), (id, unknown.clone())];
    observations::append(&mut tx, &fresh).await.expect("appended");
    let history = observations::history(&mut tx, id).await.expect("read");
    assert_eq!(history.len(), 3, "the second at one instant is refused");
    assert_eq!(history.get(1), Some(&later));
    let sparks = observations::sparks(&mut tx, &[id], 24).await.expect("read");
    assert_eq!(sparks.get(&id).map(Vec::len), Some(2));
    tx.commit().await.expect("committed");
}

#[tokio::test]
async fn a_long_silence_is_a_gap() {
    let place = Place::new();
    let store = furnished(&place).await;
    let mut tx = store.write().await.expect("a transaction");
    let at = |hours| START + Span::hours(hours);
    for hours in [0, 1, 2, 30, 31] {
        sightings::saw(&mut tx, &[listing_id(1)], at(hours), Span::hours(3)).await.expect("saw");
    }
    let stretches = sightings::of(&mut tx, listing_id(1)).await.expect("read");
    assert_eq!(stretches, [(at(0), at(2)), (at(30), at(31))]);
    assert_eq!(sightings::unobserved(&stretches), [(at(2), at(30))]);
    tx.commit().await.expect("committed");
}

#[tokio::test]
async fn matches_follow_the_watchlists_that_claim_a_listing() {
    let place = Place::new();
    let store = furnished(&place).await;
    let mut tx = store.write().await.expect("a transaction");
    let (hunt, id) = (watchlist_id(1), listing_id(1));
    watchlist_listings::link(&mut tx, hunt, &[id], START).await.expect("linked");
    watchlist_listings::set_matching(&mut tx, hunt, &[(id, true)]).await.expect("set");
    let counts = watchlist_listings::counts(&mut tx).await.expect("read");
    assert_eq!(counts.get(&hunt), Some(&Counts { listings: 1, matching: 1 }));
    let matches = |stored: Option<listings::Listing>| stored.map(|listing| listing.matches);
    assert_eq!(matches(listings::get(&mut tx, id).await.expect("read")), Some(true));
    let best = listings::best(&mut tx, hunt).await.expect("read");
    assert_eq!(best.map(|listing| listing.id), Some(id));
    watchlist_listings::set_matching(&mut tx, hunt, &[(id, false)]).await.expect("set");
    assert_eq!(matches(listings::get(&mut tx, id).await.expect("read")), Some(false));
    tx.commit().await.expect("committed");
}

#[tokio::test]
async fn memories_schedules_and_photos_come_back() {
    let place = Place::new();
    let store = furnished(&place).await;
    let mut tx = store.write().await.expect("a transaction");
    let memory = alert_memory::Memory {
        rule: rule_id(1),
        listing: listing_id(1),
        alerted_at: Some(START),
        alerted_price: Some(eur(900_000)),
        held_since: None,
        armed: true,
    };
    alert_memory::save(&mut tx, &[memory]).await.expect("saved");
    assert_eq!(alert_memory::of(&mut tx, &[listing_id(1)]).await.expect("read"), [memory]);
    let appointment = poll_schedule::Appointment {
        watchlist: watchlist_id(1),
        source: "ebay".to_owned(),
        next_at: START + Span::hours(1),
        last_at: Some(START),
        failures: 2,
    };
    poll_schedule::save(&mut tx, std::slice::from_ref(&appointment)).await.expect("saved");
    assert_eq!(poll_schedule::all(&mut tx).await.expect("read"), [appointment]);
    poll_schedule::remove(&mut tx, watchlist_id(1), "ebay").await.expect("removed");
    assert_eq!(poll_schedule::all(&mut tx).await.expect("read"), []);
    let photo = photos::Photo {
        url: "https://example.com/1.jpg".to_owned(),
        hash: "ab12".to_owned(),
        media_type: "image/jpeg".to_owned(),
        bytes: 1_234,
        fetched_at: START,
    };
    photos::save(&mut tx, &photo).await.expect("saved");
    assert_eq!(photos::by_url(&mut tx, &photo.url).await.expect("read"), Some(photo.clone()));
    assert_eq!(photos::by_hash(&mut tx, "ab12").await.expect("read"), Some(photo));
    tx.commit().await.expect("committed");
}

#[tokio::test]
async fn sources_keep_their_budget_and_fill() {
    let place = Place::new();
    let store = furnished(&place).await;
    let mut tx = store.write().await.expect("a transaction");
    let source = sources::Source {
        key: "ebay".to_owned(),
        name: "eBay".to_owned(),
        kind: sources::SourceKind::Market,
        address: "https://www.ebay.com".to_owned(),
        enabled: true,
        demo: false,
        state: "{}".to_owned(),
        last_poll: Some(START),
        last_success: None,
        next_poll: None,
        daily_budget: 500,
    };
    sources::save(&mut tx, &source).await.expect("saved");
    assert_eq!(sources::get(&mut tx, "ebay").await.expect("read"), Some(source.clone()));
    assert_eq!(sources::spend(&mut tx, "ebay", 20_000, 3).await.expect("spent"), 3);
    assert_eq!(sources::spend(&mut tx, "ebay", 20_000, 2).await.expect("spent"), 5);
    assert_eq!(sources::used(&mut tx, "ebay", 20_001).await.expect("read"), 0);
    for (hours, share) in [(0, 1.0), (1, 0.9), (2, 0.2)] {
        let now = START + Span::hours(hours);
        fills::append(&mut tx, "ebay", now, &[("price", share)], START).await.expect("noted");
    }
    let medians = fills::medians(&mut tx, "ebay", START).await.expect("read");
    let expected = fills::Fill { field: "price".to_owned(), now: 0.2, median: 0.9, polls: 3 };
    assert_eq!(medians, [expected]);
    let memory = fetch_memory::Memory {
        kind: "host".to_owned(),
        key: "www.ebay.com".to_owned(),
        document: "{\"tokens\":3}".to_owned(),
        updated_at: START,
    };
    fetch_memory::save(&mut tx, std::slice::from_ref(&memory)).await.expect("saved");
    let all = fetch_memory::all(&mut tx).await.expect("read");
    assert_eq!(all.first(), Some(&memory));
    let got = fetch_memory::get(&mut tx, "host", "www.ebay.com").await.expect("read");
    assert_eq!(got, Some(memory));
    let forgotten = fetch_memory::forget_before(&mut tx, START + Span::hours(1)).await;
    assert_eq!(forgotten.expect("forgot"), 1);
    assert!(sources::remove(&mut tx, "ebay").await.expect("removed"));
    assert_eq!(sources::all(&mut tx).await.expect("read"), []);
    tx.commit().await.expect("committed");
}

#[tokio::test]
async fn small_changes_reach_the_row_and_strangers_are_refused() {
    let place = Place::new();
    let store = furnished(&place).await;
    let mut tx = store.write().await.expect("a transaction");
    let id = listing_id(1);
    listings::touch(&mut tx, &[id], START + Span::hours(5)).await.expect("touched");
    listings::set_dismissed(&mut tx, id, true).await.expect("set");
    listings::set_photo(&mut tx, id, Some("ab12")).await.expect("set");
    let costs = listings::Costs { listing: id, price_rank: Some(7), landed: Some(eur(8)) };
    listings::set_costs(&mut tx, &[costs]).await.expect("set");
    let got = listings::get(&mut tx, id).await.expect("read").expect("there");
    assert_eq!((got.last_seen, got.dismissed), (START + Span::hours(5), true));
    assert_eq!((got.photo.as_deref(), got.price_rank), (Some("ab12"), Some(7)));
    assert_eq!(listings::active(&mut tx).await.expect("read"), 0);
    let refused = listings::set_dismissed(&mut tx, listing_id(9), true).await;
    assert!(matches!(refused, Err(StoreError::NotFound { .. })));
    let mut twin = listing(2, "another");
    twin.listing.market_id = "m1".to_owned();
    assert!(listings::put(&mut tx, &[twin]).await.is_err(), "one listing per market id");
}

#[tokio::test]
async fn listings_are_found_by_reference_end_and_words_seen() {
    let place = Place::new();
    let store = furnished(&place).await;
    let mut tx = store.write().await.expect("a transaction");
    let mut auction = listing(2, "Omega Speedmaster");
    auction.listing.kind = watches_core::listing::extracted::SaleKind::Auction;
    auction.listing.ends_at = Some(START + Span::hours(2));
    auction.listing.brand = Some("Omega".to_owned());
    listings::put(&mut tx, std::slice::from_ref(&auction)).await.expect("put");
    let ending = listings::ending_between(&mut tx, START, START + Span::hours(3)).await;
    assert_eq!(ending.expect("read"), [auction.listing.clone()]);
    let alike = listings::by_reference(&mut tx, "126610", 10).await.expect("read");
    assert_eq!(alike.len(), 2);
    let brands = listings::complete(&mut tx, listings::Word::Brand, "om", 5).await.expect("read");
    assert_eq!(brands, ["Omega"]);
    let (place_after, all) = listings::after(&mut tx, 0, 10).await.expect("read");
    assert_eq!((place_after, all.len()), (2, 2));
    let tallies = listings::by_source(&mut tx).await.expect("read");
    let tally = listings::Tally { all: 2, active: 2 };
    assert_eq!(tallies.get("ebay"), Some(&tally));
    watchlist_listings::link(&mut tx, watchlist_id(1), &[listing_id(2)], START).await.expect("ok");
    let of = listings::of_watchlist(&mut tx, watchlist_id(1), 10).await.expect("read");
    assert_eq!(of, [auction]);
}

//! What the tests put into a store: small things with every field filled, made from a number.

use std::path::PathBuf;

use tempfile::TempDir;
use watches_core::{
    condition::Condition,
    id::{AlertId, ListingId, RuleId, WatchlistId},
    listing::{
        extracted::{Extracted, SaleKind, SaleState},
        matching::{Outcome, TraceLine},
        normalise::Normalised,
        notice::{Channel, Urgency},
        price::{Observation, ObservationKind},
    },
    money::{Currency, Money},
    reference::Identified,
    set::{SetName, SetParts},
    time::Timestamp,
};
use watches_store::{
    Store,
    alerts::{Alert, Delivery},
    listings::{Document, Listing, Stored},
    rules::Rule,
    watchlists::Watchlist,
};

/// 2026-11-01T00:00:00Z.
pub(crate) const START: Timestamp = Timestamp(1_793_491_200_000_000);

/// A store in a folder that goes away with it.
pub(crate) struct Place {
    pub(crate) folder: TempDir,
}

impl Place {
    pub(crate) fn new() -> Place {
        Place { folder: tempfile::tempdir().expect("a temporary folder") }
    }

    pub(crate) fn path(&self) -> PathBuf {
        self.folder.path().join("watches.sqlite")
    }

    pub(crate) async fn open(&self) -> Store {
        Store::open(&self.path(), START).await.expect("a store opens")
    }
}

fn uuid(kind: u8, number: u32) -> String {
    format!("01930000-00{kind:02x}-7000-8000-{number:012x}")
}

pub(crate) fn listing_id(number: u32) -> ListingId {
    uuid(1, number).parse().expect("an id")
}

pub(crate) fn watchlist_id(number: u32) -> WatchlistId {
    uuid(2, number).parse().expect("an id")
}

pub(crate) fn rule_id(number: u32) -> RuleId {
    uuid(3, number).parse().expect("an id")
}

pub(crate) fn alert_id(number: u32) -> AlertId {
    uuid(4, number).parse().expect("an id")
}

pub(crate) fn eur(minor: i64) -> Money {
    Money::new(minor, Currency::EUR)
}

/// Listing `number`: an active Submariner at 9,000 EUR and `number` cents.
pub(crate) fn listing(number: u32, title: &str) -> Stored {
    let mut extracted = Extracted::new("ebay", format!("m{number}"), "https://example.com/", title);
    extracted.price = Some(eur(900_000 + i64::from(number)));
    let listing = Listing {
        id: listing_id(number),
        source: "ebay".to_owned(),
        market_id: format!("m{number}"),
        url: format!("https://example.com/itm/{number}"),
        title: title.to_owned(),
        name: title.to_owned(),
        brand: Some("Rolex".to_owned()),
        family: Some("Submariner Date".to_owned()),
        reference: Some("126610LN".to_owned()),
        reference_base: Some("126610".to_owned()),
        seller: Some("watch-house".to_owned()),
        price: extracted.price,
        first_price: Some(eur(1_000_000)),
        landed: Some(eur(950_000 + i64::from(number))),
        price_rank: Some(900_000 + i64::from(number)),
        year: Some(2021),
        condition: Some(Condition::VeryGood),
        set: Some(SetName::FullSet),
        kind: SaleKind::Fixed,
        state: SaleState::Active,
        ends_at: None,
        country: Some("DE".to_owned()),
        image: Some("https://example.com/1.jpg".to_owned()),
        photo: None,
        first_seen: START,
        last_seen: START,
        matches: false,
        dismissed: false,
    };
    let normalised = Normalised {
        extracted,
        watch: Identified { brand: Some("Rolex".to_owned()), ..Identified::default() },
        condition: Some(Condition::VeryGood),
        set: SetParts { parts: Vec::new(), has_box: Some(true), has_papers: Some(true) },
        material: None,
        diameter_mm: Some(41.0),
    };
    Stored { listing, document: Document { normalised, landed: None } }
}

pub(crate) fn watchlist(number: u32) -> Watchlist {
    Watchlist {
        id: watchlist_id(number),
        name: format!("Hunt {number}"),
        query: "rolex 126610".to_owned(),
        sources: vec!["ebay".to_owned(), "chrono24".to_owned()],
        interval_minutes: Some(30),
        paused: false,
        created_at: START,
        deleted_at: None,
    }
}

pub(crate) fn rule(number: u32, watchlist: u32) -> Rule {
    Rule {
        id: rule_id(number),
        watchlist: watchlist_id(watchlist),
        text: "when landed <= 11000 EUR then toast".to_owned(),
        enabled: true,
        muted_until: None,
        position: number,
        deleted_at: None,
    }
}

pub(crate) fn alert(number: u32, key: &str) -> Alert {
    Alert {
        id: alert_id(number),
        at: START,
        rule: rule_id(1),
        watchlist: watchlist_id(1),
        listing: listing_id(1),
        key: key.to_owned(),
        rule_text: "when landed <= 11000 EUR then toast".to_owned(),
        watchlist_name: "Hunt 1".to_owned(),
        headline: "Rolex Submariner Date 126610LN".to_owned(),
        reason: "Down 6 % to €9,180".to_owned(),
        urgency: Urgency::High,
        channels: vec![Channel::Toast, Channel::Digest],
        old_price: Some(eur(976_600)),
        new_price: Some(eur(918_000)),
        trace: vec![TraceLine {
            text: "landed <= 11000 EUR".to_owned(),
            span: (5, 24),
            outcome: Outcome::Match,
            actual: Some("9,680.00 EUR".to_owned()),
        }],
        read: false,
        archived: false,
        snoozed_until: None,
        delivery: Delivery::Queued,
    }
}

pub(crate) fn observation(at: Timestamp, price: Option<Money>) -> Observation {
    Observation {
        at,
        previous_look: None,
        kind: ObservationKind::Ask,
        price,
        shipping: Some(eur(5_000)),
        state: SaleState::Active,
    }
}

/// A store with one watchlist, one rule and one listing.
pub(crate) async fn furnished(place: &Place) -> Store {
    let store = place.open().await;
    let mut tx = store.write().await.expect("a transaction");
    watches_store::watchlists::save(&mut tx, &watchlist(1)).await.expect("saved");
    watches_store::rules::save(&mut tx, &[rule(1, 1)]).await.expect("saved");
    let stored = [listing(1, "Rolex Submariner Date 126610LN full set")];
    watches_store::listings::put(&mut tx, &stored).await.expect("put");
    tx.commit().await.expect("committed");
    store
}

//! What is done can be undone, and what is not there is said.

use uuid::Uuid;
use watches_core::id::{ListingId, WatchlistId};
use watches_core::money::Currency;
use watches_ipc::{
    alert::{AlertFilter, AlertMark, ListAlerts, MarkAlerts},
    fault::FaultCode,
    listing::{DismissListing, GetListing, ListListings},
    settings::{GetSettings, SaveSettings},
    source::AddDealer,
    watchlist::{DeleteWatchlist, IdentifyWanted, ListWatchlists, PreviewRule, RestoreWatchlist},
};

use crate::support::{House, SHOP, hunt, poll, shop};

async fn house() -> House {
    let house = House::new().await;
    let dealer = AddDealer { url: SHOP.to_owned(), name: None };
    house.app.add_dealer(dealer).await.expect("a dealer");
    house.shelf.put(SHOP, 200, shop(&[("a1", "Rolex Submariner Date 126610LN", "10500")]));
    house
}

async fn alerts(house: &House, filter: AlertFilter) -> u32 {
    let page = ListAlerts { filter, limit: 10, ..ListAlerts::default() };
    house.app.list_alerts(page).await.expect("alerts").total
}

#[tokio::test]
async fn every_mark_has_its_opposite() {
    let house = house().await;
    let list = hunt(&house.app, "Sub", &["when price <= 11000 EUR then toast"], &[]).await;
    poll(&house.app).await;
    let page = ListAlerts { limit: 10, ..ListAlerts::default() };
    let id = house.app.list_alerts(page).await.expect("alerts").rows[0].id;
    let mark = async |mark| house.app.mark_alerts(MarkAlerts { ids: vec![id], mark }).await;
    mark(AlertMark::Archived).await.expect("archived");
    assert_eq!(alerts(&house, AlertFilter::Inbox).await, 0);
    mark(AlertMark::Unarchived).await.expect("back");
    assert_eq!(alerts(&house, AlertFilter::Inbox).await, 1);
    let later = house.clock.now() + watches_core::time::Span::hours(1);
    mark(AlertMark::SnoozedUntil(later)).await.expect("snoozed");
    assert_eq!(alerts(&house, AlertFilter::Snoozed).await, 1);
    house.clock.advance(watches_core::time::Span::hours(2));
    assert_eq!(alerts(&house, AlertFilter::Inbox).await, 1, "a snooze ends by itself");

    house.app.delete_watchlist(DeleteWatchlist { id: list.id }).await.expect("deleted");
    assert!(house.app.list_watchlists(ListWatchlists {}).await.expect("none").is_empty());
    house.app.restore_watchlist(RestoreWatchlist { id: list.id }).await.expect("restored");
    let back = house.app.list_watchlists(ListWatchlists {}).await.expect("one");
    assert_eq!(back[0].rules, list.rules);
    assert_eq!((back[0].listings, back[0].matching), (1, 1));

    let rows = house.app.list_listings(ListListings { limit: 5, ..ListListings::default() });
    let listing = rows.await.expect("rows").rows[0].id;
    for (dismissed, shown) in [(true, 0), (false, 1)] {
        let dismiss = DismissListing { id: listing, dismissed };
        house.app.dismiss_listing(dismiss).await.expect("dismissed");
        let rows = house.app.list_listings(ListListings { limit: 5, ..ListListings::default() });
        assert_eq!(rows.await.expect("rows").total, shown);
    }
}

#[tokio::test]
async fn what_is_not_there_is_said() {
    let house = House::new().await;
    let nil = Uuid::nil();
    let missing = house.app.get_listing(GetListing { id: ListingId(nil) }).await;
    assert_eq!(missing.expect_err("nothing").code, FaultCode::NotFound);
    let missing = house.app.delete_watchlist(DeleteWatchlist { id: WatchlistId(nil) }).await;
    assert_eq!(missing.expect_err("nothing").code, FaultCode::NotFound);
    let unknown = house.app.dispatch("fly", serde_json::Value::Null).await;
    assert_eq!(unknown.expect_err("no such command").code, FaultCode::BadRequest);
}

#[tokio::test]
async fn a_newcomer_is_understood_and_sees_what_a_rule_would_do() {
    let house = house().await;
    let asked = |text: &str| IdentifyWanted { text: text.to_owned(), currency: Currency::EUR };
    let wanted = house.app.identify_wanted(asked("rolex 126610LN")).await.expect("understood");
    assert_eq!(wanted.reference.as_deref(), Some("126610LN"));
    assert_eq!(wanted.suggested_rule, "when ref = \"126610LN\" then toast");
    let words = house.app.identify_wanted(asked("old diver")).await.expect("taken as words");
    assert_eq!(words.query, "old diver");
    hunt(&house.app, "Sub", &[], &[]).await;
    poll(&house.app).await;
    let preview = |text: &str| PreviewRule { text: text.to_owned(), watchlist: None };
    let seen = house.app.preview_rule(preview(&wanted.suggested_rule)).await.expect("a preview");
    assert_eq!((seen.considered, seen.matching, seen.rows.len()), (1, 1, 1), "{seen:?}");
    let bad = house.app.preview_rule(preview("when price <= 5 then toast")).await.expect("told");
    assert!(bad.problem.is_some_and(|problem| problem.at > 0));
}

#[tokio::test]
async fn another_country_costs_another_landed_price() {
    let house = house().await;
    hunt(&house.app, "Sub", &[], &[]).await;
    poll(&house.app).await;
    let landed = async || {
        let rows = house.app.list_listings(ListListings { limit: 5, ..ListListings::default() });
        rows.await.expect("rows").rows[0].landed.expect("a landed price")
    };
    let before = landed().await;
    assert_eq!(before.currency, Currency::EUR);
    let mut settings = house.app.get_settings(GetSettings {}).await.expect("settings");
    settings.currency = Currency::USD;
    house.app.save_settings(SaveSettings { settings }).await.expect("saved");
    let after = landed().await;
    assert_eq!(after.currency, Currency::USD);
    assert_ne!(after.minor, before.minor);
}

//! The main job on the demo market: name a watch, poll, the price drops, be told why.

use std::sync::Arc;

use watches_core::money::Currency;
use watches_demo::{DemoMarket, DemoOptions};
use watches_ipc::{
    alert::ListAlerts,
    listing::{GetListing, ListListings, ListingFilter},
};
use watches_testkit::FakeClock;

use crate::support::{Ear, START, hunt, open, poll};

#[tokio::test(flavor = "multi_thread")]
async fn a_drop_of_six_percent_is_told_with_its_reason() {
    let market = DemoMarket::start(DemoOptions { speed: 0.0, ..DemoOptions::default() }).await;
    let market = market.expect("a market");
    let folder = tempfile::tempdir().expect("a folder");
    let (clock, ear) = (FakeClock::at(START), Arc::new(Ear::default()));
    let app = open(folder.path(), &clock, &ear, None, Some(market.address().clone())).await;
    let rule = "when ref_family = \"126610\" and price drops by 5% vs first_seen then toast";
    let list = hunt(&app, "Submariner", &[rule], &["demo-ebay"]).await;
    let first = poll(&app).await;
    assert!(first.new > 0 && first.alerts == 0 && first.problems.is_empty(), "{first:?}");

    let filter = ListingFilter { watchlist: Some(list.id), ..ListingFilter::default() };
    let all = ListListings { filter, limit: 500, ..ListListings::default() };
    let rows = app.list_listings(all).await.expect("rows").rows;
    let wanted = rows.iter().find(|row| row.name.contains("126610") && row.price.is_some());
    let wanted = wanted.expect("the market has a 126610");
    let detail = app.get_listing(GetListing { id: wanted.id }).await.expect("its detail");
    let id = detail.url.rsplit('/').next().and_then(|id| id.parse::<u64>().ok()).expect("an id");
    drop_price(&market, id, 6.0).await;

    clock.advance(watches_core::time::Span::hours(1));
    let second = poll(&app).await;
    assert_eq!((second.alerts, second.changed >= 1), (1, true), "{second:?}");
    let inbox = app.list_alerts(ListAlerts { limit: 10, ..ListAlerts::default() }).await;
    let alert = inbox.expect("the inbox").rows.remove(0);
    let (old, new) = (alert.old_price.expect("an old price"), alert.new_price.expect("a new one"));
    assert!(new.minor < old.minor && new.currency == old.currency, "{alert:?}");
    assert!(alert.reason.contains('6') && alert.reason.contains('%'), "{}", alert.reason);
    assert_eq!(alert.listing.id, wanted.id);
    assert!(!alert.trace.is_empty());
    let toasts = ear.heard();
    assert_eq!(toasts.len(), 1);
    let (reason, prices) = toasts[0].body.split_once('\n').expect("a reason and the two prices");
    assert_eq!(
        (toasts[0].title.as_str(), reason),
        (alert.headline.as_str(), alert.reason.as_str())
    );
    let (was, is) = prices.split_once(" → ").expect("the old and the new price");
    assert_eq!((units(was), units(is)), (old.minor / 100, new.minor / 100));
    let detail = app.get_listing(GetListing { id: wanted.id }).await.expect("its detail");
    assert_eq!(detail.history.len(), 2);
    assert_eq!(detail.landed.map(|landed| landed.total.currency), Some(Currency::EUR));
}

/// The whole units of a price as a toast writes it: `CHF 11,250`.
fn units(text: &str) -> i64 {
    let digits: String = text.chars().filter(char::is_ascii_digit).collect();
    digits.parse().expect("a price of whole units")
}

/// Over the market's own control address, as the journeys do.
async fn drop_price(market: &DemoMarket, id: u64, percent: f64) {
    use tokio::io::{AsyncReadExt, AsyncWriteExt};
    let address = market.address();
    let at = (address.host_str().expect("a host"), address.port().expect("a port"));
    let body = serde_json::json!({ "id": id, "percent": percent }).to_string();
    let request = format!(
        "POST /_control/drop HTTP/1.1\r\nHost: {}\r\nContent-Type: application/json\r\n\
         Content-Length: {}\r\nConnection: close\r\n\r\n{body}",
        at.0,
        body.len()
    );
    let mut stream = tokio::net::TcpStream::connect(at).await.expect("the market listens");
    stream.write_all(request.as_bytes()).await.expect("sent");
    let mut answer = String::new();
    stream.read_to_string(&mut answer).await.expect("answered");
    assert!(answer.starts_with("HTTP/1.1 200"), "{answer}");
}

//! Weeks offline, a clock that jumps, a pause, and a restart: never a burst, never the same news twice.

use watches_core::time::Span;
use watches_ipc::{
    alert::ListAlerts,
    polling::{GetStatus, PausePolling},
    source::AddDealer,
};

use crate::support::{House, SHOP, hunt, poll, shop};

async fn house() -> House {
    let house = House::new().await;
    let dealer = AddDealer { url: SHOP.to_owned(), name: None };
    house.app.add_dealer(dealer).await.expect("a dealer");
    let rule = "when price <= 11000 EUR then toast";
    hunt(&house.app, "Sub", &[rule], &["dealer:dealer.test"]).await;
    house.shelf.put(SHOP, 200, shop(&[("a1", "Rolex Submariner Date 126610LN", "10500")]));
    house
}

async fn due(house: &House) -> u32 {
    house.app.poll_due().await.expect("polled").pages
}

#[tokio::test]
async fn weeks_asleep_are_caught_up_in_one_poll() {
    let house = house().await;
    assert_eq!(due(&house).await, 1);
    assert_eq!(due(&house).await, 0, "not due yet");
    house.clock.advance(Span::days(45));
    assert_eq!(due(&house).await, 1);
    assert_eq!(due(&house).await, 0, "one catch-up, no burst");
    assert_eq!(house.shelf.times_asked(), 2);
}

#[tokio::test]
async fn a_clock_set_back_is_neither_silence_nor_a_burst() {
    let house = house().await;
    house.clock.advance(Span::days(400));
    assert_eq!(due(&house).await, 1);
    house.clock.advance(Span::days(-400));
    assert_eq!(due(&house).await, 1);
    assert_eq!(due(&house).await, 0);
    house.clock.advance(Span::hours(2));
    assert_eq!(due(&house).await, 1, "the rhythm goes on");
}

#[tokio::test]
async fn a_pause_outlives_a_restart() {
    let house = house().await;
    house.app.pause_polling(PausePolling { minutes: Some(60) }).await.expect("paused");
    assert_eq!(due(&house).await, 0);
    let house = house.again().await;
    let status = house.app.get_status(GetStatus {}).await.expect("a status");
    assert_eq!(status.paused_until, Some(house.clock.now() + Span::hours(1)));
    assert_eq!(due(&house).await, 0);
    house.app.pause_polling(PausePolling { minutes: None }).await.expect("resumed");
    assert_eq!(due(&house).await, 1);
}

#[tokio::test]
async fn a_relaunch_tells_nothing_twice() {
    let mut house = house().await;
    for _ in 0..3 {
        poll(&house.app).await;
        house.clock.advance(Span::hours(3));
        house = house.again().await;
    }
    let inbox = ListAlerts { limit: 100, ..ListAlerts::default() };
    let inbox = house.app.list_alerts(inbox).await.expect("the inbox");
    assert_eq!((inbox.total, house.ear.heard().len()), (1, 1));
}

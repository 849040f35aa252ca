//! The harness itself: a private session comes up, shows a notification, and goes.

use anyhow::Result;
use watches_tests::{bus::Notifications, session::Session};

#[tokio::test]
async fn a_session_has_a_bus_that_shows_notifications() -> Result<()> {
    let session = Session::start("session", 800, 600).await?;
    let mut notifications = Notifications::listen(&session).await?;
    session
        .output(
            "gdbus",
            &[
                "call",
                "--session",
                "--dest",
                "org.freedesktop.Notifications",
                "--object-path",
                "/org/freedesktop/Notifications",
                "--method",
                "org.freedesktop.Notifications.Notify",
                "probe",
                "0",
                "",
                "Down 6 %",
                "body",
                "[]",
                "{}",
                "1000",
            ],
        )
        .await?;
    let seen = notifications.next("the probe", |_| true).await?;
    assert_eq!((seen.app.as_str(), seen.title.as_str()), ("probe", "Down 6 %"));
    session.passed();
    Ok(())
}

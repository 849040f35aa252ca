//! Alerts -> desktop notifications, after their commit: each at most once, also across a crash.
//!
//! An alert waits as `queued`. It is noted as `sent` before the system is asked to show it, so a kill
//! between the two loses one notification (the inbox still has the alert) and never shows one twice.

use watches_core::{
    listing::{
        notice::{Channel, Urgency},
        reason::amount,
    },
    time::Timestamp,
};
use watches_ipc::{event::Event, settings::Settings};
use watches_store::{
    alerts::{self as table, Alert, Delivery},
    rules,
};

use crate::{App, env::Toast, fault::Error, quiet_hours, settings};

/// More news than this at once is told as one line: nobody reads twenty notifications.
const AT_ONCE: usize = 4;

/// Should the desktop show it now? The inbox has it in any case.
pub(crate) fn delivery(
    channels: &[Channel],
    urgency: Urgency,
    muted_until: Option<Timestamp>,
    settings: &Settings,
    now: Timestamp,
) -> Delivery {
    if !channels.contains(&Channel::Toast) {
        return Delivery::Suppressed;
    }
    if urgency == Urgency::Critical {
        return Delivery::Queued;
    }
    let muted = muted_until.is_some_and(|until| until > now);
    let quiet =
        settings.quiet_hours.as_ref().is_some_and(|hours| quiet_hours::is_quiet(hours, now));
    if muted || quiet { Delivery::Suppressed } else { Delivery::Queued }
}

/// Shows what is queued.
pub(crate) async fn deliver(app: &App) -> Result<(), Error> {
    let queued = table::queued(&mut app.read().await?).await?;
    if queued.is_empty() {
        return Ok(());
    }
    let now = app.env.now();
    let mut tx = app.write().await?;
    let settings = settings::load(&mut tx).await?;
    let mut shown = Vec::new();
    for alert in queued {
        // Quiet hours or a mute may have begun since it was raised, for instance before a crash.
        let muted = rules::get(&mut tx, alert.rule).await?.and_then(|rule| rule.muted_until);
        let verdict = delivery(&alert.channels, alert.urgency, muted, &settings, now);
        let sent = verdict == Delivery::Queued;
        let state = if sent { Delivery::Sent } else { verdict };
        table::set_delivery(&mut tx, alert.id, state).await?;
        if sent {
            shown.push(alert);
        }
    }
    tx.commit().await?;
    let failed = show(app, &shown);
    if !failed.is_empty() {
        let mut tx = app.write().await?;
        for alert in failed {
            table::set_delivery(&mut tx, alert.id, Delivery::Failed).await?;
        }
        tx.commit().await?;
    }
    app.tell(Event::AlertsChanged);
    Ok(())
}

/// Answers which could not be shown.
fn show<'a>(app: &App, alerts: &'a [Alert]) -> Vec<&'a Alert> {
    let (critical, usual): (Vec<&Alert>, Vec<&Alert>) =
        alerts.iter().partition(|alert| alert.urgency == Urgency::Critical);
    let mut failed = Vec::new();
    let single = if usual.len() > AT_ONCE { &[][..] } else { &usual[..] };
    for alert in critical.iter().chain(single) {
        let toast = Toast {
            title: alert.headline.clone(),
            body: body(alert),
            critical: alert.urgency == Urgency::Critical,
            alerts: vec![alert.id],
        };
        if let Err(why) = app.shell.notify(&toast) {
            tracing::warn!("the notification of alert {} was not shown: {why}", alert.id);
            failed.push(*alert);
        }
    }
    if usual.len() > AT_ONCE
        && let Err(why) = app.shell.notify(&together(&usual))
    {
        tracing::warn!("a notification of {} alerts was not shown: {why}", usual.len());
        failed.extend(usual);
    }
    failed
}

/// Why it was raised, and under it the old and the new price where the price moved.
fn body(alert: &Alert) -> String {
    match (alert.old_price, alert.new_price) {
        (Some(old), Some(new)) if old != new => {
            format!("{}\n{} → {}", alert.reason, amount(old), amount(new))
        }
        (Some(_) | None, _) => alert.reason.clone(),
    }
}

/// Many alerts in one notification, the first few by name.
fn together(alerts: &[&Alert]) -> Toast {
    let mut names: Vec<&str> = Vec::new();
    for alert in alerts {
        if !names.contains(&alert.headline.as_str()) && names.len() < 3 {
            names.push(&alert.headline);
        }
    }
    Toast {
        title: format!("{} alerts in the inbox", alerts.len()),
        body: format!("{} and more", names.join(", ")),
        critical: false,
        alerts: alerts.iter().map(|alert| alert.id).collect(),
    }
}

#[cfg(test)]
mod tests {
    use watches_ipc::settings::QuietHours;

    use super::*;

    const NOON: Timestamp = Timestamp::from_seconds(1_793_361_600);

    #[track_caller]
    fn check(channels: &[Channel], urgency: Urgency, muted: bool, quiet: bool, expected: Delivery) {
        let muted_until = muted.then_some(NOON + watches_core::time::Span::hours(1));
        let hours = QuietHours { from: 0, to: 1_439, zone: "UTC".to_owned() };
        let settings = Settings { quiet_hours: quiet.then_some(hours), ..Settings::default() };
        assert_eq!(delivery(channels, urgency, muted_until, &settings, NOON), expected);
    }

    #[test]
    fn only_critical_news_breaks_through() {
        let toast = &[Channel::Toast][..];
        check(toast, Urgency::Normal, false, false, Delivery::Queued);
        check(toast, Urgency::High, true, false, Delivery::Suppressed);
        check(toast, Urgency::High, false, true, Delivery::Suppressed);
        check(toast, Urgency::Critical, true, true, Delivery::Queued);
        check(&[Channel::Digest], Urgency::Critical, false, false, Delivery::Suppressed);
        check(&[], Urgency::Normal, false, false, Delivery::Suppressed);
    }
}

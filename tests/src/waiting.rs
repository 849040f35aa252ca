//! Waiting for a condition with a deadline.

use std::{future::Future, time::Duration};

use anyhow::{Result, bail};
use tokio::time::{MissedTickBehavior, interval};

/// Long enough for two busy cores, short enough to notice a hang.
pub const PATIENCE: Duration = Duration::from_secs(60);

/// Looks until `condition` gives a value; fails after [`PATIENCE`], naming `what` was awaited.
///
/// For conditions that nobody announces; where there is an event, wait for the event.
///
/// # Errors
/// The deadline passed, or looking itself failed.
pub async fn until<T, F>(what: &str, mut condition: impl FnMut() -> F) -> Result<T>
where
    F: Future<Output = Result<Option<T>>>,
{
    let mut looks = interval(Duration::from_millis(40));
    looks.set_missed_tick_behavior(MissedTickBehavior::Delay);
    within(what, async {
        loop {
            looks.tick().await;
            if let Some(found) = condition().await? {
                return Ok(found);
            }
        }
    })
    .await
}

/// Gives `awaited` the same patience.
///
/// # Errors
/// The deadline passed, or what was awaited failed.
pub async fn within<T>(what: &str, awaited: impl Future<Output = Result<T>>) -> Result<T> {
    match tokio::time::timeout(PATIENCE, awaited).await {
        Ok(outcome) => outcome,
        Err(_) => bail!("waited {} s for {what}", PATIENCE.as_secs()),
    }
}

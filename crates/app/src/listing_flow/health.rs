//! Is the source as readable as usual? Its state and its shares of filled fields.

use std::collections::BTreeMap;

use watches_ipc::{event::Event, source::SourceState};
use watches_store::{Tx, fills, sources as table};

use super::Seen;
use crate::{App, env::Toast, fault::Error, fill, poll::Ask, sources};

/// What a page says about its source.
#[derive(Debug)]
pub(super) struct Health {
    shares: BTreeMap<&'static str, f64>,
    fallen: Vec<String>,
    state: SourceState,
    /// The source was well before this page: the person is told once.
    turned: bool,
    state_changed: bool,
}

impl Health {
    pub fn is_degraded(&self) -> bool {
        !self.fallen.is_empty()
    }
}

pub(super) async fn of(app: &App, seen: &Seen) -> Result<Health, Error> {
    let mut read = app.read().await?;
    let source = table::get(&mut read, &seen.source.key).await?;
    let before = source.map_or(SourceState::Idle, |source| sources::read_state(&source.state));
    // One listing's page fills its fields otherwise than results do, and files come from anywhere.
    let judged = seen.page.is_some() && !matches!(seen.ask, Ask::Item { .. });
    let (shares, fallen) = if judged {
        let shares = fill::shares(&seen.listings);
        let past = fills::medians(&mut read, &seen.source.key, seen.at - fill::WINDOW).await?;
        let fallen = fill::fallen(&shares, &past);
        (shares, fallen)
    } else {
        (BTreeMap::new(), Vec::new())
    };
    let state = state(&before, &fallen, seen, judged);
    let turned = matches!(state, SourceState::Degraded { .. })
        && !matches!(before, SourceState::Degraded { .. });
    let state_changed = state != before;
    Ok(Health { shares, fallen, state, turned, state_changed })
}

fn state(before: &SourceState, fallen: &[String], seen: &Seen, judged: bool) -> SourceState {
    if matches!(seen.source.kind, table::SourceKind::File | table::SourceKind::Mail) {
        return SourceState::Ok;
    }
    if fallen.is_empty() {
        return match before {
            // An item's page says nothing about the layout of results.
            SourceState::Degraded { .. } if !judged => before.clone(),
            _ if seen.page.is_none() && !judged => before.clone(),
            _ => SourceState::Ok,
        };
    }
    let since = match before {
        SourceState::Degraded { since, .. } => *since,
        SourceState::Idle
        | SourceState::Ok
        | SourceState::NeedsYou { .. }
        | SourceState::Waiting { .. }
        | SourceState::Offline { .. }
        | SourceState::BudgetSpent { .. } => seen.at,
    };
    let reason = match fallen.iter().any(|field| field == "listings") {
        true => "its pages show no listings any more".to_owned(),
        false => format!("its pages show fewer fields than usual: {}", fallen.join(", ")),
    };
    SourceState::Degraded { since, reason }
}

/// Shares of a degraded page are kept out of the median: the usual must not sink to the broken.
pub(super) async fn write(tx: &mut Tx, seen: &Seen, health: &Health) -> Result<(), Error> {
    let key = &seen.source.key;
    if !health.shares.is_empty() && !health.is_degraded() {
        let shares: Vec<(&str, f64)> =
            health.shares.iter().map(|(field, share)| (*field, *share)).collect();
        fills::append(tx, key, seen.at, &shares, seen.at - fill::WINDOW).await?;
    }
    let Some(mut source) = table::get(tx, key).await? else { return Ok(()) };
    source.state = sources::write_state(&health.state);
    if seen.page.is_some() && !health.is_degraded() {
        source.last_success = Some(seen.at);
    }
    Ok(table::save(tx, &source).await?)
}

/// One notice when a source turns degraded, not one per page.
pub(super) fn tell(app: &App, source: &table::Source, health: &Health) {
    if health.state_changed {
        app.tell(Event::SourcesChanged);
        app.tell(Event::StatusChanged);
    }
    if let (true, SourceState::Degraded { reason, .. }) = (health.turned, &health.state) {
        let toast = Toast {
            title: format!("{} cannot be read as usual", source.name),
            body: format!("{reason}. The last good values are kept."),
            critical: false,
            alerts: Vec::new(),
        };
        if let Err(why) = app.shell.notify(&toast) {
            tracing::warn!("the notice about {} was not shown: {why}", source.key);
        }
    }
}

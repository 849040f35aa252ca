//! What the arrows must know beside the page: the listing as it was, rates, where the collector lives.

use std::collections::HashMap;

use watches_core::{
    landed::{Destination, Rates},
    listing::{
        dedupe::{Identity, Seen, Unique, deduplicate},
        normalise::Normalised,
        price::{Observation, Priced, observe, price},
    },
    money::Money,
    time::{Span, Timestamp},
};
use watches_ipc::settings::Settings;
use watches_store::{Read, Tx, listings, observations};

use super::GAP;
use crate::{App, fault::Error, settings};

/// A listing as it was before this page.
#[derive(Debug)]
pub(super) struct Known {
    pub stored: listings::Stored,
    pub history: Vec<Observation>,
}

impl Known {
    /// Is anything on it that the table shows different now?
    pub fn differs(&self, now: &Priced) -> bool {
        let before = &self.stored.listing;
        let extracted = &now.unique.normalised.extracted;
        before.price != extracted.price
            || before.state != extracted.state
            || before.title != extracted.title
            || before.ends_at != extracted.ends_at
    }
}

/// Those of the page that are known, by the market's own id.
pub(super) async fn known(
    tx: &mut Tx,
    source: &str,
    fresh: &[Normalised],
) -> Result<HashMap<String, Known>, Error> {
    let market_ids: Vec<&str> = fresh.iter().map(|one| one.extracted.id.as_str()).collect();
    let rows = listings::find(tx, source, &market_ids).await?;
    let ids: Vec<_> = rows.iter().map(|row| row.id).collect();
    let stored = listings::documents(tx, &ids).await?;
    let mut histories = observations::histories(tx, &ids).await?;
    let known = stored.into_iter().map(|stored| {
        let history = histories.remove(&stored.listing.id).unwrap_or_default();
        (stored.listing.market_id.clone(), Known { stored, history })
    });
    Ok(known.collect())
}

/// Where the collector lives, and the rates that are known.
#[derive(Debug)]
pub(crate) struct Market {
    pub settings: Settings,
    pub destination: Destination,
    pub rates: &'static Rates,
}

impl Market {
    pub async fn load(read: &mut Read) -> Result<Market, Error> {
        let settings = settings::load(read).await?;
        let destination = settings::destination(&settings);
        Ok(Market { settings, destination, rates: Rates::bundled() })
    }

    /// Gives a listing its id, its landed cost and its past; and what this page adds to the past.
    pub(super) fn price(
        &self,
        app: &App,
        fresh: Normalised,
        before: Option<&Known>,
        at: Timestamp,
    ) -> (Priced, Option<Observation>) {
        let mut history = before.map(|before| before.history.clone()).unwrap_or_default();
        let last_look = before.map(|before| before.stored.listing.last_seen);
        let news = observe(&fresh.extracted, &history, last_look, GAP, at);
        let news = news.map(|news| after(news, history.last()));
        history.extend(news.clone());
        let unique = unique(app, fresh, before, at);
        (price(unique, history, &self.destination, self.rates, at), news)
    }

    /// An amount in minor units of the collector's currency, to sort by.
    pub fn rank(&self, price: Option<Money>, at: Timestamp) -> Option<i64> {
        let changed = self.rates.exchange.convert(price?, self.destination.currency, at)?;
        Some(changed.money.minor)
    }
}

fn unique(app: &App, fresh: Normalised, before: Option<&Known>, at: Timestamp) -> Unique {
    let known = before.map(|before| &before.stored);
    let known = known.map(|known| [(known.listing.id, known.document.normalised.clone())]);
    let identity = deduplicate(&fresh, known.as_ref().map_or(&[], |known| &known[..]));
    match (identity, before) {
        (Identity::Known(id), Some(before)) => {
            let first_seen = before.stored.listing.first_seen;
            Unique { normalised: fresh, id, first_seen, seen: Seen::Before }
        }
        (Identity::Known(_) | Identity::New, _) => {
            let id = app.env.listing_id();
            Unique { normalised: fresh, id, first_seen: at, seen: Seen::New }
        }
    }
}

/// Two observations never share an instant: the later one would be taken for a repetition.
fn after(news: Observation, last: Option<&Observation>) -> Observation {
    let earliest = last.map_or(news.at, |last| last.at + Span(1));
    Observation { at: news.at.max(earliest), ..news }
}

//! Unique -> Priced: what it costs here, and how that moved.
//!
//! `observe` says what a poll adds to the history, `price` wraps the listing with it, `gaps` tells where
//! nobody looked. Called by `app::listing_flow`, which stores the observation. History only grows.

use serde::{Deserialize, Serialize};

use crate::{
    landed::{Destination, Landed, Offer, Rates, estimate},
    listing::{
        dedupe::Unique,
        extracted::{Extracted, SaleKind, SaleState},
    },
    money::Money,
    time::{Span, Timestamp},
};

/// One immutable observation of a listing's price and state.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Observation {
    pub at: Timestamp,
    pub kind: ObservationKind,
    pub price: Option<Money>,
    pub shipping: Option<Money>,
    pub state: SaleState,
    /// When the listing was last looked at before this; `None` for the first. A long way back means
    /// that nobody looked in between: the chart draws a gap there, not a line.
    #[serde(default)]
    pub previous_look: Option<Timestamp>,
}

/// What a price was: asked, bid, offered or paid. Asks are never mixed with sales.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ObservationKind {
    Ask,
    Bid,
    Offer,
    Sold,
}

/// A listing with its cost to this collector and its past.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Priced {
    pub unique: Unique,
    pub landed: Option<Landed>,
    /// Oldest first; the last one is what holds now.
    pub history: Vec<Observation>,
}

/// What this look adds to the history: nothing if price, shipping and state are as before.
///
/// A field that the page left out this time is taken as unchanged. After a silence longer than
/// `longest_silence` the same values are written again, so that the chart can show the gap. Times always
/// rise, whatever the clock does.
pub fn observe(
    fresh: &Extracted,
    history: &[Observation],
    last_look: Option<Timestamp>,
    longest_silence: Span,
    now: Timestamp,
) -> Option<Observation> {
    let Some(last) = history.last() else {
        let (price, shipping) = (fresh.price, fresh.shipping);
        let (kind, state) = (observed_kind(fresh), fresh.state);
        return Some(Observation { at: now, kind, price, shipping, state, previous_look: None });
    };
    let last_look = last_look.unwrap_or(last.at).max(last.at);
    let seen = Observation {
        at: now.max(last_look).max(Timestamp(last.at.0.saturating_add(1))),
        kind: observed_kind(fresh),
        price: fresh.price.or(last.price),
        shipping: fresh.shipping.or(last.shipping),
        state: fresh.state,
        previous_look: Some(last_look),
    };
    let unchanged = (seen.kind, seen.price, seen.shipping, seen.state)
        == (last.kind, last.price, last.shipping, last.state);
    let silent = seen.at - last_look > longest_silence;
    (!unchanged || silent).then_some(seen)
}

fn observed_kind(fresh: &Extracted) -> ObservationKind {
    match (fresh.state, fresh.kind) {
        (SaleState::Sold, SaleKind::Fixed | SaleKind::Auction) => ObservationKind::Sold,
        (SaleState::Active | SaleState::Reserved | SaleState::Ended, SaleKind::Fixed) => {
            ObservationKind::Ask
        }
        (SaleState::Active | SaleState::Reserved | SaleState::Ended, SaleKind::Auction) => {
            ObservationKind::Bid
        }
    }
}

/// Wraps the listing with its history and what it costs here now.
///
/// `landed` is `None` when there is no price, or no rate that could tell.
pub fn price(
    unique: Unique,
    history: Vec<Observation>,
    destination: &Destination,
    rates: &Rates,
    now: Timestamp,
) -> Priced {
    let page = &unique.normalised.extracted;
    let (goods, shipping) = match history.last() {
        Some(last) => (last.price, last.shipping),
        None => (page.price, page.shipping),
    };
    let landed = goods.and_then(|goods| {
        let offer = Offer::sale(goods, shipping, page.country.as_deref());
        estimate(&offer, destination, rates, now).ok()
    });
    Priced { unique, landed, history }
}

/// The stretches longer than `longest_silence` in which nobody looked, oldest first.
pub fn gaps(
    history: &[Observation],
    last_look: Timestamp,
    longest_silence: Span,
    now: Timestamp,
) -> Vec<(Timestamp, Timestamp)> {
    let between = history.iter().filter_map(|seen| Some((seen.previous_look?, seen.at)));
    let until_now = std::iter::once((last_look, now));
    between.chain(until_now).filter(|(from, to)| *to - *from > longest_silence).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::money::Currency;

    const DAY: Span = Span::days(1);

    fn page(price: Option<i64>, state: SaleState) -> Extracted {
        let mut page = Extracted::new("ebay", "1", "https://market.test/1", "A watch");
        page.price = price.map(|euros| Money::new(euros * 100, Currency::EUR));
        page.state = state;
        page
    }

    fn hours(n: i64) -> Timestamp {
        Timestamp(0) + Span::hours(n)
    }

    /// Looks at each hour in turn; answers the observed hours and prices.
    #[track_caller]
    fn check(looks: &[(i64, Option<i64>, SaleState)], expected: &[(i64, Option<i64>)]) {
        let (mut history, mut last_look) = (Vec::new(), None);
        for (hour, price, state) in looks {
            history.extend(observe(&page(*price, *state), &history, last_look, DAY, hours(*hour)));
            last_look = Some(hours(*hour));
        }
        let found: Vec<(i64, Option<i64>)> = history
            .iter()
            .map(|seen| (seen.at.0 / Span::hours(1).0, seen.price.map(|price| price.minor / 100)))
            .collect();
        assert_eq!(found, expected);
    }

    #[test]
    fn only_a_change_or_a_silence_is_written() {
        use SaleState::{Active, Sold};
        check(&[(0, Some(100), Active), (1, Some(100), Active)], &[(0, Some(100))]);
        check(&[(0, Some(100), Active), (1, Some(90), Active)], &[(0, Some(100)), (1, Some(90))]);
        check(&[(0, Some(100), Active), (1, None, Active)], &[(0, Some(100))]);
        check(&[(0, None, Active), (1, Some(90), Active)], &[(0, None), (1, Some(90))]);
        check(&[(0, Some(100), Active), (1, None, Sold)], &[(0, Some(100)), (1, Some(100))]);
        check(
            &[(0, Some(100), Active), (48, Some(100), Active)],
            &[(0, Some(100)), (48, Some(100))],
        );
        check(
            &[(0, Some(9), Active), (20, Some(9), Active), (40, Some(9), Active)],
            &[(0, Some(9))],
        );
        check(&[(5, Some(100), Active), (3, Some(90), Active)], &[(5, Some(100)), (5, Some(90))]);
    }

    #[test]
    fn silence_is_a_gap() {
        let first =
            observe(&page(Some(9), SaleState::Active), &[], None, DAY, hours(0)).expect("first");
        let looked = Some(hours(10));
        let history = [first.clone()];
        let back = observe(&page(Some(8), SaleState::Active), &history, looked, DAY, hours(100));
        let history = [first, back.expect("a change")];
        assert_eq!(gaps(&history, hours(101), DAY, hours(102)), [(hours(10), hours(100))]);
        let twice = [(hours(10), hours(100)), (hours(100), hours(200))];
        assert_eq!(gaps(&history, hours(100), DAY, hours(200)), twice);
    }
}

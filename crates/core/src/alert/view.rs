//! A listing as it stood at one moment: its history up to then, and exchange rates of a day of choice.
//!
//! Rules look at listings only through this, so "did it hold the whole time", "what if the exchange rate
//! had stood still" and the back-test are the same evaluation with another view.

use crate::{
    alert::{
        circumstances::{Circumstances, LastAlert, RuleMemory},
        rule::Measure,
    },
    landed::{Offer, Way},
    listing::{
        extracted::Extracted,
        normalise::Normalised,
        price::{Observation, Priced},
    },
    money::{Currency, Money},
    time::{Span, Timestamp},
};

#[derive(Debug, Clone, Copy)]
pub struct View<'a> {
    pub listing: &'a Normalised,
    pub first_seen: Timestamp,
    /// Oldest first, none after `now`.
    pub history: &'a [Observation],
    pub now: Timestamp,
    /// The day whose exchange and import rates count.
    pub rates_at: Timestamp,
    pub circumstances: &'a Circumstances<'a>,
    pub memory: RuleMemory,
}

impl<'a> View<'a> {
    /// The listing as of `circumstances.now`.
    pub fn new(
        priced: &'a Priced,
        circumstances: &'a Circumstances<'a>,
        memory: RuleMemory,
    ) -> View<'a> {
        let whole = View {
            listing: &priced.unique.normalised,
            first_seen: priced.unique.first_seen,
            history: &priced.history,
            now: circumstances.now,
            rates_at: circumstances.now,
            circumstances,
            memory,
        };
        whole.at(circumstances.now)
    }

    /// The same listing at an earlier moment; rates stay those of this view.
    pub fn at(&self, now: Timestamp) -> View<'a> {
        let until = self.history.partition_point(|seen| seen.at <= now);
        View { history: &self.history[..until], now, ..*self }
    }

    /// The same moment with the rates of another day.
    pub fn with_rates_at(&self, rates_at: Timestamp) -> View<'a> {
        View { rates_at, ..*self }
    }

    pub fn extracted(&self) -> &'a Extracted {
        &self.listing.extracted
    }

    /// The price now; without any history what the page says.
    pub fn price(&self) -> Option<Money> {
        match self.history.last() {
            Some(seen) => seen.price,
            None => self.extracted().price,
        }
    }

    fn shipping(&self) -> Option<Money> {
        match self.history.last() {
            Some(seen) => seen.shipping,
            None => self.extracted().shipping,
        }
    }

    /// Since when price and shipping are what they are.
    pub fn price_since(&self) -> Timestamp {
        let Some(last) = self.history.last() else { return self.now };
        let same = |seen: &&Observation| (seen.price, seen.shipping) == (last.price, last.shipping);
        self.history.iter().rev().take_while(same).last().map_or(self.now, |seen| seen.at)
    }

    /// The measure now: the price, or its landed cost in the collector's currency.
    pub fn value(&self, measure: Measure) -> Option<Money> {
        self.measured(measure, self.price()?, self.shipping())
    }

    /// What a price and shipping of this listing are by the measure, at this view's rates.
    pub fn measured(
        &self,
        measure: Measure,
        price: Money,
        shipping: Option<Money>,
    ) -> Option<Money> {
        self.scale(measure)?.value(price, shipping)
    }

    /// The measure made ready for many prices of this listing; `None` if no rates are known for it.
    pub fn scale(&self, measure: Measure) -> Option<Scale<'a>> {
        match measure {
            Measure::Price => Some(Scale::Price),
            Measure::Landed => {
                let origin = self.extracted().country.as_deref();
                let with = self.circumstances;
                Way::new(origin, with.destination, with.rates, self.rates_at)
                    .ok()
                    .map(Scale::Landed)
            }
        }
    }

    /// Every observed value with its moment, oldest first, in the currency that the listing has now.
    ///
    /// Landed costs of old prices are counted at this view's rates: a move is a move of the seller's
    /// price, never of the exchange rate.
    pub fn values(&self, measure: Measure) -> Vec<(Timestamp, Money)> {
        let currency = self.price().map(|price| price.currency);
        let Some(scale) = self.scale(measure) else { return Vec::new() };
        let valued = |seen: &Observation| {
            let price = seen.price.filter(|price| Some(price.currency) == currency)?;
            Some((seen.at, scale.value(price, seen.shipping)?))
        };
        self.history.iter().filter_map(valued).collect()
    }

    /// The values in force at some moment of the last `over`.
    pub fn values_over(&self, measure: Measure, over: Span) -> Vec<(Timestamp, Money)> {
        let from = self.now - over;
        let mut values = self.values(measure);
        let in_force = values.partition_point(|(at, _)| *at <= from).saturating_sub(1);
        values.split_off(in_force)
    }

    /// What the rule last told of this listing, by the measure.
    pub fn last_alerted(&self, measure: Measure) -> Option<Money> {
        let LastAlert { at, price } = self.memory.last_alert?;
        let currency = self.price()?.currency;
        let price = price.filter(|price| price.currency == currency)?;
        let shipping = self.at(at).shipping();
        self.measured(measure, price, shipping)
    }

    /// Another currency at this view's rates.
    pub fn change(&self, money: Money, to: Currency) -> Option<Money> {
        let exchange = &self.circumstances.rates.exchange;
        exchange.convert(money, to, self.rates_at).map(|converted| converted.money)
    }
}

/// A measure made ready: the price as it is, or its landed cost on a known way.
#[derive(Debug)]
pub enum Scale<'a> {
    Price,
    Landed(Way<'a>),
}

impl Scale<'_> {
    pub fn value(&self, price: Money, shipping: Option<Money>) -> Option<Money> {
        match self {
            Scale::Price => Some(price),
            Scale::Landed(way) => way.total(&Offer::sale(price, shipping, None)).ok(),
        }
    }
}

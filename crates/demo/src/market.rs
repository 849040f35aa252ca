//! The market's state and how it moves: a pure function of seed, market time and the controls used.
//!
//! Time goes in steps of ten market minutes; each step throws its own dice, so asking often or
//! seldom gives the same market.

mod opening;

use watches_core::time::{Span, Timestamp};

use crate::{
    listing::{Listing, Site, State},
    random::Dice,
};

pub use opening::{Wish, list};

const STEP: Span = Span::minutes(10);

/// Chances per listing and step, in a million: about one price move in four days, one sale in ten.
const MOVE_PER_MILLION: u64 = 1800;
const SALE_PER_MILLION: u64 = 600;

/// New listings come as fast as old ones go.
const ARRIVALS_PER_STEP_PER_MILLE: u64 = 260;

/// A bid on a running auction, per step; thrice that in its last hour.
const BID_PER_MILLE: u64 = 30;

#[derive(Debug)]
pub struct Market {
    seed: u64,
    pub listings: Vec<Listing>,
    steps: i64,
    next_id: u64,
    /// Set by hand; otherwise chance decides.
    pub challenge: Option<bool>,
}

impl Market {
    /// The market as it opens: the same for the same seed.
    pub fn open(seed: u64) -> Market {
        let mut market =
            Market { seed, listings: Vec::new(), steps: 0, next_id: 400_100, challenge: None };
        opening::fill(&mut market);
        market
    }

    /// Moves on to the last whole step before `now`.
    pub fn advance(&mut self, now: Timestamp) {
        let due = now.0.div_euclid(STEP.0);
        // A laptop that slept for weeks need not live through every step.
        self.steps = self.steps.max(due - 5000);
        while self.steps < due {
            self.steps += 1;
            self.step();
        }
    }

    pub fn find(&self, id: u64) -> Option<&Listing> {
        self.listings.iter().find(|listing| listing.id == id)
    }

    pub fn find_mut(&mut self, id: u64) -> Option<&mut Listing> {
        self.listings.iter_mut().find(|listing| listing.id == id)
    }

    /// What a search on one site shows, newest first.
    pub fn search(&self, site: Site, query: &str) -> Vec<&Listing> {
        let mut found: Vec<&Listing> = self
            .listings
            .iter()
            .filter(|listing| listing.site == site && listing.state == State::Active)
            .filter(|listing| listing.answers(query))
            .collect();
        found.sort_by_key(|listing| (std::cmp::Reverse(listing.listed_at), listing.id));
        found
    }

    /// Does the imitation Chrono24 ask who is there? Now and then, for half an hour; not at once.
    pub fn challenges(&self, now: Timestamp) -> bool {
        let slot = now.0.div_euclid(Span::minutes(30).0);
        let by_chance = slot >= 6 && Dice::apart(self.seed ^ 0xc4a1, slot as u64).chance(25);
        self.challenge.unwrap_or(by_chance)
    }

    pub fn add(&mut self, wish: &Wish) -> u64 {
        let now = self.now();
        let mut dice = Dice::apart(self.seed ^ 0xadd, self.next_id);
        let listing = list(self.take_id(), wish, now, &mut dice);
        let id = listing.id;
        self.listings.push(listing);
        id
    }

    fn now(&self) -> Timestamp {
        Timestamp(self.steps * STEP.0)
    }

    fn take_id(&mut self) -> u64 {
        // Odd strides, so that ids look like a market's and not like a counter's.
        self.next_id += 37;
        self.next_id
    }

    fn step(&mut self) {
        let now = self.now();
        let mut dice = Dice::apart(self.seed, self.steps as u64);
        for listing in &mut self.listings {
            live(listing, now, &mut dice);
        }
        if dice.chance(ARRIVALS_PER_STEP_PER_MILLE) {
            let wish = Wish::by_chance(&mut dice);
            let listing = list(self.take_id(), &wish, now, &mut dice);
            self.listings.push(listing);
        }
        // The long gone are forgotten, so that the market does not grow for ever.
        let horizon = now - Span::days(60);
        self.listings
            .retain(|listing| listing.state == State::Active || listing.listed_at > horizon);
    }
}

/// One step in a listing's life.
fn live(listing: &mut Listing, now: Timestamp, dice: &mut Dice) {
    if listing.state != State::Active || listing.anchor {
        return;
    }
    if let Some(auction) = &mut listing.auction {
        if auction.ends_at <= now {
            listing.state = if auction.bids > 0 { State::Sold } else { State::Ended };
            return;
        }
        let last_hour = auction.ends_at - now < Span::hours(1);
        if dice.chance(if last_hour { BID_PER_MILLE * 3 } else { BID_PER_MILLE }) {
            auction.bids += 1;
            listing.price_minor += (listing.price_minor / 40).max(100);
        }
        return;
    }
    let throw = dice.throw() % 1_000_000;
    if throw < SALE_PER_MILLION {
        listing.state = State::Sold;
    } else if throw < SALE_PER_MILLION + MOVE_PER_MILLION {
        // Two moves in three go down, by one to eight percent.
        let percent = if dice.chance(667) { -dice.between(1, 8) } else { dice.between(1, 4) };
        listing.change_price(percent * 10);
    }
}

impl Listing {
    /// Changes the price by thousandths, rounded to whole units of ten where it is dear enough.
    pub fn change_price(&mut self, per_mille: i64) {
        let before = self.price_minor;
        let exact = before + before * per_mille / 1000;
        let grain = if exact > 100_000 && self.place.currency != "JPY" { 1000 } else { 100 };
        self.price_minor = (exact / grain * grain).max(grain);
        self.was_minor = (self.price_minor < before).then_some(before);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn prices(market: &Market) -> Vec<(u64, i64)> {
        market.listings.iter().map(|listing| (listing.id, listing.price_minor)).collect()
    }

    #[test]
    fn one_seed_makes_one_market_however_often_it_is_asked() {
        let (mut seldom, mut often) = (Market::open(7), Market::open(7));
        seldom.advance(Timestamp(0) + Span::days(2));
        (0..=96)
            .for_each(|half_hours| often.advance(Timestamp(0) + Span::minutes(30 * half_hours)));
        assert_eq!(prices(&seldom), prices(&often));
        assert_ne!(prices(&seldom), prices(&Market::open(7)));
        assert_ne!(prices(&Market::open(8)), prices(&Market::open(7)));
    }

    #[test]
    fn the_market_opens_full_and_always_has_the_newcomers_watch() {
        for seed in 0..20 {
            let mut market = Market::open(seed);
            assert!((380..=440).contains(&market.listings.len()), "{}", market.listings.len());
            market.advance(Timestamp(0) + Span::days(20));
            let cheap = market.listings.iter().filter(|listing| {
                listing.of.number == "126610LN"
                    && listing.state == State::Active
                    && listing.place.currency == "EUR"
                    && listing.price_minor + listing.shipping_minor < 1_100_000
            });
            assert!(cheap.count() >= 3, "seed {seed}");
            let active = market.listings.iter().filter(|l| l.state == State::Active).count();
            assert!((150..900).contains(&active), "seed {seed}: {active}");
        }
    }

    #[test]
    fn auctions_end_and_bids_only_raise() {
        let mut market = Market::open(3);
        let before: Vec<(u64, i64)> = (market.listings.iter())
            .filter(|listing| listing.auction.is_some())
            .map(|listing| (listing.id, listing.price_minor))
            .collect();
        assert!(before.len() > 20);
        market.advance(Timestamp(0) + Span::days(12));
        for (id, price) in before {
            let listing = market.find(id).expect("an ended auction is kept for a while");
            assert!(listing.price_minor >= price);
            assert_ne!(listing.state, State::Active);
        }
    }
}

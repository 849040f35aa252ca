//! How listings come into being: the stock on the first day, and later arrivals.

use watches_core::time::{Span, Timestamp};

use super::Market;
use crate::{
    listing::{Auction, Grade, Listing, Scope, Seller, Site, State},
    random::Dice,
    stock::{
        REFERENCES, Reference,
        people::{NAMES, PLACES, Place, TRADERS},
        words,
    },
};

/// Listings of the first day, beside the anchors.
const FIRST_DAY: u32 = 400;

/// Prices in euros of the Submariners that are always there, some below 11,000 with shipping.
const ANCHORS: &[(&str, i64, Site)] = &[
    ("126610LN", 10_450, Site::Chrono24),
    ("126610LN", 10_690, Site::Ebay),
    ("126610LN", 10_790, Site::Dealer),
    ("126610LN", 10_850, Site::Chrono24),
    ("126610LN", 11_350, Site::Chrono24),
    ("126610LN", 12_200, Site::Ebay),
    ("126610LV", 10_790, Site::Ebay),
    ("126610LV", 11_900, Site::Chrono24),
    ("126610LV", 12_650, Site::Dealer),
    ("126610LV", 12_950, Site::Chrono24),
];

/// What a new listing should be; the rest is left to chance.
#[derive(Debug, Clone, Default)]
pub struct Wish {
    pub of: Option<Reference>,
    pub site: Option<Site>,
    /// Whole units of the place's currency.
    pub price: Option<i64>,
    pub title: Option<String>,
    pub anchor: bool,
}

impl Wish {
    pub fn by_chance(dice: &mut Dice) -> Wish {
        Wish { of: Some(*popular(dice)), ..Wish::default() }
    }
}

/// Fills the market as it opens: listings from the last thirty days.
pub fn fill(market: &mut Market) {
    for (index, (number, euros, site)) in ANCHORS.iter().enumerate() {
        let mut dice = Dice::apart(market.seed ^ 0xa9c4, index as u64);
        let of = REFERENCES.iter().find(|reference| reference.number == *number).copied();
        let wish = Wish { of, site: Some(*site), price: Some(*euros), anchor: true, title: None };
        let listed_at = Timestamp(-dice.between(0, Span::days(9).0));
        let listing = list(market.take_id(), &wish, listed_at, &mut dice);
        market.listings.push(listing);
    }
    for index in 0..FIRST_DAY {
        let mut dice = Dice::apart(market.seed ^ 0xf111, u64::from(index));
        let wish = Wish::by_chance(&mut dice);
        let listed_at = Timestamp(-dice.between(0, Span::days(30).0));
        let listing = list(market.take_id(), &wish, listed_at, &mut dice);
        market.listings.push(listing);
    }
}

/// Rolex and the affordable come up more often than the grand.
fn popular(dice: &mut Dice) -> &'static Reference {
    let first = dice.pick(REFERENCES);
    if first.euros > 20_000 && dice.chance(600) { dice.pick(REFERENCES) } else { first }
}

/// One listing after a wish.
pub fn list(id: u64, wish: &Wish, listed_at: Timestamp, dice: &mut Dice) -> Listing {
    let of = wish.of.unwrap_or_else(|| *popular(dice));
    let site = wish.site.unwrap_or(*dice.pick(&[
        Site::Ebay,
        Site::Ebay,
        Site::Ebay,
        Site::Chrono24,
        Site::Chrono24,
        Site::Chrono24,
        Site::Dealer,
    ]));
    let place = place_for(site, wish, dice);
    let year = dice.between(i64::from(of.years.0), i64::from(of.years.1)) as u16;
    let condition = grade(year, dice);
    let scope = Scope { has_box: dice.chance(740), papers: dice.chance(700) };
    let auction =
        (site == Site::Ebay && wish.price.is_none() && dice.chance(280)).then(|| Auction {
            bids: dice.between(0, 14) as u32,
            ends_at: Timestamp(listed_at.0.max(0))
                + Span(dice.between(Span::hours(3).0, Span::days(7).0)),
        });
    let price_minor = match wish.price {
        Some(whole) => in_minor(whole, place),
        None => asking_price(&of, condition, scope, place, auction.is_some(), dice),
    };
    let trader = site != Site::Ebay || dice.chance(300);
    let (title, detail) = match site {
        Site::Ebay => (words::crammed(&of, year, scope, dice), String::new()),
        Site::Chrono24 | Site::Dealer => words::tidy(&of, year, scope, dice),
    };
    Listing {
        id,
        site,
        of,
        title: wish.title.clone().unwrap_or(title),
        detail,
        price_minor,
        was_minor: None,
        shipping_minor: in_minor(
            *dice.pick(&[0, 0, 19, 29, 49, 90]) * place.per_thousand_euros / 1000,
            place,
        ),
        condition,
        scope,
        year,
        place,
        seller: seller(site, trader, dice),
        state: State::Active,
        auction,
        listed_at,
        anchor: wish.anchor,
    }
}

/// Anchors stand in the euro area, so that no duty hides them from a newcomer's limit.
fn place_for(site: Site, wish: &Wish, dice: &mut Dice) -> Place {
    let euro: Vec<Place> = PLACES.iter().filter(|place| place.currency == "EUR").copied().collect();
    match site {
        _ if wish.anchor || wish.price.is_some() => *dice.pick(&euro),
        Site::Dealer => PLACES[0],
        Site::Ebay | Site::Chrono24 => *dice.pick(PLACES),
    }
}

fn grade(year: u16, dice: &mut Dice) -> Grade {
    match year {
        2025.. => *dice.pick(&[Grade::New, Grade::Unworn, Grade::VeryGood]),
        2021.. => *dice.pick(&[Grade::Unworn, Grade::VeryGood, Grade::VeryGood, Grade::Good]),
        _ => *dice.pick(&[Grade::VeryGood, Grade::VeryGood, Grade::Good, Grade::Good, Grade::Fair]),
    }
}

fn asking_price(
    of: &Reference,
    condition: Grade,
    scope: Scope,
    place: Place,
    auction: bool,
    dice: &mut Dice,
) -> i64 {
    let set = match scope {
        Scope { has_box: true, papers: true } => 1020,
        Scope { has_box: true, papers: false } | Scope { has_box: false, papers: true } => 960,
        Scope { has_box: false, papers: false } => 920,
    };
    let taste = dice.between(900, 1140);
    let started_low = if auction { dice.between(450, 850) } else { 1000 };
    let euros =
        of.euros * condition.worth() / 1000 * set / 1000 * taste / 1000 * started_low / 1000;
    let local = euros * place.per_thousand_euros / 1000;
    // Sellers like round prices.
    let grain = match local {
        500_000.. => 10_000,
        5_000.. => 50,
        _ => 10,
    };
    in_minor((local / grain * grain).max(grain), place)
}

fn in_minor(whole: i64, place: Place) -> i64 {
    if place.currency == "JPY" { whole } else { whole * 100 }
}

fn seller(site: Site, trader: bool, dice: &mut Dice) -> Seller {
    let name = match (site, trader) {
        (Site::Dealer, _) => TRADERS[0],
        (Site::Ebay | Site::Chrono24, true) => dice.pick(TRADERS),
        (Site::Ebay | Site::Chrono24, false) => dice.pick(NAMES),
    };
    Seller {
        name,
        trader,
        feedback: dice.between(3, 9000) as u32,
        positive: dice.between(961, 1000) as u32,
    }
}

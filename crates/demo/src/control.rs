//! The handles by which tests and scripts move the market: list, drop, add, sell, challenge, freeze, page.

use serde::Deserialize;
use serde_json::{Value, json};

use crate::{
    listing::{Listing, Site, State},
    market::{Market, Wish},
    pages::{chrono24, dealer},
    stock::REFERENCES,
};

#[derive(Debug, Deserialize)]
pub struct Drop {
    pub id: u64,
    /// 6 takes six percent off.
    pub percent: f64,
}

/// A page put up as it is, at `/pages/<file>`: to see how a page that nobody knows is read.
#[derive(Debug, Deserialize)]
pub struct Page {
    pub file: String,
    pub html: String,
}

/// Everything may be left out; `price` is in whole euros.
#[derive(Debug, Default, Deserialize)]
pub struct Add {
    pub site: Option<SiteName>,
    pub reference: Option<String>,
    pub title: Option<String>,
    pub price: Option<i64>,
}

#[derive(Debug, Clone, Copy, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum SiteName {
    Ebay,
    Chrono24,
    Dealer,
}

#[derive(Debug, Deserialize)]
pub struct Sell {
    pub id: u64,
}

#[derive(Debug, Deserialize)]
pub struct Switch {
    /// `null` gives the decision back to chance where there is one.
    pub on: Option<bool>,
}

/// Every listing, with where it stands.
pub fn list(market: &Market, address: &str) -> Value {
    json!(market.listings.iter().map(|listing| describe(listing, address)).collect::<Vec<_>>())
}

pub fn describe(listing: &Listing, address: &str) -> Value {
    let path = match listing.site {
        Site::Ebay => format!("/ebay/itm/{}", listing.id),
        Site::Chrono24 => chrono24::path(listing),
        Site::Dealer => dealer::path(listing),
    };
    json!({
        "id": listing.id, "site": listing.site, "url": format!("{address}{path}"), "title": listing.title,
        "reference": listing.of.number, "price": listing.decimal(listing.price_minor),
        "currency": listing.place.currency, "shipping": listing.decimal(listing.shipping_minor),
        "state": listing.state, "auction": listing.auction.is_some(), "year": listing.year,
        "country": listing.place.code, "box": listing.scope.has_box, "papers": listing.scope.papers,
    })
}

/// The listing after the drop; `None` if there is none.
pub fn drop_price(market: &mut Market, drop: &Drop, address: &str) -> Option<Value> {
    let listing = market.find_mut(drop.id)?;
    let percent = if drop.percent.is_finite() { drop.percent.clamp(-1000.0, 99.0) } else { 0.0 };
    listing.change_price(-(percent * 10.0).round() as i64);
    Some(describe(listing, address))
}

pub fn add(market: &mut Market, add: &Add, address: &str) -> Option<Value> {
    let of = match &add.reference {
        Some(number) => Some(*REFERENCES.iter().find(|of| of.number == number)?),
        None => None,
    };
    let site = add.site.map(|name| match name {
        SiteName::Ebay => Site::Ebay,
        SiteName::Chrono24 => Site::Chrono24,
        SiteName::Dealer => Site::Dealer,
    });
    let price = add.price.map(|price| price.clamp(1, 100_000_000));
    let id = market.add(&Wish { of, site, price, title: add.title.clone(), anchor: false });
    market.find(id).map(|listing| describe(listing, address))
}

pub fn sell(market: &mut Market, sell: &Sell, address: &str) -> Option<Value> {
    let listing = market.find_mut(sell.id)?;
    listing.state = State::Sold;
    Some(describe(listing, address))
}

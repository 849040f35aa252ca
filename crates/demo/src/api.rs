//! Imitation of eBay's Browse API: an application token, and searches that want one.
//!
//! Field names follow eBay's public reference; prices and dates are strings there too.

use serde_json::{Value, json};

use crate::{
    listing::{Listing, Site},
    pages::{View, ebay},
};

/// How long a token lives, in seconds; eBay's live two hours.
pub const TOKEN_SECONDS: u64 = 7200;

/// The application keys that this market knows, as eBay's developer pages would give them.
pub const KEYS: (&str, &str) = ("demo-client", "demo-secret");

/// The one token that this market hands out.
pub const TOKEN: &str = "demo-application-token";

/// What a search asks for.
#[derive(Debug, Clone, Default)]
pub struct ApiSearch {
    pub query: String,
    pub limit: usize,
    pub offset: usize,
    /// eBay's filter syntax: `buyingOptions:{AUCTION},price:[100..500],priceCurrency:EUR`.
    pub filter: String,
}

pub fn token() -> Value {
    json!({ "access_token": TOKEN, "expires_in": TOKEN_SECONDS, "token_type": "Application Access Token" })
}

pub fn error(id: u32, message: &str) -> Value {
    json!({ "errors": [{ "errorId": id, "domain": "API_BROWSE", "category": "REQUEST", "message": message }] })
}

pub fn search(view: &View<'_>, search: &ApiSearch) -> Value {
    let limit = search.limit.clamp(1, 200);
    let auctions = search.filter.contains("AUCTION");
    let fixed = search.filter.contains("FIXED_PRICE");
    let found: Vec<&Listing> = view
        .market
        .search(Site::Ebay, &search.query)
        .into_iter()
        .filter(|listing| auctions == fixed || listing.auction.is_some() == auctions)
        .filter(|listing| within_price(listing, &search.filter))
        .collect();
    let items: Vec<Value> = found
        .iter()
        .skip(search.offset)
        .take(limit)
        .map(|listing| summary(view, listing))
        .collect();
    let mut answer = json!({
        "href": format!("{}/buy/browse/v1/item_summary/search", view.address),
        "total": found.len(), "limit": limit, "offset": search.offset, "itemSummaries": items,
    });
    let next = search.offset.saturating_add(limit);
    if next < found.len() {
        let query: String = url::form_urlencoded::byte_serialize(search.query.as_bytes()).collect();
        answer["next"] = json!(format!(
            "{}/buy/browse/v1/item_summary/search?q={query}&limit={limit}&offset={next}",
            view.address
        ));
    }
    answer
}

/// `price:[100..500]`, either end open.
fn within_price(listing: &Listing, filter: &str) -> bool {
    let Some((_, rest)) = filter.split_once("price:[") else { return true };
    let range = rest.split(']').next().unwrap_or_default();
    let (low, high) = range.split_once("..").unwrap_or((range, ""));
    let price: f64 = listing.decimal(listing.price_minor).parse().unwrap_or_default();
    let currency = filter
        .split_once("priceCurrency:")
        .map(|(_, rest)| rest.split(',').next().unwrap_or_default());
    // A bound that is not a number does not bind.
    let low = low.parse().unwrap_or(f64::MIN);
    let high = high.parse().unwrap_or(f64::MAX);
    currency.is_none_or(|wanted| wanted == listing.place.currency) && (low..=high).contains(&price)
}

fn summary(view: &View<'_>, listing: &Listing) -> Value {
    let (condition, code) = ebay::condition(listing.condition);
    let money =
        |minor: i64| json!({ "value": listing.decimal(minor), "currency": listing.place.currency });
    let mut item = json!({
        "itemId": format!("v1|{}|0", listing.id), "legacyItemId": listing.id.to_string(),
        "title": listing.title, "itemHref": format!("{}/buy/browse/v1/item/v1|{}|0", view.address, listing.id),
        "itemWebUrl": format!("{}/ebay/itm/{}?_skw=watch", view.address, listing.id),
        "image": { "imageUrl": view.photo(listing) },
        "condition": condition, "conditionId": code.to_string(),
        "itemLocation": { "country": listing.place.code, "city": listing.place.city },
        "seller": { "username": listing.seller.name, "feedbackPercentage": format!("{}.{}", listing.seller.positive / 10, listing.seller.positive % 10), "feedbackScore": listing.seller.feedback },
        "shippingOptions": [{ "shippingCostType": "FIXED", "shippingCost": money(listing.shipping_minor) }],
        "itemCreationDate": view.clock.real(listing.listed_at).to_iso(),
        "buyingOptions": ["FIXED_PRICE"],
    });
    match &listing.auction {
        Some(auction) => {
            item["buyingOptions"] = json!(["AUCTION"]);
            item["currentBidPrice"] = money(listing.price_minor);
            item["bidCount"] = json!(auction.bids);
            item["itemEndDate"] = json!(view.clock.real(auction.ends_at).to_iso());
        }
        None => item["price"] = money(listing.price_minor),
    }
    if let Some(was) = listing.was_minor.filter(|_| listing.auction.is_none()) {
        item["marketingPrice"] = json!({ "originalPrice": money(was) });
    }
    item
}

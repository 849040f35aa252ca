//! The API's JSON to listings. Field by field: one bad field or item costs only itself.

use serde_json::Value;
use url::Url;
use watches_core::{
    listing::{
        extracted::{Extracted, SaleKind, SaleState, Warning},
        origin::Strategy,
    },
    money::{Currency, Money},
    time::Timestamp,
};

use crate::sites::{Found, address};

/// Reads an answer of `item_summary/search`.
///
/// # Errors
/// When the body is not JSON; a JSON of another shape holds no listings.
pub fn read(source: &str, body: &[u8], now: Timestamp) -> Result<Found, serde_json::Error> {
    let answer: Value = serde_json::from_slice(body)?;
    let mut found = Found {
        next: text(&answer["next"]).and_then(|next| Url::parse(&next).ok()),
        total: answer["total"].as_u64().and_then(|total| u32::try_from(total).ok()),
        ..Found::default()
    };
    for (at, item) in answer["itemSummaries"].as_array().into_iter().flatten().enumerate() {
        match listing(source, item, now) {
            Some(listing) => found.listings.push(listing),
            None => found.warnings.push(Warning {
                field: format!("itemSummaries[{at}]"),
                message: "it has no id, title or address".to_owned(),
            }),
        }
    }
    Ok(found)
}

/// The number and words of the first error in an error body.
pub fn first_error(body: &[u8]) -> Option<(u64, String)> {
    let answer: Value = serde_json::from_slice(body).ok()?;
    let error = answer["errors"].get(0)?;
    Some((error["errorId"].as_u64()?, text(&error["message"])?))
}

fn listing(source: &str, item: &Value, now: Timestamp) -> Option<Extracted> {
    let id = text(&item["legacyItemId"]).or_else(|| {
        // `v1|<legacy id>|<variation>`
        text(&item["itemId"])?.split('|').nth(1).map(str::to_owned)
    })?;
    let title = text(&item["title"])?;
    let title = title.split_whitespace().collect::<Vec<_>>().join(" ");
    let address = without_query(&text(&item["itemWebUrl"])?)?;
    let mut listing = Extracted::new(source, id, address, title);
    prices(&mut listing, item);
    sale(&mut listing, item, now);
    listing.description = text(&item["shortDescription"]);
    listing.condition_text = text(&item["condition"]);
    listing.condition_code = text(&item["conditionId"]).map(|code| format!("ebay:{code}"));
    listing.seller = text(&item["seller"]["username"]);
    listing.seller_rating = text(&item["seller"]["feedbackPercentage"])
        .and_then(|percent| percent.parse().ok())
        .filter(|percent| (0.0..=100.0).contains(percent));
    let place = &item["itemLocation"];
    listing.country = text(&place["country"]).filter(|code| code.len() == 2);
    listing.location = text(&place["city"]).or_else(|| listing.country.clone());
    let extra = item["additionalImages"].as_array().into_iter().flatten();
    let photos = std::iter::once(&item["image"]).chain(extra);
    let of_web = |photo: &String| address::is_of_the_web(photo);
    listing.photos = photos.filter_map(|photo| text(&photo["imageUrl"])).filter(of_web).collect();
    listing.image = listing.photos.first().cloned();
    listing.came_by(Strategy::Structured);
    Some(listing)
}

fn prices(listing: &mut Extracted, item: &Value) {
    let standing = item.get("currentBidPrice").map(|bid| ("currentBidPrice", bid));
    let asked = item.get("price").map(|price| ("price", price));
    if let Some((field, price)) = standing.or(asked) {
        listing.price = money(price);
        listing.price_text = Some(plain(price));
        if listing.price.is_none() {
            let message = format!("`{}` is no amount we know", plain(price));
            listing.warnings.push(Warning { field: field.to_owned(), message });
        }
    }
    listing.price_was = money(&item["marketingPrice"]["originalPrice"]);
    let shipping = &item["shippingOptions"][0];
    // A calculated cost depends on where to; without a figure it stays unknown.
    listing.shipping = money(&shipping["shippingCost"]);
    listing.shipping_text = match listing.shipping {
        Some(cost) => Some(cost.to_string()),
        None => text(&shipping["shippingCostType"]),
    };
}

fn sale(listing: &mut Extracted, item: &Value, now: Timestamp) {
    let mut options = item["buyingOptions"].as_array().into_iter().flatten();
    if options.any(|option| option == "AUCTION") {
        listing.kind = SaleKind::Auction;
        listing.bids = item["bidCount"].as_u64().and_then(|bids| u32::try_from(bids).ok());
    }
    listing.ends_at = text(&item["itemEndDate"]).and_then(|at| Timestamp::parse_iso(&at));
    listing.listed_at = text(&item["itemCreationDate"])
        .or_else(|| text(&item["itemOriginDate"]))
        .and_then(|at| Timestamp::parse_iso(&at));
    if listing.ends_at.is_some_and(|end| end <= now) {
        listing.state = SaleState::Ended;
    }
}

/// An amount; none below nothing.
fn money(price: &Value) -> Option<Money> {
    let currency: Currency = text(&price["currency"])?.parse().ok()?;
    Money::from_decimal(&text(&price["value"])?, currency).filter(|amount| amount.minor >= 0)
}

fn plain(price: &Value) -> String {
    let part = |name: &str| text(&price[name]).unwrap_or_default();
    format!("{} {}", part("value"), part("currency"))
}

/// Texts and, where a text is expected, numbers; nothing for empty ones.
fn text(value: &Value) -> Option<String> {
    match value {
        Value::String(text) => Some(text.trim().to_owned()).filter(|text| !text.is_empty()),
        Value::Number(number) => Some(number.to_string()),
        Value::Null | Value::Bool(_) | Value::Array(_) | Value::Object(_) => None,
    }
}

/// The canonical address, if it is one of the web's: everything after the path is tracking.
fn without_query(address: &str) -> Option<String> {
    let mut url = address::absolute(address, None)?;
    url.set_query(None);
    url.set_fragment(None);
    Some(url.into())
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;
    use serde_json::json;

    use super::*;

    const NOW: Timestamp = Timestamp::from_seconds(1_793_000_000);

    fn one(item: Value) -> Extracted {
        let body = json!({ "total": 1, "itemSummaries": [item] }).to_string();
        let mut found = read("ebay", body.as_bytes(), NOW).expect("it is JSON");
        found.listings.pop().expect("one listing")
    }

    #[test]
    fn a_fixed_offer_is_read_in_full() {
        let listing = one(json!({
            "itemId": "v1|1234567|0", "title": "  Omega  Seamaster 2531.80 ",
            "itemWebUrl": "https://www.ebay.com/itm/1234567?hash=item1&amdata=enc",
            "price": { "value": "2350.00", "currency": "USD" },
            "marketingPrice": { "originalPrice": { "value": "2500.00", "currency": "USD" } },
            "shippingOptions": [{ "shippingCostType": "FIXED", "shippingCost": { "value": "0.00", "currency": "USD" } }],
            "condition": "Pre-Owned", "conditionId": "3000", "buyingOptions": ["FIXED_PRICE"],
            "itemLocation": { "country": "US", "city": "Austin" },
            "seller": { "username": "somebody", "feedbackPercentage": "99.4" },
            "image": { "imageUrl": "https://i.ebayimg.com/1.jpg" },
        }));
        assert_eq!(listing.id, "1234567");
        assert_eq!(listing.title, "Omega Seamaster 2531.80");
        assert_eq!(listing.url, "https://www.ebay.com/itm/1234567");
        assert_eq!(listing.price, Some(Money::new(235_000, Currency::USD)));
        assert_eq!(listing.price_was, Some(Money::new(250_000, Currency::USD)));
        assert_eq!(listing.shipping, Some(Money::new(0, Currency::USD)));
        assert_eq!(listing.condition_code.as_deref(), Some("ebay:3000"));
        assert_eq!(listing.seller_rating, Some(99.4));
        assert_eq!((listing.kind, listing.state), (SaleKind::Fixed, SaleState::Active));
    }

    #[test]
    fn an_auction_shows_its_standing_bid_and_end() {
        let listing = one(json!({
            "legacyItemId": "77", "title": "Seiko SKX007", "itemWebUrl": "https://www.ebay.com/itm/77",
            "currentBidPrice": { "value": "41500", "currency": "JPY" }, "bidCount": 3,
            "price": { "value": "90000", "currency": "JPY" },
            "buyingOptions": ["AUCTION", "FIXED_PRICE"], "itemEndDate": "2020-01-01T00:00:00.000Z",
            "shippingOptions": [{ "shippingCostType": "CALCULATED" }],
        }));
        assert_eq!(listing.price, Some(Money::new(41_500, Currency::JPY)));
        assert_eq!((listing.kind, listing.bids), (SaleKind::Auction, Some(3)));
        assert_eq!(listing.state, SaleState::Ended);
        assert_eq!(listing.shipping, None);
    }

    #[test]
    fn addresses_that_are_none_of_the_webs_are_left_out() {
        let listing = one(json!({
            "itemId": "v1|7|0", "title": "Seiko", "itemWebUrl": "https://www.ebay.com/itm/7",
            "image": { "imageUrl": "data:image/svg+xml,x" },
            "additionalImages": [{ "imageUrl": "https://i.ebayimg.com/2.jpg" }],
        }));
        assert_eq!(listing.photos, ["https://i.ebayimg.com/2.jpg"]);
        let body =
            br#"{"itemSummaries":[{"itemId":"v1|7|0","title":"x","itemWebUrl":"javascript:x"}]}"#;
        let found = read("ebay", body, NOW).expect("it is JSON");
        assert_eq!((found.listings.len(), found.warnings.len()), (0, 1));
    }

    #[test]
    fn bad_items_cost_only_themselves() {
        let body = json!({ "itemSummaries": [
            { "title": "no id" },
            { "legacyItemId": 5, "title": "odd currency", "itemWebUrl": "https://www.ebay.com/itm/5", "price": { "value": "1", "currency": "XAU" } },
            { "legacyItemId": 6, "title": "owed", "itemWebUrl": "https://www.ebay.com/itm/6", "price": { "value": "-1", "currency": "EUR" } },
        ] });
        let found = read("ebay", body.to_string().as_bytes(), NOW).expect("it is JSON");
        assert_eq!(found.warnings.len(), 1);
        for listing in &found.listings {
            assert_eq!(listing.price, None);
            assert_eq!(listing.warnings[0].field, "price");
        }
        assert!(read("ebay", b"<html>", NOW).is_err());
        assert_eq!(read("ebay", b"[]", NOW).expect("it is JSON").listings, []);
    }

    proptest! {
        #[test]
        fn no_body_can_make_it_panic(body in "\\PC{0,200}") {
            let _ = read("ebay", body.as_bytes(), NOW);
            let _ = first_error(body.as_bytes());
        }
    }
}

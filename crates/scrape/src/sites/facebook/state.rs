//! Facebook's embedded state -> listings. Called by `facebook::read`.
//!
//! A listing is the object that holds `marketplace_listing_title`; the members around it are read where
//! they are there. One id may stand in several objects, which complete each other.

use memchr::memmem;
use url::Url;
use watches_core::{
    listing::{
        extracted::{Extracted, SaleState},
        origin::Strategy,
        price_text::read_price,
    },
    money::{Currency, Money},
    time::Timestamp,
};

use super::{item_address, words};
use crate::{
    html::text::{fold_decoded, some},
    sites::complete::complete,
    structured::{embedded, json::Json},
};

/// Members that only the item of an item's page has.
const ITEM_MARKS: [&str; 3] =
    ["\"marketplace_product_details_page\":", "\"redacted_description\":", "\"creation_time\":"];

/// Every listing of the state, each id once, those with the most to say of themselves first.
pub(super) fn listings(text: &str, base: Option<&Url>) -> Vec<Extracted> {
    let mut listings: Vec<Extracted> = Vec::new();
    for object in embedded::objects_with(text, "marketplace_listing_title") {
        let Some(listing) = listing(&object, base) else { continue };
        match listings.iter_mut().find(|known| known.id == listing.id) {
            Some(known) => *known = complete(known.clone(), listing),
            None => listings.push(listing),
        }
    }
    listings.sort_by_key(|listing| listing.listed_at.is_none() && listing.description.is_none());
    listings
}

/// Whether the state is that of an item's page, which also holds other listings.
pub(super) fn is_item_page(text: &str) -> bool {
    ITEM_MARKS.iter().all(|mark| memmem::find(text.as_bytes(), mark.as_bytes()).is_some())
}

/// The item's photos, which stand apart from its other fields.
pub(super) fn photos(text: &str) -> Vec<String> {
    let photos = embedded::first_value(text, "listing_photos");
    let uris =
        photos.iter().flat_map(Json::each).filter_map(|photo| text_at(photo, &["image", "uri"]));
    uris.take(60).collect()
}

fn listing(object: &Json<'_>, base: Option<&Url>) -> Option<Extracted> {
    let id =
        object.get("id")?.as_text().filter(|id| id.bytes().all(|byte| byte.is_ascii_digit()))?;
    let title = text_at(object, &["marketplace_listing_title"])?;
    let mut listing = Extracted::new("facebook", id, item_address(id, base), title);
    add_price(&mut listing, object);
    add_condition(&mut listing, object);
    add_place(&mut listing, object);
    listing.state = state(object);
    listing.description = text_at(object, &["redacted_description", "text"]);
    listing.seller = text_at(object, &["marketplace_listing_seller", "name"]).or_else(|| {
        object.get("story")?.get("actors")?.each().find_map(|who| text_at(who, &["name"]))
    });
    listing.image = text_at(object, &["primary_listing_photo", "image", "uri"]);
    listing.photos.extend(listing.image.clone());
    let created = object.get("creation_time").and_then(Json::as_text);
    listing.listed_at = created.and_then(|at| at.parse().ok()).map(Timestamp::from_seconds);
    listing.came_by(Strategy::Embedded);
    Some(listing)
}

/// A text at the end of a path of members, folded; `None` for an empty one.
fn text_at(value: &Json<'_>, path: &[&str]) -> Option<String> {
    let found = path.iter().try_fold(value, |value, name| value.get(name))?;
    some(fold_decoded(found.as_text()?))
}

/// The exact amount with its currency where the state has both, else the text as it is shown.
fn add_price(listing: &mut Extracted, object: &Json<'_>) {
    let Some(price) = object.get("listing_price") else { return };
    let shown = ["formatted_amount", "formatted_amount_zeros_stripped"]
        .iter()
        .find_map(|name| text_at(price, &[name]))
        .or_else(|| text_at(object, &["formatted_price", "text"]));
    let stated = text_at(price, &["currency"]).and_then(|code| code.parse::<Currency>().ok());
    let exact = stated.and_then(|currency| amount(price, currency));
    let read = || read_price(shown.as_deref()?, None).money(Some(Currency::USD));
    listing.price = exact.or_else(read);
    listing.price_text = shown.or_else(|| text_at(price, &["amount"]));
    if let Some(currency) = listing.price.map(|price| price.currency) {
        let was = object.get("strikethrough_price").and_then(|was| amount(was, currency));
        listing.price_was = was.filter(|was| Some(*was) != listing.price);
    }
    let shipping = text_at(object, &["formatted_shipping_price"]);
    let currency = listing.price.map(|price| price.currency);
    listing.shipping = shipping.as_deref().and_then(|text| read_price(text, None).money(currency));
    listing.shipping_text = shipping;
}

fn amount(price: &Json<'_>, currency: Currency) -> Option<Money> {
    Money::from_decimal(price.get("amount")?.as_text()?, currency)
}

fn state(object: &Json<'_>) -> SaleState {
    let is = |name: &str| object.get(name) == Some(&Json::Bool(true));
    if is("is_sold") {
        SaleState::Sold
    } else if is("is_pending") {
        SaleState::Reserved
    } else {
        SaleState::Active
    }
}

/// Among the attributes the one whose value is a condition, whatever its name is in this language.
fn add_condition(listing: &mut Extracted, object: &Json<'_>) {
    let mut attributes = object.get("attribute_data").into_iter().flat_map(Json::each);
    let found = attributes.find_map(|attribute| {
        let value = attribute.get("value")?.as_text()?;
        let known = words::is_condition(value);
        known.then(|| (format!("fb:{value}"), text_at(attribute, &["label"])))
    });
    if let Some((code, label)) = found {
        listing.condition_code = Some(code);
        listing.condition_text = label;
    }
}

fn add_place(listing: &mut Extracted, object: &Json<'_>) {
    let city = text_at(object, &["location", "reverse_geocode", "city"]);
    let state = text_at(object, &["location", "reverse_geocode", "state"]);
    let town = match (city, state) {
        (Some(city), Some(state)) => Some(format!("{city}, {state}")),
        (city, state) => city.or(state),
    };
    listing.location = text_at(object, &["location_text", "text"]).or(town);
    listing.country =
        text_at(object, &["location", "reverse_geocode_detailed", "country_alpha_two"]);
}

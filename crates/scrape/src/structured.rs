//! schema.org data of any page -> listings: JSON-LD first, then microdata and RDFa, then OpenGraph.
//!
//! The reader of dealers' pages, and the fallback and base of the markets' item pages. A field that
//! an earlier form lacks is filled from a later one; nothing is guessed.

pub(crate) mod embedded;
pub(crate) mod json;
mod json_ld;
mod markup;
mod open_graph;
mod product;

use url::Url;
use watches_core::listing::{extracted::Extracted, origin::Strategy};

pub use self::product::Context;
pub(crate) use self::{
    json::{Json, parse_all as parse_json},
    json_ld::{script_with, scripts as json_ld_scripts},
};
use crate::{html, page::Page};

/// Every product with an offer that the page states, each once.
pub fn read(page: &Page, base: Option<&Url>) -> Vec<Extracted> {
    let text = page.text.as_str();
    let context = Context::new(text, base);
    let mut listings = json_ld::read(text, &context);
    let incomplete =
        |listings: &[Extracted]| listings.iter().all(|listing| listing.price.is_none());
    if incomplete(&listings) {
        let more = markup::read(text, &context);
        listings = if listings.is_empty() { more } else { fill(listings, more) };
    }
    if incomplete(&listings) {
        let more: Vec<Extracted> = {
            // Made for previews: often of the shop, not of the product.
            let guess = context.by(Strategy::Heuristic);
            open_graph::read(text, &guess).into_iter().collect()
        };
        listings = if listings.is_empty() { more } else { fill(listings, more) };
    }
    if let [only] = listings.as_mut_slice()
        && only.image.is_none()
    {
        only.image = html::meta(text, "og:image").and_then(|image| context.absolute(&image));
        only.photos.extend(only.image.clone());
        only.came_by(Strategy::Heuristic);
    }
    listings
}

/// One product stated in two forms: the second fills what the first lacks.
fn fill(mut listings: Vec<Extracted>, more: Vec<Extracted>) -> Vec<Extracted> {
    let ([listing], [other]) = (listings.as_mut_slice(), more.as_slice()) else {
        return if more.iter().any(|listing| listing.price.is_some()) { more } else { listings };
    };
    if listing.price.is_none() {
        listing.price = other.price;
        listing.price_text = other.price_text.clone().or(listing.price_text.take());
        listing.warnings.retain(|warning| warning.field != "price" || other.price.is_none());
    }
    listing.compared_with(other);
    listing.origins = listing.origins.or(other.origins);
    listing.price_max = listing.price_max.or(other.price_max);
    listing.condition_code = listing.condition_code.take().or(other.condition_code.clone());
    listing.image = listing.image.take().or(other.image.clone());
    listing.seller = listing.seller.take().or(other.seller.clone());
    listing.stated.brand = listing.stated.brand.take().or(other.stated.brand.clone());
    listing.stated.reference = listing.stated.reference.take().or(other.stated.reference.clone());
    listings
}

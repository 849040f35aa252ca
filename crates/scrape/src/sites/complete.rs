//! Two readings of one listing -> one: the better ranked reading, its gaps filled from the other.

use watches_core::listing::extracted::{Extracted, SaleState};

/// `best` with what only `other` knows. What both know stays as `best` says it.
pub fn complete(mut best: Extracted, other: Extracted) -> Extracted {
    best.compared_with(&other);
    best.origins = best.origins.or(other.origins);
    if best.title.is_empty() {
        best.title = other.title;
    }
    if best.price.is_none() {
        best.price = other.price;
        best.warnings.retain(|warning| warning.field != "price" || other.price.is_none());
    }
    if best.state == SaleState::Active {
        best.state = other.state;
    }
    if best.photos.is_empty() {
        best.photos = other.photos;
    }
    best.price_text = best.price_text.or(other.price_text);
    best.price_max = best.price_max.or(other.price_max);
    best.price_was = best.price_was.or(other.price_was);
    best.shipping = best.shipping.or(other.shipping);
    best.shipping_text = best.shipping_text.or(other.shipping_text);
    best.description = best.description.or(other.description);
    best.condition_text = best.condition_text.or(other.condition_text);
    best.condition_code = best.condition_code.or(other.condition_code);
    best.seller = best.seller.or(other.seller);
    best.seller_rating = best.seller_rating.or(other.seller_rating);
    best.location = best.location.or(other.location);
    best.country = best.country.or(other.country);
    best.image = best.image.or(other.image);
    best.listed_at = best.listed_at.or(other.listed_at);
    best
}

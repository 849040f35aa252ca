//! Priced -> the row and document that the store keeps.

use watches_core::{
    listing::{normalise::Normalised, price::Priced},
    time::Timestamp,
};
use watches_store::listings::{Document, Listing, Stored};

use super::facts::{Known, Market};

pub(super) fn stored(
    priced: &Priced,
    before: Option<&Known>,
    market: &Market,
    at: Timestamp,
) -> Stored {
    let unique = &priced.unique;
    let normalised = &unique.normalised;
    let extracted = &normalised.extracted;
    let known = before.map(|before| &before.stored.listing);
    let first_price = known.and_then(|known| known.first_price).or(extracted.price);
    let same_photo = known.filter(|known| known.image == extracted.image);
    let listing = Listing {
        id: unique.id,
        source: extracted.source.clone(),
        market_id: extracted.id.clone(),
        url: extracted.url.clone(),
        title: extracted.title.clone(),
        name: name(normalised),
        brand: normalised.watch.brand.clone(),
        family: normalised.watch.family.clone(),
        reference: normalised.watch.reference.clone(),
        reference_base: normalised.watch.reference_base.clone(),
        seller: extracted.seller.clone(),
        price: extracted.price,
        first_price,
        landed: priced.landed.as_ref().map(|landed| landed.total),
        price_rank: market.rank(extracted.price, at),
        year: normalised.watch.year,
        condition: normalised.condition,
        set: normalised.set.name(),
        kind: extracted.kind,
        state: extracted.state,
        ends_at: extracted.ends_at,
        country: extracted.country.clone(),
        image: extracted.image.clone(),
        photo: same_photo.and_then(|known| known.photo.clone()),
        first_seen: unique.first_seen,
        last_seen: known.map_or(at, |known| known.last_seen.max(at)),
        matches: known.is_some_and(|known| known.matches),
        dismissed: known.is_some_and(|known| known.dismissed),
    };
    let document = Document { normalised: normalised.clone(), landed: priced.landed.clone() };
    Stored { listing, document }
}

/// In our words: `Rolex Submariner Date 126610LN`; the seller's title when we know no better.
fn name(normalised: &Normalised) -> String {
    let watch = &normalised.watch;
    let reference = watch.reference.as_ref().or(watch.reference_base.as_ref());
    let parts = [watch.brand.as_ref(), watch.family.as_ref(), reference];
    let known: Vec<&str> = parts.into_iter().flatten().map(String::as_str).collect();
    match (watch.is_watch, known.len()) {
        (true, 2..) => known.join(" "),
        // A strap for a Submariner is no Submariner; one word alone says less than the title.
        (true | false, _) => normalised.extracted.title.clone(),
    }
}

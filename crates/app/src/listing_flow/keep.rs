//! Last good values: what a page does not say of a listing that is known stays as it was.
//!
//! Pure. Result pages say less than a listing's own page, and a changed layout says nothing at all;
//! neither may rub out what was read before. Price and state are news and never kept beyond a page that
//! does say them, except that a missing price is no price change.

use watches_core::{
    listing::{
        extracted::{Extracted, SaleKind, Stated},
        normalise::{Normalised, normalise},
    },
    reference::Catalogue,
};

use super::facts::Known;

pub(super) fn last_good(
    fresh: Normalised,
    before: Option<&Known>,
    catalogue: &Catalogue,
) -> Normalised {
    let Some(before) = before else { return fresh };
    let old = &before.stored.document.normalised;
    let merged = merge(fresh.extracted.clone(), &old.extracted);
    if merged == fresh.extracted {
        return fresh;
    }
    // Read again with all that is known: a description can name the reference the title left out.
    normalise(merged, catalogue)
}

/// The fresh reading, and of the old one what the fresh one does not say.
pub(crate) fn merge(fresh: Extracted, old: &Extracted) -> Extracted {
    let keep = |fresh: Option<String>, old: &Option<String>| fresh.or_else(|| old.clone());
    let same_kind = fresh.kind == old.kind;
    let ends_at = match fresh.kind {
        SaleKind::Auction if same_kind => fresh.ends_at.or(old.ends_at),
        SaleKind::Auction | SaleKind::Fixed => fresh.ends_at,
    };
    Extracted {
        title: if fresh.title.is_empty() { old.title.clone() } else { fresh.title },
        description: keep(fresh.description, &old.description),
        price: fresh.price.or(old.price),
        shipping: fresh.shipping.or(old.shipping),
        shipping_text: keep(fresh.shipping_text, &old.shipping_text),
        ends_at,
        condition_text: keep(fresh.condition_text, &old.condition_text),
        condition_code: keep(fresh.condition_code, &old.condition_code),
        stated: stated(fresh.stated, &old.stated),
        seller: keep(fresh.seller, &old.seller),
        seller_rating: fresh.seller_rating.or(old.seller_rating),
        location: keep(fresh.location, &old.location),
        country: keep(fresh.country, &old.country),
        image: keep(fresh.image, &old.image),
        photos: if fresh.photos.is_empty() { old.photos.clone() } else { fresh.photos },
        listed_at: fresh.listed_at.or(old.listed_at),
        origins: fresh.origins.or(old.origins),
        ..fresh
    }
}

fn stated(fresh: Stated, old: &Stated) -> Stated {
    let keep = |fresh: Option<String>, old: &Option<String>| fresh.or_else(|| old.clone());
    Stated {
        brand: keep(fresh.brand, &old.brand),
        model: keep(fresh.model, &old.model),
        reference: keep(fresh.reference, &old.reference),
        year: fresh.year.or(old.year),
        scope: keep(fresh.scope, &old.scope),
        material: keep(fresh.material, &old.material),
        diameter_mm: fresh.diameter_mm.or(old.diameter_mm),
    }
}

#[cfg(test)]
mod tests {
    use watches_core::money::{Currency, Money};

    use super::*;

    #[test]
    fn what_a_page_does_not_say_stays() {
        let mut old = Extracted::new("ebay", "1", "https://x.test/1", "Rolex");
        old.price = Some(Money::new(100, Currency::EUR));
        old.seller = Some("anna".to_owned());
        old.stated.year = Some(1999);
        let poor = Extracted::new("ebay", "1", "https://x.test/1", "Rolex GMT");
        let merged = merge(poor, &old);
        assert_eq!(merged.title, "Rolex GMT");
        assert_eq!(
            (merged.price, merged.seller, merged.stated.year),
            (old.price, old.seller, Some(1999))
        );
    }

    #[test]
    fn an_end_does_not_outlive_the_auction() {
        let mut old = Extracted::new("ebay", "1", "u", "Rolex");
        old.kind = SaleKind::Auction;
        old.ends_at = Some(watches_core::time::Timestamp(5));
        assert_eq!(merge(Extracted::new("ebay", "1", "u", "Rolex"), &old).ends_at, None);
    }
}

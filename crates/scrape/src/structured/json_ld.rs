//! JSON-LD scripts -> listings. Only what the page is about: not its related or accessory products.

use std::collections::HashSet;

use memchr::memmem;
use watches_core::listing::extracted::Extracted;

use super::{
    json::{Json, parse_all},
    product::{Context, product, short_name},
};
use crate::html::{tag_around, token::Tag};

/// Scripts of one page; more are not looked at.
const MOST_SCRIPTS: usize = 200;

/// Products of one page; a results page holds at most some hundreds.
const MOST_PRODUCTS: usize = 5_000;

/// Products that a list makes room for at once: more are no usual page of results.
const USUAL_PRODUCTS: usize = 128;

/// Members that lead from a page, a list or a group to the products that it offers.
const LEADS_ON: [&str; 9] = [
    "@graph",
    "mainEntity",
    "itemListElement",
    "item",
    "hasVariant",
    "itemOffered",
    "hasOfferCatalog",
    "makesOffer",
    "offers",
];

pub(super) fn read(text: &str, context: &Context) -> Vec<Extracted> {
    let mut found = Walk { context, listings: Vec::new(), seen: HashSet::new(), steps: 0 };
    for body in scripts(text).take(MOST_SCRIPTS) {
        let values = parse_all(body);
        for value in &values {
            found.visit(value, &Inherited::default(), 0);
        }
    }
    found.listings
}

/// The bodies of the page's JSON-LD scripts, each byte looked at once.
pub(crate) fn scripts(text: &str) -> impl Iterator<Item = &str> {
    let mut from = 0;
    std::iter::from_fn(move || {
        loop {
            // The rarer end of `ld+json`: a page is passed over twice as fast by it.
            let at = from + memmem::find(text.as_bytes().get(from..)?, b"+json")?;
            from = at + 5;
            let Some((start, tag)) = tag_around(text, at).filter(|(_, tag)| is_json_ld(*tag))
            else {
                continue;
            };
            let begin = start + tag.length();
            let Some(rest) = text.get(begin..) else { continue };
            let end = end_of_script(rest);
            from = from.max(begin + end);
            return rest.get(..end);
        }
    })
}

/// What follows a mark up to the end of the script it stands in: `__NEXT_DATA__`, `window.state =`.
pub(crate) fn script_with<'a>(text: &'a str, mark: &str) -> Option<&'a str> {
    let at = memmem::find(text.as_bytes(), mark.as_bytes())? + mark.len();
    let rest = text.get(at..)?;
    rest.get(..end_of_script(rest))
}

fn is_json_ld(tag: Tag<'_>) -> bool {
    tag.is("script") && tag.attribute("type").is_some_and(|kind| kind.contains("ld+json"))
}

/// `</script` in any letters; JSON texts may hold other `</`.
fn end_of_script(rest: &str) -> usize {
    let bytes = rest.as_bytes();
    let closes = |at: &usize| {
        bytes.get(at + 2..at + 8).is_some_and(|name| name.eq_ignore_ascii_case(b"script"))
    };
    memmem::find_iter(bytes, b"</").find(closes).unwrap_or(bytes.len())
}

/// What a group's variants take from it.
#[derive(Debug, Clone, Copy, Default)]
struct Inherited<'j> {
    group: Option<&'j Json<'j>>,
    /// The address of the list's element around the product.
    address: Option<&'j str>,
}

struct Walk<'c> {
    context: &'c Context,
    listings: Vec<Extracted>,
    seen: HashSet<String>,
    steps: usize,
}

impl Walk<'_> {
    fn visit<'j>(&mut self, value: &'j Json<'j>, inherited: &Inherited<'j>, depth: usize) {
        self.steps += 1;
        if depth > 24 || self.steps > 100_000 || self.listings.len() >= MOST_PRODUCTS {
            return;
        }
        if let Json::List(values) = value {
            self.listings.reserve(values.len().min(USUAL_PRODUCTS));
            values.iter().for_each(|value| self.visit(value, inherited, depth + 1));
            return;
        }
        if is_type(value, &["Product", "IndividualProduct", "ProductModel", "Vehicle"]) {
            self.take(product(value, inherited.group, inherited.address, self.context));
        } else if is_type(value, &["ProductGroup"]) {
            self.visit_group(value, inherited, depth);
        } else if is_offer_of_its_own(value) {
            self.take(product(value, None, inherited.address, self.context));
        } else {
            let inherited =
                Inherited { address: value.get("url").and_then(Json::as_text), ..*inherited };
            self.lead_on(value, &inherited, depth);
        }
    }

    fn visit_group<'j>(&mut self, group: &'j Json<'j>, inherited: &Inherited<'j>, depth: usize) {
        match group.get("hasVariant") {
            Some(variants) => {
                let inherited = Inherited { group: Some(group), ..*inherited };
                self.visit(variants, &inherited, depth + 1);
            }
            None => self.take(product(group, None, inherited.address, self.context)),
        }
    }

    fn lead_on<'j>(&mut self, value: &'j Json<'j>, inherited: &Inherited<'j>, depth: usize) {
        for name in LEADS_ON {
            if let Some(inner) = value.get(name) {
                self.visit(inner, inherited, depth + 1);
            }
        }
    }

    fn take(&mut self, listing: Option<Extracted>) {
        let Some(listing) = listing else { return };
        if self.seen.insert(listing.id.clone()) {
            self.listings.push(listing);
            return;
        }
        self.merge_variant(listing);
    }

    /// A variant with the same address: one listing with the lowest and the highest price.
    fn merge_variant(&mut self, variant: Extracted) {
        let Some(known) = self.listings.iter_mut().find(|known| known.id == variant.id) else {
            return;
        };
        let (Some(known_price), Some(price)) = (known.price, variant.price) else {
            known.price = known.price.or(variant.price);
            return;
        };
        if known_price.currency == price.currency && known_price.minor != price.minor {
            let highest = known.price_max.unwrap_or(known_price).minor.max(price.minor);
            known.price_max = Some(watches_core::money::Money::new(highest, price.currency));
            if price.minor < known_price.minor {
                known.price = Some(price);
            }
        }
    }
}

/// Whether `@type` names one of these, with or without the vocabulary's address.
fn is_type(value: &Json<'_>, names: &[&str]) -> bool {
    let Some(types) = value.get("@type") else { return false };
    types.each().filter_map(Json::as_text).any(|found| names.contains(&short_name(found)))
}

/// An offer with a name of its own: how results pages list what they hold.
fn is_offer_of_its_own(value: &Json<'_>) -> bool {
    is_type(value, &["Offer"]) && value.get("name").is_some() && value.get("itemOffered").is_none()
}

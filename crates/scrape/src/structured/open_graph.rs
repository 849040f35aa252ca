//! OpenGraph product tags -> a listing: the last resort of a dealer's page.

use std::borrow::Cow;

use watches_core::listing::extracted::Extracted;

use super::{
    json::Json,
    product::{Context, product},
};
use crate::html::meta;

/// A listing only where the tags name both a title and a price.
pub(super) fn read(text: &str, context: &Context) -> Option<Extracted> {
    let first = |names: &[&str]| names.iter().find_map(|name| meta(text, name));
    let price = first(&["product:price:amount", "og:price:amount", "product:sale_price:amount"])?;
    let currency =
        first(&["product:price:currency", "og:price:currency", "product:sale_price:currency"]);
    let title = meta(text, "og:title")?;
    let offer = object([
        ("price", Some(price)),
        ("priceCurrency", currency),
        (
            "availability",
            first(&["product:availability", "og:availability"]).map(|text| availability(&text)),
        ),
        ("itemCondition", meta(text, "product:condition")),
    ]);
    let mut fields = object([
        ("name", Some(title)),
        ("image", meta(text, "og:image")),
        ("description", meta(text, "og:description")),
        ("brand", first(&["product:brand", "og:brand"])),
        ("mpn", meta(text, "product:mfr_part_no")),
        ("sku", meta(text, "product:retailer_item_id")),
        ("url", meta(text, "og:url")),
    ]);
    fields.push((Cow::Borrowed("offers"), Json::object(offer)));
    product(&Json::object(fields), None, None, context)
}

type Members = Vec<(Cow<'static, str>, Json<'static>)>;

fn object<const N: usize>(members: [(&'static str, Option<String>); N]) -> Members {
    let known = members.into_iter().filter_map(|(name, value)| Some((name, value?)));
    known.map(|(name, value)| (Cow::Borrowed(name), Json::Text(Cow::Owned(value)))).collect()
}

/// `in stock`, `oos` and the like in schema.org's words.
fn availability(text: &str) -> String {
    let small = text.to_lowercase();
    let word = match small.replace([' ', '_'], "").as_str() {
        "instock" | "availablefororder" | "available" => "InStock",
        "oos" | "outofstock" | "sold" => "OutOfStock",
        "preorder" => "PreOrder",
        _ => return text.to_owned(),
    };
    word.to_owned()
}

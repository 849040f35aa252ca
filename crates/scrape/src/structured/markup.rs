//! Microdata (`itemscope`, `itemprop`) and RDFa (`typeof`, `property`) -> the same shape as JSON-LD.
//!
//! One pass over the page's tokens with a stack of open items; depth, items and values are capped.

use std::borrow::Cow;

use memchr::memmem;
use watches_core::listing::extracted::Extracted;

use super::{
    json::Json,
    product::{Context, product},
};
use crate::html::{
    names::VOID,
    text::Folded,
    token::{Tag, Token, Tokens},
};

const MAX_DEPTH: usize = 512;
const MOST_ITEMS: usize = 5_000;

const PRODUCTS: [&str; 3] = ["Product", "IndividualProduct", "ProductModel"];
/// Properties by which a list or a page holds the products that it is about.
const LISTS: [&str; 4] = ["itemListElement", "item", "mainEntity", "hasVariant"];

pub(super) fn read(text: &str, context: &Context) -> Vec<Extracted> {
    let bytes = text.as_bytes();
    let forms = [("itemscope", Form::Microdata), ("typeof", Form::Rdfa)];
    for (mark, form) in forms {
        if memmem::find(bytes, mark.as_bytes()).is_none() {
            continue;
        }
        let listings = products(text, form, context);
        if !listings.is_empty() {
            return listings;
        }
    }
    Vec::new()
}

/// How a page marks its items.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Form {
    Microdata,
    Rdfa,
}

fn products(text: &str, form: Form, context: &Context) -> Vec<Extracted> {
    let mut reader = Reader { form, open: Vec::new(), items: Vec::new(), roots: Vec::new() };
    for token in Tokens::new(text) {
        match token {
            Token::Open(tag) => reader.open_tag(tag),
            Token::Close(name) => reader.close_tag(name),
            Token::Text(raw) => reader.add_text(raw),
        }
    }
    while !reader.open.is_empty() {
        reader.end_top();
    }
    let roots = reader.roots;
    roots.iter().filter_map(|item| product(item, None, None, context)).collect()
}

/// An element that is open and matters: an item, a property with text, or only a name to match.
#[derive(Debug)]
struct Open<'a> {
    name: &'a str,
    /// The item that this element began, by its place on the stack of items.
    item: bool,
    property: Option<&'a str>,
    /// The value of a property is its text unless an attribute gives it.
    text: Option<Folded>,
}

#[derive(Debug)]
struct Item<'a> {
    kind: &'a str,
    members: Vec<(Cow<'a, str>, Json<'a>)>,
}

struct Reader<'a> {
    form: Form,
    open: Vec<Open<'a>>,
    items: Vec<Item<'a>>,
    roots: Vec<Json<'a>>,
}

impl<'a> Reader<'a> {
    fn open_tag(&mut self, tag: Tag<'a>) {
        let (kind, property) = match self.form {
            Form::Microdata => {
                let kind = tag
                    .attribute("itemscope")
                    .map(|_| tag.attribute("itemtype").unwrap_or_default());
                (kind, tag.attribute("itemprop"))
            }
            Form::Rdfa => (tag.attribute("typeof"), tag.attribute("property")),
        };
        // A link around the name is written as if its text counted.
        let text_counts = tag.is("a") && property == Some("name");
        let plain = kind.is_none() && !text_counts;
        let value = property.filter(|_| plain).and_then(|_| attribute_value(tag));
        if let (Some(property), Some(value)) = (property, &value) {
            self.add(property, Json::Text(Cow::Owned(value.clone())));
        }
        let void = VOID.hold(tag.name);
        if void || self.open.len() >= MAX_DEPTH {
            return;
        }
        if let Some(kind) = kind {
            self.items.push(Item { kind, members: Vec::new() });
        }
        let wants_text =
            property.is_some() && kind.is_none() && value.is_none() && !self.items.is_empty();
        let text = wants_text.then(Folded::new);
        self.open.push(Open { name: tag.name, item: kind.is_some(), property, text });
    }

    fn add_text(&mut self, raw: &str) {
        // The innermost property takes the text; an outer one that holds it is not a plain value.
        if let Some(text) = self.open.iter_mut().rev().take(16).find_map(|open| open.text.as_mut())
        {
            text.push_raw(raw);
        }
    }

    fn close_tag(&mut self, name: &str) {
        let named = |open: &Open<'_>| open.name.eq_ignore_ascii_case(name);
        let found = self.open.iter().rev().take(64).position(named);
        for _ in 0..found.map_or(0, |depth| depth + 1) {
            self.end_top();
        }
    }

    fn end_top(&mut self) {
        let Some(open) = self.open.pop() else { return };
        if open.item {
            self.end_item(open.property);
        } else if let (Some(property), Some(text)) = (open.property, open.text) {
            self.add(property, Json::Text(Cow::Owned(text.finish())));
        }
    }

    fn end_item(&mut self, property: Option<&'a str>) {
        let Some(item) = self.items.pop() else { return };
        let is_product =
            item.kind.split_ascii_whitespace().any(|kind| PRODUCTS.contains(&short(kind)));
        let is_offer = short(item.kind) == "Offer";
        let value = Json::object(item.members);
        let listed = property.is_none_or(|property| LISTS.contains(&short(property)));
        let nested = !self.items.is_empty();
        if is_product && (listed || !nested) && self.roots.len() < MOST_ITEMS {
            self.roots.push(value);
        } else if let (true, Some(property)) = (nested, property) {
            self.add(property, value);
        } else if is_offer && self.roots.is_empty() {
            // An offer on its own: its product is the page.
            self.roots.push(Json::object(vec![(Cow::Borrowed("offers"), value)]));
        }
    }

    /// Adds a property to the innermost item; a second value makes a list, an empty one is nothing.
    fn add(&mut self, property: &'a str, value: Json<'a>) {
        let Some(item) = self.items.last_mut().filter(|item| item.members.len() < 500) else {
            return;
        };
        if matches!(&value, Json::Text(text) if text.trim().is_empty()) {
            return;
        }
        for name in property.split_ascii_whitespace().map(short) {
            let known = item.members.iter_mut().find(|(known, _)| known == name);
            match known {
                Some((_, Json::List(values))) => values.push(value.clone()),
                Some((_, first)) => *first = Json::List(vec![first.clone(), value.clone()]),
                None => item.members.push((Cow::Borrowed(name), value.clone())),
            }
        }
    }
}

/// `http://schema.org/Product` and `schema:Product` -> `Product`.
fn short(name: &str) -> &str {
    name.rsplit(['/', ':', '#']).next().unwrap_or(name)
}

/// The value that an attribute gives, by the element's kind.
fn attribute_value(tag: Tag<'_>) -> Option<String> {
    let names: &[&str] = match tag.name.to_ascii_lowercase().as_str() {
        "meta" => &["content"],
        "link" | "a" | "area" => &["content", "href", "resource"],
        "img" | "audio" | "video" | "source" | "iframe" | "embed" => {
            &["content", "src", "data-src"]
        }
        "time" => &["content", "datetime"],
        "data" | "meter" => &["content", "value"],
        _ => &["content", "resource"],
    };
    names.iter().find_map(|name| tag.decoded(name)).map(|value| value.trim().to_owned())
}

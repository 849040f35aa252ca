//! What a person pointed at -> the marks by which it is found again, as an adapter's entry.
//!
//! Each mark is tried on the page at once and kept only if it finds the same thing. Called by the app with
//! the page as it was shown; the tests below change pages in every way and hold that the price is found
//! again or said to be lost, and never wrong.

use scraper::ElementRef;
use url::Url;
use watches_core::{listing::price_text::read_price, money::Currency};

use super::{
    Adapter, Entry, EntryKind, Field, FieldName, Rule,
    agree::{self, Pointed},
    document::{Document, plain},
    field::money,
    price_leaf,
    strategy::{Css, How, Steps, Strategy},
};
use crate::{html, sites::currency};

/// An element of the page's outline, and what it was called.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Point {
    pub field: PointedField,
    pub node: usize,
}

/// What can be pointed at.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum PointedField {
    Price,
    Title,
}

/// Why a place cannot be pointed at.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum NotThere {
    #[error("the page has no such place any more: read it again")]
    NoElement,
    #[error("`{0}` is no price: point at the amount itself, with its currency if it has one")]
    NoPrice(String),
    #[error("`{0}` does not say its currency, and neither does the page: name it")]
    NoCurrency(String),
    #[error("several prices stand there: point at one of them")]
    Several,
    #[error("there are no words there")]
    NoWords,
}

/// The price that is all the page shows, if it shows just one: to be confirmed by the person.
pub fn only_price(document: &Document) -> Option<usize> {
    document.only_price().map(|element| document.place(element))
}

/// The page's own headline.
pub fn headline(document: &Document) -> Option<(usize, String)> {
    let found = document.headline()?;
    Some((document.place(found), document.text(found)))
}

/// An entry for the page at `url` that finds what was pointed at. `title` is what the page is called where
/// nobody pointed at it: by it the page is known again.
///
/// # Errors
/// When there is no price, or no words, at a place.
pub fn entry(
    document: &Document,
    raw: &str,
    url: &Url,
    points: &[Point],
    title: Option<&str>,
    currency: Option<Currency>,
) -> Result<Entry, NotThere> {
    let mut fields = Vec::new();
    let node = |field| points.iter().rev().find(|point| point.field == field).map(|it| it.node);
    if let Some(node) = node(PointedField::Title) {
        let element = document.element(node).ok_or(NotThere::NoElement)?;
        let seen = Some(document.text(element)).filter(|text| !text.is_empty());
        let seen = seen.ok_or(NotThere::NoWords)?;
        fields.push((FieldName::Title, title_field(document, raw, Some(element), &seen)));
    } else if let Some(title) = title {
        let field = title_field(document, raw, None, title);
        if !field.strategies.is_empty() {
            fields.push((FieldName::Title, field));
        }
    }
    let mut currency = currency.or_else(|| stated_currency(url, raw));
    if let Some(node) = node(PointedField::Price) {
        let element = document.element(node).ok_or(NotThere::NoElement)?;
        let (at, seen) = price_at(document, element, node)?;
        if currency.is_none() && read_price(&seen, None).symbol.is_some_and(|sign| sign == "$") {
            currency = Some(currency::of_host(Some(url)));
        }
        fields.push((FieldName::Price, price_field(document, raw, at, seen, currency)?));
    }
    let paths = vec![url.path().to_owned()];
    Ok(Entry { kind: EntryKind::Item, paths, currency, fields })
}

/// Puts an entry into a site's adapter, in place of an earlier one for the same page.
pub fn put(adapter: Option<Adapter>, url: &Url, entry: Entry) -> Adapter {
    let host = url.host_str().unwrap_or_default();
    let mut adapter = adapter.unwrap_or_else(|| Adapter {
        name: host.trim_start_matches("www.").to_owned(),
        hosts: vec![host.to_owned()],
        currency: None,
        entries: Vec::new(),
    });
    adapter.entries.retain(|known| !known.is_for(url));
    adapter.entries.insert(0, entry);
    adapter
}

/// The currency that a page names apart from its prices, or that its country has; dollars are many.
fn stated_currency(url: &Url, raw: &str) -> Option<Currency> {
    const NAMES: [&str; 3] = ["product:price:currency", "og:price:currency", "priceCurrency"];
    let named = NAMES.iter().find_map(|name| html::meta(raw, name)?.trim().parse().ok());
    let of_country = currency::of_host(Some(url));
    named.or_else(|| (of_country != Currency::USD).then_some(of_country))
}

fn price_field(
    document: &Document,
    raw: &str,
    at: usize,
    seen: String,
    currency: Option<Currency>,
) -> Result<Field, NotThere> {
    let place = document.element(at).ok_or(NotThere::NoElement)?;
    if money(&seen, currency).is_none() {
        return Err(NotThere::NoCurrency(seen));
    }
    let beside = agree::beside(document, at).len();
    let pointed = Pointed { seen: &seen, beside, currency };
    let reads = |marks: &[Strategy]| agree::price(document, raw, marks, pointed).is_ok();
    let marks: Vec<Strategy> = price_marks(document, place, at)
        .into_iter()
        .filter(|mark| {
            let alone = std::slice::from_ref(mark);
            agree::price(document, raw, alone, pointed)
                .is_ok_and(|agreed| money(&agreed.text, currency) == money(&seen, currency))
        })
        .collect();
    match reads(&marks) {
        true => Ok(Field { rule: Rule::Agree { seen, beside }, strategies: marks }),
        false => Err(NotThere::Several),
    }
}

/// The price in, at or around an element.
fn price_at(
    document: &Document,
    element: ElementRef<'_>,
    node: usize,
) -> Result<(usize, String), NotThere> {
    let leaf = match document.prices_in(node) {
        [] => document.price_around(node),
        [one] => Some(one),
        _ => return Err(NotThere::Several),
    };
    if let Some(leaf) = leaf {
        return match price_leaf::holds_two(&leaf.text) {
            true => Err(NotThere::Several),
            false => Ok((leaf.at, leaf.text.clone())),
        };
    }
    let text = document.text(element);
    let number = text.len() <= 24 && text.bytes().any(|byte| byte.is_ascii_digit());
    if number { Ok((node, text)) } else { Err(NotThere::NoPrice(short(&text))) }
}

fn short(text: &str) -> String {
    match text.char_indices().nth(40) {
        Some((end, _)) => format!("{}…", &text[..end]),
        None => text.to_owned(),
    }
}

fn price_marks(document: &Document, place: ElementRef<'_>, at: usize) -> Vec<Strategy> {
    let mut marks: Vec<Strategy> = named_marks(document, place);
    marks.extend(labels(document, place).into_iter().map(|label| bare(How::Label(label))));
    marks.extend(Steps::new(&path(place)).map(|steps| bare(How::Path(steps))));
    let title = document.headline().map(|title| document.place(title));
    let after = document
        .prices()
        .iter()
        .filter(|leaf| title.is_some_and(|title| leaf.at > title) && leaf.at <= at && !leaf.struck);
    match after.count() {
        0 => {}
        place => marks.push(bare(How::AfterTitle(place))),
    }
    if document.only_price().is_some() {
        marks.push(bare(How::OnlyPrice));
    }
    marks
}

fn title_field(document: &Document, raw: &str, place: Option<ElementRef<'_>>, seen: &str) -> Field {
    let mut marks = Vec::new();
    if let Some(place) = place {
        marks.extend(named_marks(document, place));
        marks.extend(Steps::new(&path(place)).map(|steps| bare(How::Path(steps))));
    }
    marks.extend(["h1", "title"].iter().filter_map(|tag| Css::new(tag).ok().map(Strategy::css)));
    marks.push(bare(How::Meta("og:title".to_owned())));
    marks.retain(|mark| agree::title(document, raw, std::slice::from_ref(mark), seen).is_ok());
    Field { rule: Rule::Agree { seen: seen.to_owned(), beside: 0 }, strategies: marks }
}

fn bare(how: How) -> Strategy {
    Strategy { how, pattern: None }
}

/// By id, by attributes that name things, by class: of the element and of what is close around it.
fn named_marks(document: &Document, place: ElementRef<'_>) -> Vec<Strategy> {
    const NAMING: [&str; 6] =
        ["itemprop", "data-testid", "data-test", "data-qa", "data-hook", "data-field"];
    let around = place.ancestors().filter_map(ElementRef::wrap).take(3);
    let near: Vec<ElementRef<'_>> = std::iter::once(place).chain(around).collect();
    let mut texts = Vec::new();
    for element in &near {
        texts.extend(element.attr("id").filter(|id| is_plain(id)).map(|id| format!("#{id}")));
        for name in NAMING {
            let value = element.attr(name).filter(|value| is_plain(value));
            texts.extend(value.map(|value| format!("[{name}=\"{value}\"]")));
        }
    }
    let mut classes: Vec<String> = Vec::new();
    for (level, element) in near.iter().enumerate().take(3) {
        let own = element.value().classes().filter(|class| is_plain(class)).take(4);
        for class in own.map(str::to_owned) {
            match level {
                0 => classes.push(format!(".{class}")),
                _ => {
                    let tag = place.value().name();
                    classes.push(format!(".{class}"));
                    classes.push(format!(".{class} {tag}"));
                }
            }
        }
    }
    let single = |text: &String| {
        Css::new(text).is_ok_and(|css| document.select(&css.selector).take(2).count() == 1)
    };
    let classes: Vec<String> = classes.into_iter().filter(single).take(3).collect();
    texts.retain(single);
    texts.truncate(3);
    texts.extend(classes);
    texts.iter().filter_map(|text| Css::new(text).ok().map(Strategy::css)).collect()
}

/// Names that a selector can hold without escapes.
fn is_plain(name: &str) -> bool {
    let fits = |byte: u8| byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'_');
    (2..=40).contains(&name.len())
        && name.bytes().all(fits)
        && name.bytes().next().is_some_and(|byte| byte.is_ascii_alphabetic())
}

/// Words beside the element by which `labelled` finds it.
fn labels(document: &Document, place: ElementRef<'_>) -> Vec<String> {
    let mut found = Vec::new();
    let around = place.ancestors().filter_map(ElementRef::wrap).take(3);
    for element in std::iter::once(place).chain(around) {
        let before = element.prev_siblings().find_map(ElementRef::wrap);
        found.extend(before.map(|before| document.text(before)));
        let text = document.text(element);
        found.extend(text.split_once(':').map(|(front, _)| front.to_owned()));
        let first =
            element.children().find_map(|child| child.value().as_text().map(|it| it.to_string()));
        found.extend(first);
    }
    let is_label = |label: &String| {
        (2..=40).contains(&label.len())
            && label.chars().any(char::is_alphabetic)
            && !label.chars().any(|letter| letter.is_ascii_digit())
            && !price_leaf::is_price(label)
    };
    let mut labels: Vec<String> = found.iter().map(|label| plain(label)).filter(is_label).collect();
    labels.dedup();
    labels.truncate(3);
    labels
}

/// `html > body > main:nth-of-type(1) > p:nth-of-type(2)`.
fn path(place: ElementRef<'_>) -> String {
    let mut steps = Vec::new();
    let around = place.ancestors().filter_map(ElementRef::wrap);
    for element in std::iter::once(place).chain(around) {
        let name = element.value().name();
        if matches!(name, "body" | "html") {
            steps.push(name.to_owned());
            continue;
        }
        let same = |other: &ElementRef<'_>| other.value().name() == name;
        let before = element.prev_siblings().filter_map(ElementRef::wrap).filter(same).count();
        steps.push(format!("{name}:nth-of-type({})", before + 1));
    }
    steps.reverse();
    steps.join(" > ")
}

#[cfg(test)]
mod tests;

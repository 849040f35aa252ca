//! Chrono24's results -> listings: cards of both layouts (`listing-item`, `article-item`).

use std::collections::HashSet;

use url::Url;
use watches_core::{
    listing::{
        extracted::{Extracted, Warning},
        price_text::read_price,
    },
    money::{Currency, Money},
};

use super::{listing_id, words};
use crate::{
    html::{fragment::Fragment, next_link, tag_with, tags_with_class, text::some, token::Tag},
    page::Page,
    sites::{self, Found, address, country, currency},
    structured,
};

/// A results page holds at most 120 cards.
const MOST_CARDS: usize = 1_000;

/// Classes of a card's outermost element, the most telling first.
const CARDS: [&str; 4] =
    ["wt-search-result", "listing-item-container", "article-item-container", "js-listing-item"];

pub(super) fn read(page: &Page, base: Option<&Url>) -> Found {
    let text = page.text.as_str();
    let starts =
        CARDS.iter().map(|class| card_starts(text, class)).find(|starts| !starts.is_empty());
    let starts = starts.unwrap_or_default();
    let mut seen = HashSet::new();
    let ends = starts.iter().skip(1).copied().chain([text.len()]);
    let cards = starts.iter().zip(ends).filter_map(|(start, end)| card(text, *start, end, base));
    let mut listings: Vec<Extracted> = cards.filter(|card| seen.insert(card.id.clone())).collect();
    complete(&mut listings, page, base);
    let before_cards = starts.first().map_or(text, |first| &text[..*first]);
    let next = next_link(text).or_else(|| tag_with(text, "paging-next"));
    let next = next.and_then(|tag| address::absolute(&tag.decoded("href")?, base));
    Found { listings, next, total: total(before_cards), warnings: Vec::new() }
}

fn card_starts(text: &str, class: &str) -> Vec<usize> {
    let is_card = |tag: Tag<'_>| tag.is("div") || tag.is("article") || tag.is("li");
    let cards = tags_with_class(text, class).filter(|(_, tag)| is_card(*tag));
    cards.map(|(start, _)| start).take(MOST_CARDS).collect()
}

/// The first strong number before the cards: `192 Inserate`.
fn total(text: &str) -> Option<u32> {
    let strong = memchr::memmem::find_iter(text.as_bytes(), b"<strong").take(40);
    let mut numbers = strong.filter_map(|at| {
        let inner = Fragment::element(text, at, at + 1024).text(0);
        inner
            .starts_with(|letter: char| letter.is_ascii_digit())
            .then(|| sites::count(&inner))
            .flatten()
    });
    numbers.next()
}

fn card(text: &str, start: usize, end: usize, base: Option<&Url>) -> Option<Extracted> {
    let fragment = Fragment::element(text, start, end);
    let links = || fragment.elements().filter_map(|(_, tag)| tag.decoded("href"));
    let href = links().find(|href| listing_id(href).is_some())?;
    let id = listing_id(&href)?;
    let url = address::absolute(&href, base).map(|mut url| {
        url.set_query(None);
        url.set_fragment(None);
        url.to_string()
    });
    let price_at = price_element(&fragment);
    let title = title(&fragment, price_at)?;
    let mut listing = Extracted::new("chrono24", id, url.unwrap_or_else(|| href.clone()), title);
    let hint = currency::of_address(&listing.url);
    add_price(&mut listing, &fragment, price_at, hint);
    add_place(&mut listing, &fragment);
    listing.image = photo(&fragment);
    listing.photos.extend(listing.image.clone());
    Some(listing)
}

/// The title's line and the seller's line under it, both cut with an ellipsis by style.
fn title(fragment: &Fragment<'_>, price_at: Option<usize>) -> Option<String> {
    let is_line = |(at, tag): &(usize, Tag<'_>)| {
        tag.has_class("text-ellipsis") && price_at.is_none_or(|price| *at < price)
    };
    let mut lines: Vec<String> = Vec::new();
    for (at, _) in fragment.elements().filter(is_line).take(3) {
        let line = fragment.text(at);
        if !line.is_empty() && !lines.contains(&line) {
            lines.push(line);
        }
    }
    lines.truncate(2);
    let photo_text = || fragment.elements().find_map(|(_, tag)| tag.decoded("alt")).and_then(some);
    some(lines.join(" ")).or_else(photo_text)
}

fn price_element(fragment: &Fragment<'_>) -> Option<usize> {
    let of_class = |part: &str| {
        let ends =
            |tag: Tag<'_>| tag.class().split_ascii_whitespace().any(|class| class.ends_with(part));
        fragment.elements().find(|(_, tag)| ends(*tag)).map(|(at, _)| at)
    };
    let strong = || {
        let has_digit =
            |at: usize| fragment.text(at).contains(|letter: char| letter.is_ascii_digit());
        let mut found = fragment.elements().filter(|(_, tag)| tag.is("strong"));
        found.find(|(at, _)| has_digit(*at)).map(|(at, _)| at)
    };
    of_class("item-price").or_else(|| of_class("article-price")).or_else(strong)
}

/// The price, the price before it, and the line after it, which is about shipping.
fn add_price(listing: &mut Extracted, fragment: &Fragment<'_>, at: Option<usize>, hint: Currency) {
    let Some(at) = at else { return };
    let is_struck = |tag: Tag<'_>| {
        tag.is("s")
            || tag.is("del")
            || tag.class().contains("line-through")
            || tag.class().contains("linethrough")
    };
    let shown = fragment.text_without(at, is_struck);
    listing.price = read_price(&shown, None).money(Some(hint));
    if listing.price.is_none() && shown.contains(|letter: char| letter.is_ascii_digit()) {
        let message = format!("cannot read `{shown}`");
        listing.warnings.push(Warning { field: "price".to_owned(), message });
    }
    listing.price_text = some(shown);
    let struck = fragment
        .inside(at)
        .find(|(_, tag)| is_struck(*tag))
        .map(|(struck, _)| fragment.text(struck));
    listing.price_was = struck.and_then(|text| read_price(&text, None).money(Some(hint)));
    let after = fragment
        .elements()
        .filter(|(line, tag)| *line >= fragment.end(at) && tag.has_class("text-muted"));
    if let Some(line) = after.map(|(line, _)| fragment.text(line)).find(|line| !line.is_empty()) {
        listing.shipping = shipping(&line, hint);
        listing.shipping_text = Some(line);
    }
}

/// `+ 49 € Versand` costs; `Zzgl. Versand` is unknown; `Free shipping` costs nothing.
fn shipping(line: &str, hint: Currency) -> Option<Money> {
    let read = read_price(line, None);
    match read.symbol {
        Some(_) => read.money(Some(hint)),
        None => words::is_free_shipping(line).then(|| Money::new(0, hint)),
    }
}

/// The tooltip on the flag names town and country; the flag's text is the country's code.
fn add_place(listing: &mut Extracted, fragment: &Fragment<'_>) {
    let of_place =
        |tag: &Tag<'_>| tag.class().contains("location") && tag.attribute("data-title").is_some();
    let Some((at, tag)) = fragment.elements().find(|(_, tag)| of_place(tag)) else { return };
    let land = tag.decoded("data-title").unwrap_or_default();
    let shown = fragment.text(at);
    let code = shown.len() == 2 && shown.bytes().all(|byte| byte.is_ascii_alphabetic());
    listing.country = if code { Some(shown.to_uppercase()) } else { country::code(&land) };
    let sentence = tag.decoded("data-content").unwrap_or_default();
    listing.location = words::place(&sentence, &land).map(str::to_owned).or_else(|| some(land));
}

/// The first photo; its address may have the size left open.
fn photo(fragment: &Fragment<'_>) -> Option<String> {
    let images = fragment.elements().filter(|(_, tag)| tag.is("img") || tag.is("source"));
    let sources = images.flat_map(|(_, tag)| {
        let attributes = tag.attributes().filter(|(_, value)| value.contains("/images/uhren/"));
        attributes.map(|(_, value)| value.to_owned()).collect::<Vec<_>>()
    });
    let first = |value: String| {
        let source = value.split([' ', ',']).find(|part| part.contains("/images/uhren/"))?;
        let source = crate::html::entities::decode(source).replace("_SIZE_", "420");
        let source = if source.starts_with("//") { format!("https:{source}") } else { source };
        address::is_of_the_web(&source).then_some(source)
    };
    sources.into_iter().find_map(first)
}

/// What the page's JSON-LD knows of a card and the card does not: photos, mostly.
fn complete(listings: &mut Vec<Extracted>, page: &Page, base: Option<&Url>) {
    let stated = structured::read(page, base);
    let with_id =
        |listing: &Extracted| Some((listing_id(&listing.url)?.to_owned(), listing.clone()));
    let stated: Vec<(String, Extracted)> = stated.iter().filter_map(with_id).collect();
    if listings.is_empty() {
        listings.extend(stated.into_iter().map(|(id, listing)| Extracted {
            source: "chrono24".to_owned(),
            id,
            ..listing
        }));
        return;
    }
    for listing in
        listings.iter_mut().filter(|listing| listing.image.is_none() || listing.price.is_none())
    {
        let Some((_, more)) = stated.iter().find(|(id, _)| *id == listing.id) else { continue };
        listing.image = listing.image.take().or_else(|| more.image.clone());
        listing.photos =
            if listing.photos.is_empty() { more.photos.clone() } else { listing.photos.clone() };
        if listing.price_text.is_none() {
            listing.price = more.price;
        }
    }
}

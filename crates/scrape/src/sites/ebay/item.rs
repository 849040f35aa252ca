//! One eBay item page -> its listing: the structured data first, the page's own fields over it.

use url::Url;
use watches_core::listing::{
    extracted::{Extracted, SaleKind},
    origin::Strategy,
    price_text::read_price,
};

use super::{card::ends_of_range, item_address, item_id, words};
use crate::{
    html::{fragment::Fragment, head, meta, tags_with_class, text::some},
    page::Page,
    sites::{address, country, currency},
    structured,
};

/// Its address, or the title that only item pages have.
pub(super) fn is_item_page(text: &str, base: Option<&Url>) -> bool {
    if base.is_some_and(|url| item_id(url.path()).is_some()) {
        return true;
    }
    // A search's own address says that it is one; no need to look through the page.
    let search = base.is_some_and(|url| url.path().split('/').any(|part| part == "sch"));
    !search && tags_with_class(text, "x-item-title__mainTitle").next().is_some()
}

pub(super) fn read(page: &Page, base: Option<&Url>) -> Option<Extracted> {
    let text = page.text.as_str();
    let own = head(text).canonical.filter(|href| item_id(href).is_some());
    let href = own.or_else(|| base.map(Url::to_string))?;
    let id = item_id(&href)?;
    let url = item_address(&href, id, base);
    let mut listing = structured::read(page, base).into_iter().next();
    let title =
        inner(text, "x-item-title__mainTitle").or_else(|| Some(listing.as_ref()?.title.clone()))?;
    let mut listing = listing.take().unwrap_or_else(|| Extracted::new("ebay", id, &url, &title));
    let before = listing.clone();
    listing.source = "ebay".to_owned();
    listing.id = id.to_owned();
    listing.title = title;
    add_price(&mut listing, text, &url);
    add_sale(&mut listing, page);
    add_delivery(&mut listing, text, &url);
    add_seller(&mut listing, text);
    add_facts(&mut listing, text);
    if listing.image.is_none() {
        listing.image =
            meta(text, "og:image").filter(|image| address::absolute(image, None).is_some());
    }
    listing.url = url;
    listing.overridden(&before, Strategy::Layout);
    Some(listing)
}

/// The element of a class, at most some kilobytes of it.
fn element<'a>(text: &'a str, class: &'a str) -> Option<Fragment<'a>> {
    let (start, _) = tags_with_class(text, class).next()?;
    Some(Fragment::element(text, start, start + 64 * 1024))
}

/// The visible text of the first element of a class.
fn inner(text: &str, class: &str) -> Option<String> {
    let fragment = element(text, class)?;
    some(fragment.text_without(0, |tag| tag.has_class("clipped")))
}

/// What the page shows is newer than its structured data, and in the visitor's currency.
fn add_price(listing: &mut Extracted, text: &str, url: &str) {
    let hint = currency::of_address(url);
    let shown = inner(text, "x-price-primary").or_else(|| inner(text, "x-bid-price__content"));
    if let Some(shown) = shown {
        let ends = ends_of_range(&shown);
        let price = ends.first().and_then(|part| read_price(part, None).money(Some(hint)));
        listing.price_max = ends.get(1).and_then(|part| read_price(part, None).money(Some(hint)));
        listing.price = price.or(listing.price);
        listing.price_text = Some(shown);
    }
    let additional = element(text, "x-additional-info");
    let struck = additional.and_then(|part| {
        let at = part
            .elements()
            .find(|(_, tag)| tag.class().to_ascii_lowercase().contains("strikethrough"));
        at.map(|(at, _)| part.text(at))
    });
    listing.price_was = struck.and_then(|text| read_price(&text, None).money(Some(hint)));
}

fn add_sale(listing: &mut Extracted, page: &Page) {
    let text = page.text.as_str();
    if let Some(condition) = inner(text, "x-item-condition-text") {
        listing.condition_code =
            words::condition_code(&condition).or(listing.condition_code.take());
        listing.condition_text = Some(condition);
    }
    if let Some(bids) = inner(text, "x-bid-count") {
        listing.kind = SaleKind::Auction;
        listing.bids = crate::sites::count(&bids);
    }
    let timer = inner(text, "ux-timer__text").or_else(|| inner(text, "x-timer-module"));
    if let Some(left) = timer.as_deref().filter(|_| listing.kind == SaleKind::Auction) {
        listing.ends_at = words::time_left(left).map(|left| page.fetched_at + left);
    }
    let notice = inner(text, "d-statusmessage").or_else(|| inner(text, "vi-notify-msg"));
    let says =
        |part: &str| notice.as_deref().is_some_and(|notice| notice.to_lowercase().contains(part));
    let words_of_end =
        [("sold", "Sold"), ("verkauft", "Sold"), ("ended", "Ended"), ("beendet", "Ended")];
    if let Some((_, word)) = words_of_end.iter().find(|(part, _)| says(part)) {
        listing.state = words::state(word).unwrap_or(listing.state);
    }
}

/// Shipping and place stand in the same section, each in a line of its own.
fn add_delivery(listing: &mut Extracted, text: &str, url: &str) {
    let hint = currency::of_address(url);
    let Some(section) = element(text, "ux-labels-values--shipping") else { return };
    let spans = section.elements().filter(|(_, tag)| tag.has_class("ux-textspans"));
    let lines: Vec<String> = spans.map(|(at, _)| section.text(at)).collect();
    let cost = lines.iter().find(|line| words::shipping_cost(line, hint).is_some());
    if let Some(line) = cost {
        listing.shipping = words::shipping_cost(line, hint);
        listing.shipping_text = Some(line.clone());
    }
    let place = lines.iter().filter(|line| line.contains(':')).find_map(|line| words::place(line));
    if let Some(place) = place {
        listing.country = country::code_of_place(place);
        listing.location = Some(place.to_owned());
    }
}

fn add_seller(listing: &mut Extracted, text: &str) {
    if let Some(part) = element(text, "x-sellercard-atf__info__about-seller") {
        let title = part.tag(0).and_then(|tag| tag.decoded("title")).and_then(some);
        listing.seller = title.or_else(|| some(part.text(0)));
    }
    if let Some(card) = inner(text, "x-sellercard-atf__data-item-wrapper") {
        let percent =
            card.split_once('%').and_then(|(before, _)| before.split_whitespace().next_back());
        let rating = percent.and_then(|percent| percent.replace(',', ".").parse().ok());
        listing.seller_rating = rating.filter(|rating: &f64| (0.0..=100.0).contains(rating));
    }
}

/// The table of item specifics: a label and its value, pair by pair.
fn add_facts(listing: &mut Extracted, text: &str) {
    for (start, _) in tags_with_class(text, "ux-labels-values__labels").take(120) {
        let label = Fragment::element(text, start, start + 4096).text(0);
        let near = text.get(start..text.floor_char_boundary(start + 8192)).unwrap_or_default();
        let value = inner(near, "ux-labels-values__values");
        if let Some(value) = value {
            words::state_fact(&mut listing.stated, &label, &value);
        }
    }
}

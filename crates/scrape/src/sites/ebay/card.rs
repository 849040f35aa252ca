//! One card of eBay's results -> a listing. Called by `ebay::read`.
//!
//! One pass over the card's elements; what an element is follows from its class. Letters that eBay
//! hides in cards (`derosnopS`, digits among invisible characters) stand outside every class read here.

use std::collections::HashSet;

use url::Url;
use watches_core::{
    listing::{
        extracted::{Extracted, SaleKind, SaleState, Warning},
        price_text::read_price,
    },
    money::Currency,
};

use super::{item_address, item_id, words};
use crate::{
    html::{fragment::Fragment, tags_with_class, text::some, token::Tag},
    page::Page,
    sites::{address, country, currency},
};

/// A line of a sold item's card.
const ACCEPTED: &str = "best offer accepted";

/// A results page holds at most 240 cards and some carousels.
const MOST_CARDS: usize = 2_000;

/// Where the cards of a page begin, in order.
pub(super) fn starts(text: &str) -> Vec<usize> {
    let mut starts = card_starts(text, "s-card");
    starts.extend(card_starts(text, "s-item"));
    starts.sort_unstable();
    starts
}

/// The cards that begin there, each item once.
pub(super) fn read_all(page: &Page, base: Option<&Url>, starts: &[usize]) -> Vec<Extracted> {
    let text = page.text.as_str();
    let mut seen = HashSet::new();
    let ends = starts.iter().skip(1).copied().chain([text.len()]);
    let cards = starts.iter().zip(ends);
    let listings =
        cards.filter_map(|(start, end)| Card::read(text, *start, end)?.listing(page, base));
    listings.filter(|listing| seen.insert(listing.id.clone())).collect()
}

fn card_starts(text: &str, class: &str) -> Vec<usize> {
    let cards = tags_with_class(text, class).filter(|(_, tag)| tag.is("li") || tag.is("div"));
    cards.map(|(start, _)| start).take(MOST_CARDS).collect()
}

/// What one pass over a card found.
#[derive(Debug, Default)]
struct Card<'a> {
    fragment: Fragment<'a>,
    href: Option<String>,
    title: Option<usize>,
    subtitle: Option<usize>,
    caption: Option<usize>,
    image: Option<Tag<'a>>,
    /// The layout of 2025 gives its photo no class; it comes first.
    first_picture: Option<Tag<'a>>,
    prices: Vec<usize>,
    struck: Option<usize>,
    /// Lines of the card in their order, and those of the second column, where the seller stands.
    rows: Vec<usize>,
    second_column: Option<usize>,
    bids: Option<usize>,
    time_left: Option<usize>,
}

impl<'a> Card<'a> {
    fn read(text: &'a str, start: usize, end: usize) -> Option<Card<'a>> {
        let fragment = Fragment::element(text, start, end);
        let mut card = Card::default();
        for (at, tag) in fragment.elements() {
            if tag.is("a") {
                card.take_link(tag);
            } else if tag.is("img") {
                card.first_picture = card.first_picture.or(Some(tag));
            }
            for class in tag.class().split_ascii_whitespace() {
                card.take_class(class, at, tag);
            }
        }
        card.fragment = fragment;
        (card.title.is_some() && card.href.is_some()).then_some(card)
    }

    fn take_link(&mut self, tag: Tag<'a>) {
        if self.href.is_none() {
            self.href =
                tag.attribute("href").filter(|href| href.contains("/itm/")).map(str::to_owned);
        }
    }

    fn take_class(&mut self, class: &str, at: usize, tag: Tag<'a>) {
        // All that are read begin so; most of a card's classes do not.
        if !matches!(class.as_bytes(), [b's' | b'S', b'-' | b't' | b'T' | b'u', ..]) {
            return;
        }
        match class {
            "s-card__title" | "s-item__title" => set_first(&mut self.title, at),
            "s-card__subtitle" | "s-item__subtitle" => set_first(&mut self.subtitle, at),
            "s-card__caption" | "s-item__caption" | "s-item__title--tag" => {
                set_first(&mut self.caption, at)
            }
            "s-card__image" | "s-item__image-img" => self.image = self.image.or(Some(tag)),
            "s-card__price" | "s-item__price" => self.prices.push(at),
            "strikethrough" | "STRIKETHROUGH" => set_first(&mut self.struck, at),
            "s-card__attribute-row"
            | "s-item__shipping"
            | "s-item__logisticsCost"
            | "s-item__location"
            | "s-item__itemLocation"
            | "s-item__purchase-options"
            | "s-item__formatBestOfferAccepted" => {
                self.rows.push(at);
            }
            "su-card-container__attributes__secondary" | "s-item__seller-info-text" => {
                set_first(&mut self.second_column, at);
            }
            "s-item__bids" | "s-item__bidCount" => set_first(&mut self.bids, at),
            "s-card__time-left" | "s-item__time-left" => set_first(&mut self.time_left, at),
            _ => {}
        }
    }

    fn listing(&self, page: &Page, base: Option<&Url>) -> Option<Extracted> {
        let href = crate::html::entities::decode(self.href.as_deref()?);
        let id = item_id(&href).filter(|id| *id != "123456")?;
        let title = self.fragment.text_without(self.title?, is_beside_the_title);
        if title.is_empty() || title == "Shop on eBay" {
            return None;
        }
        let address = item_address(&href, id, base);
        let hint = currency::of_address(&address);
        let mut listing = Extracted::new("ebay", id, address, title);
        self.add_prices(&mut listing, hint);
        self.add_condition(&mut listing);
        self.add_rows(&mut listing, hint);
        self.add_auction(&mut listing, page);
        self.add_seller(&mut listing);
        listing.image = self.photo(&["src", "data-src", "data-defer-load"]);
        // The address that loads later is the same photo in a larger size.
        listing.photos.extend(self.photo(&["data-defer-load", "data-src", "src"]));
        Some(listing)
    }

    /// The first price; after a range word the upper end; a later one is the buy-now price of an auction.
    fn add_prices(&self, listing: &mut Extracted, hint: Currency) {
        let texts: Vec<String> = self.prices.iter().map(|at| self.fragment.text(*at)).collect();
        listing.price_text = some(range_text(&texts));
        let parts = listing.price_text.as_deref().map(ends_of_range).unwrap_or_default();
        listing.price = parts.first().and_then(|part| read_price(part, None).money(Some(hint)));
        listing.price_max = parts.get(1).and_then(|part| read_price(part, None).money(Some(hint)));
        if let (None, Some(text)) = (listing.price, &listing.price_text) {
            listing
                .warnings
                .push(Warning { field: "price".into(), message: format!("cannot read `{text}`") });
        }
        let struck = self.struck.map(|at| self.fragment.text(at));
        listing.price_was = struck.and_then(|text| read_price(&text, None).money(Some(hint)));
    }

    fn add_condition(&self, listing: &mut Extracted) {
        let line = self.subtitle.and_then(|at| some(self.fragment.text(at)));
        listing.condition_code = line.as_deref().and_then(words::condition_code);
        listing.condition_text = line;
        let caption = self.caption.map(|at| self.fragment.text(at));
        if let Some(state) = caption.as_deref().and_then(words::state) {
            listing.state = state;
        }
    }

    fn add_rows(&self, listing: &mut Extracted, hint: Currency) {
        let column = self.second_column.map_or(0..0, |at| at..self.fragment.end(at));
        for row in self.rows.iter().filter(|row| !column.contains(row)) {
            let line = self.fragment.text(*row);
            if listing.shipping_text.is_none() && words::is_shipping(&line) {
                listing.shipping = words::shipping_cost(&line, hint);
                listing.shipping_text = Some(line);
            } else if let (None, Some(place)) = (&listing.location, words::place(&line)) {
                listing.country = country::code_of_place(place);
                listing.location = Some(place.to_owned());
            } else if line.get(..ACCEPTED.len()).is_some_and(|s| s.eq_ignore_ascii_case(ACCEPTED)) {
                listing.state = SaleState::Sold;
            }
        }
    }

    fn add_auction(&self, listing: &mut Extracted, page: &Page) {
        let Some(left) = self.time_left.map(|at| self.fragment.text(at)) else { return };
        listing.kind = SaleKind::Auction;
        listing.bids = self.bids_line().as_deref().and_then(crate::sites::count);
        match words::state(&left) {
            Some(state) => listing.state = state,
            None => listing.ends_at = words::time_left(&left).map(|left| page.fetched_at + left),
        }
    }

    /// The element that counts bids, else the line that holds the time left.
    fn bids_line(&self) -> Option<String> {
        let time = self.time_left?;
        let row =
            self.rows.iter().find(|row| (**row..self.fragment.end(**row)).contains(&time)).copied();
        self.bids.or(row).map(|at| self.fragment.text(at))
    }

    /// `name`, then `99.8% positive (26.8K)`.
    fn add_seller(&self, listing: &mut Extracted) {
        let Some(column) = self.second_column else { return };
        let line = self.fragment.text(column);
        let Some((before, _)) = line.split_once('%') else { return };
        let (name, percent) = before.rsplit_once([' ', ')']).unwrap_or(("", before));
        listing.seller_rating =
            percent.replace(',', ".").parse().ok().filter(|rating| (0.0..=100.0).contains(rating));
        // The layout of 2025 puts the number of ratings between name and percentage.
        let name = name.split(" (").next().unwrap_or_default().trim();
        listing.seller = some(name.to_owned());
    }

    /// The first of these attributes that holds a photo; blank ones stand in until the page scrolls.
    fn photo(&self, sources: &[&str]) -> Option<String> {
        let tag = self.image.or(self.first_picture)?;
        let found = sources.iter().filter_map(|name| tag.decoded(name));
        let is_photo =
            |source: &String| !source.contains("ebaystatic.com") && address::is_of_the_web(source);
        found.map(|source| source.trim().to_owned()).find(is_photo)
    }
}

fn set_first(slot: &mut Option<usize>, at: usize) {
    *slot = slot.or(Some(at));
}

/// Read out to people who cannot see the page, or a badge: not the seller's words.
fn is_beside_the_title(tag: Tag<'_>) -> bool {
    tag.has_class("clipped")
        || tag.has_class("LIGHT_HIGHLIGHT")
        || tag.has_class("s-item__new-listing")
}

/// The price elements up to the end of a range: `EUR 17,72 bis EUR 18,66`.
fn range_text(texts: &[String]) -> String {
    let range = texts.get(1).is_some_and(|text| words::is_range_word(text));
    let used = if range { texts.get(..3) } else { texts.get(..1) };
    used.unwrap_or(texts).join(" ")
}

/// The one or two prices of a text.
pub(super) fn ends_of_range(text: &str) -> Vec<&str> {
    let mut from = 0;
    for word in text.split(' ') {
        let end = from + word.len();
        let inside = from > 0 && end < text.len();
        if inside && words::is_range_word(word) {
            return vec![&text[..from], &text[end..]];
        }
        from = end + 1;
    }
    vec![text]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_range_has_two_ends() {
        assert_eq!(ends_of_range("EUR 17,72 bis EUR 18,66"), ["EUR 17,72 ", " EUR 18,66"]);
        assert_eq!(ends_of_range("$45.49 to $50.77"), ["$45.49 ", " $50.77"]);
        assert_eq!(ends_of_range("$45.49"), ["$45.49"]);
    }
}

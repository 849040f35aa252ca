//! Cards of Marketplace by their layout: a link to an item, and lines of text in it. The second strategy.
//!
//! Lines stand in the order badge, price, struck price, title, place. Classes mean nothing here.

use std::collections::HashSet;

use memchr::memmem;
use url::Url;
use watches_core::{
    listing::{extracted::Extracted, origin::Strategy, price_text::read_price},
    money::{Currency, Money},
};

use super::{item_address, item_id, words};
use crate::{
    html::{fragment::Fragment, tag_around},
    sites::address,
};

/// Links of one page; a long scrolled page holds some hundreds.
const MOST_LINKS: usize = 2_000;

/// A card has some kilobytes of markup.
const LONGEST_CARD: usize = 64 * 1024;

/// Every card of the page, each item once.
pub(super) fn read_all(text: &str, base: Option<&Url>) -> Vec<Extracted> {
    let starts = starts(text);
    let ends = starts.iter().skip(1).copied().chain([text.len()]);
    let mut seen = HashSet::new();
    let cards = starts.iter().zip(ends).filter_map(|(start, end)| card(text, *start, end, base));
    cards.filter(|card| seen.insert(card.id.clone())).collect()
}

/// Where the links to items begin.
fn starts(text: &str) -> Vec<usize> {
    let mut starts: Vec<usize> = Vec::new();
    for at in memmem::find_iter(text.as_bytes(), b"/marketplace/item/").take(MOST_LINKS) {
        if text.as_bytes().get(at.saturating_sub(1)) == Some(&b'\\') {
            continue;
        }
        if let Some((start, tag)) = tag_around(text, at).filter(|(_, tag)| tag.is("a"))
            && tag.attribute("href").is_some_and(|href| item_id(href).is_some())
            && starts.last() != Some(&start)
        {
            starts.push(start);
        }
    }
    starts
}

fn card(text: &str, start: usize, end: usize, base: Option<&Url>) -> Option<Extracted> {
    let fragment = Fragment::element(text, start, end.min(start + LONGEST_CARD));
    let href = fragment.tag(0)?.decoded("href")?;
    let id = item_id(&href)?;
    let lines = Lines::of(&lines(&fragment))?;
    let mut listing = Extracted::new("facebook", id, item_address(id, base), &lines.title);
    lines.fill(&mut listing);
    let photo =
        fragment.elements().find_map(|(_, tag)| tag.is("img").then(|| tag.decoded("src"))?);
    listing.image =
        photo.and_then(|source| address::absolute(&source, base)).map(|url| url.to_string());
    listing.photos.extend(listing.image.clone());
    listing.came_by(Strategy::Layout);
    Some(listing)
}

/// The texts of the outermost `dir="auto"` elements: what Facebook marks as written by people.
pub(super) fn lines(fragment: &Fragment<'_>) -> Vec<String> {
    let mut lines = Vec::new();
    let mut end = 0;
    for (at, tag) in fragment.elements() {
        if at >= end && tag.attribute("dir") == Some("auto") {
            end = fragment.end(at);
            let line = fragment.text(at);
            if !line.is_empty() {
                lines.push(line);
            }
        }
    }
    lines
}

/// What the lines of a card say.
struct Lines {
    badge: Option<String>,
    price: Option<(Money, String)>,
    was: Option<Money>,
    title: String,
    place: Option<String>,
}

impl Lines {
    fn of(lines: &[String]) -> Option<Lines> {
        let prices: Vec<Option<Money>> = lines.iter().map(|line| whole_price(line)).collect();
        // At most a badge and a label stand before the price.
        let first = prices.iter().take(3).position(Option::is_some);
        let at = first.unwrap_or_default();
        let price = prices.get(at).copied().flatten();
        let mut next = first.map_or(0, |at| at + 1);
        // A second price is the struck one, unless nothing but it could be the title.
        let was = prices.get(next).copied().flatten().filter(|_| lines.len() > next + 1);
        next += usize::from(was.is_some());
        Some(Lines {
            badge: lines.get(..at).and_then(|before| before.first().cloned()),
            price: price.zip(lines.get(at).cloned()),
            was,
            title: lines.get(next)?.clone(),
            place: lines.get(next + 1).cloned(),
        })
    }

    fn fill(self, listing: &mut Extracted) {
        if let Some((price, text)) = self.price {
            listing.price = Some(price);
            listing.price_text = Some(text);
        }
        listing.price_was = self.was;
        listing.location = self.place;
        if let Some(state) = self.badge.as_deref().and_then(words::state) {
            listing.state = state;
        }
    }
}

/// The price of a line that is nothing but a price: `$1,200`, `1.200 €`, `Free`.
pub(super) fn whole_price(line: &str) -> Option<Money> {
    let letters = line.chars().filter(|letter| letter.is_alphabetic()).count();
    let has_digit = line.contains(|letter: char| letter.is_ascii_digit());
    let shown = read_price(line, None);
    let plain = letters <= 4 && (shown.symbol.is_some() || shown.code.is_some());
    let free = !has_digit && line.chars().count() < 16 && shown.amount.is_some();
    let fits = (has_digit && plain && line.len() < 24) || free;
    fits.then(|| shown.money(Some(Currency::USD)))?
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Title, price, struck price, place.
    type Row<'a> = (&'a str, Option<i64>, Option<i64>, Option<&'a str>);

    #[track_caller]
    fn check(lines: &[&str], expected: Option<Row<'_>>) {
        let lines: Vec<String> = lines.iter().map(|line| (*line).to_owned()).collect();
        let read = Lines::of(&lines);
        let found = read.as_ref().map(|read| {
            let price = read.price.as_ref().map(|(price, _)| price.minor);
            (read.title.as_str(), price, read.was.map(|was| was.minor), read.place.as_deref())
        });
        assert_eq!(found, expected, "{lines:?}");
    }

    #[test]
    fn lines_are_told_apart_by_their_order() {
        check(
            &["$200", "$300", "Seiko 5", "Houston, TX"],
            Some(("Seiko 5", Some(20_000), Some(30_000), Some("Houston, TX"))),
        );
        check(&["$200", "Dron"], Some(("Dron", Some(20_000), None, None)));
        check(
            &["Sold", "1.200 €", "Omega", "Berlin"],
            Some(("Omega", Some(120_000), None, Some("Berlin"))),
        );
        check(&["Free", "Strap"], Some(("Strap", Some(0), None, None)));
        check(&["$50", "100 €"], Some(("100 €", Some(5_000), None, None)));
        check(&[], None);
    }
}

//! One card of Kleinanzeigen's results -> a listing. Called by `kleinanzeigen::read`.
//!
//! The layout of 2023 has telling classes; that of 2026 has none, so there a field follows from what its
//! text is: a postcode, a date, a price. The card's own JSON (an image's) has the longer description.

use std::collections::HashSet;

use memchr::memmem;
use url::Url;
use watches_core::{
    listing::{extracted::Extracted, price_text::read_price},
    money::Currency,
    time::Timestamp,
};

use super::{ad_address, words};
use crate::{
    html::{
        fragment::Fragment,
        tag_around,
        text::{fold, fold_decoded, some},
        token::Tag,
    },
    page::Page,
    sites::when,
    structured::json::{Json, parse_first},
};

/// A results page holds 25 cards and some advertised ones.
const MOST_CARDS: usize = 500;

/// Every card of the results, each ad once.
pub(super) fn read_all(page: &Page, text: &str, base: Option<&Url>) -> Vec<Extracted> {
    let starts: Vec<usize> = memmem::find_iter(text.as_bytes(), b"data-adid=")
        .filter_map(|at| tag_around(text, at))
        .filter(|(_, tag)| tag.is("article") || tag.is("li") || tag.is("div"))
        .map(|(start, _)| start)
        .take(MOST_CARDS)
        .collect();
    let ends = starts.iter().skip(1).copied().chain([text.len()]);
    let mut seen = HashSet::new();
    let cards = starts.iter().zip(ends).filter_map(|(start, end)| {
        Card { text: &text[*start..end], part: Fragment::element(text, *start, end) }
            .listing(base, page.fetched_at)
    });
    cards.filter(|card| seen.insert(card.id.clone())).collect()
}

struct Card<'a> {
    /// The markup, for the script inside it, which the tree leaves out.
    text: &'a str,
    part: Fragment<'a>,
}

impl<'a> Card<'a> {
    fn listing(&self, base: Option<&Url>, now: Timestamp) -> Option<Extracted> {
        let tag = self.part.tag(0)?;
        let id = tag.decoded("data-adid").filter(|id| !id.is_empty())?;
        let to_ad = |tag: Tag<'a>| tag.decoded("href").filter(|href| href.contains("/s-anzeige/"));
        let link = || self.part.elements().find_map(|(_, tag)| to_ad(tag));
        let href = tag.decoded("data-href").or_else(link)?;
        let heading = self.find(|tag| tag.is("h2") || tag.is("h3"))?;
        let state = self.json();
        let title =
            some(self.part.text(heading)).or_else(|| json_text(state.as_ref()?, "title"))?;
        let mut listing = Extracted::new("kleinanzeigen", id, ad_address(&href, base)?, title);
        listing.country = Some("DE".to_owned());
        self.add_lines(&mut listing, heading, now)?;
        self.add_photo(&mut listing, state.as_ref());
        listing.description = self.description(state.as_ref(), heading);
        listing.seller = self.seller();
        Some(listing)
    }

    fn find(&self, wanted: impl Fn(Tag<'a>) -> bool) -> Option<usize> {
        self.part.elements().find(|(_, tag)| wanted(*tag)).map(|(at, _)| at)
    }

    /// The image's JSON-LD: title, description and the large photo.
    fn json(&self) -> Option<Json<'a>> {
        let at = memmem::find(self.text.as_bytes(), b"ld+json")?;
        let body = self.text.get(at..)?;
        let body = body.get(body.find('>')? + 1..)?;
        parse_first(body.split("</script").next()?).map(|(value, _)| value)
    }

    /// The short texts of the card, each known by what it says. `None` for somebody who wants to buy.
    fn add_lines(&self, listing: &mut Extracted, heading: usize, now: Timestamp) -> Option<()> {
        let mut end = 0;
        for (at, tag) in self.part.elements() {
            let short = tag.is("span") || tag.is("p") || tag.class().contains("aditem-main--top--");
            if at < end || !short || (heading..self.part.end(heading)).contains(&at) {
                continue;
            }
            if is_struck(tag) {
                let was = read_price(&self.part.text(at), None).money(Some(Currency::EUR));
                listing.price_was = listing.price_was.or(was);
                end = self.part.end(at);
                continue;
            }
            let line = self.part.text_without(at, is_struck);
            end = if line.is_empty() { at } else { self.part.end(at) };
            if words::is_wanted(&line) {
                return None;
            }
            self.add_line(listing, line, at > heading, now);
        }
        Some(())
    }

    fn add_line(&self, listing: &mut Extracted, line: String, after_heading: bool, now: Timestamp) {
        if after_heading {
            if listing.price_text.is_none() && words::is_price(&line) {
                words::add_price(listing, line);
            } else if let Some(state) = words::state(&line) {
                listing.state = state;
            } else if listing.shipping_text.is_none() && words::is_shipping(&line) {
                words::add_shipping(listing, line);
            }
        } else if listing.location.is_none() && words::place(&line).is_some() {
            listing.location = words::place(&line);
        } else if listing.listed_at.is_none() {
            listing.listed_at = when::in_germany(&line, now);
        }
    }

    fn add_photo(&self, listing: &mut Extracted, state: Option<&Json<'_>>) {
        let large = state.and_then(|state| json_text(state, "contentUrl"));
        let shown = || {
            let image = |(_, tag): (usize, Tag<'a>)| {
                tag.decoded("data-imgsrc").or_else(|| tag.is("img").then(|| tag.decoded("src"))?)
            };
            self.part.elements().find_map(image).filter(|source| source.starts_with("http"))
        };
        listing.image = large.or_else(shown);
        listing.photos.extend(listing.image.clone());
    }

    /// The image's description is longer than the two lines that are shown.
    fn description(&self, state: Option<&Json<'_>>, heading: usize) -> Option<String> {
        let shown = || {
            let mut after = self.part.elements().filter(|(at, tag)| *at > heading && tag.is("p"));
            after
                .next()
                .and_then(|(at, _)| some(self.part.text(at)))
                .filter(|text| !words::is_price(text))
        };
        state.and_then(|state| json_text(state, "description")).or_else(shown)
    }

    /// A dealer's link to their shop; private sellers are not named on a card.
    fn seller(&self) -> Option<String> {
        let to_shop =
            |tag: Tag<'a>| tag.attribute("href").is_some_and(|href| href.starts_with("/pro/"));
        let links = self.part.elements().filter(|(_, tag)| tag.is("a") && to_shop(*tag));
        let mut names = links.map(|(at, _)| self.part.text(at));
        names.find(|name| !name.is_empty() && name != "PRO")
    }
}

fn json_text(state: &Json<'_>, name: &str) -> Option<String> {
    some(fold_decoded(&fold(state.get(name)?.as_text()?)))
}

/// A price that is no longer asked.
fn is_struck(tag: Tag<'_>) -> bool {
    tag.class().contains("old-price") || tag.class().contains("line-through") || tag.is("s")
}

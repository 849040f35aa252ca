//! One Marketplace item: its embedded state, completed by the page as it is laid out.

use memchr::memmem;
use url::Url;
use watches_core::listing::{extracted::Extracted, origin::Strategy};

use super::{cards, item_address, state, words};
use crate::{
    html::{fragment::Fragment, text::some},
    page::Page,
    sites::{complete::complete, when},
};

/// The heading and the lines about the item follow each other within this.
const LONGEST_HEADING: usize = 96 * 1024;

/// Lines after the heading that can be the item's price.
const PRICE_LINES: usize = 3;

pub(super) fn read(
    page: &Page,
    id: &str,
    states: Vec<Extracted>,
    base: Option<&Url>,
) -> Option<Extracted> {
    let text = page.text.as_str();
    let stated = states.into_iter().find(|listing| listing.id == id);
    let shown = laid_out(page, id, base);
    let mut listing = match (stated, shown) {
        (Some(stated), Some(shown)) => complete(stated, shown),
        (stated, shown) => stated.or(shown)?,
    };
    let photos = state::photos(text);
    if !photos.is_empty() {
        listing.image = photos.first().cloned();
        listing.photos = photos;
        listing.came_by(Strategy::Embedded);
    }
    Some(listing)
}

/// The first heading is the title; the price, the place and the condition follow it.
fn laid_out(page: &Page, id: &str, base: Option<&Url>) -> Option<Extracted> {
    let text = page.text.as_str();
    let start = memmem::find(text.as_bytes(), b"<h1")?;
    let end = text.floor_char_boundary(start + LONGEST_HEADING);
    let part = Fragment::whole(text.get(start..end)?);
    let title = some(part.text(0))?;
    let mut listing = Extracted::new("facebook", id, item_address(id, base), &title);
    let lines = cards::lines(&part);
    let mut prices = lines.iter().filter(|line| **line != title).take(PRICE_LINES);
    if let Some((price, line)) = prices.find_map(|line| cards::whole_price(line).zip(Some(line))) {
        listing.price = Some(price);
        listing.price_text = Some(line.clone());
    }
    listing.location = place(&part);
    let since = part.elements().find(|(_, tag)| tag.is("abbr")).map(|(at, _)| part.text(at));
    listing.listed_at = since.and_then(|since| when::anywhere(&since, page.fetched_at));
    let condition = lines.iter().find_map(|line| words::condition_value(line).zip(Some(line)));
    if let Some((value, label)) = condition {
        listing.condition_code = Some(format!("fb:{value}"));
        listing.condition_text = Some(label.clone());
    }
    listing.came_by(Strategy::Layout);
    Some(listing)
}

/// The link to the market of a place: `/marketplace/103728426332293/`.
fn place(part: &Fragment<'_>) -> Option<String> {
    let leads_to_place = |href: &str| {
        let after = href.split_once("/marketplace/").map(|(_, after)| after.trim_end_matches('/'));
        after.is_some_and(|after| !after.is_empty() && !after.contains(['/', '?']))
    };
    let mut links =
        part.elements().filter(|(_, tag)| tag.attribute("href").is_some_and(leads_to_place));
    links.next().and_then(|(at, _)| some(part.text(at)))
}

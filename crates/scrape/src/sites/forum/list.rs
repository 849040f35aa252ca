//! A list of threads -> listings: one row of XenForo's (or its descendants') thread list each.

use std::collections::HashSet;

use url::Url;
use watches_core::{
    listing::{
        extracted::Extracted,
        origin::{Field, Strategy},
    },
    time::Timestamp,
};

use super::{is_sales, thread_address, thread_id};
use crate::{
    html::{fragment::Fragment, head, tags_with_class, text::some, token::Tag},
    sites::{address, posts},
};

/// A list holds some dozens.
const MOST_ROWS: usize = 500;

/// Classes of a row's outermost element.
const ROWS: [&str; 2] = ["structItem--thread", "california-thread-item"];

pub(super) fn read(text: &str, base: Option<&Url>, source: &str) -> Vec<Extracted> {
    let starts = ROWS.iter().map(|class| starts(text, class)).find(|starts| !starts.is_empty());
    let starts = starts.unwrap_or_default();
    let before = starts.first().map_or("", |first| &text[..*first]);
    let sales = sells(before, base);
    let ends = starts.iter().skip(1).copied().chain([text.len()]);
    let mut seen = HashSet::new();
    let rows = starts
        .iter()
        .zip(ends)
        .filter_map(|(start, end)| row(text, *start, end, base, source, sales));
    rows.filter(|row| seen.insert(row.id.clone())).collect()
}

fn starts(text: &str, class: &'static str) -> Vec<usize> {
    tags_with_class(text, class).map(|(start, _)| start).take(MOST_ROWS).collect()
}

/// Whether this forum is for sales: by its address, else by its heading.
fn sells(before: &str, base: Option<&Url>) -> bool {
    let heading = || {
        let (start, _) = tags_with_class(before, "p-title-value").next()?;
        Some(Fragment::element(before, start, start + 2048).text(0))
    };
    let own = || head(before).canonical;
    base.is_some_and(|base| is_sales(base.path()))
        || own().is_some_and(|own| is_sales(&own))
        || heading().is_some_and(|heading| is_sales(&heading))
}

fn row(
    text: &str,
    start: usize,
    end: usize,
    base: Option<&Url>,
    source: &str,
    sales: bool,
) -> Option<Extracted> {
    let part = Fragment::element(text, start, end);
    let to_thread = |tag: Tag<'_>| {
        tag.is("a") && tag.attribute("href").is_some_and(|href| thread_id(href).is_some())
    };
    // The title's link, not the one on the date or the avatar.
    let (at, link) =
        part.elements().find(|(at, tag)| to_thread(*tag) && part.text(*at).len() > 3)?;
    let href = link.decoded("href")?;
    let title = some(part.text(at))?;
    let mut tags = posts::tags(&title);
    let labels = part.elements().filter(|(_, tag)| is_label(*tag));
    labels.for_each(|(at, _)| tags.add(&part.text(at)));
    if !tags.is_offer(sales) {
        return None;
    }
    let mut listing =
        Extracted::new(source, thread_id(&href)?, thread_address(&href, base)?, &title);
    let asked = posts::price::asked(&title, None);
    listing.price = asked.price;
    listing.price_max = asked.price_max;
    listing.price_was = asked.price_was;
    listing.price_text = asked.text;
    listing.state = tags.state;
    listing.country = tags.country;
    listing.seller = part.tag(0)?.decoded("data-author").and_then(some);
    listing.listed_at = part.elements().find_map(|(_, tag)| posted(tag));
    let photo = part.elements().find_map(|(_, tag)| {
        (tag.is("img") && !tag.class().contains("avatar")).then(|| tag.decoded("src"))?
    });
    listing.image =
        photo.and_then(|source| address::absolute(&source, base)).map(|url| url.to_string());
    listing.photos.extend(listing.image.clone());
    listing.came_by(Strategy::Layout);
    listing.origins.set_if_filled(Field::Price, Strategy::Heuristic);
    Some(listing)
}

/// A coloured word before the title: `For Sale`, `Sold`.
pub(super) fn is_label(tag: Tag<'_>) -> bool {
    (tag.is("span") || tag.is("a"))
        && (tag.has_class("label") || tag.class().contains("thread-prefix"))
}

/// The time element's own seconds, else its ISO text.
pub(super) fn posted(tag: Tag<'_>) -> Option<Timestamp> {
    if !tag.is("time") {
        return None;
    }
    let seconds = tag.attribute("data-time").or_else(|| tag.attribute("data-timestamp"));
    let iso = || Timestamp::parse_iso(tag.attribute("datetime")?);
    seconds.and_then(|at| at.parse().ok()).map(Timestamp::from_seconds).or_else(iso)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_time_of_a_post() {
        let check = |html: &str, expected: Option<i64>| {
            let part = Fragment::element(html, 0, html.len());
            let found = part.tag(0).and_then(posted);
            assert_eq!(found, expected.map(Timestamp::from_seconds), "{html}");
        };
        let noon = 1_793_361_600;
        check("<time data-time=1793361600 datetime=x>", Some(noon));
        check("<time datetime=2026-10-30T08:00:00-0400>", Some(noon));
        check("<time data-timestamp=today datetime=2026-10-30T12:00:00Z>", Some(noon));
        for none in ["<time>", "<time datetime=é>", "<time datetime=5>", "<b data-time=1>"] {
            check(none, None);
        }
    }
}

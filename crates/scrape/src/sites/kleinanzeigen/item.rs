//! One Kleinanzeigen ad's page -> its listing, by the ids (`viewad-…`) that have outlived its layouts.

use memchr::memmem;
use url::Url;
use watches_core::listing::extracted::{Extracted, SaleState};

use super::{ad_address, ad_id, words};
use crate::{
    html::{fragment::Fragment, head, meta, tag_around, tags_with_class, text::some, token::Tag},
    page::Page,
    sites::when,
};

/// An element of the page is cut after this.
const LONGEST: usize = 64 * 1024;

pub(super) fn is_item_page(text: &str, base: Option<&Url>) -> bool {
    let marked = memmem::find(text.as_bytes(), b"id=\"viewad-title\"").is_some();
    marked || base.is_some_and(|base| ad_id(base.path()).is_some())
}

pub(super) fn read(page: &Page, base: Option<&Url>) -> Option<Extracted> {
    let text = page.text.as_str();
    let own = head(text).canonical.filter(|address| ad_id(address).is_some());
    let url =
        own.and_then(|own| ad_address(&own, base)).or_else(|| ad_address(base?.as_str(), None))?;
    let id = ad_id(&url).map(str::to_owned).or_else(|| shown_id(text))?;
    let (title, state) = title(text)?;
    let mut listing = Extracted::new("kleinanzeigen", id, url, title);
    listing.state = state;
    listing.country = Some("DE".to_owned());
    if let Some(price) = by_id(text, "viewad-price") {
        words::add_price(&mut listing, price);
    }
    listing.location = by_id(text, "viewad-locality");
    listing.description = description(text);
    let date = by_id(text, "viewad-extra-info");
    listing.listed_at = date.and_then(|date| when::in_germany(&date, page.fetched_at));
    listing.condition_text =
        details(text).into_iter().find_map(|(name, value)| (name == "Zustand").then_some(value));
    listing.seller = seller(text);
    if let Some(line) = by_class(text, "boxedarticle--details--shipping") {
        words::add_shipping(&mut listing, line);
    }
    add_photos(&mut listing, text);
    Some(listing)
}

/// The text of the element with an id.
fn by_id(text: &str, id: &str) -> Option<String> {
    let (start, _) = element(text, id)?;
    some(Fragment::element(text, start, start + LONGEST).text(0))
}

/// The seller's text with its paragraphs on lines of their own.
fn description(text: &str) -> Option<String> {
    let (start, _) = element(text, "viewad-description-text")?;
    some(Fragment::element(text, start, start + LONGEST).lines(0).join("\n"))
}

fn element<'a>(text: &'a str, id: &str) -> Option<(usize, Tag<'a>)> {
    let mark = format!("id=\"{id}\"");
    memmem::find(text.as_bytes(), mark.as_bytes()).and_then(|at| tag_around(text, at))
}

fn by_class(text: &str, class: &str) -> Option<String> {
    let (start, _) = tags_with_class(text, class).next()?;
    some(Fragment::element(text, start, start + LONGEST).text(0))
}

/// The heading without its hidden badges; a badge that is shown tells the state.
fn title(text: &str) -> Option<(String, SaleState)> {
    let Some((start, _)) = element(text, "viewad-title") else {
        return meta(text, "og:title").map(|title| (title, SaleState::Active));
    };
    let part = Fragment::element(text, start, start + LONGEST);
    let is_badge = |tag: Tag<'_>| {
        tag.is("span") && (tag.class().contains("-title") || tag.has_class("is-hidden"))
    };
    let title = some(part.text_without(0, is_badge))?;
    let shown = part.elements().filter(|(_, tag)| is_badge(*tag) && !tag.has_class("is-hidden"));
    let state = shown.filter_map(|(at, _)| words::state(&part.text(at))).next();
    Some((title, state.unwrap_or_default()))
}

/// The ad's number as the page shows it.
fn shown_id(text: &str) -> Option<String> {
    let line = by_id(text, "viewad-ad-id-box")?;
    line.rsplit(' ')
        .find(|word| word.len() > 5 && word.bytes().all(|byte| byte.is_ascii_digit()))
        .map(str::to_owned)
}

/// The table of details: `Zustand` and `Sehr Gut`.
fn details(text: &str) -> Vec<(String, String)> {
    let rows = tags_with_class(text, "addetailslist--detail").take(60);
    rows.filter_map(|(start, _)| {
        let row = Fragment::element(text, start, start + 8 * 1024);
        let value = row.with_class("addetailslist--detail--value")?;
        let name = row.text_without(0, |tag| tag.has_class("addetailslist--detail--value"));
        Some((name, some(row.text(value))?))
    })
    .collect()
}

/// The name in the contact box.
fn seller(text: &str) -> Option<String> {
    let named = by_class(text, "userprofile-vip");
    named.or_else(|| {
        let (start, _) = element(text, "viewad-contact")?;
        let part = Fragment::element(text, start, start + LONGEST);
        let link = part.elements().find(|(at, tag)| {
            let to_user = tag
                .attribute("href")
                .is_some_and(|href| href.contains("userId=") || href.contains("/pro/"));
            tag.is("a") && to_user && !part.text(*at).is_empty()
        });
        link.and_then(|(at, _)| some(part.text(at)))
    })
}

fn add_photos(listing: &mut Extracted, text: &str) {
    let gallery = tags_with_class(text, "galleryimage-element").take(40);
    let photos = gallery.filter_map(|(start, _)| {
        let part = Fragment::element(text, start, start + 16 * 1024);
        part.elements().find_map(|(_, tag)| {
            let source =
                tag.decoded("data-imgsrc").or_else(|| tag.is("img").then(|| tag.decoded("src"))?);
            source.filter(|source| source.starts_with("http"))
        })
    });
    for photo in photos {
        if !listing.photos.contains(&photo) {
            listing.photos.push(photo);
        }
    }
    listing.image = listing.photos.first().cloned().or_else(|| meta(text, "og:image"));
    if listing.photos.is_empty() {
        listing.photos.extend(listing.image.clone());
    }
}

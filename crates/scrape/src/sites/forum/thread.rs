//! One thread -> its listing: the heading, its labels, and the first post.

use url::Url;
use watches_core::listing::{
    extracted::Extracted,
    origin::{Field, Strategy},
};

use super::{
    is_sales,
    list::{is_label, posted},
    thread_address, thread_id,
};
use crate::{
    html::{fragment::Fragment, head, tags_with_class, text::some, token::Tag},
    page::Page,
    sites::{address, posts},
};

/// A heading or a first post is cut here.
const LONGEST: usize = 256 * 1024;

/// A description is cut here.
const LONGEST_TEXT: usize = 8 * 1024;

/// A thread's page; the offer is missing where nobody sells.
pub(super) struct Thread {
    pub offer: Option<Extracted>,
}

/// `None` for a page that is no thread.
pub(super) fn read(page: &Page, base: Option<&Url>, source: &str) -> Option<Thread> {
    let text = page.text.as_str();
    let own = head(text).canonical.filter(|own| thread_id(own).is_some());
    let own = own.or_else(|| base.map(Url::to_string).filter(|own| thread_id(own).is_some()))?;
    Some(Thread { offer: offer(text, &own, base, source) })
}

fn offer(text: &str, own: &str, base: Option<&Url>, source: &str) -> Option<Extracted> {
    let (start, _) = tags_with_class(text, "p-title-value").next()?;
    let heading = Fragment::element(text, start, start + 8 * 1024);
    let title = some(heading.text_without(0, is_label))?;
    let mut tags = posts::tags(&title);
    heading
        .elements()
        .filter(|(_, tag)| is_label(*tag))
        .for_each(|(at, _)| tags.add(&heading.text(at)));
    if !tags.is_offer(in_sales_forum(&text[..start])) {
        return None;
    }
    let mut listing = Extracted::new(source, thread_id(own)?, thread_address(own, base)?, &title);
    listing.state = tags.state;
    listing.country = tags.country;
    let body = first_post(&mut listing, text, base);
    let asked = posts::price::asked(&title, body.as_deref());
    listing.price = asked.price;
    listing.price_max = asked.price_max;
    listing.price_was = asked.price_was;
    listing.price_text = asked.text;
    listing.description =
        body.map(|body| body[..body.floor_char_boundary(LONGEST_TEXT)].to_owned());
    listing.came_by(Strategy::Layout);
    listing.origins.set_if_filled(Field::Price, Strategy::Heuristic);
    Some(listing)
}

/// The breadcrumbs before the heading name the forum.
fn in_sales_forum(before: &str) -> bool {
    let Some((start, _)) = tags_with_class(before, "p-breadcrumbs").next() else { return false };
    is_sales(&Fragment::element(before, start, start + 16 * 1024).text(0))
}

/// Author, date and photos of the first post; its text, a line to a block.
fn first_post(listing: &mut Extracted, text: &str, base: Option<&Url>) -> Option<String> {
    let (start, tag) = tags_with_class(text, "message--post").next()?;
    let part = Fragment::element(text, start, start + LONGEST);
    listing.seller = tag.decoded("data-author").and_then(some);
    listing.listed_at = part.elements().find_map(|(_, tag)| posted(tag));
    let body = part.with_class("bbWrapper")?;
    let is_photo = |tag: Tag<'_>| tag.is("img") && !tag.class().contains("smilie");
    let sources = part.inside(body).filter(|(_, tag)| is_photo(*tag));
    let photos = sources.filter_map(|(_, tag)| {
        let source = tag
            .decoded("data-url")
            .or_else(|| tag.decoded("data-src"))
            .or_else(|| tag.decoded("src"))?;
        address::absolute(&source, base).map(|url| url.to_string())
    });
    listing.photos = photos.take(40).collect();
    listing.image = listing.photos.first().cloned();
    some(part.lines(body).join("\n"))
}

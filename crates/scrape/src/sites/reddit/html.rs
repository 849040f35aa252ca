//! Reddit's pages -> posts: `thing` rows of the old layout, `shreddit-post` elements of the new one.

use memchr::memmem;
use url::Url;
use watches_core::{listing::origin::Strategy, time::Timestamp};

use super::Post;
use crate::{
    html::{fragment::Fragment, tag_around, tag_with, tags_with_class, text::some, token::Tag},
    page::Page,
    sites::{Found, address},
};

/// A results page holds at most 100 posts.
const MOST_POSTS: usize = 500;

/// One post is cut after this.
const LONGEST_POST: usize = 128 * 1024;

pub(super) fn read(page: &Page, base: Option<&Url>) -> Found {
    let text = page.text.as_str();
    let mut listings: Vec<_> = new_posts(text).filter_map(Post::listing).collect();
    if listings.is_empty() {
        listings = old_posts(text).filter_map(Post::listing).collect();
    }
    let next = tag_with(text, "nofollow next").and_then(|tag| tag.decoded("href"));
    let next = next.and_then(|href| address::absolute(&href, base));
    Found { listings, next, ..Found::default() }
}

/// `<shreddit-post id="t3_abc" post-title="…" author="…" created-timestamp="…" permalink="…">`.
fn new_posts(text: &str) -> impl Iterator<Item = Post> + '_ {
    let starts = memmem::find_iter(text.as_bytes(), b"<shreddit-post ").take(MOST_POSTS);
    starts.filter_map(|at| {
        let (start, tag) = tag_around(text, at + 1)?;
        let value =
            |name: &str| tag.decoded(name).map(|value| value.trim().to_owned()).and_then(some);
        let part = Fragment::element(text, start, (start + LONGEST_POST).min(text.len()));
        let by_tag = |name: &str| part.elements().find(|(_, tag)| tag.is(name)).map(|(at, _)| at);
        let body = part.elements().find(|(_, tag)| tag.attribute("slot") == Some("text-body"));
        Some(Post {
            id: value("id")?.trim_start_matches("t3_").to_owned(),
            title: value("post-title")?,
            text: body.and_then(|(at, _)| some(part.lines(at).join("\n"))),
            author: value("author"),
            path: value("permalink")?,
            flair: by_tag("shreddit-post-flair").and_then(|at| some(part.text(at))),
            image: value("content-href").filter(|href| href.contains("i.redd.it")),
            posted: value("created-timestamp").and_then(|at| Timestamp::parse_iso(&at)),
            ..Post::by(Strategy::Layout)
        })
    })
}

/// Rows of the old layout, known by their full name.
fn old_posts(text: &str) -> impl Iterator<Item = Post> + '_ {
    let rows = tags_with_class(text, "thing").filter(|(_, tag)| full_name(*tag).is_some());
    rows.take(MOST_POSTS).filter_map(move |(start, tag)| {
        let part = Fragment::element(text, start, (start + LONGEST_POST).min(text.len()));
        let title = part.elements().find(|(_, tag)| tag.is("a") && tag.has_class("title"))?;
        let body = part.with_class("usertext-body");
        let flair = part.with_class("linkflairlabel");
        let millis = tag.attribute("data-timestamp").and_then(|at| at.parse().ok());
        Some(Post {
            id: full_name(tag)?.to_owned(),
            title: some(part.text(title.0))?,
            text: body.and_then(|at| some(part.lines(at).join("\n"))),
            author: tag.decoded("data-author"),
            path: tag.decoded("data-permalink")?,
            flair: flair.and_then(|at| some(part.text(at))),
            image: tag
                .decoded("data-url")
                .filter(|url| url.contains("i.redd.it") || url.ends_with(".jpg")),
            posted: millis.map(Timestamp::from_millis),
            ..Post::by(Strategy::Layout)
        })
    })
}

fn full_name<'a>(tag: Tag<'a>) -> Option<&'a str> {
    tag.attribute("data-fullname")?.strip_prefix("t3_")
}

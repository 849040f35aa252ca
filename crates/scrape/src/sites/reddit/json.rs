//! Reddit's JSON (`new.json`, `search.json`, a post's own) -> posts. Called by `reddit::read`.

use url::Url;
use watches_core::{listing::origin::Strategy, time::Timestamp};

use super::Post;
use crate::{
    html::text::{fold_decoded, some},
    page::Page,
    sites::Found,
    structured::json::{Json, parse_first},
};

pub(super) fn read(page: &Page, base: Option<&Url>) -> Found {
    let Some((value, _)) = parse_first(&page.text) else { return Found::default() };
    // A post's page is a list: the post, then its comments.
    let mut parts = value.each();
    let Some(first) = parts.next() else { return Found::default() };
    let comments = parts.next();
    let posts = children(first).filter(|child| kind(child) == Some("t3"));
    let listings = posts.filter_map(|child| post(child.get("data")?, comments).listing()).collect();
    let after = first.get("data").and_then(|data| data.get("after")).and_then(Json::as_text);
    let next = base.zip(after).map(|(base, after)| {
        let mut url = base.clone();
        let kept: Vec<(String, String)> = base
            .query_pairs()
            .filter(|(name, _)| name != "after")
            .map(|(name, value)| (name.into_owned(), value.into_owned()))
            .collect();
        url.query_pairs_mut().clear().extend_pairs(kept).append_pair("after", after);
        url
    });
    Found { listings, next, ..Found::default() }
}

fn children<'j>(listing: &'j Json<'j>) -> impl Iterator<Item = &'j Json<'j>> {
    listing.get("data").and_then(|data| data.get("children")).into_iter().flat_map(Json::each)
}

fn kind<'j>(child: &'j Json<'j>) -> Option<&'j str> {
    child.get("kind").and_then(Json::as_text)
}

fn post(data: &Json<'_>, comments: Option<&Json<'_>>) -> Post {
    let text =
        |name: &str| data.get(name).and_then(Json::as_text).map(str::to_owned).and_then(some);
    let author = text("author");
    let body = text("selftext");
    let gone = |body: &String| body == "[removed]" || body == "[deleted]";
    Post {
        id: text("id").unwrap_or_default(),
        title: text("title").map(|title| unescape(&title)).unwrap_or_default(),
        path: text("permalink").unwrap_or_default(),
        flair: text("link_flair_text"),
        removed: body.as_ref().is_some_and(gone) || text("removed_by_category").is_some(),
        text: with_comments(body.filter(|body| !gone(body)), author.as_deref(), comments),
        image: text("url_overridden_by_dest").filter(|url| is_photo(url)).or_else(|| preview(data)),
        photos: gallery(data),
        posted: text("created_utc").and_then(|at| seconds(&at)),
        author,
        strategy: Strategy::Structured,
    }
}

/// Titles come with `&amp;` in Reddit's JSON.
fn unescape(text: &str) -> String {
    fold_decoded(&crate::html::entities::decode(text))
}

fn seconds(at: &str) -> Option<Timestamp> {
    at.split('.').next()?.parse().ok().map(Timestamp::from_seconds)
}

/// The author's own comments follow the text: many put the price there.
fn with_comments(
    body: Option<String>,
    author: Option<&str>,
    comments: Option<&Json<'_>>,
) -> Option<String> {
    let own = comments.into_iter().flat_map(children).filter_map(|comment| {
        let data = comment.get("data")?;
        let by_author = data.get("author").and_then(Json::as_text) == author && author.is_some();
        by_author.then(|| data.get("body").and_then(Json::as_text))?
    });
    let all: Vec<&str> = body.as_deref().into_iter().chain(own.take(10)).collect();
    some(all.join("\n\n"))
}

fn is_photo(url: &str) -> bool {
    [".jpg", ".jpeg", ".png", ".webp"].iter().any(|ending| url.to_lowercase().ends_with(ending))
}

fn preview(data: &Json<'_>) -> Option<String> {
    let image = data.get("preview")?.get("images")?.each().next()?;
    let url = image.get("source")?.get("url")?.as_text()?;
    some(unescape(url))
}

/// A gallery's photos in its order.
fn gallery(data: &Json<'_>) -> Vec<String> {
    let items = data.get("gallery_data").and_then(|gallery| gallery.get("items"));
    let ids =
        items.into_iter().flat_map(Json::each).filter_map(|item| item.get("media_id")?.as_text());
    let url = |id: &str| {
        let url = data.get("media_metadata")?.get(id)?.get("s")?.get("u")?.as_text()?;
        some(unescape(url))
    };
    ids.take(40).filter_map(url).collect()
}

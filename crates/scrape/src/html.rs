//! Our own small HTML reader: tokens, text and the tree of one card. Linear in the page.
//!
//! Not a browser's parser: whole pages through html5ever were measured slower than Python with
//! selectolax, so readers search bytes first and parse only the few kilobytes around a listing.
//! Broken and hostile pages give fewer tokens, never a panic; depth and node counts are capped.

pub mod entities;
pub mod fragment;
pub(crate) mod names;
pub mod text;
pub mod token;

use memchr::{memmem, memrchr};

use self::token::{Tag, Token, Tokens};

/// How far back a tag may begin before something inside it, and half of how long it may be.
const LONGEST_TAG: usize = 8 * 1024;

/// How many brackets before a byte are tried: one inside an attribute's value begins no tag around it.
const MOST_TRIES: usize = 4;

/// Where a name is looked for: more are no page of listings but a page that wants to be slow.
const MOST_NAMES: usize = 20_000;

/// How often a bracket may lead to no tag around a name before a page is given up.
const MOST_FAILURES: usize = 1_000;

/// The open tag that the byte at `at` lies in, such as the one that holds a word found there.
pub fn tag_around(text: &str, at: usize) -> Option<(usize, Tag<'_>)> {
    tag_between(text, at.saturating_sub(LONGEST_TAG), at).ok()
}

/// The tag around `at` that begins at `from` or later; else how many brackets were tried.
fn tag_between(text: &str, from: usize, at: usize) -> Result<(usize, Tag<'_>), usize> {
    let bytes = text.as_bytes();
    let mut before = at;
    for tried in 0..MOST_TRIES {
        let found = bytes.get(from..before).and_then(|part| memrchr(b'<', part));
        let Some(start) = found.map(|found| from + found) else { return Err(tried) };
        before = start;
        let part = &text[start..text.floor_char_boundary(start + 2 * LONGEST_TAG)];
        match Tokens::new(part).next() {
            Some(Token::Open(tag)) if start + tag.length() > at => return Ok((start, tag)),
            Some(Token::Open(_) | Token::Close(_) | Token::Text(_)) | None => {}
        }
    }
    Err(MOST_TRIES)
}

/// The first open tag that holds these bytes, such as the name of a class.
pub fn tag_with<'a>(text: &'a str, needle: &str) -> Option<Tag<'a>> {
    let at = memmem::find(text.as_bytes(), needle.as_bytes())?;
    tag_around(text, at).map(|(_, tag)| tag)
}

/// The first link that the page calls its next one: `<a rel="next">`, `<link rel="next">`.
pub fn next_link(text: &str) -> Option<Tag<'_>> {
    let bytes = text.as_bytes();
    // The rarer end of `rel="next"`: a page is passed over twice as fast by it.
    let ends = memmem::find_iter(bytes, b"\"next\"").filter(|at| bytes[..*at].ends_with(b"rel="));
    ends.take(MOST_TRIES).find_map(|at| tag_around(text, at)).map(|(_, tag)| tag)
}

/// The open tags of a class, found by search: `s-card`, but not `s-card__title`. Each byte is looked
/// at a bounded number of times, whatever the page.
pub fn tags_with_class<'a>(
    text: &'a str,
    class: &'a str,
) -> impl Iterator<Item = (usize, Tag<'a>)> + 'a {
    let mut floor = 0;
    let mut failures = 0;
    class_positions(text, class).filter_map(move |at| {
        if at < floor || failures >= MOST_FAILURES {
            return None;
        }
        match tag_between(text, floor.max(at.saturating_sub(LONGEST_TAG)), at) {
            Ok((start, tag)) => {
                floor = start + tag.length();
                tag.has_class(class).then_some((start, tag))
            }
            Err(tried) => {
                floor = at;
                failures += usize::from(tried > 0);
                None
            }
        }
    })
}

/// Where a class name stands as a whole word.
fn class_positions<'a>(text: &'a str, class: &'a str) -> impl Iterator<Item = usize> + 'a {
    let bytes = text.as_bytes();
    memmem::find_iter(bytes, class.as_bytes()).take(MOST_NAMES).filter(move |at| {
        let before = at.checked_sub(1).and_then(|before| bytes.get(before));
        let after = bytes.get(at + class.len());
        before.is_some_and(|byte| ends_word(*byte) || *byte == b'=')
            && after.is_none_or(|byte| ends_word(*byte) || *byte == b'>')
    })
}

fn ends_word(byte: u8) -> bool {
    byte.is_ascii_whitespace() || matches!(byte, b'"' | b'\'')
}

/// What the page says of itself in its head.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Head {
    /// `<link rel=canonical>`, else `og:url`.
    pub canonical: Option<String>,
    /// `<html lang>`.
    pub language: Option<String>,
}

/// Finds the canonical address and the language by byte search, without reading the head in full.
pub fn head(text: &str) -> Head {
    let canonical = memmem::find_iter(text.as_bytes(), b"canonical").take(8).find_map(|at| {
        let (_, tag) = tag_around(text, at)?;
        let canonical =
            tag.is("link") && tag.attribute("rel").is_some_and(|rel| rel == "canonical");
        canonical.then(|| tag.decoded("href"))?
    });
    let language = memmem::find_iter(text.as_bytes(), b"<html").take(4).find_map(|at| {
        let (_, tag) = tag_around(text, at + 1)?;
        tag.decoded("lang").filter(|language| !language.trim().is_empty())
    });
    Head { canonical: canonical.or_else(|| meta(text, "og:url")), language }
}

/// The content of the first `<meta property|name=…>` of that name.
pub fn meta(text: &str, name: &str) -> Option<String> {
    memmem::find_iter(text.as_bytes(), name.as_bytes()).take(8).find_map(|at| {
        let (_, tag) = tag_around(text, at)?;
        let named = |attribute| tag.attribute(attribute).is_some_and(|value| value == name);
        let ours = tag.is("meta") && (named("property") || named("name") || named("itemprop"));
        ours.then(|| tag.decoded("content"))?
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_head_is_found_by_search() {
        let page = r#"<!DOCTYPE html><html lang="de"><head><script>var x = "canonical";</script>
            <link rel="canonical" href="https://example.com/a?b=1&amp;c=2"><meta content="T" property="og:title">"#;
        let head = head(page);
        assert_eq!(head.canonical.as_deref(), Some("https://example.com/a?b=1&c=2"));
        assert_eq!(head.language.as_deref(), Some("de"));
        assert_eq!(meta(page, "og:title").as_deref(), Some("T"));
    }

    #[test]
    fn the_next_page_is_the_link_that_says_so() {
        let href = |page| next_link(page).and_then(|tag| tag.decoded("href"));
        let page = r#"<script>{"next":1}</script>rel="next" <a class="next" href=/no>
            <a href="/2?a=1&amp;b=2" rel="next">"#;
        assert_eq!(href(page).as_deref(), Some("/2?a=1&b=2"));
        assert_eq!(href(r#"<a class="next" href=/no>"#), None);
    }

    #[test]
    fn a_class_is_a_whole_word() {
        let page = r#"<li class="s-card s-card--wide"><i class=s-card__title></i><b class=s-card>"#;
        let at: Vec<usize> = tags_with_class(page, "s-card").map(|(at, _)| at).collect();
        assert_eq!(at, [0, 59]);
        let text = " s-card ".repeat(30_000);
        assert_eq!(tags_with_class(&text, "s-card").count(), 0);
    }
}

//! Watch forums on XenForo (WatchUSeek and its like): lists of a sales forum, and one thread.
//!
//! A label or the title's first words say what the author wants; where neither does, the name of the forum
//! does. The price stands in the title or in the first post.

mod list;
mod thread;

use memchr::memmem;
use url::Url;

use super::{Found, address};
use crate::{
    html::{next_link, tag_with},
    page::Page,
};

/// XenForo writes this into the page's first element.
const MARK: &str = "id=\"XF\"";

/// Parts of a sales forum's name or address.
const SALES: [&str; 8] =
    ["for sale", "for-sale", "sales", "marketplace", "classified", "trading", "wts", "verkauf"];

/// Whether a page is a forum's, by its first bytes.
pub(super) fn is_forum(text: &str) -> bool {
    let head = &text.as_bytes()[..text.len().min(4096)];
    memmem::find(head, MARK.as_bytes()).is_some()
}

/// Reads a list of threads or one thread.
pub fn read(page: &Page, base: Option<&Url>) -> Found {
    let text = page.text.as_str();
    let source = source(base);
    if let Some(listing) = thread::read(page, base, &source) {
        return Found { listings: listing.offer.into_iter().collect(), ..Found::default() };
    }
    let next = tag_with(text, "pageNav-jump--next").or_else(|| next_link(text));
    let next = next.and_then(|tag| address::absolute(&tag.decoded("href")?, base));
    Found { listings: list::read(text, base, &source), next, ..Found::default() }
}

/// `forum:watchuseek.com`.
fn source(base: Option<&Url>) -> String {
    let host = base.and_then(Url::host_str).unwrap_or("unknown");
    format!("forum:{}", host.trim_start_matches("www."))
}

/// The number in a thread's address: `/threads/fs-rolex-submariner.5512345/`.
fn thread_id(address: &str) -> Option<&str> {
    const PATH: &str = "/threads/";
    let after = &address[address.find(PATH)? + PATH.len()..];
    let slug = after.split(['/', '?', '#']).next()?;
    let id = slug.rsplit('.').next()?;
    (!id.is_empty() && id.len() <= 12 && id.bytes().all(|byte| byte.is_ascii_digit())).then_some(id)
}

/// A thread's one address, without the page or the post.
fn thread_address(href: &str, base: Option<&Url>) -> Option<String> {
    let mut url = address::absolute(href, base)?;
    url.set_query(None);
    url.set_fragment(None);
    let id = thread_id(url.path())?;
    let end = url.path().find(id)? + id.len();
    let path = format!("{}/", &url.path()[..end]);
    url.set_path(&path);
    Some(url.to_string())
}

/// Whether a forum's name or address says that it sells.
fn is_sales(text: &str) -> bool {
    let small = text.to_lowercase();
    SALES.iter().any(|word| small.contains(word))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_thread_has_one_address() {
        let base = Url::parse("https://www.forum.example/forums/sales.29/").ok();
        let found = thread_address("/threads/fs-omega.551/page-2#post-9", base.as_ref());
        assert_eq!(found.as_deref(), Some("https://www.forum.example/threads/fs-omega.551/"));
        assert_eq!(thread_id("/threads/fs-omega/"), None);
        assert_eq!(source(base.as_ref()), "forum:forum.example");
    }
}

//! An address in a mail -> the listing it leads to, with the tracking around it taken off.
//!
//! Only what the address itself holds is used: nothing is ever asked of a tracking server. A target that is
//! hidden behind an opaque code stays unknown.

use url::Url;

use super::MailSite;
use crate::sites::{chrono24, ebay};

/// Redirects within redirects that are followed.
const DEEPEST: usize = 4;

/// A longer address is no link of a mail that people send.
const LONGEST: usize = 8 * 1024;

/// The market's own id of a listing and its one address.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Target {
    pub id: String,
    pub url: String,
}

/// The listing of `site` that a link leads to.
pub(super) fn listing(href: &str, site: MailSite) -> Option<Target> {
    let href = href.trim();
    if href.len() > LONGEST {
        return None;
    }
    let mut waiting = vec![(Url::parse(href).ok()?, 0)];
    // Depth first, and at most so many addresses however they are nested.
    for _ in 0..32 {
        let (url, depth) = waiting.pop()?;
        if let Some(target) = own(&url, site) {
            return Some(target);
        }
        if depth < DEEPEST {
            waiting.extend(inner(&url).into_iter().take(8).map(|url| (url, depth + 1)));
        }
    }
    None
}

/// Whole addresses that stand in an address: in its query, its fragment, or escaped in its path.
fn inner(url: &Url) -> Vec<Url> {
    let mut found = Vec::new();
    let mut take = |text: &str| {
        let whole = text.starts_with("http://") || text.starts_with("https://");
        found.extend(whole.then(|| Url::parse(text).ok()).flatten());
    };
    for (name, value) in url.query_pairs().take(40) {
        take(&value);
        take(&name);
    }
    for part in url.path().split('/').chain(url.fragment()) {
        let pair = format!("x={}", part.replace('+', "%2B"));
        for (_, value) in url::form_urlencoded::parse(pair.as_bytes()).take(1) {
            take(&value);
        }
    }
    // Facebook's mails: `/n/?marketplace%2Fitem%2F123%2F&…` names a path of its own.
    if matches!(url.path(), "/n/" | "/nd/" | "/n" | "/nd")
        && let Some((path, _)) = url.query_pairs().next()
        && let Ok(joined) = url.join(&format!("/{}", path.trim_start_matches('/')))
    {
        found.push(joined);
    }
    found.reverse();
    found
}

/// The listing that this very address is the page of.
fn own(url: &Url, site: MailSite) -> Option<Target> {
    if !matches!(url.scheme(), "http" | "https") {
        return None;
    }
    let domain = site.domain_of(url.host_str()?)?;
    let path = url.path();
    match site {
        MailSite::Ebay => {
            let id = ebay::item_id(path)?;
            Some(Target { id: id.to_owned(), url: format!("https://www.{domain}/itm/{id}") })
        }
        MailSite::Chrono24 => {
            let id = chrono24::listing_id(path)?;
            Some(Target { id: id.to_owned(), url: format!("https://www.{domain}{path}") })
        }
        MailSite::Kleinanzeigen => {
            let rest = path.split_once("/s-anzeige/")?.1;
            let last = rest.trim_end_matches('/').rsplit('/').next()?;
            let id = number(last.split('-').next()?)?;
            Some(Target { id, url: format!("https://www.kleinanzeigen.de{path}") })
        }
        MailSite::Facebook => {
            let rest = path.split_once("/marketplace/item/")?.1;
            let id = number(rest.split('/').next()?)?;
            let url = format!("https://www.facebook.com/marketplace/item/{id}/");
            Some(Target { id, url })
        }
    }
}

fn number(text: &str) -> Option<String> {
    let plain = (6..=20).contains(&text.len()) && text.bytes().all(|byte| byte.is_ascii_digit());
    plain.then(|| text.to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(site: MailSite, href: &str, expected: Option<(&str, &str)>) {
        let found = listing(href, site);
        let found = found.as_ref().map(|target| (&*target.id, &*target.url));
        assert_eq!(found, expected, "{href}");
    }

    #[test]
    fn plain_addresses_lose_what_follows_the_visitor() {
        let sub = "https://www.chrono24.de/rolex/submariner--id31234567.htm";
        check(
            MailSite::Chrono24,
            &format!("{sub}?utm_source=mail&t=1#top"),
            Some(("31234567", sub)),
        );
        check(MailSite::Chrono24, "https://www.chrono24.de/rolex/index.htm", None);
        check(
            MailSite::Ebay,
            "https://m.ebay.de/itm/rolex-sub/306812345678?mkevt=1",
            Some(("306812345678", "https://www.ebay.de/itm/306812345678")),
        );
        check(
            MailSite::Kleinanzeigen,
            "https://www.kleinanzeigen.de/s-anzeige/rolex-submariner/2712345678-156-3331?utm=1",
            Some((
                "2712345678",
                "https://www.kleinanzeigen.de/s-anzeige/rolex-submariner/2712345678-156-3331",
            )),
        );
        check(
            MailSite::Facebook,
            "https://www.facebook.com/marketplace/item/1368912131186930/?ref=notif",
            Some((
                "1368912131186930",
                "https://www.facebook.com/marketplace/item/1368912131186930/",
            )),
        );
    }

    #[test]
    fn redirects_are_unwrapped_where_the_address_holds_the_target() {
        let ebay = Some(("306812345678", "https://www.ebay.com/itm/306812345678"));
        let loc = "https%3A%2F%2Fwww.ebay.com%2Fitm%2F306812345678%3Fa%3Db";
        check(MailSite::Ebay, &format!("https://rover.ebay.com/rover/0/e1/7?x=1&loc={loc}"), ebay);
        let safe = format!("https://rover.ebay.com/r?loc={loc}");
        let safe: String = url::form_urlencoded::byte_serialize(safe.as_bytes()).collect();
        let safe = format!("https://eur01.safelinks.protection.outlook.com/?url={safe}&data=05");
        check(MailSite::Ebay, &safe, ebay);
        check(MailSite::Ebay, &format!("https://click.example/CL0/{loc}/1/0100"), ebay);
        check(
            MailSite::Facebook,
            "https://www.facebook.com/n/?marketplace%2Fitem%2F1368912131186930%2F&aref=1&medium=email",
            Some((
                "1368912131186930",
                "https://www.facebook.com/marketplace/item/1368912131186930/",
            )),
        );
    }

    #[test]
    fn another_hosts_page_is_no_listing() {
        check(MailSite::Ebay, "https://www.ebay.com.evil.example/itm/306812345678", None);
        check(MailSite::Ebay, "https://evil.example/itm/306812345678", None);
        check(MailSite::Chrono24, "https://www.ebay.de/itm/306812345678", None);
        check(MailSite::Chrono24, "https://click.example/ls/click?upn=u001.Xk3", None);
        check(MailSite::Ebay, "mailto:a@ebay.com", None);
        let mut deep = "https://www.ebay.com/itm/306812345678".to_owned();
        for _ in 0..7 {
            let held: String = url::form_urlencoded::byte_serialize(deep.as_bytes()).collect();
            deep = format!("https://a.example/?u={held}");
        }
        check(MailSite::Ebay, &deep, None);
    }
}

//! Addresses of listings: made absolute, without what only follows the visitor around.

use url::Url;

use crate::canonical::{Keep, Spelling, canonical};

/// Query parameters that name the visit, not the listing.
const TRACKING: [&str; 24] = [
    "_pos",
    "_psq",
    "_sid",
    "_ss",
    "_v",
    "cjevent",
    "cmpid",
    "dclid",
    "fbclid",
    "gad_source",
    "gbraid",
    "gclid",
    "gclsrc",
    "igshid",
    "mc_cid",
    "mc_eid",
    "msclkid",
    "pr_prod_strat",
    "pr_rec_id",
    "pr_rec_pid",
    "pr_ref_pid",
    "pr_seq",
    "srsltid",
    "wbraid",
];

/// Resolves an address found on a page; `None` for anything but http and https.
pub fn absolute(found: &str, base: Option<&Url>) -> Option<Url> {
    let found = found.trim();
    if found.is_empty() || found.starts_with('#') {
        return None;
    }
    let resolved = match base {
        Some(base) => base.join(found),
        None if found.starts_with("//") => Url::parse(&format!("https:{found}")),
        None => Url::parse(found),
    };
    resolved.ok().filter(|url| matches!(url.scheme(), "http" | "https"))
}

/// The bytes of a path that no spelling changes.
const IN_PATH: [bool; 256] = {
    let mut table = [false; 256];
    let mut byte = 0_u8;
    while byte < 128 {
        table[byte as usize] =
            byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'_' | b'.' | b'/' | b'~');
        byte += 1;
    }
    table
};

/// The path of an address that is whole, plain and in its normal form already, so that nobody needs to
/// parse it: small letters in the host, no query, no escapes, no dots that lead up.
pub fn plain_path(address: &str) -> Option<&str> {
    plain_parts(address).map(|(_, path)| path)
}

/// The host and the path of such an address.
pub fn plain_parts(address: &str) -> Option<(&str, &str)> {
    let rest = address.strip_prefix("https://")?;
    let in_host = |byte: u8| {
        byte.is_ascii_lowercase() || byte.is_ascii_digit() || matches!(byte, b'-' | b'.')
    };
    let slash = rest.bytes().position(|byte| !in_host(byte))?;
    let (host, path) = rest.split_at(slash);
    let last = host.bytes().next_back()?;
    let named =
        path.starts_with('/') && host.contains('.') && !last.is_ascii_digit() && last != b'.';
    let mut before = b'x';
    let plain = named
        && path.bytes().all(|byte| {
            let leads_up = before == b'/' && byte == b'.';
            before = byte;
            IN_PATH[usize::from(byte)] && !leads_up
        });
    plain.then_some((host, path))
}

/// Whether an address found on a page is whole and one of the web's.
pub fn is_of_the_web(address: &str) -> bool {
    plain_path(address).is_some() || absolute(address, None).is_some()
}

/// Whether it is an address over HTTP, or one without a scheme. None with a control in it is: whoever
/// parses an address passes those over, so that they would hide a scheme.
pub fn may_be_of_the_web(address: &str) -> bool {
    let address = address.trim();
    if address.bytes().any(|byte| byte.is_ascii_control()) {
        return false;
    }
    let Some((scheme, _)) = address.split_once(':') else { return true };
    let named = scheme.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"+-.".contains(&byte));
    !named || scheme.eq_ignore_ascii_case("https") || scheme.eq_ignore_ascii_case("http")
}

/// Removes the fragment and tracking parameters; keeps the order of the others.
pub fn without_tracking(mut url: Url) -> Url {
    url.set_fragment(None);
    if url.query().is_none() {
        return url;
    }
    let kept: Vec<(String, String)> = url
        .query_pairs()
        .filter(|(name, _)| !name.starts_with("utm_") && !TRACKING.contains(&name.as_ref()))
        .map(|(name, value)| (name.into_owned(), value.into_owned()))
        .collect();
    if kept.is_empty() {
        url.set_query(None);
    } else if kept.len() < url.query_pairs().count() {
        url.query_pairs_mut().clear().extend_pairs(kept);
    }
    url
}

/// The one spelling of a listing's address: a shop's listing is known by it. Without tracking, its query
/// sorted, its escapes in one form.
pub fn of_listing(url: Url) -> Url {
    let url = without_tracking(url);
    if url.query().is_none() && !url.path().contains('%') {
        return url;
    }
    let spelt = canonical(url.as_str(), Spelling::default(), Keep::default());
    spelt.ok().and_then(|spelt| Url::parse(&spelt).ok()).unwrap_or(url)
}

/// Scheme, host and port: `https://www.ebay.de`.
pub fn origin(url: &Url) -> String {
    url.origin().ascii_serialization()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(found: &str, expected: Option<&str>) {
        let base = Url::parse("https://shop.example/watches/?page=2").expect("a valid address");
        let url = absolute(found, Some(&base)).map(|url| of_listing(url).to_string());
        assert_eq!(url.as_deref(), expected, "{found}");
    }

    #[test]
    fn addresses_become_absolute_and_plain() {
        check("a-watch?utm_source=x&v=3#top", Some("https://shop.example/watches/a-watch?v=3"));
        check("/a?z=1&b=%c3%a9&utm_medium=m", Some("https://shop.example/a?b=%C3%A9&z=1"));
        check("/a?gclid=1", Some("https://shop.example/a"));
        check("//cdn.example/a.jpg", Some("https://cdn.example/a.jpg"));
        check("javascript:void(0)", None);
        check("#reviews", None);
        assert_eq!(absolute("a.jpg", None), None);
        assert!(is_of_the_web("https://a.example/w/1") && is_of_the_web("http://a.example/é?b"));
        assert!(
            !["", "\0\0tps://a.example/1.jpg", "httpx://a/", "data:image/png,x", "/a.jpg"]
                .into_iter()
                .any(is_of_the_web)
        );
        assert_eq!(plain_path("https://a.example/w/1"), Some("/w/1"));
        for address in [
            "https://a.example",
            "https://A.example/",
            "https://a.example/../b",
            "https://1.2.3.4/",
            "http://a.b/",
        ] {
            assert_eq!(plain_path(address), None, "{address}");
        }
    }

    #[test]
    fn a_scheme_of_its_own_is_seen() {
        for address in
            ["https://a.example/1.jpg", "HTTP://a.example/1", "//a.example/1", "/1:2.jpg"]
        {
            assert!(may_be_of_the_web(address), "{address}");
        }
        for address in [
            "thpst://a.example/1.jpg",
            "javascript:alert(1)",
            "java\nscript:alert(1)",
            "\0s://a.example/1.jpg",
            "data:image/png;base64,AA",
        ] {
            assert!(!may_be_of_the_web(address), "{address}");
        }
    }
}

//! Addresses in one spelling, so that one listing has one address however it was linked.
//!
//! `safe` makes an address that can be sent: escapes, hosts in ASCII, no stray white space. `canonical` also
//! sorts the query, resolves dots, unifies escapes and leaves the fragment out. Text in, text out, relative
//! addresses too; the `url` crate's own parser changes less (it keeps the query's order and its escapes).
//! Used by `sites::address` for every dealer's listing, whose identity is its address.

pub mod escape;
pub mod file_path;
mod host;
mod parts;
pub mod query;

use encoding_rs::{Encoding, UTF_8};

use self::{
    escape::Set,
    parts::{Parts, split},
};

/// Why a text is no address.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum BadAddress {
    #[error("the host of the address is malformed")]
    Host,
    #[error("the port of the address is no number from 0 to 65535")]
    Port,
}

/// How an address is escaped; the defaults are those of today's web.
#[derive(Debug, Clone, Copy)]
pub struct Spelling {
    /// The charset of the page, which query strings are escaped in.
    pub query: &'static Encoding,
    pub path: &'static Encoding,
    /// Whether characters of the path are escaped at all.
    pub escape_path: bool,
}

impl Default for Spelling {
    fn default() -> Spelling {
        Spelling { query: UTF_8, path: UTF_8, escape_path: true }
    }
}

/// What a canonical address keeps.
#[derive(Debug, Clone, Copy)]
pub struct Keep {
    pub blank_values: bool,
    pub fragment: bool,
    /// Between parameters: `&`, on some old sites `;`.
    pub separator: char,
}

impl Default for Keep {
    fn default() -> Keep {
        Keep { blank_values: true, fragment: false, separator: '&' }
    }
}

/// An address that can be sent as it is.
///
/// # Errors
/// When host or port are none.
pub fn safe(address: &str, spelling: Spelling) -> Result<String, BadAddress> {
    Ok(escaped(address, spelling)?.to_string())
}

/// The one spelling of an address.
///
/// # Errors
/// When host or port are none.
pub fn canonical(address: &str, spelling: Spelling, keep: Keep) -> Result<String, BadAddress> {
    let mut parts = escaped(address, spelling)?;
    if let Some(authority) = &mut parts.authority {
        host::fold(authority);
    }
    parts.path = match &parts.authority {
        None if parts.scheme.is_none() => escape::unified(&parts.path),
        Some(_) | None => parts::without_dots(&escape::unified(&parts.path)),
    };
    if parts.path.is_empty() && (parts.authority.is_some() || parts.query.is_some()) {
        parts.path = "/".to_owned();
    }
    parts.query = parts
        .query
        .as_deref()
        .map(|query| query::sorted(query, keep))
        .filter(|query| !query.is_empty());
    if !keep.fragment {
        parts.fragment = None;
    }
    Ok(parts.to_string())
}

fn escaped(address: &str, spelling: Spelling) -> Result<Parts, BadAddress> {
    let plain: String = address
        .trim_matches(|letter: char| letter <= ' ')
        .chars()
        .filter(|letter| !matches!(letter, '\t' | '\n' | '\r'))
        .collect();
    let mut parts = split(&plain);
    let special = parts.is_special();
    if let Some(authority) = &parts.authority {
        parts.authority = Some(host::ascii(authority)?);
    }
    if special {
        parts.path = parts.path.replace('\\', "/");
    }
    if spelling.escape_path {
        parts.path = escape::text(&parts.path, Set::Path, spelling.path);
    }
    let set = if special { Set::SpecialQuery } else { Set::Query };
    parts.query = parts.query.map(|query| escape::text(&query, set, spelling.query));
    parts.fragment = parts.fragment.map(|fragment| escape::text(&fragment, Set::Fragment, UTF_8));
    // A query needs a path to stand after, on the schemes of the web.
    if special && parts.path.is_empty() && parts.query.is_some() {
        parts.path = "/".to_owned();
    }
    Ok(parts)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(address: &str, expected: Result<&str, BadAddress>) {
        let found = canonical(address, Spelling::default(), Keep::default());
        assert_eq!(found.as_deref(), expected.as_ref().map(|text| *text), "{address}");
    }

    #[test]
    fn an_address_has_one_spelling() {
        check(" HTTPS://Shop.Example/a/../w?b=2&a=1#top", Ok("https://shop.example/w?a=1&b=2"));
        check("https://shop.example?x", Ok("https://shop.example/?x="));
        check(
            "https://shop.example/%7euhr%2fa%c3%a9 b",
            Ok("https://shop.example/~uhr%2Fa%C3%A9%20b"),
        );
        check("https://bücher.example/é", Ok("https://xn--bcher-kva.example/%C3%A9"));
        check("a?b=1#frag", Ok("a?b=1"));
        check("http://[::1", Err(BadAddress::Host));
        check("http://a.example:99999/", Err(BadAddress::Port));
    }

    #[test]
    fn canonical_twice_is_canonical_once() {
        for address in
            ["http://a.example/%41%7C?z=%2B+&y", "//b.example/x y", "data:,é", "http://x/%25%32"]
        {
            let once =
                canonical(address, Spelling::default(), Keep::default()).expect("an address");
            assert_eq!(
                canonical(&once, Spelling::default(), Keep::default()).as_deref(),
                Ok(once.as_str())
            );
        }
    }
}

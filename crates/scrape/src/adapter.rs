//! Adapters: how to read a site, as data in a TOML file that a person can read and extend.
//!
//! `parse` makes an [`Adapter`] of a file's text or says where it is wrong; `read` runs it on a page;
//! `write` is the way back. `pointing` makes one from what a person pointed at. All pure: the app and the
//! command line find the files. Format: `docs/adapters.md`. Hostile pages cost no more than their length:
//! pages are bounded before they are parsed, patterns are linear, selectors that are not are refused.

mod agree;
mod document;
mod field;
mod outline;
mod parse;
pub mod pointing;
mod price_leaf;
mod read;
mod strategy;
mod write;

use url::Url;
use watches_core::money::Currency;

pub use self::{
    document::Document,
    field::FieldName,
    outline::{Block, BlockKind, Outline, Piece, outline},
    parse::{AdapterError, parse},
    read::{AdapterReading, Lost, Won, read, read_entry},
    write::write,
};

/// The files that the program brings along, by name.
pub const BUNDLED: [(&str, &str); 2] = [
    ("example.toml", include_str!("../../../catalogue/adapters/example.toml")),
    ("pointed-example.toml", include_str!("../../../catalogue/adapters/pointed-example.toml")),
];

/// How the pages of one site are read.
#[derive(Debug, Clone)]
pub struct Adapter {
    pub name: String,
    /// `shop.example`, or `*.shop.example` for all hosts below it.
    pub hosts: Vec<String>,
    /// Of prices without a sign, or with one that several currencies share.
    pub currency: Option<Currency>,
    pub entries: Vec<Entry>,
}

/// One kind of page of the site.
#[derive(Debug, Clone)]
pub struct Entry {
    pub kind: EntryKind,
    /// `/watches/*`; empty means every path.
    pub paths: Vec<String>,
    /// Of this page's prices, before the adapter's.
    pub currency: Option<Currency>,
    pub fields: Vec<(FieldName, Field)>,
}

#[derive(Debug, Clone)]
pub enum EntryKind {
    /// The page of one listing.
    Item,
    /// A page of cards, each a listing.
    Results { card: strategy::Css, next: Option<strategy::Css> },
}

/// How one field is found.
#[derive(Debug, Clone)]
pub struct Field {
    pub rule: Rule,
    /// The best first.
    pub strategies: Vec<Strategy>,
}

/// How several strategies make one value.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Rule {
    /// The first that finds something wins.
    First,
    /// They vote, and a contradiction is no value: made by pointing.
    Agree {
        /// What stood there when it was pointed at.
        seen: String,
        /// How many other prices stood beside it then.
        beside: usize,
    },
}

pub use strategy::{How, Strategy};

impl Adapter {
    /// Does it serve this address's host?
    pub fn serves(&self, url: &Url) -> bool {
        let host = url.host_str().unwrap_or_default();
        self.hosts.iter().any(|wanted| match wanted.strip_prefix("*.") {
            Some(parent) => host.strip_suffix(parent).is_some_and(|front| front.ends_with('.')),
            None => host == wanted,
        })
    }

    /// The first entry that wants this address's path.
    pub fn entry(&self, url: &Url) -> Option<&Entry> {
        self.entries.iter().find(|entry| entry.wants(url))
    }
}

impl Entry {
    pub fn field(&self, name: FieldName) -> Option<&Field> {
        self.fields.iter().find(|(known, _)| *known == name).map(|(_, field)| field)
    }

    pub fn wants(&self, url: &Url) -> bool {
        self.paths.is_empty() || self.paths.iter().any(|path| matches(path, url.path()))
    }

    /// Was it made for exactly this path?
    pub fn is_for(&self, url: &Url) -> bool {
        self.paths.iter().any(|path| path == url.path())
    }
}

/// `*` stands for any letters. Linear: the first place each part fits is taken.
fn matches(pattern: &str, path: &str) -> bool {
    let mut parts = pattern.split('*');
    let first = parts.next().unwrap_or_default();
    let Some(mut rest) = path.strip_prefix(first) else { return false };
    let parts: Vec<&str> = parts.collect();
    let Some((last, middle)) = parts.split_last() else { return rest.is_empty() };
    for part in middle {
        let Some(at) = rest.find(part) else { return false };
        rest = &rest[at + part.len()..];
    }
    rest.ends_with(last)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(pattern: &str, path: &str, expected: bool) {
        assert_eq!(matches(pattern, path), expected, "{pattern} {path}");
    }

    #[test]
    fn paths_are_matched_with_stars() {
        check("/watch/*", "/watch/1", true);
        check("/watch/*", "/watches", false);
        check("/watch", "/watch", true);
        check("/watch", "/watch/1", false);
        check("*-id*.htm", "/rolex--id1.htm", true);
        check("*a*a", "/a", false);
        check("*", "", true);
    }

    #[test]
    fn the_files_that_come_along_are_good() {
        for (name, text) in BUNDLED {
            let adapter = parse(text).unwrap_or_else(|error| panic!("{name}: {error}"));
            assert!(!adapter.entries.is_empty(), "{name}");
            let again = parse(&write(&adapter)).unwrap_or_else(|error| panic!("{name}: {error}"));
            assert_eq!(write(&again), write(&adapter), "{name} survives the round trip");
        }
    }

    #[test]
    fn hosts_are_named_or_below_a_name() {
        let adapter = parse(BUNDLED[0].1).expect("the bundled file is good");
        let serves = |url: &str| adapter.serves(&Url::parse(url).expect("a valid address"));
        assert!(serves("https://shop.example/watches/1"));
        assert!(serves("https://www.shop.example/"));
        assert!(!serves("https://notshop.example/"));
        assert!(!serves("https://shop.example.test/"));
    }
}

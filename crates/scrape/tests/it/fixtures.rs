//! Every fixture page gives what its JSON says. Pages are written by hand after the sites' structure.

use std::path::{Path, PathBuf};

use serde_json::{Value, json};
use url::Url;
use watches_core::time::Timestamp;
use watches_scrape::{
    page::Page,
    sites::{Reading, read},
};

/// Each fixture: its path without ending, its page, what it should give.
pub fn all() -> Vec<(PathBuf, Page, Value)> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fixtures");
    let mut fixtures = Vec::new();
    for folder in entries(&root).into_iter().filter(|path| path.is_dir()) {
        for path in entries(&folder) {
            if path.extension().is_some_and(|ending| ending == "html") {
                let expected = std::fs::read_to_string(path.with_extension("json"))
                    .expect("a readable fixture");
                let expected: Value = serde_json::from_str(&expected).expect("a readable fixture");
                let text = std::fs::read_to_string(&path).expect("a readable fixture");
                let url = expected["page_url"]
                    .as_str()
                    .map(|url| Url::parse(url).expect("a readable fixture"));
                fixtures.push((path, Page::saved(text, url, Timestamp(0)), expected));
            }
        }
    }
    assert!(fixtures.len() >= 10, "the fixtures are there");
    fixtures
}

fn entries(folder: &Path) -> Vec<PathBuf> {
    let mut paths: Vec<PathBuf> = std::fs::read_dir(folder)
        .expect("a readable fixture")
        .map(|entry| entry.expect("a readable fixture").path())
        .collect();
    paths.sort();
    paths
}

#[track_caller]
fn check(path: &Path, page: &Page, expected: &Value) {
    let name = path.display();
    let found = match read(None, page) {
        Reading::Listings(found) => found,
        Reading::Blocked(block) => return assert_eq!(expected["blocked"], json!(block), "{name}"),
        Reading::Nothing => panic!("{name}: nothing was read"),
    };
    assert_eq!(expected.get("blocked"), None, "{name}");
    assert_eq!(found.total, expected["total"].as_u64().map(|total| total as u32), "{name}: total");
    assert_eq!(found.next.as_ref().map(Url::as_str), expected["next"].as_str(), "{name}: next");
    let rows = expected["listings"].as_array().expect("the expected listings");
    let titles: Vec<&str> = found.listings.iter().map(|listing| listing.title.as_str()).collect();
    assert_eq!(rows.len(), found.listings.len(), "{name}: {titles:?}");
    for (row, listing) in rows.iter().zip(&found.listings) {
        let listing = serde_json::to_value(listing).expect("a readable fixture");
        for (field, value) in row.as_object().expect("a listing") {
            assert_eq!(&listing[field], value, "{name}: {field} of {}", listing["title"]);
        }
    }
}

#[test]
fn every_fixture_is_read_as_it_says() {
    for (path, page, expected) in all() {
        check(&path, &page, &expected);
    }
}

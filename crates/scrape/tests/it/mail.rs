//! Every fixture mail gives what its JSON says; a damaged one never panics and names no other listing.

use std::path::{Path, PathBuf};

use proptest::{prelude::*, sample::Index};
use serde_json::{Value, json};
use watches_core::time::Timestamp;
use watches_scrape::mail::{MailReading, is_worth_reading, looks_like_mail, messages, read};

fn folder() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fixtures/mail")
}

fn all() -> Vec<(PathBuf, Vec<u8>)> {
    let entries = std::fs::read_dir(folder()).expect("the folder of mails");
    let mut mails: Vec<_> = entries
        .map(|entry| entry.expect("a readable folder").path())
        .filter(|path| path.extension().is_some_and(|ending| ending == "eml"))
        .map(|path| (path.clone(), std::fs::read(path).expect("a readable fixture")))
        .collect();
    mails.sort();
    assert!(mails.len() >= 12, "the fixtures are there");
    mails
}

#[track_caller]
fn check(path: &Path, mail: &[u8]) {
    let name = path.display();
    let expected = std::fs::read(path.with_extension("json")).expect("a readable fixture");
    let expected: Value = serde_json::from_slice(&expected).expect("a readable fixture");
    let letter = read(mail);
    assert!(looks_like_mail(mail), "{name}");
    let private = matches!(letter.reading, MailReading::NotFromMarket);
    assert_eq!(is_worth_reading(mail), !private, "{name}");
    for (field, value) in [("subject", &letter.subject), ("sender", &letter.sender)] {
        if expected[field].is_string() {
            assert_eq!(expected[field], json!(value), "{name}: {field}");
        }
    }
    if expected["sent_at"].is_string() {
        let sent_at = letter.sent_at.and_then(Timestamp::to_iso);
        assert_eq!(expected["sent_at"], json!(sent_at), "{name}");
    }
    match letter.reading {
        MailReading::NotFromMarket => assert_eq!(expected["not_from_market"], true, "{name}"),
        MailReading::Unknown(why) => assert_eq!(expected["unknown"], json!(why), "{name}"),
        MailReading::Listings { site, listings } => {
            assert_eq!(expected["site"], site.source_key(), "{name}");
            let rows = expected["listings"].as_array().expect("the expected listings");
            let titles: Vec<_> = listings.iter().map(|listing| &listing.title).collect();
            assert_eq!(rows.len(), listings.len(), "{name}: {titles:?}");
            for (row, listing) in rows.iter().zip(&listings) {
                let listing = serde_json::to_value(listing).expect("a listing is JSON");
                for (field, value) in row.as_object().expect("a listing") {
                    let title = &listing["title"];
                    assert_eq!(&listing[field], value, "{name}: {field} of {title}");
                }
            }
        }
    }
}

#[test]
fn every_mail_is_read_as_it_says() {
    for (path, mail) in all() {
        check(&path, &mail);
    }
}

#[test]
fn a_mailbox_gives_its_messages() {
    let file = std::fs::read(folder().join("three.mbox")).expect("a readable fixture");
    let counts = messages(&file).into_iter().map(|message| match read(&message).reading {
        MailReading::Listings { listings, .. } => listings.len(),
        MailReading::Unknown(_) | MailReading::NotFromMarket => 0,
    });
    assert_eq!(counts.collect::<Vec<_>>(), [2, 0, 3]);
    assert!(looks_like_mail(&file) && !looks_like_mail(b"<html><body>From: x</body>"));
}

/// A mail that wants to be slow: links in links, tables in tables.
#[test]
fn a_hostile_mail_costs_no_more_than_its_length() {
    let head = "From: eBay <ebay@ebay.de>\r\nContent-Type: text/html\r\n\r\n";
    let link =
        |n: usize| format!("<a href=\"https://www.ebay.de/itm/{}\">", 300_000_000_000_usize + n);
    let nested: String = (0..30_000).map(|n| format!("<table><tr><td>{}", link(n % 3))).collect();
    let flat: String = (0..20_000).map(|n| format!("{}Rolex watch {n}</a>", link(n))).collect();
    for body in [nested, flat, "<a href='https://x.example/?a=https://".repeat(30_000)] {
        let begun = std::time::Instant::now();
        let letter = read(format!("{head}{body}").as_bytes());
        assert!(begun.elapsed().as_secs() < 5, "{:?}", begun.elapsed());
        if let MailReading::Listings { listings, .. } = letter.reading {
            assert!(listings.len() <= 200, "{}", listings.len());
        }
    }
}

fn addresses(mail: &[u8]) -> Vec<String> {
    match read(mail).reading {
        MailReading::Listings { listings, .. } => {
            listings.into_iter().map(|listing| listing.url).collect()
        }
        MailReading::Unknown(_) | MailReading::NotFromMarket => Vec::new(),
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(300))]
    #[test]
    fn a_damaged_mail_never_panics(
        which in any::<Index>(),
        changes in prop::collection::vec((any::<Index>(), any::<Index>(), 0_u8..4, any::<u8>()), 1..10),
    ) {
        let mails = all();
        let mut mail = mails[which.index(mails.len())].1.clone();
        for (at, length, kind, byte) in &changes {
            let from = at.index(mail.len() + 1);
            let to = (from + length.index(300)).min(mail.len());
            match kind {
                0 => drop(mail.drain(from..to)),
                1 => mail.splice(from..from, [*byte]).for_each(drop),
                2 => { let piece = mail[from..to].to_vec(); mail.splice(from..from, piece).for_each(drop); }
                _ => mail.truncate(from),
            }
        }
        for url in addresses(&mail) {
            let markets = ["chrono24.", "ebay.", "kleinanzeigen.de", "facebook.com"];
            prop_assert!(markets.iter().any(|market| url.contains(market)), "{url}");
        }
        for message in messages(&mail) {
            let _letter = read(&message);
        }
    }

    #[test]
    fn no_bytes_panic(bytes in prop::collection::vec(any::<u8>(), 0..400)) {
        let _letter = read(&bytes);
        let _worth = (is_worth_reading(&bytes), looks_like_mail(&bytes), messages(&bytes).len());
    }
}

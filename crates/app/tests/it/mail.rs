//! A watched folder as a source: mails become listings and alerts once, and what nobody can read waits visibly.

use std::path::Path;

use watches_core::time::{Span, Timestamp};
use watches_ipc::{
    fault::FaultCode,
    listing::{ImportPage, ListListings, ListingFilter, ListingRow},
    mail::{
        AddMailSource, DeleteQuarantined, ImportMail, ListQuarantine, MailPlace, RereadMail,
        RestoreMailSource, TestMailSource,
    },
    source::{ListSources, RemoveSource, SourceKind, SourceState},
};

use crate::support::{House, START, hunt, poll};

const RULE: &str = "when price <= 9000 EUR then toast";

/// A message of Chrono24 sent at `sent_at` with a watch each: id, title, price.
fn message(sent_at: Timestamp, watches: &[(&str, &str, &str)]) -> String {
    let card = |(id, title, price): &(&str, &str, &str)| {
        format!(
            "<tr><td><a href=\"https://www.chrono24.de/rolex/sub--id{id}.htm?utm_source=x\">{title}</a>\
             <br><b>{price}</b><br>Deutschland</td></tr>"
        )
    };
    let cards: String = watches.iter().map(card).collect();
    let date = jiff::Timestamp::from_millisecond(sent_at.millis()).expect("a time of our days");
    let date = date.strftime("%a, %d %b %Y %H:%M:%S +0000");
    format!(
        "From: Chrono24 <info@chrono24.com>\r\nSubject: Suchauftrag\r\nDate: {date}\r\n\
         Content-Type: text/html; charset=utf-8\r\n\r\n<table>{cards}</table>"
    )
}

const ODD: &str = "From: Chrono24 <info@chrono24.com>\r\nSubject: Neues Aussehen\r\n\
    Content-Type: text/html\r\n\r\n<a href='https://click.chrono24.com/x/1'>Rolex</a> 9.000 EUR";
const PRIVATE: &str =
    "From: Anna <anna@example.org>\r\nSubject: Sunday\r\n\r\nhttps://www.ebay.de/itm/306812345671";

fn put(folder: &Path, name: &str, message: &str) {
    std::fs::write(folder.join(name), message).expect("written");
}

async fn rows(house: &House) -> Vec<ListingRow> {
    let all =
        ListListings { filter: ListingFilter::default(), limit: 50, ..ListListings::default() };
    house.app.list_listings(all).await.expect("rows").rows
}

async fn watch_folder(house: &House, folder: &Path) -> String {
    let place = MailPlace::Folder { path: folder.display().to_string() };
    let tested = TestMailSource { place: place.clone(), password: None };
    house.app.test_mail_source(tested).await.expect("a folder that can be read");
    let added = house.app.add_mail_source(AddMailSource { place, password: None }).await;
    let source = added.expect("added");
    assert_eq!((source.kind, source.state), (SourceKind::Mail, SourceState::Idle));
    source.key
}

#[tokio::test]
async fn mails_in_a_folder_become_listings_and_are_read_once() {
    let mail = tempfile::tempdir().expect("a folder");
    let house = House::new().await;
    hunt(&house.app, "Submariner", &[RULE], &["dealer:none"]).await;
    let key = watch_folder(&house, mail.path()).await;
    let watches = [
        ("40110021", "Rolex Submariner Date 126610LN", "9.850 €"),
        ("40110022", "Rolex Submariner 124060", "8.900 €"),
    ];
    put(mail.path(), "a.eml", &message(START, &watches));
    put(mail.path(), "b.eml", PRIVATE);
    let first = poll(&house.app).await;
    assert_eq!((first.listings, first.new, first.alerts), (2, 2, 1), "{first:?}");
    assert!(first.problems.is_empty(), "{first:?}");
    let shown = rows(&house).await;
    assert!(shown.iter().all(|row| row.source_name == "Chrono24"), "{shown:?}");
    assert_eq!(house.ear.heard().len(), 1);

    // Nothing is read twice: not by the next look, not after a restart.
    house.clock.advance(Span::hours(1));
    assert_eq!(poll(&house.app).await.listings, 0);
    let house = house.again().await;
    house.clock.advance(Span::hours(1));
    assert_eq!(poll(&house.app).await.listings, 0);
    let sources = house.app.list_sources(ListSources {}).await.expect("sources");
    let source = sources.iter().find(|source| source.key == key).expect("the mail source");
    assert_eq!(source.state, SourceState::Ok);
    assert!(source.next_poll.is_some());

    // A newer mail is news; an older one that comes late takes nothing back.
    let now = START + Span::hours(3);
    house.clock.advance(Span::hours(1));
    put(
        mail.path(),
        "c.eml",
        &message(now, &[("40110021", "Rolex Submariner Date 126610LN", "8.500 €")]),
    );
    let third = poll(&house.app).await;
    assert_eq!((third.listings, third.changed, third.alerts), (1, 1, 1), "{third:?}");
    house.clock.advance(Span::hours(1));
    put(mail.path(), "d.eml", &message(START, &watches));
    assert_eq!(poll(&house.app).await.listings, 0);
}

#[tokio::test]
async fn the_background_looks_by_itself() {
    let mail = tempfile::tempdir().expect("a folder");
    let house = House::new().await;
    watch_folder(&house, mail.path()).await;
    house.app.background().await.expect("done");
    put(mail.path(), "a.eml", &message(START, &[("40110021", "Rolex Submariner", "9.850 €")]));
    house.clock.advance(Span::minutes(4));
    house.app.background().await.expect("done");
    assert_eq!(rows(&house).await.len(), 0);
    house.clock.advance(Span::minutes(1));
    house.app.background().await.expect("done");
    assert_eq!(rows(&house).await.len(), 1);
}

#[tokio::test]
async fn an_unknown_template_waits_in_the_quarantine() {
    let mail = tempfile::tempdir().expect("a folder");
    let house = House::new().await;
    watch_folder(&house, mail.path()).await;
    put(mail.path(), "odd.eml", ODD);
    poll(&house.app).await;
    let kept = house.app.list_quarantine(ListQuarantine {}).await.expect("the quarantine");
    let [one] = kept.as_slice() else { panic!("{kept:?}") };
    assert_eq!((&*one.sender, &*one.subject), ("Chrono24 <info@chrono24.com>", "Neues Aussehen"));
    assert!(one.why.contains("unknown template") && one.kept, "{one:?}");

    let again = house.app.reread_mail(RereadMail { id: Some(one.id.clone()) }).await;
    let again = again.expect("read again");
    assert_eq!((again.read, again.left), (0, 1));

    let delete = |deleted| DeleteQuarantined { id: one.id.clone(), deleted };
    house.app.delete_quarantined(delete(true)).await.expect("deleted");
    assert_eq!(house.app.list_quarantine(ListQuarantine {}).await.expect("read"), []);
    house.app.delete_quarantined(delete(false)).await.expect("taken back");
    assert_eq!(house.app.list_quarantine(ListQuarantine {}).await.expect("read"), kept);
    // Deleted for good: the same message is not taken a second time.
    house.app.delete_quarantined(delete(true)).await.expect("deleted");
    put(mail.path(), "copy.eml", ODD);
    house.clock.advance(Span::hours(1));
    poll(&house.app).await;
    assert_eq!(house.app.list_quarantine(ListQuarantine {}).await.expect("read"), []);
}

#[tokio::test]
async fn a_removed_source_comes_back_where_it_was() {
    let mail = tempfile::tempdir().expect("a folder");
    let house = House::new().await;
    let key = watch_folder(&house, mail.path()).await;
    put(mail.path(), "a.eml", &message(START, &[("40110021", "Rolex Submariner", "9.850 €")]));
    assert_eq!(poll(&house.app).await.new, 1);
    house.app.remove_source(RemoveSource { key: key.clone() }).await.expect("removed");
    let restored = house.app.restore_mail_source(RestoreMailSource { key }).await;
    assert_eq!(restored.expect("restored").kind, SourceKind::Mail);
    house.clock.advance(Span::hours(1));
    assert_eq!(poll(&house.app).await.listings, 0);
}

#[tokio::test]
async fn a_folder_that_went_away_needs_the_person() {
    let mail = tempfile::tempdir().expect("a folder");
    let house = House::new().await;
    let key = watch_folder(&house, mail.path()).await;
    drop(mail);
    let report = poll(&house.app).await;
    assert!(report.problems[0].contains("cannot be read"), "{report:?}");
    let sources = house.app.list_sources(ListSources {}).await.expect("sources");
    let source = sources.iter().find(|source| source.key == key).expect("the mail source");
    assert!(matches!(source.state, SourceState::NeedsYou { .. }), "{source:?}");
    let gone = AddMailSource {
        place: MailPlace::Folder { path: "/no/such/folder".to_owned() },
        password: None,
    };
    let refused = house.app.add_mail_source(gone).await.expect_err("refused");
    assert_eq!(refused.code, FaultCode::BadFile);
}

#[tokio::test]
async fn a_dropped_message_is_imported() {
    let house = House::new().await;
    let text = message(START, &[("40110021", "Rolex Submariner", "9.850 €")]);
    let page = ImportPage { file_name: "a.eml".to_owned(), html: text, url: None };
    let report = house.app.import_page(page).await.expect("imported");
    assert_eq!((&*report.source_name, report.added), ("Chrono24", 1));
    let mailbox = "RnJvbTogQW5uYSA8YW5uYUBleGFtcGxlLm9yZz4KCng=".to_owned();
    let refused = ImportMail { file_name: "b.eml".to_owned(), base64: mailbox };
    let refused = house.app.import_mail(refused).await.expect_err("private");
    assert_eq!(refused.code, FaultCode::BadFile);
    let odd = ImportPage { file_name: "c.eml".to_owned(), html: ODD.to_owned(), url: None };
    let report = house.app.import_page(odd).await.expect("taken");
    assert!(report.listings.is_empty() && report.warnings.len() == 1, "{report:?}");
    assert_eq!(house.app.list_quarantine(ListQuarantine {}).await.expect("read").len(), 1);
}

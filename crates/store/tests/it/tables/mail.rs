//! Mail sources and the quarantine: kept as given, tidied without forgetting what was seen.

use watches_core::time::Span;
use watches_store::{mail_boxes, quarantine};

use crate::build::{Place, START};

fn message(number: i64) -> quarantine::Quarantined {
    quarantine::Quarantined {
        id: format!("01930000-0005-7000-8000-{number:012}"),
        source: "mail:/alerts".to_owned(),
        hash: format!("hash {number}"),
        sender: "Chrono24 <info@chrono24.com>".to_owned(),
        subject: "Suchauftrag".to_owned(),
        sent_at: Some(START),
        taken_at: START + Span::minutes(number),
        why: "an unknown template".to_owned(),
        bytes: 1_234,
        message: Some("RnJvbTo=".to_owned()),
        deleted_at: None,
    }
}

#[tokio::test]
async fn mail_is_kept_as_it_was_given() {
    let place = Place::new();
    let store = place.open().await;
    let mut tx = store.write().await.expect("a transaction");
    let mail_box = mail_boxes::MailBox {
        source: "mail:/alerts".to_owned(),
        place: "{}".to_owned(),
        cursor: "{\"uid\":7}".to_owned(),
        removed_at: Some(START),
    };
    mail_boxes::save(&mut tx, &mail_box).await.expect("saved");
    assert_eq!(mail_boxes::get(&mut tx, "mail:/alerts").await.expect("read"), Some(mail_box));
    mail_boxes::remove(&mut tx, "mail:/alerts").await.expect("removed");
    assert_eq!(mail_boxes::all(&mut tx).await.expect("read"), []);

    let [first, second, third] = [1, 2, 3].map(message);
    for one in [&first, &second, &third] {
        quarantine::save(&mut tx, one).await.expect("saved");
    }
    let listed = quarantine::list(&mut tx, 2).await.expect("read");
    assert_eq!(listed, [third.clone(), second.clone()]);
    let deleted = quarantine::Quarantined { deleted_at: Some(START), ..second };
    quarantine::save(&mut tx, &deleted).await.expect("saved");
    assert_eq!(quarantine::list(&mut tx, 9).await.expect("read"), [third.clone(), first.clone()]);
    // The deleted one loses its text, the oldest its place; none is taken a second time.
    quarantine::tidy(&mut tx, START + Span::days(1), 1).await.expect("tidied");
    assert_eq!(quarantine::list(&mut tx, 9).await.expect("read"), [third]);
    let gone = quarantine::get(&mut tx, &deleted.id).await.expect("read").expect("its row stays");
    assert_eq!((gone.message, gone.deleted_at), (None, Some(START)));
    assert!(quarantine::is_known(&mut tx, &first.hash).await.expect("read"));
    tx.commit().await.expect("committed");
    assert_eq!(store.examine().await.expect("examined").problems, []);
}

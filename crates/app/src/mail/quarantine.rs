//! The quarantine: messages of markets that no reader understood, kept, shown, read again, deleted.
//!
//! Bounded: the newest 500 messages of at most 512 KiB each are kept whole; of others only who sent them and why
//! they were not read. A deleted message goes for good after a day and is not taken a second time.

use std::sync::Arc;

use base64::{Engine, engine::general_purpose::STANDARD as BASE64};
use watches_core::time::Span;
use watches_ipc::{
    event::Event,
    fault::Fault,
    mail::{DeleteQuarantined, ListQuarantine, QuarantinedMail, RereadMail, RereadReport},
};
use watches_scrape::mail::{Letter, MailReading};
use watches_store::{quarantine as table, sources as sources_table};

use super::{Intake, place};
use crate::{App, fault::Error, sources, toasts};

const LARGEST: usize = 512 * 1024;
const MOST: u32 = 500;
const DELETED_FOR: Span = Span::days(1);

/// A message nobody could read, on its way into the table.
#[derive(Debug)]
pub(super) struct Unread {
    pub letter: Letter,
    pub hash: String,
    pub bytes: Arc<Vec<u8>>,
}

impl App {
    /// The newest messages that nobody could read.
    ///
    /// # Errors
    /// When the store cannot be read.
    pub async fn list_quarantine(&self, _: ListQuarantine) -> Result<Vec<QuarantinedMail>, Fault> {
        Ok(list(self).await?)
    }

    /// # Errors
    /// `not_found`, or when the store cannot be written.
    pub async fn reread_mail(&self, args: RereadMail) -> Result<RereadReport, Fault> {
        Ok(reread(self, args.id).await?)
    }

    /// # Errors
    /// `not_found`, or when the store cannot be written.
    pub async fn delete_quarantined(&self, args: DeleteQuarantined) -> Result<(), Fault> {
        Ok(delete(self, args).await?)
    }
}

/// Keeps what is not known yet.
pub(super) async fn keep(app: &App, source: &str, unread: Vec<Unread>) -> Result<(), Error> {
    if unread.is_empty() {
        return Ok(());
    }
    let now = app.env.now();
    let mut tx = app.write().await?;
    for one in unread {
        if table::is_known(&mut tx, &one.hash).await? {
            continue;
        }
        let why = match one.letter.reading {
            MailReading::Unknown(why) => why,
            MailReading::Listings { .. } | MailReading::NotFromMarket => continue,
        };
        let row = table::Quarantined {
            id: app.env.quarantine_id(),
            source: source.to_owned(),
            hash: one.hash,
            sender: one.letter.sender,
            subject: one.letter.subject.chars().take(300).collect(),
            sent_at: one.letter.sent_at,
            taken_at: now,
            why,
            bytes: u32::try_from(one.bytes.len()).unwrap_or(u32::MAX),
            message: (one.bytes.len() <= LARGEST).then(|| BASE64.encode(&*one.bytes)),
            deleted_at: None,
        };
        table::save(&mut tx, &row).await?;
    }
    table::tidy(&mut tx, now - DELETED_FOR, MOST).await?;
    tx.commit().await?;
    app.tell(Event::SourcesChanged);
    Ok(())
}

async fn list(app: &App) -> Result<Vec<QuarantinedMail>, Error> {
    let mut read = app.read().await?;
    let known = sources_table::all(&mut read).await?;
    let rows = table::list(&mut read, MOST).await?;
    let view = |row: table::Quarantined| {
        let source = known.iter().find(|source| source.key == row.source);
        QuarantinedMail {
            source_name: source.map_or_else(|| row.source.clone(), |source| source.name.clone()),
            source: row.source,
            id: row.id,
            sender: row.sender,
            subject: row.subject,
            sent_at: row.sent_at,
            taken_at: row.taken_at,
            why: row.why,
            bytes: row.bytes,
            kept: row.message.is_some(),
        }
    };
    Ok(rows.into_iter().map(view).collect())
}

async fn reread(app: &App, id: Option<String>) -> Result<RereadReport, Error> {
    let _turn = app.polls.one_at_a_time().await;
    let mut read = app.read().await?;
    let rows = match &id {
        Some(id) => {
            vec![table::get(&mut read, id).await?.ok_or(Error::NotFound("the message"))?]
        }
        None => table::list(&mut read, MOST).await?,
    };
    drop(read);
    let mut report = RereadReport::default();
    for row in rows {
        let Some(bytes) = row.message.as_ref().and_then(|text| BASE64.decode(text).ok()) else {
            report.left += 1;
            continue;
        };
        let source = source_of(app, &row.source).await?;
        let taken = Intake::of(app, &source).of_any_age().take(vec![bytes]).await?;
        report.listings += taken.tally.listings;
        let row = match taken.unread.first() {
            None => {
                report.read += 1;
                table::Quarantined { message: None, deleted_at: Some(app.env.now()), ..row }
            }
            Some(_) => {
                report.left += 1;
                continue;
            }
        };
        let mut tx = app.write().await?;
        table::save(&mut tx, &row).await?;
        tx.commit().await?;
    }
    toasts::deliver(app).await?;
    app.tell(Event::SourcesChanged);
    Ok(report)
}

/// The source a message came by; one that is gone is as good as files.
async fn source_of(app: &App, key: &str) -> Result<sources_table::Source, Error> {
    let known = sources_table::get(&mut app.read().await?, key).await?;
    match known {
        Some(source) => Ok(source),
        None => Ok(sources::files(app).await?),
    }
}

async fn delete(app: &App, args: DeleteQuarantined) -> Result<(), Error> {
    let now = app.env.now();
    let mut tx = app.write().await?;
    let row = table::get(&mut tx, &args.id).await?.ok_or(Error::NotFound("the message"))?;
    let deleted_at = args.deleted.then_some(now);
    table::save(&mut tx, &table::Quarantined { deleted_at, ..row }).await?;
    table::tidy(&mut tx, now - DELETED_FOR, MOST).await?;
    tx.commit().await?;
    app.tell(Event::SourcesChanged);
    Ok(())
}

/// A file's bytes as the window sends them.
///
/// # Errors
/// When the text is not base64.
pub(super) fn bytes_of(base64: &str) -> Result<Vec<u8>, Error> {
    BASE64.decode(base64).map_err(|error| Error::BadRequest(place::sentence(&error)))
}

//! Mail as a source: watched folders and IMAP accounts, read by the schedule, and their quarantine.
//!
//! Called by `run.rs` and by the commands of `ipc::mail`. A look brings messages (`folder.rs`,
//! `scrape::imap`), `intake.rs` reads them and hands listings to the listing flow, and only then the place
//! moves on (`mail_boxes.cursor`): a kill in between reads a message again, and reading it again
//! changes nothing.

mod commands;
mod folder;
mod intake;
mod place;
mod quarantine;

use watches_core::time::{Span, Timestamp};
use watches_ipc::{event::Event, mail::MailPlace, source::SourceState};
use watches_scrape::imap::{self, Account, ImapError};
use watches_store::{Read, mail_boxes, sources as table};

pub(crate) use commands::mark_removed;
pub(crate) use intake::{Intake, looks_like_mail};

use self::place::Cursor;
use crate::{App, fault::Error, keyring, polling::Progress, schedule::BoxFacts, sources};

/// Folders are on this computer: looking costs nothing.
const FOLDER_INTERVAL: Span = Span::minutes(5);
/// After trouble that may pass by itself.
const REST: Span = Span::minutes(15);
/// A removal can be undone for so long; then password and place are forgotten.
const REMOVED_FOR: Span = Span::hours(1);

/// What the planner must know of each mail source that is switched on.
pub(crate) async fn facts(read: &mut Read, usual_minutes: u32) -> Result<Vec<BoxFacts>, Error> {
    let mut facts = Vec::new();
    for source in table::all(read).await? {
        if source.kind != table::SourceKind::Mail || !source.enabled {
            continue;
        }
        let Some(stored) = mail_boxes::get(read, &source.key).await? else { continue };
        let usual = Span::minutes(i64::from(usual_minutes));
        let is_folder = matches!(place::read(&stored.place)?, MailPlace::Folder { .. });
        let more = Cursor::read(&stored.cursor).more;
        facts.push(BoxFacts {
            interval: match (more, is_folder) {
                (true, _) => Span::minutes(1),
                (false, true) => FOLDER_INTERVAL.min(usual),
                (false, false) => usual,
            },
            last_polled: source.last_poll,
            rest_until: sources::rest_until(&sources::read_state(&source.state)),
            key: source.key,
        });
    }
    Ok(facts)
}

/// The keys of all mail sources that are switched on.
pub(crate) async fn enabled(read: &mut Read) -> Result<Vec<String>, Error> {
    let all = table::all(read).await?;
    let ours = |source: &table::Source| source.enabled && source.kind == table::SourceKind::Mail;
    Ok(all.into_iter().filter(ours).map(|source| source.key).collect())
}

/// Looks into these sources, one after the other.
pub(crate) async fn read_all(
    app: &App,
    keys: &[String],
    progress: &mut Progress<'_>,
) -> Result<(), Error> {
    for key in keys {
        if progress.is_cancelled() {
            return Ok(());
        }
        progress.step();
        let mut read = app.read().await?;
        let source = table::get(&mut read, key).await?;
        let stored = mail_boxes::get(&mut read, key).await?;
        drop(read);
        let (Some(source), Some(stored)) = (source, stored) else { continue };
        progress.at(&source.name);
        let looked = tokio::select! {
            looked = look(&stored) => looked?,
            () = progress.cancelled() => return Ok(()),
        };
        match looked {
            Ok(look) => {
                let taken = Intake::of(app, &source).take(look.messages).await?;
                progress.count(&taken.tally);
                keep(app, &stored, &source, &look.cursor).await?;
            }
            Err(trouble) => {
                progress.problem(&source.name, &trouble.why);
                note(app, &source, &trouble).await?;
            }
        }
    }
    Ok(())
}

/// What a look into a place brought, and up to where it is read now.
#[derive(Debug)]
struct Look {
    messages: Vec<Vec<u8>>,
    cursor: Cursor,
}

/// Why a place could not be read.
#[derive(Debug)]
struct Trouble {
    why: String,
    needs_person: bool,
}

impl Trouble {
    fn person(why: String) -> Trouble {
        Trouble { why, needs_person: true }
    }
}

async fn look(stored: &mail_boxes::MailBox) -> Result<Result<Look, Trouble>, Error> {
    let cursor = Cursor::read(&stored.cursor);
    match place::read(&stored.place)? {
        MailPlace::Folder { path } => {
            let work = move || folder::look(std::path::Path::new(&path), cursor);
            Ok(tokio::task::spawn_blocking(work).await?.map_err(Trouble::person))
        }
        place @ MailPlace::Imap { .. } => {
            let password = match keyring::password(&stored.source).await {
                Ok(Some(password)) => password,
                Ok(None) => {
                    let why = "the keyring holds no password for it: enter it again".to_owned();
                    return Ok(Err(Trouble::person(why)));
                }
                Err(error) => return Ok(Err(Trouble::person(error.to_string()))),
            };
            let Some(account) = place::account(&place, password) else {
                return Err(Error::BadRequest("that is no account".to_owned()));
            };
            Ok(imap_look(&account, cursor).await)
        }
    }
}

async fn imap_look(account: &Account, cursor: Cursor) -> Result<Look, Trouble> {
    let looked = imap::look(account, cursor.position).await.map_err(|error| trouble(&error))?;
    let cursor = Cursor { position: looked.position, more: looked.more, ..cursor };
    Ok(Look { messages: looked.messages, cursor })
}

fn trouble(error: &ImapError) -> Trouble {
    Trouble { why: place::sentence(error), needs_person: error.needs_person() }
}

/// The place moves on once everything before it is kept.
async fn keep(
    app: &App,
    stored: &mail_boxes::MailBox,
    source: &table::Source,
    cursor: &Cursor,
) -> Result<(), Error> {
    let now = app.env.now();
    let mut tx = app.write().await?;
    mail_boxes::save(&mut tx, &mail_boxes::MailBox { cursor: cursor.write()?, ..stored.clone() })
        .await?;
    if let Some(source) = table::get(&mut tx, &source.key).await? {
        let state = sources::write_state(&SourceState::Ok);
        let last = Some(now);
        let seen = table::Source { state, last_poll: last, last_success: last, ..source };
        table::save(&mut tx, &seen).await?;
    }
    tx.commit().await?;
    app.tell(Event::SourcesChanged);
    app.tell(Event::StatusChanged);
    Ok(())
}

async fn note(app: &App, source: &table::Source, trouble: &Trouble) -> Result<(), Error> {
    let now = app.env.now();
    let state = match trouble.needs_person {
        true => {
            SourceState::NeedsYou { since: now, url: String::new(), reason: trouble.why.clone() }
        }
        false => SourceState::Waiting { until: now + REST, reason: trouble.why.clone() },
    };
    let mut tx = app.write().await?;
    if let Some(source) = table::get(&mut tx, &source.key).await? {
        let state = sources::write_state(&state);
        table::save(&mut tx, &table::Source { state, last_poll: Some(now), ..source }).await?;
    }
    tx.commit().await?;
    app.tell(Event::SourcesChanged);
    app.tell(Event::StatusChanged);
    Ok(())
}

/// Forgets removed accounts for good once their removal can no longer be undone.
pub(crate) async fn tidy(app: &App) -> Result<(), Error> {
    let now = app.env.now();
    let all = mail_boxes::all(&mut app.read().await?).await?;
    let over = |at: Timestamp| at + REMOVED_FOR <= now;
    for gone in all.iter().filter(|one| one.removed_at.is_some_and(over)) {
        if let Err(error) = keyring::forget_password(&gone.source).await {
            tracing::warn!("the password of a removed mail source is still kept: {error}");
            continue;
        }
        let mut tx = app.write().await?;
        mail_boxes::remove(&mut tx, &gone.source).await?;
        tx.commit().await?;
    }
    Ok(())
}

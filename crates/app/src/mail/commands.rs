//! The person's commands about mail sources: test, add, remove and undo, a new password.

use std::path::Path;

use watches_ipc::{
    event::Event,
    fault::Fault,
    listing::ImportReport,
    mail::{
        AddMailSource, ImportMail, MailPlace, MailTest, RestoreMailSource, SetMailPassword,
        TestMailSource,
    },
    source::{Source, SourceState},
};
use watches_scrape::imap;
use watches_store::{Tx, mail_boxes, sources as table};

use super::{folder, place, quarantine};
use crate::{App, fault::Error, imports, keyring, sources};

impl App {
    /// # Errors
    /// `bad_request` for a place that is none, `not_found` for a folder that is not there.
    pub async fn add_mail_source(&self, args: AddMailSource) -> Result<Source, Fault> {
        Ok(add(self, args).await?)
    }

    /// # Errors
    /// `needs_you` with what the server said, `busy` when it cannot be reached now.
    pub async fn test_mail_source(&self, args: TestMailSource) -> Result<MailTest, Fault> {
        Ok(test(args).await?)
    }

    /// # Errors
    /// `not_found`, or when the keyring cannot be reached.
    pub async fn set_mail_password(&self, args: SetMailPassword) -> Result<(), Fault> {
        Ok(set_password(self, args).await?)
    }

    /// # Errors
    /// `not_found` once the removal can no longer be undone.
    pub async fn restore_mail_source(&self, args: RestoreMailSource) -> Result<Source, Fault> {
        Ok(restore(self, &args.key).await?)
    }

    /// # Errors
    /// `bad_file` for a file without a message of a market.
    pub async fn import_mail(&self, args: ImportMail) -> Result<ImportReport, Fault> {
        let bytes = quarantine::bytes_of(&args.base64)?;
        Ok(imports::mail(self, &args.file_name, &bytes).await?)
    }
}

async fn add(app: &App, args: AddMailSource) -> Result<Source, Error> {
    let place = place::checked(args.place)?;
    if let MailPlace::Folder { path } = &place {
        let folder = Path::new(path).to_owned();
        let counted = tokio::task::spawn_blocking(move || folder::count(&folder)).await?;
        counted.map_err(Error::BadFile)?;
    }
    let (key, _, _) = place::identity(&place);
    let typed = args.password.filter(|password| !password.is_empty());
    if let (MailPlace::Imap { .. }, Some(password)) = (&place, typed) {
        keyring::keep_password(&key, password).await?;
    }
    let mut tx = app.write().await?;
    let before = mail_boxes::get(&mut tx, &key).await?;
    let stored = mail_boxes::MailBox {
        source: key,
        place: serde_json::to_string(&place)?,
        cursor: before.map_or_else(|| "{}".to_owned(), |before| before.cursor),
        removed_at: None,
    };
    let source = save(app, &mut tx, &stored, &place).await?;
    tx.commit().await?;
    changed(app);
    Ok(source)
}

async fn save(
    app: &App,
    tx: &mut Tx,
    stored: &mail_boxes::MailBox,
    place: &MailPlace,
) -> Result<Source, Error> {
    let (key, name, address) = place::identity(place);
    mail_boxes::save(tx, stored).await?;
    let source = table::Source {
        name,
        address,
        kind: table::SourceKind::Mail,
        daily_budget: 0,
        ..sources::blank(&key)
    };
    table::save(tx, &source).await?;
    sources::view(app, tx, source, app.env.now()).await
}

fn changed(app: &App) {
    app.tell(Event::SourcesChanged);
    app.tell(Event::StatusChanged);
    app.plan_changed.notify_waiters();
}

async fn test(args: TestMailSource) -> Result<MailTest, Error> {
    let place = place::checked(args.place)?;
    let messages = match &place {
        MailPlace::Folder { path } => {
            let folder = Path::new(path).to_owned();
            let counted = tokio::task::spawn_blocking(move || folder::count(&folder)).await?;
            counted.map_err(Error::BadFile)?
        }
        MailPlace::Imap { .. } => {
            let (key, _, _) = place::identity(&place);
            let password = match args.password.filter(|password| !password.is_empty()) {
                Some(password) => password,
                None => keyring::password(&key).await?.unwrap_or_default(),
            };
            let account = place::account(&place, password)
                .ok_or_else(|| Error::BadRequest("that is no account".to_owned()))?;
            imap::probe(&account).await.map_err(|error| {
                let why = place::sentence(&error);
                if error.needs_person() { Error::NeedsYou(why) } else { Error::Unread(why) }
            })?
        }
    };
    Ok(MailTest { messages })
}

async fn set_password(app: &App, args: SetMailPassword) -> Result<(), Error> {
    let known = mail_boxes::get(&mut app.read().await?, &args.key).await?;
    known.ok_or(Error::NotFound("the mail source"))?;
    keyring::keep_password(&args.key, args.password).await?;
    let mut tx = app.write().await?;
    sources::set_state(&mut tx, &args.key, &SourceState::Idle).await?;
    if let Some(source) = table::get(&mut tx, &args.key).await? {
        // Never looked: due at once.
        table::save(&mut tx, &table::Source { last_poll: None, ..source }).await?;
    }
    tx.commit().await?;
    changed(app);
    Ok(())
}

async fn restore(app: &App, key: &str) -> Result<Source, Error> {
    let mut tx = app.write().await?;
    let stored = mail_boxes::get(&mut tx, key).await?.ok_or(Error::NotFound("the mail source"))?;
    let place = place::read(&stored.place)?;
    let stored = mail_boxes::MailBox { removed_at: None, ..stored };
    let source = save(app, &mut tx, &stored, &place).await?;
    tx.commit().await?;
    changed(app);
    Ok(source)
}

/// Called when a mail source is removed: its place waits for the removal to be undone.
pub(crate) async fn mark_removed(app: &App, tx: &mut Tx, key: &str) -> Result<(), Error> {
    if let Some(stored) = mail_boxes::get(tx, key).await? {
        let removed_at = Some(app.env.now());
        mail_boxes::save(tx, &mail_boxes::MailBox { removed_at, ..stored }).await?;
    }
    Ok(())
}

//! A saved page or mail dropped on the window: read like a fetched one, without any request.

use url::Url;
use watches_ipc::{
    event::Event,
    fault::Fault,
    listing::{ImportPage, ImportReport},
};
use watches_scrape::{
    mail::messages,
    page::Page,
    sites::{self, Reading},
};
use watches_store::sources as table;

use crate::{
    App,
    fault::Error,
    listing_flow::{self, Raw, Seen},
    mail::{Intake, looks_like_mail},
    poll::Ask,
    sources, toasts,
};

/// Larger files are no page that a browser saved.
const LARGEST: usize = 32 * 1024 * 1024;

impl App {
    /// # Errors
    /// `needs_you` for a saved challenge page, `bad_file` for a page without a listing.
    pub async fn import_page(&self, args: ImportPage) -> Result<ImportReport, Fault> {
        Ok(import(self, args).await?)
    }
}

async fn import(app: &App, args: ImportPage) -> Result<ImportReport, Error> {
    if looks_like_mail(&args.file_name, args.html.as_bytes()) {
        return mail(app, &args.file_name, args.html.as_bytes()).await;
    }
    let _turn = app.polls.one_at_a_time().await;
    if args.html.len() > LARGEST {
        return Err(Error::BadFile(format!("{} is larger than 32 MB", args.file_name)));
    }
    let url = args.url.as_deref().and_then(|url| Url::parse(url).ok());
    let now = app.env.now();
    let page = Page::saved(args.html, url, now);
    let read = move || (sites::read(None, &page), Raw::of(&page));
    let (reading, raw) = tokio::task::spawn_blocking(read).await?;
    let found = match reading {
        Reading::Listings(found) if !found.listings.is_empty() => found,
        Reading::Listings(_) | Reading::Nothing => {
            let message = format!("{} shows no watch for sale that can be read", args.file_name);
            return Err(Error::BadFile(message));
        }
        Reading::Blocked(_) => {
            let message = format!(
                "{} is a challenge or login page: open the market in your browser, pass it, and \
                 save the page you wanted",
                args.file_name
            );
            return Err(Error::NeedsYou(message));
        }
    };
    let mut warnings: Vec<String> = found.warnings.iter().map(warning).collect();
    for listing in &found.listings {
        warnings.extend(listing.warnings.iter().map(warning));
    }
    warnings.dedup();
    let source = source_of(app, &found.listings).await?;
    let source_name = source.name.clone();
    let listings = found.listings;
    let seen = Seen {
        source,
        ask: Ask::Whole { page_no: 1 },
        watchlists: Vec::new(),
        listings,
        at: now,
        page: None,
        raw,
    };
    let taken = listing_flow::take(app, seen).await?;
    toasts::deliver(app).await?;
    app.tell(Event::StatusChanged);
    Ok(ImportReport {
        source_name,
        added: taken.tally.new,
        updated: taken.tally.listings - taken.tally.new,
        listings: taken.ids,
        warnings,
    })
}

fn warning(warning: &watches_core::listing::extracted::Warning) -> String {
    format!("{}: {}", warning.field, warning.message)
}

/// The source the page names, so that a saved eBay page and a fetched one are the same listing; files
/// of a site that is no source count as `file`.
async fn source_of(
    app: &App,
    listings: &[watches_core::listing::extracted::Extracted],
) -> Result<table::Source, Error> {
    let mut read = app.read().await?;
    let named = listings.first().map(|listing| listing.source.clone()).unwrap_or_default();
    if let Some(known) = table::get(&mut read, &named).await? {
        return Ok(known);
    }
    drop(read);
    sources::files(app).await
}

/// A saved message or mailbox.
pub(crate) async fn mail(app: &App, file_name: &str, bytes: &[u8]) -> Result<ImportReport, Error> {
    let _turn = app.polls.one_at_a_time().await;
    if bytes.len() > LARGEST {
        return Err(Error::BadFile(format!("{file_name} is larger than 32 MB")));
    }
    let messages: Vec<Vec<u8>> =
        messages(bytes).into_iter().map(std::borrow::Cow::into_owned).collect();
    let files = sources::files(app).await?;
    let taken = Intake::of(app, &files).of_any_age().take(messages).await?;
    toasts::deliver(app).await?;
    app.tell(Event::StatusChanged);
    if taken.ids.is_empty()
        && taken.unread.is_empty()
        && taken.names.is_empty()
        && taken.foreign > 0
    {
        let message = format!("{file_name} holds no mail of a market that is known");
        return Err(Error::BadFile(message));
    }
    Ok(ImportReport {
        source_name: taken.names.first().cloned().unwrap_or(files.name),
        added: taken.tally.new,
        updated: taken.tally.listings - taken.tally.new,
        listings: taken.ids,
        warnings: taken.unread,
    })
}

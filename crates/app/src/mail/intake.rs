//! Messages -> listings through the listing flow, and the rest into the quarantine.
//!
//! The messages of one look are read together: of a listing that several name, the newest counts. A listing that
//! was seen on its market after the message was sent is left as it is, so old mail never takes a price back.

use std::{collections::BTreeMap, sync::Arc};

use watches_core::{
    id::ListingId,
    listing::extracted::Extracted,
    time::{Span, Timestamp},
};
use watches_ipc::event::Event;
use watches_scrape::mail::{self, Letter, MailReading, MailSite};
use watches_store::{listings, sources as table};

use super::quarantine;
use crate::{
    App,
    fault::Error,
    listing_flow::{self, Raw, Seen},
    poll::{Ask, Tally},
};

/// An offer told longer ago says little about today.
const OLDEST: Span = Span::days(30);

/// Whether a dropped or named file holds messages.
pub(crate) fn looks_like_mail(file_name: &str, bytes: &[u8]) -> bool {
    let small = file_name.to_ascii_lowercase();
    let named = [".eml", ".mbox", ".mbx"].iter().any(|ending| small.ends_with(ending));
    // A page saved with all its parts is a message by its form only.
    let page = [".mhtml", ".mht"].iter().any(|ending| small.ends_with(ending));
    named || (!page && mail::looks_like_mail(bytes))
}

/// Takes messages on behalf of a source.
pub(crate) struct Intake<'a> {
    app: &'a App,
    source: &'a table::Source,
    /// Also what is old: a person named these very messages.
    all_ages: bool,
}

/// What became of some messages.
#[derive(Debug, Default)]
pub(crate) struct Taken {
    pub tally: Tally,
    pub ids: Vec<ListingId>,
    /// Names of the sources the listings now belong to.
    pub names: Vec<String>,
    /// Why messages went to the quarantine, one line each.
    pub unread: Vec<String>,
    /// Messages that no market sent.
    pub foreign: u32,
}

/// A message with what was read in it.
struct Read {
    letter: Letter,
    hash: String,
    bytes: Arc<Vec<u8>>,
}

type Newest = BTreeMap<String, (Option<Timestamp>, Extracted)>;

impl<'a> Intake<'a> {
    pub fn of(app: &'a App, source: &'a table::Source) -> Intake<'a> {
        Intake { app, source, all_ages: false }
    }

    pub fn of_any_age(self) -> Intake<'a> {
        Intake { all_ages: true, ..self }
    }

    pub async fn take(&self, messages: Vec<Vec<u8>>) -> Result<Taken, Error> {
        let mut taken = Taken::default();
        if messages.is_empty() {
            return Ok(taken);
        }
        let read = tokio::task::spawn_blocking(move || read_all(messages)).await?;
        let mut offers: BTreeMap<MailSite, Newest> = BTreeMap::new();
        let mut unread = Vec::new();
        for one in read {
            match one.letter.reading {
                MailReading::NotFromMarket => taken.foreign += 1,
                MailReading::Unknown(ref why) => {
                    taken.unread.push(format!("{}: {why}", one.letter.subject));
                    unread.push(one);
                }
                MailReading::Listings { site, listings } => {
                    let sent_at = one.letter.sent_at;
                    self.gather(offers.entry(site).or_default(), sent_at, listings);
                }
            }
        }
        for (site, newest) in offers {
            self.hand_over(site, newest, &mut taken).await?;
        }
        let unread = unread.into_iter().map(|one| quarantine::Unread {
            letter: one.letter,
            hash: one.hash,
            bytes: one.bytes,
        });
        quarantine::keep(self.app, &self.source.key, unread.collect()).await?;
        Ok(taken)
    }

    fn gather(&self, newest: &mut Newest, sent_at: Option<Timestamp>, listings: Vec<Extracted>) {
        let now = self.app.env.now();
        if !self.all_ages && sent_at.is_some_and(|sent| sent + OLDEST < now) {
            return;
        }
        for listing in listings {
            match newest.get(&listing.id) {
                Some((known, _)) if *known > sent_at => {}
                _ => drop(newest.insert(listing.id.clone(), (sent_at, listing))),
            }
        }
    }

    /// To the source that is the market itself, so that a mail's listing and a page's are one.
    async fn hand_over(
        &self,
        site: MailSite,
        newest: Newest,
        taken: &mut Taken,
    ) -> Result<(), Error> {
        let mut read = self.app.read().await?;
        let market = table::get(&mut read, site.source_key()).await?;
        let source = market.unwrap_or_else(|| self.source.clone());
        let ids: Vec<&str> = newest.keys().map(String::as_str).collect();
        let known = listings::find(&mut read, &source.key, &ids).await?;
        drop(read);
        let seen_later = |id: &str, sent_at: Option<Timestamp>| {
            let row = known.iter().find(|row| row.market_id == id);
            row.zip(sent_at).is_some_and(|(row, sent_at)| row.last_seen >= sent_at)
        };
        taken.ids.extend(known.iter().filter_map(|row| {
            let (sent_at, _) = newest.get(&row.market_id)?;
            seen_later(&row.market_id, *sent_at).then_some(row.id)
        }));
        let fresh = newest.into_iter().filter(|(id, (sent_at, _))| !seen_later(id, *sent_at));
        let listings: Vec<Extracted> = fresh.map(|(_, (_, listing))| listing).collect();
        if listings.is_empty() {
            return Ok(());
        }
        taken.names.push(source.name.clone());
        let seen = Seen {
            source,
            ask: Ask::Whole { page_no: 1 },
            watchlists: Vec::new(),
            listings,
            at: self.app.env.now(),
            page: None,
            raw: Raw::None,
        };
        let done = listing_flow::take(self.app, seen).await?;
        taken.tally.listings += done.tally.listings;
        taken.tally.new += done.tally.new;
        taken.tally.changed += done.tally.changed;
        taken.tally.alerts += done.tally.alerts;
        taken.ids.extend(done.ids);
        self.app.tell(Event::StatusChanged);
        Ok(())
    }
}

fn read_all(messages: Vec<Vec<u8>>) -> Vec<Read> {
    let read = |bytes: Vec<u8>| Read {
        letter: mail::read(&bytes),
        hash: blake3::hash(&bytes).to_hex().to_string(),
        bytes: Arc::new(bytes),
    };
    messages.into_iter().map(read).collect()
}

//! Every kept page read again by today's readers: what would change in the store, and the change.
//!
//! For `watches reparse`. Differences are told before anything is written, and only listings' documents
//! and rows are corrected: an observation is never touched, no rule is judged and nothing is told, and
//! what the pages no longer say keeps its last good value. A listing that only the new reader finds is
//! counted; it comes in with its next poll, which prices and judges it.

mod difference;
mod readings;

use std::{collections::BTreeMap, sync::Arc};

use watches_core::id::ListingId;
use watches_ipc::event::Event;
use watches_store::{
    Read,
    listings::{self, Stored},
    raw_pages::Kept,
};

pub use self::difference::FieldChange;
use self::readings::Readings;
use crate::{
    App,
    fault::Error,
    listing_flow::{self, Market, Reach},
};

/// What is to be read again.
#[derive(Debug, Clone, Default)]
pub struct Wanted {
    /// Only pages and listings of this source.
    pub source: Option<String>,
    /// Write the corrections; without it the store stays as it is.
    pub apply: bool,
}

/// One listing that today's readers read otherwise.
#[derive(Debug, Clone, PartialEq)]
pub struct Difference {
    pub listing: ListingId,
    pub source: String,
    pub market_id: String,
    pub url: String,
    /// What is, or would be, corrected.
    pub fields: Vec<FieldChange>,
    /// What is stored but no kept page says any more; it stays.
    pub kept: Vec<FieldChange>,
}

/// What it came to.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Report {
    pub pages: u32,
    /// Pages whose text is not what was kept, or that are challenges to today's reader.
    pub unread_pages: u32,
    pub listings: u32,
    pub different: u32,
    pub applied: u32,
    /// Listings that were looked at later than their last kept page: only named anew, not reread.
    pub held: u32,
    /// Listings that only today's readers find.
    pub only_now: u32,
    /// Stored listings of which no kept page speaks.
    pub without_page: u32,
    /// How many listings differ in each field.
    pub fields: BTreeMap<String, u32>,
    pub kept: Kept,
}

/// Listings per transaction: the window's own writes fit in between.
const PART: u32 = 500;

impl App {
    /// Reads every kept page again and calls `each` with every listing that differs.
    ///
    /// # Errors
    /// When the store cannot be read or written, or there is no such source.
    pub async fn reparse(
        &self,
        wanted: &Wanted,
        mut each: impl FnMut(&Difference),
    ) -> Result<Report, Error> {
        let _turn = self.polls.one_at_a_time().await;
        let (readings, mut report) = readings::all(self, wanted.source.as_deref()).await?;
        let readings = Arc::new(readings);
        let (mut place, mut met) = (0, 0);
        loop {
            let part = match wanted.apply {
                true => self.apply(&readings, wanted, place).await?,
                false => part(&mut self.read().await?, &readings, wanted, place).await?,
            };
            let Some(part) = part else { break };
            part.count(&mut report, wanted.apply);
            part.different.iter().for_each(|(difference, _)| each(difference));
            met += part.met;
            place = part.next;
        }
        report.only_now = u32::try_from(readings.len()).unwrap_or(u32::MAX).saturating_sub(met);
        if report.applied > 0 {
            self.tell(Event::ListingsChanged);
            self.tell(Event::WatchlistsChanged);
        }
        Ok(report)
    }

    async fn apply(
        &self,
        readings: &Arc<Readings>,
        wanted: &Wanted,
        place: i64,
    ) -> Result<Option<Part>, Error> {
        let mut tx = self.write().await?;
        let Some(part) = part(&mut tx, readings, wanted, place).await? else { return Ok(None) };
        let market = Market::load(&mut tx).await?;
        let now = self.env.now();
        let correct = |(_, correction): &(Difference, Option<Correction>)| {
            let Correction { stored, normalised } = correction.clone()?;
            Some(listing_flow::corrected(stored, normalised, &market, now))
        };
        let corrected: Vec<Stored> = part.different.iter().filter_map(correct).collect();
        listings::put(&mut tx, &corrected).await?;
        tx.commit().await?;
        Ok(Some(part))
    }
}

/// A listing and what it is to become.
#[derive(Debug, Clone)]
struct Correction {
    stored: Stored,
    normalised: watches_core::listing::normalise::Normalised,
}

/// What some listings in a row came to.
#[derive(Debug, Default)]
struct Part {
    next: i64,
    listings: u32,
    held: u32,
    without_page: u32,
    /// Of the readings, how many belong to a listing here.
    met: u32,
    different: Vec<(Difference, Option<Correction>)>,
}

impl Part {
    fn count(&self, report: &mut Report, applied: bool) {
        report.listings += self.listings;
        report.held += self.held;
        report.without_page += self.without_page;
        for (difference, correction) in &self.different {
            report.different += 1;
            report.applied += u32::from(applied && correction.is_some());
            for change in difference.fields.iter().chain(&difference.kept) {
                *report.fields.entry(change.field.clone()).or_default() += 1;
            }
        }
    }
}

/// Compares the next listings after a place; `None` when there are no more.
async fn part(
    read: &mut Read,
    readings: &Arc<Readings>,
    wanted: &Wanted,
    place: i64,
) -> Result<Option<Part>, Error> {
    let (next, stored) = listings::after(read, place, PART).await?;
    if stored.is_empty() {
        return Ok(None);
    }
    let readings = Arc::clone(readings);
    let source = wanted.source.clone();
    let compared = tokio::task::spawn_blocking(move || {
        let mut part = Part { next, ..Part::default() };
        let ours = |one: &Stored| source.as_ref().is_none_or(|key| one.listing.source == *key);
        stored.into_iter().filter(ours).for_each(|one| part.compare(one, &readings));
        part
    });
    Ok(Some(compared.await?))
}

impl Part {
    fn compare(&mut self, stored: Stored, readings: &Readings) {
        let reading = readings.of(&stored.listing.source, &stored.listing.market_id);
        self.listings += 1;
        self.met += u32::from(reading.is_some());
        match (reading, listing_flow::reach(&stored, reading)) {
            (None, _) => self.without_page += 1,
            (Some(_), Reach::Nothing) => self.held += 1,
            (Some(_), Reach::Whole | Reach::Words) => {}
        }
        let before = &stored.document.normalised;
        let normalised = listing_flow::reread(&stored, reading);
        let fields = difference::between(before, &normalised);
        let speaks = reading.filter(|_| listing_flow::reach(&stored, reading) == Reach::Whole);
        let kept = speaks.map(|page| difference::unsaid(&before.extracted, &page.extracted));
        let kept = kept.unwrap_or_default();
        if fields.is_empty() && kept.is_empty() {
            return;
        }
        let listing = &stored.listing;
        let difference = Difference {
            listing: listing.id,
            source: listing.source.clone(),
            market_id: listing.market_id.clone(),
            url: listing.url.clone(),
            kept,
            fields,
        };
        let changes = !difference.fields.is_empty();
        let correction = changes.then_some(Correction { stored, normalised });
        self.different.push((difference, correction));
    }
}

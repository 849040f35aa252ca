//! One listing with everything known of it, and why each rule matches it or does not.

use watches_core::{
    alert::price_limit,
    id::ListingId,
    listing::origin::{Field, Origin},
    time::Timestamp,
};
use watches_ipc::listing::{FieldOrigin, ListingDetail, VerdictView};
use watches_store::{Read, listings as table, observations, sightings};

use crate::{
    App,
    fault::Error,
    listing_flow::{GAP, Market},
    matching::{self, Rules},
};

pub(super) async fn of(app: &App, id: ListingId) -> Result<ListingDetail, Error> {
    let now = app.env.now();
    let mut read = app.read().await?;
    let stored = table::document(&mut read, id).await?.ok_or(Error::NotFound("the listing"))?;
    let history = observations::history(&mut read, id).await?;
    let stretches = sightings::of(&mut read, id).await?;
    let row = super::views(&mut read, vec![stored.listing.clone()]).await?.pop();
    let row = row.ok_or(Error::NotFound("the listing"))?;
    let verdicts = verdicts(&mut read, stored.clone(), now).await?;
    let document = stored.document;
    let extracted = document.normalised.extracted;
    let clues = document.normalised.watch.clues.iter();
    let warnings = extracted.warnings.iter();
    Ok(ListingDetail {
        row,
        url: extracted.url,
        description: extracted.description,
        condition_text: extracted.condition_text,
        set_text: extracted.stated.scope,
        seller: extracted.seller,
        seller_rating: extracted.seller_rating,
        location: extracted.location,
        landed: document.landed,
        history,
        unobserved: unobserved(&stretches, now),
        verdicts,
        identified_by: clues.map(|clue| clue.text().to_owned()).collect(),
        confidence: document.normalised.watch.confidence,
        read_by: extracted.origins.iter().map(field_origin).collect(),
        warnings: warnings
            .map(|warning| format!("{}: {}", warning.field, warning.message))
            .collect(),
    })
}

fn field_origin((field, origin): (Field, Origin)) -> FieldOrigin {
    FieldOrigin { field, origin, confidence: origin.confidence() }
}

async fn verdicts(
    read: &mut Read,
    stored: table::Stored,
    now: Timestamp,
) -> Result<Vec<VerdictView>, Error> {
    let rules = Rules::load(read).await?;
    let market = Market::load(read).await?;
    let mut views = Vec::new();
    for priced in matching::with_history(read, vec![stored]).await? {
        let matched = matching::verdicts_of(read, &rules, &market, priced, now).await?;
        let circumstances = market.circumstances(&[], now);
        for worded in rules.worded() {
            let verdict = matched.verdicts.iter().find(|one| one.rule == worded.stored.id);
            let Some(verdict) = verdict.cloned() else { continue };
            views.push(VerdictView {
                watchlist: worded.list.id,
                watchlist_name: worded.list.name.clone(),
                rule_text: worded.stored.text.clone(),
                verdict,
                limit: price_limit(worded.rule, &matched.priced, &circumstances),
            });
        }
    }
    Ok(views)
}

/// The gaps between looks, and the one that is open now when nobody has looked for long.
fn unobserved(stretches: &[(Timestamp, Timestamp)], now: Timestamp) -> Vec<(Timestamp, Timestamp)> {
    let mut gaps = sightings::unobserved(stretches);
    if let Some((_, until)) = stretches.last()
        && now - *until > GAP
    {
        gaps.push((*until, now));
    }
    gaps
}

//! New landed costs for everything stored, after the currency or the country changed.
//!
//! Marked in the same transaction as the change and done in parts, so that a kill in between is made
//! good at the next start.

use watches_core::landed::{Offer, estimate};
use watches_ipc::event::Event;
use watches_store::{Tx, listings, settings as table};

use crate::{App, fault::Error, listing_flow::Market};

const MARK: &str = "landed_stale";
/// Listings per transaction: the window's own writes fit in between.
const PART: u32 = 500;

pub(crate) async fn mark(tx: &mut Tx) -> Result<(), Error> {
    Ok(table::put(tx, MARK, "true").await?)
}

pub(crate) async fn if_marked(app: &App) -> Result<(), Error> {
    let marked = table::get(&mut app.read().await?, MARK).await?;
    if marked.as_deref() == Some("true") { landed(app).await } else { Ok(()) }
}

pub(crate) async fn landed(app: &App) -> Result<(), Error> {
    let mut place = 0;
    loop {
        let mut tx = app.write().await?;
        let market = Market::load(&mut tx).await?;
        let (next, mut stored) = listings::after(&mut tx, place, PART).await?;
        if stored.is_empty() {
            table::put(&mut tx, MARK, "false").await?;
            tx.commit().await?;
            break;
        }
        for one in &mut stored {
            reprice(one, &market, app.env.now());
        }
        listings::put(&mut tx, &stored).await?;
        tx.commit().await?;
        place = next;
    }
    app.tell(Event::ListingsChanged);
    app.tell(Event::WatchlistsChanged);
    Ok(())
}

pub(crate) fn reprice(
    stored: &mut listings::Stored,
    market: &Market,
    now: watches_core::time::Timestamp,
) {
    let extracted = &stored.document.normalised.extracted;
    let landed = extracted.price.and_then(|price| {
        let offer = Offer::sale(price, extracted.shipping, extracted.country.as_deref());
        estimate(&offer, &market.destination, market.rates, now).ok()
    });
    stored.listing.price_rank = market.rank(extracted.price, now);
    stored.listing.landed = landed.as_ref().map(|landed| landed.total);
    stored.document.landed = landed;
}

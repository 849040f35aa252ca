//! The table of listings, one listing's detail, and what the person does with them.

mod detail;

use std::collections::HashMap;

use watches_core::id::{ListingId, WatchlistId};
use watches_ipc::{
    event::Event,
    fault::Fault,
    listing::{
        DismissListing, GetListing, ListListings, ListingDetail, ListingPage, ListingRow,
        ListingSort, OpenListing,
    },
};
use watches_store::{Cancel, Read, listings as table, observations, sources};

use crate::{App, alerts::LONGEST_PAGE, fault::Error};

/// How many prices the little line in the table has.
const SPARK: usize = 24;

// The window says `1,000+` by the wire's number, the store counts to its own.
const _: () = assert!(watches_ipc::listing::MOST_COUNTED == table::MOST_COUNTED);

impl App {
    /// # Errors
    /// When the store cannot be read.
    pub async fn list_listings(&self, args: ListListings) -> Result<ListingPage, Fault> {
        Ok(page(self, args).await?)
    }

    /// # Errors
    /// `not_found`.
    pub async fn get_listing(&self, args: GetListing) -> Result<ListingDetail, Fault> {
        Ok(detail::of(self, args.id).await?)
    }

    /// Hides a listing from the table, or takes that back; it is still tracked.
    ///
    /// # Errors
    /// `not_found`.
    pub async fn dismiss_listing(&self, args: DismissListing) -> Result<(), Fault> {
        let mut tx = self.write().await?;
        let done = table::set_dismissed(&mut tx, args.id, args.dismissed).await;
        done.map_err(Error::from)?;
        tx.commit().await.map_err(Error::from)?;
        self.tell(Event::ListingsChanged);
        Ok(())
    }

    /// Opens the listing's page in the system's browser.
    ///
    /// # Errors
    /// `not_found`, `bad_request` when its address is not of the web.
    pub async fn open_listing(&self, args: OpenListing) -> Result<(), Fault> {
        let listing = table::get(&mut self.read().await?, args.id).await.map_err(Error::from)?;
        let url = listing.ok_or(Error::NotFound("the listing"))?.url;
        // The address came from a page: nothing but the web is ever handed to the system.
        let web = url::Url::parse(&url).is_ok_and(|url| matches!(url.scheme(), "http" | "https"));
        if !web {
            let message = "the listing has no address on the web".to_owned();
            return Err(Error::BadRequest(message).into());
        }
        Ok(self.shell.open_url(&url).map_err(Error::Shell)?)
    }
}

async fn page(app: &App, args: ListListings) -> Result<ListingPage, Error> {
    let filter = args.filter;
    let query = table::Query {
        filter: table::Filter {
            text: filter.text,
            watchlist: filter.watchlist,
            source: filter.source,
            kind: filter.kind,
            include_gone: filter.include_gone,
            matching_only: filter.matching_only,
            include_dismissed: filter.include_dismissed,
        },
        sort: match args.sort {
            ListingSort::Newest => table::Sort::Newest,
            ListingSort::PriceUp => table::Sort::PriceUp,
            ListingSort::PriceDown => table::Sort::PriceDown,
            ListingSort::LandedUp => table::Sort::LandedUp,
            ListingSort::EndingSoon => table::Sort::EndingSoon,
            ListingSort::BiggestDrop => table::Sort::BiggestDrop,
        },
        offset: args.offset,
        limit: args.limit.min(LONGEST_PAGE),
    };
    let page = app.store()?.listings(&query, &Cancel::new()).await?;
    let rows = views(&mut app.read().await?, page.rows).await?;
    Ok(ListingPage { total: page.total, rows })
}

/// Rows for the window, in the same order.
pub(crate) async fn views(
    read: &mut Read,
    listings: Vec<table::Listing>,
) -> Result<Vec<ListingRow>, Error> {
    if listings.is_empty() {
        return Ok(Vec::new());
    }
    let ids: Vec<ListingId> = listings.iter().map(|listing| listing.id).collect();
    let mut sparks = observations::sparks(read, &ids, SPARK).await?;
    let names = source_names(read).await?;
    let view = |listing: table::Listing| {
        let spark = sparks.remove(&listing.id).unwrap_or_default();
        let name = names.get(&listing.source).cloned();
        row(listing, name, spark)
    };
    Ok(listings.into_iter().map(view).collect())
}

pub(crate) async fn rows_by_id(
    read: &mut Read,
    ids: &[ListingId],
) -> Result<HashMap<ListingId, ListingRow>, Error> {
    let listings = table::rows(read, ids).await?;
    Ok(views(read, listings).await?.into_iter().map(|row| (row.id, row)).collect())
}

/// The cheapest active listing of a watchlist.
pub(crate) async fn best(
    read: &mut Read,
    watchlist: WatchlistId,
) -> Result<Option<ListingRow>, Error> {
    let best = table::best(read, watchlist).await?;
    Ok(views(read, best.into_iter().collect()).await?.pop())
}

pub(crate) async fn source_names(read: &mut Read) -> Result<HashMap<String, String>, Error> {
    let all = sources::all(read).await?;
    Ok(all.into_iter().map(|source| (source.key, source.name)).collect())
}

fn row(listing: table::Listing, source_name: Option<String>, spark: Vec<i64>) -> ListingRow {
    ListingRow {
        id: listing.id,
        name: listing.name,
        title: listing.title,
        // A removed dealer's listings stay: its key says where they came from.
        source_name: source_name
            .unwrap_or_else(|| listing.source.trim_start_matches("dealer:").to_owned()),
        source: listing.source,
        price: listing.price,
        first_price: listing.first_price,
        landed: listing.landed,
        year: listing.year,
        condition: listing.condition,
        set: listing.set,
        kind: listing.kind,
        state: listing.state,
        ends_at: listing.ends_at,
        country: listing.country,
        photo: listing.photo.map(|hash| format!("photo://localhost/{hash}")),
        first_seen: listing.first_seen,
        last_seen: listing.last_seen,
        matches: listing.matches,
        dismissed: listing.dismissed,
        spark,
    }
}

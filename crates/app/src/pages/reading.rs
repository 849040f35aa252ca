//! A page -> its one listing, and how each field was found: by what was pointed at, else as its site is read.
//!
//! Pure but for the thread it runs on. A price is never guessed into a listing that is polled: a guess is
//! shown to the person, and following the page makes a rule of it.

use url::Url;
use watches_core::{listing::extracted::Extracted, money::Currency};
use watches_ipc::page::{Point, PointedField};
use watches_scrape::{
    adapter::{
        self, Adapter, AdapterReading, Document, Entry, EntryKind, FieldName, Outline, Rule, Won,
        pointing,
    },
    page::Page,
    sites::{self, Block, Reading},
};

use crate::{App, adapters, fault::Error};

/// What a person said about the page.
#[derive(Debug, Clone, Default)]
pub(crate) struct Asked {
    pub points: Vec<Point>,
    pub currency: Option<Currency>,
}

/// What came of a page in a poll.
#[derive(Debug)]
pub(crate) enum PageRead {
    Listing(Box<Extracted>),
    Blocked(Block),
    /// What was pointed at is not there any more, and why.
    Lost(String),
}

/// What came of a page in the window.
#[derive(Debug)]
pub(crate) struct Interpreted {
    pub listing: Option<Extracted>,
    /// Fields that a rule of an adapter gave.
    pub won: Vec<Won>,
    /// The adapter's entry was made by pointing.
    pub pointed: bool,
    /// Fields that are guesses.
    pub guessed: Vec<FieldName>,
    pub trouble: Option<String>,
    /// What following the page would keep.
    pub entry: Option<Entry>,
    pub outline: Outline,
}

/// Reads a followed page by its adapter.
pub(crate) async fn read(app: &App, page: Page) -> Result<PageRead, Error> {
    let adapter = match &page.url {
        Some(url) => adapters::of(app, url).await,
        None => Ok(None),
    };
    let adapter = match adapter {
        Ok(adapter) => adapter,
        // The person's own file is wrong: nothing is read past it.
        Err(Error::BadFile(why)) => return Ok(PageRead::Lost(why)),
        Err(error) => return Err(error),
    };
    Ok(tokio::task::spawn_blocking(move || polled(&page, adapter.as_ref())).await?)
}

fn polled(page: &Page, adapter: Option<&Adapter>) -> PageRead {
    let base = match sites::read(None, page) {
        Reading::Listings(found) => main_listing(found.listings, page.url.as_ref()),
        Reading::Blocked(block) => return PageRead::Blocked(block),
        Reading::Nothing => None,
    };
    let entry = entry_for(adapter, page);
    let Some((adapter, entry)) = entry else {
        return match base.filter(|listing| listing.price.is_some()) {
            Some(listing) => PageRead::Listing(Box::new(listing)),
            None => PageRead::Lost("the page states no price any more".to_owned()),
        };
    };
    let reading = adapter::read_entry(adapter, entry, page);
    match (&reading.lost.first(), over(base, &reading)) {
        (Some((_, lost)), _) => PageRead::Lost(lost.to_string()),
        (None, Some(listing)) if listing.price.is_some() => PageRead::Listing(Box::new(listing)),
        (None, _) => PageRead::Lost("the page shows no price any more".to_owned()),
    }
}

/// Reads a page for the window: with what is pointed at now, else by the rule that is kept, else as it is.
pub(crate) fn interpret(
    page: &Page,
    adapter: Option<&Adapter>,
    asked: &Asked,
) -> Result<Interpreted, Error> {
    let document = Document::page(&page.text);
    let base = match sites::read(None, page) {
        Reading::Listings(found) => main_listing(found.listings, page.url.as_ref()),
        Reading::Blocked(_) => {
            return Err(Error::NeedsYou("the page asks whether you are a person".to_owned()));
        }
        Reading::Nothing => None,
    };
    let kept = entry_for(adapter, page);
    let outline = adapter::outline(&document);
    if let (true, Some((adapter, entry))) = (asked.points.is_empty(), kept) {
        let reading = adapter::read_entry(adapter, entry, page);
        let trouble = reading.lost.first().map(|(_, lost)| lost.to_string());
        return Ok(Interpreted {
            listing: over(base, &reading),
            won: reading.won.into_iter().next().unwrap_or_default(),
            pointed: entry.fields.iter().any(|(_, field)| field.rule != Rule::First),
            guessed: Vec::new(),
            trouble,
            entry: None,
            outline,
        });
    }
    let kept_currency = kept.and_then(|(_, entry)| entry.currency);
    fresh(page, &document, base, asked, kept_currency).map(|read| Interpreted { outline, ..read })
}

/// Nothing is kept for this page, or it is pointed at anew.
fn fresh(
    page: &Page,
    document: &Document,
    base: Option<Extracted>,
    asked: &Asked,
    kept_currency: Option<Currency>,
) -> Result<Interpreted, Error> {
    let headline = pointing::headline(document);
    let titled = base.as_ref().map(|base| base.title.clone()).filter(|title| !title.is_empty());
    let mut guessed = Vec::new();
    let mut points: Vec<pointing::Point> = asked.points.iter().map(point).collect();
    let pointed = |field| asked.points.iter().any(|point| point.field == field);
    let priced = base.as_ref().is_some_and(|base| base.price.is_some());
    if !priced
        && !pointed(PointedField::Price)
        && let Some(node) = pointing::only_price(document)
    {
        points.push(pointing::Point { field: pointing::PointedField::Price, node });
        guessed.push(FieldName::Price);
    }
    if titled.is_none() && !pointed(PointedField::Title) && headline.is_some() {
        guessed.push(FieldName::Title);
    }
    let title = titled.or(headline.map(|(_, text)| text));
    let stated = base.as_ref().and_then(|base| base.price).map(|price| price.currency);
    let currency = asked.currency.or(kept_currency).or(stated);
    let nothing = Interpreted {
        listing: base.clone(),
        won: Vec::new(),
        pointed: true,
        guessed,
        trouble: None,
        entry: None,
        outline: Outline::default(),
    };
    let Some(url) = page.url.as_ref().filter(|_| !points.is_empty() || title.is_some()) else {
        return Ok(nothing);
    };
    // A page that states its price needs no rule until somebody points.
    if points.is_empty() && priced {
        return Ok(nothing);
    }
    let entry = pointing::entry(document, &page.text, url, &points, title.as_deref(), currency);
    let entry = match entry {
        Ok(entry) => entry,
        Err(why) if asked.points.is_empty() => {
            return Ok(Interpreted { trouble: Some(why.to_string()), ..nothing });
        }
        Err(why) => return Err(Error::BadRequest(why.to_string())),
    };
    let adapter = pointing::put(None, url, entry.clone());
    let reading = adapter::read_entry(&adapter, &entry, page);
    let trouble = reading.lost.first().map(|(_, lost)| lost.to_string());
    Ok(Interpreted {
        listing: over(base, &reading),
        won: reading.won.into_iter().next().unwrap_or_default(),
        trouble,
        entry: Some(entry),
        ..nothing
    })
}

fn point(point: &Point) -> pointing::Point {
    let field = match point.field {
        PointedField::Price => pointing::PointedField::Price,
        PointedField::Title => pointing::PointedField::Title,
    };
    pointing::Point { field, node: usize::try_from(point.node).unwrap_or(usize::MAX) }
}

fn entry_for<'a>(adapter: Option<&'a Adapter>, page: &Page) -> Option<(&'a Adapter, &'a Entry)> {
    let adapter = adapter?;
    let entry = adapter.entry(page.url.as_ref()?)?;
    matches!(entry.kind, EntryKind::Item).then_some((adapter, entry))
}

/// The listing that the page is about: the one with its address, else the only one.
fn main_listing(mut listings: Vec<Extracted>, url: Option<&Url>) -> Option<Extracted> {
    let path = url.map(Url::path);
    let own = |listing: &Extracted| {
        Url::parse(&listing.url).ok().is_some_and(|found| Some(found.path()) == path)
    };
    let place = match listings.iter().position(own) {
        Some(place) => place,
        None if listings.len() == 1 => 0,
        None => return None,
    };
    Some(listings.swap_remove(place))
}

/// What the adapter read, over what the page states by itself.
fn over(base: Option<Extracted>, reading: &AdapterReading) -> Option<Extracted> {
    let Some(read) = reading.listings.first() else {
        return base;
    };
    let Some(mut listing) = base else { return Some(read.clone()) };
    for won in reading.won.first().into_iter().flatten() {
        match won.field {
            FieldName::Title => listing.title.clone_from(&read.title),
            FieldName::Price => {
                listing.price = read.price;
                listing.price_text.clone_from(&read.price_text);
                listing.price_max = None;
                listing.price_was = None;
                listing.warnings.retain(|warning| warning.field != "price");
            }
            FieldName::PriceWas => listing.price_was = read.price_was,
            FieldName::Shipping => listing.shipping = read.shipping,
            FieldName::Description => listing.description.clone_from(&read.description),
            FieldName::Condition => listing.condition_text.clone_from(&read.condition_text),
            FieldName::Seller => listing.seller.clone_from(&read.seller),
            FieldName::Location => listing.location.clone_from(&read.location),
            FieldName::Image => {
                listing.image.clone_from(&read.image);
                listing.photos.clone_from(&read.photos);
            }
            FieldName::Brand => listing.stated.brand.clone_from(&read.stated.brand),
            FieldName::Reference => listing.stated.reference.clone_from(&read.stated.reference),
            FieldName::Sold => listing.state = read.state,
            FieldName::Id | FieldName::Url => {}
        }
    }
    Some(listing)
}

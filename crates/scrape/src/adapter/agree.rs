//! Marks that vote: the price that a person pointed at, found again or said to be lost.
//!
//! A page changes in small ways all the time, so each field has several marks of different kinds: a class,
//! the words beside it, its place. They must agree. A contradiction, a second price beside it or a price
//! that is far from what was there is no price: a wrong one would raise alerts.

use std::collections::HashSet;

use scraper::ElementRef;
use watches_core::{
    listing::price_text::read_price,
    money::{Currency, Money},
};

use super::{
    document::Document,
    field::money,
    price_leaf::{PriceLeaf, holds_two, is_struck},
    strategy::{Hit, How, Strategy},
};

/// Why what was pointed at is not read any more. People read these after the source's name.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum Lost {
    #[error("none of the marks of the {0} is on the page any more")]
    Gone(&'static str),
    #[error("where the price stood there is none now")]
    NoPrice,
    #[error("the marks of the price point at different places: {0}")]
    Contradiction(String),
    #[error("another price stands beside it now: {0}")]
    Beside(String),
    #[error("{now} is too far from the {seen} that was pointed at")]
    TooFar { seen: String, now: String },
    #[error("the page names another thing now: {0}")]
    OtherThing(String),
}

/// More prices in one place are no price.
const MOST_PRICES: usize = 20;

/// What a mark goes by. Marks of one kind break together, so each kind has one voice.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
enum Kind {
    Id,
    Attribute,
    Class,
    Words,
    Json,
    Path,
    Order,
    Alone,
}

impl Kind {
    fn of(how: &How) -> Kind {
        match how {
            How::Css { css, .. } if css.text.contains('#') => Kind::Id,
            How::Css { css, .. } if css.text.contains('[') => Kind::Attribute,
            How::Css { .. } => Kind::Class,
            How::Label(_) => Kind::Words,
            How::Regex(_) | How::Json { .. } | How::Meta(_) => Kind::Json,
            How::Path(_) => Kind::Path,
            How::AfterTitle(_) => Kind::Order,
            How::OnlyPrice => Kind::Alone,
        }
    }

    /// Names the thing, not only where it is.
    fn is_strong(self) -> bool {
        match self {
            Kind::Id | Kind::Attribute | Kind::Class | Kind::Words | Kind::Json => true,
            Kind::Path | Kind::Order | Kind::Alone => false,
        }
    }
}

/// What one mark says.
#[derive(Debug)]
enum Says {
    Nothing,
    /// The place is there and holds no price.
    NoPrice,
    /// More than one: which, it cannot tell.
    Several(Vec<Money>),
    Price(Seen),
}

#[derive(Debug, Clone)]
struct Seen {
    money: Money,
    text: String,
    at: Option<usize>,
}

/// The marks for one price and who spoke for it.
#[derive(Debug)]
struct Group {
    seen: Seen,
    kinds: HashSet<Kind>,
}

impl Group {
    fn strong(&self) -> usize {
        self.kinds.iter().filter(|kind| kind.is_strong()).count()
    }
}

/// A price that the marks agree on.
#[derive(Debug)]
pub(super) struct Agreed {
    pub text: String,
    /// The first of the marks that said so.
    pub by: usize,
}

/// What is known from when it was pointed at.
#[derive(Debug, Clone, Copy)]
pub(super) struct Pointed<'f> {
    pub seen: &'f str,
    pub beside: usize,
    pub currency: Option<Currency>,
}

pub(super) fn price(
    document: &Document,
    raw: &str,
    marks: &[Strategy],
    pointed: Pointed<'_>,
) -> Result<Agreed, Lost> {
    let votes: Vec<(Kind, Says)> = marks
        .iter()
        .map(|mark| (Kind::of(&mark.how), says(document, mark, mark.hits(document, raw), pointed)))
        .collect();
    let groups = group(&votes);
    let winner = groups.iter().max_by_key(|group| (group.strong(), group.kinds.len()));
    let Some(winner) = winner else { return Err(nothing(&votes)) };
    let dissent = dissent(&votes, &groups, winner)?;
    let possible: HashSet<Kind> = votes.iter().map(|(kind, _)| *kind).collect();
    if winner.kinds.len() < possible.len().min(2) {
        return Err(Lost::Gone("price"));
    }
    no_other_beside(document, &winner.seen, pointed)?;
    plausible(&winner.seen, pointed, winner.kinds.len(), dissent)?;
    let says_so = |(_, says): &(Kind, Says)| matches!(says, Says::Price(seen) if seen.money == winner.seen.money);
    let by = votes.iter().position(says_so).unwrap_or(0);
    Ok(Agreed { text: winner.seen.text.clone(), by })
}

fn group(votes: &[(Kind, Says)]) -> Vec<Group> {
    let mut groups: Vec<Group> = Vec::new();
    for (kind, says) in votes {
        let Says::Price(seen) = says else { continue };
        match groups.iter_mut().find(|group| group.seen.money == seen.money) {
            Some(group) => {
                group.kinds.insert(*kind);
                group.seen.at = group.seen.at.or(seen.at);
            }
            None => groups.push(Group { seen: seen.clone(), kinds: HashSet::from([*kind]) }),
        }
    }
    groups
}

fn nothing(votes: &[(Kind, Says)]) -> Lost {
    let several = votes.iter().any(|(_, says)| matches!(says, Says::Several(_)));
    let empty = votes.iter().any(|(kind, says)| kind.is_strong() && matches!(says, Says::NoPrice));
    match (several, empty) {
        (true, _) => Lost::Contradiction("several prices stand there".to_owned()),
        (false, true) => Lost::NoPrice,
        (false, false) => Lost::Gone("price"),
    }
}

/// Whether anybody spoke against the winner; an error when somebody did whose word counts.
fn dissent(votes: &[(Kind, Says)], groups: &[Group], winner: &Group) -> Result<bool, Lost> {
    let mut dissent = false;
    for (kind, says) in votes {
        // Two marks that name the thing outvote one that only knows its place.
        let outvoted = winner.strong() >= 2 && !kind.is_strong();
        match says {
            Says::Nothing => {}
            Says::Price(seen) if seen.money == winner.seen.money => {}
            Says::Price(_) if outvoted => dissent = true,
            Says::Price(_) => {
                let texts: Vec<&str> =
                    groups.iter().map(|group| group.seen.text.as_str()).collect();
                return Err(Lost::Contradiction(texts.join(", ")));
            }
            Says::Several(all) if all.contains(&winner.seen.money) => dissent = true,
            Says::Several(_) if outvoted => dissent = true,
            Says::Several(_) => {
                return Err(Lost::Contradiction("several prices stand there".to_owned()));
            }
            Says::NoPrice if !kind.is_strong() || winner.strong() >= 2 => dissent = true,
            Says::NoPrice => return Err(Lost::NoPrice),
        }
    }
    Ok(dissent)
}

fn says(document: &Document, mark: &Strategy, hits: Vec<Hit<'_>>, pointed: Pointed<'_>) -> Says {
    let named = matches!(mark.how, How::Css { .. });
    let means_struck = named && super::price_leaf::says_struck_words(&mark.describe());
    let mut found: Vec<Seen> = Vec::new();
    let mut empty = false;
    let mut two = false;
    for hit in hits {
        let prices = match hit.element {
            Some(element) => in_element(document, element, means_struck, pointed),
            None => bare(&hit.text, pointed).into_iter().collect(),
        };
        empty |= prices.is_empty();
        two |= prices.iter().any(|seen| holds_two(&seen.text));
        for seen in prices {
            if !found.iter().any(|known| known.money == seen.money) {
                found.push(seen);
            }
        }
    }
    match found.as_slice() {
        _ if two => Says::Several(Vec::new()),
        [] if empty => Says::NoPrice,
        [] => Says::Nothing,
        [one] => Says::Price(one.clone()),
        several => Says::Several(several.iter().map(|seen| seen.money).collect()),
    }
}

/// The prices in an element, or the one that it is a part of.
fn in_element(
    document: &Document,
    element: ElementRef<'_>,
    means_struck: bool,
    pointed: Pointed<'_>,
) -> Vec<Seen> {
    let at = document.place(element);
    let counts = |leaf: &&PriceLeaf| means_struck || !leaf.struck;
    let read = |leaf: &PriceLeaf| {
        let money = money(&leaf.text, pointed.currency)?;
        Some(Seen { money, text: leaf.text.clone(), at: Some(leaf.at) })
    };
    let prices = document.prices_in(at).iter().filter(counts).take(MOST_PRICES);
    let within: Vec<Seen> = prices.filter_map(read).collect();
    if !within.is_empty() {
        return within;
    }
    if let Some(leaf) = document.price_around(at).filter(counts) {
        return read(leaf).into_iter().collect();
    }
    if has_sign(pointed.seen) || (is_struck(element) && !means_struck) {
        return Vec::new();
    }
    // A bare number was pointed at; its currency is the page's.
    let text = document.text(element);
    let short = text.len() <= 24;
    bare(&text, pointed)
        .filter(|_| short)
        .map(|seen| Seen { at: Some(at), ..seen })
        .into_iter()
        .collect()
}

fn bare(text: &str, pointed: Pointed<'_>) -> Option<Seen> {
    let money = money(text, pointed.currency)?;
    Some(Seen { money, text: text.to_owned(), at: None })
}

fn has_sign(text: &str) -> bool {
    read_price(text, None).symbol.is_some()
}

/// How many other unstruck prices stand in the same small part of the page.
pub(super) fn beside(document: &Document, at: usize) -> Vec<&PriceLeaf> {
    let Some(element) = document.element(at) else { return Vec::new() };
    let around = element.ancestors().filter_map(ElementRef::wrap).take(2).last();
    let Some(around) = around.filter(|around| around.value().name() != "body") else {
        return Vec::new();
    };
    let others = document.prices_in(document.place(around)).iter();
    others.filter(|leaf| leaf.at != at && !leaf.struck).collect()
}

fn no_other_beside(document: &Document, seen: &Seen, pointed: Pointed<'_>) -> Result<(), Lost> {
    let Some(at) = seen.at else { return Ok(()) };
    let others = beside(document, at);
    let differing = others.iter().find(|leaf| leaf.text != seen.text);
    match differing {
        Some(leaf) if others.len() > pointed.beside => Err(Lost::Beside(leaf.text.clone())),
        Some(_) | None => Ok(()),
    }
}

/// A price halves or doubles rarely; with every mark in its place it may move further.
fn plausible(seen: &Seen, pointed: Pointed<'_>, kinds: usize, dissent: bool) -> Result<(), Lost> {
    let Some(before) = money(pointed.seen, pointed.currency) else { return Ok(()) };
    let too_far = || Err(Lost::TooFar { seen: pointed.seen.to_owned(), now: seen.text.clone() });
    if before.currency != seen.money.currency {
        return if dissent { too_far() } else { Ok(()) };
    }
    let furthest = if dissent || kinds < 3 { 2 } else { 10 };
    let (before, now) = (before.minor.max(1), seen.money.minor.max(0));
    let (low, high) = (before.min(now), before.max(now));
    if low.saturating_mul(furthest) < high { too_far() } else { Ok(()) }
}

/// The title that is most like what was there.
pub(super) fn title(
    document: &Document,
    raw: &str,
    marks: &[Strategy],
    seen: &str,
) -> Result<Agreed, Lost> {
    let mut other = None;
    for (by, mark) in marks.iter().enumerate() {
        for hit in mark.hits(document, raw).into_iter().take(20) {
            if is_like(&hit.text, seen) {
                return Ok(Agreed { text: hit.text, by });
            }
            other = other.or(Some(hit.text).filter(|text| !text.is_empty()));
        }
    }
    Err(other.map_or(Lost::Gone("title"), Lost::OtherThing))
}

/// Half of the words of the shorter one are in the other.
fn is_like(left: &str, right: &str) -> bool {
    let words = |text: &str| -> HashSet<String> {
        let letters = text.split(|letter: char| !letter.is_alphanumeric());
        letters.filter(|word| !word.is_empty()).map(str::to_lowercase).collect()
    };
    let (left, right) = (words(left), words(right));
    let shared = left.intersection(&right).count();
    shared > 0 && 2 * shared >= left.len().min(right.len())
}

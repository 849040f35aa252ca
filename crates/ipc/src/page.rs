//! Commands about any page: what was read on it, and pointing at what was read wrong.

use serde::{Deserialize, Serialize};
use watches_core::{
    id::ListingId,
    money::{Currency, Money},
};

use crate::{commands, source::Source};

/// Fetches a page and reads it. With `points`, as if these were its price and title; the page that was
/// fetched a moment ago is then read again, without another request.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct ReadPage {
    pub url: String,
    #[serde(default)]
    pub points: Vec<Point>,
    /// Of a price that does not say its own.
    #[serde(default)]
    pub currency: Option<Currency>,
}

/// A piece of the outline that is the price or the title.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Point {
    pub field: PointedField,
    pub node: u32,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum PointedField {
    Price,
    Title,
}

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct PageReading {
    /// Where it was found after redirects.
    pub url: String,
    pub host: String,
    /// What was read, in the order it is shown.
    pub fields: Vec<FoundField>,
    pub price: Option<Money>,
    /// Why the page is not read as pointed at, in a sentence.
    pub trouble: Option<String>,
    /// Title and price are there: it can be followed.
    pub readable: bool,
    /// The source that follows this page already.
    pub source: Option<String>,
    pub outline: Vec<OutlineBlock>,
    /// The page is longer than the outline.
    pub cut: bool,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct FoundField {
    pub field: PageField,
    pub text: String,
    pub how: FoundHow,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum PageField {
    Title,
    Price,
    Seller,
    Condition,
    Location,
    Image,
}

/// How a field was found.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "how", rename_all = "snake_case")]
pub enum FoundHow {
    /// The page states it in a form made for machines, or a reader of ours knows the site.
    Stated,
    /// By marks that were pointed at, just now or earlier: how many there are.
    Pointed { marks: u32 },
    /// By a strategy of an adapter file.
    Adapter { by: String },
    /// A guess that wants a person's eye: the headline, the only price.
    Guess,
}

/// A line of the page in words.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct OutlineBlock {
    pub kind: OutlineKind,
    pub pieces: Vec<OutlinePiece>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum OutlineKind {
    Heading,
    Text,
    Item,
    Image,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct OutlinePiece {
    pub node: u32,
    pub text: String,
    /// It shows a price.
    pub price: bool,
}

/// Follows a page as it was just read: its rule goes into an adapter file, the page becomes a source.
/// For a page that is followed already, only the rule changes.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct FollowPage {
    pub url: String,
    #[serde(default)]
    pub points: Vec<Point>,
    #[serde(default)]
    pub currency: Option<Currency>,
}

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct FollowedPage {
    pub source: Source,
    pub listing: Option<ListingId>,
    /// It was followed before: only its rule is new.
    pub known: bool,
}

/// Takes the newest `FollowPage` of this source back: the rule before it, and no source if there was none.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct TakeBackPage {
    pub key: String,
}

commands! {
    ReadPage => "read_page" -> PageReading;
    FollowPage => "follow_page" -> FollowedPage;
    TakeBackPage => "take_back_page" -> ();
}

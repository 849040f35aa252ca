//! How each field of a listing was read: by which strategy, and how far that is believed.
//!
//! Readers try ranked strategies and mark who won; a second strategy that says the same makes it surer, one
//! that says otherwise less sure. Kept with the listing in one byte a field, so marking costs the readers
//! next to nothing. Shown by `watches extract` and in a listing's detail.

use std::fmt;

use serde::{Deserialize, Deserializer, Serialize, Serializer, de::Error as _};

use super::extracted::Extracted;

/// A way to read a field, the most trusted first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Strategy {
    /// The place that the person pointed at, or a rule of an adapter file.
    Pointed,
    /// schema.org data, or the market's own interface for programs.
    Structured,
    /// State that the page's scripts carry.
    Embedded,
    /// Where the site's layout puts it.
    Layout,
    /// What such pages mostly look like; prices in prose.
    Heuristic,
}

impl Strategy {
    const ALL: [Strategy; 5] = [
        Strategy::Pointed,
        Strategy::Structured,
        Strategy::Embedded,
        Strategy::Layout,
        Strategy::Heuristic,
    ];

    /// How often such a reading is right when nothing else was asked.
    const fn trust(self) -> f64 {
        match self {
            Strategy::Pointed => 0.98,
            Strategy::Structured => 0.97,
            Strategy::Embedded => 0.96,
            Strategy::Layout => 0.93,
            Strategy::Heuristic => 0.7,
        }
    }
}

/// What a second strategy said.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Second {
    NotAsked,
    Agreed,
    Differed,
}

impl Second {
    const ALL: [Second; 3] = [Second::NotAsked, Second::Agreed, Second::Differed];
}

/// A field whose origin is kept.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Field {
    Title,
    Description,
    Price,
    PriceWas,
    Shipping,
    EndsAt,
    Condition,
    Seller,
    Location,
    Country,
    Image,
    ListedAt,
    Reference,
}

impl Field {
    pub const ALL: [Field; 13] = [
        Field::Title,
        Field::Description,
        Field::Price,
        Field::PriceWas,
        Field::Shipping,
        Field::EndsAt,
        Field::Condition,
        Field::Seller,
        Field::Location,
        Field::Country,
        Field::Image,
        Field::ListedAt,
        Field::Reference,
    ];

    /// The field's name as `watches extract` prints it.
    pub const fn name(self) -> &'static str {
        match self {
            Field::Title => "title",
            Field::Description => "description",
            Field::Price => "price",
            Field::PriceWas => "price_was",
            Field::Shipping => "shipping",
            Field::EndsAt => "ends_at",
            Field::Condition => "condition",
            Field::Seller => "seller",
            Field::Location => "location",
            Field::Country => "country",
            Field::Image => "image",
            Field::ListedAt => "listed_at",
            Field::Reference => "reference",
        }
    }

    fn is_same(self, left: &Extracted, right: &Extracted) -> bool {
        match self {
            Field::Title => left.title == right.title,
            Field::Description => left.description == right.description,
            Field::Price => left.price == right.price,
            Field::PriceWas => left.price_was == right.price_was,
            Field::Shipping => left.shipping == right.shipping,
            Field::EndsAt => left.ends_at == right.ends_at,
            // A code and a label say the same in different words.
            Field::Condition => match (&left.condition_code, &right.condition_code) {
                (Some(left), Some(right)) => left == right,
                _ => left.condition_text == right.condition_text,
            },
            Field::Seller => left.seller == right.seller,
            Field::Location => left.location == right.location,
            Field::Country => left.country == right.country,
            // Sizes of one photo have different addresses.
            Field::Image => left.image.is_some() == right.image.is_some(),
            Field::ListedAt => left.listed_at == right.listed_at,
            Field::Reference => left.stated.reference == right.stated.reference,
        }
    }

    fn is_filled(self, listing: &Extracted) -> bool {
        match self {
            Field::Title => !listing.title.is_empty(),
            Field::Description => listing.description.is_some(),
            Field::Price => listing.price.is_some(),
            Field::PriceWas => listing.price_was.is_some(),
            Field::Shipping => listing.shipping.is_some() || listing.shipping_text.is_some(),
            Field::EndsAt => listing.ends_at.is_some(),
            Field::Condition => {
                listing.condition_code.is_some() || listing.condition_text.is_some()
            }
            Field::Seller => listing.seller.is_some(),
            Field::Location => listing.location.is_some(),
            Field::Country => listing.country.is_some(),
            Field::Image => listing.image.is_some(),
            Field::ListedAt => listing.listed_at.is_some(),
            Field::Reference => listing.stated.reference.is_some(),
        }
    }
}

/// Who won a field.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Origin {
    pub strategy: Strategy,
    pub second: Second,
}

impl Origin {
    /// From 0 to 1.
    pub fn confidence(self) -> f64 {
        let trust = self.strategy.trust();
        match self.second {
            Second::NotAsked => trust,
            Second::Agreed => 1.0 - (1.0 - trust) / 4.0,
            Second::Differed => trust * 0.75,
        }
    }
}

/// The origins of a listing's fields. In text one letter a field, `-` where nobody filled it.
#[derive(Clone, Copy, Default, PartialEq, Eq)]
pub struct Origins([u8; Field::ALL.len()]);

impl Origins {
    pub fn get(&self, field: Field) -> Option<Origin> {
        let code = usize::from(self.0[field as usize].checked_sub(1)?);
        let strategy = *Strategy::ALL.get(code / Second::ALL.len())?;
        Some(Origin { strategy, second: Second::ALL[code % Second::ALL.len()] })
    }

    pub fn set(&mut self, field: Field, strategy: Strategy, second: Second) {
        self.0[field as usize] = 1 + strategy as u8 * Second::ALL.len() as u8 + second as u8;
    }

    /// Another strategy was the one that filled this field.
    pub fn set_if_filled(&mut self, field: Field, strategy: Strategy) {
        if let Some(origin) = self.get(field) {
            self.set(field, strategy, origin.second);
        }
    }

    /// Another reading said the same of a field, or did not. What differed once stays so.
    pub fn compare(&mut self, field: Field, same: bool) {
        let Some(origin) = self.get(field) else { return };
        let second = match (origin.second, same) {
            (Second::Differed, _) | (_, false) => Second::Differed,
            (Second::NotAsked | Second::Agreed, true) => Second::Agreed,
        };
        self.set(field, origin.strategy, second);
    }

    /// These, and where there is none the other's.
    #[must_use]
    pub fn or(mut self, other: Origins) -> Origins {
        for (own, other) in self.0.iter_mut().zip(other.0) {
            if *own == 0 {
                *own = other;
            }
        }
        self
    }

    pub fn is_empty(&self) -> bool {
        self.0.iter().all(|code| *code == 0)
    }

    /// The filled fields with who filled them.
    pub fn iter(&self) -> impl Iterator<Item = (Field, Origin)> + '_ {
        Field::ALL.into_iter().filter_map(|field| Some((field, self.get(field)?)))
    }
}

impl Extracted {
    /// Marks every filled field that has no origin yet.
    pub fn came_by(&mut self, strategy: Strategy) {
        for field in Field::ALL {
            if self.origins.0[field as usize] == 0 && field.is_filled(self) {
                self.origins.set(field, strategy, Second::NotAsked);
            }
        }
    }

    /// A better ranked reading went over this one: what it changed is its own, and two that differ are
    /// believed less.
    pub fn overridden(&mut self, before: &Extracted, strategy: Strategy) {
        for field in Field::ALL {
            if field.is_filled(self) && !field.is_same(self, before) {
                let both = field.is_filled(before);
                let second = if both { Second::Differed } else { Second::NotAsked };
                self.origins.set(field, strategy, second);
            }
        }
    }

    /// Another reading of the same listing beside this one: fields that both filled agree or differ.
    pub fn compared_with(&mut self, other: &Extracted) {
        for field in Field::ALL {
            if field.is_filled(self) && field.is_filled(other) {
                let same = field.is_same(self, other);
                self.origins.compare(field, same);
            }
        }
    }
}

impl fmt::Debug for Origins {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_map().entries(self.iter()).finish()
    }
}

impl Serialize for Origins {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let letters: String = self.0.iter().map(|code| char::from(letter(*code))).collect();
        serializer.serialize_str(&letters)
    }
}

impl<'de> Deserialize<'de> for Origins {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Origins, D::Error> {
        let text = String::deserialize(deserializer)?;
        let mut origins = Origins::default();
        // A later version may know more fields; this one reads those it knows.
        for (own, letter) in origins.0.iter_mut().zip(text.bytes()) {
            *own = code(letter).ok_or_else(|| D::Error::custom("an origin is a letter or `-`"))?;
        }
        Ok(origins)
    }
}

fn letter(code: u8) -> u8 {
    if code == 0 { b'-' } else { b'a' + code - 1 }
}

fn code(letter: u8) -> Option<u8> {
    match letter {
        b'-' => Some(0),
        b'a'..=b'z' => Some(letter - b'a' + 1),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::money::{Currency, Money};

    fn listing() -> Extracted {
        let mut listing = Extracted::new("shop", "1", "https://x.test/1", "Omega");
        listing.price = Some(Money::new(100, Currency::EUR));
        listing.came_by(Strategy::Structured);
        listing.seller = Some("somebody".to_owned());
        listing.came_by(Strategy::Layout);
        listing
    }

    #[test]
    fn the_first_to_fill_a_field_keeps_it() {
        let origins = listing().origins;
        let strategy = |field| origins.get(field).map(|origin| origin.strategy);
        assert_eq!(strategy(Field::Price), Some(Strategy::Structured));
        assert_eq!(strategy(Field::Seller), Some(Strategy::Layout));
        assert_eq!(strategy(Field::Image), None);
    }

    #[test]
    fn a_second_reading_changes_the_confidence() {
        let mut origins = listing().origins;
        let confidence =
            |origins: &Origins| origins.get(Field::Price).map_or(0.0, Origin::confidence);
        let alone = confidence(&origins);
        origins.compare(Field::Price, true);
        let agreed = confidence(&origins);
        origins.compare(Field::Price, false);
        assert!(agreed > alone && confidence(&origins) < alone);
        origins.compare(Field::Image, true);
        assert_eq!(origins.get(Field::Image), None, "nobody filled it");
    }

    #[test]
    fn origins_survive_as_letters() {
        let origins = listing().origins;
        let text = serde_json::to_string(&origins).expect("text");
        assert_eq!(text, "\"d-d----j-----\"");
        let back: Origins = serde_json::from_str(&text).expect("the same");
        assert_eq!(back, origins);
        assert!(serde_json::from_str::<Origins>("\"?\"").is_err());
    }
}

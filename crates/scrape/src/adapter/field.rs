//! The fields that an adapter may fill, by their names in the file, and how their text becomes a value.

use watches_core::{
    listing::{
        extracted::{Extracted, SaleState, Warning},
        price_text::read_price,
    },
    money::{Currency, Money},
};

use crate::structured::Context;

macro_rules! fields {
    ($($name:ident = $word:literal,)*) => {
        /// A field of a listing.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
        pub enum FieldName { $($name,)* }

        impl FieldName {
            pub const ALL: &[FieldName] = &[$(FieldName::$name,)*];

            /// Its name in the file.
            pub const fn word(self) -> &'static str {
                match self { $(FieldName::$name => $word,)* }
            }
        }
    };
}

fields! {
    Id = "id",
    Url = "url",
    Title = "title",
    Price = "price",
    PriceWas = "price_was",
    Shipping = "shipping",
    Description = "description",
    Condition = "condition",
    Seller = "seller",
    Location = "location",
    Image = "image",
    Brand = "brand",
    Reference = "reference",
    Sold = "sold",
}

impl FieldName {
    pub fn from_word(word: &str) -> Option<FieldName> {
        FieldName::ALL.iter().copied().find(|name| name.word() == word)
    }

    pub const fn is_price(self) -> bool {
        matches!(self, FieldName::Price | FieldName::PriceWas | FieldName::Shipping)
    }
}

/// A price text in the currency it names, else in the given one.
pub(super) fn money(text: &str, currency: Option<Currency>) -> Option<Money> {
    read_price(text, None).money(currency)
}

/// Puts a found text into its field. What cannot be read becomes a warning, never a guess.
pub(super) fn put(
    listing: &mut Extracted,
    name: FieldName,
    text: &str,
    currency: Option<Currency>,
    context: &Context,
) {
    let own = || Some(text.to_owned());
    let was_read = match name {
        FieldName::Price => {
            listing.price = money(text, currency);
            listing.price_text = own();
            listing.price.is_some()
        }
        FieldName::PriceWas => {
            listing.price_was = money(text, currency);
            listing.price_was.is_some()
        }
        FieldName::Shipping => {
            listing.shipping = money(text, currency);
            listing.shipping_text = own();
            listing.shipping.is_some()
        }
        FieldName::Image => {
            listing.image = context.absolute(text);
            listing.photos = listing.image.iter().cloned().collect();
            listing.image.is_some()
        }
        FieldName::Id => set(&mut listing.id, text.to_owned()),
        FieldName::Url => set(&mut listing.url, context.absolute(text).unwrap_or_default()),
        FieldName::Title => set(&mut listing.title, text.to_owned()),
        FieldName::Description => set(&mut listing.description, own()),
        FieldName::Condition => set(&mut listing.condition_text, own()),
        FieldName::Seller => set(&mut listing.seller, own()),
        FieldName::Location => set(&mut listing.location, own()),
        FieldName::Brand => set(&mut listing.stated.brand, own()),
        FieldName::Reference => set(&mut listing.stated.reference, own()),
        FieldName::Sold => set(&mut listing.state, SaleState::Sold),
    };
    if !was_read {
        let message = if name.is_price() {
            format!("cannot read `{text}`: set `currency` if it names none")
        } else {
            format!("`{text}` is no address")
        };
        listing.warnings.push(Warning { field: name.word().to_owned(), message });
    }
}

/// Puts a value that counts as read whatever it is.
fn set<T>(field: &mut T, value: T) -> bool {
    *field = value;
    true
}

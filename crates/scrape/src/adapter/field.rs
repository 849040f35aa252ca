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
        match self {
            FieldName::Price | FieldName::PriceWas | FieldName::Shipping => true,
            FieldName::Id
            | FieldName::Url
            | FieldName::Title
            | FieldName::Description
            | FieldName::Condition
            | FieldName::Seller
            | FieldName::Location
            | FieldName::Image
            | FieldName::Brand
            | FieldName::Reference
            | FieldName::Sold => false,
        }
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
    match name {
        FieldName::Id => listing.id = text.to_owned(),
        FieldName::Url => listing.url = context.absolute(text).unwrap_or_default(),
        FieldName::Title => listing.title = text.to_owned(),
        FieldName::Price => {
            listing.price = money(text, currency);
            listing.price_text = own();
        }
        FieldName::PriceWas => listing.price_was = money(text, currency),
        FieldName::Shipping => {
            listing.shipping = money(text, currency);
            listing.shipping_text = own();
        }
        FieldName::Description => listing.description = own(),
        FieldName::Condition => listing.condition_text = own(),
        FieldName::Seller => listing.seller = own(),
        FieldName::Location => listing.location = own(),
        FieldName::Image => {
            listing.image = context.absolute(text);
            listing.photos = listing.image.iter().cloned().collect();
        }
        FieldName::Brand => listing.stated.brand = own(),
        FieldName::Reference => listing.stated.reference = own(),
        FieldName::Sold => listing.state = SaleState::Sold,
    }
    let unread = match name {
        FieldName::Price => listing.price.is_none(),
        FieldName::PriceWas => listing.price_was.is_none(),
        FieldName::Shipping => listing.shipping.is_none(),
        FieldName::Image => listing.image.is_none(),
        FieldName::Id
        | FieldName::Url
        | FieldName::Title
        | FieldName::Description
        | FieldName::Condition
        | FieldName::Seller
        | FieldName::Location
        | FieldName::Brand
        | FieldName::Reference
        | FieldName::Sold => false,
    };
    if unread {
        let message = match name.is_price() {
            true => format!("cannot read `{text}`: set `currency` if it names none"),
            false => format!("`{text}` is no address"),
        };
        listing.warnings.push(Warning { field: name.word().to_owned(), message });
    }
}

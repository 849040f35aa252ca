//! Kleinanzeigen's German words: prices, states, tags.

use watches_core::{
    listing::{
        extracted::{Extracted, SaleState, Warning},
        price_text::read_price,
    },
    money::{Currency, Money},
};

/// Whether a text is a price as this market writes it: `8.500 €`, `8.500 € VB`, `VB`, `Zu verschenken`.
pub(super) fn is_price(text: &str) -> bool {
    let has_digit = text.contains(|letter: char| letter.is_ascii_digit());
    let amount = text.len() < 32 && has_digit && text.contains('€');
    amount || text == "VB" || text == "Zu verschenken"
}

/// The amount; none for `VB` alone, nought for a gift.
pub(super) fn add_price(listing: &mut Extracted, text: String) {
    let gift = text == "Zu verschenken";
    let read = read_price(&text, None).money(Some(Currency::EUR));
    listing.price = if gift { Some(Money::new(0, Currency::EUR)) } else { read };
    if listing.price.is_none() && text != "VB" {
        let message = format!("cannot read `{text}`");
        listing.warnings.push(Warning { field: "price".to_owned(), message });
    }
    listing.price_text = Some(text);
}

/// A tag or the head of a title that says the ad is over or promised.
pub(super) fn state(text: &str) -> Option<SaleState> {
    match text.trim_matches([' ', '•', '·']).to_lowercase().as_str() {
        "reserviert" => Some(SaleState::Reserved),
        "verkauft" => Some(SaleState::Sold),
        "gelöscht" | "deaktiviert" => Some(SaleState::Ended),
        _ => None,
    }
}

/// A tag of somebody who wants to buy.
pub(super) fn is_wanted(text: &str) -> bool {
    matches!(text, "Gesuch" | "Gesucht" | "Suche")
}

/// A line about delivery: `Versand möglich`, `Nur Abholung`, `+ Versand ab 5,49 €`.
pub(super) fn is_shipping(text: &str) -> bool {
    let small = text.to_lowercase();
    text.len() < 80 && (small.contains("versand") || small.contains("abholung"))
}

/// Adds a line about delivery, and its cost where it names one.
pub(super) fn add_shipping(listing: &mut Extracted, line: String) {
    let has_digit = line.contains(|letter: char| letter.is_ascii_digit());
    let cost = has_digit.then(|| read_price(&line, None).money(Some(Currency::EUR)));
    listing.shipping = cost.flatten();
    listing.shipping_text = Some(line);
}

/// A place begins with a German postcode: `10627 Charlottenburg`; the distance after it is cut.
pub(super) fn place(text: &str) -> Option<String> {
    let digits = text.bytes().take_while(u8::is_ascii_digit).count();
    let place = text.split(" (").next().unwrap_or(text).trim();
    (digits == 5 && place.len() > 6).then(|| place.to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(text: &str, expected: Option<i64>) {
        let mut listing = Extracted::new("kleinanzeigen", "1", "https://x.test/", "Uhr");
        assert!(is_price(text), "{text}");
        add_price(&mut listing, text.to_owned());
        assert_eq!(listing.price.map(|price| price.minor), expected, "{text}");
        assert_eq!(listing.warnings, []);
    }

    #[test]
    fn prices_are_read_as_written_here() {
        check("8.500 €", Some(850_000));
        check("8.500 € VB", Some(850_000));
        check("VB", None);
        check("Zu verschenken", Some(0));
        assert!(!is_price("Rolex für 8.500 € abzugeben, gern auch Tausch"));
    }

    #[test]
    fn places_and_states_are_known() {
        assert_eq!(place("10627 Charlottenburg (4 km)").as_deref(), Some("10627 Charlottenburg"));
        assert_eq!(place("Heute, 09:09"), None);
        assert_eq!(state("Reserviert • "), Some(SaleState::Reserved));
        assert!(is_shipping("Versand möglich") && !is_shipping("Rolex"));
    }
}

//! The words by which a line of a saved-search mail is told to be a price, a button, a place or a title.

use watches_core::listing::price_text::read_price;

use crate::sites::{country, ebay};

/// A longer line is a sentence, not a price.
const LONGEST_PRICE: usize = 60;

/// Buttons and headings, in small letters: a line that begins so is no title.
const BUTTONS: [&str; 64] = [
    "view ",
    "see ",
    "show ",
    "shop ",
    "buy ",
    "open ",
    "go to ",
    "more ",
    "details",
    "contact",
    "message ",
    "new listing",
    "new result",
    "just listed",
    "buy it now",
    "best offer",
    "or best",
    "free ",
    "top rated",
    "sponsored",
    "unsubscribe",
    "manage",
    "help",
    "privacy",
    "edit ",
    "zum ",
    "zur ",
    "jetzt ",
    "alle ",
    "mehr ",
    "ansehen",
    "anzeige ",
    "angebot ",
    "sofort-kaufen",
    "sofort kaufen",
    "preisvorschlag",
    "neue ",
    "neu eingestellt",
    "kostenlos",
    "abmelden",
    "abbestellen",
    "suchauftrag",
    "hilfe",
    "datenschutz",
    "nachricht ",
    "voir ",
    "afficher",
    "acheter",
    "consulter",
    "achat immédiat",
    "nouvel",
    "se désabonner",
    "vedi ",
    "visualizza",
    "mostra",
    "compralo subito",
    "annulla",
    "ver ",
    "mostrar",
    "¡cómpralo",
    "cómpralo",
    "bekijk",
    "toon ",
    "nu kopen",
];

/// In a subject: it is about a deal or a talk, so its listings need not be for sale. With what it is about.
const OTHER_BUSINESS: [(&str, &[&str]); 5] = [
    (
        "an order",
        &[
            "order confirm",
            "your order",
            "bestellung",
            "auftragsbestätigung",
            "commande",
            "ordine",
            "pedido",
            "bestelling",
            "you won",
            "gekauft",
            "purchase",
            "checkout",
        ],
    ),
    (
        "a parcel or a payment",
        &[
            "shipped",
            "delivered",
            "versandt",
            "versendet",
            "zugestellt",
            "invoice",
            "rechnung",
            "payment",
            "zahlung",
            "refund",
            "erstattung",
            "facture",
            "fattura",
            "factura",
        ],
    ),
    (
        "a sale that is over",
        &[
            "has ended",
            "beendet",
            "sold",
            "verkauft",
            "vendu",
            "venduto",
            "vendido",
            "outbid",
            "überboten",
        ],
    ),
    (
        "a message",
        &[
            "sent you a message",
            "new message",
            "nachricht von",
            "neue nachricht",
            "antwort auf",
            "nouveau message",
            "nuovo messaggio",
            "nuevo mensaje",
        ],
    ),
    (
        "an account",
        &["password", "passwort", "mot de passe", "verification code", "sicherheitscode"],
    ),
];

/// What a subject speaks of when it is not a search.
pub(super) fn other_business(subject: &str) -> Option<&'static str> {
    let small = subject.to_lowercase();
    let about = |words: &&[&str]| words.iter().any(|word| small.contains(word));
    OTHER_BUSINESS.iter().find(|(_, words)| about(words)).map(|(what, _)| *what)
}

/// An amount with its currency and little else.
pub(super) fn is_price(line: &str) -> bool {
    if line.len() > LONGEST_PRICE || is_shipping(line) {
        return false;
    }
    let read = read_price(line, None);
    let letters = line.chars().filter(|letter| letter.is_alphabetic()).count();
    read.amount.is_some() && read.symbol.is_some() && letters <= 24
}

/// Asking for offers, without an amount: `VB`, `Price on request`.
pub(super) fn is_no_price(line: &str) -> bool {
    const WORDS: [&str; 10] = [
        "vb",
        "price on request",
        "preis auf anfrage",
        "prix sur demande",
        "prezzo su richiesta",
        "precio a consultar",
        "prijs op aanvraag",
        "zu verschenken",
        "tausch",
        "auf anfrage",
    ];
    WORDS.contains(&&*line.to_lowercase())
}

pub(super) fn is_shipping(line: &str) -> bool {
    line.len() < 120 && ebay::words::is_shipping(line)
}

/// Starts like a button or a heading.
pub(super) fn is_button(line: &str) -> bool {
    let small = line.to_lowercase();
    line.chars().count() < 48
        && BUTTONS.iter().any(|word| small.starts_with(word) || small == word.trim())
}

/// How many bids: `3 bids`, `0 Gebote`, `1 enchère`.
pub(super) fn bids(line: &str) -> Option<u32> {
    const WORDS: [&str; 8] =
        ["bid", "gebot", "enchère", "offert", "puja", "bod", "biedingen", "ofert"];
    let (number, word) = line.trim().split_once(' ')?;
    let small = word.trim().to_lowercase();
    let named = small.len() < 24 && WORDS.iter().any(|word| small.starts_with(word));
    number.parse().ok().filter(|_| named)
}

/// `10115 Berlin Mitte`: a German postcode and a place.
pub(super) fn is_german_place(line: &str) -> bool {
    let Some((code, place)) = line.split_once(' ') else { return false };
    code.len() == 5
        && code.bytes().all(|byte| byte.is_ascii_digit())
        && line.len() < 80
        && place.chars().next().is_some_and(char::is_alphabetic)
}

/// The country that a line names and nothing else.
pub(super) fn country(line: &str) -> Option<String> {
    // Two capitals alone are a country's code only where a page says so.
    if line.len() < 3 || line.len() > 40 { None } else { country::code(line) }
}

/// Letters enough to name a watch, and none of the other things a line can be.
pub(super) fn is_title(line: &str) -> bool {
    let letters = line.chars().filter(|letter| letter.is_alphabetic()).count();
    letters >= 4
        && line.len() <= 400
        && !is_price(line)
        && !is_no_price(line)
        && !is_button(line)
        && !is_shipping(line)
        && !is_german_place(line)
        && bids(line).is_none()
        && !line.contains("://")
        && country(line).is_none()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(line: &str, expected: &str) {
        let kind = match () {
            () if is_price(line) => "price",
            () if is_shipping(line) => "shipping",
            () if bids(line).is_some() => "bids",
            () if is_german_place(line) => "place",
            () if country(line).is_some() => "country",
            () if is_title(line) => "title",
            () => "",
        };
        assert_eq!(kind, expected, "{line}");
    }

    #[test]
    fn lines_are_told_apart() {
        check("8.500 € VB", "price");
        check("US $12,500.00", "price");
        check("EUR 7.950,00 Sofort-Kaufen", "price");
        check("CHF 9'800", "price");
        check("+ EUR 9,90 Versand", "shipping");
        check("Free shipping", "shipping");
        check("3 Gebote", "bids");
        check("10115 Berlin Mitte", "place");
        check("Deutschland", "country");
        check("Rolex Submariner Date 126610LN full set 2023", "title");
        check("Omega Speedmaster 310.30.42.50.01.001", "title");
        check("Jetzt ansehen", "");
        check("View item", "");
        check("VB", "");
    }

    #[test]
    fn a_deal_is_no_search() {
        assert_eq!(other_business("Ihre Bestellung: Rolex"), Some("an order"));
        assert_eq!(other_business("Your item has ended"), Some("a sale that is over"));
        assert_eq!(other_business("12 neue Anzeigen für \"Rolex\""), None);
        assert_eq!(other_business("New results: rolex submariner"), None);
    }
}

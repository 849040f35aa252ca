//! The words of eBay's country sites that tell one line of a card from another.

use std::sync::LazyLock;

use aho_corasick::AhoCorasick;
use watches_core::{
    listing::{
        extracted::{SaleState, Stated},
        price_text::read_price,
    },
    money::{Currency, Money},
    time::Span,
};

/// Between the two ends of a price range.
const RANGE: [&str; 9] = ["to", "bis", "à", "a", "-", "–", "tot", "do", "al"];

/// In a line about shipping, in small letters.
const SHIPPING: [&str; 18] = [
    "delivery",
    "shipping",
    "postage",
    "versand",
    "lieferung",
    "livraison",
    "envoi",
    "spedizione",
    "consegna",
    "envío",
    "entrega",
    "verzend",
    "bezorg",
    "dostaw",
    "wysyłk",
    "local pickup",
    "abholung",
    "ritiro",
];

/// A returned parcel is not a delivered one, nor is what customs take.
const RETURNS: [&str; 7] =
    ["return", "rückversand", "rücknahme", "retour", "restituzion", "devoluc", "customs"];

/// Shipping that costs nothing, in small letters.
const FREE: [&str; 9] = [
    "free",
    "kostenlos",
    "gratis",
    "gratuit",
    "darmow",
    "bezpłat",
    "sans frais",
    "pickup",
    "abholung",
];

/// Before the place, longest first.
const PLACE: [&str; 16] = [
    "located in:",
    "located in",
    "standort:",
    "artikelstandort:",
    "provenance :",
    "lieu :",
    "luogo:",
    "ubicación:",
    "from ",
    "aus ",
    "desde ",
    "da: ",
    "da ",
    "de ",
    "uit ",
    "z ",
];

pub(super) fn is_range_word(text: &str) -> bool {
    RANGE.contains(&text.trim())
}

pub(crate) fn is_shipping(line: &str) -> bool {
    let small = line.to_lowercase();
    let mut shipping = line.starts_with('+');
    // Every place where one of the words stands, in one pass: a card has many lines that hold none.
    for found in WORDS_OF_SHIPPING.find_overlapping_iter(&small) {
        if found.pattern().as_usize() >= SHIPPING.len() {
            return false;
        }
        shipping = true;
    }
    shipping
}

/// [`FREE`].
static WORDS_OF_FREE: LazyLock<AhoCorasick> =
    LazyLock::new(|| AhoCorasick::new(FREE).expect("a few short words"));

/// [`SHIPPING`], then [`RETURNS`].
static WORDS_OF_SHIPPING: LazyLock<AhoCorasick> = LazyLock::new(|| {
    AhoCorasick::new(SHIPPING.iter().chain(&RETURNS)).expect("two dozen short words")
});

/// What shipping costs: nothing where it is free, `None` where the line names no price.
pub(crate) fn shipping_cost(line: &str, hint: Currency) -> Option<Money> {
    let small = line.to_lowercase();
    if WORDS_OF_FREE.is_match(&small) {
        return Some(Money::new(0, hint));
    }
    // Without a sign a number is a day: `delivery in 2-4 days`.
    let read = read_price(line, None);
    read.symbol.and_then(|_| read.money(Some(hint)))
}

/// The place that a line names: `Located in Japan`, `aus Großbritannien`.
pub(crate) fn place(line: &str) -> Option<&str> {
    let first = line.as_bytes().first()?.to_ascii_lowercase();
    let prefix = PLACE.iter().find(|prefix| {
        prefix.as_bytes().first() == Some(&first)
            && line.get(..prefix.len()).is_some_and(|start| start.to_lowercase() == **prefix)
    })?;
    let place = line[prefix.len()..].trim();
    let named =
        !place.is_empty() && place.len() < 80 && !place.contains(|c: char| c.is_ascii_digit());
    named.then_some(place)
}

/// What a line or caption says about the sale's end.
pub(super) fn state(text: &str) -> Option<SaleState> {
    const SOLD: [&str; 8] = [
        "sold",
        "verkauft",
        "vendu",
        "venduto",
        "vendido",
        "verkocht",
        "sprzedano",
        "best offer accepted",
    ];
    const ENDED: [&str; 6] =
        ["ended", "beendet", "terminé", "terminato", "finalizado", "zakończon"];
    let small = text.trim().to_lowercase();
    if SOLD.iter().any(|word| small.starts_with(word)) {
        return Some(SaleState::Sold);
    }
    ENDED.iter().any(|word| small.starts_with(word)).then_some(SaleState::Ended)
}

/// The time left: `4d 6h`, `Noch 3T 12Std`, `38s left`. `None` where no unit is known.
pub(super) fn time_left(text: &str) -> Option<Span> {
    let mut total = Span(0);
    let mut number: Option<i64> = None;
    let mut seen = false;
    for part in text.split_whitespace().take(12) {
        let digits = part.bytes().take_while(u8::is_ascii_digit).count();
        let unit = if digits > 0 {
            number = part[..digits].parse().ok();
            &part[digits..]
        } else {
            part
        };
        if let (Some(count), false) = (number, unit.is_empty()) {
            let seconds = unit_seconds(unit)?.checked_mul(count)?;
            total = Span(total.0.checked_add(Span::seconds(seconds).0)?);
            number = None;
            seen = true;
        }
    }
    seen.then_some(total)
}

fn unit_seconds(unit: &str) -> Option<i64> {
    match unit.trim_end_matches(['.', ',']).to_lowercase().as_str() {
        "s" | "sek" | "sec" | "seconds" | "sekunden" => Some(1),
        "m" | "min" | "minutes" | "minuten" => Some(60),
        "h" | "std" | "hours" | "stunden" | "g." | "u" => Some(3_600),
        "d" | "t" | "day" | "days" | "tag" | "tage" | "j" | "g" => Some(86_400),
        _ => None,
    }
}

/// eBay's number for the condition, from the first part of the line under the title.
pub(super) fn condition_code(line: &str) -> Option<String> {
    let term = line.split(['·', '|']).next().unwrap_or_default().trim().to_lowercase();
    let code = match term.as_str() {
        "new" | "brand new" | "new with tags" | "neu" | "neu mit etikett" | "neuf" | "nuovo"
        | "nuevo" | "nieuw" | "nowy" => 1000,
        "new (other)" | "new other" | "open box" | "new without tags" | "neu: sonstige"
        | "neu (sonstige)" | "neu ohne etikett" | "neuwertig" | "neuf (autre)"
        | "nuovo (altro)" | "nuevo (otro)" => 1500,
        "new with defects" | "neu mit fehlern" => 1750,
        "certified - refurbished" | "zertifiziert - refurbished" => 2000,
        "excellent - refurbished" | "hervorragend - refurbished" => 2010,
        "very good - refurbished" | "sehr gut - refurbished" => 2020,
        "good - refurbished" | "gut - refurbished" => 2030,
        "refurbished" | "seller refurbished" | "vom verkäufer generalüberholt" => 2500,
        "pre-owned" | "used" | "gebraucht" | "occasion" | "d'occasion" | "usato"
        | "di seconda mano" | "usado" | "de segunda mano" | "tweedehands" | "używany" => 3000,
        "parts only"
        | "for parts or not working"
        | "for parts"
        | "als ersatzteil"
        | "als ersatzteil / defekt"
        | "nur ersatzteile"
        | "pour pièces"
        | "solo parti"
        | "solo piezas" => 7000,
        _ => return None,
    };
    Some(format!("ebay:{code}"))
}

/// Puts an item specific where it belongs, by its label in English or German.
pub(super) fn state_fact(stated: &mut Stated, label: &str, value: &str) {
    let small = label.trim().trim_end_matches(':').to_lowercase();
    let text = || Some(value.to_owned());
    match small.as_str() {
        "brand" | "marke" | "marque" | "marca" => stated.brand = text(),
        "model" | "modell" | "modèle" | "modello" | "modelo" => stated.model = text(),
        "reference number" | "referenznummer" | "numéro de référence" | "numero di riferimento" =>
        {
            stated.reference = text();
        }
        "year manufactured"
        | "herstellungsjahr"
        | "année de fabrication"
        | "anno di produzione" => {
            stated.year = value.get(..4).and_then(|year| year.parse().ok());
        }
        "case material" | "gehäusematerial" => stated.material = text(),
        "case size" | "gehäusegröße" => stated.diameter_mm = crate::sites::millimetres(value),
        "with original box/packaging" | "originalverpackung" => {
            add_scope(stated, "original box", value)
        }
        "with papers" | "with original papers" | "originalpapiere" | "mit papieren" => {
            add_scope(stated, "original papers", value);
        }
        _ => {}
    }
}

/// Yes and no become the words that every market's scope of delivery uses.
fn add_scope(stated: &mut Stated, part: &str, answer: &str) {
    let word = match answer.trim().to_lowercase().as_str() {
        "yes" | "ja" | "oui" | "sì" | "sí" => part.to_owned(),
        "no" | "nein" | "non" => format!("no {part}"),
        _ => return,
    };
    stated.scope = Some(match stated.scope.take() {
        Some(scope) => format!("{scope}, {word}"),
        None => word,
    });
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check_left(text: &str, seconds: Option<i64>) {
        assert_eq!(time_left(text).map(Span::as_seconds), seconds, "{text}");
    }

    #[test]
    fn time_left_is_read_in_the_units_of_the_page() {
        check_left("4d 6h left", Some(367_200));
        check_left("Noch 1T 2Std", Some(93_600));
        check_left("38s left", Some(38));
        check_left("2m", Some(120));
        check_left("Ends in 2d 5h", Some(190_800));
        check_left("Ended", None);
        check_left("99999999999999999d", None);
    }

    #[test]
    fn lines_are_told_apart_by_their_words() {
        assert!(is_shipping("+EUR 10,24 Lieferung"));
        assert!(is_shipping("Free delivery"));
        assert!(!is_shipping("Free returns"));
        assert!(!is_shipping("Customs services and international tracking provided"));
        assert_eq!(place("aus Großbritannien"), Some("Großbritannien"));
        assert_eq!(place("Located in United States"), Some("United States"));
        assert_eq!(place("Buy It Now"), None);
        let cost = |line| shipping_cost(line, Currency::USD).map(|money| money.minor);
        assert_eq!(cost("+$5.40 delivery in 2-4 days"), Some(540));
        assert_eq!(cost("Free delivery"), Some(0));
        assert_eq!(cost("Shipping not specified"), None);
        assert_eq!(cost("Delivery in 2-4 days"), None);
        assert_eq!(state("Ended  Oct 27, 2025"), Some(SaleState::Ended));
        assert_eq!(state("Verkauft 3. Okt. 2026"), Some(SaleState::Sold));
    }
}

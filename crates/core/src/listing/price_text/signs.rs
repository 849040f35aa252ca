//! Currency signs as shops write them, and the ISO 4217 code of those that name one currency.
//!
//! `strong` signs count wherever they stand in a text; weak ones (short letters that are also words)
//! only beside a number, or alone. A sign shared by several currencies (`$`, `kr`) has no code.

use std::sync::LazyLock;

pub(super) use super::sign_table::Sign;
use super::sign_table::{SIGNS, shared, strong, weak};

/// ISO 4217 codes and the retired ones still seen in old shops.
const CODES: &[&str] = &[
    "AED", "AFN", "AMD", "ANG", "AOA", "ARS", "ATS", "AUD", "AWG", "AZN", "BAM", "BBD", "BDT",
    "BEF", "BGN", "BHD", "BIF", "BMD", "BND", "BOB", "BRL", "BSD", "BTC", "BTN", "BWP", "BYN",
    "BYR", "BZD", "CAD", "CDF", "CHF", "CLP", "CNY", "COP", "CRC", "CUC", "CVE", "CZK", "DEM",
    "DJF", "DKK", "DOP", "DZD", "EEK", "EGP", "ERN", "ESP", "ETB", "EUR", "FJD", "FKP", "FRF",
    "GBP", "GEL", "GHS", "GIP", "GMD", "GNF", "GTQ", "GYD", "HKD", "HNL", "HRK", "HTG", "HUF",
    "IDR", "IEP", "ILS", "INR", "IQD", "IRR", "ISK", "ITL", "JMD", "JOD", "JPY", "KES", "KGS",
    "KHR", "KMF", "KPW", "KRW", "KWD", "KYD", "KZT", "LAK", "LBP", "LKR", "LRD", "LSL", "LTL",
    "LUF", "LVL", "LYD", "MAD", "MDL", "MGA", "MKD", "MMK", "MNT", "MOP", "MRO", "MRU", "MUR",
    "MVR", "MWK", "MXN", "MYR", "MZN", "NAD", "NGN", "NIO", "NLG", "NOK", "NPR", "NZD", "OMR",
    "PAB", "PGK", "PHP", "PKR", "PLN", "PTE", "PYG", "QAR", "RMB", "ROL", "RON", "RSD", "RUB",
    "RUR", "RWF", "SAR", "SBD", "SCR", "SDG", "SEK", "SGD", "SIT", "SKK", "SLL", "SOS", "SRD",
    "STD", "SVC", "SYP", "SZL", "THB", "TJS", "TMT", "TND", "TRL", "TTD", "TWD", "TZS", "UAH",
    "UGX", "USD", "UYU", "UZS", "VEF", "VES", "VND", "VUV", "WST", "XAF", "XCD", "XOF", "XPF",
    "YER", "ZAR", "ZMW", "ZWL",
];

/// Codes that are also words in capitals: they count beside a number only.
const CODES_LIKE_WORDS: &[&str] = &["ALL", "CUP", "MUR", "PEN", "TOP", "TRY"];

/// Codes that people write in small letters too.
const SMALL_CODES: &[&str] = &[
    "AED", "AUD", "CAD", "CHF", "CNY", "CZK", "DKK", "EUR", "GBP", "HKD", "HUF", "INR", "JPY",
    "KRW", "MKD", "MXN", "NOK", "NZD", "PLN", "RUB", "SEK", "SGD", "THB", "TWD", "UAH", "USD",
    "VND",
];

/// The letters of an ISO 4217 code.
const CODE: usize = 3;

/// The longest sign in characters; nothing longer needs to be looked up.
pub(super) const LONGEST: usize = 12;

/// The sign that is exactly this text.
pub(super) fn sign(text: &str) -> Option<Sign> {
    // The three most frequent first: a results page holds a hundred prices.
    match text {
        "€" => return Some(strong("€", "EUR")),
        "$" => return Some(shared("$")),
        "£" => return Some(strong("£", "GBP")),
        _ => {}
    }
    if text.len() > longest_with(text.chars().next()?) {
        return None;
    }
    code(text).or_else(|| {
        let at = SORTED.binary_search_by(|known| known.text.cmp(text)).ok()?;
        SORTED.get(at).copied()
    })
}

/// [`SIGNS`] in the order of their texts, for search by halves.
static SORTED: LazyLock<Vec<Sign>> = LazyLock::new(|| {
    let mut signs = SIGNS.to_vec();
    signs.sort_by_key(|known| known.text);
    signs
});

/// The bytes of the longest sign that begins with each ASCII letter: most words are passed over by it.
static LONGEST_BY_LETTER: LazyLock<[u8; 128]> = LazyLock::new(|| {
    let mut longest = [0; 128];
    for known in SIGNS {
        let first = known.text.as_bytes().first().copied().unwrap_or(u8::MAX);
        if let Some(known_longest) = longest.get_mut(usize::from(first)) {
            let length = u8::try_from(known.text.len()).unwrap_or(u8::MAX);
            *known_longest = length.max(*known_longest);
        }
    }
    longest
});

/// The bytes of the longest sign that begins with this character, codes among them.
pub(super) fn longest_with(first: char) -> usize {
    let known = usize::try_from(u32::from(first)).ok().and_then(|at| LONGEST_BY_LETTER.get(at));
    known.map_or(usize::MAX, |longest| usize::from(*longest).max(CODE))
}

/// Whether a sign may begin with this character: most of a text is passed over by it.
pub(super) fn may_begin(letter: char) -> bool {
    letter == '$' || !letter.is_ascii() || letter.is_ascii_alphabetic()
}

fn code(text: &str) -> Option<Sign> {
    if text.len() != CODE || !text.bytes().all(|byte| byte.is_ascii_alphabetic()) {
        return None;
    }
    if let Ok(at) = CODES.binary_search(&text) {
        return Some(strong(CODES[at], if CODES[at] == "RMB" { "CNY" } else { CODES[at] }));
    }
    if let Some(found) = CODES_LIKE_WORDS.iter().find(|known| **known == text) {
        return Some(weak(found, found));
    }
    let small = text.bytes().all(|byte| byte.is_ascii_lowercase());
    let found = SMALL_CODES.iter().find(|known| small && known.eq_ignore_ascii_case(text))?;
    Some(weak(found, found))
}

/// Whether the sign begins or ends like a word, so that a letter beside it makes it another word.
pub(super) fn is_word_letter(letter: char) -> bool {
    letter.is_alphabetic()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn codes_are_sorted_and_no_sign_is_longer_than_we_look() {
        assert!(CODES.is_sorted());
        assert!(SIGNS.iter().all(|known| known.text.starts_with(may_begin)));
        assert!(SIGNS.iter().all(|known| known.text.chars().count() <= LONGEST));
    }

    #[test]
    fn a_sign_is_found_by_its_exact_text() {
        assert_eq!(sign("zł").and_then(|found| found.code), Some("PLN"));
        assert_eq!(sign("$").map(|found| found.code), Some(None));
        assert_eq!(sign("ABC"), None);
        assert_eq!(sign("chf").map(|found| found.strong), Some(false));
    }
}

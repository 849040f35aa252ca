//! Currency signs as shops write them, and the ISO 4217 code of those that name one currency.
//!
//! `strong` signs count wherever they stand in a text; weak ones (short letters that are also words)
//! only beside a number, or alone. A sign shared by several currencies (`$`, `kr`) has no code.

use std::sync::LazyLock;

/// One way to write a currency.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Sign {
    pub text: &'static str,
    /// `None` where several currencies share the sign.
    pub code: Option<&'static str>,
    pub strong: bool,
}

const fn strong(text: &'static str, code: &'static str) -> Sign {
    Sign { text, code: Some(code), strong: true }
}

const fn shared(text: &'static str) -> Sign {
    Sign { text, code: None, strong: true }
}

const fn weak(text: &'static str, code: &'static str) -> Sign {
    Sign { text, code: Some(code), strong: false }
}

const fn weak_shared(text: &'static str) -> Sign {
    Sign { text, code: None, strong: false }
}

/// Sources: ISO 4217 and the signs in common use with each currency.
const SIGNS: &[Sign] = &[
    strong("€", "EUR"),
    shared("$"),
    strong("£", "GBP"),
    strong("￡", "GBP"),
    shared("₤"),
    shared("¥"),
    shared("￥"),
    strong("₩", "KRW"),
    strong("￦", "KRW"),
    strong("฿", "THB"),
    strong("₽", "RUB"),
    strong("₹", "INR"),
    shared("₨"),
    strong("₪", "ILS"),
    strong("₫", "VND"),
    strong("₴", "UAH"),
    strong("₺", "TRY"),
    strong("₸", "KZT"),
    strong("₼", "AZN"),
    strong("₾", "GEL"),
    strong("₱", "PHP"),
    strong("₦", "NGN"),
    strong("₡", "CRC"),
    strong("₲", "PYG"),
    strong("₭", "LAK"),
    strong("₮", "MNT"),
    strong("₵", "GHS"),
    strong("GH₵", "GHS"),
    strong("GH¢", "GHS"),
    strong("₣", "CHF"),
    strong("៛", "KHR"),
    strong("৳", "BDT"),
    strong("؋", "AFN"),
    strong("﷼", "IRR"),
    strong("֏", "AMD"),
    strong("₿", "BTC"),
    strong("Ƀ", "BTC"),
    strong("ლ", "GEL"),
    strong("ரூ", "LKR"),
    strong("N₨", "NPR"),
    strong("SL₨", "LKR"),
    // Dollars and their kin with letters.
    strong("US$", "USD"),
    strong("US $", "USD"),
    strong("U$S", "USD"),
    strong("USD$", "USD"),
    strong("A$", "AUD"),
    strong("AU$", "AUD"),
    strong("AU $", "AUD"),
    strong("AUD$", "AUD"),
    strong("C$", "CAD"),
    strong("CA$", "CAD"),
    strong("CDN$", "CAD"),
    strong("Can$", "CAD"),
    strong("CAD$", "CAD"),
    strong("NZ$", "NZD"),
    strong("NZD$", "NZD"),
    strong("HK$", "HKD"),
    strong("HKD$", "HKD"),
    strong("S$", "SGD"),
    strong("SG$", "SGD"),
    strong("SGD$", "SGD"),
    strong("NT$", "TWD"),
    strong("NTD$", "TWD"),
    strong("MX$", "MXN"),
    strong("Mex$", "MXN"),
    strong("MXN$", "MXN"),
    strong("R$", "BRL"),
    strong("AR$", "ARS"),
    strong("CL$", "CLP"),
    strong("COL$", "COP"),
    strong("CO$", "COP"),
    strong("$U", "UYU"),
    strong("$b", "BOB"),
    strong("RD$", "DOP"),
    strong("TT$", "TTD"),
    strong("J$", "JMD"),
    strong("BZ$", "BZD"),
    strong("B$", "BND"),
    strong("BD$", "BMD"),
    strong("Bds$", "BBD"),
    strong("EC$", "XCD"),
    strong("FJ$", "FJD"),
    strong("G$", "GYD"),
    strong("GY$", "GYD"),
    strong("L$", "LRD"),
    strong("LD$", "LRD"),
    strong("N$", "NAD"),
    strong("SI$", "SBD"),
    strong("Sr$", "SRD"),
    strong("T$", "TOP"),
    strong("WS$", "WST"),
    strong("Z$", "ZWL"),
    strong("CUC$", "CUC"),
    strong("CI$", "KYD"),
    strong("MOP$", "MOP"),
    strong("BS$", "BSD"),
    strong("C$b", "NIO"),
    strong("CN¥", "CNY"),
    strong("JP¥", "JPY"),
    strong("円", "JPY"),
    strong("元", "CNY"),
    strong("圓", "TWD"),
    strong("人民币", "CNY"),
    strong("人民幣", "CNY"),
    strong("원", "KRW"),
    strong("บาท", "THB"),
    strong("E£", "EGP"),
    strong("£E", "EGP"),
    strong("LE", "EGP"),
    strong("£S", "SYP"),
    strong("LL", "LBP"),
    strong("S/.", "PEN"),
    strong("B/.", "PAB"),
    strong("Bs.F.", "VEF"),
    // Europe.
    strong("zł", "PLN"),
    strong("zl", "PLN"),
    strong("ZŁ", "PLN"),
    strong("Kč", "CZK"),
    strong("Kčs", "CZK"),
    strong("KČ", "CZK"),
    strong("kč", "CZK"),
    strong("Ft", "HUF"),
    weak("Sk", "SKK"),
    weak("lei", "RON"),
    weak("Lei", "RON"),
    weak("LEI", "RON"),
    weak("leu", "RON"),
    weak("TL", "TRY"),
    weak("kn", "HRK"),
    weak("KM", "BAM"),
    weak("Lek", "ALL"),
    weak("Lt", "LTL"),
    weak("Ls", "LVL"),
    weak("euro", "EUR"),
    weak("Euro", "EUR"),
    weak("EURO", "EUR"),
    weak("euros", "EUR"),
    weak("Euros", "EUR"),
    weak("stg", "GBP"),
    weak_shared("kr"),
    weak_shared("kr."),
    weak_shared("Kr"),
    weak_shared("Kr."),
    weak_shared("KR"),
    weak("Fr", "CHF"),
    weak("Fr.", "CHF"),
    weak("FR.", "CHF"),
    weak("SFr", "CHF"),
    weak("SFr.", "CHF"),
    weak("sFr.", "CHF"),
    weak("fr.", "CHF"),
    weak_shared("din"),
    weak_shared("din."),
    weak_shared("дин"),
    weak_shared("дин."),
    weak_shared("Дин"),
    weak_shared("ден"),
    weak_shared("ДЕН"),
    weak("км", "BAM"),
    strong("руб", "RUB"),
    strong("руб.", "RUB"),
    strong("РУБ", "RUB"),
    strong("Руб.", "RUB"),
    strong("Руб", "RUB"),
    strong("рублей", "RUB"),
    weak("р", "RUB"),
    weak("р.", "RUB"),
    weak("Р", "RUB"),
    weak("Р.", "RUB"),
    weak("Rbl", "RUB"),
    strong("грн", "UAH"),
    strong("грн.", "UAH"),
    strong("Грн", "UAH"),
    strong("ГРН", "UAH"),
    weak("лв", "BGN"),
    weak("лв.", "BGN"),
    weak("Br", "BYN"),
    weak("бел.руб.", "BYN"),
    weak("тг", "KZT"),
    weak("тг.", "KZT"),
    weak("тенге", "KZT"),
    weak("сом", "KGS"),
    weak("сум", "UZS"),
    weak("soʻm", "UZS"),
    weak("so'm", "UZS"),
    weak("ман", "AZN"),
    weak("ман.", "AZN"),
    weak("man.", "AZN"),
    weak("lari", "GEL"),
    weak("с", "KGS"),
    // Asia and Oceania.
    weak("Rp", "IDR"),
    weak("Rp.", "IDR"),
    weak("RM", "MYR"),
    weak_shared("Rs"),
    weak_shared("Rs."),
    weak_shared("RS"),
    weak("Re", "INR"),
    weak("INR.", "INR"),
    strong("đ", "VND"),
    strong("Đ", "VND"),
    strong("VNĐ", "VND"),
    strong("vnđ", "VND"),
    weak("PhP", "PHP"),
    weak("Php", "PHP"),
    weak("Tk", "BDT"),
    weak("Tk.", "BDT"),
    weak("Nu.", "BTN"),
    weak("Ks", "MMK"),
    weak("RF", "MVR"),
    weak("Rf.", "MVR"),
    weak("NT", "TWD"),
    weak("VT", "VUV"),
    weak("Vt", "VUV"),
    weak("nis", "ILS"),
    weak("NIS", "ILS"),
    strong("ש\"ח", "ILS"),
    strong("ש'ח", "ILS"),
    // The Middle East and Africa.
    weak("Dh", "AED"),
    weak("Dhs", "AED"),
    weak("Dhs.", "AED"),
    weak("DH", "MAD"),
    weak("SR", "SAR"),
    weak("QR", "QAR"),
    weak("KD", "KWD"),
    weak("BD", "BHD"),
    weak("JD", "JOD"),
    weak("DT", "TND"),
    weak("DA", "DZD"),
    weak("LD", "LYD"),
    weak("ID", "IQD"),
    strong("تومان", "IRT"),
    strong("ریال", "IRR"),
    strong("ريال", "SAR"),
    strong("درهم", "AED"),
    strong("جنيه", "EGP"),
    strong("دينار", "IQD"),
    strong("دينار كويتي", "KWD"),
    strong("د.ك", "KWD"),
    strong("د.إ", "AED"),
    strong("ر.س", "SAR"),
    strong("ر.ع", "OMR"),
    strong("ر.ق", "QAR"),
    strong("ع.د", "IQD"),
    strong("د.ع", "IQD"),
    strong("ل.د", "LYD"),
    strong("د.ل", "LYD"),
    strong("ل.س", "SYP"),
    strong("ل.ل", "LBP"),
    strong("ج.م", "EGP"),
    strong("ج.س", "SDG"),
    strong("ج.س.", "SDG"),
    strong("دج", "DZD"),
    strong("د.ت", "TND"),
    strong("د.م.", "MAD"),
    strong("نافكا", "ERN"),
    strong("ش.ص", "ILS"),
    weak("R", "ZAR"),
    weak("FCFA", "XOF"),
    weak("CFA", "XOF"),
    weak("KSh", "KES"),
    weak("KShs", "KES"),
    weak("Ksh", "KES"),
    weak("TSh", "TZS"),
    weak("USh", "UGX"),
    weak("Sh", "SOS"),
    weak("Birr", "ETB"),
    weak("FBu", "BIF"),
    weak("FRw", "RWF"),
    weak("RWF", "RWF"),
    weak("FG", "GNF"),
    weak("Fdj", "DJF"),
    weak("CF", "KMF"),
    weak("Kz", "AOA"),
    weak("MT", "MZN"),
    weak("MTn", "MZN"),
    weak("MK", "MWK"),
    weak("ZK", "ZMW"),
    weak("Le", "SLL"),
    weak("Ar", "MGA"),
    weak("UM", "MRU"),
    weak("Nfk", "ERN"),
    weak("Esc", "CVE"),
    weak("GBp", "GBX"),
    // The Americas.
    weak("Bs", "VES"),
    weak("Bs.", "VES"),
    weak("Q", "GTQ"),
    weak("Afl.", "AWG"),
    weak("Afl", "AWG"),
    weak("NAf", "ANG"),
    weak("Gs", "PYG"),
    weak("Gs.", "PYG"),
    weak("B/", "PAB"),
    weak("S/", "PEN"),
    weak("CND", "CAD"),
];

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

/// Whether a sign may begin with this character: most of a text is passed over by it.
pub(super) fn may_begin(letter: char) -> bool {
    letter == '$' || !letter.is_ascii() || letter.is_ascii_alphabetic()
}

fn code(text: &str) -> Option<Sign> {
    if text.len() != 3 || !text.bytes().all(|byte| byte.is_ascii_alphabetic()) {
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

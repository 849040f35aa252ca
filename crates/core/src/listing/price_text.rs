//! Price strings in any format -> an exact decimal and the currency's sign.
//!
//! The only reader of prices in texts: site readers, structured data and `watches price` all call
//! it. No floats; no locale is needed: `1.250,00 €`, `$1,250.00`, `CHF 1'250.–` and `1 250 Kč` all
//! say what their separators mean. What is ambiguous in itself (`$`) has no currency until a hint says.

mod number;
mod sign_table;
mod signs;

use std::borrow::Cow;

use self::{
    number::{Number, next_number},
    signs::{LONGEST, Sign, is_word_letter},
};
use crate::money::{Currency, Money};

/// What a price text says. Every part may be missing.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct PriceText<'a> {
    pub amount: Option<Amount>,
    /// The currency's sign as it stood in the text: `€`, `zł`, `EUR`.
    pub symbol: Option<&'a str>,
    /// The ISO 4217 code, where the sign (or another one beside it) names one currency.
    pub code: Option<&'static str>,
}

/// A decimal as written: `units / 10^scale`, never negative.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Amount {
    units: u64,
    scale: u8,
}

impl Amount {
    /// `None` beyond 18 digits after the point.
    pub const fn new(units: u64, scale: u8) -> Option<Amount> {
        if scale <= 18 { Some(Amount { units, scale }) } else { None }
    }

    /// In minor units of a currency, half up; `None` if it does not fit.
    pub fn money(self, currency: Currency) -> Option<Money> {
        let decimals = currency.decimals();
        let scale = u32::from(self.scale);
        let units = u128::from(self.units);
        let minor = if scale <= decimals {
            units.checked_mul(10_u128.pow(decimals - scale))?
        } else {
            let divisor = 10_u128.pow(scale - decimals);
            (units + divisor / 2) / divisor
        };
        i64::try_from(minor).ok().map(|minor| Money::new(minor, currency))
    }

    /// The plain decimal with the digits as written: `1250.00`.
    pub fn to_decimal(self) -> String {
        let scale = usize::from(self.scale);
        let digits = format!("{:0width$}", self.units, width = scale + 1);
        let (whole, fraction) = digits.split_at(digits.len() - scale);
        if fraction.is_empty() { whole.to_owned() } else { format!("{whole}.{fraction}") }
    }
}

impl PriceText<'_> {
    /// The amount in the currency that the text names, else in the hinted one.
    ///
    /// A shared sign (`$`, `kr`) takes the hint only if the hinted currency is written so.
    pub fn money(&self, hint: Option<Currency>) -> Option<Money> {
        let amount = self.amount?;
        let currency = match (self.code, self.symbol) {
            (Some(code), _) => code.parse().ok()?,
            (None, Some(symbol)) => hint.filter(|hinted| shares(symbol, *hinted))?,
            (None, None) => hint?,
        };
        amount.money(currency)
    }
}

/// Whether a sign that several currencies share can mean this one.
fn shares(symbol: &str, currency: Currency) -> bool {
    use Currency::{AUD, CAD, CNY, DKK, HKD, JPY, MXN, NOK, NZD, SEK, SGD, TWD, USD};
    match symbol {
        "$" => matches!(currency, USD | AUD | CAD | NZD | HKD | SGD | TWD | MXN),
        "¥" | "￥" => matches!(currency, JPY | CNY),
        "kr" | "kr." | "Kr" | "Kr." | "KR" => matches!(currency, SEK | NOK | DKK),
        _ => false,
    }
}

/// Reads a price; `currency_text` is where a page shows the currency apart from it.
pub fn read_price<'a>(text: &'a str, currency_text: Option<&'a str>) -> PriceText<'a> {
    let numbers = Numbers::of(text);
    let chosen = numbers.choose(text);
    let beside = chosen.map(|number| Beside::of(text, &number)).unwrap_or_default();
    let found = find_sign(text, currency_text, &beside);
    let amount = chosen.map(|number| with_cents_after_sign(text, number));
    PriceText {
        amount: amount.or_else(|| says_free(text).then_some(Amount { units: 0, scale: 0 })),
        symbol: found.map(|found| found.text),
        code: found.and_then(|found| found.sign.code).or_else(|| beside.other_code(currency_text)),
    }
}

/// A sign and where it stood.
#[derive(Debug, Clone, Copy)]
struct Found<'a> {
    text: &'a str,
    sign: Sign,
}

/// The signs directly before and after a number.
#[derive(Debug, Clone, Copy, Default)]
struct Beside<'a> {
    before: Option<Found<'a>>,
    after: Option<Found<'a>>,
}

impl<'a> Beside<'a> {
    fn of(text: &'a str, number: &Number) -> Beside<'a> {
        let before =
            text[..number.start].trim_end_matches([' ', '\u{a0}', ':', '\u{202f}', '\u{2009}']);
        let after = text[number.end..].trim_start_matches(is_filler);
        Beside { before: ending_sign(before), after: starting_sign(after) }
    }

    fn best(&self) -> Option<Found<'a>> {
        let strong = |found: &Found<'_>| found.sign.strong;
        let before = self.before.filter(strong);
        before.or(self.after.filter(strong)).or(self.before).or(self.after)
    }

    /// `$1,250 USD`: the sign is shared, the code on the other side or in the hint decides.
    fn other_code(&self, currency_text: Option<&str>) -> Option<&'static str> {
        let other = self.after.or(self.before).and_then(|found| found.sign.code);
        other.or_else(|| signs::sign(currency_text?.trim())?.code)
    }
}

/// Between a number and the sign after it: spaces, and the Swiss and Danish `.–` and `,-`.
fn is_filler(letter: char) -> bool {
    matches!(letter, ' ' | '\u{a0}' | '\u{202f}' | '\u{2009}' | ',' | '.' | '-' | '–' | '—')
}

/// The longest sign that ends the text and is a word of its own.
fn ending_sign(text: &str) -> Option<Found<'_>> {
    let starts = text.char_indices().rev().take(LONGEST).map(|(at, _)| at);
    let found = starts.filter_map(|at| {
        let clear = is_clear(text[..at].chars().next_back(), text[at..].chars().next());
        let sign = if clear { signs::sign(&text[at..])? } else { return None };
        Some(Found { text: &text[at..], sign })
    });
    found.last()
}

/// The longest sign that starts the text and is a word of its own.
fn starting_sign(text: &str) -> Option<Found<'_>> {
    let first = text.chars().next().filter(|first| signs::may_begin(*first))?;
    let longest = signs::longest_with(first);
    let ends = text.char_indices().take(LONGEST).map(|(at, letter)| at + letter.len_utf8());
    let ends = ends.take_while(|end| *end <= longest);
    let found = ends.filter_map(|end| {
        let clear = is_clear(text[end..].chars().next(), text[..end].chars().next_back());
        let sign = if clear { signs::sign(&text[..end])? } else { return None };
        Some(Found { text: &text[..end], sign })
    });
    found.last()
}

/// A letter may not touch a letter; `$` may.
fn is_clear(outside: Option<char>, edge: Option<char>) -> bool {
    !(outside.is_some_and(is_word_letter) && edge.is_some_and(is_word_letter))
}

fn find_sign<'a>(
    text: &'a str,
    currency_text: Option<&'a str>,
    beside: &Beside<'a>,
) -> Option<Found<'a>> {
    if let Some(found) = beside.best() {
        return Some(found);
    }
    let hint = currency_text.map(str::trim).unwrap_or_default();
    strong_anywhere(text).or_else(|| strong_anywhere(hint)).or_else(|| weak_in_hint(hint))
}

/// The first strong sign in a text, the longest where several begin.
fn strong_anywhere(text: &str) -> Option<Found<'_>> {
    let mut before = None;
    // A hint is a short text; a long one is a page's sentence and says nothing about the currency.
    for (at, letter) in text.char_indices().take(300) {
        if is_clear(before, Some(letter)) {
            let found = starting_sign(&text[at..]).filter(|found| found.sign.strong);
            if found.is_some() {
                return found;
            }
        }
        before = Some(letter);
    }
    None
}

/// A weak sign counts in a hint if it is all of it, or stands beside a number there.
fn weak_in_hint(hint: &str) -> Option<Found<'_>> {
    if let Some(sign) = signs::sign(hint) {
        return Some(Found { text: hint, sign });
    }
    next_number(hint, 0).and_then(|number| Beside::of(hint, &number).best())
}

/// `1250€60`: the sign stands where the decimal point would.
fn with_cents_after_sign(text: &str, number: Number) -> Amount {
    let rest = &text[number.end..];
    let Some(after) = rest.trim_start().strip_prefix('€').filter(|_| number.amount.scale == 0)
    else {
        return number.amount;
    };
    let touching = after.starts_with(|letter: char| letter.is_ascii_digit());
    let cents = after.trim();
    let fits = cents.len() == 2 || (touching && (1..=3).contains(&cents.len()));
    let parsed = cents.bytes().all(|byte| byte.is_ascii_digit()).then(|| cents.parse::<u64>().ok());
    match (fits, parsed.flatten()) {
        (true, Some(fraction)) => {
            joined(number.amount, fraction, cents.len()).unwrap_or(number.amount)
        }
        (true | false, _) => number.amount,
    }
}

fn joined(whole: Amount, fraction: u64, digits: usize) -> Option<Amount> {
    let scale = u8::try_from(digits).ok()?;
    let units = whole.units.checked_mul(10_u64.checked_pow(u32::from(scale))?)?;
    Amount::new(units.checked_add(fraction)?, scale)
}

/// The numbers of a text that may be its price; later ones rarely are.
#[derive(Debug, Default)]
struct Numbers {
    list: [Option<Number>; 6],
}

impl Numbers {
    fn of(text: &str) -> Numbers {
        let mut numbers = Numbers::default();
        let mut from = 0;
        for slot in &mut numbers.list {
            let Some(number) = next_number(text, from) else { break };
            from = number.end;
            *slot = Some(number);
        }
        numbers
    }

    /// The first number, unless it stands bare and a later one has its sign before it
    /// (`2 Litre was $120.00`), or a later one is called the price now.
    fn choose(&self, text: &str) -> Option<Number> {
        let first = self.list[0]?;
        let mut later = self.list.iter().skip(1).flatten();
        if later.clone().next().is_none() {
            return Some(first);
        }
        if let Some(now) = later.clone().find(|number| is_called_now(text, number)) {
            return Some(*now);
        }
        let strong_before = |number: &&Number| {
            Beside::of(text, number).before.is_some_and(|found| found.sign.strong)
        };
        if Beside::of(text, &first).best().is_some() {
            return Some(first);
        }
        Some(later.find(strong_before).copied().unwrap_or(first))
    }
}

/// `Was $120.00 Now $60.00`.
fn is_called_now(text: &str, number: &Number) -> bool {
    let before = &text[..number.start];
    let words = before.trim_end_matches(|letter: char| !letter.is_alphabetic());
    let was = || before.to_lowercase().contains("was");
    let word = words.rsplit(|letter: char| !letter.is_alphabetic()).next().unwrap_or_default();
    word.eq_ignore_ascii_case("now") && was()
}

/// A text without a number that says so: `Free!`, `Kostenlos`.
fn says_free(text: &str) -> bool {
    const WORDS: [&str; 9] = [
        "free",
        "gratis",
        "kostenlos",
        "kostenfrei",
        "gratuit",
        "gratuito",
        "gratuita",
        "zdarma",
        "ingyenes",
    ];
    let mut words = text.split(|letter: char| !letter.is_alphabetic()).take(40);
    words.any(|word| WORDS.iter().any(|free| free.eq_ignore_ascii_case(word)))
}

/// Trims what surrounds a price in a field and folds white space; borrows where nothing changes.
pub fn tidy(text: &str) -> Cow<'_, str> {
    let trimmed = text.trim();
    let plain = !trimmed.contains(|letter: char| letter != ' ' && letter.is_whitespace());
    if plain && !trimmed.contains("  ") {
        return Cow::Borrowed(trimmed);
    }
    Cow::Owned(trimmed.split_whitespace().collect::<Vec<_>>().join(" "))
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[track_caller]
    fn check(text: &str, amount: Option<&str>, symbol: Option<&str>, code: Option<&str>) {
        let read = read_price(text, None);
        assert_eq!(read.amount.map(Amount::to_decimal).as_deref(), amount, "amount of {text}");
        assert_eq!(read.symbol, symbol, "symbol of {text}");
        assert_eq!(read.code, code, "code of {text}");
    }

    #[track_caller]
    fn check_hint(text: &str, hint: &str, amount: &str, symbol: Option<&str>) {
        let read = read_price(text, Some(hint));
        assert_eq!(read.amount.map(Amount::to_decimal).as_deref(), Some(amount), "{text} | {hint}");
        assert_eq!(read.symbol, symbol, "{text} | {hint}");
    }

    #[test]
    fn separators_say_themselves_what_they_mean() {
        check("9.189 €", Some("9189"), Some("€"), Some("EUR"));
        check("1.250,00 €", Some("1250.00"), Some("€"), Some("EUR"));
        check("$1,250.00", Some("1250.00"), Some("$"), None);
        check("CHF 12'500.–", Some("12500"), Some("CHF"), Some("CHF"));
        check("12’500 Fr.", Some("12500"), Some("Fr."), Some("CHF"));
        check("1 298,00 €", Some("1298.00"), Some("€"), Some("EUR"));
        check("¥1,250,000", Some("1250000"), Some("¥"), None);
        check("₹1,23,456.50", Some("123456.50"), Some("₹"), Some("INR"));
        check("1.837, 32 €", Some("1837.32"), Some("€"), Some("EUR"));
        check(".75 €", Some("0.75"), Some("€"), Some("EUR"));
        check("0.335 £", Some("0.335"), Some("£"), Some("GBP"));
        check("1,234.567 KD", Some("1234.567"), Some("KD"), Some("KWD"));
        check("٣٬٥٠٠ درهم", Some("3500"), Some("درهم"), Some("AED"));
        check("１２，３００円", Some("12300"), Some("円"), Some("JPY"));
    }

    #[test]
    fn a_price_is_found_among_other_words() {
        check("EUR 17,72 bis EUR 18,66", Some("17.72"), Some("EUR"), Some("EUR"));
        check("+ ca. EUR 12,96 Versand", Some("12.96"), Some("EUR"), Some("EUR"));
        check("From 26 to 50 €", Some("26"), Some("€"), Some("EUR"));
        check("2 Litre Was $120.00 Now $60.00", Some("60.00"), Some("$"), None);
        check("-15% 129,00 €", Some("129.00"), Some("€"), Some("EUR"));
        check("1250€60", Some("1250.60"), Some("€"), Some("EUR"));
        check("1250€ 600", Some("1250"), Some("€"), Some("EUR"));
        check("$1,250 USD", Some("1250"), Some("$"), Some("USD"));
        check("Free!", Some("0"), None, None);
        check("Not Available", None, None, None);
        check("15.08.2017", None, None, None);
        check("9999999999999999999999 €", None, Some("€"), Some("EUR"));
    }

    #[test]
    fn a_hint_names_the_currency_that_the_price_does_not() {
        check_hint("39.95", "Price From £ 39.95", "39.95", Some("£"));
        check_hint("£54.17", "USD", "54.17", Some("£"));
        check_hint("100,00", "100,00 руб.", "100.00", Some("руб."));
        check_hint("89.99", "SKU:", "89.99", None);
        check_hint("17,95", "DKK/pc", "17.95", Some("DKK"));
        let euro = read_price("$1,250", None).money(Some(Currency::EUR));
        assert_eq!(euro, None, "a dollar sign is never euro");
        let yen = read_price("¥1,250,000", None).money(Some(Currency::JPY));
        assert_eq!(yen, Some(Money::new(1_250_000, Currency::JPY)));
        let rounded = read_price("34.9951 £", None).money(None);
        assert_eq!(rounded, Some(Money::new(3_500, Currency::GBP)));
    }

    proptest! {
        #[test]
        fn no_text_panics(text in "\\PC{0,60}", hint in "\\PC{0,20}") {
            let _read = read_price(&text, Some(&hint));
            let _tidy = tidy(&text);
        }

        #[test]
        fn what_we_print_is_what_we_read(minor in 0_i64..9_000_000_000, index in 0..Currency::ALL.len()) {
            let money = Money::new(minor, Currency::ALL[index]);
            // `1.234` in a two-decimal currency is never printed, so the round trip is exact.
            let read = read_price(&format!("{} {}", money.to_decimal(), money.currency), None).money(None);
            prop_assert_eq!(read, Some(money));
        }
    }
}

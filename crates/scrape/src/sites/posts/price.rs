//! The asked price in what people write: `~~$3,500~~ $3,300 shipped`, `asking 1400$`, `$6.8k`.
//!
//! A number counts only beside a currency. Prices of other things (retail, shipping, fees, what was paid)
//! are left out by the words around them; among several that remain, the one asked for.

use watches_core::{
    listing::price_text::read_price,
    money::{Currency, Money},
};

/// Words of the line an asked price stands in.
const ASKED: [&str; 16] = [
    "price",
    "pricing",
    "asking",
    "ask ",
    "offered at",
    "shipped",
    "looking for",
    "obo",
    "selling for",
    "reduced to",
    "for sale for",
    "listed at",
    "net to me",
    "pick up for",
    "drop to",
    "firm",
];

/// Words shortly before a price of something else.
const OTHER_BEFORE: [&str; 21] = [
    "retail",
    "msrp",
    "rrp",
    "paid",
    "worth",
    "valued",
    "comp ",
    "comps",
    "charge",
    "fee",
    "shipping is",
    "insurance",
    "add ",
    "additional",
    "off ",
    "service cost",
    "cost me",
    "costs",
    "save ",
    "was ",
    "should be within",
];

/// Words shortly after a price of something else.
const OTHER_AFTER: [&str; 8] = [
    " retail",
    " msrp",
    " for shipping",
    " shipping fee",
    " for overnight",
    " extra",
    " off",
    " service",
];

/// How far around a price its words are looked for.
const AROUND: usize = 26;

/// More prices than this are a price list.
const MOST: usize = 60;

/// What a post asks.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Asked {
    pub price: Option<Money>,
    /// The higher end where a title names several.
    pub price_max: Option<Money>,
    /// The struck-through price before it.
    pub price_was: Option<Money>,
    pub text: Option<String>,
}

/// A price somewhere in a text.
#[derive(Debug, Clone, Copy)]
struct Spot {
    money: Money,
    start: usize,
    end: usize,
    struck: bool,
}

/// The price of a post: from its title, else from its text.
pub fn asked(title: &str, body: Option<&str>) -> Asked {
    let in_title = spots(title);
    let open: Vec<&Spot> = in_title.iter().filter(|spot| is_asked(title, spot)).collect();
    if let Some(lowest) = open.iter().min_by_key(|spot| spot.money.minor) {
        let alike = open.iter().filter(|spot| spot.money.currency == lowest.money.currency);
        let highest = alike.map(|spot| spot.money).max_by_key(|money| money.minor);
        return Asked {
            price: Some(lowest.money),
            price_max: highest.filter(|highest| *highest != lowest.money),
            price_was: in_title.iter().find(|spot| spot.struck).map(|spot| spot.money),
            text: title.get(lowest.start..lowest.end).map(str::to_owned),
        };
    }
    body.map(in_body).unwrap_or_default()
}

/// The first price of a line that asks; else the only price of the text.
fn in_body(body: &str) -> Asked {
    let spots = spots(body);
    let open: Vec<&Spot> = spots.iter().filter(|spot| is_asked(body, spot)).collect();
    let in_asking_line = open.iter().find(|spot| {
        let line = line_around(body, spot.start).to_lowercase();
        ASKED.iter().any(|word| line.contains(word))
    });
    let only = || open.first().filter(|first| open.iter().all(|spot| spot.money == first.money));
    let Some(chosen) = in_asking_line.or_else(only) else { return Asked::default() };
    let mut before = spots.iter().filter(|spot| spot.struck && spot.end <= chosen.start);
    Asked {
        price: Some(chosen.money),
        price_max: None,
        price_was: before.next_back().map(|spot| spot.money).filter(|was| *was != chosen.money),
        text: body.get(chosen.start..chosen.end).map(str::to_owned),
    }
}

fn is_asked(text: &str, spot: &Spot) -> bool {
    let from = text.floor_char_boundary(spot.start.saturating_sub(AROUND));
    let to = text.ceil_char_boundary((spot.end + AROUND).min(text.len()));
    // A word that the window cuts does not count.
    let cut = text[..from].ends_with(char::is_alphanumeric);
    let before = text.get(from..spot.start).unwrap_or_default();
    let before = if cut { before.trim_start_matches(char::is_alphanumeric) } else { before };
    let before = before.rsplit('\n').next().unwrap_or(before).to_lowercase();
    let after = text.get(spot.end..to).unwrap_or_default();
    let after = after.split('\n').next().unwrap_or(after).to_lowercase();
    let other = OTHER_BEFORE.iter().any(|word| has_word(&before, word))
        || OTHER_AFTER.iter().any(|word| after.starts_with(word));
    !spot.struck && !other
}

/// A word at its own beginning: `rechargeable` charges nothing.
fn has_word(text: &str, word: &str) -> bool {
    let begins = |at: usize| !text[..at].ends_with(char::is_alphanumeric);
    text.match_indices(word).any(|(at, _)| begins(at))
}

fn line_around(text: &str, at: usize) -> &str {
    let from = text[..at].rfind('\n').map_or(0, |end| end + 1);
    let to = text[at..].find('\n').map_or(text.len(), |end| at + end);
    text.get(from..to).unwrap_or_default()
}

/// Every number with a currency beside it.
fn spots(text: &str) -> Vec<Spot> {
    let bytes = text.as_bytes();
    let mut spots: Vec<Spot> = Vec::new();
    let mut at = 0;
    while let Some(found) =
        bytes.get(at..).and_then(|rest| rest.iter().position(u8::is_ascii_digit))
    {
        let from = at + found;
        let length = bytes[from..].iter().take_while(|byte| in_number(**byte)).count();
        let to = from + length
            - bytes[from..from + length]
                .iter()
                .rev()
                .take_while(|byte| !byte.is_ascii_digit())
                .count();
        at = from + length;
        if let Some(spot) = spot(text, from, to) {
            at = at.max(spot.end);
            spots.push(spot);
        }
        if spots.len() >= MOST {
            break;
        }
    }
    spots
}

fn in_number(byte: u8) -> bool {
    byte.is_ascii_digit() || matches!(byte, b',' | b'.' | b'\'')
}

/// The number with the sign or code before or after it; a thousand where a `k` follows.
fn spot(text: &str, from: usize, to: usize) -> Option<Spot> {
    let (before, after) = (text.get(..from)?, text.get(to..)?);
    let thousands = after.starts_with(['k', 'K'])
        && !after[1..].starts_with(|letter: char| letter.is_alphanumeric());
    let after = if thousands { &after[1..] } else { after };
    let end = text.len() - after.len();
    let (start, end, symbol) = match (sign_before(before), sign_after(after)) {
        (Some(length), _) => (from - length, end, &before[before.len() - length..]),
        (None, Some(length)) => (from, end + length, &after[..length]),
        (None, None) => return None,
    };
    let money = read_price(text.get(from..to)?, Some(symbol.trim())).money(Some(Currency::USD))?;
    let money =
        if thousands { Money::new(money.minor.checked_mul(1_000)?, money.currency) } else { money };
    let struck = text.get(..start)?.trim_end().ends_with("~~") && text.get(end..)?.contains("~~");
    Some(Spot { money, start, end, struck })
}

const SIGNS: [&str; 12] =
    ["US$", "$", "€", "£", "¥", "USD", "EUR", "GBP", "CHF", "CAD", "AUD", "SGD"];

/// The length of a sign that ends here, with at most one space after it.
fn sign_before(text: &str) -> Option<usize> {
    let bare = text.strip_suffix(' ').unwrap_or(text);
    let found = SIGNS.iter().find(|sign| ends_with_sign(bare, sign))?;
    Some(found.len() + text.len() - bare.len())
}

fn ends_with_sign(text: &str, sign: &str) -> bool {
    let Some(start) = text.len().checked_sub(sign.len()) else { return false };
    let fits = text.get(start..).is_some_and(|end| end.eq_ignore_ascii_case(sign));
    let glued = sign.starts_with(|letter: char| letter.is_alphabetic())
        && text.get(..start).is_some_and(|before| before.ends_with(char::is_alphanumeric));
    fits && !glued
}

/// The length of a sign that begins here, with at most one space before it.
fn sign_after(text: &str) -> Option<usize> {
    let bare = text.strip_prefix(' ').unwrap_or(text);
    let starts = |sign: &&&str| {
        let fits = bare.get(..sign.len()).is_some_and(|start| start.eq_ignore_ascii_case(sign));
        let rest = bare.get(sign.len()..).unwrap_or_default();
        // `42 $1,200` has its sign for the next number.
        fits && !rest.starts_with(|letter: char| letter.is_alphanumeric())
    };
    let found = SIGNS.iter().find(starts)?;
    Some(found.len() + text.len() - bare.len())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(title: &str, body: &str, price: Option<&str>, was: Option<&str>) {
        let found = asked(title, Some(body));
        let shown = |money: Option<Money>| {
            money.map(|money| format!("{} {}", money.to_decimal(), money.currency.code()))
        };
        assert_eq!(shown(found.price).as_deref(), price, "{title} {body}");
        assert_eq!(shown(found.price_was).as_deref(), was, "{title} {body}");
    }

    #[test]
    fn titles_name_their_price_in_many_ways() {
        check("[WTS] Doxa Sub 300 - $2,500", "", Some("2500.00 USD"), None);
        check("[WTS] Seiko 7T62-0FT0 | 45$", "", Some("45.00 USD"), None);
        check("[WTS] Scuba 200M --- 99 USD ONLY", "", Some("99.00 USD"), None);
        check("[WTS] Santos WSSA0030, good. $6K.", "", Some("6000.00 USD"), None);
        check("[WTS] Ball $769. 60% off $2k Retail.", "", Some("769.00 USD"), None);
        check("[WTS] Spirit 7N48-7A10 1983 JDM €85,00", "", Some("85.00 EUR"), None);
        check("[WTS] Echo-Drive, rechargeable, w/extra strap $25", "", Some("25.00 USD"), None);
        check("[WTS] Omega 3510.50", "", None, None);
    }

    #[test]
    fn texts_ask_in_one_of_their_lines() {
        check("x", "Retail: $3,199\nAsking $1,100 shipped", Some("1100.00 USD"), None);
        check("x", "Price: ~~$175~~ $120 shipped CONUS", Some("120.00 USD"), Some("175.00 USD"));
        check("x", "I charge $20 for shipping.\n**Price - $2500**", Some("2500.00 USD"), None);
        check("x", "$3450 via priority mail", Some("3450.00 USD"), None);
        check("x", "Serviced last year.\nI paid $900", None, None);
        check("x", "One at $100.\nAnother at $200.", None, None);
    }
}

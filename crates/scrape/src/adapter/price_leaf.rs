//! The smallest elements that show a price with its sign, and whether they show an old one.

use scraper::ElementRef;
use watches_core::listing::price_text::read_price;

use super::document::Document;

/// A price and the words around it: `Now only € 9,500 incl. VAT`.
const LONGEST: usize = 60;
/// `<span>9.</span><span>500</span><sup>00</sup><b>€</b>` and no more.
const MOST_ELEMENTS: usize = 16;

pub(super) const STRUCK_TAGS: [&str; 3] = ["del", "s", "strike"];
/// Words in classes that mark the price before.
const STRUCK_WORDS: [&str; 16] = [
    "was",
    "old",
    "before",
    "regular",
    "strike",
    "striked",
    "struck",
    "strikethrough",
    "compare",
    "crossed",
    "through",
    "rrp",
    "uvp",
    "msrp",
    "previous",
    "former",
];

#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct PriceLeaf {
    /// The element, by its place in the page.
    pub at: usize,
    pub text: String,
    /// It, or what it stands in, is marked as the price before.
    pub struck: bool,
}

/// All of a page, in its order; found from the innermost outwards.
pub(super) fn all(document: &Document) -> Vec<PriceLeaf> {
    let mut found: Vec<PriceLeaf> = Vec::new();
    for at in (0..document.len()).rev() {
        let small =
            (2..=LONGEST).contains(&document.length(at)) && document.end(at) - at <= MOST_ELEMENTS;
        // The last ones found come first in the page: one inside this element is among them.
        let holds_one = found.last().is_some_and(|leaf| leaf.at < document.end(at));
        if !small || holds_one {
            continue;
        }
        let Some(element) = document.element(at) else { continue };
        let text = document.text(element);
        if is_price(&text) {
            found.push(PriceLeaf { at, text, struck: is_struck(element) });
        }
    }
    found.reverse();
    found
}

/// An amount above nothing beside a currency's sign.
pub(super) fn is_price(text: &str) -> bool {
    if !text.bytes().any(|byte| byte.is_ascii_digit()) {
        return false;
    }
    let read = read_price(text, None);
    read.symbol.is_some()
        && read.amount.is_some_and(|amount| amount.to_decimal().parse() != Ok(0.0))
}

/// Two amounts in one text, each with a sign: a range, or an old and a new one. Neither is the price.
pub(super) fn holds_two(text: &str) -> bool {
    let mut rest = text;
    let mut prices = 0;
    while let Some(start) = rest.find(|letter: char| letter.is_ascii_digit()) {
        let from = &rest[start..];
        let inside = |letter: char| {
            letter.is_ascii_digit()
                || matches!(letter, '.' | ',' | '\'' | '’' | '\u{a0}' | '\u{202f}')
        };
        let mut end = from.find(|letter: char| !inside(letter)).unwrap_or(from.len());
        // `9 500 €`: a space groups if exactly three digits follow it.
        while let Some(more) = from[end..].strip_prefix(' ') {
            let digits = more.bytes().take_while(u8::is_ascii_digit).count();
            if digits != 3 {
                break;
            }
            end += 1 + digits;
        }
        let number = &from[..end];
        let after = from[end..].trim_start();
        let amount =
            number.bytes().filter(u8::is_ascii_digit).count() >= 2 && !after.starts_with('%');
        prices += usize::from(amount);
        rest = &from[end..];
    }
    let signs = text.chars().filter(|letter| "€$£¥￥₽₩₹".contains(*letter)).count();
    let codes = ["EUR", "USD", "GBP", "CHF", "JPY", "SEK", "NOK", "DKK", "PLN", "kr", "zł"];
    let codes: usize = codes.iter().map(|code| text.matches(code).count()).sum();
    prices >= 2 && signs.max(codes) >= 2
}

/// Is this, or something close around it, marked as the price before?
pub(super) fn is_struck(element: ElementRef<'_>) -> bool {
    let around = element.ancestors().filter_map(ElementRef::wrap).take(3);
    std::iter::once(element).chain(around).any(|element| {
        let value = element.value();
        STRUCK_TAGS.contains(&value.name())
            || value.classes().any(says_struck)
            || value.attr("style").is_some_and(|style| style.contains("line-through"))
    })
}

/// Does a selector or a text name the price before?
pub(super) fn says_struck_words(text: &str) -> bool {
    says_struck(text)
}

/// `price--old`, `wasPrice`, `compare_at`, but not `gold` or `holds`.
fn says_struck(class: &str) -> bool {
    let mut words = vec![String::new()];
    let mut small_before = false;
    for letter in class.chars() {
        let begins = letter.is_uppercase() && small_before;
        if !letter.is_alphabetic() || begins {
            words.push(String::new());
        }
        if let (true, Some(word)) = (letter.is_alphabetic(), words.last_mut()) {
            word.extend(letter.to_lowercase());
        }
        small_before = letter.is_lowercase();
    }
    words.iter().any(|word| STRUCK_WORDS.contains(&word.as_str()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(page: &str, expected: &[&str]) {
        let document = Document::page(page);
        let found = document
            .prices()
            .iter()
            .map(|leaf| format!("{}{}", if leaf.struck { "-" } else { "" }, leaf.text));
        assert_eq!(found.collect::<Vec<_>>(), expected, "{page}");
    }

    #[test]
    fn prices_are_found_in_the_smallest_element_that_has_sign_and_amount() {
        check("<div><p>Rolex 16710</p><p>€ 9,500</p></div>", &["€ 9,500"]);
        check("<p><b>9.500</b><i>€</i></p><p>x</p>", &["9.500€"]);
        check("<p><span>€</span>9,500</p> <del>€10,000</del>", &["€9,500", "-€10,000"]);
        check(
            "<p class=wasPrice>$10</p><p class=price--old>$11</p><p class=gold>$12</p>",
            &["-$10", "-$11", "$12"],
        );
        check("<p>€ 0</p><p>40 mm</p><p>2021</p><p>ask us</p>", &[]);
    }

    #[test]
    fn two_amounts_are_no_price() {
        for (text, expected) in [
            ("€ 9,500", false),
            ("US $9,500.00 USD", false),
            ("9 500 € (19 % VAT)", false),
            ("€9,000 – €10,000", true),
            ("€10,000 €9,000", true),
            ("CHF 9'500 CHF 9'000", true),
        ] {
            assert_eq!(holds_two(text), expected, "{text}");
        }
    }
}

//! Posts of people in forums -> what they want: `[WTS/WTT] Rolex Explorer 124270 - $6,800`.
//!
//! Shared by Reddit and the forums. Only somebody who sells or trades offers a watch; who wants to buy,
//! asks or discusses does not.

pub(super) mod price;

use watches_core::listing::extracted::SaleState;

/// What the author of a post wants.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Intent {
    Sell,
    /// Trade only.
    Trade,
    Buy,
    /// Discussion, moderation, advice.
    Talk,
}

/// What a title's tags say; without any, nothing is known.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Tags {
    pub intent: Option<Intent>,
    pub state: SaleState,
    /// ISO 3166-1 alpha-2 of a tag such as `[US]` or `[USA-NY]`.
    pub country: Option<String>,
}

impl Tags {
    /// Whether the post offers a watch; `otherwise` where its tags do not say.
    pub fn is_offer(&self, otherwise: bool) -> bool {
        match self.intent {
            Some(Intent::Sell | Intent::Trade) => true,
            Some(Intent::Buy | Intent::Talk) => false,
            None => otherwise,
        }
    }

    /// Adds what a label beside the title says: `For Sale`, `Sold`.
    pub fn add(&mut self, label: &str) {
        for word in words(label) {
            self.add_word(&word);
        }
    }

    fn add_word(&mut self, word: &str) {
        let intent = match word {
            "wts" | "fs" | "sale" | "selling" | "fsot" | "forsale" => Some(Intent::Sell),
            "wtt" | "ft" | "trade" | "trading" => Some(Intent::Trade),
            "wtb" | "wanted" | "iso" | "lf" | "buying" => Some(Intent::Buy),
            "meta" | "mod" | "modpost" | "question" | "discussion" | "advice" | "psa"
            | "announcement" => Some(Intent::Talk),
            _ => None,
        };
        // Who sells may also trade or take another watch in return.
        if self.intent != Some(Intent::Sell) {
            self.intent = match (self.intent, intent) {
                (_, Some(Intent::Sell)) => Some(Intent::Sell),
                (known, found) => known.or(found),
            };
        }
        match word {
            "sold" | "complete" | "completed" | "closed" => self.state = SaleState::Sold,
            "pending" | "hold" | "spf" => self.state = SaleState::Reserved,
            "withdrawn" | "cancelled" | "canceled" | "removed" | "expired" => {
                self.state = SaleState::Ended
            }
            _ => self.country = self.country.take().or_else(|| country(word)),
        }
    }
}

/// The tags of a title: brackets at its beginning, `SOLD` anywhere in brackets, or a first word `FS:`.
pub fn tags(title: &str) -> Tags {
    let mut tags = Tags::default();
    let mut rest = title.trim_start();
    let mut bracketed = false;
    while let Some((tag, after)) = bracket(rest) {
        tags.add(tag);
        rest = after.trim_start_matches([' ', ':', '-', '|', '/']);
        bracketed = true;
    }
    if !bracketed {
        let first = rest.split([' ', ':']).next().unwrap_or_default();
        let plain = first.trim_matches(|letter: char| !letter.is_alphanumeric() && letter != '/');
        let shouted = plain.chars().all(|letter| letter.is_uppercase() || letter == '/');
        if shouted || rest[first.len()..].starts_with(':') {
            tags.add(plain);
        }
        if rest.get(..8).is_some_and(|start| start.eq_ignore_ascii_case("for sale")) {
            tags.add("sale");
        }
    }
    let small = title.to_lowercase();
    if ["[sold", "(sold", "*sold", "sold!", "sold -", "sold:", "- sold"]
        .iter()
        .any(|mark| small.contains(mark))
    {
        tags.state = SaleState::Sold;
    }
    tags
}

/// A short bracket at the beginning, and what follows it.
fn bracket(text: &str) -> Option<(&str, &str)> {
    let text = text.trim_start_matches('\\');
    let close = match text.chars().next()? {
        '[' => ']',
        '(' => ')',
        '{' => '}',
        _ => return None,
    };
    let (tag, after) = text.get(1..)?.split_once(close)?;
    (tag.len() <= 32).then_some((tag.trim_end_matches('\\'), after))
}

fn words(label: &str) -> impl Iterator<Item = String> + '_ {
    let words = label.split(|letter: char| !letter.is_alphanumeric());
    words.filter(|word| !word.is_empty()).map(str::to_lowercase)
}

fn country(word: &str) -> Option<String> {
    let code = match word {
        "us" | "usa" | "conus" => "US",
        "uk" | "gb" => "GB",
        "ca" | "canada" => "CA",
        "au" | "aus" => "AU",
        "de" | "germany" => "DE",
        "fr" | "france" => "FR",
        "nl" => "NL",
        "jp" | "japan" => "JP",
        "ch" => "CH",
        "sg" => "SG",
        "hk" => "HK",
        _ => return None,
    };
    Some(code.to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(title: &str, intent: Option<Intent>, state: SaleState) {
        let found = tags(title);
        assert_eq!((found.intent, found.state), (intent, state), "{title}");
    }

    #[test]
    fn tags_say_what_the_author_wants() {
        use SaleState::{Active, Sold};
        check("[WTS] Seiko 6309", Some(Intent::Sell), Active);
        check("[WTT/WTS] Seiko 6309", Some(Intent::Sell), Active);
        check("[WTT] Seiko 6309", Some(Intent::Trade), Active);
        check("[WTB] Looking for a Seiko to buy, for sale?", Some(Intent::Buy), Active);
        check("[META] December thread", Some(Intent::Talk), Active);
        check("[SOLD][WTS] Seiko 6309", Some(Intent::Sell), Sold);
        check("[WTS] Seiko 6309 [SOLD]", Some(Intent::Sell), Sold);
        check("FS: Omega Speedmaster", Some(Intent::Sell), Active);
        check("WTB Omega Speedmaster", Some(Intent::Buy), Active);
        check("My grail arrived", None, Active);
        check("", None, Active);
    }

    #[test]
    fn a_tag_may_name_the_country() {
        assert_eq!(tags("[WTS][USA-NY] Omega").country.as_deref(), Some("US"));
        assert_eq!(tags("[WTS] Omega from Japan").country, None);
    }
}

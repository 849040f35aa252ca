//! The seven steps of condition (product rule 5.4), and what each market's terms mean on them.
//!
//! Codes and words are data: `catalogue/conditions.tsv`. Used by `listing::normalise`, which keeps
//! the market's own term beside the step.

use serde::{Deserialize, Serialize};

use crate::reference::{Catalogue, Tokens};

/// From incomplete (0) to new (6). The market's own term is always kept beside it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Condition {
    Incomplete,
    Poor,
    Fair,
    Good,
    VeryGood,
    Unworn,
    New,
}

impl Condition {
    pub const ALL: [Condition; 7] = [
        Condition::Incomplete,
        Condition::Poor,
        Condition::Fair,
        Condition::Good,
        Condition::VeryGood,
        Condition::Unworn,
        Condition::New,
    ];

    /// 0 for incomplete to 6 for new.
    pub const fn step(self) -> u8 {
        self as u8
    }

    pub fn from_step(step: u8) -> Option<Condition> {
        Condition::ALL.get(usize::from(step)).copied()
    }
}

impl Condition {
    /// A market's code: `c24:1302`, `ebay:3000`, `schema:UsedCondition`; `None` for one that says nothing.
    pub fn from_code(code: &str, catalogue: &Catalogue) -> Option<Condition> {
        let schema = code.rsplit_once('/').map(|(_, last)| format!("schema:{last}"));
        catalogue.condition_code(schema.as_deref().unwrap_or(code))
    }

    /// A market's words in its own field: "Sehr gut", "Used (Very good) minor signs of wear".
    ///
    /// The term is the whole field, or its head, or what stands in the first brackets.
    pub fn from_market_text(text: &str, catalogue: &Catalogue) -> Option<Condition> {
        let head = text.split(['.', ',', ';', '–', '|', '(', '\n']).next().unwrap_or(text);
        let inner =
            text.split_once('(').and_then(|(_, rest)| rest.split_once(')')).map(|(inner, _)| inner);
        let both = inner.map(|inner| format!("{head} {inner}"));
        let candidates = [Some(text), both.as_deref(), inner, Some(head)];
        let whole =
            candidates.into_iter().flatten().find_map(|term| catalogue.market_condition(term));
        whole.or_else(|| leading_words(text, catalogue))
    }

    /// The words of a title; the worst of them, since a seller praises first and admits later.
    pub fn from_title(title: &str, catalogue: &Catalogue) -> Option<Condition> {
        let tokens = Tokens::of(title);
        let hits = catalogue.condition_words.find(&tokens).into_iter();
        // The "LN" of "126610 LN" is a reference's end, not "like new".
        let suffix = |start: usize, end: usize| {
            let before = start.checked_sub(1).and_then(|before| tokens.get(before));
            end == start + 1
                && tokens.word(start).len() <= 2
                && before.is_some_and(|token| token.digits >= 4)
        };
        hits.filter(|hit| !suffix(hit.start, hit.end)).filter_map(|hit| hit.meaning).min()
    }
}

/// The longest run of first words that is a term: "Like new & unworn The item shows no signs ...".
fn leading_words(text: &str, catalogue: &Catalogue) -> Option<Condition> {
    const LONGEST: usize = 6;
    let words: Vec<&str> = text.split_whitespace().take(LONGEST).collect();
    (1..=words.len())
        .rev()
        .find_map(|count| catalogue.market_condition(&words.get(..count)?.join(" ")))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(found: Option<Condition>, wanted: Option<Condition>) {
        assert_eq!(found, wanted);
    }

    #[test]
    fn codes_of_the_markets() {
        let code = |code| Condition::from_code(code, Catalogue::bundled());
        check(code("c24:101"), Some(Condition::New));
        check(code("c24:1301"), Some(Condition::Unworn));
        check(code("c24:1302"), Some(Condition::VeryGood));
        check(code("c24:1306"), Some(Condition::Good));
        check(code("c24:1303"), Some(Condition::Fair));
        check(code("c24:1305"), Some(Condition::Incomplete));
        check(code("c24:0"), None);
        check(code("ebay:1000"), Some(Condition::New));
        check(code("ebay:1750"), Some(Condition::Unworn));
        check(code("ebay:3000"), Some(Condition::Good));
        check(code("ebay:7000"), Some(Condition::Incomplete));
        check(code("fb:used_like_new"), Some(Condition::VeryGood));
        check(code("schema:UsedCondition"), Some(Condition::Good));
        check(code("https://schema.org/NewCondition"), Some(Condition::New));
        check(code("else"), None);
    }

    #[test]
    fn words_of_the_markets() {
        let market = |text| Condition::from_market_text(text, Catalogue::bundled());
        check(market("Sehr gut"), Some(Condition::VeryGood));
        check(market("Used (Very good) The item shows minor signs."), Some(Condition::VeryGood));
        check(market("Used (Good)"), Some(Condition::Good));
        check(market("Like new & unworn"), Some(Condition::Unworn));
        check(market("Brand New"), Some(Condition::New));
        check(market("Très bon"), Some(Condition::VeryGood));
        check(market("Gebraucht (Befriedigend)"), Some(Condition::Fair));
        check(market("未使用"), Some(Condition::Unworn));
        check(market("For parts or not working"), Some(Condition::Incomplete));
        check(market("Lorem ipsum"), None);
    }

    #[test]
    fn words_of_a_title() {
        let title = |text| Condition::from_title(text, Catalogue::bundled());
        check(title("NEW/UNWORN Tudor Pelagos"), Some(Condition::Unworn));
        check(title("Tudor Pelagos like new"), Some(Condition::VeryGood));
        check(title("Tudor Pelagos mint green dial"), None);
        check(title("Tudor Pelagos on new strap"), None);
        check(title("Tudor Pelagos ungetragen"), Some(Condition::Unworn));
        check(title("Seiko SKX007 for parts"), Some(Condition::Incomplete));
        check(title("Rolex Submariner 126610 LN verklebt"), Some(Condition::Unworn));
        check(title("Rolex Submariner 126610 LN"), None);
        check(title("Tudor Pelagos, LN"), Some(Condition::VeryGood));
        check(title("Tudor Pelagos"), None);
    }
}

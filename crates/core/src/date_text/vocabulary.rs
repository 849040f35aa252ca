//! The words of dates, by language: read once from `catalogue/dates`, looked up by binary search.

use std::sync::LazyLock;

use super::token::{Kind, fold, tokens};

const CLDR: &str = include_str!("../../../../catalogue/dates/cldr.tsv");
const OURS: &str = include_str!("../../../../catalogue/dates/words.tsv");

/// Languages of listings, tried before the others.
const FIRST: [&str; 40] = [
    "en", "de", "fr", "es", "it", "nl", "pt", "ja", "ru", "zh", "zh-Hant", "pl", "tr", "cs", "sv",
    "da", "nb", "no", "fi", "ro", "hu", "el", "uk", "bg", "sk", "hr", "sr", "sr-Latn", "sl", "be",
    "ar", "he", "hi", "bn", "th", "vi", "id", "ko", "tl", "fil",
];

/// A word or a phrase of this many words.
pub const LONGEST_PHRASE: usize = 6;

/// A stretch of time that a word names.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Unit {
    Second,
    Minute,
    Hour,
    Day,
    Week,
    Month,
    Year,
    Decade,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Direction {
    Past,
    Future,
    /// A word of both directions.
    Either,
}

/// What a phrase means in a language.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Meaning {
    Month(i8),
    /// Sunday is 0.
    Weekday(i8),
    /// Before or after noon; `true` is after.
    Half(bool),
    Unit(Unit),
    /// A unit whose form says the direction: `分前`.
    Directed(Unit, Direction),
    Sign(Direction),
    /// `yesterday`, `last month`.
    Relative(Unit, i16),
    Number(u16),
    /// An hour of the day: midnight, noon.
    Clock(i8),
    /// The number before it is an hour of the day: `9 Uhr`.
    OClock,
    /// Minutes ahead of UTC.
    Zone(i16),
    Skip,
}

/// The order of day, month and year in numbers.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Order {
    DayMonthYear,
    MonthDayYear,
    YearMonthDay,
}

#[derive(Debug)]
pub struct Language {
    tag: &'static str,
    pub order: Option<Order>,
}

/// A language by its rank: common ones first.
pub type LanguageId = u16;

/// Words of every language belong to this one.
pub const EVERY: LanguageId = 0;

#[derive(Debug)]
pub struct Vocabulary {
    languages: Vec<Language>,
    /// Sorted by phrase, then by language.
    entries: Vec<(Box<str>, LanguageId, Meaning)>,
}

impl Vocabulary {
    pub fn bundled() -> &'static Vocabulary {
        static BUNDLED: LazyLock<Vocabulary> = LazyLock::new(Vocabulary::read);
        &BUNDLED
    }

    fn read() -> Vocabulary {
        let mut vocabulary = Vocabulary { languages: Vec::new(), entries: Vec::new() };
        for tag in ["*"].iter().chain(&FIRST) {
            vocabulary.languages.push(Language { tag, order: None });
        }
        vocabulary.add(CLDR, str::to_owned);
        vocabulary.add(OURS, normalised);
        vocabulary.entries.sort_unstable();
        vocabulary.entries.dedup();
        vocabulary.entries.shrink_to_fit();
        vocabulary
    }

    fn add(&mut self, table: &'static str, spelling: fn(&str) -> String) {
        for line in table.lines().filter(|line| !line.starts_with('#')) {
            let mut columns = line.split('\t');
            let mut column = || columns.next().unwrap_or_default();
            let (tag, kind, value, words) = (column(), column(), column(), column());
            let language = self.language(tag);
            if kind == "order" {
                self.languages[usize::from(language)].order = order(value);
                continue;
            }
            let Some(meaning) = meaning(kind, value) else { continue };
            let phrases = words.split(';').filter(|phrase| !phrase.is_empty());
            self.entries.extend(phrases.map(|phrase| (spelling(phrase).into(), language, meaning)));
        }
    }

    fn language(&mut self, tag: &'static str) -> LanguageId {
        let known = self.languages.iter().rposition(|language| language.tag == tag);
        let at = known.unwrap_or_else(|| {
            self.languages.push(Language { tag, order: None });
            self.languages.len() - 1
        });
        LanguageId::try_from(at).expect("CLDR has some hundred languages")
    }

    pub fn order(&self, language: LanguageId) -> Option<Order> {
        self.languages.get(usize::from(language)).and_then(|language| language.order)
    }

    /// What a phrase means, in every language that knows it.
    pub fn find(&self, phrase: &str) -> &[(Box<str>, LanguageId, Meaning)] {
        let from = self.entries.partition_point(|(known, _, _)| known.as_ref() < phrase);
        let rest = self.entries.get(from..).unwrap_or_default();
        let length = rest.iter().take_while(|(known, _, _)| known.as_ref() == phrase).count();
        &rest[..length]
    }

    /// The month of a language whose names alone begin so: `верес` for `вересня`.
    pub fn month_beginning(&self, beginning: &str, language: LanguageId) -> Option<Meaning> {
        let months = self.months_beginning(beginning).filter(|(of, _)| *of == language);
        let mut months: Vec<Meaning> = months.map(|(_, month)| month).collect();
        months.dedup();
        if let [month] = months.as_slice() { Some(*month) } else { None }
    }

    /// The languages that have a month beginning so.
    pub fn languages_with_month(&self, beginning: &str) -> Vec<LanguageId> {
        self.months_beginning(beginning).map(|(language, _)| language).collect()
    }

    fn months_beginning<'v>(
        &'v self,
        beginning: &'v str,
    ) -> impl Iterator<Item = (LanguageId, Meaning)> + 'v {
        let from = self.entries.partition_point(|(known, _, _)| known.as_ref() < beginning);
        let rest = self.entries.get(from..).unwrap_or_default();
        let long_enough = beginning.chars().count() >= 3;
        let alike = rest
            .iter()
            .take_while(move |(known, _, _)| long_enough && known.starts_with(beginning));
        alike
            .filter(|(_, _, meaning)| matches!(meaning, Meaning::Month(_)))
            .map(|(_, of, meaning)| (*of, *meaning))
    }
}

/// A phrase in the spelling of tokens.
fn normalised(phrase: &str) -> String {
    let words = tokens(&fold(phrase)).into_iter().filter_map(|token| match token.kind {
        Kind::Word(word) => Some(word),
        Kind::Number { .. } | Kind::Mark(_) => None,
    });
    words.collect::<Vec<_>>().join(" ")
}

fn order(value: &str) -> Option<Order> {
    match value {
        "dmy" => Some(Order::DayMonthYear),
        "mdy" => Some(Order::MonthDayYear),
        "ymd" | "ydm" => Some(Order::YearMonthDay),
        _ => None,
    }
}

fn meaning(kind: &str, value: &str) -> Option<Meaning> {
    match kind {
        "month" => value.parse().ok().map(Meaning::Month),
        "weekday" => value.parse().ok().map(Meaning::Weekday),
        "half" => Some(Meaning::Half(value == "pm")),
        "unit" => unit(value).map(Meaning::Unit),
        "past" => unit(value).map(|unit| Meaning::Directed(unit, Direction::Past)),
        "future" => unit(value).map(|unit| Meaning::Directed(unit, Direction::Future)),
        "sign" => Some(Meaning::Sign(direction(value))),
        "relative" => {
            let (name, number) = value.split_once(':')?;
            Some(Meaning::Relative(unit(name)?, number.parse().ok()?))
        }
        "number" => value.parse().ok().map(Meaning::Number),
        "clock" => value.parse().ok().map(Meaning::Clock),
        "zone" => value.parse().ok().map(Meaning::Zone),
        "oclock" => Some(Meaning::OClock),
        "skip" => Some(Meaning::Skip),
        _ => None,
    }
}

fn direction(value: &str) -> Direction {
    match value {
        "past" => Direction::Past,
        "future" => Direction::Future,
        _ => Direction::Either,
    }
}

fn unit(name: &str) -> Option<Unit> {
    Some(match name {
        "second" => Unit::Second,
        "minute" => Unit::Minute,
        "hour" => Unit::Hour,
        "day" => Unit::Day,
        "week" => Unit::Week,
        "month" => Unit::Month,
        "year" => Unit::Year,
        "decade" => Unit::Decade,
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_row_of_the_tables_means_something_and_is_spelt_as_tokens_are() {
        for line in CLDR.lines().chain(OURS.lines()).filter(|line| !line.starts_with('#')) {
            let columns: Vec<&str> = line.split('\t').collect();
            let [_, kind, value, words] = columns.as_slice() else { panic!("{line}") };
            assert!(*kind == "order" || meaning(kind, value).is_some(), "{line}");
            assert!(words.split(';').all(|phrase| !normalised(phrase).is_empty()), "{line}");
        }
        for line in CLDR.lines().filter(|line| !line.starts_with('#')) {
            let words = line.rsplit('\t').next().unwrap_or_default();
            assert!(words.split(';').all(|phrase| normalised(phrase) == phrase), "{line}");
        }
    }

    #[test]
    fn a_phrase_means_what_its_language_says() {
        let vocabulary = Vocabulary::bundled();
        let german = vocabulary.languages.iter().position(|language| language.tag == "de");
        let german = LanguageId::try_from(german.expect("German")).expect("small");
        let meanings: Vec<Meaning> = vocabulary
            .find("mai")
            .iter()
            .filter(|(_, of, _)| *of == german)
            .map(|(_, _, meaning)| *meaning)
            .collect();
        assert_eq!(meanings, [Meaning::Month(5)]);
        assert_eq!(vocabulary.month_beginning("dezem", german), Some(Meaning::Month(12)));
        assert_eq!(vocabulary.month_beginning("jux", german), None);
        assert_eq!(vocabulary.order(german), Some(Order::DayMonthYear));
    }
}

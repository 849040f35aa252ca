//! The terms of the catalogue's data files, as types; `catalogue` parses them, the readers match on them.

use std::str::FromStr;

use crate::{condition::Condition, set::SetPart};

/// A word of a data file that is none of its terms.
#[derive(Debug, thiserror::Error)]
#[error("`{word}` is no {of}")]
pub struct UnknownTerm {
    pub word: String,
    pub of: &'static str,
}

fn unknown(word: &str, of: &'static str) -> UnknownTerm {
    UnknownTerm { word: word.to_owned(), of }
}

/// Whether a word names its brand or family on its own, or only where nothing better stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Strength {
    Strong,
    Weak,
}

impl FromStr for Strength {
    type Err = UnknownTerm;
    fn from_str(word: &str) -> Result<Strength, UnknownTerm> {
        match word {
            "strong" | "implies" => Ok(Strength::Strong),
            "weak" | "with" => Ok(Strength::Weak),
            _ => Err(unknown(word, "strength")),
        }
    }
}

/// How a brand's reference shortens to the base that its variants share.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum BaseRule {
    /// Nothing is cut.
    Whole,
    /// The leading digits: `126610LN` -> `126610`.
    Digits,
    /// The market's suffix goes: `SRPB47J1` -> `SRPB47`.
    Market,
    /// The first four groups: `310.30.42.50.01.001` -> `310.30.42.50`.
    Groups,
    /// What stands before the first dot: `CBS2210.FC6534` -> `CBS2210`.
    Dot,
}

impl FromStr for BaseRule {
    type Err = UnknownTerm;
    fn from_str(word: &str) -> Result<BaseRule, UnknownTerm> {
        match word {
            "whole" => Ok(BaseRule::Whole),
            "digits" => Ok(BaseRule::Digits),
            "market" => Ok(BaseRule::Market),
            "groups" => Ok(BaseRule::Groups),
            "dot" => Ok(BaseRule::Dot),
            _ => Err(unknown(word, "base rule")),
        }
    }
}

impl BaseRule {
    /// The base of a reference; the reference itself where the rule cuts nothing.
    pub(crate) fn apply(self, reference: &str) -> &str {
        let end = match self {
            BaseRule::Whole => None,
            BaseRule::Digits => reference.find(|c: char| !c.is_ascii_digit()),
            BaseRule::Market => market_suffix(reference),
            BaseRule::Groups => reference.match_indices('.').nth(3).map(|(at, _)| at),
            BaseRule::Dot => reference.find('.'),
        };
        match end {
            Some(end) if end > 0 => reference.get(..end).unwrap_or(reference),
            Some(_) | None => reference,
        }
    }
}

/// Where the letter (and digit) of the market starts behind the number: `J1`, `K1`, `P1`, `G`.
fn market_suffix(reference: &str) -> Option<usize> {
    let bytes = reference.as_bytes();
    let letter = match bytes {
        [.., before, letter, digit]
            if before.is_ascii_digit() && letter.is_ascii_uppercase() && digit.is_ascii_digit() =>
        {
            bytes.len() - 2
        }
        [.., before, letter] if before.is_ascii_digit() && letter.is_ascii_uppercase() => {
            bytes.len() - 1
        }
        _ => return None,
    };
    (letter >= 5).then_some(letter)
}

/// How far a brand's shape is trusted to be a reference.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Trust {
    /// Only where a word like "ref." stands before it, or nothing else looks like one.
    Unsure,
    Likely,
    Sure,
}

impl FromStr for Trust {
    type Err = UnknownTerm;
    fn from_str(word: &str) -> Result<Trust, UnknownTerm> {
        match word {
            "sure" => Ok(Trust::Sure),
            "likely" => Ok(Trust::Likely),
            "unsure" => Ok(Trust::Unsure),
            _ => Err(unknown(word, "trust")),
        }
    }
}

/// What a small word tells of the words beside it; one bit each, so a word can be several.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[repr(u32)]
pub(crate) enum Cue {
    Wanted = 1,
    Talk = 1 << 1,
    Part = 1 << 2,
    PartOnly = 1 << 3,
    With = 1 << 4,
    Watch = 1 << 5,
    Several = 1 << 6,
    Reference = 1 << 7,
    Calibre = 1 << 8,
    Serial = 1 << 9,
    Service = 1 << 10,
    YearBefore = 1 << 11,
    Month = 1 << 12,
    NotTheYear = 1 << 13,
    Unit = 1 << 14,
    Multiples = 1 << 15,
    Price = 1 << 16,
    /// Stands before a year that is another's: "heritage 1945".
    Era = 1 << 17,
}

impl FromStr for Cue {
    type Err = UnknownTerm;
    fn from_str(word: &str) -> Result<Cue, UnknownTerm> {
        Ok(match word {
            "wanted" => Cue::Wanted,
            "talk" => Cue::Talk,
            "part" => Cue::Part,
            "part_only" => Cue::PartOnly,
            "with" => Cue::With,
            "watch" => Cue::Watch,
            "several" => Cue::Several,
            "reference" => Cue::Reference,
            "calibre" => Cue::Calibre,
            "serial" => Cue::Serial,
            "service" => Cue::Service,
            "year_before" => Cue::YearBefore,
            "month" => Cue::Month,
            "not_the_year" => Cue::NotTheYear,
            "unit" => Cue::Unit,
            "multiples" => Cue::Multiples,
            "price" => Cue::Price,
            "era" => Cue::Era,
            _ => return Err(unknown(word, "cue")),
        })
    }
}

/// What a phrase says of the scope of delivery.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum SetWord {
    /// Box and dated papers, both.
    FullSet,
    /// A box, without saying which.
    Box,
    Part(SetPart),
    /// Watch only: neither box nor papers.
    WatchOnly,
    BoxOnly,
    PapersOnly,
    NoBox,
    NoPapers,
    Neither,
    /// "no", "without": turns what follows around.
    Not,
    /// Looks like one of the others and says nothing.
    Neutral,
}

impl FromStr for SetWord {
    type Err = UnknownTerm;
    fn from_str(word: &str) -> Result<SetWord, UnknownTerm> {
        Ok(match word {
            "full_set" => SetWord::FullSet,
            "box" => SetWord::Box,
            "inner_box" => SetWord::Part(SetPart::InnerBox),
            "outer_box" => SetWord::Part(SetPart::OuterBox),
            "papers" => SetWord::Part(SetPart::CardOrPapers),
            "booklets" => SetWord::Part(SetPart::Booklets),
            "tags" => SetWord::Part(SetPart::Tags),
            "receipt" => SetWord::Part(SetPart::Receipt),
            "service_papers" => SetWord::Part(SetPart::ServicePapers),
            "archive_extract" => SetWord::Part(SetPart::ArchiveExtract),
            "links" => SetWord::Part(SetPart::Links),
            "spare_strap" => SetWord::Part(SetPart::SpareStrap),
            "watch_only" => SetWord::WatchOnly,
            "box_only" => SetWord::BoxOnly,
            "papers_only" => SetWord::PapersOnly,
            "no_box" => SetWord::NoBox,
            "no_papers" => SetWord::NoPapers,
            "no_box_no_papers" => SetWord::Neither,
            "no" => SetWord::Not,
            "neutral" => SetWord::Neutral,
            _ => return Err(unknown(word, "set word")),
        })
    }
}

/// What a phrase says of a watch's looks and works, as an index into the catalogue's values.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Trait {
    pub(crate) kind: TraitKind,
    pub(crate) value: u16,
}

/// The kinds of `traits.tsv`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum TraitKind {
    Colour,
    /// The word "dial" itself.
    Dial,
    Bracelet,
    Wearer,
    Movement,
    Function,
}

impl TraitKind {
    /// The kind's word in the file.
    pub(crate) const fn name(self) -> &'static str {
        match self {
            TraitKind::Colour => "colour",
            TraitKind::Dial => "dial",
            TraitKind::Bracelet => "bracelet",
            TraitKind::Wearer => "wearer",
            TraitKind::Movement => "movement",
            TraitKind::Function => "function",
        }
    }
}

impl FromStr for TraitKind {
    type Err = UnknownTerm;
    fn from_str(word: &str) -> Result<TraitKind, UnknownTerm> {
        const ALL: [TraitKind; 6] = [
            TraitKind::Colour,
            TraitKind::Dial,
            TraitKind::Bracelet,
            TraitKind::Wearer,
            TraitKind::Movement,
            TraitKind::Function,
        ];
        ALL.into_iter()
            .find(|kind| kind.name() == word)
            .ok_or_else(|| unknown(word, "kind of trait"))
    }
}

/// `None` for a phrase that holds a condition word and says nothing: "mint green".
pub(crate) fn condition_term(word: &str) -> Result<Option<Condition>, UnknownTerm> {
    Ok(Some(match word {
        "new" => Condition::New,
        "unworn" => Condition::Unworn,
        "very_good" => Condition::VeryGood,
        "good" => Condition::Good,
        "fair" => Condition::Fair,
        "poor" => Condition::Poor,
        "incomplete" => Condition::Incomplete,
        "none" => return Ok(None),
        _ => return Err(unknown(word, "condition")),
    }))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(rule: BaseRule, reference: &str, base: &str) {
        assert_eq!(rule.apply(reference), base);
    }

    #[test]
    fn bases() {
        check(BaseRule::Digits, "126610LN", "126610");
        check(BaseRule::Digits, "5711/1A-010", "5711");
        check(BaseRule::Digits, "124060", "124060");
        check(BaseRule::Digits, "M1", "M1");
        check(BaseRule::Market, "SRPB47J1", "SRPB47");
        check(BaseRule::Market, "SBGA211G", "SBGA211");
        check(BaseRule::Market, "6139-6001", "6139-6001");
        check(BaseRule::Groups, "310.30.42.50.01.001", "310.30.42.50");
        check(BaseRule::Dot, "CBS2210.FC6534", "CBS2210");
        check(BaseRule::Whole, "PAM00111", "PAM00111");
    }
}

//! The fixed words of rules, both ways: word to value for reading, value to word for printing.

use crate::{
    alert::rule::{Direction, Equality, Extreme, Holding, Order, Risk, SetWord, Verdict},
    condition::Condition,
    listing::{
        extracted::SaleKind,
        notice::{Channel, Urgency},
    },
    set::{SetName, SetPart},
};

/// A type whose values are words in a rule.
pub trait Words: Copy + PartialEq + 'static {
    /// What the words are, after "is not": `a condition`.
    const WHAT: &'static str;
    /// Each value with its word.
    const ALL: &'static [(&'static str, Self)];

    fn word(self) -> &'static str {
        let found = Self::ALL.iter().find(|(_, value)| *value == self);
        found.map(|(word, _)| *word).expect("every value has a word; a test goes through them")
    }

    /// The value of the word in any case, with blanks or hyphens for underscores.
    fn of_word(text: &str) -> Option<Self> {
        let folded = text.trim().to_lowercase().replace([' ', '-'], "_");
        Self::ALL.iter().find(|(word, _)| *word == folded).map(|(_, value)| *value)
    }
}

macro_rules! words {
    ($($type:ty, $what:literal: $($word:literal $value:expr),+;)*) => {$(
        impl Words for $type {
            const WHAT: &'static str = $what;
            const ALL: &'static [(&'static str, Self)] = &[$(($word, $value)),+];
        }
    )*};
}

words! {
    Order, "a comparison":
        "=" Order::Equal, "!=" Order::NotEqual, "<" Order::Less, "<=" Order::AtMost,
        ">" Order::Greater, ">=" Order::AtLeast;
    Equality, "a comparison": "=" Equality::Is, "!=" Equality::IsNot;
    Holding, "a comparison": "has" Holding::Has, "lacks" Holding::Lacks;
    Direction, "a move":
        "drops" Direction::Drops, "rises" Direction::Rises, "changes" Direction::Changes;
    Extreme, "an extreme": "is_new_low" Extreme::Low, "is_new_high" Extreme::High;
    Condition, "a condition: incomplete, poor, fair, good, very_good, unworn or new":
        "incomplete" Condition::Incomplete, "poor" Condition::Poor, "fair" Condition::Fair,
        "good" Condition::Good, "very_good" Condition::VeryGood, "unworn" Condition::Unworn,
        "new" Condition::New;
    SaleKind, "a kind of sale: auction or fixed":
        "fixed" SaleKind::Fixed, "auction" SaleKind::Auction;
    Verdict, "a verdict: great, good, fair, high or overpriced":
        "great" Verdict::Great, "good" Verdict::Good, "fair" Verdict::Fair, "high" Verdict::High,
        "overpriced" Verdict::Overpriced;
    Risk, "a risk: low, medium or high":
        "low" Risk::Low, "medium" Risk::Medium, "high" Risk::High;
    SetName, "a set: full_set, box_only, papers_only or watch_only":
        "full_set" SetName::FullSet, "box_only" SetName::BoxOnly,
        "papers_only" SetName::PapersOnly, "watch_only" SetName::WatchOnly;
    SetWord, "a part of a set, such as box, papers or full_set":
        "box" SetWord::Box, "papers" SetWord::Papers, "full_set" SetWord::FullSet,
        "inner_box" SetWord::Part(SetPart::InnerBox), "outer_box" SetWord::Part(SetPart::OuterBox),
        "card" SetWord::Part(SetPart::CardOrPapers), "booklets" SetWord::Part(SetPart::Booklets),
        "tags" SetWord::Part(SetPart::Tags), "receipt" SetWord::Part(SetPart::Receipt),
        "service_papers" SetWord::Part(SetPart::ServicePapers),
        "archive_extract" SetWord::Part(SetPart::ArchiveExtract),
        "links" SetWord::Part(SetPart::Links), "spare_strap" SetWord::Part(SetPart::SpareStrap);
    Channel, "a channel: toast, digest, email, sms, webhook or push":
        "toast" Channel::Toast, "digest" Channel::Digest, "email" Channel::Email,
        "sms" Channel::Sms, "webhook" Channel::Webhook, "push" Channel::Push;
    Urgency, "an urgency: low, normal, high or critical":
        "low" Urgency::Low, "normal" Urgency::Normal, "high" Urgency::High,
        "critical" Urgency::Critical;
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check<T: Words + std::fmt::Debug>(values: &[T]) {
        assert_eq!(values.len(), T::ALL.len());
        for value in values {
            assert_eq!(T::of_word(value.word()), Some(*value));
        }
    }

    #[test]
    fn every_value_has_a_word() {
        check(&Condition::ALL);
        check(&[SaleKind::Fixed, SaleKind::Auction]);
        check(&[Verdict::Great, Verdict::Good, Verdict::Fair, Verdict::High, Verdict::Overpriced]);
        check(&[Risk::Low, Risk::Medium, Risk::High]);
        check(&[Urgency::Low, Urgency::Normal, Urgency::High, Urgency::Critical]);
        check(&[SetName::FullSet, SetName::BoxOnly, SetName::PapersOnly, SetName::WatchOnly]);
        assert_eq!(Condition::of_word("Very good"), Some(Condition::VeryGood));
    }
}

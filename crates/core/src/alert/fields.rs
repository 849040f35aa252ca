//! The fields a rule can name, the type each has, and a near word for one that is not there.

use crate::alert::rule::{Measure, NumberField, TextField};

macro_rules! fields {
    ($($name:ident $word:literal $kind:expr;)*) => {
        /// A field of a listing, as rules name it.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
        pub enum Field {
            $($name,)*
        }

        impl Field {
            pub const ALL: &[Field] = &[$(Field::$name,)*];

            /// The word in a rule: `ref_family`.
            pub const fn word(self) -> &'static str {
                match self { $(Field::$name => $word,)* }
            }

            pub const fn kind(self) -> FieldKind {
                match self { $(Field::$name => $kind,)* }
            }
        }
    };
}

/// What a field is compared with.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum FieldKind {
    Money(Measure),
    Number(NumberField),
    Text(TextField),
    Condition,
    Set,
    SaleKind,
    EndsIn,
    Verdict,
    Risk,
}

fields! {
    Price "price" FieldKind::Money(Measure::Price);
    Landed "landed" FieldKind::Money(Measure::Landed);
    Ref "ref" FieldKind::Text(TextField::Reference);
    RefFamily "ref_family" FieldKind::Text(TextField::ReferenceFamily);
    Brand "brand" FieldKind::Text(TextField::Brand);
    Year "year" FieldKind::Number(NumberField::Year);
    Condition "condition" FieldKind::Condition;
    Set "set" FieldKind::Set;
    Diameter "diameter" FieldKind::Number(NumberField::DiameterMm);
    Material "material" FieldKind::Text(TextField::Material);
    Seller "seller" FieldKind::Text(TextField::Seller);
    SellerRating "seller_rating" FieldKind::Number(NumberField::SellerRating);
    Country "country" FieldKind::Text(TextField::Country);
    Source "source" FieldKind::Text(TextField::Source);
    Kind "kind" FieldKind::SaleKind;
    EndsIn "ends_in" FieldKind::EndsIn;
    DaysOnMarket "days_on_market" FieldKind::Number(NumberField::DaysOnMarket);
    Verdict "verdict" FieldKind::Verdict;
    Risk "risk" FieldKind::Risk;
    Title "title" FieldKind::Text(TextField::Title);
    Description "description" FieldKind::Text(TextField::Description);
}

/// Words people write for a field of another name.
const SYNONYMS: &[(&str, &str)] = &[
    ("reference", "ref"),
    ("model", "ref_family"),
    ("family", "ref_family"),
    ("cost", "landed"),
    ("total", "landed"),
    ("box", "set"),
    ("papers", "set"),
    ("full_set", "set"),
    ("size", "diameter"),
    ("market", "source"),
    ("site", "source"),
    ("location", "country"),
    ("rating", "seller_rating"),
    ("age", "days_on_market"),
    ("text", "description"),
    ("type", "kind"),
    ("auction", "kind"),
];

impl Field {
    /// The field of that word, in any case.
    pub fn of_word(word: &str) -> Option<Field> {
        Field::ALL.iter().copied().find(|field| field.word().eq_ignore_ascii_case(word))
    }

    /// The field that was probably meant.
    pub fn suggestion(word: &str) -> Option<&'static str> {
        let lower = word.to_lowercase();
        let synonym = SYNONYMS.iter().find(|(theirs, _)| *theirs == lower).map(|(_, ours)| *ours);
        synonym.or_else(|| nearest(&lower, Field::ALL.iter().map(|field| field.word())))
    }
}

/// The candidate at most two slips of a finger away, and not more than a third of the word.
pub fn nearest<'a>(word: &str, candidates: impl Iterator<Item = &'a str>) -> Option<&'a str> {
    if word.chars().count() > 32 {
        return None;
    }
    let allowed = (word.chars().count() / 3).clamp(1, 2);
    candidates
        .map(|candidate| (slips(word, candidate), candidate))
        .filter(|(slips, _)| *slips <= allowed)
        .min_by_key(|(slips, _)| *slips)
        .map(|(_, candidate)| candidate)
}

/// Letters added, left out, mistaken or swapped with a neighbour (optimal string alignment).
fn slips(left: &str, right: &str) -> usize {
    let (left, right): (Vec<char>, Vec<char>) = (left.chars().collect(), right.chars().collect());
    let mut rows = vec![(0..=right.len()).collect::<Vec<usize>>()];
    for (i, a) in left.iter().enumerate() {
        let mut row = vec![i + 1];
        for (j, b) in right.iter().enumerate() {
            let mistaken = rows[i][j] + usize::from(a != b);
            let mut best = mistaken.min(rows[i][j + 1] + 1).min(row[j] + 1);
            if i > 0 && j > 0 && *a == right[j - 1] && left[i - 1] == *b {
                best = best.min(rows[i - 1][j - 1] + 1);
            }
            row.push(best);
        }
        rows.push(row);
    }
    rows[left.len()][right.len()]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(word: &str, expected: Option<&str>) {
        assert_eq!(Field::suggestion(word), expected, "{word}");
    }

    #[test]
    fn a_near_word_is_suggested() {
        check("prcie", Some("price"));
        check("prices", Some("price"));
        check("refrence", None);
        check("reference", Some("ref"));
        check("ref_famly", Some("ref_family"));
        check("Brnad", Some("brand"));
        check("sellerrating", Some("seller_rating"));
        check("colour", None);
        check("box", Some("set"));
    }
}

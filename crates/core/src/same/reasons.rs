//! Two offers -> the reasons for and against their being one product, each with its strength.
//!
//! A reason's name is what `catalogue/same_weights.tsv` weighs. All are symmetric in the two offers.
//! "name" is what the title calls the thing, "whole" also what the shop's page says around it.

use std::collections::BTreeSet;

use super::{
    offer::{Offer, Part},
    similarity::{common_beginning, containment, jaccard, trigrams},
};
use crate::reference::Catalogue;

/// The weight that every pair has.
pub(super) const ALWAYS: &str = "always";

/// One reason, before it is weighed.
#[derive(Debug, Clone, PartialEq)]
pub struct Reason {
    /// `codes whole=shared`, `word apart: bristol`.
    pub name: String,
    /// 1 for what simply holds, else how far it holds.
    pub value: f64,
}

impl Reason {
    /// What a person is told: reasons of one kind are told as one.
    pub fn told(&self) -> &str {
        match self.name.split_once([' ', '=', '>']) {
            Some(("codes", _)) => "reference numbers",
            Some(("brands", _)) => "brands",
            Some(("families", _)) => "model families",
            Some(("sizes", _)) => "sizes",
            Some(("numbers", _)) => "short numbers",
            Some(("looks", _)) => "colour, movement and wearer",
            Some(("likeness", _)) => "likeness of the words",
            Some(("letters", _)) => "likeness of the spelling",
            Some(("length", _)) => "length of the titles",
            Some(_) | None => &self.name,
        }
    }
}

/// Every reason on two titles.
pub fn reasons(left: &str, right: &str, catalogue: &Catalogue) -> Vec<Reason> {
    let (left, right) = (Offer::read(left, catalogue), Offer::read(right, catalogue));
    let mut found = Found(Vec::with_capacity(64));
    codes(&mut found, &left, &right);
    for (of, a, b) in [("name", &left.name, &right.name), ("whole", &left.whole, &right.whole)] {
        found.relation("brands", of, &a.brands, &b.brands);
        found.relation("families", of, &a.families, &b.families);
        found.relation("sizes", of, &a.sizes, &b.sizes);
        found.relation("numbers", of, &a.numbers, &b.numbers);
        looks(&mut found, of, a, b);
        found.graded(&format!("likeness jaccard {of}"), jaccard(&a.words, &b.words));
        found.graded(&format!("likeness contained {of}"), containment(&a.words, &b.words));
        found.graded(&format!("letters trigrams {of}"), trigrams(&a.text, &b.text));
    }
    found.graded("likeness jaccard page", jaccard(&left.page.words, &right.page.words));
    lengths(&mut found, left.whole.count, right.whole.count);
    words(&mut found, &left, &right);
    found.0
}

struct Found(Vec<Reason>);

impl Found {
    fn holds(&mut self, name: String) {
        self.0.push(Reason { name, value: 1.0 });
    }

    /// A share from 0 to 1, and each tenth that it passes, so that weights may bend.
    fn graded(&mut self, name: &str, value: f64) {
        for tenth in 1..=9 {
            if value > f64::from(tenth) / 10.0 {
                self.holds(format!("{name}>0.{tenth}"));
            }
        }
        self.0.push(Reason { name: name.to_owned(), value });
    }

    /// Whether two sets are equal, overlap or contradict; an empty one says nothing.
    fn relation<T: Ord>(&mut self, what: &str, of: &str, a: &BTreeSet<T>, b: &BTreeSet<T>) {
        if let Some(relation) = relation(a, b) {
            self.holds(format!("{what} {of}={relation}"));
        }
    }
}

fn relation<T: Ord>(a: &BTreeSet<T>, b: &BTreeSet<T>) -> Option<&'static str> {
    if a.is_empty() || b.is_empty() {
        None
    } else if a == b {
        Some("equal")
    } else if a.is_disjoint(b) {
        Some("apart")
    } else {
        Some("overlap")
    }
}

/// The reference numbers: where they agree says most of all, so it also colours brand and looks.
fn codes(found: &mut Found, left: &Offer, right: &Offer) {
    let shared = |a: &Part, b: &Part| !a.codes.is_disjoint(&b.codes);
    let apart = |a: &Part, b: &Part| {
        !a.codes.is_empty() && !b.codes.is_empty() && a.codes.is_disjoint(&b.codes)
    };
    let (a, b) = (&left.whole.codes, &right.whole.codes);
    let facts = [
        ("name shared", shared(&left.name, &right.name)),
        ("whole shared", shared(&left.whole, &right.whole)),
        ("name apart", apart(&left.name, &right.name)),
        ("whole apart", apart(&left.whole, &right.whole)),
        ("crossed", shared(&left.name, &right.page) || shared(&left.page, &right.name)),
        ("page shared", shared(&left.page, &right.page)),
        ("missing once", a.is_empty() != b.is_empty()),
        ("missing twice", a.is_empty() && b.is_empty()),
    ];
    let held: Vec<&str> = facts.iter().filter(|fact| fact.1).map(|fact| fact.0).collect();
    for fact in &held {
        found.holds(format!("codes {fact}"));
    }
    let state = held.join(", ");
    found.holds(format!("codes all: {state}"));
    for (what, relation) in [
        ("brands", relation(&left.whole.brands, &right.whole.brands)),
        ("families", relation(&left.whole.families, &right.whole.families)),
        ("colours", relation(&of_kind(&left.whole, "colour"), &of_kind(&right.whole, "colour"))),
    ] {
        found.holds(format!("codes {what} {}: {state}", relation.unwrap_or("unsaid")));
    }
    found.graded("codes begin whole", common_beginning(a, b));
    found.graded("codes begin name", common_beginning(&left.name.codes, &right.name.codes));
    let longest = a.intersection(b).map(String::len).max().unwrap_or(0).min(15);
    found.0.push(Reason { name: "codes shared length".to_owned(), value: longest as f64 / 10.0 });
}

fn of_kind<'a>(part: &'a Part, kind: &str) -> BTreeSet<&'a str> {
    let of_kind = |value: &&str| value.split_once('=').is_some_and(|(head, _)| head == kind);
    part.traits.iter().map(String::as_str).filter(of_kind).collect()
}

fn looks(found: &mut Found, of: &str, a: &Part, b: &Part) {
    for kind in ["colour", "movement", "wearer", "bracelet", "function"] {
        if let Some(relation) = relation(&of_kind(a, kind), &of_kind(b, kind)) {
            found.holds(format!("looks {kind} {of}={relation}"));
        }
    }
}

fn lengths(found: &mut Found, a: usize, b: usize) {
    let scaled = |count: usize| count.min(60) as f64 / 10.0;
    found.0.push(Reason { name: "length shorter".to_owned(), value: scaled(a.min(b)) });
    found.0.push(Reason { name: "length difference".to_owned(), value: scaled(a.abs_diff(b)) });
}

/// Each word that both have, or only one: "bristol" in one of two names tells them apart.
fn words(found: &mut Found, left: &Offer, right: &Offer) {
    for (of, a, b) in [("word", &left.whole, &right.whole), ("name", &left.name, &right.name)] {
        for word in a.words.intersection(&b.words) {
            found.holds(format!("{of} in both: {word}"));
        }
        for word in a.words.symmetric_difference(&b.words) {
            found.holds(format!("{of} in one: {word}"));
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(left: &str, right: &str, name: &str, holds: bool) {
        let found = reasons(left, right, Catalogue::bundled());
        assert_eq!(found.iter().any(|reason| reason.name == name), holds, "{name}: {found:?}");
    }

    #[test]
    fn codes_and_words() {
        check("Seiko SPB143J1", "Seiko SPB143J1 blue", "codes name shared", true);
        check("Seiko SPB143J1", "Seiko SPB147J1", "codes name apart", true);
        check("Seiko SPB143J1", "Seiko SPB147J1", "codes begin whole>0.5", true);
        check("Seiko SPB143J1", "Seiko Prospex", "codes missing once", true);
        check("Bristol watch", "Sheffield watch", "word in one: bristol", true);
        check("Bristol watch", "Sheffield watch", "word in both: watch", true);
    }

    #[test]
    fn brands_sizes_and_looks() {
        check("Seiko 40mm", "Omega 42 mm", "brands name=apart", true);
        check("Seiko 40mm", "Omega 42 mm", "sizes whole=apart", true);
        check("schwarz", "black", "looks colour name=equal", true);
        check("schwarz", "silver", "looks colour name=apart", true);
        check("schwarz", "watch", "looks colour name=apart", false);
    }
}

//! How sellers write: titles as they stand on markets, tidy and untidy.

use super::Reference;
use crate::{listing::Scope, random::Dice};

const BOASTS: &[&str] =
    &["MINT", "Like New", "Excellent", "Serviced", "Unpolished", "Top condition", "LNIB"];
const TAILS: &[&str] =
    &["Automatic", "Men's Watch", "Swiss Made", "Mens", "Wristwatch", "Steel Watch"];

/// A private seller's or an auction's title: crammed.
pub fn crammed(of: &Reference, year: u16, scope: Scope, dice: &mut Dice) -> String {
    let mut words = vec![of.brand.to_owned(), of.family.to_owned(), of.number.to_owned()];
    if !of.nickname.is_empty() && dice.chance(500) {
        words.insert(2, format!("\"{}\"", of.nickname));
    }
    if dice.chance(550) {
        words.push(format!("{}mm", of.diameter_mm));
    }
    if dice.chance(600) {
        words.push(year.to_string());
    }
    let set = match scope {
        Scope { has_box: true, papers: true } => {
            *dice.pick(&["Full Set", "Box & Papers", "B&P", "Box/Papers"])
        }
        Scope { has_box: true, papers: false } => *dice.pick(&["w/ Box", "Box only, no papers"]),
        Scope { has_box: false, papers: true } => *dice.pick(&["with Papers", "Card only, no box"]),
        Scope { has_box: false, papers: false } => {
            *dice.pick(&["Watch Only", "", "no box no papers"])
        }
    };
    words.push(set.to_owned());
    if dice.chance(350) {
        words.push((*dice.pick(BOASTS)).to_owned());
    }
    if dice.chance(250) {
        words.push((*dice.pick(TAILS)).to_owned());
    }
    words.retain(|word| !word.is_empty());
    words.join(" ")
}

/// A trader's title: brand and family, and a second line of detail.
pub fn tidy(of: &Reference, year: u16, scope: Scope, dice: &mut Dice) -> (String, String) {
    let set = match scope {
        Scope { has_box: true, papers: true } => "Full Set",
        Scope { has_box: true, papers: false } => "Box",
        Scope { has_box: false, papers: true } => "Papers",
        Scope { has_box: false, papers: false } => "Watch only",
    };
    let nickname =
        if of.nickname.is_empty() { String::new() } else { format!("{} | ", of.nickname) };
    let detail = match dice.between(0, 2) {
        0 => format!("{} {} mm {set} {year}", of.number, of.diameter_mm),
        1 => format!("{nickname}{} | {set} | {year}", of.number),
        _ => format!("{} {set}", of.number),
    };
    (format!("{} {}", of.brand, of.family), detail)
}

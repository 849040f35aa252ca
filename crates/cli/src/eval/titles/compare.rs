//! When a reading of a title agrees with its label: references, brands and years, each after folding.

use serde_json::Value;
use watches_core::reference::{Catalogue, Key};

use crate::{commands::identify::Reading, eval::Score};

pub(super) fn wanted_references(expect: &Value) -> Vec<String> {
    let first = expect["reference"].as_str().map(str::to_owned);
    let others = expect["reference_accept_also"].as_array().into_iter().flatten();
    first.into_iter().chain(others.filter_map(Value::as_str).map(str::to_owned)).collect()
}

/// A base counts where the truth gives no more than the base.
pub(super) fn count_reference(score: &mut Score, title: &str, wanted: &[String], read: &Reading) {
    let given = read.reference.as_deref().or(read.reference_base.as_deref());
    let matched = matched(wanted, read);
    score.count_answer(
        title,
        wanted.first().map(String::as_str).map(|first| matched.unwrap_or(first)),
        matched.or(given),
    );
}

/// Which of the wanted references the reading gives, if any.
pub(super) fn matched<'a>(wanted: &'a [String], read: &Reading) -> Option<&'a str> {
    let given = read.reference.as_deref().or(read.reference_base.as_deref());
    let same = |wanted: &&String| {
        let bare = |text: &str| Key::of(text.trim_start_matches(['m', 'M']));
        given.is_some_and(|given| {
            bare(given) == bare(wanted)
                || read.reference_base.as_deref().is_some_and(|base| bare(base) == bare(wanted))
        })
    };
    wanted.iter().find(same).map(String::as_str)
}

pub(super) fn brand_agrees(expect: &Value, read: &Reading) -> bool {
    let also = expect["brand_accept_also"].as_array().cloned().unwrap_or_default();
    std::iter::once(&expect["brand"]).chain(&also).any(|brand| {
        match (brand.as_str(), &read.brand) {
            (None, None) => true,
            (Some(wanted), Some(given)) => folded(&catalogue_name(wanted)) == folded(given),
            (Some(_), None) | (None, Some(_)) => false,
        }
    })
}

pub(super) fn catalogue_name(brand: &str) -> String {
    Catalogue::bundled().brand_name(brand).unwrap_or(brand).to_owned()
}

pub(super) fn is_a_brand(brand: &str) -> bool {
    !matches!(brand, "Unbranded" | "other")
}

pub(super) fn count_number(score: &mut Score, title: &str, wanted: &Value, given: Option<u16>) {
    let wanted = wanted.as_u64().map(|year| year.to_string());
    let given = given.map(|year| year.to_string());
    score.count_answer(title, wanted.as_deref(), given.as_deref());
}

/// The stated year is due where the title writes it, and not as a decade; any other year is wrong.
pub(super) fn count_year_in_title(score: &mut Score, title: &str, stated: &Value, read: &Reading) {
    let stated = stated.as_u64().map(|year| year.to_string());
    let given = read.year.map(|year| year.to_string());
    let written = |year: &String| {
        let decade =
            ["s", "'s", "’s", "´s", "'S"].iter().any(|end| title.contains(&format!("{year}{end}")));
        (title.contains(year.as_str()) && !decade) || given.as_ref() == Some(year)
    };
    let due = stated.filter(written);
    score.count_answer(title, due.as_deref(), given.as_deref());
}

/// `126334 (Wimbledon)` -> `126334`.
pub(super) fn first_reference(stated: &str) -> &str {
    stated.split(['(', ',']).next().unwrap_or(stated).trim()
}

pub(super) fn is_year(text: &str) -> bool {
    text.len() == 4 && text.parse().is_ok_and(|year: u16| (1900..2030).contains(&year))
}

pub(super) fn folded(text: &str) -> String {
    text.chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase).collect()
}

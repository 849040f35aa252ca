//! What a newcomer types -> the watch that is meant, a search and a rule to start from; and the words
//! that the rule editor completes.

use watches_core::reference::{Catalogue, Identified, identify};
use watches_ipc::{
    fault::Fault,
    watchlist::{CompleteRuleValue, IdentifyWanted, Wanted},
};
use watches_store::listings::{self, Word};

use crate::{App, fault::Error};

/// Completions offered at once.
const OFFERED: u32 = 12;

impl App {
    /// # Errors
    /// None: what cannot be understood becomes a search for the words themselves.
    pub async fn identify_wanted(&self, args: IdentifyWanted) -> Result<Wanted, Fault> {
        Ok(understand(&args.text, self.catalogue))
    }

    /// Values the store has seen, then those of the catalogue, that begin with what was typed.
    ///
    /// # Errors
    /// When the store cannot be read.
    pub async fn complete_rule_value(&self, args: CompleteRuleValue) -> Result<Vec<String>, Fault> {
        Ok(complete(self, &args.field, args.prefix.trim()).await?)
    }
}

fn understand(text: &str, catalogue: &Catalogue) -> Wanted {
    let typed: Vec<&str> = text.split_whitespace().collect();
    let typed = typed.join(" ");
    let watch = identify(&typed, None, catalogue);
    let name = name(&watch).unwrap_or_else(|| typed.clone());
    Wanted {
        query: query(&watch).unwrap_or_else(|| typed.clone()),
        suggested_rule: rule(&watch, &typed),
        suggestions: suggestions(&watch, &typed, catalogue),
        name,
        brand: watch.brand,
        family: watch.family,
        reference: watch.reference,
        reference_base: watch.reference_base,
    }
}

fn name(watch: &Identified) -> Option<String> {
    let reference = watch.reference.as_ref().or(watch.reference_base.as_ref());
    let parts = [watch.brand.as_ref(), watch.family.as_ref(), reference];
    let known: Vec<&str> = parts.into_iter().flatten().map(String::as_str).collect();
    (!known.is_empty()).then(|| known.join(" "))
}

/// Few words find more: brand and reference, or brand and family.
fn query(watch: &Identified) -> Option<String> {
    let brand = watch.brand.as_ref()?;
    let reference = watch.reference.as_ref().or(watch.reference_base.as_ref());
    let second = reference.or(watch.family.as_ref());
    Some(second.map_or_else(|| brand.clone(), |second| format!("{brand} {second}")).to_lowercase())
}

fn rule(watch: &Identified, typed: &str) -> String {
    let quoted = |text: &str| format!("\"{}\"", text.replace(['"', '\\'], ""));
    let test = match (&watch.reference, &watch.reference_base, &watch.brand, &watch.family) {
        (Some(reference), ..) => format!("ref = {}", quoted(reference)),
        (None, Some(base), ..) => format!("ref_family = {}", quoted(base)),
        (None, None, Some(brand), Some(family)) => {
            format!("brand = {} and title has {}", quoted(brand), quoted(family))
        }
        (None, None, Some(brand), None) => format!("brand = {}", quoted(brand)),
        (None, None, None, _) => {
            let words = typed.split_whitespace().map(|word| format!("title has {}", quoted(word)));
            let words: Vec<String> = words.take(6).collect();
            words.join(" and ")
        }
    };
    if test.is_empty() { String::new() } else { format!("when {test} then toast") }
}

/// Other watches it may be: those of the catalogue whose reference begins so.
fn suggestions(watch: &Identified, typed: &str, catalogue: &Catalogue) -> Vec<String> {
    let beginning = watch.reference_base.as_deref().or_else(|| typed.split_whitespace().last());
    let Some(beginning) = beginning.filter(|word| word.bytes().any(|byte| byte.is_ascii_digit()))
    else {
        return Vec::new();
    };
    let mine = watch.reference.as_deref();
    let known = catalogue.references_beginning(beginning, OFFERED as usize);
    let others = known.into_iter().filter(|known| Some(known.reference) != mine);
    others.map(|known| format!("{} {} {}", known.brand, known.family, known.reference)).collect()
}

async fn complete(app: &App, field: &str, prefix: &str) -> Result<Vec<String>, Error> {
    let catalogue = app.catalogue;
    let word = match field {
        "brand" => Word::Brand,
        "family" => Word::Family,
        "ref" => Word::Reference,
        "ref_family" => Word::ReferenceBase,
        "seller" => Word::Seller,
        "country" => Word::Country,
        "source" => Word::Source,
        _ => return Ok(Vec::new()),
    };
    let mut found = listings::complete(&mut app.read().await?, word, prefix, OFFERED).await?;
    let more: Vec<String> = match word {
        Word::Brand => beginning(catalogue.brand_names(), prefix),
        Word::Reference => {
            let known = catalogue.references_beginning(prefix, OFFERED as usize);
            known.into_iter().map(|known| known.reference.to_owned()).collect()
        }
        Word::ReferenceBase => bases(catalogue, prefix),
        Word::Family => catalogue.families_beginning(prefix, OFFERED as usize),
        Word::Seller | Word::Country | Word::Source => Vec::new(),
    };
    for value in more {
        if !found.contains(&value) && found.len() < OFFERED as usize {
            found.push(value);
        }
    }
    Ok(found)
}

/// The digits that open each listed reference: `126610` of `126610LN`.
fn bases(catalogue: &Catalogue, prefix: &str) -> Vec<String> {
    let mut bases: Vec<String> = Vec::new();
    for known in catalogue.references_beginning(prefix, 4 * OFFERED as usize) {
        let watch = identify(&format!("{} {}", known.brand, known.reference), None, catalogue);
        if let Some(base) = watch.reference_base
            && !bases.contains(&base)
        {
            bases.push(base);
        }
    }
    bases
}

fn beginning<'a>(names: impl Iterator<Item = &'a str>, prefix: &str) -> Vec<String> {
    let prefix = prefix.to_lowercase();
    names.filter(|name| name.to_lowercase().starts_with(&prefix)).map(str::to_owned).collect()
}

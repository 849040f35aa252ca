//! Two readings of a listing, field by field: what is not the same, by name, before and after.
//!
//! Pure. By the JSON of both, so that a field added to a listing is compared without a line here.

use serde_json::Value;
use watches_core::listing::{extracted::Extracted, normalise::Normalised};

/// One field that is read otherwise.
#[derive(Debug, Clone, PartialEq, serde::Serialize)]
pub struct FieldChange {
    /// `price`, `stated.year`, `watch.reference`.
    pub field: String,
    pub before: Value,
    pub after: Value,
}

/// What changes from one reading to the other. Fields of the page have no prefix.
pub(super) fn between(before: &Normalised, after: &Normalised) -> Vec<FieldChange> {
    let (before, after) = (json(before), json(after));
    let mut changes = Vec::new();
    compare("", &before, &after, &mut changes);
    for change in &mut changes {
        if let Some(field) = change.field.strip_prefix("extracted.") {
            change.field = field.to_owned();
        }
    }
    changes
}

/// What is stored and the page does not say.
pub(super) fn unsaid(stored: &Extracted, page: &Extracted) -> Vec<FieldChange> {
    let mut changes = Vec::new();
    compare("", &json(stored), &json(page), &mut changes);
    changes.retain(|change| is_silent(&change.after) && !is_silent(&change.before));
    changes
}

fn is_silent(value: &Value) -> bool {
    match value {
        Value::Null => true,
        Value::String(text) => text.is_empty(),
        Value::Array(items) => items.is_empty(),
        Value::Bool(_) | Value::Number(_) | Value::Object(_) => false,
    }
}

fn json(value: &impl serde::Serialize) -> Value {
    serde_json::to_value(value).expect("a listing is only words, numbers and lists")
}

/// Goes down where both are objects of our own; money and lists are values of one piece.
fn compare(path: &str, before: &Value, after: &Value, changes: &mut Vec<FieldChange>) {
    match (before, after) {
        (Value::Object(old), Value::Object(new)) if !is_money(old) && !is_money(new) => {
            let names = old.keys().chain(new.keys().filter(|name| !old.contains_key(*name)));
            for name in names {
                let field = if path.is_empty() { name.clone() } else { format!("{path}.{name}") };
                let value = |object: &serde_json::Map<String, Value>| {
                    object.get(name).cloned().unwrap_or_default()
                };
                compare(&field, &value(old), &value(new), changes);
            }
        }
        (before, after) if before == after => {}
        (before, after) => changes.push(FieldChange {
            field: path.to_owned(),
            before: before.clone(),
            after: after.clone(),
        }),
    }
}

fn is_money(object: &serde_json::Map<String, Value>) -> bool {
    object.contains_key("minor")
}

#[cfg(test)]
mod tests {
    use serde_json::json;
    use watches_core::{
        listing::normalise::normalise,
        money::{Currency, Money},
        reference::Catalogue,
    };

    use super::*;

    fn page(change: impl FnOnce(&mut Extracted)) -> Extracted {
        let mut page = Extracted::new("shop", "1", "https://x.test/1", "Rolex Submariner 126610LN");
        page.price = Some(Money::new(900_000, Currency::EUR));
        change(&mut page);
        page
    }

    #[track_caller]
    fn check(change: impl FnOnce(&mut Extracted), expected: &[(&str, Value, Value)]) {
        let read = |page| normalise(page, Catalogue::bundled());
        let found = between(&read(page(|_| ())), &read(page(change)));
        let found: Vec<(&str, Value, Value)> = found
            .iter()
            .map(|change| (change.field.as_str(), change.before.clone(), change.after.clone()))
            .collect();
        assert_eq!(found, expected);
    }

    #[test]
    fn only_what_differs_is_named() {
        check(|_| (), &[]);
        check(
            |page| page.seller = Some("anna".to_owned()),
            &[("seller", Value::Null, json!("anna"))],
        );
        check(
            |page| page.price = Some(Money::new(800_000, Currency::EUR)),
            &[(
                "price",
                json!({ "minor": 900_000, "currency": "EUR" }),
                json!({ "minor": 800_000, "currency": "EUR" }),
            )],
        );
        check(
            |page| page.stated.material = Some("steel".to_owned()),
            &[
                ("stated.material", Value::Null, json!("steel")),
                ("material", Value::Null, json!("steel")),
            ],
        );
    }

    #[test]
    fn silence_is_not_a_change_but_is_told() {
        let found = unsaid(&page(|page| page.seller = Some("anna".to_owned())), &page(|_| ()));
        assert_eq!(found.len(), 1);
        assert_eq!((found[0].field.as_str(), &found[0].before), ("seller", &json!("anna")));
        let other = page(|page| page.seller = Some("berta".to_owned()));
        assert_eq!(unsaid(&page(|page| page.seller = Some("anna".to_owned())), &other), []);
    }
}

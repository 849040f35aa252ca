//! The browser's `Intl`, called by name; each formatter is made once.
//!
//! Only `format.rs` calls it. A formatter that a browser refuses gives an empty text, never a panic.

use std::{cell::RefCell, collections::HashMap};

use js_sys::{Array, Date, Function, Object, Reflect};
use wasm_bindgen::{JsCast, JsValue};

use super::PriceParts;

thread_local! {
    static MADE: RefCell<HashMap<String, JsValue>> = RefCell::default();
}

type Choice = (&'static str, JsValue);

fn formatter(key: &str, class: &str, options: impl FnOnce() -> Vec<Choice>) -> JsValue {
    if let Some(made) = MADE.with_borrow(|made| made.get(key).cloned()) {
        return made;
    }
    let fresh = make(class, options()).unwrap_or(JsValue::UNDEFINED);
    MADE.with_borrow_mut(|made| made.insert(key.to_owned(), fresh.clone()));
    fresh
}

fn make(class: &str, options: Vec<Choice>) -> Result<JsValue, JsValue> {
    let bag = Object::new();
    for (name, value) in options {
        Reflect::set(&bag, &name.into(), &value)?;
    }
    let intl = Reflect::get(&js_sys::global(), &"Intl".into())?;
    let class = Reflect::get(&intl, &class.into())?.dyn_into::<Function>()?;
    let made = Reflect::construct(&class, &Array::of2(&JsValue::UNDEFINED, &bag))?;
    if !is_of_c_locale(&made) {
        return Ok(made);
    }
    Reflect::construct(&class, &Array::of2(&"en-US".into(), &bag))
}

/// A session without a language (`LANG=C.UTF-8`) is English in its POSIX form, which groups no digits.
fn is_of_c_locale(formatter: &JsValue) -> bool {
    let chosen = apply(formatter, "resolvedOptions", &JsValue::UNDEFINED, &JsValue::UNDEFINED);
    let locale = Reflect::get(&chosen, &"locale".into()).ok().and_then(|found| found.as_string());
    locale.is_some_and(|locale| locale.ends_with("posix"))
}

fn apply(formatter: &JsValue, method: &str, first: &JsValue, second: &JsValue) -> JsValue {
    let method = Reflect::get(formatter, &method.into()).and_then(JsCast::dyn_into::<Function>);
    method.and_then(|method| method.call2(formatter, first, second)).unwrap_or(JsValue::UNDEFINED)
}

fn words(formatter: &JsValue, method: &str, value: &JsValue) -> String {
    apply(formatter, method, value, &JsValue::UNDEFINED).as_string().unwrap_or_default()
}

pub fn number(value: f64) -> String {
    words(&formatter("number", "NumberFormat", Vec::new), "format", &value.into())
}

pub fn percent(share: f64) -> String {
    let digits = if share.abs() < 0.0995 { 1 } else { 0 };
    let made = formatter(&format!("percent{digits}"), "NumberFormat", || {
        vec![("style", "percent".into()), ("maximumFractionDigits", digits.into())]
    });
    words(&made, "format", &share.into())
}

pub fn price(code: &'static str, value: f64, digits: u32) -> PriceParts {
    let made = formatter(&format!("{code}{digits}"), "NumberFormat", || {
        vec![
            ("style", "currency".into()),
            ("currency", code.into()),
            ("minimumFractionDigits", digits.into()),
            ("maximumFractionDigits", digits.into()),
        ]
    });
    let pieces = apply(&made, "formatToParts", &value.into(), &JsValue::UNDEFINED);
    let mut parts = PriceParts::default();
    for piece in pieces.dyn_into::<Array>().unwrap_or_default().iter() {
        let field =
            |name: &str| Reflect::get(&piece, &name.into()).ok().and_then(|v| v.as_string());
        let (kind, text) = (field("type").unwrap_or_default(), field("value").unwrap_or_default());
        match (kind.as_str(), parts.amount.is_empty()) {
            ("currency" | "literal", true) => parts.before.push_str(&text),
            ("currency" | "literal", false) => parts.after.push_str(&text),
            _ => parts.amount.push_str(&text),
        }
    }
    parts
}

pub fn relative(count: f64, unit: &str) -> String {
    let made = formatter("relative", "RelativeTimeFormat", || {
        vec![("numeric", "auto".into()), ("style", "short".into())]
    });
    apply(&made, "format", &count.into(), &unit.into()).as_string().unwrap_or_default()
}

pub fn date(kind: &'static str, millis: f64) -> String {
    let made = formatter(kind, "DateTimeFormat", || match kind {
        "exact" => vec![("dateStyle", "full".into()), ("timeStyle", "short".into())],
        "medium" => vec![("dateStyle", "medium".into()), ("timeStyle", "short".into())],
        "day_and_time" => vec![
            ("day", "numeric".into()),
            ("month", "short".into()),
            ("hour", "numeric".into()),
            ("minute", "2-digit".into()),
        ],
        "time" => vec![("timeStyle", "short".into())],
        _ => vec![("day", "numeric".into()), ("month", "short".into())],
    });
    words(&made, "format", &Date::new(&millis.into()))
}

pub fn country(code: &str) -> String {
    let made = formatter("region", "DisplayNames", || vec![("type", "region".into())]);
    words(&made, "of", &code.into())
}

pub fn currency(code: &str) -> String {
    let made = formatter("currency", "DisplayNames", || vec![("type", "currency".into())]);
    words(&made, "of", &code.into())
}

//! The keyboard: one listener in the frame, deeds handed to the page that is shown.
//!
//! Typing in a field is never taken for a deed; Escape and Ctrl or Cmd K always are.

use std::cell::RefCell;

use wasm_bindgen::JsCast;
use web_sys::{Element, KeyboardEvent};
use yew::prelude::*;

use crate::router::Page;

/// What a key asks for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Deed {
    Palette,
    Keys,
    Close,
    Search,
    Undo,
    Go(Page),
    Down,
    Up,
    Open,
    Archive,
    Snooze,
    Browse,
    MarkRead,
    New,
    Save,
}

/// The key of each deed and the message that says what it does, in the order of the sheet.
pub const SHEET: [(&str, &str); 13] = [
    ("Ctrl K", "key-palette"),
    ("/", "key-search"),
    ("j  k", "key-move"),
    ("Enter", "key-open"),
    ("o", "key-browse"),
    ("e", "key-archive"),
    ("s", "key-snooze"),
    ("m", "key-mark-read"),
    ("n", "key-new"),
    ("Ctrl S", "key-save"),
    ("u", "key-undo"),
    ("1 – 5", "key-pages"),
    ("?", "key-keys"),
];

/// The deed of a key press; `None` while someone types.
pub fn deed(event: &KeyboardEvent) -> Option<Deed> {
    let key = event.key();
    let command = event.ctrl_key() || event.meta_key();
    match key.as_str() {
        "Escape" => return Some(Deed::Close),
        "k" | "K" if command => return Some(Deed::Palette),
        "s" | "S" if command => return Some(Deed::Save),
        _ if command || event.alt_key() => return None,
        _ => {}
    }
    let target = event.target().and_then(|target| target.dyn_into::<Element>().ok());
    plain(&key, &target.map(|element| place(&element)).unwrap_or_default())
}

/// Where a key was pressed.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
enum Place {
    #[default]
    Page,
    /// A control that takes Enter and Space for itself.
    Control,
    /// A field that takes every letter.
    Field,
}

fn place(element: &Element) -> Place {
    match element.tag_name().as_str() {
        "INPUT" | "TEXTAREA" | "SELECT" => Place::Field,
        "BUTTON" | "A" | "SUMMARY" => Place::Control,
        _ => Place::Page,
    }
}

fn plain(key: &str, place: &Place) -> Option<Deed> {
    if *place == Place::Field {
        return None;
    }
    Some(match key {
        "/" => Deed::Search,
        "?" => Deed::Keys,
        "u" => Deed::Undo,
        "j" | "ArrowDown" => Deed::Down,
        "k" | "ArrowUp" => Deed::Up,
        "Enter" if *place == Place::Page => Deed::Open,
        "e" => Deed::Archive,
        "s" => Deed::Snooze,
        "o" => Deed::Browse,
        "m" => Deed::MarkRead,
        "n" => Deed::New,
        digit => Deed::Go(page(digit)?),
    })
}

fn page(digit: &str) -> Option<Page> {
    let number = digit.parse::<usize>().ok()?;
    Page::LISTED.get(number.checked_sub(1)?).copied()
}

thread_local! {
    static LISTENERS: RefCell<Vec<Callback<Deed>>> = RefCell::default();
}

/// Hands a deed to the page shown.
pub fn hand_over(deed: Deed) {
    let listeners = LISTENERS.with_borrow(Clone::clone);
    for listener in listeners {
        listener.emit(deed);
    }
}

/// Hears deeds while the component lives.
#[hook]
pub fn use_deeds(listener: Callback<Deed>) {
    use_effect_with(listener, |listener| {
        let listener = listener.clone();
        LISTENERS.with_borrow_mut(|listeners| listeners.push(listener.clone()));
        move || LISTENERS.with_borrow_mut(|listeners| listeners.retain(|known| *known != listener))
    });
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(key: &str, place: Place, deed: Option<Deed>) {
        assert_eq!(plain(key, &place), deed, "{key} in {place:?}");
    }

    #[test]
    fn keys_are_deeds_only_outside_of_fields() {
        check("j", Place::Page, Some(Deed::Down));
        check("j", Place::Field, None);
        check("Enter", Place::Page, Some(Deed::Open));
        check("Enter", Place::Control, None);
        check("3", Place::Page, Some(Deed::Go(Page::Inbox)));
        check("0", Place::Page, None);
        check("9", Place::Page, None);
        check("q", Place::Page, None);
    }
}

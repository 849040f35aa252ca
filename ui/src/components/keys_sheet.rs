//! The sheet of all keys.

use yew::prelude::*;

use crate::{components::dialog::Dialog, keys::SHEET, t};

#[component]
pub fn KeysSheet() -> Html {
    html! {
        <Dialog label={t!("keys-title")} class="keys">
            <h2>{ t!("keys-title") }</h2>
            <dl>
                { for SHEET.iter().map(|(key, words)| html! {
                    <div><dt>{ for key.split(' ').filter(|part| !part.is_empty()).map(|part| html! { <kbd>{ part.to_owned() }</kbd> }) }</dt><dd>{ t!(words) }</dd></div>
                }) }
            </dl>
        </Dialog>
    }
}

//! What lies over the page: takes the focus, keeps it, gives it back; Escape closes it.

use wasm_bindgen::JsCast;
use web_sys::HtmlElement;
use yew::prelude::*;

use crate::{shell::use_shell, state::shell::Action};

#[derive(Properties, PartialEq)]
pub struct Props {
    pub label: AttrValue,
    #[prop_or_default]
    pub class: Classes,
    pub children: Children,
}

#[component]
pub fn Dialog(props: &Props) -> Html {
    let shell = use_shell();
    let node = use_node_ref();
    {
        let node = node.clone();
        use_effect_with((), move |()| {
            let before = active();
            let first = node.cast::<HtmlElement>().and_then(|dialog| {
                dialog
                    .query_selector("input, button")
                    .ok()
                    .flatten()?
                    .dyn_into::<HtmlElement>()
                    .ok()
            });
            if let Some(first) = first.or_else(|| node.cast::<HtmlElement>()) {
                first.focus().unwrap_or_default();
            }
            move || {
                if let Some(before) = before {
                    before.focus().unwrap_or_default();
                }
            }
        });
    }
    let close = {
        let shell = shell.clone();
        move |_: MouseEvent| shell.dispatch(Action::Show(None))
    };
    let keep = {
        let node = node.clone();
        Callback::from(move |event: KeyboardEvent| keep_focus(&node, &event))
    };
    html! {
        <div class="veil" onclick={close}>
            <div class={classes!("dialog", props.class.clone())} ref={node} role="dialog" aria-modal="true" tabindex="-1"
                aria-label={props.label.clone()} onclick={|event: MouseEvent| event.stop_propagation()} onkeydown={keep}>
                { props.children.clone() }
            </div>
        </div>
    }
}

fn active() -> Option<HtmlElement> {
    web_sys::window()?.document()?.active_element()?.dyn_into::<HtmlElement>().ok()
}

/// Tab goes round inside.
fn keep_focus(node: &NodeRef, event: &KeyboardEvent) {
    if event.key() != "Tab" {
        return;
    }
    let Some(dialog) = node.cast::<HtmlElement>() else { return };
    let Ok(found) = dialog.query_selector_all("input, button, [href]") else { return };
    let at = |place: u32| found.item(place).and_then(|node| node.dyn_into::<HtmlElement>().ok());
    let (first, last) = (at(0), at(found.length().saturating_sub(1)));
    let (edge, other) = if event.shift_key() { (first.clone(), last) } else { (last, first) };
    if active().is_none() || active() == edge {
        event.prevent_default();
        if let Some(other) = other {
            other.focus().unwrap_or_default();
        }
    }
}

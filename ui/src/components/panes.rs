//! List and detail side by side with a divider to drag; on a narrow window one at a time with a
//! way back. The width is remembered.

use wasm_bindgen::{JsCast, closure::Closure};
use web_sys::{HtmlElement, PointerEvent};
use yew::prelude::*;

use crate::{
    components::controls::ActionButton,
    router::{self, Route},
    shell::{self, use_shell},
    t,
};

#[derive(Properties, PartialEq)]
pub struct Props {
    pub list: Html,
    /// Without it the list has the whole place.
    pub detail: Html,
    /// Whether something is open: narrow windows then show the detail.
    pub open: bool,
    /// Nothing can be open: the list has the whole place.
    #[prop_or_default]
    pub alone: bool,
    pub label: AttrValue,
}

#[component]
pub fn Panes(props: &Props) -> Html {
    let shell = use_shell();
    let node = use_node_ref();
    let width = shell.memory.list_width;
    use_width(&node, width);
    let drag = {
        let (node, shell) = (node.clone(), shell.clone());
        Callback::from(move |event: PointerEvent| follow(&node, &shell, &event))
    };
    let onkeydown = {
        let (node, shell) = (node.clone(), shell.clone());
        Callback::from(move |event: KeyboardEvent| {
            let step = match event.key().as_str() {
                "ArrowLeft" => -24,
                "ArrowRight" => 24,
                _ => return,
            };
            event.prevent_default();
            let now = list_width(&node).unwrap_or(480);
            shell::remember(&shell, |memory| memory.resize(now.saturating_add_signed(step)));
        })
    };
    let page = shell.route.page;
    let back = Callback::from(move |()| router::go(&Route::to(page)));
    html! {
        <div class={classes!("panes", props.open.then_some("panes-open"), props.alone.then_some("panes-alone"))} ref={node}>
            <section class="pane pane-list" aria-label={props.label.clone()}>{ props.list.clone() }</section>
            <div class="divider" role="separator" aria-orientation="vertical" tabindex="0" aria-label={t!("divider")}
                aria-valuenow={width.to_string()} aria-valuemin="320" aria-valuemax="900"
                onpointerdown={drag} {onkeydown}></div>
            <section class="pane pane-detail" aria-label={t!("pane-detail")}>
                <div class="back"><ActionButton icon="arrow-left" label={t!("back")} on_click={back} class="quiet" /></div>
                { props.detail.clone() }
            </section>
        </div>
    }
}

fn list_width(node: &NodeRef) -> Option<u32> {
    let list = node.cast::<HtmlElement>()?.first_element_child()?;
    Some(list.client_width().unsigned_abs())
}

/// The remembered width as a custom property on the panes; 0 leaves the style sheet's own.
#[hook]
fn use_width(node: &NodeRef, width: u32) {
    let node = node.clone();
    use_effect_with(width, move |width| set_width(&node, *width));
}

fn set_width(node: &NodeRef, width: u32) {
    if let Some(element) = node.cast::<HtmlElement>() {
        let value = if width == 0 { String::new() } else { format!("{width}px") };
        // A custom property takes any text.
        element.style().set_property("--list-width", &value).unwrap_or_default();
    }
}

/// Follows the pointer until it lets go; only then is the width remembered.
fn follow(node: &NodeRef, shell: &shell::ShellHandle, event: &PointerEvent) {
    let Some(divider) =
        event.current_target().and_then(|target| target.dyn_into::<HtmlElement>().ok())
    else {
        return;
    };
    let Some(start) = list_width(node) else { return };
    event.prevent_default();
    divider.set_pointer_capture(event.pointer_id()).unwrap_or_default();
    let (from, moved) = (event.client_x(), node.clone());
    let on_move = Closure::<dyn Fn(PointerEvent)>::new(move |event: PointerEvent| {
        let mut memory = crate::state::memory::Memory::default();
        memory.resize(start.saturating_add_signed(event.client_x() - from));
        set_width(&moved, memory.list_width);
    });
    let (shell, handle) = (shell.clone(), divider.clone());
    divider.set_onpointermove(Some(on_move.as_ref().unchecked_ref()));
    let on_up = Closure::once_into_js(move |event: PointerEvent| {
        handle.set_onpointermove(None);
        handle.set_onpointerup(None);
        drop(on_move);
        shell::remember(&shell, |memory| {
            memory.resize(start.saturating_add_signed(event.client_x() - from))
        });
    });
    divider.set_onpointerup(Some(on_up.unchecked_ref()));
}

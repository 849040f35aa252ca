//! A list of any length on some twenty rows that are used again as it scrolls.
//!
//! A slot stays where it is in the document; only its row and its `transform` change. What a row
//! shows is the caller's: it should be a component of its own, so that equal rows are not redrawn.

use web_sys::{Element, HtmlElement};
use yew::prelude::*;

use crate::state::window::View;

#[derive(Properties, PartialEq)]
pub struct Props {
    pub total: u32,
    pub row_height: u32,
    /// Draws a row by its number.
    pub row: Callback<u32, Html>,
    /// Told which rows are drawn, whenever they change.
    pub on_rows: Callback<(u32, u32)>,
    /// The row to keep in sight: it is scrolled to when it changes.
    #[prop_or_default]
    pub chosen: Option<u32>,
    /// Where to begin, in CSS pixels.
    #[prop_or_default]
    pub start: u32,
    /// Told where it was scrolled to, once it rests.
    #[prop_or_default]
    pub on_rest: Callback<u32>,
    pub label: AttrValue,
}

#[component]
pub fn VirtualList(props: &Props) -> Html {
    let node = use_node_ref();
    let place = use_state(|| (f64::from(props.start), 800.0));
    let view = View {
        total: props.total,
        row_height: f64::from(props.row_height),
        scroll: place.0,
        height: place.1,
    };
    use_size(&node, &place, props.start);
    use_chosen(&node, view, props.chosen);
    let (first, end) = view.rows();
    {
        let on_rows = props.on_rows.clone();
        use_effect_with((first, end, on_rows), |(first, end, on_rows)| {
            on_rows.emit((*first, *end))
        });
    }
    use_rest(place.0, props.on_rest.clone());
    let onscroll = {
        let (node, place) = (node.clone(), place.clone());
        Callback::from(move |_: Event| {
            if let Some(element) = node.cast::<Element>() {
                place.set((f64::from(element.scroll_top()), place.1));
            }
        })
    };
    let slots = view.slots().min(props.total).max(1);
    html! {
        <div class="list" ref={node} {onscroll} role="listbox" aria-label={props.label.clone()} tabindex="0">
            <Canvas height={view.canvas()} />
            { for (0..slots).filter_map(|slot| {
                // The one row of first..end whose remainder is this slot.
                let row = first + (slot + slots - first % slots) % slots;
                (row < end).then(|| html! {
                    <Slot key={slot} top={view.top_of(row)} {row} total={props.total}
                        chosen={props.chosen == Some(row)}>
                        { props.row.emit(row) }
                    </Slot>
                })
            }) }
        </div>
    }
}

/// The element that gives the scroll bar its length. Set through CSSOM: the policy allows no `style`.
#[derive(Properties, PartialEq)]
struct CanvasProps {
    height: f64,
}

#[component]
fn Canvas(props: &CanvasProps) -> Html {
    let node = use_node_ref();
    {
        let node = node.clone();
        use_effect_with(props.height, move |height| style(&node, "height", &format!("{height}px")));
    }
    html! { <div class="list-canvas" role="presentation" ref={node}></div> }
}

#[derive(Properties, PartialEq)]
struct SlotProps {
    row: u32,
    top: f64,
    total: u32,
    chosen: bool,
    children: Html,
}

#[component]
fn Slot(props: &SlotProps) -> Html {
    let node = use_node_ref();
    {
        let node = node.clone();
        use_effect_with(props.top, move |top| {
            style(&node, "transform", &format!("translateY({top}px)"))
        });
    }
    html! {
        <div class={classes!("slot", props.chosen.then_some("chosen"))} ref={node} role="option"
            id={format!("row-{}", props.row)} aria-selected={props.chosen.to_string()}
            aria-posinset={(props.row + 1).to_string()} aria-setsize={props.total.to_string()}>
            { props.children.clone() }
        </div>
    }
}

fn style(node: &NodeRef, property: &str, value: &str) {
    if let Some(element) = node.cast::<HtmlElement>() {
        // Both properties exist everywhere; a refusal would leave the row where it was.
        element.style().set_property(property, value).unwrap_or_default();
    }
}

/// Height and scroll place, read when the list appears and when the window changes its size.
#[hook]
fn use_size(node: &NodeRef, place: &UseStateHandle<(f64, f64)>, start: u32) {
    use wasm_bindgen::{JsCast, closure::Closure};
    let setter = place.setter();
    let (node, begin) = (node.clone(), node.clone());
    use_effect_with((), move |()| {
        let measure = move || {
            if let Some(element) = node.cast::<Element>() {
                setter.set((f64::from(element.scroll_top()), f64::from(element.client_height())));
            }
        };
        let measured = measure.clone();
        if let Some(element) = begin.cast::<Element>() {
            element.set_scroll_top(start as i32);
        }
        let first = gloo_timers::callback::Timeout::new(0, measured);
        let listener = Closure::<dyn Fn()>::new(measure);
        let window = web_sys::window();
        if let Some(window) = &window {
            window
                .add_event_listener_with_callback("resize", listener.as_ref().unchecked_ref())
                .unwrap_or_default();
        }
        move || {
            drop(first);
            if let Some(window) = window {
                window
                    .remove_event_listener_with_callback(
                        "resize",
                        listener.as_ref().unchecked_ref(),
                    )
                    .unwrap_or_default();
            }
        }
    });
}

#[hook]
fn use_chosen(node: &NodeRef, view: View, chosen: Option<u32>) {
    let node = node.clone();
    use_effect_with(chosen, move |chosen| {
        let wanted = chosen.and_then(|row| view.scroll_to(row));
        if let (Some(element), Some(scroll)) = (node.cast::<Element>(), wanted) {
            element.set_scroll_top(scroll as i32);
        }
    });
}

/// Says the scroll place half a second after it last moved.
#[hook]
fn use_rest(scroll: f64, on_rest: Callback<u32>) {
    use_effect_with(scroll as u32, move |scroll| {
        let scroll = *scroll;
        let timer = gloo_timers::callback::Timeout::new(500, move || on_rest.emit(scroll));
        move || drop(timer)
    });
}

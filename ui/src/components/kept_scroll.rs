//! A scrolled place that begins where it was left, for short lists that are drawn whole.

use gloo_timers::callback::Timeout;
use web_sys::Element;
use yew::prelude::*;

use crate::components::table::use_scroll;

/// How long it rests before its place is remembered, in milliseconds.
const REST: u32 = 500;

#[derive(Properties, PartialEq)]
pub struct Props {
    /// The key of its place in what the window remembers.
    pub name: &'static str,
    pub children: Html,
}

#[component]
pub fn KeptScroll(props: &Props) -> Html {
    let node = use_node_ref();
    let (start, tell) = use_scroll(props.name);
    {
        let node = node.clone();
        use_effect_with((), move |()| {
            if let Some(element) = node.cast::<Element>() {
                element.set_scroll_top(start as i32);
            }
        });
    }
    let waiting = use_mut_ref(|| None::<Timeout>);
    let onscroll = {
        let node = node.clone();
        Callback::from(move |_: Event| {
            let Some(element) = node.cast::<Element>() else { return };
            let tell = tell.clone();
            // Putting the next one in its place cancels the one before.
            *waiting.borrow_mut() =
                Some(Timeout::new(REST, move || tell.emit(element.scroll_top().unsigned_abs())));
        })
    };
    html! { <div class="scroll" ref={node} {onscroll}>{ props.children.clone() }</div> }
}

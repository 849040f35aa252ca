//! Pages without content: empty ones teach in one sentence and one action; loading ones show the
//! frame at once and grey bars after 150 ms (the style sheet waits).

use yew::prelude::*;

use crate::{components::icon::Icon, t};

#[derive(Properties, PartialEq)]
pub struct EmptyProps {
    pub icon: AttrValue,
    pub title: AttrValue,
    pub text: AttrValue,
    /// One action at most.
    #[prop_or_default]
    pub children: Children,
}

#[component]
pub fn Empty(props: &EmptyProps) -> Html {
    html! {
        <div class="blank">
            <Icon name={props.icon.clone()} class="blank-icon" />
            <p class="blank-title">{ props.title.clone() }</p>
            <p class="blank-text">{ props.text.clone() }</p>
            { props.children.clone() }
        </div>
    }
}

#[derive(Properties, PartialEq)]
pub struct LoadingProps {
    #[prop_or(6)]
    pub rows: u32,
}

#[component]
pub fn Loading(props: &LoadingProps) -> Html {
    html! {
        <div class="loading" role="status" aria-label={t!("loading")}>
            { for (0..props.rows).map(|_| html! { <div class="loading-row"><span /><span /><span /></div> }) }
        </div>
    }
}

//! Our short words for a watch's facts: condition, set, age.

use watches_core::{condition::Condition, set::SetName, time::Timestamp};
use yew::prelude::*;

use crate::{format, t};

pub fn condition(condition: Condition) -> String {
    match condition {
        Condition::Incomplete => t!("condition-incomplete"),
        Condition::Poor => t!("condition-poor"),
        Condition::Fair => t!("condition-fair"),
        Condition::Good => t!("condition-good"),
        Condition::VeryGood => t!("condition-very-good"),
        Condition::Unworn => t!("condition-unworn"),
        Condition::New => t!("condition-new"),
    }
}

pub fn set(set: SetName) -> String {
    match set {
        SetName::FullSet => t!("set-full"),
        SetName::BoxOnly => t!("set-box"),
        SetName::PapersOnly => t!("set-papers"),
        SetName::WatchOnly => t!("set-watch"),
    }
}

#[derive(Properties, PartialEq)]
pub struct AgoProps {
    pub at: Timestamp,
}

/// `3 days ago`, with the exact moment on hover.
#[component]
pub fn Ago(props: &AgoProps) -> Html {
    let iso = props.at.to_iso();
    html! {
        <time datetime={iso} title={format::exact(props.at)}>{ format::relative(props.at, format::now()) }</time>
    }
}

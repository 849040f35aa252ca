//! Small controls: segmented choice, switch, labelled field, menu, icon button.

use web_sys::{HtmlInputElement, HtmlSelectElement};
use yew::prelude::*;

use crate::components::icon::Icon;

#[derive(Properties, PartialEq)]
pub struct SegmentsProps {
    pub label: AttrValue,
    /// Value and words of each.
    pub options: Vec<(AttrValue, AttrValue)>,
    pub value: AttrValue,
    pub on_choose: Callback<AttrValue>,
}

/// A few choices of which one holds.
#[component]
pub fn Segments(props: &SegmentsProps) -> Html {
    html! {
        <div class="segments" role="group" aria-label={props.label.clone()}>
            { for props.options.iter().map(|(value, words)| {
                let (chosen, tell, value) = (*value == props.value, props.on_choose.clone(), value.clone());
                html! {
                    <button type="button" aria-pressed={chosen.to_string()} onclick={move |_| tell.emit(value.clone())}>
                        { words.clone() }
                    </button>
                }
            }) }
        </div>
    }
}

#[derive(Properties, PartialEq)]
pub struct SwitchProps {
    pub label: AttrValue,
    pub on: bool,
    pub on_toggle: Callback<bool>,
    /// Words beside it; without them the label is only spoken.
    #[prop_or(true)]
    pub shown: bool,
}

#[component]
pub fn Switch(props: &SwitchProps) -> Html {
    let (tell, on) = (props.on_toggle.clone(), props.on);
    let spoken = (!props.shown).then(|| props.label.clone());
    html! {
        <button type="button" class="switch" role="switch" aria-checked={on.to_string()} aria-label={spoken}
            onclick={move |_| tell.emit(!on)}>
            <span class="switch-track"><span /></span>
            if props.shown { <span>{ props.label.clone() }</span> }
        </button>
    }
}

#[derive(Properties, PartialEq)]
pub struct ChoiceProps {
    pub label: AttrValue,
    pub options: Vec<(AttrValue, AttrValue)>,
    pub value: AttrValue,
    pub on_choose: Callback<AttrValue>,
    #[prop_or_default]
    pub class: Classes,
}

/// The system's own drop-down, its name spoken.
#[component]
pub fn Choice(props: &ChoiceProps) -> Html {
    let tell = props.on_choose.clone();
    let onchange = Callback::from(move |event: Event| {
        if let Some(select) = event.target_dyn_into::<HtmlSelectElement>() {
            tell.emit(select.value().into());
        }
    });
    let chosen = props.options.iter().find(|(value, _)| *value == props.value);
    html! {
        <span class={classes!("choice", props.class.clone())}>
            // Gives the width of what is chosen: WebKitGTK makes a select as wide as its longest option.
            <span class="choice-width" aria-hidden="true">{ chosen.map(|(_, words)| words.clone()) }</span>
            <select aria-label={props.label.clone()} {onchange}>
                { for props.options.iter().map(|(value, words)| html! {
                    <option value={value.clone()} selected={*value == props.value}>{ words.clone() }</option>
                }) }
            </select>
            <Icon name="chevron-down" />
        </span>
    }
}

#[derive(Properties, PartialEq)]
pub struct FieldProps {
    pub label: AttrValue,
    pub value: AttrValue,
    pub on_input: Callback<String>,
    #[prop_or_default]
    pub id: Option<AttrValue>,
    #[prop_or_default]
    pub placeholder: AttrValue,
    #[prop_or(AttrValue::Static("text"))]
    pub kind: AttrValue,
    #[prop_or_default]
    pub class: Classes,
    /// Spoken only.
    #[prop_or_default]
    pub quiet: bool,
    /// Id of a datalist.
    #[prop_or_default]
    pub list: Option<AttrValue>,
}

/// A text field; with its label above unless it is quiet.
#[component]
pub fn Field(props: &FieldProps) -> Html {
    let tell = props.on_input.clone();
    let oninput = Callback::from(move |event: InputEvent| {
        if let Some(input) = event.target_dyn_into::<HtmlInputElement>() {
            tell.emit(input.value());
        }
    });
    let spoken = props.quiet.then(|| props.label.clone());
    let input = html! {
        <input type={props.kind.clone()} id={props.id.clone()} value={props.value.clone()} {oninput} aria-label={spoken}
            placeholder={props.placeholder.clone()} autocomplete="off" spellcheck="false" list={props.list.clone()}
            class={props.class.clone()} />
    };
    if props.quiet {
        return input;
    }
    html! { <label class="field"><span>{ props.label.clone() }</span>{ input }</label> }
}

#[derive(Properties, PartialEq)]
pub struct ActionProps {
    pub icon: AttrValue,
    pub label: AttrValue,
    pub on_click: Callback<()>,
    #[prop_or_default]
    pub class: Classes,
    #[prop_or_default]
    pub disabled: bool,
}

/// A button of one icon: its name is spoken and shown on hover.
#[component]
pub fn IconButton(props: &ActionProps) -> Html {
    let tell = props.on_click.clone();
    html! {
        <button type="button" class={classes!("icon-button", props.class.clone())} aria-label={props.label.clone()}
            title={props.label.clone()} disabled={props.disabled} onclick={move |_| tell.emit(())}>
            <Icon name={props.icon.clone()} />
        </button>
    }
}

/// A button of an icon and words.
#[component]
pub fn ActionButton(props: &ActionProps) -> Html {
    let tell = props.on_click.clone();
    html! {
        <button type="button" class={classes!("button", props.class.clone())} disabled={props.disabled}
            onclick={move |_| tell.emit(())}>
            <Icon name={props.icon.clone()} />{ props.label.clone() }
        </button>
    }
}

#[derive(Properties, PartialEq)]
pub struct MenuProps {
    pub icon: AttrValue,
    pub label: AttrValue,
    pub options: Vec<(AttrValue, AttrValue)>,
    pub on_choose: Callback<AttrValue>,
    #[prop_or_default]
    pub id: Option<AttrValue>,
    /// Only the icon is shown.
    #[prop_or_default]
    pub small: bool,
}

/// A button that opens to some choices; Escape and leaving it close it.
#[component]
pub fn Menu(props: &MenuProps) -> Html {
    let open = use_state(|| false);
    let toggle = {
        let open = open.clone();
        move |_| open.set(!*open)
    };
    let onkeydown = {
        let open = open.clone();
        move |event: KeyboardEvent| {
            if event.key() == "Escape" && *open {
                event.stop_propagation();
                open.set(false);
            }
        }
    };
    let onfocusout = {
        let open = open.clone();
        move |event: FocusEvent| {
            use wasm_bindgen::JsCast;
            let within =
                event.current_target().and_then(|node| node.dyn_into::<web_sys::Node>().ok());
            let next =
                event.related_target().and_then(|node| node.dyn_into::<web_sys::Node>().ok());
            if !within.is_some_and(|within| within.contains(next.as_ref())) {
                open.set(false);
            }
        }
    };
    let class = if props.small { "icon-button" } else { "button" };
    html! {
        <span class="menu" {onkeydown} {onfocusout}>
            <button type="button" id={props.id.clone()} {class} aria-haspopup="menu" aria-expanded={open.to_string()}
                aria-label={props.label.clone()} title={props.small.then(|| props.label.clone())} onclick={toggle}>
                <Icon name={props.icon.clone()} />if !props.small { { props.label.clone() } }
            </button>
            if *open {
                <span class="menu-list" role="menu" aria-label={props.label.clone()}>
                    { for props.options.iter().map(|(value, words)| {
                        let (open, tell, value) = (open.clone(), props.on_choose.clone(), value.clone());
                        html! {
                            <button type="button" role="menuitem" onclick={move |_| { open.set(false); tell.emit(value.clone()); }}>
                                { words.clone() }
                            </button>
                        }
                    }) }
                </span>
            }
        </span>
    }
}

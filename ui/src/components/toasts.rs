//! The lines at the foot of the window. Each leaves by itself; until then its deed can be undone.

use gloo_timers::callback::Timeout;
use yew::prelude::*;

use crate::{
    components::{controls::IconButton, icon::Icon},
    shell::{self, use_shell},
    state::{
        shell::Action,
        toasts::{LIFE_MS, Toast, Tone},
    },
    t,
};

#[component]
pub fn ToastStack() -> Html {
    let shell = use_shell();
    html! {
        <div class="toasts" role="status" aria-live="polite">
            { for shell.toasts.shown.iter().map(|toast| html! { <Line key={toast.serial} toast={toast.clone()} /> }) }
        </div>
    }
}

#[derive(Properties, PartialEq)]
struct LineProps {
    toast: Toast,
}

#[component]
fn Line(props: &LineProps) -> Html {
    let shell = use_shell();
    let serial = props.toast.serial;
    {
        let dispatcher = shell.dispatcher();
        use_effect_with((), move |()| {
            let timer =
                Timeout::new(LIFE_MS, move || dispatcher.dispatch(Action::DropToast(serial)));
            move || drop(timer)
        });
    }
    let close = {
        let shell = shell.clone();
        Callback::from(move |()| shell.dispatch(Action::DropToast(serial)))
    };
    html! {
        <div class="toast">
            if props.toast.tone == Tone::Failed { <Icon name="triangle-alert" /> }
            <span>{ props.toast.text.clone() }</span>
            if let Some(undo) = props.toast.undo.clone() {
                <button type="button" class="toast-undo" onclick={move |_| shell::undo(&shell, serial, undo.clone())}>
                    { t!("undo") }<kbd>{"u"}</kbd>
                </button>
            }
            <IconButton icon="x" label={t!("close")} on_click={close} />
        </div>
    }
}

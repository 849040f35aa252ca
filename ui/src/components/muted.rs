//! A muted rule: until when, and the button that lifts it. Shown in an alert and in the rule editor.

use watches_core::{
    id::RuleId,
    time::{Span, Timestamp},
};
use watches_ipc::alert::MuteRule;
use yew::prelude::*;

use crate::{
    components::{controls::ActionButton, icon::Icon},
    format,
    shell::{self, ShellHandle, use_shell},
    state::toasts::Undo,
    t,
};

/// How long a mute lasts that only a person ends.
pub const FOR_GOOD: Span = Span::days(36_500);

#[derive(Properties, PartialEq)]
pub struct Props {
    pub rule: RuleId,
    /// Nothing is shown without it, and once it is over.
    pub until: Option<Timestamp>,
}

#[component]
pub fn Muted(props: &Props) -> Html {
    let shell = use_shell();
    let now = format::now();
    let Some(until) = props.until.filter(|until| *until > now) else { return html! {} };
    let words = if until - now > Span::days(3_650) {
        t!("muted-always")
    } else {
        t!("muted-until", time = format::medium_date(until))
    };
    let rule = props.rule;
    let lift = Callback::from(move |()| mute(&shell, rule, None, Some(until)));
    html! {
        <div class="muted-rule">
            <Icon name="bell-off" /><span>{ words }</span>
            <ActionButton icon="bell" label={t!("unmute")} on_click={lift} />
        </div>
    }
}

/// Mutes until a moment, or lifts the mute; `before` is what taking it back returns to.
pub fn mute(
    shell: &ShellHandle,
    rule: RuleId,
    until: Option<Timestamp>,
    before: Option<Timestamp>,
) {
    let said = shell.clone();
    shell::perform(shell, MuteRule { rule, until }, move |()| {
        let text = if until.is_some() { t!("muted") } else { t!("unmuted") };
        shell::say(&said, text, Some(Undo::Mute(rule, before)));
    });
}

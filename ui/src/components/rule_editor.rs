//! The rule editor: words rather than code. Chips and text are two views of one text, always in
//! step; a rule too rich for chips is edited as text. At the right, what it would do now.

use watches_core::{
    id::{RuleId, WatchlistId},
    time::Timestamp,
};
use watches_ipc::watchlist::{PreviewRule, RulePreview};
use web_sys::HtmlTextAreaElement;
use yew::prelude::*;

use crate::{
    components::{
        controls::{ActionButton, Choice, IconButton, Segments, Switch},
        muted::Muted,
        rule_chip::Chip,
        rule_preview::{Preview, Problem},
    },
    shell::{self, use_answer, use_shell},
    state::rule::{
        Condition, Joiner, RuleChips,
        fields::{URGENCIES, ValueKind, start_value},
    },
    t,
};

/// How long typing rests before the preview is asked for, in milliseconds.
const REST: u32 = 200;

#[derive(Properties, PartialEq)]
pub struct Props {
    pub text: String,
    pub enabled: bool,
    pub watchlist: Option<WatchlistId>,
    pub number: u32,
    /// The stored rule and until when it is muted; `None` for a new one.
    #[prop_or_default]
    pub stored: Option<(RuleId, Option<Timestamp>)>,
    pub on_text: Callback<String>,
    pub on_toggle: Callback<String>,
    pub on_remove: Callback<String>,
}

#[component]
pub fn RuleEditor(props: &Props) -> Html {
    let shell = use_shell();
    let rested = use_rested(&props.text);
    let answer = use_answer(
        Some(PreviewRule { text: rested, watchlist: props.watchlist }),
        shell.seen.listings,
    );
    let chips = RuleChips::read(&props.text);
    let as_text = shell.memory.rules_as_text || chips.is_none();
    let choose = {
        let shell = shell.clone();
        Callback::from(move |value: AttrValue| {
            shell::remember(&shell, |memory| memory.rules_as_text = value == "text")
        })
    };
    let view = if as_text { "text" } else { "chips" };
    let problem = answer.value.as_ref().and_then(|preview| preview.problem.clone());
    let (toggle, remove) = (props.on_toggle.clone(), props.on_remove.clone());
    html! {
        <div class={classes!("rule", (!props.enabled).then_some("rule-off"))}>
            <div class="rule-main">
                <div class="rule-head">
                    <Switch label={t!("rule-number", number = props.number)} on={props.enabled} on_toggle={toggle.reform(|_: bool| String::new())} />
                    <span class="grow" />
                    <Segments label={t!("rule-view")} value={view} options={vec![("chips".into(), t!("rule-view-chips").into()), ("text".into(), t!("rule-view-text").into())]} on_choose={choose} />
                    <IconButton icon="trash-2" label={t!("remove-rule")} on_click={remove.reform(|()| String::new())} />
                </div>
                if let Some((rule, until)) = props.stored { <Muted {rule} {until} /> }
                { match (chips, as_text) {
                    (Some(chips), false) => html! { <Chips {chips} on_text={props.on_text.clone()} /> },
                    (chips, _) => html! { <AsText text={props.text.clone()} rich={chips.is_none()} failed={problem.is_some()} on_text={props.on_text.clone()} /> },
                } }
                if let Some(problem) = problem { <Problem text={props.text.clone()} {problem} /> }
            </div>
            <Preview preview={answer.value.as_deref().cloned().unwrap_or_else(RulePreview::default)} known={answer.value.is_some()} />
        </div>
    }
}

/// The text once it has stayed the same for a moment.
#[hook]
fn use_rested(text: &str) -> String {
    let rested = use_state(|| text.to_owned());
    let setter = rested.setter();
    use_effect_with(text.to_owned(), move |text| {
        let text = text.clone();
        let timer = gloo_timers::callback::Timeout::new(REST, move || setter.set(text));
        move || drop(timer)
    });
    (*rested).clone()
}

#[derive(Properties, PartialEq)]
struct AsTextProps {
    text: String,
    rich: bool,
    failed: bool,
    on_text: Callback<String>,
}

#[component]
fn AsText(props: &AsTextProps) -> Html {
    let tell = props.on_text.clone();
    let oninput = Callback::from(move |event: InputEvent| {
        if let Some(area) = event.target_dyn_into::<HtmlTextAreaElement>() {
            tell.emit(area.value());
        }
    });
    html! {
        <>
            <textarea class="rule-text-area" rows="3" spellcheck="false" aria-label={t!("rule-text")} aria-invalid={props.failed.to_string()}
                value={props.text.clone()} {oninput} />
            if props.rich && !props.failed { <p class="muted">{ t!("rule-too-rich") }</p> }
        </>
    }
}

#[derive(Properties, PartialEq)]
struct ChipsProps {
    chips: RuleChips,
    on_text: Callback<String>,
}

#[component]
fn Chips(props: &ChipsProps) -> Html {
    let shell = use_shell();
    let currency = shell.settings.as_ref().map_or("EUR", |settings| settings.currency.code());
    let edit = |change: Box<dyn Fn(&mut RuleChips)>| {
        let (chips, tell) = (props.chips.clone(), props.on_text.clone());
        move || {
            let mut next = chips.clone();
            change(&mut next);
            tell.emit(next.to_text());
        }
    };
    let add = edit(Box::new(move |chips| {
        chips.conditions.push(Condition {
            field: "landed".to_owned(),
            operator: "<=".to_owned(),
            value: start_value(ValueKind::Money, currency),
            ..Condition::default()
        })
    }));
    let count = props.chips.conditions.len();
    html! {
        <div class="rule-chips">
            { for props.chips.conditions.iter().enumerate().map(|(place, condition)| {
                let (chips, tell) = (props.chips.clone(), props.on_text.clone());
                let change = Callback::from(move |changed: Option<Condition>| {
                    let mut next = chips.clone();
                    match changed {
                        Some(changed) => next.conditions[place] = changed,
                        None => drop(next.conditions.remove(place)),
                    }
                    tell.emit(next.to_text());
                });
                html! {
                    <div class="rule-line">
                        <span class="rule-word">{ if place == 0 { t!("rule-when") } else { joiner_word(props.chips.joiner) } }</span>
                        <Chip condition={condition.clone()} {currency} can_remove={count > 1} on_change={change} />
                    </div>
                }
            }) }
            <div class="rule-line">
                <span class="rule-word"></span>
                <ActionButton icon="plus" class="quiet" label={t!("add-condition")} on_click={move |()| add()} />
                if count > 1 { <JoinerChoice chips={props.chips.clone()} on_text={props.on_text.clone()} /> }
            </div>
            <ActLine chips={props.chips.clone()} on_text={props.on_text.clone()} />
        </div>
    }
}

fn joiner_word(joiner: Joiner) -> String {
    match joiner {
        Joiner::And => t!("rule-and"),
        Joiner::Or => t!("rule-or"),
    }
}

#[component]
fn JoinerChoice(props: &ChipsProps) -> Html {
    let now = match props.chips.joiner {
        Joiner::And => "and",
        Joiner::Or => "or",
    };
    let (chips, tell) = (props.chips.clone(), props.on_text.clone());
    let choose = Callback::from(move |value: AttrValue| {
        let joiner = if value == "or" { Joiner::Or } else { Joiner::And };
        tell.emit(RuleChips { joiner, ..chips.clone() }.to_text());
    });
    html! { <Choice class="choice-quiet" label={t!("rule-joiner")} value={now} options={vec![("and".into(), t!("rule-all").into()), ("or".into(), t!("rule-any").into())]} on_choose={choose} /> }
}

/// What is done when it matches: notification or digest, how urgent, how often at most.
#[component]
fn ActLine(props: &ChipsProps) -> Html {
    let with = |change: fn(&mut RuleChips, &str)| {
        let (chips, tell) = (props.chips.clone(), props.on_text.clone());
        Callback::from(move |value: AttrValue| {
            let mut next = chips.clone();
            change(&mut next, &value);
            tell.emit(next.to_text());
        })
    };
    let act = &props.chips.act;
    let channels = [("toast", t!("channel-toast")), ("digest", t!("channel-digest"))];
    let urgencies =
        [t!("urgency-low"), t!("urgency-normal"), t!("urgency-high"), t!("urgency-critical")];
    let urgencies = URGENCIES
        .iter()
        .zip(urgencies)
        .map(|(value, words)| (AttrValue::from(*value), words.into()))
        .collect::<Vec<_>>();
    let cooldowns = [
        ("", t!("cooldown-none")),
        ("6h", t!("cooldown-six-hours")),
        ("24h", t!("cooldown-day")),
        ("7d", t!("cooldown-week")),
    ];
    let mut cooldowns: Vec<(AttrValue, AttrValue)> =
        cooldowns.into_iter().map(|(value, words)| (value.into(), words.into())).collect();
    let cooldown = act.option("cooldown").unwrap_or_default().to_owned();
    if !cooldowns.iter().any(|(value, _)| *value == cooldown.as_str()) {
        cooldowns
            .push((cooldown.clone().into(), t!("cooldown-other", time = cooldown.clone()).into()));
    }
    let toggle = with(|chips, channel| {
        if chips.act.channels != [channel] {
            chips.act.toggle(channel)
        }
    });
    html! {
        <div class="rule-line rule-act">
            <span class="rule-word">{ t!("rule-then") }</span>
            { for channels.into_iter().map(|(name, words)| {
                let (toggle, on) = (toggle.clone(), act.channels.iter().any(|known| known == name));
                html! { <button type="button" class="chip" aria-pressed={on.to_string()} onclick={move |_| toggle.emit(name.into())}>{ words }</button> }
            }) }
            <Choice class="choice-quiet" label={t!("rule-urgency")} value={act.option("urgency").unwrap_or("normal").to_owned()} options={urgencies}
                on_choose={with(|chips, value| chips.act.set("urgency", if value == "normal" { "" } else { value }))} />
            <Choice class="choice-quiet" label={t!("rule-cooldown")} value={cooldown} options={cooldowns} on_choose={with(|chips, value| chips.act.set("cooldown", value))} />
        </div>
    }
}

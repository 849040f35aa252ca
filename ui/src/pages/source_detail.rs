//! One source: its state in a sentence with the one thing to do, its budget, what its pages gave.

use std::rc::Rc;

use watches_ipc::source::{
    ChangeSource, ChooseWay, FieldFill, RemoveSource, ResolveNeedsYou, SetEbayKeys, Source,
    SourceKind, SourceState, Way,
};
use yew::prelude::*;

use crate::{
    components::{
        controls::{ActionButton, Choice, Field, Switch},
        detail_parts::Section,
        icon::Icon,
        words::Ago,
    },
    format,
    pages::{
        mail_source::Password,
        quarantine::Quarantine,
        read_page,
        sources::{RemoveButton, StateWord},
    },
    router::{self, Page, Route},
    shell::{self, ShellHandle, use_shell},
    state::toasts::Undo,
    t,
};

const BUDGETS: [u32; 7] = [50, 100, 200, 400, 800, 1_500, 5_000];

#[derive(Properties, PartialEq)]
pub struct Props {
    pub source: Rc<Source>,
}

#[component]
pub fn SourceDetail(props: &Props) -> Html {
    let shell = use_shell();
    let source = &props.source;
    let toggle = {
        let (shell, key) = (shell.clone(), source.key.clone());
        Callback::from(move |on: bool| {
            change(&shell, ChangeSource { key: key.clone(), enabled: Some(on), daily_budget: None })
        })
    };
    let remove = {
        let (shell, source) = (shell.clone(), source.clone());
        Callback::from(move |()| remove(&shell, &source))
    };
    let polled = source.kind != SourceKind::File;
    let asked = matches!(source.kind, SourceKind::Market | SourceKind::Dealer | SourceKind::Page);
    let removable = !source.demo
        && matches!(source.kind, SourceKind::Dealer | SourceKind::Page | SourceKind::Mail);
    html! {
        <article class="detail" aria-label={source.name.clone()}>
            <header class="source-head">
                <h2>{ source.name.clone() }if source.demo { <span class="badge">{ t!("source-demo") }</span> }</h2>
                <p class="muted cut">{ source.address.clone() }</p>
            </header>
            <div class="actions">
                if polled { <Switch label={t!("source-enabled")} on={source.enabled} on_toggle={toggle} /> }
                <span class="grow" />
                if removable { <RemoveButton on_remove={remove} /> }
            </div>
            if source.demo { <p class="prose muted">{ t!("source-demo-text") }</p> }
            <Condition source={source.clone()} />
            if asked { <Section title={t!("source-schedule")}><Schedule source={source.clone()} /></Section> }
            if asked { <Section title={t!("way-title")}><Reading source={source.clone()} /></Section> }
            if source.kind == SourceKind::Mail { <Section title={t!("mail-looks")}><dl class="facts">
                { moment(&t!("source-last-poll"), source.last_poll) }
                { moment(&t!("source-last-success"), source.last_success) }
                { moment(&t!("source-next-poll"), source.next_poll) }
            </dl></Section> }
            if source.address.starts_with("imaps:") { <Section title={t!("mail-password")}><Password source={source.clone()} /></Section> }
            if !asked { <Quarantine source={source.clone()} /> }
            if !source.fill.is_empty() { <Section title={t!("source-fill")}><p class="muted">{ t!("source-fill-text") }</p><Fill fill={source.fill.clone()} /></Section> }
            if source.key == "ebay" { <Section title={t!("ebay-keys")}><EbayKeys /></Section> }
        </article>
    }
}

fn change(shell: &ShellHandle, command: ChangeSource) {
    shell::perform(shell, command, |()| {});
}

fn remove(shell: &ShellHandle, source: &Source) {
    let (said, removed) = (shell.clone(), source.clone());
    shell::perform(shell, RemoveSource { key: source.key.clone() }, move |()| {
        let text = t!("dealer-removed", name = removed.name.clone());
        let undo = match removed.kind {
            SourceKind::Mail => Undo::RemoveMail(removed.key),
            SourceKind::Market | SourceKind::Dealer | SourceKind::Page | SourceKind::File => {
                Undo::RemoveDealer(Box::new(removed))
            }
        };
        shell::say(&said, text, Some(undo));
        router::go(&Route::to(Page::Sources));
    });
}

/// The state in words, and the action it asks for.
#[component]
fn Condition(props: &Props) -> Html {
    let shell = use_shell();
    let source = &props.source;
    let resolve = {
        let (shell, key) = (shell.clone(), source.key.clone());
        Callback::from(move |()| {
            shell::perform(&shell, ResolveNeedsYou { key: key.clone() }, |()| {})
        })
    };
    let (reason, since) = match &source.state {
        SourceState::Degraded { since, reason } => {
            (Some(t!("source-degraded-text", reason = reason.clone())), Some(*since))
        }
        SourceState::NeedsYou { since, reason, .. } if source.kind == SourceKind::Mail => (
            Some(t!("mail-needs-you-text", reason = reason.trim_end_matches('.').to_owned())),
            Some(*since),
        ),
        SourceState::NeedsYou { since, reason, .. } => {
            (Some(needs_you(source, reason)), Some(*since))
        }
        SourceState::Waiting { reason, .. } => (Some(reason.clone()), None),
        SourceState::Offline { since } => (Some(t!("source-offline-text")), Some(*since)),
        SourceState::BudgetSpent { .. } => (Some(t!("source-budget-spent-text")), None),
        SourceState::Idle | SourceState::Ok => (None, None),
    };
    let wants = matches!(source.state, SourceState::NeedsYou { .. });
    let degraded = matches!(source.state, SourceState::Degraded { .. });
    let point = {
        let address = source.address.clone();
        Callback::from(move |()| read_page::go(&address))
    };
    let signs_in = source.ways.taken == Some(Way::Webview);
    html! {
        <div class={classes!("condition-box", (wants || degraded).then_some("attention-box"))}>
            <p class="condition-title"><StateWord source={source.clone()} />if let Some(at) = since { <span class="muted"><Ago {at} /></span> }</p>
            if let Some(reason) = reason { <p>{ reason }</p> }
            if source.kind == SourceKind::Page { <ActionButton icon="target" class={if degraded { "primary" } else { "quiet" }} label={if degraded { t!("page-again") } else { t!("page-read-again") }} on_click={point} /> }
            if wants && source.kind == SourceKind::Mail {
                <ActionButton icon="refresh-cw" class="primary" label={t!("mail-look-again")} on_click={resolve} />
            } else if wants || signs_in { <ActionButton icon="log-in" class={if wants { "primary" } else { "quiet" }} label={t!("source-resolve", name = source.name.clone())} on_click={resolve} /> }
        </div>
    }
}

/// What to do about it: there is a window of the site's own, or only the system's browser.
fn needs_you(source: &Source, reason: &str) -> String {
    let (name, reason) = (source.name.clone(), reason.to_owned());
    if source.ways.taken == Some(Way::Webview) {
        return t!("source-needs-you-window", name = name, reason = reason);
    }
    t!("source-needs-you-text", name = name, reason = reason)
}

/// How the pages are fetched, and the choice of another way.
#[component]
fn Reading(props: &Props) -> Html {
    let shell = use_shell();
    let ways = &props.source.ways;
    let choose = {
        let (shell, key) = (shell.clone(), props.source.key.clone());
        Callback::from(move |value: AttrValue| {
            let way = WAYS.into_iter().find(|way| word(*way) == value.as_str());
            shell::perform(&shell, ChooseWay { key: key.clone(), way }, |()| {});
        })
    };
    let mut options: Vec<(AttrValue, AttrValue)> =
        vec![("site".into(), t!("way-site", way = way_name(ways.preferred)).into())];
    let shown = |way: &Way| ways.there.contains(way) || ways.chosen == Some(*way);
    options
        .extend(WAYS.into_iter().filter(shown).map(|way| (word(way).into(), way_name(way).into())));
    let value = ways.chosen.map_or("site", word);
    html! {
        <>
            <p class="muted">{ match ways.taken {
                Some(Way::Http) => t!("way-http-text"),
                Some(Way::Webview) => t!("way-webview-text"),
                Some(Way::Chromium) => t!("way-chromium-text"),
                None => t!("way-missing-text"),
            } }</p>
            <Choice label={t!("way-label")} {value} {options} on_choose={choose} />
        </>
    }
}

const WAYS: [Way; 3] = [Way::Http, Way::Webview, Way::Chromium];

fn word(way: Way) -> &'static str {
    match way {
        Way::Http => "http",
        Way::Webview => "webview",
        Way::Chromium => "chromium",
    }
}

fn way_name(way: Way) -> String {
    match way {
        Way::Http => t!("way-http"),
        Way::Webview => t!("way-webview"),
        Way::Chromium => t!("way-chromium"),
    }
}

#[component]
fn Schedule(props: &Props) -> Html {
    let shell = use_shell();
    let source = &props.source;
    let choose = {
        let (shell, key) = (shell.clone(), source.key.clone());
        Callback::from(move |value: AttrValue| {
            change(
                &shell,
                ChangeSource { key: key.clone(), enabled: None, daily_budget: value.parse().ok() },
            );
        })
    };
    let mut budgets = BUDGETS.to_vec();
    if !budgets.contains(&source.daily_budget) {
        budgets.push(source.daily_budget);
        budgets.sort_unstable();
    }
    let options: Vec<(AttrValue, AttrValue)> = budgets
        .iter()
        .map(|n| (n.to_string().into(), t!("budget-a-day", count = *n).into()))
        .collect();
    html! {
        <>
            <dl class="facts">
                { moment(&t!("source-last-poll"), source.last_poll) }
                { moment(&t!("source-last-success"), source.last_success) }
                { moment(&t!("source-next-poll"), source.next_poll) }
            </dl>
            <div class="budget">
                <label for="budget-bar">{ t!("source-budget", used = source.used_today, budget = source.daily_budget) }</label>
                <progress id="budget-bar" value={source.used_today.to_string()} max={source.daily_budget.max(1).to_string()} />
                <Choice label={t!("source-budget-label")} value={source.daily_budget.to_string()} {options} on_choose={choose} />
            </div>
        </>
    }
}

fn moment(name: &str, at: Option<watches_core::time::Timestamp>) -> Html {
    html! { <div><dt>{ name.to_owned() }</dt><dd>if let Some(at) = at { <Ago {at} /> } else { { t!("never") } }</dd></div> }
}

#[derive(Properties, PartialEq)]
struct FillProps {
    fill: Vec<FieldFill>,
}

/// How often each field was there in the last poll, beside its usual share.
#[component]
fn Fill(props: &FillProps) -> Html {
    html! {
        <table class="fill">
            <thead><tr><th scope="col">{ t!("fill-field") }</th><th scope="col">{ t!("fill-now") }</th><th scope="col">{ t!("fill-usual") }</th></tr></thead>
            <tbody>
                { for props.fill.iter().map(|fill| {
                    let low = fill.now < fill.median * 0.5;
                    html! {
                        <tr class={low.then_some("fill-low")}><th scope="row">{ fill.field.replace('_', " ") }</th>
                            <td>if low { <Icon name="triangle-alert" /> }{ format::percent(fill.now) }</td><td class="muted">{ format::percent(fill.median) }</td></tr>
                    }
                }) }
            </tbody>
        </table>
    }
}

/// Keys of eBay's own interface; they go to the system's keyring and are never shown again.
#[component]
fn EbayKeys() -> Html {
    let shell = use_shell();
    let (id, secret) = (use_state(String::new), use_state(String::new));
    let (typed_id, typed_secret) = (id.setter(), secret.setter());
    let save = {
        let (id, secret) = (id.clone(), secret.clone());
        Callback::from(move |event: SubmitEvent| {
            event.prevent_default();
            let (said, id_field, secret_field) = (shell.clone(), id.clone(), secret.clone());
            let keys = SetEbayKeys {
                client_id: id.trim().to_owned(),
                client_secret: secret.trim().to_owned(),
            };
            shell::perform(&shell, keys, move |()| {
                id_field.set(String::new());
                secret_field.set(String::new());
                shell::say(&said, t!("ebay-keys-saved"), None);
            });
        })
    };
    let ready = !id.trim().is_empty() && !secret.trim().is_empty();
    html! {
        <form onsubmit={save} class="stack">
            <p class="muted">{ t!("ebay-keys-text") }</p>
            <Field label={t!("ebay-client-id")} value={(*id).clone()} on_input={Callback::from(move |text| typed_id.set(text))} />
            <Field kind="password" label={t!("ebay-client-secret")} value={(*secret).clone()} on_input={Callback::from(move |text| typed_secret.set(text))} />
            <button class="button" disabled={!ready}><Icon name="key-round" />{ t!("ebay-keys-save") }</button>
        </form>
    }
}

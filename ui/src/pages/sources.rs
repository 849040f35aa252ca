//! Sources: where listings come from, how each one is, and what it asks of the person.

use std::rc::Rc;

use watches_ipc::source::{AddDealer, ListSources, Source, SourceKind, SourceState};
use web_sys::HtmlInputElement;
use yew::prelude::*;

use crate::{
    components::{
        controls::{ActionButton, Field},
        drop_file,
        fault::FaultBox,
        icon::Icon,
        kept_scroll::KeptScroll,
        panes::Panes,
        states::{Empty, Loading},
    },
    format,
    keys::{Deed, use_deeds},
    pages::{
        mail_source::AddMail,
        read_page::{self, ReadPageDetail},
        source_detail::SourceDetail,
    },
    router::{self, Page, Route},
    shell::{self, use_answer, use_first, use_shell},
    state::pointing,
    t,
};

#[component]
pub fn SourcesPage() -> Html {
    let shell = use_shell();
    let answer = use_answer(Some(ListSources {}), shell.seen.sources);
    let sources = answer.value.clone().unwrap_or_default();
    let chosen = shell.route.chosen.clone();
    let index = chosen.and_then(|key| sources.iter().position(|source| source.key == key));
    let reading = pointing::asked(shell.route.chosen.as_deref()).map(str::to_owned);
    use_first(Page::Sources, first(&sources), index.is_some() || reading.is_some());
    {
        let sources = sources.clone();
        use_deeds(Callback::from(move |deed| {
            let next = match deed {
                Deed::Down => index.map_or(0, |index| index + 1),
                Deed::Up => index.unwrap_or(0).saturating_sub(1),
                Deed::Close if index.is_some() && !shell::is_wide() => {
                    return router::go(&Route::to(Page::Sources));
                }
                Deed::Palette
                | Deed::Keys
                | Deed::Close
                | Deed::Search
                | Deed::Undo
                | Deed::Go(_)
                | Deed::Open
                | Deed::Archive
                | Deed::Snooze
                | Deed::Browse
                | Deed::MarkRead
                | Deed::New
                | Deed::Save => return,
            };
            if let Some(source) = sources.get(next) {
                router::go(&Route::with(Page::Sources, &source.key))
            }
        }));
    }
    let body = match (answer.fault, answer.value.is_some()) {
        (Some(fault), false) => html! { <FaultBox {fault} /> },
        (_, false) => html! { <Loading rows={4} /> },
        (_, true) => html! {
            <KeptScroll name="sources">
                <ul class="cards" aria-label={t!("page-sources")}>{ for sources.iter().enumerate().map(|(place, source)| html! { <li><Card source={Rc::new(source.clone())} chosen={index == Some(place)} /></li> }) }</ul>
                <AddSource />
            </KeptScroll>
        },
    };
    let list = html! { <><header class="pane-head"><div class="pane-title"><h1>{ t!("page-sources") }</h1></div></header>{ body }</> };
    let detail = match reading.clone() {
        Some(asked) => html! { <ReadPageDetail key={asked.clone()} asked={asked.clone()} /> },
        None => detail(&sources, index),
    };
    let open = index.is_some() || reading.is_some();
    html! { <Panes label={t!("page-sources")} {list} {detail} {open} /> }
}

fn detail(sources: &[Source], index: Option<usize>) -> Html {
    match index.and_then(|index| sources.get(index)) {
        Some(source) => {
            html! { <SourceDetail key={source.key.clone()} source={Rc::new(source.clone())} /> }
        }
        None => {
            html! { <Empty icon="store" title={t!("sources-none-chosen")} text={t!("sources-none-chosen-text")} /> }
        }
    }
}

/// The key of the one that asks for a person, else of the first.
fn first(sources: &[Source]) -> Option<String> {
    let wants = |source: &&Source| matches!(source.state, SourceState::NeedsYou { .. });
    sources.iter().find(wants).or_else(|| sources.first()).map(|source| source.key.clone())
}

#[derive(Properties, PartialEq)]
struct CardProps {
    source: Rc<Source>,
    chosen: bool,
}

#[component]
fn Card(props: &CardProps) -> Html {
    let source = &props.source;
    let href = Route::with(Page::Sources, &source.key).hash();
    let icon = match source.kind {
        SourceKind::Market => "store",
        SourceKind::Dealer => "watch",
        SourceKind::Page => "globe",
        SourceKind::File => "file-down",
        SourceKind::Mail => "mail",
    };
    html! {
        <a class={classes!("card", (!source.enabled).then_some("card-off"))} {href} aria-current={props.chosen.then_some("true")}>
            <Icon name={icon} class="card-icon" />
            <span class="card-words">
                <span class="card-name">{ source.name.clone() }if source.demo { <span class="badge">{ t!("source-demo") }</span> }</span>
                <StateWord source={source.clone()} />
            </span>
            <span class="row-price"><span>{ t!("count-listings", count = source.listings) }</span>
                if matches!(source.kind, SourceKind::Market | SourceKind::Dealer | SourceKind::Page) { <span class="muted">{ t!("source-budget-short", used = source.used_today, budget = source.daily_budget) }</span> }
            </span>
        </a>
    }
}

#[derive(Properties, PartialEq)]
pub struct StateProps {
    pub source: Rc<Source>,
}

/// One short phrase on how a source is, with a sign beside the colour.
#[component]
pub fn StateWord(props: &StateProps) -> Html {
    let source = &props.source;
    let when = |at| format::relative(at, format::now());
    let (class, icon, words) = match &source.state {
        _ if !source.enabled => ("resting", "pause", t!("source-off")),
        SourceState::Idle => ("resting", "circle-dashed", t!("source-idle")),
        SourceState::Ok => (
            "well",
            "check",
            source
                .last_success
                .map_or_else(|| t!("source-ok"), |at| t!("source-ok-when", when = when(at))),
        ),
        SourceState::Degraded { .. } if source.kind == SourceKind::Page => {
            ("attention", "target", t!("page-lost"))
        }
        SourceState::Degraded { .. } => ("attention", "triangle-alert", t!("source-degraded")),
        SourceState::NeedsYou { .. } => ("attention", "log-in", t!("source-needs-you")),
        SourceState::Waiting { until, .. } => {
            ("resting", "clock", t!("source-waiting", when = when(*until)))
        }
        SourceState::Offline { since } => {
            ("attention", "globe", t!("source-offline", when = when(*since)))
        }
        SourceState::BudgetSpent { until } => {
            ("resting", "clock", t!("source-budget-spent", when = when(*until)))
        }
    };
    html! { <span class={classes!("state", class)}><Icon name={icon} />{ words }</span> }
}

/// A dealer's page by its address, or a saved page from disk.
#[component]
fn AddSource() -> Html {
    let shell = use_shell();
    let url = use_state(String::new);
    let add = {
        let (shell, url) = (shell.clone(), url.clone());
        Callback::from(move |event: SubmitEvent| {
            event.prevent_default();
            let (said, field) = (shell.clone(), url.clone());
            shell::perform(
                &shell,
                AddDealer { url: url.trim().to_owned(), name: None },
                move |source| {
                    shell::say(&said, t!("dealer-added", name = source.name.clone()), None);
                    field.set(String::new());
                    router::go(&Route::with(Page::Sources, &source.key));
                },
            );
        })
    };
    let chosen = {
        let shell = shell.clone();
        Callback::from(move |event: Event| {
            let input = event.target_dyn_into::<HtmlInputElement>();
            if let Some(file) = input.and_then(|input| input.files()).and_then(|files| files.get(0))
            {
                drop_file::import(&shell, file);
            }
        })
    };
    let typed = url.setter();
    html! {
        <div class="add-source">
            <h2 class="small-title">{ t!("page-title") }</h2>
            <p class="muted">{ t!("page-add-text") }</p>
            <ActionButton icon="globe" label={t!("palette-read-page")} on_click={Callback::from(|()| read_page::go(""))} />
            <h2 class="small-title">{ t!("add-dealer") }</h2>
            <p class="muted">{ t!("add-dealer-text") }</p>
            <form class="inline-form" onsubmit={add}>
                <Field kind="url" quiet={true} label={t!("dealer-address")} placeholder="https://" value={(*url).clone()} on_input={Callback::from(move |text| typed.set(text))} />
                <button class="button" disabled={url.trim().len() < 8}><Icon name="plus" />{ t!("add") }</button>
            </form>
            <AddMail />
            <h2 class="small-title">{ t!("import-title") }</h2>
            <p class="muted">{ t!("import-text") }</p>
            <label class="button file-button"><Icon name="file-down" />{ t!("import-choose") }<input type="file" accept=".html,.htm,.mhtml,.eml,.mbox,.mbx,text/html,message/rfc822" onchange={chosen} /></label>
        </div>
    }
}

/// A button that goes to a source, for places that name one.
#[derive(Properties, PartialEq)]
pub struct RemoveProps {
    pub on_remove: Callback<()>,
}

#[component]
pub fn RemoveButton(props: &RemoveProps) -> Html {
    html! { <ActionButton icon="trash-2" class="quiet" label={t!("source-remove")} on_click={props.on_remove.clone()} /> }
}

//! One listing, whole: price history, landed cost, facts, why it matched, how it was identified.

use std::rc::Rc;

use watches_core::{id::ListingId, money::Money};
use watches_ipc::{
    listing::{DismissListing, GetListing, ListingDetail, OpenListing},
    watchlist::{ListWatchlists, RuleDraft, SaveWatchlist, Watchlist},
};
use yew::prelude::*;

use crate::{
    components::{
        chart::PriceChart,
        controls::ActionButton,
        detail_parts::{Facts, ListingHeading, Section},
        fault::FaultBox,
        landed::LandedCost,
        states::Loading,
        verdicts::Verdicts,
    },
    format, ipc,
    shell::{self, ShellHandle, use_answer, use_shell},
    state::{draft, toasts::Undo},
    t,
};

#[derive(Properties, PartialEq)]
pub struct Props {
    pub id: ListingId,
}

#[component]
pub fn ListingDetailView(props: &Props) -> Html {
    let shell = use_shell();
    let answer = use_answer(Some(GetListing { id: props.id }), shell.seen.listings);
    // The answer of the listing chosen before is not this one's.
    let value = answer.value.filter(|detail| detail.row.id == props.id);
    match (value, answer.fault) {
        (Some(detail), _) => html! { <Loaded {detail} /> },
        (None, Some(fault)) => html! { <FaultBox {fault} /> },
        (None, None) => html! { <Loading rows={4} /> },
    }
}

#[derive(Properties, PartialEq)]
struct LoadedProps {
    detail: Rc<ListingDetail>,
}

#[component]
fn Loaded(props: &LoadedProps) -> Html {
    let shell = use_shell();
    let detail = &props.detail;
    let limited = detail.verdicts.iter().find(|verdict| verdict.limit.is_some());
    let on_limit = limited.map(|view| {
        let (shell, list, rule) = (shell.clone(), view.watchlist, view.rule_text.clone());
        Callback::from(move |limit| save_limit(&shell, list, rule.clone(), limit))
    });
    html! {
        <article class="detail" aria-label={detail.row.name.clone()}>
            <ListingHeading row={detail.row.clone()} />
            <ListingActions detail={detail.clone()} />
            <PriceChart history={Rc::new(detail.history.clone())} unobserved={Rc::new(detail.unobserved.clone())}
                limit={limited.and_then(|view| view.limit)} {on_limit} />
            if let Some(landed) = &detail.landed { <LandedCost landed={landed.clone()} /> }
            <Section title={t!("section-why")}><Verdicts verdicts={detail.verdicts.clone()} /></Section>
            <Section title={t!("section-facts")}><Facts detail={(**detail).clone()} /></Section>
            if let Some(description) = detail.description.clone().filter(|text| !text.trim().is_empty()) {
                <Section title={t!("section-description")}><p class="prose">{ description }</p></Section>
            }
            <Section title={t!("section-identified")}>
                <ul class="notes">
                    { for detail.identified_by.iter().map(|reason| html! { <li>{ reason.clone() }</li> }) }
                    <li>{ t!("identified-confidence", share = format::percent(detail.confidence)) }</li>
                    { for detail.warnings.iter().map(|warning| html! { <li class="warning">{ warning.clone() }</li> }) }
                </ul>
            </Section>
        </article>
    }
}

#[component]
fn ListingActions(props: &LoadedProps) -> Html {
    let shell = use_shell();
    let (id, dismissed) = (props.detail.row.id, props.detail.row.dismissed);
    let browse = {
        let shell = shell.clone();
        Callback::from(move |()| browse(&shell, id))
    };
    let dismiss = Callback::from(move |()| dismiss(&shell, id, !dismissed));
    html! {
        <div class="actions">
            <ActionButton icon="external-link" label={t!("open-in-browser")} on_click={browse} class="primary" />
            <ActionButton icon={if dismissed { "eye" } else { "eye-off" }} on_click={dismiss}
                label={if dismissed { t!("show-again") } else { t!("dismiss") }} />
        </div>
    }
}

pub fn browse(shell: &ShellHandle, id: ListingId) {
    shell::perform(shell, OpenListing { id }, |()| {});
}

pub fn dismiss(shell: &ShellHandle, id: ListingId, dismissed: bool) {
    let said = shell.clone();
    shell::perform(shell, DismissListing { id, dismissed }, move |()| {
        let text = if dismissed { t!("dismissed") } else { t!("shown-again") };
        shell::say(&said, text, Some(Undo::Dismiss(id, !dismissed)));
    });
}

/// Writes the limit that was dragged in the chart into the rule it came from.
fn save_limit(
    shell: &ShellHandle,
    list: watches_core::id::WatchlistId,
    rule: String,
    limit: Money,
) {
    let shell = shell.clone();
    wasm_bindgen_futures::spawn_local(async move {
        let lists = ipc::call(ListWatchlists {}).await.unwrap_or_default();
        let Some(changed) = lists
            .iter()
            .find(|known| known.id == list)
            .and_then(|list| limited(list, &rule, limit))
        else {
            return;
        };
        let said = shell.clone();
        shell::perform(&shell, changed, move |_| {
            shell::say(&said, t!("limit-saved", price = format::price_text(limit)), None);
        });
    });
}

fn limited(list: &Watchlist, rule: &str, limit: Money) -> Option<SaveWatchlist> {
    let mut now = draft::Draft::open(list).now;
    let changed: &mut RuleDraft = now.rules.iter_mut().find(|known| known.text == rule)?;
    changed.text = draft::move_limit(&changed.text, limit)?;
    Some(now)
}

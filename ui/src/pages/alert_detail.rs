//! One alert, whole: the sentence, the watch, what can be done, the chart, and why it was raised.

use std::rc::Rc;

use watches_core::{
    id::RuleId,
    time::{Span, Timestamp},
};
use watches_ipc::{
    alert::{AlertMark, AlertRow, Delivery},
    listing::{GetListing, ListingDetail},
    watchlist::ListWatchlists,
};
use yew::prelude::*;

use crate::{
    components::{
        chart::PriceChart,
        controls::{ActionButton, IconButton, Menu},
        detail_parts::{ListingHeading, Section},
        landed::LandedCost,
        listing_detail,
        muted::{FOR_GOOD, Muted, mute},
        verdicts::Trace,
        words::Ago,
    },
    format,
    pages::inbox::{SNOOZES, archive, mark, snooze},
    router::{self, Page, Route},
    shell::{ShellHandle, use_answer, use_shell},
    t,
};

#[derive(Properties, PartialEq)]
pub struct Props {
    pub row: Rc<AlertRow>,
}

#[component]
pub fn AlertDetail(props: &Props) -> Html {
    let shell = use_shell();
    let row = &props.row;
    let detail = use_answer(Some(GetListing { id: row.listing.id }), shell.seen.listings).value;
    use_read(&shell, row);
    html! {
        <article class="detail" aria-label={row.headline.clone()}>
            <p class="alert-sentence">{ row.reason.clone() }</p>
            <p class="muted alert-when"><Ago at={row.at} />{" · "}{ delivery(row.delivery) }</p>
            <ListingHeading row={row.listing.clone()} />
            <Actions row={row.clone()} />
            if let Some(detail) = detail { { history(&detail) } }
            <Section title={t!("section-alert-why")}>
                <p class="rule-text"><button class="link" onclick={open_watchlist(row)}>{ row.watchlist_name.clone() }</button><code>{ row.rule_text.clone() }</code></p>
                <Trace lines={row.trace.clone()} />
            </Section>
        </article>
    }
}

fn history(detail: &ListingDetail) -> Html {
    let limit = detail.verdicts.iter().find_map(|verdict| verdict.limit);
    html! {
        <>
            <PriceChart history={Rc::new(detail.history.clone())} unobserved={Rc::new(detail.unobserved.clone())} {limit} />
            if let Some(landed) = &detail.landed { <LandedCost landed={landed.clone()} /> }
        </>
    }
}

fn open_watchlist(row: &AlertRow) -> Callback<MouseEvent> {
    let id = row.watchlist;
    Callback::from(move |_| router::go(&Route::with(Page::Watchlist, id)))
}

/// An alert that lies open for a moment is read.
#[hook]
fn use_read(shell: &ShellHandle, row: &Rc<AlertRow>) {
    let (shell, unread) = (shell.clone(), !row.read);
    use_effect_with(row.id, move |id| {
        let id = *id;
        let timer = unread.then(|| {
            gloo_timers::callback::Timeout::new(1_200, move || {
                mark(&shell, vec![id], AlertMark::Read)
            })
        });
        move || drop(timer)
    });
}

fn delivery(delivery: Delivery) -> String {
    match delivery {
        Delivery::Queued => t!("delivery-queued"),
        Delivery::Sent => t!("delivery-sent"),
        Delivery::Failed => t!("delivery-failed"),
        Delivery::Suppressed => t!("delivery-suppressed"),
    }
}

#[component]
fn Actions(props: &Props) -> Html {
    let shell = use_shell();
    let row = props.row.clone();
    let on = |deed: fn(&ShellHandle, &AlertRow)| {
        let (shell, row) = (shell.clone(), row.clone());
        Callback::from(move |()| deed(&shell, &row))
    };
    let choose_snooze = {
        let (shell, id) = (shell.clone(), row.id);
        Callback::from(move |value: AttrValue| {
            if let Some((_, span, _)) = SNOOZES.iter().find(|(name, _, _)| *name == value.as_str())
            {
                snooze(&shell, id, format::now() + *span);
            }
        })
    };
    let snoozes = SNOOZES
        .iter()
        .map(|(value, _, words)| (AttrValue::from(*value), t!(words).into()))
        .collect::<Vec<_>>();
    let read = if row.read { (t!("mark-unread"), "mail") } else { (t!("mark-read"), "mail-open") };
    let kept = if row.archived {
        (t!("unarchive"), "archive-restore")
    } else {
        (t!("archive"), "archive")
    };
    let muted = use_mute(&shell, row.rule);
    let mutes = MUTES
        .iter()
        .map(|(value, _, words)| (AttrValue::from(*value), t!(words).into()))
        .collect::<Vec<_>>();
    html! {
        <>
        <div class="actions">
            <ActionButton icon="external-link" label={t!("open-in-browser")} class="primary" on_click={on(|shell, row| listing_detail::browse(shell, row.listing.id))} />
            <ActionButton icon={kept.1} label={kept.0} on_click={on(archive)} />
            if row.snoozed_until.is_some() {
                <ActionButton icon="alarm-clock" label={t!("wake")} on_click={on(|shell, row| mark(shell, vec![row.id], AlertMark::Woken))} />
            } else {
                <Menu id="snooze" icon="alarm-clock" label={t!("snooze")} options={snoozes} on_choose={choose_snooze} />
            }
            if muted.is_none() { <Menu icon="bell-off" label={t!("mute-rule")} options={mutes} on_choose={choose_mute(&shell, &row)} /> }
            <IconButton icon={read.1} label={read.0} on_click={on(|shell, row| mark(shell, vec![row.id], if row.read { AlertMark::Unread } else { AlertMark::Read }))} />
        </div>
        <Muted rule={row.rule} until={muted} />
        </>
    }
}

/// Until when an alert's rule is muted; `None` when it is not, or no longer.
#[hook]
fn use_mute(shell: &ShellHandle, rule: RuleId) -> Option<Timestamp> {
    let lists = use_answer(Some(ListWatchlists {}), shell.seen.watchlists).value?;
    let mut rules = lists.iter().flat_map(|list| &list.rules);
    let until = rules.find(|known| known.id == rule)?.muted_until;
    until.filter(|until| *until > format::now())
}

/// How long the mute menu offers, from now.
const MUTES: [(&str, Span, &str); 3] = [
    ("day", Span::days(1), "mute-day"),
    ("week", Span::days(7), "mute-week"),
    ("always", FOR_GOOD, "mute-always"),
];

fn choose_mute(shell: &ShellHandle, row: &AlertRow) -> Callback<AttrValue> {
    let (shell, rule) = (shell.clone(), row.rule);
    Callback::from(move |choice: AttrValue| {
        let chosen = MUTES.iter().find(|(name, _, _)| *name == choice.as_str());
        if let Some((_, span, _)) = chosen {
            mute(&shell, rule, Some(format::now() + *span), None);
        }
    })
}

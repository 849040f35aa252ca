//! Inbox: every alert with its reason; read, snooze, mute, archive, and take it back.

use std::rc::Rc;

use watches_core::{
    id::AlertId,
    time::{Span, Timestamp},
};
use watches_ipc::alert::{AlertFilter, AlertMark, AlertPage, AlertRow, ListAlerts, MarkAlerts};
use yew::prelude::*;

use crate::{
    components::{
        controls::{IconButton, Segments},
        fault::FaultBox,
        panes::Panes,
        states::{Empty, Loading},
        virtual_list::VirtualList,
    },
    keys::{Deed, use_deeds},
    pages::{
        alert_detail::AlertDetail,
        alert_row::{AlertRowView, HEIGHT},
    },
    router::{self, Page, Route},
    shell::{self, ShellHandle, use_answer, use_shell},
    state::toasts::Undo,
    t,
};

/// The app answers with at most this many; older ones are in the archive.
const SHOWN: u32 = 500;

const FILTERS: [(&str, AlertFilter, &str); 4] = [
    ("inbox", AlertFilter::Inbox, "inbox-all"),
    ("unread", AlertFilter::Unread, "inbox-unread"),
    ("snoozed", AlertFilter::Snoozed, "inbox-snoozed"),
    ("archived", AlertFilter::Archived, "inbox-archived"),
];

#[component]
pub fn InboxPage() -> Html {
    let shell = use_shell();
    let filter = shell.memory.inbox;
    let answer =
        use_answer(Some(ListAlerts { filter, offset: 0, limit: SHOWN }), shell.seen.alerts);
    let page = answer.value.clone().unwrap_or_default();
    let chosen = shell.route.chosen.as_deref().and_then(|id| id.parse::<AlertId>().ok());
    let index = chosen.and_then(|id| page.rows.iter().position(|row| row.id == id));
    let open = index.and_then(|index| page.rows.get(index)).cloned();
    use_first(&shell, &page, chosen, index);
    use_inbox_keys(&shell, &page, index);
    let row = {
        let page = page.clone();
        Callback::from(move |number: u32| {
            page.rows.get(number as usize).cloned().map_or_else(Html::default, |row| {
            let (id, row) = (row.id, Rc::new(row));
            html! { <div class="row-hit" onclick={move |_| router::go(&Route::with(Page::Inbox, id))}><AlertRowView {row} /></div> }
        })
        })
    };
    let answered = answer.value.is_some();
    let body = match (answer.fault, answer.value.is_some(), page.rows.len()) {
        (Some(fault), false, _) => html! { <FaultBox {fault} /> },
        (_, false, _) => html! { <Loading rows={6} /> },
        (_, true, 0) => nothing(filter),
        (_, true, total) => html! {
            <VirtualList total={total as u32} row_height={HEIGHT} {row} on_rows={Callback::noop()} chosen={index.map(|index| index as u32)} label={t!("page-inbox")} />
        },
    };
    let list = html! { <>{ head(&shell, &page, filter) }{ body }</> };
    let detail = match open {
        Some(row) => html! { <AlertDetail key={row.id.to_string()} row={Rc::new(row.clone())} /> },
        None => {
            html! { <Empty icon="inbox" title={t!("inbox-none-chosen")} text={t!("inbox-none-chosen-text")} /> }
        }
    };
    html! { <Panes label={t!("page-inbox")} {list} {detail} open={index.is_some()} alone={answered && page.rows.is_empty()} /> }
}

fn head(shell: &ShellHandle, page: &AlertPage, filter: AlertFilter) -> Html {
    let now =
        FILTERS.iter().find(|(_, known, _)| *known == filter).map_or("inbox", |(name, _, _)| name);
    let options = FILTERS
        .iter()
        .map(|(value, _, words)| (AttrValue::from(*value), t!(words).into()))
        .collect::<Vec<_>>();
    let choose = {
        let shell = shell.clone();
        Callback::from(move |value: AttrValue| {
            let chosen = FILTERS
                .iter()
                .find(|(name, _, _)| *name == value.as_str())
                .map(|(_, filter, _)| *filter);
            shell::remember(&shell, |memory| memory.inbox = chosen.unwrap_or_default());
        })
    };
    let unread: Vec<AlertId> = page.rows.iter().filter(|row| !row.read).map(|row| row.id).collect();
    let read_all = {
        let (shell, unread) = (shell.clone(), unread.clone());
        Callback::from(move |()| mark(&shell, unread.clone(), AlertMark::Read))
    };
    html! {
        <header class="pane-head">
            <div class="pane-title"><h1>{ t!("page-inbox") }</h1>
                <span class="muted" role="status">{ if page.unread > 0 { t!("inbox-unread-count", count = page.unread) } else { String::new() } }</span>
                <IconButton icon="mail-open" label={t!("mark-all-read")} on_click={read_all} disabled={unread.is_empty()} />
            </div>
            <Segments label={t!("inbox-show")} {options} value={now} on_choose={choose} />
        </header>
    }
}

fn nothing(filter: AlertFilter) -> Html {
    let (title, text) = match filter {
        AlertFilter::Inbox => (t!("inbox-empty"), t!("inbox-empty-text")),
        AlertFilter::Unread => (t!("inbox-unread-empty"), t!("inbox-unread-empty-text")),
        AlertFilter::Snoozed => (t!("inbox-snoozed-empty"), t!("inbox-snoozed-empty-text")),
        AlertFilter::Archived => (t!("inbox-archived-empty"), t!("inbox-archived-empty-text")),
    };
    html! { <Empty icon="inbox" {title} {text} /> }
}

#[hook]
fn use_first(shell: &ShellHandle, page: &AlertPage, chosen: Option<AlertId>, index: Option<usize>) {
    let first = page.rows.first().map(|row| row.id);
    let wide = shell::is_wide() && shell.route.page == Page::Inbox;
    use_effect_with((first, chosen, index), move |(first, _, index)| {
        if let (Some(first), None, true) = (first, index, wide) {
            router::go(&Route::with(Page::Inbox, first));
        }
    });
}

#[hook]
fn use_inbox_keys(shell: &ShellHandle, page: &Rc<AlertPage>, index: Option<usize>) {
    let (shell, page) = (shell.clone(), page.clone());
    let show = {
        let page = page.clone();
        move |place: usize| {
            if let Some(row) = page.rows.get(place) {
                router::go(&Route::with(Page::Inbox, row.id))
            }
        }
    };
    use_deeds(Callback::from(move |deed| {
        let open = index.and_then(|index| page.rows.get(index));
        match (deed, open) {
            (Deed::Down, _) => show(index.map_or(0, |index| index + 1)),
            (Deed::Up, _) => show(index.unwrap_or(0).saturating_sub(1)),
            (Deed::Archive, Some(row)) => {
                leave(&show, index);
                archive(&shell, row);
            }
            (Deed::Snooze, Some(_)) => {
                if let Some(button) = shell::element("snooze") {
                    click(&button)
                }
            }
            (Deed::MarkRead, Some(row)) => mark(
                &shell,
                vec![row.id],
                if row.read { AlertMark::Unread } else { AlertMark::Read },
            ),
            (Deed::Browse | Deed::Open, Some(row)) => {
                crate::components::listing_detail::browse(&shell, row.listing.id)
            }
            (Deed::Close, Some(_)) if !shell::is_wide() => router::go(&Route::to(Page::Inbox)),
            (_, _) => {}
        }
    }));
}

/// The row under the one that goes away.
fn leave(show: &impl Fn(usize), index: Option<usize>) {
    show(index.map_or(0, |index| index + 1));
}

fn click(element: &web_sys::Element) {
    use wasm_bindgen::JsCast;
    if let Some(button) = element.dyn_ref::<web_sys::HtmlElement>() {
        button.focus().unwrap_or_default();
        button.click();
    }
}

pub fn mark(shell: &ShellHandle, ids: Vec<AlertId>, mark: AlertMark) {
    shell::perform(shell, MarkAlerts { ids, mark }, |()| {});
}

/// Marks with a line that can take it back.
fn mark_and_say(shell: &ShellHandle, id: AlertId, forth: AlertMark, back: AlertMark, text: String) {
    let said = shell.clone();
    shell::perform(shell, MarkAlerts { ids: vec![id], mark: forth }, move |()| {
        shell::say(&said, text, Some(Undo::Mark(vec![id], back)));
    });
}

pub fn archive(shell: &ShellHandle, row: &AlertRow) {
    if row.archived {
        mark_and_say(shell, row.id, AlertMark::Unarchived, AlertMark::Archived, t!("unarchived"));
    } else {
        mark_and_say(shell, row.id, AlertMark::Archived, AlertMark::Unarchived, t!("archived"));
    }
}

pub fn snooze(shell: &ShellHandle, id: AlertId, until: Timestamp) {
    let text = t!("snoozed", when = crate::format::relative(until, crate::format::now()));
    mark_and_say(shell, id, AlertMark::SnoozedUntil(until), AlertMark::Woken, text);
}

/// How long the snooze menu offers, from now.
pub const SNOOZES: [(&str, Span, &str); 4] = [
    ("hour", Span::hours(1), "snooze-hour"),
    ("evening", Span::hours(6), "snooze-six-hours"),
    ("day", Span::days(1), "snooze-day"),
    ("week", Span::days(7), "snooze-week"),
];

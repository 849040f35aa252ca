//! Inbox: every alert with its reason; read, snooze, mute, archive, and take it back.

use std::{collections::BTreeSet, rc::Rc};

use wasm_bindgen_futures::spawn_local;
use watches_core::{
    id::AlertId,
    time::{Span, Timestamp},
};
use watches_ipc::alert::{AlertFilter, AlertMark, AlertRow, ListAlerts, MarkAlerts};
use yew::prelude::*;

use crate::{
    components::{
        controls::{IconButton, Segments},
        fault::FaultBox,
        panes::Panes,
        states::{Empty, Loading},
        table::{Asked, FirstRows, use_scroll, use_table},
        virtual_list::VirtualList,
    },
    ipc,
    keys::{Deed, use_deeds},
    pages::{
        alert_detail::AlertDetail,
        alert_row::{AlertRowView, HEIGHT},
    },
    router::{self, Page, Route},
    shell::{self, ShellHandle, use_answer, use_shell},
    state::{table::Table, toasts::Undo},
    t,
};

/// The longest page of alerts that the app answers with.
const LONGEST: u32 = 500;

type Shown = Rc<Table<AlertFilter>>;

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
    let Asked { table, fault, on_rows } = use_table(filter, shell.seen.alerts);
    let chosen = shell.route.chosen.as_deref().and_then(|id| id.parse::<AlertId>().ok());
    let index = chosen.and_then(|id| table.index_of(&id));
    let open = use_open(&shell, &table, chosen);
    use_inbox_keys(&shell, &table, index, open.clone());
    let row = {
        let table = table.clone();
        Callback::from(move |number: u32| match table.row(number) {
            Some(row) => {
                let id = row.id;
                html! { <div class="row-hit" onclick={move |_| router::go(&Route::with(Page::Inbox, id))}><AlertRowView {row} /></div> }
            }
            None => {
                html! { <div class="alert-row row-ghost" aria-hidden="true"><span /><span /></div> }
            }
        })
    };
    let (start, on_rest) = use_scroll("inbox");
    let first_rows = html! { <FirstRows {start} row_height={HEIGHT} on_rows={on_rows.clone()} /> };
    let body = match (fault, table.total) {
        (Some(fault), _) => html! { <>{ first_rows }<FaultBox {fault} /></> },
        (None, None) => html! { <>{ first_rows }<Loading rows={6} /></> },
        (None, Some(0)) => html! { <>{ first_rows }{ nothing(filter) }</> },
        (None, Some(total)) => html! {
            <VirtualList {total} row_height={HEIGHT} {row} {on_rows} chosen={index} {start} {on_rest} label={t!("page-inbox")} />
        },
    };
    let list = html! { <>{ head(&shell, filter) }{ body }</> };
    let is_open = open.is_some();
    let detail = match open {
        Some(row) => html! { <AlertDetail key={row.id.to_string()} row={row.clone()} /> },
        None => {
            html! { <Empty icon="inbox" title={t!("inbox-none-chosen")} text={t!("inbox-none-chosen-text")} /> }
        }
    };
    html! { <Panes label={t!("page-inbox")} {list} {detail} open={is_open} alone={table.total == Some(0) && !is_open} /> }
}

fn head(shell: &ShellHandle, filter: AlertFilter) -> Html {
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
    let unread = shell.status.unread;
    let here = matches!(filter, AlertFilter::Inbox | AlertFilter::Unread);
    let read_all = {
        let shell = shell.clone();
        Callback::from(move |()| mark_all_read(&shell))
    };
    html! {
        <header class="pane-head">
            <div class="pane-title"><h1>{ t!("page-inbox") }</h1>
                <span class="muted" role="status">{ if unread > 0 { t!("inbox-unread-count", count = unread) } else { String::new() } }</span>
                <IconButton icon="mail-open" label={t!("mark-all-read")} on_click={read_all} disabled={unread == 0 || !here} />
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

/// The alert that is open. It stays so when its page is forgotten while the list is scrolled; one
/// that a notification leads to is looked for among the newest. On a wide window something is
/// always open: the first one, when the chosen one is gone.
#[hook]
fn use_open(shell: &ShellHandle, table: &Shown, chosen: Option<AlertId>) -> Option<Rc<AlertRow>> {
    let index = chosen.and_then(|id| table.index_of(&id));
    let held = use_mut_ref(|| None::<(u32, Rc<AlertRow>)>);
    let far = |(place, row): &(u32, Rc<AlertRow>)| {
        Some(row.id) == chosen && table.row(*place).is_none() && table.total > Some(*place)
    };
    let found = index.and_then(|index| Some((index, table.row(index)?)));
    let known = found.or_else(|| held.borrow().clone().filter(far));
    held.replace(known.clone());
    let lost = chosen.filter(|_| known.is_none() && table.is_settled());
    let newest = ListAlerts { filter: table.question, offset: 0, limit: LONGEST };
    let answer = use_answer(lost.map(|_| newest), shell.seen.alerts);
    let looked = answer.value.is_some() || answer.fault.is_some();
    let of_newest = answer.value.filter(|_| lost.is_some());
    let of_newest =
        of_newest.and_then(|page| page.rows.iter().find(|row| Some(row.id) == lost).cloned());
    let open = known.map(|(_, row)| row).or_else(|| of_newest.map(Rc::new));
    let none = chosen.is_none() || (lost.is_some() && looked && open.is_none());
    let first = table.row(0).map(|row| row.id).filter(|_| none);
    let wide = shell::is_wide() && shell.route.page == Page::Inbox;
    use_effect_with(first, move |first| {
        if let (Some(first), true) = (first, wide) {
            router::go(&Route::with(Page::Inbox, first));
        }
    });
    open
}

#[hook]
fn use_inbox_keys(
    shell: &ShellHandle,
    table: &Shown,
    index: Option<u32>,
    open: Option<Rc<AlertRow>>,
) {
    let (shell, table) = (shell.clone(), table.clone());
    let last = table.total.unwrap_or(0).saturating_sub(1);
    let show = move |place: u32| {
        if let Some(row) = table.row(place) {
            router::go(&Route::with(Page::Inbox, row.id))
        }
    };
    use_deeds(Callback::from(move |deed| {
        match (deed, &open) {
            (Deed::Down, _) => show(index.map_or(0, |index| (index + 1).min(last))),
            (Deed::Up, _) => show(index.unwrap_or(0).saturating_sub(1)),
            (Deed::Archive, Some(row)) => {
                // The row that takes its place.
                if let Some(index) = index {
                    show(if index < last { index + 1 } else { index.saturating_sub(1) });
                }
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
            (
                Deed::Archive
                | Deed::Snooze
                | Deed::MarkRead
                | Deed::Browse
                | Deed::Open
                | Deed::Close
                | Deed::Palette
                | Deed::Keys
                | Deed::Search
                | Deed::Undo
                | Deed::Go(_)
                | Deed::New
                | Deed::Save,
                _,
            ) => {}
        }
    }));
}

fn click(element: &web_sys::Element) {
    use wasm_bindgen::JsCast;
    if let Some(button) = element.dyn_ref::<web_sys::HtmlElement>() {
        button.focus().unwrap_or_default();
        button.click();
    }
}

/// Every unread alert of the inbox, however many pages they fill; one step takes it back.
fn mark_all_read(shell: &ShellHandle) {
    let shell = shell.clone();
    spawn_local(async move {
        // A set: an alert raised between two pages moves the rest on, and one is read again.
        let mut ids: BTreeSet<AlertId> = BTreeSet::new();
        for offset in (0..).step_by(LONGEST as usize) {
            let ask = ListAlerts { filter: AlertFilter::Unread, offset, limit: LONGEST };
            match ipc::call(ask).await {
                Ok(page) if page.rows.is_empty() => break,
                Ok(page) => ids.extend(page.rows.iter().map(|row| row.id)),
                Err(fault) => return shell::say_failed(&shell, &fault),
            }
        }
        let ids: Vec<AlertId> = ids.into_iter().collect();
        let (said, text) = (shell.clone(), t!("all-read", count = ids.len() as f64));
        shell::perform(&shell, MarkAlerts { ids: ids.clone(), mark: AlertMark::Read }, move |()| {
            shell::say(&said, text, Some(Undo::Mark(ids, AlertMark::Unread)));
        });
    });
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

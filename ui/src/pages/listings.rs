//! Listings: the long table with its filters at the left, one listing whole at the right.

use std::rc::Rc;

use watches_core::id::ListingId;
use watches_ipc::listing::ListingFilter;
use yew::prelude::*;

use crate::{
    components::{
        fault::FaultBox,
        listing_detail::{self, ListingDetailView},
        listing_row::{HEIGHT, ListingRowView},
        panes::Panes,
        sidebar,
        states::{Empty, Loading},
        table::{Asked, FirstRows, use_scroll, use_table},
        virtual_list::VirtualList,
    },
    keys::{Deed, use_deeds},
    pages::listing_filters::Filters,
    router::{self, Page, Route},
    shell::{self, ShellHandle, use_shell},
    state::table::{Listings, Table},
    t,
};

type Shown = Rc<Table<Listings>>;

#[component]
pub fn ListingsPage() -> Html {
    let shell = use_shell();
    let (filter, sort) = (shell.memory.filter.clone(), shell.memory.sort);
    let question = Listings { filter: filter.clone(), sort };
    let Asked { table, fault, on_rows } = use_table(question, shell.seen.listings);
    let chosen = shell.route.chosen.as_deref().and_then(|id| id.parse::<ListingId>().ok());
    let index = chosen.and_then(|id| table.index_of(&id));
    let filtered = filter != ListingFilter::default();
    use_first(&shell, &table, chosen);
    use_listing_keys(&shell, &table, chosen, index);
    let row = {
        let table = table.clone();
        Callback::from(move |number: u32| match table.row(number) {
            Some(row) => {
                let id = row.id;
                html! { <div class="row-hit" onclick={move |_| router::go(&Route::with(Page::Listings, id))}><ListingRowView {row} /></div> }
            }
            None => html! { <div class="row row-ghost" aria-hidden="true"><span /><span /></div> },
        })
    };
    let (start, on_rest) = use_scroll("listings");
    let first_rows = html! { <FirstRows {start} row_height={HEIGHT} on_rows={on_rows.clone()} /> };
    let body = match (fault, table.total) {
        (Some(fault), _) => html! { <>{ first_rows }<FaultBox {fault} /></> },
        (None, None) => html! { <>{ first_rows }<Loading rows={9} /></> },
        (None, Some(0)) => html! { <>{ first_rows }{ nothing(&shell, filtered) }</> },
        (None, Some(total)) => html! {
            <VirtualList {total} row_height={HEIGHT} {row} {on_rows} chosen={index} {start} {on_rest} label={t!("page-listings")} />
        },
    };
    let list = html! { <><Filters {filter} {sort} total={table.total} />{ body }</> };
    let detail = match chosen {
        Some(id) => html! { <ListingDetailView {id} /> },
        None => {
            html! { <Empty icon="list" title={t!("listings-none-chosen")} text={t!("listings-none-chosen-text")} /> }
        }
    };
    html! { <Panes label={t!("page-listings")} {list} {detail} open={chosen.is_some()} alone={table.total == Some(0) && !filtered} /> }
}

/// On a wide window something is always open: the first row, until one is chosen.
#[hook]
fn use_first(shell: &ShellHandle, table: &Shown, chosen: Option<ListingId>) {
    let first = table.row(0).map(|row| row.id);
    let wide = shell::is_wide() && shell.route.page == Page::Listings;
    use_effect_with((first, chosen), move |(first, chosen)| {
        if let (Some(first), None, true) = (first, chosen, wide) {
            router::go(&Route::with(Page::Listings, first));
        }
    });
}

#[hook]
fn use_listing_keys(
    shell: &ShellHandle,
    table: &Shown,
    chosen: Option<ListingId>,
    index: Option<u32>,
) {
    let (shell, table) = (shell.clone(), table.clone());
    let last = table.total.unwrap_or(0).saturating_sub(1);
    let show = {
        let table = table.clone();
        move |number: u32| {
            if let Some(row) = table.row(number) {
                router::go(&Route::with(Page::Listings, row.id))
            }
        }
    };
    use_deeds(Callback::from(move |deed| match (deed, chosen) {
        (Deed::Down, _) => show(index.map_or(0, |index| (index + 1).min(last))),
        (Deed::Up, _) => show(index.unwrap_or(0).saturating_sub(1)),
        (Deed::Browse | Deed::Open, Some(id)) => listing_detail::browse(&shell, id),
        (Deed::Archive, Some(id)) => {
            let gone = index.and_then(|index| table.row(index)).is_some_and(|row| row.dismissed);
            if let Some(index) = index {
                show(if index < last { index + 1 } else { index.saturating_sub(1) });
            }
            listing_detail::dismiss(&shell, id, !gone);
        }
        (Deed::Close, Some(_)) if !shell::is_wide() => router::go(&Route::to(Page::Listings)),
        (
            Deed::Browse
            | Deed::Open
            | Deed::Archive
            | Deed::Close
            | Deed::Palette
            | Deed::Keys
            | Deed::Search
            | Deed::Undo
            | Deed::Go(_)
            | Deed::Snooze
            | Deed::MarkRead
            | Deed::New
            | Deed::Save,
            _,
        ) => {}
    }));
}

fn nothing(shell: &ShellHandle, filtered: bool) -> Html {
    if filtered {
        let shell = shell.clone();
        let clear =
            move |_| shell::remember(&shell, |memory| memory.filter = ListingFilter::default());
        return html! {
            <Empty icon="search" title={t!("listings-no-hit")} text={t!("listings-no-hit-text")}>
                <button class="button" onclick={clear}>{ t!("filters-clear") }</button>
            </Empty>
        };
    }
    let add = sidebar::go(Page::Watchlist);
    html! {
        <Empty icon="list" title={t!("listings-empty")} text={t!("listings-empty-text")}>
            <button class="button primary" onclick={move |_| add.emit(())}>{ t!("listings-empty-action") }</button>
        </Empty>
    }
}

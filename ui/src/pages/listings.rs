//! Listings: the long table with its filters at the left, one listing whole at the right.

use wasm_bindgen_futures::spawn_local;
use watches_core::id::ListingId;
use watches_ipc::listing::{ListListings, ListingFilter, ListingSort};
use yew::prelude::*;

use crate::{
    components::{
        fault::FaultBox,
        listing_detail::{self, ListingDetailView},
        listing_row::{HEIGHT, ListingRowView},
        panes::Panes,
        sidebar,
        states::{Empty, Loading},
        virtual_list::VirtualList,
    },
    ipc,
    keys::{Deed, use_deeds},
    pages::listing_filters::Filters,
    router::{self, Page, Route},
    shell::{self, ShellHandle, use_shell},
    state::{listings::Table, window::PAGE},
    t,
};

const SCROLL: &str = "listings";

type TableHandle = UseStateHandle<Table>;
type Fresh = std::rc::Rc<std::cell::RefCell<Table>>;

#[component]
pub fn ListingsPage() -> Html {
    let shell = use_shell();
    let (filter, sort) = (shell.memory.filter.clone(), shell.memory.sort);
    let (table, fresh, fault) = use_table(filter.clone(), sort, shell.seen.listings);
    let chosen = shell.route.chosen.as_deref().and_then(|id| id.parse::<ListingId>().ok());
    let index = chosen.and_then(|id| table.index_of(id));
    use_first(&shell, &table, chosen);
    use_listing_keys(&shell, &table, chosen, index);
    let on_rows = {
        let (table, fault) = (table.clone(), fault.clone());
        use_callback(table.generation, move |(from, to): (u32, u32), _| {
            fetch(&fresh, &table, &fault, from, to)
        })
    };
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
    let rest = {
        let shell = shell.clone();
        Callback::from(move |place| {
            shell::remember(&shell, |memory| {
                memory.scroll.insert(SCROLL.to_owned(), place);
            })
        })
    };
    let start = shell.memory.scroll.get(SCROLL).copied().unwrap_or(0);
    let body = match ((*fault).clone(), table.total) {
        (Some(fault), _) => html! { <FaultBox {fault} /> },
        (None, None) => html! { <><FirstRows {on_rows} /><Loading rows={9} /></> },
        (None, Some(0)) => html! { <><FirstRows {on_rows} />{ nothing(&shell, &table) }</> },
        (None, Some(total)) => html! {
            <VirtualList {total} row_height={HEIGHT} {row} {on_rows} chosen={index} {start} on_rest={rest} label={t!("page-listings")} />
        },
    };
    let list = html! { <><Filters {filter} {sort} total={table.total} />{ body }</> };
    let detail = match chosen {
        Some(id) => html! { <ListingDetailView {id} /> },
        None => {
            html! { <Empty icon="list" title={t!("listings-none-chosen")} text={t!("listings-none-chosen-text")} /> }
        }
    };
    html! { <Panes label={t!("page-listings")} {list} {detail} open={chosen.is_some()} alone={table.total == Some(0) && !table.is_filtered()} /> }
}

/// While there is no list, its first rows are asked for all the same.
#[derive(Properties, PartialEq)]
struct FirstRowsProps {
    on_rows: Callback<(u32, u32)>,
}

#[component]
fn FirstRows(props: &FirstRowsProps) -> Html {
    let on_rows = props.on_rows.clone();
    use_effect_with(on_rows, |on_rows| on_rows.emit((0, 20)));
    html! {}
}

/// The table, asked anew when filter, order or store change. `fresh` is what answers write to:
/// several may come between two drawings.
#[hook]
fn use_table(
    filter: ListingFilter,
    sort: ListingSort,
    revision: u32,
) -> (TableHandle, Fresh, UseStateHandle<Option<watches_ipc::fault::Fault>>) {
    let first = Table::new(filter.clone(), sort);
    let fresh = use_mut_ref(|| first.clone());
    let table = use_state(move || first);
    let fault = use_state(|| None);
    {
        let (fresh, table) = (fresh.clone(), table.setter());
        use_effect_with((filter, sort, revision), move |(filter, sort, _)| {
            let mut now = fresh.borrow_mut();
            now.ask(filter.clone(), *sort);
            table.set(now.clone());
        });
    }
    (table, fresh, fault)
}

fn fetch(
    fresh: &Fresh,
    table: &TableHandle,
    fault: &UseStateHandle<Option<watches_ipc::fault::Fault>>,
    from: u32,
    to: u32,
) {
    let wanted = fresh.borrow_mut().wanted(from, to);
    for page in wanted {
        let (fresh, table, fault) = (fresh.clone(), table.setter(), fault.setter());
        let (generation, command) = {
            let now = fresh.borrow();
            let command = ListListings {
                filter: now.filter.clone(),
                sort: now.sort,
                offset: page * PAGE,
                limit: PAGE,
            };
            (now.generation, command)
        };
        spawn_local(async move {
            match ipc::call(command).await {
                Ok(answer) => {
                    if fresh.borrow_mut().answered(generation, page, answer) {
                        table.set(fresh.borrow().clone());
                        fault.set(None);
                    }
                }
                Err(why) => {
                    fresh.borrow_mut().failed(generation, page);
                    fault.set(Some(why));
                }
            }
        });
    }
}

/// On a wide window something is always open: the first row, until one is chosen.
#[hook]
fn use_first(shell: &ShellHandle, table: &TableHandle, chosen: Option<ListingId>) {
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
    table: &TableHandle,
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
        (_, _) => {}
    }));
}

fn nothing(shell: &ShellHandle, table: &Table) -> Html {
    if table.is_filtered() {
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

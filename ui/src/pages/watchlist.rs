//! Watchlist: what is hunted for at the left, one of them open for editing at the right.

use std::rc::Rc;

use watches_core::id::WatchlistId;
use watches_ipc::watchlist::{ListWatchlists, Watchlist};
use yew::prelude::*;

use crate::{
    components::{
        controls::ActionButton,
        fault::FaultBox,
        icon::Icon,
        kept_scroll::KeptScroll,
        panes::Panes,
        photo::Photo,
        price::Price,
        states::{Empty, Loading},
    },
    keys::{Deed, use_deeds},
    pages::watchlist_editor::WatchlistEditor,
    router::{self, Page, Route},
    shell::{self, use_answer, use_first, use_shell},
    t,
};

/// The address of a watchlist that is not saved yet.
pub const NEW: &str = "new";

#[component]
pub fn WatchlistPage() -> Html {
    let shell = use_shell();
    let answer = use_answer(Some(ListWatchlists {}), shell.seen.watchlists);
    let lists = answer.value.clone().unwrap_or_default();
    let chosen = shell.route.chosen.clone();
    let fresh = chosen.as_deref() == Some(NEW);
    let id = chosen.and_then(|id| id.parse::<WatchlistId>().ok());
    let index = id.and_then(|id| lists.iter().position(|list| list.id == id));
    use_first(
        Page::Watchlist,
        lists.first().map(|list| list.id.to_string()),
        fresh || index.is_some(),
    );
    use_watchlist_keys(&lists, index);
    let answered = answer.value.is_some();
    let body = match (answer.fault, answer.value.is_some(), lists.is_empty() && !fresh) {
        (Some(fault), false, _) => html! { <FaultBox {fault} /> },
        (_, false, _) => html! { <Loading rows={4} /> },
        (_, true, true) => html! {
            <Empty icon="binoculars" title={t!("watchlist-empty")} text={t!("watchlist-empty-text")}>
                <button class="button primary" onclick={|_| add()}>{ t!("new-watchlist") }</button>
            </Empty>
        },
        (_, true, false) => html! {
            <KeptScroll name="watchlist"><ul class="cards" aria-label={t!("page-watchlist")}>{ for lists.iter().map(|list| html! { <li><Card list={Rc::new(list.clone())} chosen={id == Some(list.id)} /></li> }) }</ul></KeptScroll>
        },
    };
    let list = html! {
        <>
            <header class="pane-head">
                <div class="pane-title"><h1>{ t!("page-watchlist") }</h1><span class="grow" />
                    <ActionButton icon="plus" label={t!("new-watchlist")} on_click={|()| add()} /></div>
            </header>
            { body }
        </>
    };
    let open = index.and_then(|index| lists.get(index)).cloned().map(Rc::new);
    let detail = match (open, fresh) {
        (None, true) => html! { <WatchlistEditor key="new" list={None::<Rc<Watchlist>>} /> },
        (Some(list), _) => {
            html! { <WatchlistEditor key={list.id.to_string()} list={Some(list.clone())} /> }
        }
        (None, false) => {
            html! { <Empty icon="binoculars" title={t!("watchlist-none-chosen")} text={t!("watchlist-none-chosen-text")} /> }
        }
    };
    html! { <Panes label={t!("page-watchlist")} {list} {detail} open={fresh || index.is_some()} alone={answered && lists.is_empty() && !fresh} /> }
}

fn add() {
    router::go(&Route::with(Page::Watchlist, NEW));
}

#[hook]
fn use_watchlist_keys(lists: &Rc<Vec<Watchlist>>, index: Option<usize>) {
    let lists = lists.clone();
    use_deeds(Callback::from(move |deed| {
        let next = match (deed, index) {
            (Deed::Down, index) => index.map_or(0, |index| index + 1),
            (Deed::Up, index) => index.unwrap_or(0).saturating_sub(1),
            (Deed::New, _) => return add(),
            (Deed::Open, Some(_)) => return shell::focus("watchlist-name"),
            (Deed::Close, Some(_)) if !shell::is_wide() => {
                return router::go(&Route::to(Page::Watchlist));
            }
            (
                Deed::Open
                | Deed::Close
                | Deed::Palette
                | Deed::Keys
                | Deed::Search
                | Deed::Undo
                | Deed::Go(_)
                | Deed::Archive
                | Deed::Snooze
                | Deed::Browse
                | Deed::MarkRead
                | Deed::Save,
                _,
            ) => return,
        };
        if let Some(list) = lists.get(next) {
            router::go(&Route::with(Page::Watchlist, list.id));
        }
    }));
}

#[derive(Properties, PartialEq)]
struct CardProps {
    list: Rc<Watchlist>,
    chosen: bool,
}

/// One watchlist: its name, what it finds, the best offer now.
#[component]
fn Card(props: &CardProps) -> Html {
    let list = &props.list;
    let href = Route::with(Page::Watchlist, list.id).hash();
    html! {
        <a class="card" {href} aria-current={props.chosen.then_some("true")}>
            <Photo address={list.best.as_ref().and_then(|best| best.photo.clone())} />
            <span class="card-words">
                <span class="name">{ list.name.clone() }</span>
                <span class="muted cut">{ summary(list) }</span>
            </span>
            <span class="row-price">
                if let Some(best) = &list.best {
                    <Price money={best.landed.or(best.price)} />
                    <span class="muted">{ if best.landed.is_some() { t!("card-best-landed") } else { t!("card-best") } }</span>
                }
                if list.paused { <span class="muted card-paused"><Icon name="pause" />{ t!("card-paused") }</span> }
            </span>
        </a>
    }
}

fn summary(list: &Watchlist) -> String {
    if list.rules.is_empty() {
        return t!("card-found", count = list.listings);
    }
    t!("card-matching", matching = list.matching, count = list.listings)
}

//! The head of Listings: title with the count, search, order, and what to leave out.

use watches_core::listing::extracted::SaleKind;
use watches_ipc::{
    listing::{ListingFilter, ListingSort, MOST_COUNTED},
    source::ListSources,
    watchlist::ListWatchlists,
};
use yew::prelude::*;

use crate::{
    components::{
        controls::{Choice, Field},
        icon::Icon,
    },
    format,
    shell::{self, use_answer, use_shell},
    t,
};

const SORTS: [(&str, ListingSort, &str); 6] = [
    ("newest", ListingSort::Newest, "sort-newest"),
    ("price_up", ListingSort::PriceUp, "sort-price-up"),
    ("price_down", ListingSort::PriceDown, "sort-price-down"),
    ("landed_up", ListingSort::LandedUp, "sort-landed-up"),
    ("ending_soon", ListingSort::EndingSoon, "sort-ending-soon"),
    ("biggest_drop", ListingSort::BiggestDrop, "sort-biggest-drop"),
];

#[derive(Properties, PartialEq)]
pub struct Props {
    pub filter: ListingFilter,
    pub sort: ListingSort,
    pub total: Option<u32>,
}

#[component]
pub fn Filters(props: &Props) -> Html {
    let shell = use_shell();
    let filter = &props.filter;
    let change = {
        let shell = shell.clone();
        move |edit: fn(&mut ListingFilter, AttrValue)| {
            let shell = shell.clone();
            Callback::from(move |value: AttrValue| {
                shell::remember(&shell, |memory| edit(&mut memory.filter, value))
            })
        }
    };
    let search = change(|filter, words| filter.text = words.to_string());
    let sort = {
        let shell = shell.clone();
        Callback::from(move |value: AttrValue| {
            let chosen =
                SORTS.iter().find(|(name, _, _)| *name == value.as_str()).map(|(_, sort, _)| *sort);
            shell::remember(&shell, |memory| memory.sort = chosen.unwrap_or_default());
        })
    };
    let now =
        SORTS.iter().find(|(_, sort, _)| *sort == props.sort).map_or("newest", |(name, _, _)| name);
    let kind = match filter.kind {
        Some(SaleKind::Auction) => "auction",
        Some(SaleKind::Fixed) => "fixed",
        None => "",
    };
    let list = filter.watchlist.map(|id| id.to_string()).unwrap_or_default();
    html! {
        <header class="pane-head">
            <div class="pane-title"><h1>{ t!("page-listings") }</h1><span class="muted" role="status">{ props.total.map(|total| count(filter, total)) }</span></div>
            <div class="search"><Icon name="search" />
                <Field id="search" kind="search" quiet={true} label={t!("search-listings")} placeholder={t!("search-listings")}
                    value={filter.text.clone()} on_input={search.reform(|text: String| text.into())} />
                <kbd aria-hidden="true">{"/"}</kbd>
            </div>
            <div class="filters">
                <Choice label={t!("sort-by")} value={now} options={options(SORTS.iter().map(|(value, _, words)| ((*value).to_owned(), t!(words))))} on_choose={sort} />
                <WatchlistChoice value={list} on_choose={change(|filter, id| filter.watchlist = id.parse().ok())} />
                <SourceChoice value={filter.source.clone().unwrap_or_default()} on_choose={change(|filter, key| filter.source = Some(key.to_string()).filter(|key| !key.is_empty()))} />
                <Choice label={t!("filter-kind")} value={kind}
                    options={options([(String::new(), t!("filter-kind-any")), ("fixed".to_owned(), t!("kind-fixed")), ("auction".to_owned(), t!("kind-auction"))])}
                    on_choose={change(|filter, kind| filter.kind = match kind.as_str() { "auction" => Some(SaleKind::Auction), "fixed" => Some(SaleKind::Fixed), _ => None })} />
                <Toggle words={t!("filter-matching")} on={filter.matching_only} on_toggle={change(|filter, _| filter.matching_only = !filter.matching_only)} />
                <Toggle words={t!("filter-gone")} on={filter.include_gone} on_toggle={change(|filter, _| filter.include_gone = !filter.include_gone)} />
                <Toggle words={t!("filter-dismissed")} on={filter.include_dismissed} on_toggle={change(|filter, _| filter.include_dismissed = !filter.include_dismissed)} />
            </div>
        </header>
    }
}

fn options(pairs: impl IntoIterator<Item = (String, String)>) -> Vec<(AttrValue, AttrValue)> {
    pairs.into_iter().map(|(value, words)| (value.into(), words.into())).collect()
}

#[derive(Properties, PartialEq)]
struct ToggleProps {
    words: String,
    on: bool,
    on_toggle: Callback<AttrValue>,
}

#[component]
fn Toggle(props: &ToggleProps) -> Html {
    let tell = props.on_toggle.clone();
    html! {
        <button type="button" class="chip" aria-pressed={props.on.to_string()} onclick={move |_| tell.emit(AttrValue::default())}>{ props.words.clone() }</button>
    }
}

#[derive(Properties, PartialEq)]
struct PickProps {
    value: String,
    on_choose: Callback<AttrValue>,
}

#[component]
fn WatchlistChoice(props: &PickProps) -> Html {
    let shell = use_shell();
    let lists = use_answer(Some(ListWatchlists {}), shell.seen.watchlists).value;
    let known = lists
        .iter()
        .flat_map(|lists| lists.iter())
        .map(|list| (list.id.to_string(), list.name.clone()));
    let all = std::iter::once((String::new(), t!("filter-watchlist-any")));
    html! { <Choice label={t!("filter-watchlist")} value={props.value.clone()} options={options(all.chain(known))} on_choose={props.on_choose.clone()} /> }
}

#[component]
fn SourceChoice(props: &PickProps) -> Html {
    let shell = use_shell();
    let sources = use_answer(Some(ListSources {}), shell.seen.sources).value;
    let known = sources
        .iter()
        .flat_map(|sources| sources.iter())
        .map(|source| (source.key.clone(), source.name.clone()));
    let all = std::iter::once((String::new(), t!("filter-source-any")));
    html! { <Choice label={t!("filter-source")} value={props.value.clone()} options={options(all.chain(known))} on_choose={props.on_choose.clone()} /> }
}

/// How many there are; a search that was counted no further says so.
fn count(filter: &ListingFilter, total: u32) -> String {
    let number = format::number(f64::from(total));
    match !filter.text.trim().is_empty() && total >= MOST_COUNTED {
        true => t!("listings-at-least", count = number),
        false => number,
    }
}

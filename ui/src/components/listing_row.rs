//! One listing in a list: one height always. Wide lists show more columns, never taller rows.

use std::rc::Rc;

use watches_core::listing::extracted::{SaleKind, SaleState};
use watches_ipc::listing::ListingRow;
use yew::prelude::*;

use crate::{
    components::{
        detail_parts::state_word,
        icon::Icon,
        photo::Photo,
        price::{Change, Price},
        words::{self, Ago},
    },
    format,
    state::chart,
    t,
};

/// The row's height in CSS pixels; `--row` in the tokens is the same.
pub const HEIGHT: u32 = 64;

#[derive(Properties, PartialEq)]
pub struct Props {
    pub row: Rc<ListingRow>,
}

#[component]
pub fn ListingRowView(props: &Props) -> Html {
    let row = &props.row;
    let gone = row.state != SaleState::Active || row.dismissed;
    html! {
        <div class={classes!("row", gone.then_some("row-gone"))}>
            <Photo address={row.photo.clone()} />
            <div class="row-name">
                { name(&row.name) }
                <span class="muted cut row-facts-inline">{ inline_facts(row) }</span>
                <span class="muted cut row-title">{ row.title.clone() }</span>
            </div>
            <div class="row-facts">
                <span class="cut">{ first_fact(row) }</span>
                <span class="cut muted">{ row.set.map(words::set).unwrap_or_default() }</span>
            </div>
            <Spark prices={row.spark.clone()} />
            <div class="row-price">
                <span class="row-ask"><Change from={row.first_price} to={row.price} /><Price money={row.price} /></span>
                <span class="muted row-landed">{ landed(row) }</span>
            </div>
            <div class="row-market">
                <span class="cut">{ row.source_name.clone() }</span>
                <span class="muted cut">{ state_or_age(row) }</span>
            </div>
        </div>
    }
}

/// A name too long for its row loses letters before its reference, which tells one watch from another.
fn name(name: &str) -> Html {
    let (words, reference) = split_reference(name);
    html! { <span class="name name-whole"><span class="name-words">{ words.to_owned() }</span><span>{ reference.to_owned() }</span></span> }
}

/// The last word, its blank before it, when it holds a digit; else nothing is set apart.
fn split_reference(name: &str) -> (&str, &str) {
    match name.rfind(' ') {
        Some(blank) if name[blank..].bytes().any(|byte| byte.is_ascii_digit()) => {
            name.split_at(blank)
        }
        Some(_) | None => (name, ""),
    }
}

fn landed(row: &ListingRow) -> Html {
    match row.landed {
        Some(landed) => html! { <>{ t!("row-landed") }{" "}<Price money={landed} /></> },
        None => html! {},
    }
}

fn first_fact(row: &ListingRow) -> String {
    let year = row.year.map(|year| year.to_string());
    let condition = row.condition.map(words::condition);
    [year, condition].into_iter().flatten().collect::<Vec<_>>().join(" · ")
}

/// The facts on one line, for lists too narrow for a column of them.
fn inline_facts(row: &ListingRow) -> String {
    let facts = Some(first_fact(row)).filter(|facts| !facts.is_empty());
    let source = Some(row.source_name.clone());
    let parts = [urgent_fact(row), source, facts, row.set.map(words::set)];
    parts.into_iter().flatten().collect::<Vec<_>>().join(" · ")
}

/// What cannot wait: gone, or an auction's end.
fn urgent_fact(row: &ListingRow) -> Option<String> {
    let ends = || row.ends_at.filter(|_| row.kind == SaleKind::Auction);
    let end = || ends().map(|at| t!("row-ends", when = format::relative(at, format::now())));
    state_word(row.state).or_else(end)
}

fn state_or_age(row: &ListingRow) -> Html {
    match (row.state, row.kind, row.ends_at) {
        (SaleState::Sold, _, _) => t!("state-sold").into(),
        (SaleState::Ended, _, _) => t!("state-ended").into(),
        (SaleState::Reserved, _, _) => t!("state-reserved").into(),
        (SaleState::Active, SaleKind::Auction, Some(at)) => {
            html! { <span class="row-auction"><Icon name="gavel" /><Ago {at} /></span> }
        }
        (SaleState::Active, SaleKind::Auction | SaleKind::Fixed, _) => {
            html! { <Ago at={row.first_seen} /> }
        }
    }
}

#[derive(Properties, PartialEq)]
struct SparkProps {
    prices: Vec<i64>,
}

/// The last prices as a small stepped line; the numbers stand beside it, so it says nothing aloud.
#[component]
fn Spark(props: &SparkProps) -> Html {
    let moved = match (props.prices.first(), props.prices.last()) {
        (Some(first), Some(last)) if last < first => "fall",
        (Some(first), Some(last)) if last > first => "rise",
        _ => "flat",
    };
    html! {
        <svg class={classes!("spark", moved)} viewBox="-1 -1 58 22" aria-hidden="true">
            <path d={chart::spark(&props.prices, 56.0, 20.0)} />
        </svg>
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_reference_is_the_last_word_with_a_digit() {
        let name = "Omega Speedmaster Professional 310.30.42.50.01.001";
        assert_eq!(
            split_reference(name),
            ("Omega Speedmaster Professional", " 310.30.42.50.01.001")
        );
        assert_eq!(split_reference("Rolex Submariner Date"), ("Rolex Submariner Date", ""));
        assert_eq!(split_reference("16610"), ("16610", ""));
        assert_eq!(split_reference(""), ("", ""));
    }
}

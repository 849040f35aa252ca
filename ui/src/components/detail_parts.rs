//! Parts that details of several pages share: heading with photo, fact list, section.

use watches_core::listing::extracted::SaleState;
use watches_ipc::listing::{ListingDetail, ListingRow};
use yew::prelude::*;

use crate::{
    components::{
        photo::Photo,
        price::{Change, Price},
        words::{self, Ago},
    },
    format, t,
};

#[derive(Properties, PartialEq)]
pub struct SectionProps {
    pub title: AttrValue,
    /// Rank of its heading: 2 directly under a page's title, 3 under a detail's.
    #[prop_or(3)]
    pub rank: u8,
    pub children: Children,
}

#[component]
pub fn Section(props: &SectionProps) -> Html {
    html! { <section class="section"><@{format!("h{}", props.rank)} class="section-title">{ props.title.clone() }</@>{ props.children.clone() }</section> }
}

#[derive(Properties, PartialEq)]
pub struct HeadingProps {
    pub row: ListingRow,
}

/// Photo, name, price: what the eye lands on first.
#[component]
pub fn ListingHeading(props: &HeadingProps) -> Html {
    let row = &props.row;
    html! {
        <header class="heading">
            <Photo address={row.photo.clone()} class="photo-large" />
            <div class="heading-words">
                <h2>{ row.name.clone() }</h2>
                <p class="muted heading-title">{ row.title.clone() }</p>
                <p class="heading-price"><Price money={row.price} class="price-large" /><Change from={row.first_price} to={row.price} /></p>
                if let Some(word) = state_word(row.state) { <p class="badge">{ word }</p> }
            </div>
        </header>
    }
}

pub fn state_word(state: SaleState) -> Option<String> {
    match state {
        SaleState::Active => None,
        SaleState::Reserved => Some(t!("state-reserved")),
        SaleState::Sold => Some(t!("state-sold")),
        SaleState::Ended => Some(t!("state-ended")),
    }
}

#[derive(Properties, PartialEq)]
pub struct FactsProps {
    pub detail: ListingDetail,
}

/// What is known of the watch and its seller; what is unknown is left out.
#[component]
pub fn Facts(props: &FactsProps) -> Html {
    let (detail, row) = (&props.detail, &props.detail.row);
    let rating = detail
        .seller_rating
        .map(|rating| t!("seller-rating", share = format::percent(rating / 100.0)));
    let seller = detail.seller.clone().map(|name| match rating {
        Some(rating) => format!("{name} · {rating}"),
        None => name,
    });
    let place = detail.location.clone().or_else(|| row.country.as_deref().map(format::country));
    let facts = [
        (
            t!("fact-condition"),
            told(row.condition.map(words::condition), detail.condition_text.as_deref()),
        ),
        (t!("fact-set"), told(row.set.map(words::set), detail.set_text.as_deref())),
        (t!("fact-year"), row.year.map(|year| year.to_string())),
        (t!("fact-seller"), seller),
        (t!("fact-place"), place),
        (t!("fact-market"), Some(row.source_name.clone())),
    ];
    html! {
        <dl class="facts">
            { for facts.into_iter().filter_map(|(name, value)| value.map(|value| html! { <div><dt>{ name }</dt><dd>{ value }</dd></div> })) }
            <div><dt>{ t!("fact-first-seen") }</dt><dd><Ago at={row.first_seen} /></dd></div>
            <div><dt>{ t!("fact-last-seen") }</dt><dd><Ago at={row.last_seen} /></dd></div>
            if let Some(at) = row.ends_at { <div><dt>{ t!("fact-ends") }</dt><dd><Ago {at} /></dd></div> }
        </dl>
    }
}

/// Our word, with the market's own kept beside it where it says something else.
fn told(ours: Option<String>, theirs: Option<&str>) -> Option<String> {
    match (ours, theirs) {
        (Some(ours), Some(theirs)) if !theirs.eq_ignore_ascii_case(&ours) => {
            Some(format!("{ours} (“{theirs}”)"))
        }
        (Some(ours), _) => Some(ours),
        (None, theirs) => theirs.map(|theirs| format!("“{theirs}”")),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_markets_own_word_is_kept() {
        let ours = || Some("Very good".to_owned());
        assert_eq!(told(ours(), Some("Sehr gut")).as_deref(), Some("Very good (“Sehr gut”)"));
        assert_eq!(told(ours(), Some("very good")).as_deref(), Some("Very good"));
        assert_eq!(told(None, Some("Sehr gut")).as_deref(), Some("“Sehr gut”"));
        assert_eq!(told(None, None), None);
    }
}

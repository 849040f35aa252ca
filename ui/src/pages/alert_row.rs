//! One alert in the inbox's list: what happened in one sentence, and where.

use std::rc::Rc;

use watches_core::listing::notice::Urgency;
use watches_ipc::alert::AlertRow;
use yew::prelude::*;

use crate::{
    components::{
        photo::Photo,
        price::{Change, Price},
        words::Ago,
    },
    t,
};

/// The row's height in CSS pixels; `--alert-row` in the tokens is the same.
pub const HEIGHT: u32 = 84;

#[derive(Properties, PartialEq)]
pub struct Props {
    pub row: Rc<AlertRow>,
}

#[component]
pub fn AlertRowView(props: &Props) -> Html {
    let row = &props.row;
    html! {
        <div class={classes!("alert-row", (!row.read).then_some("unread"))}>
            <span class="unread-dot" role="img" aria-label={if row.read { t!("alert-read") } else { t!("alert-unread") }}></span>
            <Photo address={row.listing.photo.clone()} />
            <div class="alert-words">
                <span class="name">{ row.headline.clone() }</span>
                <span class="alert-reason">{ row.reason.clone() }</span>
            </div>
            <div class="row-price">
                <span class="row-ask"><Change from={row.old_price} to={row.new_price} /><Price money={row.new_price.or(row.listing.price)} /></span>
                <span class="muted"><Ago at={row.at} /></span>
                if let Some(word) = urgency(row.urgency) { <span class="urgent">{ word }</span> }
            </div>
        </div>
    }
}

/// Only what is above the ordinary says so.
pub fn urgency(urgency: Urgency) -> Option<String> {
    match urgency {
        Urgency::Low | Urgency::Normal => None,
        Urgency::High => Some(t!("urgency-high")),
        Urgency::Critical => Some(t!("urgency-critical")),
    }
}

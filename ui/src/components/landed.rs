//! The landed cost: one line that opens to how it was computed.

use watches_core::{landed::Landed, money::Money};
use yew::prelude::*;

use crate::{components::price::Price, t};

#[derive(Properties, PartialEq)]
pub struct Props {
    pub landed: Landed,
}

#[component]
pub fn LandedCost(props: &Props) -> Html {
    let landed = &props.landed;
    html! {
        <details class="open-up">
            <summary><span>{ t!("landed-title") }</span><Price money={landed.total} /></summary>
            <dl class="sum">
                { line(&t!("landed-goods"), landed.goods, Always::Yes) }
                { line(&t!("landed-premium"), landed.premium, Always::No) }
                { line(&t!("landed-shipping"), landed.shipping, Always::Yes) }
                { line(&t!("landed-insurance"), landed.insurance, Always::No) }
                { line(&t!("landed-duty"), landed.duty, Always::Yes) }
                { line(&t!("landed-vat"), landed.vat, Always::Yes) }
                { line(&t!("landed-broker"), landed.broker, Always::No) }
                { line(&t!("landed-payment"), landed.payment, Always::No) }
                <div class="sum-total"><dt>{ t!("landed-total") }</dt><dd><Price money={landed.total} /></dd></div>
            </dl>
            <ul class="notes">{ for landed.notes.iter().map(|note| html! { <li>{ note.clone() }</li> }) }</ul>
        </details>
    }
}

/// Whether a line stands there even when it is zero.
#[derive(PartialEq)]
enum Always {
    Yes,
    No,
}

fn line(name: &str, money: Money, always: Always) -> Html {
    if money.minor == 0 && always == Always::No {
        return html! {};
    }
    html! { <div><dt>{ name.to_owned() }</dt><dd><Price money={money} /></dd></div> }
}

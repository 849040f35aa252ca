//! Prices, typeset: sign small, amount strong; a change always with an arrow and a sign.

use watches_core::money::Money;
use yew::prelude::*;

use crate::{components::icon::Icon, format, t};

#[derive(Properties, PartialEq)]
pub struct Props {
    pub money: Option<Money>,
    #[prop_or_default]
    pub class: Classes,
}

/// A dash where the price is unknown.
#[component]
pub fn Price(props: &Props) -> Html {
    let Some(money) = props.money else {
        let unknown = t!("price-unknown");
        return html! { <span class={classes!("price", "price-none", props.class.clone())} title={unknown.clone()} aria-label={unknown} role="img">{"–"}</span> };
    };
    let parts = format::price(money);
    html! {
        <span class={classes!("price", props.class.clone())}>
            if !parts.before.is_empty() { <span class="price-sign">{ parts.before.clone() }</span> }
            <span class="price-amount">{ parts.amount.clone() }</span>
            if !parts.after.is_empty() { <span class="price-sign">{ parts.after.clone() }</span> }
        </span>
    }
}

#[derive(Properties, PartialEq)]
pub struct ChangeProps {
    pub from: Option<Money>,
    pub to: Option<Money>,
}

/// `↓ 6 %`; nothing when the price did not move or currencies differ.
#[component]
pub fn Change(props: &ChangeProps) -> Html {
    let Some(share) = share(props.from, props.to) else { return html! {} };
    let down = share < 0.0;
    let shown = format::percent(share.abs());
    let name = if down {
        t!("price-down", share = shown.clone())
    } else {
        t!("price-up", share = shown.clone())
    };
    html! {
        <span class={classes!("change", if down { "fall" } else { "rise" })} role="img" aria-label={name}>
            <Icon name={if down { "arrow-down" } else { "arrow-up" }} />{ shown }
        </span>
    }
}

/// The move as a share of where it began; `None` below a tenth of a percent.
fn share(from: Option<Money>, to: Option<Money>) -> Option<f64> {
    let (from, to) = (from?, to?);
    if from.currency != to.currency || from.minor == 0 {
        return None;
    }
    let share = (to.minor - from.minor) as f64 / from.minor as f64;
    (share.abs() >= 0.001).then_some(share)
}

#[cfg(test)]
mod tests {
    use watches_core::money::Currency;

    use super::*;

    #[test]
    fn a_change_needs_two_prices_in_one_currency() {
        let eur = |minor| Some(Money::new(minor, Currency::EUR));
        assert_eq!(share(eur(1_000), eur(940)), Some(-0.06));
        assert_eq!(share(eur(1_000), eur(1_000)), None);
        assert_eq!(share(eur(0), eur(5)), None);
        assert_eq!(share(None, eur(5)), None);
        assert_eq!(share(Some(Money::new(1_000, Currency::JPY)), eur(940)), None);
    }
}

//! Any page: an address in, what was read out, with a way to point at what was read wrong.

use std::rc::Rc;

use watches_core::money::Currency;
use watches_ipc::{
    fault::Fault,
    page::{FollowPage, FoundField, FoundHow, PageField, PageReading, ReadPage},
};
use yew::prelude::*;

use crate::{
    components::{
        controls::{ActionButton, Choice, Field},
        detail_parts::Section,
        fault::{FaultBox, fault_text},
        icon::Icon,
        outline::Outline,
        price::Price,
        states::Loading,
    },
    router::{self, Page, Route},
    shell::{self, use_answer, use_shell},
    state::{
        pointing::{Deed, PREFIX, Pointing},
        toasts::Undo,
    },
    t,
};

/// Goes where the page at this address is read.
pub fn go(address: &str) {
    router::go(&Route::with(Page::Sources, format!("{PREFIX}{}", address.trim())));
}

#[derive(Properties, PartialEq)]
pub struct Props {
    /// Empty where none is typed yet.
    pub asked: AttrValue,
}

#[component]
pub fn ReadPageDetail(props: &Props) -> Html {
    let address = props.asked.to_string();
    let typed = use_state(|| address.clone());
    let read = {
        let typed = typed.clone();
        Callback::from(move |event: SubmitEvent| {
            event.prevent_default();
            go(&typed);
        })
    };
    let setter = typed.setter();
    html! {
        <article class="detail read-page" aria-label={t!("page-title")}>
            <header class="source-head"><h2>{ t!("page-title") }</h2><p class="muted">{ t!("page-text") }</p></header>
            <form class="inline-form" onsubmit={read}>
                <Field kind="text" id="page-address" quiet={true} label={t!("page-address")} placeholder="https://" value={(*typed).clone()} on_input={Callback::from(move |text| setter.set(text))} />
                <button class="button primary" disabled={typed.trim().len() < 4}><Icon name="search" />{ t!("page-read") }</button>
            </form>
            if !address.is_empty() { <Reading key={address.clone()} address={address.clone()} /> }
        </article>
    }
}

#[derive(Properties, PartialEq)]
struct ReadingProps {
    address: AttrValue,
}

#[component]
fn Reading(props: &ReadingProps) -> Html {
    let pointing = use_state(|| Rc::new(Pointing::default()));
    let tries = use_state(|| 0_u32);
    let ask = ReadPage {
        url: props.address.to_string(),
        points: pointing.points.clone(),
        currency: pointing.currency,
    };
    let answer = use_answer(Some(ask), *tries);
    let on_deed = {
        let pointing = pointing.clone();
        Callback::from(move |deed| pointing.set(Rc::new(pointing.apply(deed))))
    };
    let again = {
        let tries = tries.clone();
        Callback::from(move |()| tries.set(*tries + 1))
    };
    match (&answer.value, answer.fault) {
        (None, Some(fault)) => html! { <FaultBox {fault} retry={again} /> },
        (None, None) => html! { <Loading rows={5} /> },
        (Some(reading), fault) => html! {
            <>
                <Found reading={reading.clone()} pointing={(*pointing).clone()} {fault} on_deed={on_deed.clone()} />
                <Section title={t!("page-wrong")}>
                    <p class="muted">{ t!("page-wrong-text") }</p>
                    <Outline reading={reading.clone()} pointing={(*pointing).clone()} {on_deed} />
                </Section>
            </>
        },
    }
}

#[derive(Properties, PartialEq)]
struct FoundProps {
    reading: Rc<PageReading>,
    pointing: Rc<Pointing>,
    fault: Option<Fault>,
    on_deed: Callback<Deed>,
}

/// What was read, how it was found, and what can be done with it.
#[component]
fn Found(props: &FoundProps) -> Html {
    let reading = &props.reading;
    let missing = [PageField::Title, PageField::Price]
        .into_iter()
        .filter(|field| !reading.fields.iter().any(|found| found.field == *field));
    let trouble = match (&props.fault, &reading.trouble) {
        (Some(fault), _) => Some(fault_text(fault)),
        (None, Some(trouble)) => Some(t!("page-trouble", reason = trouble.clone())),
        (None, None) => None,
    };
    html! {
        <Section title={t!("page-found", host = reading.host.clone())}>
            if let Some(trouble) = trouble { <p class="condition-box attention-box" role="status">{ trouble }</p> }
            <dl class="found">
                { for reading.fields.iter().map(|field| found(reading, field)) }
                { for missing.map(|field| html! {
                    <div class="found-missing"><dt>{ field_name(field) }</dt><dd>{ t!("page-not-found") }</dd></div>
                }) }
            </dl>
            <Actions reading={reading.clone()} pointing={props.pointing.clone()} fault={props.fault.clone()} on_deed={props.on_deed.clone()} />
        </Section>
    }
}

fn found(reading: &PageReading, field: &FoundField) -> Html {
    let how = match &field.how {
        FoundHow::Stated => t!("page-how-stated"),
        FoundHow::Pointed { marks } => t!("page-how-pointed", marks = *marks),
        FoundHow::Adapter { by } => t!("page-how-adapter", by = by.clone()),
        FoundHow::Guess => t!("page-how-guess"),
    };
    let value = match field.field {
        PageField::Price => html! { <Price money={reading.price} /> },
        PageField::Title
        | PageField::Seller
        | PageField::Condition
        | PageField::Location
        | PageField::Image => html! { <span class="found-text">{ field.text.clone() }</span> },
    };
    html! { <div><dt>{ field_name(field.field) }</dt><dd>{ value }<span class="muted">{ how }</span></dd></div> }
}

fn field_name(field: PageField) -> String {
    match field {
        PageField::Title => t!("page-field-title"),
        PageField::Price => t!("page-field-price"),
        PageField::Seller => t!("page-field-seller"),
        PageField::Condition => t!("page-field-condition"),
        PageField::Location => t!("page-field-location"),
        PageField::Image => t!("page-field-image"),
    }
}

#[component]
fn Actions(props: &FoundProps) -> Html {
    let shell = use_shell();
    let (reading, pointing) = (&props.reading, &props.pointing);
    let follow = {
        let (shell, url) = (shell.clone(), reading.url.clone());
        let (points, currency) = (pointing.points.clone(), pointing.currency);
        Callback::from(move |()| {
            let said = shell.clone();
            let command = FollowPage { url: url.clone(), points: points.clone(), currency };
            shell::perform(&shell, command, move |followed| {
                let name = followed.source.name.clone();
                let text = match followed.known {
                    true => t!("page-rule-kept", name = name),
                    false => t!("page-followed", name = name),
                };
                let key = followed.source.key.clone();
                shell::say(&said, text, Some(Undo::FollowPage(key.clone())));
                router::go(&Route::with(Page::Sources, key));
            });
        })
    };
    let undo = {
        let tell = props.on_deed.clone();
        Callback::from(move |()| tell.emit(Deed::Undo))
    };
    let choose = {
        let tell = props.on_deed.clone();
        Callback::from(move |code: AttrValue| tell.emit(Deed::Currency(code.parse().ok())))
    };
    let currencies = std::iter::once((AttrValue::from(""), t!("page-currency-own").into()))
        .chain(Currency::ALL.iter().map(|it| (it.code().into(), it.code().into())))
        .collect::<Vec<_>>();
    let label = match reading.source.is_some() {
        true => t!("page-keep-rule"),
        false => t!("page-follow"),
    };
    let chosen = pointing.currency.map(Currency::code).unwrap_or_default();
    html! {
        <div class="actions">
            <ActionButton icon="check" class="primary" {label} disabled={!reading.readable || props.fault.is_some()} on_click={follow} />
            if !pointing.points.is_empty() { <ActionButton icon="undo-2" label={t!("page-undo")} on_click={undo} /> }
            <span class="grow" />
            <Choice label={t!("page-currency")} value={chosen} options={currencies} on_choose={choose} class="choice-quiet" />
        </div>
    }
}

//! A page's words, inert: each piece is a button that says "this is the price" or "this is the title".
//!
//! Arrow keys go from piece to piece; only the one with the focus is a stop of Tab.

use std::rc::Rc;

use wasm_bindgen::JsCast;
use watches_ipc::page::{OutlineBlock, OutlineKind, OutlinePiece, PageReading, PointedField};
use web_sys::{HtmlElement, HtmlInputElement};
use yew::prelude::*;

use crate::{
    components::controls::{Field, Segments},
    state::pointing::{Deed, Mode, Pointing},
    t,
};

#[derive(Properties, PartialEq)]
pub struct Props {
    pub reading: Rc<PageReading>,
    pub pointing: Rc<Pointing>,
    pub on_deed: Callback<Deed>,
}

#[component]
pub fn Outline(props: &Props) -> Html {
    let pointing = &props.pointing;
    let choose = {
        let tell = props.on_deed.clone();
        Callback::from(move |value: AttrValue| {
            let mode = if value == "title" { Mode::Title } else { Mode::Price };
            tell.emit(Deed::Choose(mode));
        })
    };
    let search = {
        let tell = props.on_deed.clone();
        Callback::from(move |words| tell.emit(Deed::Search(words)))
    };
    let modes = vec![
        ("price".into(), t!("page-point-price").into()),
        ("title".into(), t!("page-point-title").into()),
    ];
    let mode = match pointing.mode {
        Mode::Price => "price",
        Mode::Title => "title",
    };
    let shown = pointing.shown(&props.reading.outline);
    html! {
        <div class="outline">
            <div class="outline-tools">
                <Segments label={t!("page-point-at")} options={modes} value={mode} on_choose={choose} />
                <Field kind="search" quiet={true} label={t!("page-search")} placeholder={t!("page-search")} value={pointing.search.clone()} on_input={search} />
            </div>
            if shown.is_empty() { <p class="muted" role="status">{ t!("page-search-none") }</p> }
            <div class="outline-page" role="group" aria-label={t!("page-outline")} onkeydown={Callback::from(|event: KeyboardEvent| step(&event))}>
                { for shown.iter().enumerate().filter_map(|(line, place)| {
                    let block = props.reading.outline.get(*place)?;
                    Some(block_of(props, block, line == 0))
                }) }
            </div>
            if props.reading.cut { <p class="muted">{ t!("page-cut") }</p> }
        </div>
    }
}

fn block_of(props: &Props, block: &OutlineBlock, first: bool) -> Html {
    let class = match block.kind {
        OutlineKind::Heading => "outline-heading",
        OutlineKind::Text => "outline-text",
        OutlineKind::Item => "outline-item",
        OutlineKind::Image => "outline-image",
    };
    html! {
        <p class={classes!("outline-line", class)}>
            if block.kind == OutlineKind::Image { <span class="muted">{ t!("page-image") }</span> }
            { for block.pieces.iter().enumerate().map(|(place, piece)| piece_of(props, piece, first && place == 0)) }
        </p>
    }
}

fn piece_of(props: &Props, piece: &OutlinePiece, first: bool) -> Html {
    let (tell, node) = (props.on_deed.clone(), piece.node);
    let pointed = props.pointing.pointed(node);
    let said = pointed.map(|field| match field {
        PointedField::Price => t!("page-is-price"),
        PointedField::Title => t!("page-is-title"),
    });
    let class = classes!(
        "piece",
        piece.price.then_some("piece-price"),
        pointed.is_some().then_some("piece-pointed"),
    );
    html! {
        <button type="button" {class} data-node={node.to_string()} tabindex={if first { "0" } else { "-1" }} aria-pressed={pointed.is_some().to_string()}
            onclick={move |_| tell.emit(Deed::At(node))}>
            { piece.text.clone() }if let Some(said) = said { <span class="piece-mark">{ said }</span> }
        </button>
    }
}

/// Moves the focus among the pieces.
fn step(event: &KeyboardEvent) {
    let forward = match event.key().as_str() {
        "ArrowDown" | "ArrowRight" => true,
        "ArrowUp" | "ArrowLeft" => false,
        _ => return,
    };
    let Some(from) = event.target_dyn_into::<HtmlElement>() else { return };
    if from.dyn_ref::<HtmlInputElement>().is_some() {
        return;
    }
    let Some(page) = from.closest(".outline-page").ok().flatten() else { return };
    let Ok(pieces) = page.query_selector_all(".piece") else { return };
    let at = |place: u32| pieces.item(place).and_then(|node| node.dyn_into::<HtmlElement>().ok());
    let place = (0..pieces.length()).find(|place| at(*place).as_ref() == Some(&from));
    let next = match (place, forward) {
        (Some(place), true) => at(place + 1),
        (Some(place), false) => place.checked_sub(1).and_then(at),
        (None, _) => None,
    };
    if let Some(next) = next {
        event.prevent_default();
        from.set_tab_index(-1);
        next.set_tab_index(0);
        next.focus().unwrap_or_default();
    }
}

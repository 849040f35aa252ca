//! The pages, each with a count only where it asks for action; below them one quiet line on polling.

use yew::prelude::*;

use crate::{
    components::{icon::Icon, photo::Mark, status_line::StatusLine},
    format,
    router::{self, Page},
    shell::use_shell,
    state::shell::{Action, Overlay, Shell},
    t,
};

#[component]
pub fn Sidebar() -> Html {
    let shell = use_shell();
    let palette = {
        let shell = shell.clone();
        move |_| shell.dispatch(Action::Show(Some(Overlay::Palette)))
    };
    html! {
        <nav class="sidebar" aria-label={t!("pages")}>
            <p class="brand"><Mark /><span>{ t!("brand") }</span></p>
            <button class="nav nav-search" onclick={palette} title={t!("palette-open")}>
                <Icon name="search" /><span class="nav-word">{ t!("palette-button") }</span><kbd>{ t!("palette-key") }</kbd>
            </button>
            <ul class="nav-pages">{ for Page::LISTED.into_iter().map(|page| html! { <li>{ link(&shell, page) }</li> }) }</ul>
            <StatusLine />
        </nav>
    }
}

fn link(shell: &Shell, page: Page) -> Html {
    let chosen = shell.route.page == page;
    let count = count(shell, page);
    html! {
        <a class="nav" href={shell.memory.route_to(page).hash()} aria-current={chosen.then_some("page")} title={t!(page.title())}>
            <Icon name={icon(page)} /><span class="nav-word">{ t!(page.title()) }</span>
            if count > 0 { { " " }<span class="count">{ format::number(f64::from(count)) }</span> }
        </a>
    }
}

fn count(shell: &Shell, page: Page) -> u32 {
    match page {
        Page::Inbox => shell.status.unread,
        Page::Sources => shell.status.needs_you,
        Page::Watchlist | Page::Listings | Page::Settings | Page::Welcome => 0,
    }
}

pub const fn icon(page: Page) -> &'static str {
    match page {
        Page::Watchlist => "binoculars",
        Page::Listings => "list",
        Page::Inbox => "inbox",
        Page::Sources => "store",
        Page::Settings => "settings",
        Page::Welcome => "watch",
    }
}

/// Goes to the page a list's own button names.
pub fn go(page: Page) -> Callback<()> {
    Callback::from(move |()| router::go(&router::Route::to(page)))
}

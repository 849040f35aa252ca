//! The frame: sidebar, the page, and what lies over them.

use yew::prelude::*;

use crate::{
    components::{
        drop_file::{DropVeil, use_drop},
        fault::FaultBox,
        keys_sheet::KeysSheet,
        palette::Palette,
        sidebar::Sidebar,
        states::Loading,
        toasts::ToastStack,
    },
    pages::{
        inbox::InboxPage, listings::ListingsPage, settings::SettingsPage, sources::SourcesPage,
        watchlist::WatchlistPage, welcome::WelcomePage,
    },
    router::Page,
    shell::use_shell,
    state::shell::{Action, Overlay},
    t,
};

#[component]
pub fn Frame() -> Html {
    let shell = use_shell();
    use_drop(&shell);
    {
        let title = t!(shell.route.page.title());
        use_effect_with(title, |title| {
            if let Some(document) = web_sys::window().and_then(|window| window.document()) {
                document.set_title(&t!("window-title", page = title.clone()));
            }
        });
    }
    let page = match (&shell.fault, &shell.settings, shell.route.page) {
        (Some(fault), _, _) => {
            let again = {
                let shell = shell.clone();
                Callback::from(move |()| {
                    shell.dispatch(Action::Told(watches_ipc::event::Event::SettingsChanged))
                })
            };
            html! { <FaultBox fault={fault.clone()} retry={again} /> }
        }
        (None, None, _) => html! { <Loading rows={8} /> },
        (None, Some(_), Page::Watchlist) => html! { <WatchlistPage /> },
        (None, Some(_), Page::Listings) => html! { <ListingsPage /> },
        (None, Some(_), Page::Inbox) => html! { <InboxPage /> },
        (None, Some(_), Page::Sources) => html! { <SourcesPage /> },
        (None, Some(_), Page::Settings) => html! { <SettingsPage /> },
        (None, Some(_), Page::Welcome) => html! { <WelcomePage /> },
    };
    let alone = shell.route.page == Page::Welcome;
    html! {
        <div class={classes!("frame", alone.then_some("frame-alone"))}>
            if !alone { <Sidebar /> }
            <main class="page" id="page">{ page }</main>
            <ToastStack />
            if shell.overlay == Some(Overlay::Palette) { <Palette /> }
            if shell.overlay == Some(Overlay::Keys) { <KeysSheet /> }
            <DropVeil />
        </div>
    }
}

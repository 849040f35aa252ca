//! The root: owns the shell, hears the app's events, keys, the address and dropped files.

use gloo_timers::callback::Timeout;
use wasm_bindgen::{JsCast, closure::Closure};
use wasm_bindgen_futures::spawn_local;
use watches_ipc::{
    event::Event,
    polling::GetStatus,
    settings::{Appearance, GetSettings, RememberWindow, Settings},
};
use yew::prelude::*;

use crate::{
    components::frame::Frame,
    ipc,
    keys::{self, Deed},
    router::{self, Page, Route},
    shell::{self, ShellHandle, ShellState, use_answer},
    state::shell::{Action, Overlay, Shell},
};

/// How long after the last change the window's memory is written, in milliseconds.
const REMEMBER_AFTER: u32 = 800;

#[component]
pub fn App() -> Html {
    let shell = use_reducer(|| ShellState(Shell::new(router::current())));
    use_app_events(&shell);
    use_settings(&shell);
    use_memory(&shell);
    use_document(&shell);
    html! {
        <ContextProvider<ShellHandle> context={shell}>
            <Frame />
        </ContextProvider<ShellHandle>>
    }
}

/// Events from the app, and the status whenever they say that it changed.
#[hook]
fn use_app_events(shell: &ShellHandle) {
    let handle = shell.clone();
    use_effect_with((), move |()| {
        spawn_local(async move {
            let listener = handle.dispatcher();
            let heard = ipc::listen(move |event| {
                if let Event::ShowPage(slug) = &event {
                    router::go(&Route::parse(slug));
                }
                listener.dispatch(Action::Told(event));
            });
            if let Err(fault) = heard.await {
                handle.dispatch(Action::StartFailed(fault));
            }
        });
    });
    let status = use_answer(Some(GetStatus {}), shell.seen.status);
    let dispatcher = shell.dispatcher();
    use_effect_with(status.value, move |status| {
        if let Some(status) = status {
            dispatcher.dispatch(Action::StatusRead((**status).clone()));
        }
    });
}

/// Settings: read, shown as light or dark, and on the first reading the page left last.
#[hook]
fn use_settings(shell: &ShellHandle) {
    let answer = use_answer(Some(GetSettings {}), shell.seen.settings);
    let handle = shell.clone();
    use_effect_with(answer, move |answer| {
        if let Some(settings) = &answer.value {
            let first = handle.settings.is_none();
            handle.dispatch(Action::SettingsRead((**settings).clone()));
            dress(settings.appearance);
            if first {
                start_page(settings, &handle.route);
            }
        } else if let Some(fault) = &answer.fault {
            handle.dispatch(Action::StartFailed(fault.clone()));
        }
    });
}

fn start_page(settings: &Settings, route: &Route) {
    let memory = crate::state::memory::Memory::parse(&settings.window_memory);
    let asked = shell::hash_is_set();
    if !settings.welcomed {
        router::go(&Route::to(Page::Welcome));
    } else if route.page == Page::Welcome || !asked {
        router::go(&memory.route_to(Page::from_slug(&memory.page).unwrap_or(Page::Watchlist)));
    }
}

/// Light or dark on the root element; the style sheet follows the system without it.
pub fn dress(appearance: Appearance) {
    let Some(root) =
        web_sys::window().and_then(|w| w.document()).and_then(|d| d.document_element())
    else {
        return;
    };
    let theme = match appearance {
        Appearance::System => "",
        Appearance::Light => "light",
        Appearance::Dark => "dark",
    };
    // An attribute name that is always valid.
    root.set_attribute("data-theme", theme).unwrap_or_default();
}

/// Writes what the window remembers once it has stayed the same for a moment.
#[hook]
fn use_memory(shell: &ShellHandle) {
    let handle = shell.clone();
    let written = use_mut_ref(|| None::<String>);
    use_effect_with((shell.memory.clone(), shell.settings.is_some()), move |(memory, read)| {
        let text = memory.to_text();
        let before = written.borrow().clone();
        let before = before.or_else(|| handle.settings.as_ref().map(|s| s.window_memory.clone()));
        let timer = (*read && before.as_ref() != Some(&text)).then(|| {
            Timeout::new(REMEMBER_AFTER, move || {
                *written.borrow_mut() = Some(text.clone());
                shell::perform(&handle, RememberWindow { memory: text }, |()| {});
            })
        });
        move || drop(timer)
    });
}

/// The address and the keyboard.
#[hook]
fn use_document(shell: &ShellHandle) {
    let newest = use_mut_ref(|| shell.clone());
    *newest.borrow_mut() = shell.clone();
    use_effect_with((), move |()| {
        let Some(window) = web_sys::window() else { return };
        let went = newest.clone();
        let on_hash = Closure::<dyn Fn()>::new(move || {
            went.borrow().dispatch(Action::Went(router::current()));
        });
        let on_key =
            Closure::<dyn Fn(web_sys::KeyboardEvent)>::new(move |event: web_sys::KeyboardEvent| {
                if let Some(deed) = keys::deed(&event) {
                    let shell = newest.borrow().clone();
                    act(&shell, deed, &event);
                }
            });
        for (name, listener) in [("hashchange", on_hash.as_ref()), ("keydown", on_key.as_ref())] {
            // Refused only for a name that is no event; both are.
            window
                .add_event_listener_with_callback(name, listener.unchecked_ref())
                .unwrap_or_default();
        }
        // The root lives as long as the window.
        on_hash.forget();
        on_key.forget();
    });
}

fn act(shell: &ShellHandle, deed: Deed, event: &web_sys::KeyboardEvent) {
    let over = shell.overlay.is_some();
    // Under something that lies over it, the page hears nothing.
    if over && !matches!(deed, Deed::Palette | Deed::Close | Deed::Save) {
        return;
    }
    match deed {
        Deed::Palette => shell.dispatch(Action::Show(Some(Overlay::Palette))),
        Deed::Close if over => shell.dispatch(Action::Show(None)),
        Deed::Save => keys::hand_over(deed),
        Deed::Keys => shell.dispatch(Action::Show(Some(Overlay::Keys))),
        Deed::Undo => shell::undo_newest(shell),
        Deed::Go(page) => shell::open_page(shell, page),
        Deed::Search if shell::element("search").is_some() => shell::focus("search"),
        Deed::Search => shell.dispatch(Action::Show(Some(Overlay::Palette))),
        Deed::Close
        | Deed::Down
        | Deed::Up
        | Deed::Open
        | Deed::Archive
        | Deed::Snooze
        | Deed::Browse
        | Deed::MarkRead
        | Deed::New => keys::hand_over(deed),
    }
    if !matches!(deed, Deed::Close) {
        event.prevent_default();
    }
}

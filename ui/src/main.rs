//! The window's page: puts the frame into `#app`.
//!
//! Words come from `text`, numbers from `format`, answers from `ipc`; pages feed plain reducers in
//! `state`. Nothing here knows a marketplace or a price rule: the app does.

mod app;
mod components;
#[cfg(test)]
mod contrast;

mod format;
mod ipc;
mod keys;
mod pages;
mod router;
mod shell;
mod state;
mod text;
mod usable;

fn main() {
    if let Some(root) = shell::element("app") {
        yew::Renderer::<app::App>::with_root(root).render();
    }
}

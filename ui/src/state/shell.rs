//! The frame's state: where we are, what the app last said, and what must be read again.
//!
//! `app.rs` owns it, pages read it. `apply` is the only way in.

use watches_ipc::{event::Event, fault::Fault, polling::Status, settings::Settings};

use crate::{
    router::Route,
    state::{
        memory::Memory,
        toasts::{Toasts, Tone, Undo},
    },
};

#[derive(Debug, Clone, PartialEq)]
pub struct Shell {
    pub route: Route,
    pub status: Status,
    /// `None` until the app has answered.
    pub settings: Option<Settings>,
    pub memory: Memory,
    pub seen: Seen,
    pub toasts: Toasts,
    pub overlay: Option<Overlay>,
    /// Why the app could not start its work: shown instead of the page.
    pub fault: Option<Fault>,
}

/// How often each noun changed; a page reads again when its number moves.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Seen {
    pub listings: u32,
    pub watchlists: u32,
    pub alerts: u32,
    pub sources: u32,
    pub settings: u32,
    pub status: u32,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Overlay {
    Palette,
    Keys,
    /// A file hangs over the window.
    Drop,
}

#[derive(Debug, Clone, PartialEq)]
pub enum Action {
    Went(Route),
    Told(Event),
    StatusRead(Status),
    SettingsRead(Settings),
    StartFailed(Fault),
    Remember(Memory),
    /// A list came to rest at this place, in CSS pixels.
    Scrolled(&'static str, u32),
    Show(Option<Overlay>),
    Say(String, Tone, Option<Undo>),
    DropToast(u32),
}

impl Shell {
    pub fn new(route: Route) -> Shell {
        Shell {
            route,
            status: Status::default(),
            settings: None,
            memory: Memory::default(),
            seen: Seen::default(),
            toasts: Toasts::default(),
            overlay: None,
            fault: None,
        }
    }

    /// The state after `action`.
    pub fn apply(&self, action: Action) -> Shell {
        let mut next = self.clone();
        match action {
            Action::Went(route) => {
                next.memory.visit(&route);
                next.route = route;
                next.overlay = None;
            }
            Action::Told(event) => next.hear(event),
            Action::StatusRead(status) => next.status = status,
            Action::SettingsRead(settings) => {
                // What the window remembers is ours: only the first reading brings it in.
                if next.settings.is_none() {
                    next.memory = Memory::parse(&settings.window_memory);
                }
                next.settings = Some(settings);
                next.fault = None;
            }
            Action::StartFailed(fault) => next.fault = Some(fault),
            Action::Remember(memory) => next.memory = memory,
            Action::Scrolled(list, place) => {
                next.memory.scroll.insert(list.to_owned(), place);
            }
            Action::Show(overlay) => next.overlay = overlay,
            Action::Say(text, tone, undo) => next.toasts.push(text, tone, undo),
            Action::DropToast(serial) => next.toasts.drop(serial),
        }
        next
    }

    fn hear(&mut self, event: Event) {
        let seen = &mut self.seen;
        match event {
            Event::ListingsChanged => {
                seen.listings += 1;
                seen.watchlists += 1;
            }
            Event::WatchlistsChanged => seen.watchlists += 1,
            Event::AlertRaised(_) | Event::AlertsChanged => {
                seen.alerts += 1;
                seen.status += 1;
            }
            Event::PollProgressed(progress) => self.status.polling = Some(progress),
            Event::PollFinished(_) => {
                self.status.polling = None;
                seen.status += 1;
                seen.watchlists += 1;
            }
            Event::SourcesChanged => {
                seen.sources += 1;
                seen.status += 1;
            }
            Event::SettingsChanged => seen.settings += 1,
            Event::StatusChanged => seen.status += 1,
            // The frame turns it into an address.
            Event::ShowPage(_) => {}
        }
    }
}

#[cfg(test)]
mod tests {
    use watches_ipc::polling::{PollProgress, PollReport};

    use super::*;
    use crate::router::Page;

    fn shell() -> Shell {
        Shell::new(Route::to(Page::Watchlist))
    }

    #[test]
    fn a_poll_shows_its_progress_until_it_ends() {
        let progress = PollProgress { done: 3, total: 8, source_name: "eBay".to_owned() };
        let during = shell().apply(Action::Told(Event::PollProgressed(progress.clone())));
        assert_eq!(during.status.polling, Some(progress));
        let after = during.apply(Action::Told(Event::PollFinished(PollReport::default())));
        assert_eq!(after.status.polling, None);
        assert_eq!(after.seen.status, 1);
    }

    #[test]
    fn a_later_reading_of_settings_keeps_what_the_window_remembers() {
        let written = |width| Settings {
            window_memory: Memory { list_width: width, ..Memory::default() }.to_text(),
            ..Settings::default()
        };
        let first = shell().apply(Action::SettingsRead(written(400)));
        let second = first.apply(Action::SettingsRead(written(500)));
        assert_eq!(second.memory.list_width, 400);
    }

    #[test]
    fn going_somewhere_closes_what_lay_over_the_page() {
        let open = shell().apply(Action::Show(Some(Overlay::Palette)));
        let gone = open.apply(Action::Went(Route::to(Page::Inbox)));
        assert_eq!(gone.overlay, None);
        assert_eq!(gone.memory.page, "inbox");
    }
}

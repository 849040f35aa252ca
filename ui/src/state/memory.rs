//! What the window wants back after a restart: panes, filters, scroll places, what was chosen.
//!
//! Kept as JSON in `Settings.window_memory`, which the app stores without reading it.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};
use watches_ipc::{
    alert::AlertFilter,
    listing::{ListingFilter, ListingSort},
};

use crate::router::{Page, Route};

/// Least and most width of the list pane, in CSS pixels.
pub const LIST_WIDTH: (u32, u32) = (320, 900);

#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct Memory {
    /// Width of the list pane; 0 is the style sheet's own.
    pub list_width: u32,
    /// The page last shown, by its slug.
    pub page: String,
    /// What was chosen on each page.
    pub chosen: BTreeMap<String, String>,
    /// Scroll place of each list, in CSS pixels.
    pub scroll: BTreeMap<String, u32>,
    pub filter: ListingFilter,
    pub sort: ListingSort,
    pub inbox: AlertFilter,
    /// Rules are edited as text rather than chips.
    pub rules_as_text: bool,
}

impl Memory {
    /// Empty where the text is not ours: an older or newer page may have written it.
    pub fn parse(text: &str) -> Memory {
        serde_json::from_str(text).unwrap_or_default()
    }

    pub fn to_text(&self) -> String {
        serde_json::to_string(self).unwrap_or_default()
    }

    /// Where a page was left.
    pub fn route_to(&self, page: Page) -> Route {
        Route { page, chosen: self.chosen.get(page.slug()).cloned() }
    }

    /// Remembers an address as the place where its page was left.
    pub fn visit(&mut self, route: &Route) {
        if route.page == Page::Welcome {
            return;
        }
        self.page = route.page.slug().to_owned();
        match &route.chosen {
            Some(chosen) => self.chosen.insert(self.page.clone(), chosen.clone()),
            None => self.chosen.remove(&self.page),
        };
    }

    /// The list pane's width after a drag to `width`.
    pub fn resize(&mut self, width: u32) {
        self.list_width = width.clamp(LIST_WIDTH.0, LIST_WIDTH.1);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn memory_survives_the_round_trip_and_refuses_nothing() {
        let mut memory = Memory { sort: ListingSort::PriceDown, ..Memory::default() };
        memory.visit(&Route::with(Page::Inbox, "42"));
        memory.resize(5_000);
        assert_eq!(Memory::parse(&memory.to_text()), memory);
        assert_eq!(memory.list_width, LIST_WIDTH.1);
        assert_eq!(memory.route_to(Page::Inbox).chosen.as_deref(), Some("42"));
        assert_eq!(Memory::parse("{\"from\": \"the future\"}"), Memory::default());
        assert_eq!(Memory::parse("not json"), Memory::default());
    }

    #[test]
    fn leaving_what_was_chosen_forgets_it() {
        let mut memory = Memory::default();
        memory.visit(&Route::with(Page::Inbox, "42"));
        memory.visit(&Route::to(Page::Inbox));
        assert_eq!(memory.route_to(Page::Inbox).chosen, None);
    }
}

//! Which page is shown, and what is chosen on it: the address after `#`.
//!
//! `#/listings/<id>`; an address nobody knows shows the Watchlist. The browser's back works.

use percent_encoding::{AsciiSet, CONTROLS, percent_decode_str, utf8_percent_encode};

/// What a browser changes in the address after `#`, and what has a meaning in ours: a mailbox is called
/// `mail:max@imap.example.org/INBOX`, a page by its address.
const ENCODED: &AsciiSet = &CONTROLS
    .add(b' ')
    .add(b'"')
    .add(b'#')
    .add(b'%')
    .add(b'/')
    .add(b'<')
    .add(b'>')
    .add(b'?')
    .add(b'`');

/// The pages, in the order of the sidebar and of the keys 1 to 5.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Page {
    Watchlist,
    Listings,
    Inbox,
    Sources,
    Settings,
    Welcome,
}

impl Page {
    /// Those with a place in the sidebar.
    pub const LISTED: [Page; 5] =
        [Page::Watchlist, Page::Listings, Page::Inbox, Page::Sources, Page::Settings];

    /// Its word in the address; also what the tray says to show it.
    pub const fn slug(self) -> &'static str {
        match self {
            Page::Watchlist => "watchlist",
            Page::Listings => "listings",
            Page::Inbox => "inbox",
            Page::Sources => "sources",
            Page::Settings => "settings",
            Page::Welcome => "welcome",
        }
    }

    pub fn from_slug(slug: &str) -> Option<Page> {
        let all = Page::LISTED.into_iter().chain([Page::Welcome]);
        all.into_iter().find(|page| page.slug() == slug)
    }

    /// The message that names it.
    pub const fn title(self) -> &'static str {
        match self {
            Page::Watchlist => "page-watchlist",
            Page::Listings => "page-listings",
            Page::Inbox => "page-inbox",
            Page::Sources => "page-sources",
            Page::Settings => "page-settings",
            Page::Welcome => "page-welcome",
        }
    }
}

/// A page and the id of what is open on it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Route {
    pub page: Page,
    pub chosen: Option<String>,
}

impl Route {
    pub const fn to(page: Page) -> Route {
        Route { page, chosen: None }
    }

    pub fn with(page: Page, chosen: impl ToString) -> Route {
        Route { page, chosen: Some(chosen.to_string()) }
    }

    /// Reads `#/listings/0192…`; the rest of an unknown address is dropped.
    pub fn parse(hash: &str) -> Route {
        let mut parts = hash.trim_start_matches('#').split('/').filter(|part| !part.is_empty());
        let page = parts.next().and_then(Page::from_slug).unwrap_or(Page::Watchlist);
        let decoded = |part| percent_decode_str(part).decode_utf8_lossy().into_owned();
        Route { page, chosen: parts.next().map(decoded) }
    }

    pub fn hash(&self) -> String {
        match &self.chosen {
            Some(chosen) => {
                format!("#/{}/{}", self.page.slug(), utf8_percent_encode(chosen, ENCODED))
            }
            None => format!("#/{}", self.page.slug()),
        }
    }
}

/// The address now.
pub fn current() -> Route {
    let hash = web_sys::window().and_then(|window| window.location().hash().ok());
    Route::parse(&hash.unwrap_or_default())
}

/// Changes the address; the frame hears `hashchange` and shows it.
pub fn go(route: &Route) {
    if let Some(window) = web_sys::window() {
        // Refused only where a page has no address at all; then nothing can be shown anyway.
        window.location().set_hash(&route.hash()).unwrap_or_default();
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(hash: &str, page: Page, chosen: Option<&str>) {
        let route = Route::parse(hash);
        assert_eq!((route.page, route.chosen.as_deref()), (page, chosen), "{hash}");
    }

    #[test]
    fn addresses_are_read() {
        check("", Page::Watchlist, None);
        check("#/inbox", Page::Inbox, None);
        check("#/listings/42", Page::Listings, Some("42"));
        check("#/nowhere/42", Page::Watchlist, Some("42"));
    }

    #[test]
    fn an_address_survives_the_round_trip() {
        for page in Page::LISTED {
            for chosen in [
                "dealer:example.com",
                "mail:max@imap.test/INBOX",
                "read=https://é.test/a b?c=%20#d",
            ] {
                let route = Route::with(page, chosen);
                assert_eq!(Route::parse(&route.hash()), route);
            }
            assert_eq!(Route::parse(&Route::to(page).hash()), Route::to(page));
        }
    }
}

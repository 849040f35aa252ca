//! When does a page that scripts draw stand still? The rule that every browser shares; pure.
//!
//! A browser looks at the page again and again with the script [`LOOK`], and takes it when [`Rest`]
//! says so: loaded, at the same address and of the same length at several looks in a row. A page that
//! never rests is taken as it is after a while, if it was loaded.

use std::time::{Duration, Instant};

use serde::Deserialize;

use super::BrowserError;

/// Time between two looks.
pub const BETWEEN_LOOKS: Duration = Duration::from_millis(250);
/// Equal looks in a row that count as rest.
const EQUAL: u32 = 6;
/// A loaded page that keeps moving is taken after so long.
const MOVING: Duration = Duration::from_secs(12);

/// A JavaScript expression whose value is a [`Look`].
pub const LOOK: &str = "(() => {
    const root = document.documentElement;
    const [entry] = performance.getEntriesByType('navigation');
    return { url: location.href, ready: document.readyState,
        length: root ? root.outerHTML.length : 0,
        status: entry && entry.responseStatus || 0 };
})()";

/// How a page is at one moment.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
pub struct Look {
    pub url: String,
    ready: String,
    /// UTF-16 units of the rendered page.
    pub length: usize,
    status: u16,
}

impl Look {
    /// 200 where the browser does not say.
    pub fn status(&self) -> u16 {
        if self.status == 0 { 200 } else { self.status }
    }
}

/// What the looks so far come to.
#[derive(Debug, Default)]
pub struct Rest {
    last: Option<Look>,
    equal: u32,
    loaded: Option<Instant>,
}

impl Rest {
    /// The page to take, or why there is none; `None` looks on.
    pub fn after(&mut self, look: Look, now: Instant) -> Option<Result<Look, BrowserError>> {
        self.equal = if self.last.as_ref() == Some(&look) { self.equal + 1 } else { 1 };
        self.last = Some(look.clone());
        if look.ready != "complete" {
            self.loaded = None;
            return None;
        }
        let loaded = *self.loaded.get_or_insert(now);
        if self.equal < EQUAL && now - loaded < MOVING {
            return None;
        }
        // A browser's own page about a failure has no address of the web.
        Some(if look.url.starts_with("http") { Ok(look) } else { Err(BrowserError::NotLoaded) })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn look(url: &str, ready: &str, length: usize) -> Look {
        Look { url: url.to_owned(), ready: ready.to_owned(), length, status: 200 }
    }

    /// How many looks, 250 ms apart, until the page is taken; and whether it is.
    #[track_caller]
    fn check(looks: impl Iterator<Item = Look>, expected: Option<(usize, bool)>) {
        let (mut rest, start) = (Rest::default(), Instant::now());
        let mut taken = None;
        for (number, look) in looks.enumerate().take(200) {
            let now = start + BETWEEN_LOOKS * u32::try_from(number).expect("a small number");
            if let Some(verdict) = rest.after(look, now) {
                taken = Some((number + 1, verdict.is_ok()));
                break;
            }
        }
        assert_eq!(taken, expected);
    }

    #[test]
    fn a_page_is_taken_when_it_rests_and_not_before() {
        let page = "https://a.example/";
        check(std::iter::repeat_with(|| look(page, "complete", 10)), Some((6, true)));
        check((0..).map(|n| look(page, "complete", n.min(4))), Some((10, true)));
        check((0..).map(|n| look(page, "complete", n)), Some((49, true)));
        check(std::iter::repeat_with(|| look(page, "loading", 10)), None);
        check(std::iter::repeat_with(|| look("about:blank", "complete", 10)), Some((6, false)));
    }
}

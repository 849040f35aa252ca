//! The ways in: which fetcher a site wants, which the person chose, which is there.

use serde::{Deserialize, Serialize};

/// How a source's pages are fetched.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Way {
    /// Plain requests, without scripts or sign-in.
    Http,
    /// The desktop's own webview, in which the person may be signed in.
    Webview,
    /// A headless Chromium, for machines without a screen.
    Chromium,
}

impl Way {
    /// The way to take: what the person chose and nothing else, or else what the site prefers, or
    /// failing that the nearest there is. `None` when the chosen one is not there.
    pub fn choose(
        chosen: Option<Way>,
        preferred: Way,
        is_there: impl Fn(Way) -> bool,
    ) -> Option<Way> {
        if let Some(chosen) = chosen {
            return is_there(chosen).then_some(chosen);
        }
        let order = match preferred {
            Way::Http => [Way::Http, Way::Http, Way::Http],
            Way::Webview => [Way::Webview, Way::Chromium, Way::Http],
            Way::Chromium => [Way::Chromium, Way::Webview, Way::Http],
        };
        order.into_iter().find(|way| is_there(*way))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(chosen: Option<Way>, preferred: Way, there: &[Way], expected: Option<Way>) {
        assert_eq!(Way::choose(chosen, preferred, |way| there.contains(&way)), expected);
    }

    #[test]
    fn a_choice_is_kept_and_a_preference_gives_way() {
        use Way::{Chromium, Http, Webview};
        check(None, Http, &[Http, Webview, Chromium], Some(Http));
        check(None, Webview, &[Http, Webview], Some(Webview));
        check(None, Webview, &[Http, Chromium], Some(Chromium));
        check(None, Webview, &[Http], Some(Http));
        check(Some(Http), Webview, &[Http, Webview], Some(Http));
        check(Some(Webview), Http, &[Http, Webview], Some(Webview));
        check(Some(Webview), Http, &[Http, Chromium], None);
    }
}

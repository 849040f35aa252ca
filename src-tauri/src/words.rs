//! The few texts outside the window, tray menu and tooltips, from `locales/<language>/desktop.ftl`.
//!
//! The window's own texts are in `ui/locales`. A language is data: one more file, one more line.

use fluent_bundle::{FluentArgs, FluentResource, concurrent::FluentBundle};

const ENGLISH: &str = include_str!("../locales/en/desktop.ftl");

pub(crate) struct Words(FluentBundle<FluentResource>);

impl Words {
    pub fn english() -> Words {
        let language = "en".parse().expect("`en` is a language");
        let mut bundle = FluentBundle::new_concurrent(vec![language]);
        // A broken line costs its own text only; the test below keeps ours whole.
        let resource =
            FluentResource::try_new(ENGLISH.to_owned()).unwrap_or_else(|(whole, _)| whole);
        bundle.add_resource_overriding(resource);
        bundle.set_use_isolating(false);
        Words(bundle)
    }

    /// The text of `id`; the id itself if there is none.
    pub fn say(&self, id: &str) -> String {
        self.format(id, None)
    }

    /// The text of `id` with its `$unread`.
    pub fn count(&self, id: &str, unread: u32) -> String {
        let mut values = FluentArgs::new();
        values.set("unread", unread);
        self.format(id, Some(&values))
    }

    /// The text of `id` with its `$name`.
    pub fn named(&self, id: &str, name: &str) -> String {
        let mut values = FluentArgs::new();
        values.set("name", name);
        self.format(id, Some(&values))
    }

    fn format(&self, id: &str, values: Option<&FluentArgs<'_>>) -> String {
        let pattern = self.0.get_message(id).and_then(|message| message.value());
        pattern.map_or_else(
            || id.to_owned(),
            |pattern| self.0.format_pattern(pattern, values, &mut Vec::new()).into_owned(),
        )
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(id: &str, unread: u32, expected: &str) {
        assert_eq!(Words::english().count(id, unread), expected);
    }

    #[test]
    fn counts_are_spoken_in_english() {
        check("tray-inbox", 0, "Inbox");
        check("tray-inbox", 3, "Inbox (3)");
        check("tooltip-unread", 1, "1 unread alert");
        check("tooltip-unread", 12, "12 unread alerts");
    }

    #[test]
    fn the_file_has_no_broken_line() {
        assert!(FluentResource::try_new(ENGLISH.to_owned()).is_ok());
    }
}

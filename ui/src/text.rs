//! Every word a person sees: message ids in, text out of the Fluent files in `locales/en`.
//!
//! Another language is another folder. A test holds the ids in the sources against the files.

use fluent_bundle::{FluentArgs, FluentBundle, FluentResource, FluentValue};
use unic_langid::LanguageIdentifier;

/// All of `locales/en`, one file per page and one for what they share.
pub const ENGLISH: [&str; 9] = [
    include_str!("../locales/en/shared.ftl"),
    include_str!("../locales/en/frame.ftl"),
    include_str!("../locales/en/watchlist.ftl"),
    include_str!("../locales/en/rules.ftl"),
    include_str!("../locales/en/listings.ftl"),
    include_str!("../locales/en/inbox.ftl"),
    include_str!("../locales/en/sources.ftl"),
    include_str!("../locales/en/page.ftl"),
    include_str!("../locales/en/settings.ftl"),
];

thread_local! {
    static BUNDLE: FluentBundle<FluentResource> = bundle();
}

fn bundle() -> FluentBundle<FluentResource> {
    let mut bundle = FluentBundle::new(vec![LanguageIdentifier::default()]);
    bundle.set_use_isolating(false);
    bundle.set_formatter(Some(number));
    for source in ENGLISH {
        // A file with a mistake still gives what could be read; the test below refuses mistakes.
        let resource = FluentResource::try_new(source.to_owned()).unwrap_or_else(|(part, _)| part);
        bundle.add_resource_overriding(resource);
    }
    bundle
}

/// Numbers inside messages are grouped as the user's locale does.
fn number<M>(value: &FluentValue<'_>, _: &M) -> Option<String> {
    match value {
        FluentValue::Number(number) => Some(crate::format::number(number.value)),
        _ => None,
    }
}

/// The message `id`; the id itself where it is missing, so that a mistake is seen.
pub fn text(id: &str) -> String {
    look_up(id, None)
}

/// The message `id` with its variables filled in.
pub fn text_with(id: &str, variables: &[(&str, Value)]) -> String {
    let mut arguments = FluentArgs::new();
    for (name, value) in variables {
        match value {
            Value::Text(text) => arguments.set(*name, text.clone()),
            Value::Number(number) => arguments.set(*name, *number),
        }
    }
    look_up(id, Some(&arguments))
}

fn look_up(id: &str, arguments: Option<&FluentArgs<'_>>) -> String {
    BUNDLE.with(|bundle| {
        let Some(pattern) = bundle.get_message(id).and_then(|message| message.value()) else {
            return id.to_owned();
        };
        bundle.format_pattern(pattern, arguments, &mut Vec::new()).into_owned()
    })
}

/// What may stand in a message: words, or a number that also picks the plural.
#[derive(Debug, Clone, PartialEq)]
pub enum Value {
    Text(String),
    Number(f64),
}

impl From<&str> for Value {
    fn from(text: &str) -> Value {
        Value::Text(text.to_owned())
    }
}

impl From<String> for Value {
    fn from(text: String) -> Value {
        Value::Text(text)
    }
}

impl From<u32> for Value {
    fn from(number: u32) -> Value {
        Value::Number(f64::from(number))
    }
}

impl From<f64> for Value {
    fn from(number: f64) -> Value {
        Value::Number(number)
    }
}

/// `t!("page-inbox")`, or `t!("count-listings", count = 3)`.
#[macro_export]
macro_rules! t {
    ($id:expr) => { $crate::text::text($id) };
    ($id:expr, $($name:ident = $value:expr),+ $(,)?) => {
        $crate::text::text_with($id, &[$((stringify!($name), $crate::text::Value::from($value))),+])
    };
}

#[cfg(test)]
mod tests {
    use std::{collections::BTreeSet, fs, path::Path};

    use super::*;

    fn sources(folder: &Path, found: &mut String) {
        for entry in fs::read_dir(folder).expect("the sources lie beside the manifest") {
            let path = entry.expect("a readable entry").path();
            if path.is_dir() {
                sources(&path, found);
            } else {
                found.push_str(&fs::read_to_string(&path).expect("a readable source"));
            }
        }
    }

    fn written() -> BTreeSet<String> {
        let mut ids = BTreeSet::new();
        for source in ENGLISH {
            FluentResource::try_new(source.to_owned())
                .map_err(|(_, why)| why)
                .expect("valid Fluent");
            for line in
                source.lines().filter(|line| line.starts_with(|c: char| c.is_ascii_lowercase()))
            {
                let id = line.split_once(" =").expect("`id = text`").0;
                assert!(ids.insert(id.to_owned()), "{id} is written twice");
            }
        }
        ids
    }

    /// Every string literal in the sources that looks like a message id of ours.
    fn literals(sources: &str) -> BTreeSet<String> {
        let is_id = |word: &&str| {
            !word.is_empty()
                && word.bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'-')
        };
        sources.split('"').filter(is_id).map(str::to_owned).collect()
    }

    #[test]
    fn every_message_is_used_and_every_use_has_a_message() {
        let mut all = String::new();
        sources(&Path::new(env!("CARGO_MANIFEST_DIR")).join("src"), &mut all);
        let (written, literals) = (written(), literals(&all));
        let unused: Vec<_> = written.difference(&literals).collect();
        assert!(unused.is_empty(), "never shown: {unused:?}");
        for part in all.replace("format!(\"", "").split("t!(\"").skip(1) {
            let id = part.split('"').next().unwrap_or_default();
            assert!(written.contains(id), "no message is called {id}");
        }
    }

    #[test]
    fn plurals_follow_the_number() {
        assert_eq!(t!("count-listings", count = 1_u32), "1 listing");
        assert_eq!(t!("count-listings", count = 12_u32), "12 listings");
    }
}

//! The query of an address: sorted, cut to some parameters, one of them read or replaced.

use super::{
    Keep, escape,
    parts::{Parts, split},
};

/// A parameter as it stands: its name and, where there is one, its value.
type Parameter<'a> = (&'a str, Option<&'a str>);

fn parameters(query: &str, separator: char) -> impl Iterator<Item = Parameter<'_>> {
    let all = query.split(separator).filter(|part| !part.is_empty());
    all.map(|part| part.split_once('=').map_or((part, None), |(name, value)| (name, Some(value))))
}

/// The bytes of a name or value: `+` is a space.
fn bytes(text: &str) -> Vec<u8> {
    escape::decode(&text.replace('+', " "))
}

/// The parameters in the order of their names, then values, every one with its `=`.
pub(super) fn sorted(query: &str, keep: Keep) -> String {
    let mut all: Vec<(Vec<u8>, Vec<u8>)> = parameters(query, keep.separator)
        .map(|(name, value)| (bytes(name), bytes(value.unwrap_or_default())))
        .filter(|(_, value)| keep.blank_values || !value.is_empty())
        .collect();
    all.sort();
    let written: Vec<String> = all
        .iter()
        .map(|(name, value)| format!("{}={}", escape::form(name), escape::form(value)))
        .collect();
    written.join(&keep.separator.to_string())
}

/// The value of a parameter, decoded; the first one of that name.
pub fn value(address: &str, name: &str, separator: char) -> Option<String> {
    let plain: String =
        address.chars().filter(|letter| !matches!(letter, '\t' | '\n' | '\r')).collect();
    let query = split(&plain).query?;
    let found = parameters(&query, separator).find(|(known, _)| bytes(known) == name.as_bytes())?;
    Some(String::from_utf8_lossy(&bytes(found.1.unwrap_or_default())).into_owned())
}

/// Which parameters are left in an address.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Choice {
    /// Only those named.
    Only,
    /// All but those named.
    AllBut,
}

/// An address with some of its parameters only, as they stand; of one name the first, if `once`.
pub fn choose(address: &str, names: &[&str], choice: Choice, once: bool, keep: Keep) -> String {
    let mut parts = split(address);
    let mut seen: Vec<&str> = Vec::new();
    let mut kept: Vec<String> = Vec::new();
    let query = parts.query.take().unwrap_or_default();
    for (name, value) in parameters(&query, keep.separator) {
        let named = names.contains(&name);
        let wanted = named == (choice == Choice::Only) && !(once && seen.contains(&name));
        if wanted {
            seen.push(name);
            kept.push(value.map_or_else(|| name.to_owned(), |value| format!("{name}={value}")));
        }
    }
    parts.query = Some(kept.join(&keep.separator.to_string())).filter(|query| !query.is_empty());
    parts.fragment = parts.fragment.filter(|_| keep.fragment);
    parts.to_string()
}

/// An address with one parameter set to a value, in its place or at the end.
pub fn with(address: &str, name: &str, value: &str) -> String {
    let mut parts: Parts = split(address);
    let written = format!("{}={}", escape::form(name.as_bytes()), escape::form(value.as_bytes()));
    let mut found = false;
    let query = parts.query.take().unwrap_or_default();
    let mut all: Vec<String> = parameters(&query, '&')
        .filter_map(|(known, value)| {
            if bytes(known) != name.as_bytes() {
                return Some(
                    value.map_or_else(|| known.to_owned(), |value| format!("{known}={value}")),
                );
            }
            (!std::mem::replace(&mut found, true)).then(|| written.clone())
        })
        .collect();
    if !found {
        all.push(written);
    }
    parts.query = Some(all.join("&"));
    parts.to_string()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn parameters_are_chosen_read_and_set() {
        let keep = Keep::default();
        assert_eq!(sorted("c&b=2&b=1", keep), "b=1&b=2&c=");
        assert_eq!(choose("/p?id=1&x=2&id=3#f", &["id"], Choice::Only, true, keep), "/p?id=1");
        assert_eq!(choose("/p?id=1&x=2", &["id"], Choice::AllBut, true, keep), "/p?x=2");
        assert_eq!(value("/p?a=1&b=x+%C3%A9", "b", '&').as_deref(), Some("x é"));
        assert_eq!(with("/p?a=1&b=2#f", "a", "3 4"), "/p?a=3+4&b=2#f");
        assert_eq!(with("/p", "a", "1"), "/p?a=1");
    }
}

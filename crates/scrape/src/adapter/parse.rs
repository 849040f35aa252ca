//! An adapter file's text -> an [`Adapter`], or the line and column where it is wrong and what to do.

use std::ops::Range;

use toml::{
    Spanned,
    de::{DeTable, DeValue},
};
use watches_core::money::Currency;

use super::{
    Adapter, Entry, EntryKind, Field, FieldName, Rule,
    strategy::{self, Css, Strategy},
};

/// Longer files are no adapters.
const LONGEST_FILE: usize = 256 * 1024;
const MOST_ENTRIES: usize = 50;
const MOST_STRATEGIES: usize = 20;

/// Why a file is no adapter.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("line {line}, column {column}: {message}")]
pub struct AdapterError {
    /// Counted from 1, in letters.
    pub line: usize,
    pub column: usize,
    /// What is wrong, and what to do.
    pub message: String,
}

/// Something wrong at a place in the text.
#[derive(Debug)]
pub(super) struct Wrong {
    at: Range<usize>,
    message: String,
}

type Result<T> = std::result::Result<T, Wrong>;
type Value<'i> = Spanned<DeValue<'i>>;

pub(super) fn wrong<T>(at: Range<usize>, message: impl Into<String>) -> Result<T> {
    Err(Wrong { at, message: message.into() })
}

/// Reads a file's text.
///
/// # Errors
/// The first thing that is wrong, with its place.
pub fn parse(text: &str) -> std::result::Result<Adapter, AdapterError> {
    let read = || {
        if text.len() > LONGEST_FILE {
            return wrong(0..0, "the file is larger than 256 KiB: one file describes one site");
        }
        let root = DeTable::parse(text).map_err(|error| Wrong {
            at: error.span().unwrap_or(0..0),
            message: format!("this is not TOML: {}", error.message()),
        })?;
        adapter(root.get_ref())
    };
    read().map_err(|wrong| place(text, wrong))
}

fn place(text: &str, wrong: Wrong) -> AdapterError {
    let at = text.floor_char_boundary(wrong.at.start);
    let before = &text[..at];
    let line_start = before.rfind('\n').map_or(0, |at| at + 1);
    AdapterError {
        line: before.matches('\n').count() + 1,
        column: before[line_start..].chars().count() + 1,
        message: wrong.message,
    }
}

fn adapter(root: &DeTable<'_>) -> Result<Adapter> {
    const KEYS: [&str; 5] = ["format", "name", "hosts", "currency", "page"];
    known_keys(root, &KEYS)?;
    match root.get("format") {
        Some(value) if integer(value)? == 1 => {}
        Some(value) => return wrong(value.span(), "this program reads `format = 1` only"),
        None => return wrong(0..0, "the file must begin with `format = 1`"),
    }
    let hosts = match root.get("hosts") {
        Some(value) => texts(value)?,
        None => return wrong(0..0, "say which hosts it serves: `hosts = [\"shop.example\"]`"),
    };
    let hosts = hosts.into_iter().map(|(host, at)| host_name(host, at)).collect::<Result<_>>()?;
    let Some(pages) = root.get("page") else {
        return wrong(0..0, "describe at least one kind of page under `[[page]]`");
    };
    let Some(list) = pages.get_ref().as_array() else {
        return wrong(pages.span(), "write `[[page]]` with two brackets: there may be several");
    };
    if list.len() > MOST_ENTRIES {
        return wrong(pages.span(), format!("at most {MOST_ENTRIES} kinds of pages"));
    }
    Ok(Adapter {
        name: root.get("name").map(text).transpose()?.unwrap_or_default().to_owned(),
        hosts,
        currency: root.get("currency").map(currency).transpose()?,
        entries: list.iter().map(entry).collect::<Result<_>>()?,
    })
}

fn host_name(host: String, at: Range<usize>) -> Result<String> {
    let plain = host.strip_prefix("*.").unwrap_or(&host);
    let fits =
        |byte: u8| byte.is_ascii_lowercase() || byte.is_ascii_digit() || b"-.[:]".contains(&byte);
    match !plain.is_empty() && plain.bytes().all(fits) {
        true => Ok(host),
        false => wrong(at, "a host is written in small letters, without https:// and path"),
    }
}

fn entry(value: &Value<'_>) -> Result<Entry> {
    let Some(table) = value.get_ref().as_table() else {
        return wrong(value.span(), "a page is a table: `[[page]]`");
    };
    let mut keys = vec!["kind", "paths", "currency", "card", "next"];
    keys.extend(FieldName::ALL.iter().map(|name| name.word()));
    known_keys(table, &keys)?;
    let css = |key: &str| table.get(key).map(selector).transpose();
    let kind = match table.get("kind") {
        None => return wrong(value.span(), "say `kind = \"item\"` or `kind = \"results\"`"),
        Some(kind) => match (text(kind)?, css("card")?, css("next")?) {
            ("results", Some(card), next) => EntryKind::Results { card, next },
            ("results", None, _) => {
                return wrong(value.span(), "a results page needs `card`, the selector of a card");
            }
            ("item", None, None) => EntryKind::Item,
            ("item", _, _) => {
                return wrong(kind.span(), "`card` and `next` are for `kind = \"results\"`");
            }
            _ => return wrong(kind.span(), "a page's kind is \"item\" or \"results\""),
        },
    };
    let paths = table.get("paths").map(texts).transpose()?.unwrap_or_default();
    for (path, at) in &paths {
        if !path.starts_with(['/', '*']) || path.matches('*').count() > 8 {
            return wrong(at.clone(), "a path begins with / or *, and has at most eight *");
        }
    }
    let mut fields = Vec::new();
    for name in FieldName::ALL {
        if let Some(value) = table.get(name.word()) {
            fields.push((*name, field(value)?));
        }
    }
    if fields.is_empty() {
        return wrong(value.span(), "a page without fields reads nothing: add `title = \"h1\"`");
    }
    Ok(Entry {
        kind,
        paths: paths.into_iter().map(|(path, _)| path).collect(),
        currency: table.get("currency").map(currency).transpose()?,
        fields,
    })
}

/// A selector, a strategy, a ranked list of both, or the table that pointing makes.
fn field(value: &Value<'_>) -> Result<Field> {
    let first = |strategies| Ok(Field { rule: Rule::First, strategies });
    match value.get_ref() {
        DeValue::Array(list) => first(strategies(list, value.span())?),
        DeValue::Table(table) if table.get("agree").is_some() => {
            known_keys(table, &["agree", "seen", "beside"])?;
            let agree =
                table.get("agree").and_then(|list| Some((list.get_ref().as_array()?, list)));
            let Some((list, at)) = agree else {
                return wrong(value.span(), "`agree` is a list of strategies");
            };
            let Some(seen) = table.get("seen") else {
                return wrong(value.span(), "`agree` needs `seen`: the text that stood there");
            };
            let beside = table.get("beside").map(integer).transpose()?.unwrap_or(0);
            Ok(Field {
                rule: Rule::Agree {
                    seen: text(seen)?.to_owned(),
                    beside: usize::try_from(beside).unwrap_or(0),
                },
                strategies: strategies(list, at.span())?,
            })
        }
        _ => first(vec![strategy(value)?]),
    }
}

fn strategies(list: &[Value<'_>], at: Range<usize>) -> Result<Vec<Strategy>> {
    if list.is_empty() || list.len() > MOST_STRATEGIES {
        return wrong(at, format!("give one to {MOST_STRATEGIES} strategies, the best first"));
    }
    list.iter().map(strategy).collect()
}

fn strategy(value: &Value<'_>) -> Result<Strategy> {
    if value.get_ref().as_str().is_some() {
        return Ok(Strategy::css(selector(value)?));
    }
    let Some(table) = value.get_ref().as_table() else {
        return wrong(value.span(), "a strategy is a selector or a table such as { css = \"h1\" }");
    };
    strategy::from_table(table, value.span())
}

pub(super) fn selector(value: &Value<'_>) -> Result<Css> {
    Css::new(text(value)?).or_else(|message| wrong(value.span(), message))
}

pub(super) fn known_keys(table: &DeTable<'_>, known: &[&str]) -> Result<()> {
    for key in table.keys() {
        let name = key.get_ref();
        if !known.contains(&name.as_ref()) {
            let near = known.iter().min_by_key(|known| distance(known, name));
            let hint = near.filter(|near| distance(near, name) <= 2);
            let hint = match hint {
                Some(near) => format!("did you mean `{near}`?"),
                None => format!("known are {}", known.join(", ")),
            };
            return wrong(key.span(), format!("there is no `{name}` here: {hint}"));
        }
    }
    Ok(())
}

/// How many letters differ, by place; enough for a slip of the finger.
fn distance(left: &str, right: &str) -> usize {
    let (left, right): (Vec<char>, Vec<char>) = (left.chars().collect(), right.chars().collect());
    let mut row: Vec<usize> = (0..=right.len()).collect();
    for (line, letter) in left.iter().enumerate() {
        let mut before = row[0];
        row[0] = line + 1;
        for (column, other) in right.iter().enumerate() {
            let swap = before + usize::from(letter != other);
            before = row[column + 1];
            row[column + 1] = swap.min(before + 1).min(row[column] + 1);
        }
    }
    row[right.len()]
}

pub(super) fn text<'v>(value: &'v Value<'_>) -> Result<&'v str> {
    match value.get_ref().as_str() {
        Some(text) if text.len() <= 2_000 => Ok(text),
        Some(_) => wrong(value.span(), "this text is longer than 2,000 letters"),
        None => wrong(value.span(), "a text in quotes is expected here"),
    }
}

fn texts(value: &Value<'_>) -> Result<Vec<(String, Range<usize>)>> {
    let Some(list) = value.get_ref().as_array().filter(|list| (1..=50).contains(&list.len()))
    else {
        return wrong(value.span(), "a list of one to fifty texts is expected: [\"…\"]");
    };
    list.iter().map(|one| Ok((text(one)?.to_owned(), one.span()))).collect()
}

pub(super) fn integer(value: &Value<'_>) -> Result<i64> {
    let number = value.get_ref().as_integer().filter(|number| number.radix() == 10);
    match number.and_then(|number| number.as_str().parse().ok()) {
        Some(number) => Ok(number),
        None => wrong(value.span(), "a whole number is expected here"),
    }
}

fn currency(value: &Value<'_>) -> Result<Currency> {
    let code = text(value)?;
    code.parse().or_else(|_| {
        wrong(value.span(), format!("`{code}` is no currency that we know, as EUR is"))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(text: &str, expected: &str) {
        match parse(text) {
            Ok(_) => panic!("this was taken: {text}"),
            Err(error) => assert_eq!(error.to_string(), expected, "{text}"),
        }
    }

    #[test]
    fn what_is_wrong_is_said_with_its_place() {
        check("", "line 1, column 1: the file must begin with `format = 1`");
        check("format = 2", "line 1, column 10: this program reads `format = 1` only");
        check(
            "format = 1\nhosts = [\"a.example\"]\n",
            "line 1, column 1: describe at least one kind of page under `[[page]]`",
        );
        let page = |lines: &str| format!("format = 1\nhosts = [\"a.example\"]\n[[page]]\n{lines}");
        check(
            &page("kind = \"item\"\ntitel = \"h1\""),
            "line 5, column 1: there is no `titel` here: did you mean `title`?",
        );
        check(
            &page("kind = \"item\"\ntitle = \"h1[\""),
            "line 5, column 9: this is no CSS selector: something is not closed or not known in it",
        );
        check(
            &page("kind = \"item\"\ntitle = { css = \"h1\", attribut = \"x\" }"),
            "line 5, column 23: there is no `attribut` here: did you mean `attribute`?",
        );
        check(
            &page("kind = \"item\"\nprice = { regex = \"([0-9]+\" }"),
            "line 5, column 19: this is no pattern: unclosed group",
        );
        check(
            &page("kind = \"item\"\nprice = { regex = \"[0-9]+\" }"),
            "line 5, column 19: a pattern needs exactly one group: put ( ) around what is wanted",
        );
        check(
            &page("kind = \"results\"\ntitle = \"h1\""),
            "line 3, column 1: a results page needs `card`, the selector of a card",
        );
        check(
            &page("kind = \"item\"\ntitle = \"div:has(b)\""),
            "line 5, column 9: `:has` and `~` are not read: on a hostile page they take for ever",
        );
        check(
            &page("kind = \"item\"\nprice = { css = \"b\", meta = \"c\" }"),
            "line 5, column 9: say exactly one of css, regex, json, meta, label, path, after_title, only_price",
        );
        check(
            &page("kind = \"item\"\ncurrency = \"EURO\"\ntitle = \"h1\""),
            "line 5, column 12: `EURO` is no currency that we know, as EUR is",
        );
    }
}

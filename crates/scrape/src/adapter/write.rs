//! An [`Adapter`] -> the text of its file, as a person would write it.

use std::fmt::Write;

use super::{
    Adapter, Entry, EntryKind, Rule,
    strategy::{How, Strategy},
};

/// The file's text; [`super::parse`] reads it back.
pub fn write(adapter: &Adapter) -> String {
    let mut out =
        String::from("# How this site is read. The format is described in docs/adapters.md.\n");
    out.push_str("format = 1\n");
    if !adapter.name.is_empty() {
        line(&mut out, "name", &quoted(&adapter.name));
    }
    line(&mut out, "hosts", &list(&adapter.hosts));
    if let Some(currency) = adapter.currency {
        line(&mut out, "currency", &quoted(currency.code()));
    }
    for entry in &adapter.entries {
        out.push_str("\n[[page]]\n");
        write_entry(&mut out, entry);
    }
    out
}

fn write_entry(out: &mut String, entry: &Entry) {
    match &entry.kind {
        EntryKind::Item => line(out, "kind", "\"item\""),
        EntryKind::Results { card, next } => {
            line(out, "kind", "\"results\"");
            line(out, "card", &quoted(&card.text));
            if let Some(next) = next {
                line(out, "next", &quoted(&next.text));
            }
        }
    }
    if !entry.paths.is_empty() {
        line(out, "paths", &list(&entry.paths));
    }
    if let Some(currency) = entry.currency {
        line(out, "currency", &quoted(currency.code()));
    }
    // Tables come after the plain lines, or the lines would belong to them.
    for (name, field) in &entry.fields {
        if field.rule == Rule::First {
            line(out, name.word(), &strategies(&field.strategies));
        }
    }
    for (name, field) in &entry.fields {
        if let Rule::Agree { seen, beside } = &field.rule {
            out.push_str("\n[page.");
            out.push_str(name.word());
            out.push_str("]\n");
            line(out, "seen", &quoted(seen));
            if *beside > 0 {
                line(out, "beside", &beside.to_string());
            }
            line(out, "agree", &as_list(&field.strategies));
        }
    }
}

fn line(out: &mut String, key: &str, value: &str) {
    writeln!(out, "{key} = {value}").expect("a text takes what is written to it");
}

fn list(texts: &[String]) -> String {
    format!("[{}]", texts.iter().map(|text| quoted(text)).collect::<Vec<_>>().join(", "))
}

fn strategies(all: &[Strategy]) -> String {
    match all {
        [one] if plain_css(one) => strategy(one),
        many => as_list(many),
    }
}

fn as_list(all: &[Strategy]) -> String {
    let lines: Vec<String> = all.iter().map(|one| format!("  {},\n", strategy(one))).collect();
    format!("[\n{}]", lines.concat())
}

fn plain_css(strategy: &Strategy) -> bool {
    matches!(strategy, Strategy { how: How::Css { attribute: None, .. }, pattern: None })
}

fn strategy(strategy: &Strategy) -> String {
    if let (true, How::Css { css, .. }) = (plain_css(strategy), &strategy.how) {
        return quoted(&css.text);
    }
    let mut parts = match &strategy.how {
        How::Css { css, attribute } => {
            let attribute = attribute.as_ref().map(|name| ("attribute", quoted(name)));
            [Some(("css", quoted(&css.text))), attribute].into_iter().flatten().collect()
        }
        How::Regex(pattern) => vec![("regex", quoted(pattern.text()))],
        How::Json { path, script } => {
            let script = script.as_ref().map(|script| ("script", quoted(script)));
            [Some(("json", quoted(path))), script].into_iter().flatten().collect()
        }
        How::Meta(name) => vec![("meta", quoted(name))],
        How::Label(words) => vec![("label", quoted(words))],
        How::Path(steps) => vec![("path", quoted(&steps.text))],
        How::AfterTitle(place) => vec![("after_title", place.to_string())],
        How::OnlyPrice => vec![("only_price", "true".to_owned())],
    };
    parts.extend(strategy.pattern.as_ref().map(|pattern| ("pattern", quoted(pattern.text()))));
    let written: Vec<String> =
        parts.iter().map(|(key, value)| format!("{key} = {value}")).collect();
    format!("{{ {} }}", written.join(", "))
}

/// A TOML text: its escapes are those of JSON. What TOML forbids even there is left out.
fn quoted(text: &str) -> String {
    let plain: String = text.chars().filter(|letter| *letter != '\u{7f}').collect();
    if plain.contains('"')
        && !plain.contains(['\'', '\n', '\r'])
        && !plain.contains(char::is_control)
    {
        return format!("'{plain}'");
    }
    serde_json::to_string(&plain).expect("a text is always JSON")
}

//! One way to find a field's text: a selector, a pattern, a path into JSON, a meta tag, a label beside it.

use std::ops::Range;

use regex::{Regex, RegexBuilder};
use scraper::{ElementRef, Selector};
use toml::de::DeTable;

use super::{
    document::{Document, plain},
    parse::{Wrong, integer, known_keys, selector, text, wrong},
};
use crate::{
    html,
    html::text::fold,
    structured::{self, Json},
};

/// A field's text beyond this is cut.
const LONGEST_TEXT: usize = 10_000;
const LONGEST_PATTERN: usize = 500;
const LONGEST_SELECTOR: usize = 1_000;
/// A compiled pattern may take so many bytes.
const LARGEST_PATTERN: usize = 256 * 1024;
const MOST_HITS: usize = 500;

#[derive(Debug, Clone)]
pub struct Strategy {
    pub how: How,
    /// Takes only this group of the found text.
    pub pattern: Option<Pattern>,
}

#[derive(Debug, Clone)]
pub enum How {
    Css {
        css: Css,
        attribute: Option<String>,
    },
    /// The first match in the page's own text.
    Regex(Pattern),
    /// A path into JSON-LD, or into the script that holds `script`.
    Json {
        path: String,
        script: Option<String>,
    },
    Meta(String),
    /// What stands beside or below these words.
    Label(String),
    /// By place only; the weakest of what pointing makes.
    Path(Steps),
    /// The so-manieth price after the title.
    AfterTitle(usize),
    /// The one price of the page.
    OnlyPrice,
}

/// A selector as written and compiled.
#[derive(Debug, Clone)]
pub struct Css {
    pub text: String,
    pub selector: Selector,
}

/// `html > body > p:nth-of-type(2)`: names and which of their kind, from the root down.
#[derive(Debug, Clone)]
pub struct Steps {
    pub text: String,
    steps: Vec<(String, usize)>,
}

/// A pattern with one group.
#[derive(Debug, Clone)]
pub struct Pattern(Regex);

/// A text that a strategy found, and the element it stood in.
#[derive(Debug, Clone)]
pub(super) struct Hit<'d> {
    pub text: String,
    pub element: Option<ElementRef<'d>>,
}

impl Css {
    /// # Errors
    /// A sentence on what is wrong with it.
    pub fn new(text: &str) -> Result<Css, &'static str> {
        if text.len() > LONGEST_SELECTOR {
            return Err("this selector is longer than 1,000 letters");
        }
        if text.contains(":has") || text.replace("~=", "").contains('~') {
            return Err("`:has` and `~` are not read: on a hostile page they take for ever");
        }
        let selector = Selector::parse(text)
            .map_err(|_| "this is no CSS selector: something is not closed or not known in it")?;
        Ok(Css { text: text.to_owned(), selector })
    }
}

impl Steps {
    /// # Errors
    /// A sentence on what is wrong with it.
    pub fn new(text: &str) -> Result<Steps, &'static str> {
        let step = |step: &str| {
            let (name, place) = match step.split_once(":nth-of-type(") {
                Some((name, place)) => (name, place.strip_suffix(')')?.parse().ok()?),
                None => (step, 1),
            };
            let plain = name.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'-');
            (plain && !name.is_empty() && place > 0).then(|| (name.to_owned(), place))
        };
        let steps: Option<Vec<(String, usize)>> = text.split(" > ").take(200).map(step).collect();
        let steps = steps.ok_or("a path is written html > body > p:nth-of-type(2)")?;
        Ok(Steps { text: text.to_owned(), steps })
    }

    fn find<'d>(&self, document: &'d Document) -> Option<ElementRef<'d>> {
        let mut steps = self.steps.iter();
        let (root, _) = steps.next()?;
        let mut at = document.element(0).filter(|found| found.value().name() == root)?;
        for (name, place) in steps {
            let mut same = at.child_elements().filter(|child| child.value().name() == name);
            at = same.nth(place - 1)?;
        }
        Some(at)
    }
}

impl Pattern {
    fn new(text: &str) -> Result<Pattern, String> {
        if text.len() > LONGEST_PATTERN {
            return Err("this pattern is longer than 500 letters".to_owned());
        }
        let built = RegexBuilder::new(text).size_limit(LARGEST_PATTERN).build();
        let regex = built.map_err(|error| match error {
            regex::Error::CompiledTooBig(_) => "this pattern is too large: repeat less".to_owned(),
            other => {
                let whole = other.to_string();
                let last = whole.lines().last().unwrap_or_default();
                format!("this is no pattern: {}", last.trim_start_matches("error: "))
            }
        })?;
        match regex.captures_len() {
            2 => Ok(Pattern(regex)),
            _ => Err("a pattern needs exactly one group: put ( ) around what is wanted".to_owned()),
        }
    }

    pub fn text(&self) -> &str {
        self.0.as_str()
    }

    fn find(&self, text: &str) -> Option<String> {
        let found = self.0.captures(text)?.get(1)?;
        Some(found.as_str().to_owned()).filter(|found| !found.is_empty())
    }
}

/// Reads `{ css = "…", attribute = "…", pattern = "…" }` and the like.
pub(super) fn from_table(table: &DeTable<'_>, at: Range<usize>) -> Result<Strategy, Wrong> {
    const KINDS: [&str; 8] =
        ["css", "regex", "json", "meta", "label", "path", "after_title", "only_price"];
    let mut keys = KINDS.to_vec();
    keys.extend(["attribute", "pattern", "script"]);
    known_keys(table, &keys)?;
    let named: Vec<_> = KINDS.iter().filter_map(|kind| Some((*kind, table.get(*kind)?))).collect();
    let [(kind, value)] = named.as_slice() else {
        return wrong(at, format!("say exactly one of {}", KINDS.join(", ")));
    };
    let option = |key: &str, owner: &str| match table.get(key) {
        Some(found) if *kind != owner => {
            wrong(found.span(), format!("`{key}` goes with `{owner}` only"))
        }
        Some(found) => Ok(Some(text(found)?.to_owned())),
        None => Ok(None),
    };
    let (attribute, script) = (option("attribute", "css")?, option("script", "json")?);
    let pattern_of = |value: &toml::Spanned<toml::de::DeValue<'_>>| match Pattern::new(text(value)?)
    {
        Ok(pattern) => Ok(pattern),
        Err(message) => wrong(value.span(), message),
    };
    let how = match *kind {
        "css" => How::Css { css: selector(value)?, attribute },
        "regex" => How::Regex(pattern_of(value)?),
        "json" => How::Json { path: text(value)?.to_owned(), script },
        "meta" => How::Meta(text(value)?.to_owned()),
        "label" => How::Label(text(value)?.to_owned()),
        "path" => match Steps::new(text(value)?) {
            Ok(steps) => How::Path(steps),
            Err(message) => return wrong(value.span(), message),
        },
        "after_title" => match usize::try_from(integer(value)?) {
            Ok(place @ 1..=100) => How::AfterTitle(place),
            _ => return wrong(value.span(), "count the prices after the title from 1"),
        },
        _ => How::OnlyPrice,
    };
    Ok(Strategy { how, pattern: table.get("pattern").map(pattern_of).transpose()? })
}

impl Strategy {
    pub fn css(css: Css) -> Strategy {
        Strategy { how: How::Css { css, attribute: None }, pattern: None }
    }

    /// As a person reads it: `css .price ins`.
    pub fn describe(&self) -> String {
        match &self.how {
            How::Css { css, attribute: None } => format!("css {}", css.text),
            How::Css { css, attribute: Some(name) } => format!("css {} @{name}", css.text),
            How::Regex(pattern) => format!("regex {}", pattern.text()),
            How::Json { path, script: None } => format!("json {path}"),
            How::Json { path, script: Some(script) } => format!("json {path} in {script}"),
            How::Meta(name) => format!("meta {name}"),
            How::Label(words) => format!("label {words}"),
            How::Path(steps) => format!("path {}", steps.text),
            How::AfterTitle(place) => format!("price {place} after the title"),
            How::OnlyPrice => "the only price".to_owned(),
        }
    }

    /// The first text it finds.
    pub(super) fn find(&self, document: &Document, raw: &str) -> Option<String> {
        self.hits(document, raw).into_iter().map(|hit| hit.text).find(|text| !text.is_empty())
    }

    /// Everything it finds, in the order of the page.
    pub(super) fn hits<'d>(&self, document: &'d Document, raw: &str) -> Vec<Hit<'d>> {
        let mut hits = self.how.hits(document, raw);
        hits.truncate(MOST_HITS);
        for hit in &mut hits {
            hit.text.truncate(hit.text.floor_char_boundary(LONGEST_TEXT));
            if let Some(pattern) = &self.pattern {
                hit.text = pattern.find(&hit.text).unwrap_or_default();
            }
        }
        hits
    }
}

impl How {
    fn hits<'d>(&self, document: &'d Document, raw: &str) -> Vec<Hit<'d>> {
        let bare = |text: Option<String>| {
            text.map(|text| Hit { text: fold(&text), element: None }).into_iter().collect()
        };
        let whole =
            |element: ElementRef<'d>| Hit { text: document.text(element), element: Some(element) };
        match self {
            How::Css { css, attribute } => {
                let found = document.select(&css.selector).take(MOST_HITS);
                found
                    .map(|element| match attribute {
                        None => whole(element),
                        Some(name) => Hit {
                            text: fold(element.attr(name).unwrap_or_default()),
                            element: Some(element),
                        },
                    })
                    .collect()
            }
            How::Path(steps) => steps.find(document).map(whole).into_iter().collect(),
            How::Regex(pattern) => bare(pattern.find(raw)),
            How::Json { path, script } => bare(json(raw, path, script.as_deref())),
            How::Meta(name) => bare(html::meta(raw, name)),
            How::Label(words) => {
                let found = document.labelled(words).into_iter().map(whole);
                found.map(|hit| Hit { text: without_label(hit.text, words), ..hit }).collect()
            }
            How::AfterTitle(place) => {
                document.price_after_title(*place).map(whole).into_iter().collect()
            }
            How::OnlyPrice => document.only_price().map(whole).into_iter().collect(),
        }
    }
}

/// `Price: €9,500` without its label.
fn without_label(text: String, words: &str) -> String {
    match text.split_once(':') {
        Some((front, rest)) if plain(front) == plain(words) => rest.trim().to_owned(),
        Some(_) | None => text,
    }
}

/// The first value at `offers.0.price` in the page's scripts of JSON.
fn json(raw: &str, path: &str, script: Option<&str>) -> Option<String> {
    let bodies: Vec<&str> = match script {
        None => structured::json_ld_scripts(raw).take(50).collect(),
        Some(mark) => structured::script_with(raw, mark).into_iter().collect(),
    };
    let value_in = |body: &&str| {
        let values = structured::parse_json(body);
        values.iter().find_map(|value| at_path(value, path, 0))
    };
    bodies.iter().find_map(value_in)
}

/// A number counts in a list; a name in a list means the first member that has it.
fn at_path(value: &Json<'_>, path: &str, depth: usize) -> Option<String> {
    if path.is_empty() {
        return value.as_text().map(str::to_owned);
    }
    if depth > 64 {
        return None;
    }
    let (name, rest) = path.split_once('.').unwrap_or((path, ""));
    match value {
        Json::List(values) => match name.parse::<usize>() {
            Ok(place) => at_path(values.get(place)?, rest, depth + 1),
            Err(_) => values.iter().find_map(|value| at_path(value, path, depth + 1)),
        },
        other => at_path(other.get(name)?, rest, depth + 1),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::adapter::{FieldName, parse};

    const PAGE: &str = r#"<html><head><meta property="og:title" content="Rolex &amp; box">
        <script type="application/ld+json">{"@graph":[{"a":1},{"offers":[{"price":"95.00"}]}]}</script>
        <script>window.__STATE__ = {"watch": {"price": 77}};</script></head>
        <body><h1>Rolex  GMT</h1><dl><dt>Price:</dt><dd><b>€</b> 9,500</dd><dt>Ref</dt><dd>16710</dd></dl>
        <a class="buy" href="/w/1">buy</a><p>Our no. W-123 today</p></body></html>"#;

    #[track_caller]
    fn check(strategy: &str, expected: Option<&str>) {
        let file = format!(
            "format = 1\nhosts = [\"a.example\"]\n[[page]]\nkind = \"item\"\nid = {strategy}"
        );
        let adapter = parse(&file).unwrap_or_else(|error| panic!("{strategy}: {error}"));
        let field = adapter.entries[0].field(FieldName::Id).expect("it was given");
        let found = field.strategies[0].find(&Document::page(PAGE), PAGE);
        assert_eq!(found.as_deref(), expected, "{strategy}");
    }

    #[test]
    fn each_way_finds_its_text() {
        check(r#""h1""#, Some("Rolex GMT"));
        check(r#""h2""#, None);
        check(r#"{ css = "a.buy", attribute = "href" }"#, Some("/w/1"));
        check(r#"{ css = "a.buy", attribute = "href", pattern = "/w/(\\d+)" }"#, Some("1"));
        check(r#"{ regex = "no\\. (W-\\d+)" }"#, Some("W-123"));
        check(r#"{ json = "@graph.offers.price" }"#, Some("95.00"));
        check(r#"{ json = "@graph.1.offers.0.price" }"#, Some("95.00"));
        check(r#"{ json = "@graph.0.offers.0.price" }"#, None);
        check(r#"{ json = "watch.price", script = "__STATE__" }"#, Some("77"));
        check(r#"{ meta = "og:title" }"#, Some("Rolex & box"));
        check(r#"{ label = "price" }"#, Some("€ 9,500"));
        check(r#"{ label = "Ref" }"#, Some("16710"));
        check(r#"{ path = "html > body > dl:nth-of-type(1) > dd:nth-of-type(2)" }"#, Some("16710"));
        check(r#"{ after_title = 1 }"#, Some("€ 9,500"));
        check(r#"{ only_price = true }"#, Some("€ 9,500"));
    }
}

//! The HTML of a mail -> its visible lines with their places, and who lies in whom.
//!
//! Mails are tables in tables without classes that mean anything, so cards are cut by what lies together.
//! One pass; a line ends at the edge of a block, of a link and of struck-out text.

use crate::html::{fragment::Fragment, names::is_block, text::Folded, token::Tag};

/// A line as a reader sees it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Line {
    /// The place of its first text.
    pub at: usize,
    pub text: String,
    /// Crossed out: an older price.
    pub struck: bool,
}

/// A mail's tree with its lines.
#[derive(Debug)]
pub(super) struct Layout<'a> {
    pub fragment: Fragment<'a>,
    pub lines: Vec<Line>,
    /// The element that each place lies in; its own place at the top.
    pub parents: Vec<usize>,
}

impl<'a> Layout<'a> {
    pub fn of(html: &'a str) -> Layout<'a> {
        let fragment = Fragment::whole(html);
        let lines = Reading::default().all(&fragment);
        let parents = parents(&fragment);
        Layout { fragment, lines, parents }
    }

    /// The lines that begin in a range of places.
    pub fn within(&self, from: usize, to: usize) -> &[Line] {
        let first = self.lines.partition_point(|line| line.at < from);
        let last = self.lines.partition_point(|line| line.at < to);
        self.lines.get(first..last).unwrap_or_default()
    }
}

fn parents(fragment: &Fragment<'_>) -> Vec<usize> {
    let mut parents = Vec::with_capacity(fragment.size());
    let mut open: Vec<usize> = Vec::new();
    for at in 0..fragment.size() {
        while open.pop_if(|element| fragment.end(*element) <= at).is_some() {}
        parents.push(open.last().copied().unwrap_or(at));
        if fragment.tag(at).is_some() {
            open.push(at);
        }
    }
    parents
}

#[derive(Debug, Default)]
struct Reading {
    lines: Vec<Line>,
    current: Folded,
    /// The place of the current line's first text, once it has one.
    begun: Option<usize>,
    struck_until: usize,
}

impl Reading {
    fn all(mut self, fragment: &Fragment<'_>) -> Vec<Line> {
        let mut edges: Vec<usize> = Vec::new();
        let mut hidden_until = 0;
        for at in 0..fragment.size() {
            while edges.pop_if(|edge| *edge <= at).is_some() {
                self.end_line();
            }
            if at < hidden_until {
                continue;
            }
            let Some(tag) = fragment.tag(at) else {
                self.push(at, fragment.raw_text(at).unwrap_or_default());
                continue;
            };
            if is_hidden(tag) {
                hidden_until = fragment.end(at);
                continue;
            }
            let struck = is_struck(tag);
            if struck || is_block(tag) || tag.is("a") {
                self.end_line();
                edges.push(fragment.end(at));
            }
            if struck {
                self.struck_until = self.struck_until.max(fragment.end(at));
            }
        }
        self.end_line();
        self.lines
    }

    fn push(&mut self, at: usize, raw: &str) {
        if self.begun.is_none() && !raw.trim().is_empty() {
            self.begun = Some(at);
        }
        self.current.push_raw(raw);
    }

    fn end_line(&mut self) {
        let text = std::mem::take(&mut self.current).finish();
        let begun = self.begun.take();
        if let Some(at) = begun.filter(|_| !text.is_empty()) {
            self.lines.push(Line { at, text, struck: at < self.struck_until });
        }
    }
}

/// Preview texts and the like: written for programs, not for the reader.
fn is_hidden(tag: Tag<'_>) -> bool {
    if ["head", "title", "style", "script", "template"].iter().any(|name| tag.is(name)) {
        return true;
    }
    let Some(style) = tag.attribute("style") else { return tag.attribute("hidden").is_some() };
    let plain: String = style.chars().filter(|c| !c.is_whitespace()).collect();
    let plain = plain.to_ascii_lowercase();
    plain.contains("display:none") || plain.contains("visibility:hidden")
}

fn is_struck(tag: Tag<'_>) -> bool {
    ["s", "del", "strike"].iter().any(|name| tag.is(name))
        || tag.attribute("style").is_some_and(|style| style.contains("line-through"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(html: &str, expected: &[&str]) {
        let layout = Layout::of(html);
        let shown = layout
            .lines
            .iter()
            .map(|line| if line.struck { format!("~{}", line.text) } else { line.text.clone() });
        assert_eq!(shown.collect::<Vec<_>>(), expected, "{html}");
    }

    #[test]
    fn lines_end_at_edges() {
        check("<td>one<br>two <b>three</b></td><td>four", &["one", "two three", "four"]);
        check("<a>one</a> two <s>three</s> four", &["one", "two", "~three", "four"]);
        check("<div style='display: none'>pre</div><p>x</p>", &["x"]);
        check("<html><head><title>t</title></head><body>x", &["x"]);
        check("<p>8.500&nbsp;&euro;</p>", &["8.500 €"]);
    }

    #[test]
    fn every_place_knows_what_it_lies_in() {
        let layout = Layout::of("<div><p>a</p><p>b</p></div><i>c</i>");
        assert_eq!(layout.parents, [0, 0, 1, 0, 3, 5, 5]);
        assert_eq!(layout.within(1, 3)[0].text, "a");
    }
}

//! The tree of a small part of a page, in preorder: a card, a table, a microdata item.
//!
//! Flat and borrowed: a node knows where its subtree ends. Depth and size are capped, so a page of a
//! hundred thousand unclosed tags costs no more than its length.

use super::{
    names::{SELF_ENDING, VOID, is_block},
    text::Folded,
    token::{Tag, Token, Tokens},
};

/// Deeper elements are kept as children of the last allowed depth.
pub const MAX_DEPTH: usize = 512;

/// Elements and texts of one fragment; the rest is left out. A real card has some hundreds.
pub const MAX_NODES: usize = 20_000;

/// Deeper elements are written out as plain text in what is above them, and more children are left out: no
/// real page is so deep or wide, and parsers and selectors look through all that is open or beside.
const DEEPEST_WRITTEN: usize = 100;
const MOST_WRITTEN_CHILDREN: usize = 1_000;

/// How many open elements a closing tag looks back over.
const LOOK_BACK: usize = 64;

#[derive(Debug, Clone, Copy)]
enum Kind<'a> {
    Element(Tag<'a>),
    Text(&'a str),
}

#[derive(Debug, Clone, Copy)]
struct Node<'a> {
    kind: Kind<'a>,
    /// One past the last node inside.
    end: usize,
}

/// A part of a page as a tree; elements are named by their place in it.
#[derive(Debug, Default)]
pub struct Fragment<'a> {
    nodes: Vec<Node<'a>>,
}

/// The fragment, and whether something was left out.
#[derive(Debug)]
struct Builder<'a> {
    nodes: Vec<Node<'a>>,
    /// Places of the open elements.
    open: Vec<usize>,
    /// Open elements beyond the depth that is kept.
    too_deep: usize,
}

impl<'a> Fragment<'a> {
    /// The element whose tag begins at `start`, up to its end tag or `limit`.
    pub fn element(text: &'a str, start: usize, limit: usize) -> Fragment<'a> {
        let limit = text.floor_char_boundary(limit);
        Fragment::read(text.get(start..limit).unwrap_or_default(), true, MAX_NODES)
    }

    /// Everything in the text, up to so many nodes.
    pub fn bounded(text: &'a str, most_nodes: usize) -> Fragment<'a> {
        Fragment::read(text, false, most_nodes)
    }

    /// Was something left out because there were more nodes than these?
    pub fn is_full(&self, most_nodes: usize) -> bool {
        self.nodes.len() >= most_nodes
    }

    /// Everything in the text.
    pub fn whole(text: &'a str) -> Fragment<'a> {
        Fragment::read(text, false, MAX_NODES)
    }

    fn read(text: &'a str, first_element_only: bool, most_nodes: usize) -> Fragment<'a> {
        let room = (text.len() / 48).clamp(16, 4096);
        let mut builder =
            Builder { nodes: Vec::with_capacity(room), open: Vec::new(), too_deep: 0 };
        for token in Tokens::new(text) {
            builder.take(token);
            let done = first_element_only && builder.open.is_empty();
            if done || builder.nodes.len() >= most_nodes {
                break;
            }
        }
        builder.finish()
    }

    /// Every element with its place, in the order of the page.
    pub fn elements(&self) -> impl Iterator<Item = (usize, Tag<'a>)> + '_ {
        self.elements_in(0..self.nodes.len())
    }

    /// The elements inside an element, without itself.
    pub fn inside(&self, element: usize) -> impl Iterator<Item = (usize, Tag<'a>)> + '_ {
        self.elements_in(element + 1..self.end(element))
    }

    fn elements_in(
        &self,
        range: std::ops::Range<usize>,
    ) -> impl Iterator<Item = (usize, Tag<'a>)> + '_ {
        let nodes = self.nodes.get(range.clone()).unwrap_or_default();
        nodes.iter().zip(range).filter_map(|(node, at)| match node.kind {
            Kind::Element(tag) => Some((at, tag)),
            Kind::Text(_) => None,
        })
    }

    /// The first element of a class.
    pub fn with_class(&self, class: &str) -> Option<usize> {
        self.elements().find(|(_, tag)| tag.has_class(class)).map(|(at, _)| at)
    }

    pub fn tag(&self, element: usize) -> Option<Tag<'a>> {
        match self.nodes.get(element)?.kind {
            Kind::Element(tag) => Some(tag),
            Kind::Text(_) => None,
        }
    }

    /// A text as it stands, by its place.
    pub fn raw_text(&self, at: usize) -> Option<&'a str> {
        match self.nodes.get(at)?.kind {
            Kind::Text(raw) => Some(raw),
            Kind::Element(_) => None,
        }
    }

    /// How many places there are: elements and texts.
    pub fn size(&self) -> usize {
        self.nodes.len()
    }

    /// One past the last place inside an element.
    pub fn end(&self, element: usize) -> usize {
        self.nodes.get(element).map_or(element, |node| node.end)
    }

    /// The folded text inside an element.
    pub fn text(&self, element: usize) -> String {
        self.text_without(element, |_| false)
    }

    /// The folded text inside an element without the parts that `hidden` names.
    pub fn text_without(&self, element: usize, hidden: impl Fn(Tag<'a>) -> bool) -> String {
        let mut folded = Folded::new();
        let mut block_ends = Vec::new();
        let end = self.end(element);
        let mut at = element;
        while let Some(node) = self.nodes.get(at).filter(|_| at < end) {
            while block_ends.pop_if(|block_end| *block_end <= at).is_some() {
                folded.gap();
            }
            match node.kind {
                Kind::Text(raw) => folded.push_raw(raw),
                Kind::Element(tag) if at != element && hidden(tag) => {
                    at = node.end.max(at + 1);
                    continue;
                }
                Kind::Element(tag) => {
                    if is_block(tag) {
                        folded.gap();
                        block_ends.push(node.end);
                    }
                }
            }
            at += 1;
        }
        folded.finish()
    }
}

impl Fragment<'_> {
    /// The texts inside an element, one to a block: paragraphs and rows stay apart.
    pub fn lines(&self, element: usize) -> Vec<String> {
        let mut lines = Vec::new();
        let mut line = Folded::new();
        let mut block_ends = Vec::new();
        let mut next = |line: &mut Folded| {
            let text = std::mem::take(line).finish();
            if !text.is_empty() {
                lines.push(text);
            }
        };
        let range = element..self.end(element);
        for (at, node) in self.nodes.iter().enumerate().take(range.end).skip(range.start) {
            while block_ends.pop_if(|block_end| *block_end <= at).is_some() {
                next(&mut line);
            }
            match node.kind {
                Kind::Text(raw) => line.push_raw(raw),
                Kind::Element(tag) if is_block(tag) => {
                    next(&mut line);
                    block_ends.push(node.end);
                }
                Kind::Element(_) => {}
            }
        }
        next(&mut line);
        lines
    }

    /// The fragment written out again, every element closed in its turn and attributes quoted; `skipped`
    /// elements are left out with all inside, handlers too. Linear for any parser that reads it.
    pub fn well_formed(&self, skipped: &[&str]) -> String {
        let mut out = String::new();
        let mut open: Vec<Written> = Vec::new();
        let mut roots = 0;
        let mut at = 0;
        while let Some(node) = self.nodes.get(at) {
            while let Some(ended) = open.pop_if(|written| written.end <= at) {
                close(&mut out, &ended.name);
            }
            let depth = open.len();
            let siblings = open.last_mut().map_or(&mut roots, |last| &mut last.children);
            let full = *siblings >= MOST_WRITTEN_CHILDREN;
            match node.kind {
                Kind::Text(raw) => out.push_str(raw),
                Kind::Element(tag) if full || skipped.iter().any(|name| tag.is(name)) => {
                    at = node.end.max(at + 1);
                    continue;
                }
                Kind::Element(_) if depth >= DEEPEST_WRITTEN => out.push(' '),
                Kind::Element(tag) => {
                    *siblings += 1;
                    let name = written_name(tag, &open);
                    write_open(&mut out, &name, tag);
                    if !VOID.hold(&name) {
                        open.push(Written { end: node.end, name, children: 0 });
                    }
                }
            }
            at += 1;
        }
        while let Some(ended) = open.pop() {
            close(&mut out, &ended.name);
        }
        out
    }
}

/// An element that was written and is not closed yet.
struct Written {
    end: usize,
    name: String,
    children: usize,
}

fn close(out: &mut String, name: &str) {
    out.push_str("</");
    out.push_str(name);
    out.push('>');
}

/// Small letters. What no browser knows as a name is a plain box, and so is a link, a button or a form in
/// another one: a browser would take the outer one apart.
fn written_name(tag: Tag<'_>, open: &[Written]) -> String {
    const ALONE: [&str; 4] = ["a", "button", "form", "nobr"];
    let plain = tag.name.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'-');
    let name = tag.name.to_ascii_lowercase();
    let nested = ALONE.contains(&name.as_str()) && open.iter().any(|outer| outer.name == name);
    if plain && name.len() <= 40 && !nested { name } else { "span".to_owned() }
}

fn write_open(out: &mut String, name: &str, tag: Tag<'_>) {
    out.push('<');
    out.push_str(name);
    for (key, value) in tag.attributes().take(60) {
        let plain = key.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"-_:.".contains(&byte));
        let handler = key.get(..2).is_some_and(|front| front.eq_ignore_ascii_case("on"));
        if plain && !handler && !key.is_empty() {
            out.push(' ');
            out.push_str(key);
            out.push_str("=\"");
            out.push_str(&value.replace('"', "&quot;"));
            out.push('"');
        }
    }
    out.push('>');
}

impl<'a> Builder<'a> {
    fn take(&mut self, token: Token<'a>) {
        match token {
            Token::Open(tag) => self.open(tag),
            Token::Close(name) => self.close(name),
            Token::Text(raw) => {
                let end = self.nodes.len() + 1;
                self.nodes.push(Node { kind: Kind::Text(raw), end });
            }
        }
    }

    fn open(&mut self, tag: Tag<'a>) {
        if SELF_ENDING.hold(tag.name) && self.top_is(tag.name) {
            self.end_top();
        }
        let at = self.nodes.len();
        self.nodes.push(Node { kind: Kind::Element(tag), end: at + 1 });
        if VOID.hold(tag.name) || tag.closes_itself() {
            return;
        }
        if self.open.len() < MAX_DEPTH {
            self.open.push(at);
        } else {
            self.too_deep += 1;
        }
    }

    fn close(&mut self, name: &str) {
        if self.too_deep > 0 {
            self.too_deep -= 1;
            return;
        }
        let found = self.open.iter().rev().take(LOOK_BACK).position(|at| self.is_named(*at, name));
        for _ in 0..found.map_or(0, |depth| depth + 1) {
            self.end_top();
        }
    }

    fn top_is(&self, name: &str) -> bool {
        self.open.last().is_some_and(|at| self.is_named(*at, name))
    }

    fn is_named(&self, at: usize, name: &str) -> bool {
        match self.nodes.get(at).map(|node| node.kind) {
            Some(Kind::Element(tag)) => tag.is(name),
            Some(Kind::Text(_)) | None => false,
        }
    }

    fn end_top(&mut self) {
        let end = self.nodes.len();
        if let Some(node) = self.open.pop().and_then(|at| self.nodes.get_mut(at)) {
            node.end = end;
        }
    }

    fn finish(mut self) -> Fragment<'a> {
        while !self.open.is_empty() {
            self.end_top();
        }
        Fragment { nodes: self.nodes }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(page: &str, class: &str, expected: &str) {
        let fragment = Fragment::whole(page);
        let found = fragment.with_class(class).map(|at| fragment.text(at));
        assert_eq!(found.as_deref(), Some(expected), "{page}");
    }

    #[test]
    fn an_element_holds_its_own_text_only() {
        check("<div class=a>x<b>y</b></div>z", "a", "xy");
        check("<p class=a>one<p>two", "a", "one");
        check("<div class=a><img src=x>one<br>two</div>three", "a", "one two");
        check("<div class=a><span>one</div>two", "a", "one");
        check("<ul><li class=a>one<ul><li>in</ul><li>two</ul>", "a", "one in");
        check("<b class=a><div>one</div>two</b>", "a", "one two");
        check("<svg class=a><use href=x /></svg>b", "a", "");
    }

    #[test]
    fn blocks_are_lines_of_their_own() {
        let fragment =
            Fragment::whole("<div>one<br>two <b>three</b><ul><li>four<li>five</ul>six</div>seven");
        assert_eq!(fragment.lines(0), ["one", "two three", "four", "five", "six"]);
    }

    #[test]
    fn hidden_parts_are_left_out() {
        let fragment = Fragment::whole("<h3>Sub<span class=clipped> opens a tab</span></h3>");
        assert_eq!(fragment.text_without(0, |tag| tag.has_class("clipped")), "Sub");
    }

    #[test]
    fn a_fragment_is_written_well_nested() {
        let page =
            "<b onclick=x() title='a \"b\"'><i>one<script>two</script></b><br>three<p>four<p>five";
        let written = Fragment::whole(page).well_formed(&["script"]);
        let expected = "<b title=\"a &quot;b&quot;\"><i>one</i></b><br>three<p>four</p><p>five</p>";
        assert_eq!(written, expected);
    }

    #[test]
    fn a_fragment_ends_with_its_element_and_depth_is_capped() {
        let page = "<i><b class=a>one</b>two</i>three";
        assert_eq!(Fragment::element(page, 3, page.len()).text(0), "one");
        let deep = "<div>".repeat(100_000);
        assert_eq!(Fragment::whole(&deep).end(0), MAX_NODES);
        let nested = format!("{}<b>in</b>{}<i>out</i>", "<p>".repeat(900), "</p>".repeat(900));
        assert_eq!(Fragment::whole(&nested).elements().count(), 902);
        let closed = format!("{}x{}y", "<div>".repeat(600), "</div>".repeat(600));
        assert_eq!(Fragment::whole(&closed).text(0), "x");
    }
}

//! A page or a card as a tree for selectors, bounded before it is parsed, its elements numbered in order.
//!
//! The page goes through our own small parser first, which caps depth and nodes and closes what is open;
//! html5ever then sees only well-nested markup, on which it is linear. Scripts, frames and other active
//! or foreign parts are left out, so nothing of them can reach a person's eyes.

use std::collections::HashMap;

use ego_tree::{NodeId, iter::Edge};
use scraper::{ElementRef, Html, Node, Selector};

use super::price_leaf::{self, PriceLeaf};
use crate::html::{fragment::Fragment, names::is_block_name, text::Folded};

/// Longer pages are read up to here.
const LONGEST_PAGE: usize = 4 * 1024 * 1024;
const MOST_NODES: usize = 60_000;
/// What holds nothing to read, or markup that means something else inside.
const SKIPPED: [&str; 18] = [
    "script",
    "style",
    "noscript",
    "template",
    "iframe",
    "object",
    "frameset",
    "frame",
    "noembed",
    "noframes",
    "xmp",
    "plaintext",
    "svg",
    "math",
    "select",
    "datalist",
    "canvas",
    "audio",
];
/// The same words stand beside a few things at most.
const MOST_LABELLED: usize = 50;
/// Elements beside a label that are looked at.
const NEAR: usize = 30;
/// A label is a few words.
const LONGEST_LABEL: usize = 60;

/// The tree, and what is known of each element by its place in the page.
#[derive(Debug)]
pub struct Document {
    html: Html,
    order: Vec<NodeId>,
    place: HashMap<NodeId, usize>,
    /// One past the last element inside each.
    ends: Vec<usize>,
    /// Bytes of text inside each.
    lengths: Vec<usize>,
    prices: Vec<PriceLeaf>,
    /// Not all of the page is here.
    pub cut: bool,
}

impl Document {
    /// A whole page.
    pub fn page(text: &str) -> Document {
        let kept = &text[..text.floor_char_boundary(LONGEST_PAGE)];
        let fragment = Fragment::bounded(kept, MOST_NODES);
        let cut = kept.len() < text.len() || fragment.is_full(MOST_NODES);
        Document { cut, ..Document::of(Html::parse_document(&fragment.well_formed(&SKIPPED))) }
    }

    /// The element that begins at `start`, up to its end or `limit`.
    pub(super) fn card(text: &str, start: usize, limit: usize) -> Document {
        let limit = limit.min(start + LONGEST_PAGE / 4);
        let written = Fragment::element(text, start, limit).well_formed(&SKIPPED);
        // A row outside a table is no row to a browser's parser.
        let written = match written.get(..3) {
            Some("<tr") => format!("<table><tbody>{written}</tbody></table>"),
            _ => written,
        };
        Document::of(Html::parse_fragment(&written))
    }

    fn of(html: Html) -> Document {
        let mut order = Vec::new();
        let mut lengths: Vec<usize> = Vec::new();
        let mut ends: Vec<usize> = Vec::new();
        let mut open: Vec<usize> = Vec::new();
        for edge in html.tree.root().traverse() {
            match edge {
                Edge::Open(node) => match node.value() {
                    Node::Element(_) => {
                        open.push(order.len());
                        order.push(node.id());
                        lengths.push(0);
                        ends.push(0);
                    }
                    Node::Text(text) => {
                        if let Some(length) = open.last().and_then(|at| lengths.get_mut(*at)) {
                            *length += text.trim().len();
                        }
                    }
                    _ => {}
                },
                Edge::Close(node) if node.value().is_element() => {
                    let Some(at) = open.pop() else { continue };
                    ends[at] = order.len();
                    if let Some(parent) = open.last() {
                        lengths[*parent] += lengths[at];
                    }
                }
                Edge::Close(_) => {}
            }
        }
        let place = order.iter().enumerate().map(|(at, id)| (*id, at)).collect();
        let mut document =
            Document { html, order, place, ends, lengths, prices: Vec::new(), cut: false };
        document.prices = price_leaf::all(&document);
        document
    }

    pub(super) fn len(&self) -> usize {
        self.order.len()
    }

    pub(super) fn element(&self, at: usize) -> Option<ElementRef<'_>> {
        ElementRef::wrap(self.html.tree.get(*self.order.get(at)?)?)
    }

    pub(super) fn place(&self, element: ElementRef<'_>) -> usize {
        self.place.get(&element.id()).copied().unwrap_or(usize::MAX)
    }

    /// One past the last element inside.
    pub(super) fn end(&self, at: usize) -> usize {
        self.ends.get(at).copied().unwrap_or(at)
    }

    /// Bytes of text inside, white space at edges not counted.
    pub(super) fn length(&self, at: usize) -> usize {
        self.lengths.get(at).copied().unwrap_or(0)
    }

    pub(super) fn prices(&self) -> &[PriceLeaf] {
        &self.prices
    }

    /// The prices inside an element, itself included.
    pub(super) fn prices_in(&self, at: usize) -> &[PriceLeaf] {
        let place = |limit: usize| self.prices.partition_point(|leaf| leaf.at < limit);
        self.prices.get(place(at)..place(self.end(at))).unwrap_or_default()
    }

    /// The price that an element is a part of. Prices do not hold one another, so it is the one before.
    pub(super) fn price_around(&self, at: usize) -> Option<&PriceLeaf> {
        let place = self.prices.partition_point(|leaf| leaf.at < at).checked_sub(1)?;
        self.prices.get(place).filter(|leaf| self.end(leaf.at) >= self.end(at))
    }

    pub(super) fn select<'d, 's>(
        &'d self,
        selector: &'s Selector,
    ) -> impl Iterator<Item = ElementRef<'d>> + use<'d, 's> {
        self.html.select(selector)
    }

    /// The folded text inside an element, without what is struck through in it. Numbers before and after
    /// that are two: `850 | 870`.
    pub(super) fn text(&self, element: ElementRef<'_>) -> String {
        let mut folded = Folded::new();
        let (mut struck, mut left_out) = (0_usize, false);
        for edge in element.traverse() {
            let (node, opens) = match edge {
                Edge::Open(node) => (node, true),
                Edge::Close(node) => (node, false),
            };
            match node.value() {
                Node::Text(text) if opens && struck == 0 => {
                    let digit = |letter: char| letter.is_ascii_digit();
                    if left_out && folded.ends_in_digit() && text.trim_start().starts_with(digit) {
                        folded.push(" | ");
                    }
                    left_out &= text.trim().is_empty();
                    folded.push(text);
                }
                Node::Element(found) => {
                    let name = found.name();
                    if node.id() != element.id() && price_leaf::STRUCK_TAGS.contains(&name) {
                        struck = if opens { struck + 1 } else { struck.saturating_sub(1) };
                        left_out = true;
                    }
                    if is_block_name(name) {
                        folded.gap();
                    }
                }
                _ => {}
            }
        }
        folded.finish()
    }

    /// The text that stands directly in an element.
    pub(super) fn own_text(&self, element: ElementRef<'_>) -> String {
        let mut folded = Folded::new();
        for child in element.children() {
            match child.value() {
                Node::Text(text) => folded.push(text),
                _ => folded.gap(),
            }
        }
        folded.finish()
    }

    /// The page's own headline: the first `h1` with words, else the first `h2`.
    pub(super) fn headline(&self) -> Option<ElementRef<'_>> {
        ["h1", "h2"].iter().find_map(|name| {
            (0..self.len()).find_map(|at| {
                let element = self.element(at)?;
                (element.value().name() == *name && self.length(at) > 0).then_some(element)
            })
        })
    }

    pub(super) fn price_after_title(&self, place: usize) -> Option<ElementRef<'_>> {
        let title = self.place(self.headline()?);
        let mut after = self.prices.iter().filter(|leaf| leaf.at > title && !leaf.struck);
        self.element(after.nth(place.checked_sub(1)?)?.at)
    }

    /// The place of all unstruck prices, if they are one and the same.
    pub(super) fn only_price(&self) -> Option<ElementRef<'_>> {
        let mut unstruck = self.prices.iter().filter(|leaf| !leaf.struck);
        let first = unstruck.next()?;
        unstruck.all(|other| other.text == first.text).then(|| self.element(first.at))?
    }

    /// What stands beside or below these words: the cell after `Price`, the line `Price: €9,500`.
    pub(super) fn labelled(&self, words: &str) -> Vec<ElementRef<'_>> {
        let wanted = plain(words);
        let mut found = Vec::new();
        if wanted.is_empty() {
            return found;
        }
        for at in 0..self.len() {
            if !(1..=2 * LONGEST_LABEL).contains(&self.length(at)) || self.end(at) - at > 12 {
                continue;
            }
            let Some(element) = self.element(at) else { continue };
            let text = self.text(element);
            let value = match plain(&text) == wanted {
                true => beside(element),
                false if begins_with_label(&self.own_text(element), &wanted) => Some(element),
                false => None,
            };
            found.extend(value.filter(|value| !found.contains(value)));
            if found.len() >= MOST_LABELLED {
                break;
            }
        }
        found
    }
}

/// The element after this one; for one alone in a wrapper, the element after the wrapper.
fn beside(element: ElementRef<'_>) -> Option<ElementRef<'_>> {
    let mut from = element;
    for _ in 0..3 {
        if let Some(next) = from.next_siblings().take(NEAR).find_map(ElementRef::wrap) {
            return Some(next);
        }
        let parent = from.parent().and_then(ElementRef::wrap)?;
        let alone = parent.children().take(NEAR).filter_map(ElementRef::wrap).take(2).count() == 1;
        let says_more = parent.children().take(NEAR).any(|child| {
            child.value().as_text().is_some_and(|text| !text.trim().trim_matches(':').is_empty())
        });
        if says_more {
            return Some(parent);
        }
        if !alone {
            return None;
        }
        from = parent;
    }
    None
}

/// `Price: €9,500` for the label `price`.
fn begins_with_label(text: &str, wanted: &str) -> bool {
    text.split_once(':').is_some_and(|(front, rest)| plain(front) == wanted && !rest.is_empty())
}

/// Small letters, without the colon and the spaces around.
pub(super) fn plain(label: &str) -> String {
    label.trim().trim_end_matches([':', ' ', '\u{a0}', '*']).to_lowercase()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_active_or_struck_is_no_text() {
        let page =
            "<p>a<script>b</script><del>c</del><iframe src=x>d</iframe> e<svg><p>f</svg></p>";
        let document = Document::page(page);
        let root = document.element(0).expect("there is a root");
        assert_eq!(document.text(root), "a e");
    }

    #[test]
    fn two_numbers_do_not_become_one_where_a_struck_one_stood_between() {
        let text = |page| {
            let document = Document::page(page);
            document.text(document.element(0).expect("there is a root"))
        };
        assert_eq!(text("<p>850 <del>900</del> <b>870</b> €</p>"), "850 | 870 €");
        assert_eq!(text("<p><s>900</s> 1<b>870</b> €</p>"), "1870 €");
        assert_eq!(text("<p>now <s>900</s> 870 €</p>"), "now 870 €");
    }

    #[test]
    fn a_hostile_page_costs_no_more_than_its_length() {
        let deep = "<div>".repeat(300_000);
        let tags = "<b><i a=1><p><a><table>".repeat(20_000);
        let pages = [deep, tags, "<dl><dt>Price".repeat(60_000), "€1 <b>".repeat(100_000)];
        for page in pages {
            let document = Document::page(&page);
            assert!(document.len() <= MOST_NODES + 4, "{}", document.len());
            document.labelled("price");
        }
    }
}

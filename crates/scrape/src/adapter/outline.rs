//! A page -> its words in order: a readable, inert outline in which a person can point at a piece.
//!
//! Nothing of the page's own markup is left: no scripts, addresses or styles, only texts with the place of
//! the element each stood in. A price that is spread over several elements is one piece.

use scraper::{ElementRef, Node};

use super::document::Document;
use crate::html::{names::is_block_name, text::Folded};

const MOST_BLOCKS: usize = 3_000;
const MOST_PIECES: usize = 8_000;
/// Letters of one piece that are shown.
const LONGEST_PIECE: usize = 300;

#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Outline {
    pub blocks: Vec<Block>,
    /// The page goes on.
    pub cut: bool,
}

/// A line of the page: a heading, a paragraph, a cell.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Block {
    pub kind: BlockKind,
    pub pieces: Vec<Piece>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum BlockKind {
    Heading,
    Text,
    Item,
    /// What a picture says that it shows.
    Image,
}

/// A text in a line, and the element that can be pointed at.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Piece {
    pub node: usize,
    pub text: String,
    pub price: bool,
}

/// Puts a page's words in order.
pub fn outline(document: &Document) -> Outline {
    let mut outline = Outline { blocks: Vec::new(), cut: document.cut };
    let mut prices = document.prices().iter().peekable();
    let mut pieces = 0;
    let mut at = 0;
    let mut line = usize::MAX;
    while let Some(element) = document.element(at) {
        if outline.blocks.len() >= MOST_BLOCKS || pieces >= MOST_PIECES {
            outline.cut = true;
            break;
        }
        if element.value().name() == "head" {
            at = document.end(at);
            continue;
        }
        while prices.next_if(|leaf| leaf.at < at).is_some() {}
        let leaf = prices.next_if(|leaf| leaf.at == at);
        let (text, price) = match leaf {
            Some(leaf) => (leaf.text.clone(), true),
            None => (own(document, element), false),
        };
        if !text.is_empty() {
            let (kind, owner) = block_of(document, element);
            pieces += 1;
            add(&mut outline, kind, owner != line, Piece { node: at, text: shown(&text), price });
            line = owner;
        }
        at = if price { document.end(at) } else { at + 1 };
    }
    outline
}

fn add(outline: &mut Outline, kind: BlockKind, begins: bool, piece: Piece) {
    match outline.blocks.last_mut().filter(|_| !begins) {
        Some(block) => block.pieces.push(piece),
        None => outline.blocks.push(Block { kind, pieces: vec![piece] }),
    }
}

/// The words directly in an element; of a picture, what it says.
fn own(document: &Document, element: ElementRef<'_>) -> String {
    let mut folded = Folded::new();
    if element.value().name() == "img" {
        folded.push(element.attr("alt").unwrap_or_default());
        return folded.finish();
    }
    let says = element.children().any(|child| matches!(child.value(), Node::Text(_)));
    if says { document.own_text(element) } else { String::new() }
}

/// What line an element belongs to, by the nearest block around it.
fn block_of(document: &Document, element: ElementRef<'_>) -> (BlockKind, usize) {
    if element.value().name() == "img" {
        return (BlockKind::Image, document.place(element));
    }
    let around = element.ancestors().filter_map(ElementRef::wrap).take(40);
    let block =
        std::iter::once(element).chain(around).find(|one| is_block_name(one.value().name()));
    let Some(block) = block else { return (BlockKind::Text, 0) };
    let kind = match block.value().name() {
        "h1" | "h2" | "h3" | "h4" | "h5" | "h6" => BlockKind::Heading,
        "li" | "td" | "dd" | "dt" => BlockKind::Item,
        _ => BlockKind::Text,
    };
    (kind, document.place(block))
}

fn shown(text: &str) -> String {
    match text.char_indices().nth(LONGEST_PIECE) {
        Some((end, _)) => format!("{}…", &text[..end]),
        None => text.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(page: &str, expected: &[&str]) {
        let outline = outline(&Document::page(page));
        let line = |block: &Block| {
            let texts: Vec<String> = block
                .pieces
                .iter()
                .map(
                    |piece| {
                        if piece.price { format!("[{}]", piece.text) } else { piece.text.clone() }
                    },
                )
                .collect();
            format!("{:?} {}", block.kind, texts.join("|"))
        };
        assert_eq!(outline.blocks.iter().map(line).collect::<Vec<_>>(), expected, "{page}");
    }

    #[test]
    fn a_page_becomes_its_words_in_order() {
        check(
            "<title>t</title><h1>Rolex <i>GMT</i></h1><p>Now <b>only</b></p><img src=x alt='A dial'>
             <div><span>9.500</span><span>€</span><script>alert(1)</script></div><ul><li>box<li>papers</ul>",
            &[
                "Heading Rolex|GMT",
                "Text Now|only",
                "Image A dial",
                "Text [9.500€]",
                "Item box",
                "Item papers",
            ],
        );
    }

    #[test]
    fn an_endless_page_is_cut() {
        // Of one element's children a document keeps the first thousand.
        let part = format!("<div>{}</div>", "<p>word ".repeat(900));
        let outline = outline(&Document::page(&part.repeat(20)));
        assert!(outline.cut && outline.blocks.len() == MOST_BLOCKS);
    }
}

//! Pointing at a page's price and title: what was pointed at, in order, so that each can be taken back.

use watches_core::money::Currency;
use watches_ipc::page::{OutlineBlock, Point, PointedField};

#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Pointing {
    pub points: Vec<Point>,
    /// What the next click is.
    pub mode: Mode,
    pub currency: Option<Currency>,
    /// Shows only lines that hold these words.
    pub search: String,
}

#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum Mode {
    #[default]
    Price,
    Title,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Deed {
    At(u32),
    Choose(Mode),
    Search(String),
    Currency(Option<Currency>),
    /// Takes the newest pointing back.
    Undo,
}

impl Mode {
    pub const fn field(self) -> PointedField {
        match self {
            Mode::Price => PointedField::Price,
            Mode::Title => PointedField::Title,
        }
    }
}

impl Pointing {
    pub fn apply(&self, deed: Deed) -> Pointing {
        let mut next = self.clone();
        match deed {
            Deed::At(node) => next.points.push(Point { field: self.mode.field(), node }),
            Deed::Choose(mode) => next.mode = mode,
            Deed::Search(words) => next.search = words,
            Deed::Currency(currency) => next.currency = currency,
            Deed::Undo => {
                next.points.pop();
            }
        }
        next
    }

    /// Of what a piece was called last: the newest of a field counts.
    pub fn pointed(&self, node: u32) -> Option<PointedField> {
        [PointedField::Price, PointedField::Title].into_iter().find(|field| {
            self.points.iter().rev().find(|point| point.field == *field).map(|point| point.node)
                == Some(node)
        })
    }

    /// The lines that hold every searched word, by their places.
    pub fn shown(&self, blocks: &[OutlineBlock]) -> Vec<usize> {
        let words: Vec<String> = self.search.split_whitespace().map(str::to_lowercase).collect();
        let holds = |block: &OutlineBlock| {
            let texts: Vec<&str> = block.pieces.iter().map(|piece| piece.text.as_str()).collect();
            let text = texts.join(" ").to_lowercase();
            words.iter().all(|word| text.contains(word.as_str()))
        };
        let places = blocks.iter().enumerate().filter(|(_, block)| holds(block));
        places.map(|(place, _)| place).collect()
    }
}

/// The address that is read, as the part of the window's own address after `sources/`.
pub const PREFIX: &str = "read=";

/// The page that is asked for by what is chosen; empty asks for an address.
pub fn asked(chosen: Option<&str>) -> Option<&str> {
    chosen?.strip_prefix(PREFIX)
}

#[cfg(test)]
mod tests {
    use watches_ipc::page::{OutlineKind, OutlinePiece};

    use super::*;

    #[test]
    fn each_pointing_can_be_taken_back() {
        let start = Pointing::default();
        let done = start.apply(Deed::At(3)).apply(Deed::Choose(Mode::Title)).apply(Deed::At(7));
        assert_eq!(done.pointed(3), Some(PointedField::Price));
        assert_eq!(done.pointed(7), Some(PointedField::Title));
        let again = done.apply(Deed::At(9));
        assert_eq!((again.pointed(7), again.pointed(9)), (None, Some(PointedField::Title)));
        let back = again.apply(Deed::Undo);
        assert_eq!(back.pointed(7), Some(PointedField::Title));
        assert_eq!(back.apply(Deed::Undo).apply(Deed::Undo).apply(Deed::Undo).points, []);
    }

    #[test]
    fn lines_are_found_by_words() {
        let line = |texts: &[&str]| OutlineBlock {
            kind: OutlineKind::Text,
            pieces: texts
                .iter()
                .map(|text| OutlinePiece { node: 1, text: (*text).to_owned(), price: false })
                .collect(),
        };
        let blocks = [line(&["Asking", "€ 9,500"]), line(&["Shipping € 45"])];
        let search =
            |words: &str| Pointing::default().apply(Deed::Search(words.to_owned())).shown(&blocks);
        assert_eq!(search(""), [0, 1]);
        assert_eq!(search("9,500 asking"), [0]);
        assert_eq!(search("nothing"), [0_usize; 0]);
    }

    #[test]
    fn the_address_names_what_is_read() {
        assert_eq!(asked(Some("read=https%3A%2F%2Fa.example")), Some("https%3A%2F%2Fa.example"));
        assert_eq!((asked(Some("ebay")), asked(None)), (None, None));
    }
}

//! The pieces of a date text once its words have a meaning: what `relative` and `absolute` put together.

use super::vocabulary::Meaning;

#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Piece {
    Number {
        value: u32,
        digits: u8,
        spaced: bool,
    },
    Word(Meaning),
    Mark {
        mark: char,
        spaced: bool,
    },
    /// A wall clock, already put together: nanoseconds since midnight.
    Time(i64),
    /// Minutes ahead of UTC.
    Offset(i32),
}

impl Piece {
    pub fn number(&self) -> Option<u32> {
        match self {
            Piece::Number { value, .. } => Some(*value),
            Piece::Word(Meaning::Number(value)) => Some(u32::from(*value)),
            Piece::Word(_) | Piece::Mark { .. } | Piece::Time(_) | Piece::Offset(_) => None,
        }
    }

    pub fn meaning(&self) -> Option<Meaning> {
        match self {
            Piece::Word(meaning) => Some(*meaning),
            Piece::Number { .. } | Piece::Mark { .. } | Piece::Time(_) | Piece::Offset(_) => None,
        }
    }

    pub fn is_mark(&self, wanted: char) -> bool {
        matches!(self, Piece::Mark { mark, .. } if *mark == wanted)
    }

    pub fn is_spaced(&self) -> bool {
        match self {
            Piece::Number { spaced, .. } | Piece::Mark { spaced, .. } => *spaced,
            Piece::Word(_) | Piece::Time(_) | Piece::Offset(_) => false,
        }
    }
}

//! The digest that every row carries, so that a damaged value is refused and never shown.
//!
//! BLAKE3 keyed by the store's id, cut to 64 bits: a page of another store, a flipped bit or a row moved
//! to another key all fail. `cell` writes and checks it; nothing else knows how it is made.

use crate::cell::Cell;

/// The key of one store's digests.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Seal([u8; 32]);

impl Seal {
    pub(crate) fn new(store_id: &str) -> Seal {
        Seal(blake3::derive_key("watches.fyi store row digest v1", store_id.as_bytes()))
    }

    /// The digest of a row's cells in the order of its table's columns.
    pub(crate) fn digest(&self, table: &'static str, cells: &[Cell]) -> i64 {
        let mut hasher = blake3::Hasher::new_keyed(&self.0);
        let mut bytes = Vec::with_capacity(512);
        append(&mut bytes, 4, table.as_bytes());
        for cell in cells {
            match cell {
                Cell::Null => bytes.push(0),
                Cell::Int(value) => {
                    bytes.push(1);
                    bytes.extend_from_slice(&value.to_le_bytes());
                }
                Cell::Real(value) => {
                    bytes.push(2);
                    bytes.extend_from_slice(&value.to_bits().to_le_bytes());
                }
                Cell::Text(value) => append(&mut bytes, 3, value.as_bytes()),
            }
        }
        hasher.update(&bytes);
        let mut first = [0_u8; 8];
        hasher.finalize_xof().fill(&mut first);
        i64::from_le_bytes(first)
    }
}

fn append(bytes: &mut Vec<u8>, tag: u8, text: &[u8]) {
    bytes.push(tag);
    bytes.extend_from_slice(&(text.len() as u64).to_le_bytes());
    bytes.extend_from_slice(text);
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn any_difference_changes_the_digest() {
        let seal = Seal::new("one");
        let row = [Cell::Int(1), Cell::Text("ab".into()), Cell::Null];
        let digest = seal.digest("rules", &row);
        assert_eq!(digest, seal.digest("rules", &row));
        let moved = [Cell::Text("ab".into()), Cell::Int(1), Cell::Null];
        assert_ne!(digest, seal.digest("rules", &moved));
        assert_ne!(digest, seal.digest("alerts", &row));
        assert_ne!(digest, Seal::new("two").digest("rules", &row));
        assert_ne!(
            seal.digest("rules", &[Cell::Text("a".into()), Cell::Text("bc".into())]),
            seal.digest("rules", &[Cell::Text("ab".into()), Cell::Text("c".into())])
        );
    }
}

//! What the demo market trades in: well-known references, invented sellers, sellers' phrases.

pub mod people;
mod references;
pub mod words;

pub use references::REFERENCES;

/// One well-known watch with what it usually costs and how its photo is drawn.
#[derive(Debug, Clone, Copy)]
pub struct Reference {
    pub brand: &'static str,
    pub family: &'static str,
    pub number: &'static str,
    /// What collectors call it; may be empty.
    pub nickname: &'static str,
    /// A usual asking price in whole euros.
    pub euros: i64,
    pub years: (u16, u16),
    pub diameter_mm: u8,
    pub material: &'static str,
    pub look: Look,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Look {
    pub dial: Rgb,
    pub bezel: Bezel,
    pub hands: Hands,
    pub strap: Strap,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Rgb(pub u8, pub u8, pub u8);

#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Bezel {
    Smooth,
    Fluted,
    /// A diver's ring of one colour.
    Ring(Rgb),
    /// A ring of two halves: day below, night above.
    Halves(Rgb, Rgb),
    /// A black ring with a scale, and subdials on the face.
    Tachymeter,
    Octagon,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Hands {
    Mercedes,
    Baton,
    Dauphine,
    Sword,
    Leaf,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Strap {
    Steel,
    Gold,
    Leather(Rgb),
    Rubber(Rgb),
}

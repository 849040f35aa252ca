//! Which of many references stands in a text, in one pass over its bytes: for whole pages, mails and feeds.
//!
//! `identify` reads a title with all its circumstances; this answers one question only, and the number
//! of references hardly matters to it. A reference is found where it stands as a word of its own, in
//! any case, with any of `.`, `-`, `/` inside or left out. Used by `bench refs`, which compares it with
//! pyahocorasick, and by whoever has more text than `identify` should read.

use super::key::Key;

/// A set of references, ready to be looked for; each answers with its place in the list it came from.
#[derive(Debug, Clone)]
pub struct Finder {
    /// Open addressing; as many slots as a power of two, at most half of them taken.
    slots: Vec<Slot>,
    /// One bit for each slot's neighbourhood: most words that are no reference stop here.
    filter: Vec<u64>,
    keys: Vec<Option<Key>>,
}

#[derive(Debug, Clone, Copy, Default)]
struct Slot {
    hash: u64,
    /// The place plus one; 0 for a free slot.
    place: u32,
}

/// What a byte is to a reference.
const OTHER: u8 = 0;
const JOIN: u8 = 1;
const LETTER: u8 = 2;
const DIGIT: u8 = 3;

const CLASSES: [u8; 256] = {
    let mut classes = [OTHER; 256];
    let mut byte = 0;
    while byte < 256 {
        classes[byte] = match byte as u8 {
            b'0'..=b'9' => DIGIT,
            // The bytes of letters beyond ASCII hold a word together too.
            b'a'..=b'z' | b'A'..=b'Z' | 0x80.. => LETTER,
            b'.' | b'-' | b'/' => JOIN,
            _ => OTHER,
        };
        byte += 1;
    }
    classes
};

/// A reference has no more parts between marks than this, and no more bytes than the next.
const MOST_PARTS: usize = 12;
const LONGEST: usize = 48;

impl Finder {
    /// Two references that differ in marks and case alone are one: the first place answers.
    pub fn new<'a>(references: impl IntoIterator<Item = &'a str>) -> Finder {
        let references: Vec<&str> = references.into_iter().collect();
        let slots = (references.len() * 2).next_power_of_two().max(2);
        let mut finder = Finder {
            slots: vec![Slot::default(); slots],
            filter: vec![0; (slots * 4).div_ceil(64)],
            keys: references.iter().map(|reference| Key::of(reference)).collect(),
        };
        for (place, reference) in references.iter().enumerate() {
            let hash = reference.bytes().filter(u8::is_ascii_alphanumeric).fold(START, mix);
            let place = u32::try_from(place).unwrap_or(u32::MAX - 1);
            if finder.keys.get(place as usize).is_some_and(Option::is_some) {
                finder.add(finish(hash), place);
            }
        }
        finder
    }

    fn add(&mut self, hash: u64, place: u32) {
        let mut at = hash as usize & (self.slots.len() - 1);
        while let Some(slot) = self.slots.get_mut(at) {
            if slot.place == 0 {
                *slot = Slot { hash, place: place + 1 };
                break;
            }
            if slot.hash == hash {
                return;
            }
            at = (at + 1) & (self.slots.len() - 1);
        }
        let bit = self.bit(hash);
        if let Some(word) = self.filter.get_mut(bit / 64) {
            *word |= 1 << (bit % 64);
        }
    }

    /// The first listed reference of a text; of those that begin at one word, the longest.
    pub fn first(&self, text: &str) -> Option<u32> {
        let bytes = text.as_bytes();
        let mut at = 0;
        while at < bytes.len() {
            let class = class(bytes, at);
            if class < LETTER {
                at += 1;
                continue;
            }
            let (end, digits) = chunk(bytes, at);
            if digits && let Some(place) = self.in_chunk(bytes, at, end) {
                return Some(place);
            }
            at = end;
        }
        None
    }

    /// From each part of a chunk, the longest run of parts that is listed.
    fn in_chunk(&self, bytes: &[u8], mut start: usize, end: usize) -> Option<u32> {
        while start < end {
            if let Some(place) = self.beginning_at(bytes, start, end) {
                return Some(place);
            }
            // On to the next part: past this one, then past the marks.
            while start < end && class(bytes, start) != JOIN {
                start += 1;
            }
            while start < end && class(bytes, start) == JOIN {
                start += 1;
            }
        }
        None
    }

    fn beginning_at(&self, bytes: &[u8], start: usize, end: usize) -> Option<u32> {
        let mut ends = [(0_u64, 0_usize); MOST_PARTS];
        let (mut count, mut hash) = (0, START);
        for at in start..=end.min(start + LONGEST) {
            if at == end || class(bytes, at) == JOIN {
                *ends.get_mut(count)? = (finish(hash), at);
                count += 1;
                if count == MOST_PARTS {
                    break;
                }
            } else {
                hash = mix(hash, bytes[at]);
            }
        }
        let mut longest_first = ends.iter().take(count).rev();
        longest_first.find_map(|(hash, end)| self.look_up(*hash, bytes.get(start..*end)?))
    }

    fn look_up(&self, hash: u64, text: &[u8]) -> Option<u32> {
        let bit = self.bit(hash);
        if self.filter.get(bit / 64)? & (1 << (bit % 64)) == 0 {
            return None;
        }
        let mut at = hash as usize & (self.slots.len() - 1);
        loop {
            let slot = self.slots.get(at)?;
            if slot.place == 0 {
                return None;
            }
            if slot.hash == hash {
                let place = slot.place - 1;
                let key = std::str::from_utf8(text).ok().and_then(Key::of)?;
                return (*self.keys.get(place as usize)? == Some(key)).then_some(place);
            }
            at = (at + 1) & (self.slots.len() - 1);
        }
    }

    fn bit(&self, hash: u64) -> usize {
        // As many bits as a power of two: the slots are one, and so are 64.
        (hash >> 20) as usize & (self.filter.len() * 64 - 1)
    }
}

const START: u64 = 0x9e37_79b9_7f4a_7c15;

/// One more letter or digit, in any case.
fn mix(hash: u64, byte: u8) -> u64 {
    // Bit 6 tells letters from digits: only letters are folded to lower case.
    let folded = byte | ((byte & 0x40) >> 1);
    (hash.rotate_left(5) ^ u64::from(folded)).wrapping_mul(0x517c_c1b7_2722_0a95)
}

fn finish(hash: u64) -> u64 {
    let hash = (hash ^ (hash >> 32)).wrapping_mul(0x9fb2_1c65_1e98_df25);
    hash ^ (hash >> 29)
}

fn class(bytes: &[u8], at: usize) -> u8 {
    bytes.get(at).map_or(OTHER, |byte| CLASSES[usize::from(*byte)])
}

/// Where the chunk that starts here ends, without marks at its end, and whether it holds a digit.
fn chunk(bytes: &[u8], start: usize) -> (usize, bool) {
    let (mut end, mut digits) = (start, false);
    for (at, byte) in bytes.iter().enumerate().skip(start) {
        match CLASSES[usize::from(*byte)] {
            OTHER => break,
            JOIN => {}
            class => {
                digits |= class == DIGIT;
                end = at + 1;
            }
        }
    }
    (end, digits)
}

#[cfg(test)]
mod tests {
    use super::*;

    const LIST: [&str; 6] =
        ["126610LN", "5711/1A", "5711/1A-010", "310.30.42.50.01.001", "16610", "A13317"];

    #[track_caller]
    fn check(text: &str, found: Option<u32>) {
        assert_eq!(Finder::new(LIST).first(text), found, "{text}");
    }

    #[test]
    fn a_listed_reference_stands_alone() {
        check("Rolex Submariner 126610LN, 2021", Some(0));
        check("rolex 126610ln", Some(0));
        check("Rolex x126610LN", None);
        check("Rolex 126610LNX", None);
        check("no number at all", None);
        check("", None);
        check("16610.", Some(4));
        check("(16610)", Some(4));
    }

    #[test]
    fn marks_inside_do_not_count_and_the_longest_wins() {
        check("Patek 5711/1A-010", Some(2));
        check("Patek 5711-1A.010", Some(2));
        check("Patek 57111A", Some(1));
        check("Patek 5711/1A-999", Some(1));
        check("Omega 31030425001001", Some(3));
        check("full-set/16610/2019", Some(4));
        check("a.b.c.d.e.f.g.h.i.j.k.l.m.n.o.p.1", None);
    }

    #[test]
    fn a_hostile_text_costs_no_more_than_its_length() {
        let text = format!("{}16610", "1-".repeat(500_000));
        assert_eq!(Finder::new(LIST).first(&text), Some(4));
    }

    #[test]
    fn the_first_of_two_is_told() {
        check("A13317 or 16610", Some(5));
        check("16610 or A13317", Some(4));
    }

    #[test]
    fn every_listed_reference_of_the_catalogue_is_found() {
        let catalogue = crate::reference::Catalogue::bundled();
        let references: Vec<&str> = catalogue
            .references_beginning("", usize::MAX)
            .iter()
            .map(|named| named.reference)
            .collect();
        let finder = Finder::new(references.iter().copied());
        for reference in &references {
            if reference.contains(' ') || !reference.bytes().any(|byte| byte.is_ascii_digit()) {
                continue;
            }
            let place = finder.first(&format!("watch {reference}, mint")).expect(reference);
            assert_eq!(Key::of(references[place as usize]), Key::of(reference));
        }
    }

    proptest::proptest! {
        #[test]
        fn no_text_is_too_strange(text in ".{0,200}") {
            let found = Finder::new(LIST).first(&text);
            proptest::prop_assert!(found.is_none_or(|place| place < 6));
        }
    }
}

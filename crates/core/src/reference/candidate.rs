//! Which word of a title is the reference: every candidate gets points, the best one wins.
//!
//! A listed reference of the brand beats a word in the brand's shape, which beats a word that only
//! looks like a part number. What looks like one and is none gets nothing: sizes, prices, years,
//! dates, movements, serials, stock numbers. `identify` asks once it knows which brand is named.

use super::{
    catalogue::{BrandIndex, FamilyIndex},
    key::Key,
    read::Read,
    token::{Glue, Token},
    vocabulary::{BaseRule, Cue, Trust},
};

/// How a reference was recognised, surest last.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Proof {
    /// Letters and digits as in a part number, of a brand without shapes.
    LooksLike,
    /// In the brand's shape.
    Shape(Trust),
    /// Behind "ref." or the like.
    Marked,
    /// The base of references that the catalogue lists; which of them is not said.
    Base,
    /// Listed.
    Listed,
}

#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Found {
    pub(crate) brand: Option<BrandIndex>,
    pub(crate) family: Option<FamilyIndex>,
    /// `None` when only the base was given.
    pub(crate) reference: Option<String>,
    pub(crate) base: String,
    pub(crate) proof: Proof,
    pub(crate) from: Option<u16>,
    /// The words it stands on.
    pub(crate) start: usize,
    pub(crate) end: usize,
    points: u32,
}

/// Words are joined over spaces up to this many: `01 733 7730 4135`, `116610 LN`.
const LONGEST_JOIN: usize = 6;
/// A listed number shorter than this is believed only where its brand is named.
const TELLING_LENGTH: usize = 6;

/// The best candidate, if any. `brand` is the brand that the title names or implies.
pub(crate) fn find(read: &Read<'_>, brand: Option<BrandIndex>) -> Option<Found> {
    let mut best: Option<Found> = None;
    let mut text = String::new();
    for start in 0..read.len() {
        let mut key = Some(Key::default());
        let mut digits = 0_u32;
        let mut spaces = 0_usize;
        for end in start + 1..=(start + LONGEST_JOIN + 2).min(read.len()) {
            let Some(token) = read.token(end - 1) else { break };
            if end > start + 1 && !joins(token.glue) {
                break;
            }
            spaces += usize::from(end > start + 1 && token.glue == Glue::Space);
            if spaces >= LONGEST_JOIN {
                break;
            }
            digits += u32::from(token.digits);
            key = key.and_then(|key| key.join(read.tokens.text(token)));
            let Some(key) = key else { break };
            if digits == 0 {
                if token.len() > 5 {
                    break;
                }
                continue;
            }
            let span = Span { start, end, spaces, key };
            if let Some(found) = judge(read, brand, span, &mut text)
                && best.as_ref().is_none_or(|best| best.points < found.points)
            {
                best = Some(found);
            }
        }
    }
    best
}

fn joins(glue: Glue) -> bool {
    glue.holds() || matches!(glue, Glue::Space | Glue::Joined)
}

#[derive(Clone, Copy)]
struct Span {
    start: usize,
    end: usize,
    /// Spaces inside.
    spaces: usize,
    key: Key,
}

fn judge(
    read: &Read<'_>,
    brand: Option<BrandIndex>,
    span: Span,
    text: &mut String,
) -> Option<Found> {
    let marked = marked(read, span.start);
    let listed = listed(read, brand, span);
    if let Some(found) = listed {
        return (!misleads(read, span, brand, marked, Proof::Listed)).then_some(found);
    }
    // What is not listed must be a word of its own, or the brand's shape must allow the spaces.
    let whole = !read.glue(span.start).holds() && !read.glue(span.end).holds();
    let half = [span.start, span.end]
        .into_iter()
        .all(|at| !read.glue(at).holds() || read.glue(at) == Glue::Slash);
    if !whole && !half {
        return None;
    }
    write_span(read, span, text);
    let (proof, points) = if let Some(trust) = shape(read, brand, span, text) {
        let points = match trust {
            Trust::Sure => 60,
            Trust::Likely => 45,
            Trust::Unsure => 25,
        };
        (Proof::Shape(trust), points)
    } else if span.spaces == 0 {
        (Proof::LooksLike, looks_like(read, brand, span, text, marked)?)
    } else {
        return None;
    };
    let proof = if marked { Proof::Marked } else { proof };
    if misleads(read, span, brand, marked, proof) {
        return None;
    }
    let points = points + bonus(read, span, marked, whole);
    let reference = canonical(read, brand, text);
    let base = base_rule(read, brand).apply(&reference).to_owned();
    Some(Found {
        brand,
        family: None,
        reference: Some(reference),
        base,
        proof,
        from: None,
        start: span.start,
        end: span.end,
        points,
    })
}

/// Points for what stands around it; longer and earlier wins a draw.
fn bonus(read: &Read<'_>, span: Span, marked: bool, whole: bool) -> u32 {
    let bracket = in_brackets(read, span);
    let words = u32::try_from(span.end - span.start).unwrap_or(u32::MAX).min(6);
    u32::from(marked) * 40 + u32::from(bracket) * 8 + u32::from(whole) * 4 + words
}

fn in_brackets(read: &Read<'_>, span: Span) -> bool {
    let opens = |token: Token| matches!(token.before, b'(' | b'[');
    let closes = |token: Token| matches!(token.after, b')' | b']');
    read.token(span.start).is_some_and(opens) && read.token(span.end - 1).is_some_and(closes)
}

/// "ref. X", "reference: X", "Ref-X".
fn marked(read: &Read<'_>, start: usize) -> bool {
    read.cue_before(start, Cue::Reference)
}

/// The reference in the catalogue, of this brand, or of any where the title names none.
fn listed(read: &Read<'_>, brand: Option<BrandIndex>, span: Span) -> Option<Found> {
    let catalogue = read.catalogue;
    let key = span.key;
    let agrees = |at: &&u32| {
        catalogue
            .known
            .get(**at as usize)
            .is_some_and(|known| brand.is_none_or(|brand| brand == known.brand))
    };
    let letters: u32 =
        (span.start..span.end).filter_map(|at| read.token(at)).map(|t| u32::from(t.letters)).sum();
    let length: usize =
        (span.start..span.end).filter_map(|at| read.token(at)).map(Token::len).sum();
    if brand.is_none() && (length < TELLING_LENGTH || (letters == 0 && span.spaces > 0)) {
        return None;
    }
    if span.spaces > 0 && length < 5 {
        return None;
    }
    let key = without_prefix(read, span)
        .filter(|bare| catalogue.by_key.contains_key(bare) || catalogue.by_base.contains_key(bare))
        .unwrap_or(key);
    if let Some(at) = catalogue.by_key.get(&key).and_then(|rows| rows.iter().find(agrees)) {
        let known = catalogue.known.get(*at as usize)?;
        let base = base_rule(read, Some(known.brand)).apply(&known.reference).to_owned();
        return Some(Found {
            brand: Some(known.brand),
            family: Some(known.family),
            reference: Some(known.reference.clone()),
            base,
            proof: Proof::Listed,
            from: known.from,
            start: span.start,
            end: span.end,
            points: 100 + bonus(read, span, marked(read, span.start), false),
        });
    }
    let rows = catalogue.by_base.get(&key).filter(|_| span.spaces == 0)?;
    let first = catalogue.known.get(*rows.iter().find(agrees)? as usize)?;
    // A base is a whole word: the `5711` of `5711/1A` has more to say.
    if read.glue(span.start).holds() || read.glue(span.end).holds() {
        return None;
    }
    let one_family = rows
        .iter()
        .filter(agrees)
        .filter_map(|at| catalogue.known.get(*at as usize))
        .all(|known| known.family == first.family);
    Some(Found {
        brand: Some(first.brand),
        family: one_family.then_some(first.family),
        reference: None,
        base: base_rule(read, Some(first.brand)).apply(&first.reference).to_owned(),
        proof: Proof::Base,
        from: first.from,
        start: span.start,
        end: span.end,
        points: 90,
    })
}

/// The key without the maker's `M` (Rolex, Tudor) before a number.
fn without_prefix(read: &Read<'_>, span: Span) -> Option<Key> {
    let first = read
        .tokens
        .word(span.start)
        .strip_prefix('m')
        .filter(|rest| rest.starts_with(|c: char| c.is_ascii_digit()))?;
    (span.start + 1..span.end).try_fold(Key::of(first)?, |key, at| key.join(read.tokens.word(at)))
}

fn base_rule(read: &Read<'_>, brand: Option<BrandIndex>) -> BaseRule {
    brand
        .and_then(|brand| read.catalogue.brand(brand))
        .map_or(BaseRule::Whole, |brand| brand.base_rule)
}

/// The span in capitals, marks as they stand.
fn write_span(read: &Read<'_>, span: Span, text: &mut String) {
    text.clear();
    for at in span.start..span.end {
        let Some(token) = read.token(at) else { continue };
        if at > span.start {
            match token.glue {
                Glue::Dot => text.push('.'),
                Glue::Dash => text.push('-'),
                Glue::Slash => text.push('/'),
                Glue::Space => text.push(' '),
                Glue::Start | Glue::Joined | Glue::Other => {}
            }
        }
        text.extend(read.tokens.text(token).chars().map(|c| c.to_ascii_uppercase()));
    }
}

fn shape(read: &Read<'_>, brand: Option<BrandIndex>, span: Span, text: &str) -> Option<Trust> {
    let shapes = &read.catalogue.brand(brand?)?.shapes;
    shapes
        .iter()
        .filter(|shape| (span.spaces == 0 || shape.spaced) && shape.fits(text))
        .map(|shape| shape.trust)
        .max()
}

/// Points of a word that is written like a part number, by what it is made of.
fn looks_like(
    read: &Read<'_>,
    brand: Option<BrandIndex>,
    span: Span,
    text: &str,
    marked: bool,
) -> Option<u32> {
    let has_shapes = brand
        .and_then(|brand| read.catalogue.brand(brand))
        .is_some_and(|brand| !brand.shapes.is_empty());
    if has_shapes && !marked {
        return None;
    }
    let digits = text.bytes().filter(u8::is_ascii_digit).count();
    let letters = text.bytes().filter(u8::is_ascii_uppercase).count();
    let groups = span.end - span.start;
    if letters == 0 {
        let long = if groups > 1 { digits >= 6 } else { digits >= if marked { 3 } else { 4 } };
        return (brand.is_some() && long && digits <= 12).then_some(if digits >= 5 {
            28
        } else {
            18
        });
    }
    if digits < 2 || digits + letters < 5 || !written_as_code(read, span) {
        return (marked && digits > 0 && digits + letters >= 4).then_some(20);
    }
    if brand.is_none() && (digits < 3 || digits + letters < 6) {
        return None;
    }
    Some(if brand.is_some() { 38 } else { 24 })
}

/// No part of it is a plain word: `Pre-2000`, `service2024` and `18k-gold` are no part numbers.
fn written_as_code(read: &Read<'_>, span: Span) -> bool {
    (span.start..span.end).filter_map(|at| read.token(at)).all(|token| {
        let word = read.tokens.text(token);
        let leading = word.bytes().take_while(u8::is_ascii_lowercase).count();
        if token.is_word() {
            token.capital && token.len() <= 6
        } else {
            leading <= 4 && (token.capital || token.letters <= 2)
        }
    })
}

/// What looks like a reference and is none.
fn misleads(
    read: &Read<'_>,
    span: Span,
    brand: Option<BrandIndex>,
    marked: bool,
    proof: Proof,
) -> bool {
    let (Some(first), Some(last)) = (read.token(span.start), read.token(span.end - 1)) else {
        return true;
    };
    if first.before == b'#'
        || read.is_price(span.start)
        || read.is_price(span.end - 1)
        || is_stock_number(read, span)
    {
        return true;
    }
    if read.cue_before(span.start, Cue::Calibre)
        && !(proof == Proof::Listed && read.tokens.word(span.start).len() > 4)
    {
        return true;
    }
    if proof == Proof::Listed
        && (first.letters > 0 || last.letters > 0 || first.len() >= 5 || marked)
    {
        return false;
    }
    if marked {
        return is_date(read, span);
    }
    let number = (span.start..span.end).filter_map(|at| read.token(at)).all(Token::is_number);
    read.is_calibre(span.start, span.end, brand)
        || (span.start..span.end).all(|at| read.is_family(at, brand))
        || read.cue_before(span.start, Cue::Serial)
        || (is_measure(read, span) && !in_brackets(read, span))
        || (number && (is_year(read, span) || is_date(read, span) || is_counted(read, span)))
}

/// `LC100`, `Serial 25xxxxx`: the dealer's or the maker's other numbers.
fn is_stock_number(read: &Read<'_>, span: Span) -> bool {
    let word = read.tokens.word(span.start);
    let lc = |word: &str| {
        word.strip_prefix("lc").is_some_and(|rest| rest.bytes().all(|b| b.is_ascii_digit()))
    };
    word.contains("xx")
        || (span.end == span.start + 1
            && (lc(word) || (span.start > 0 && read.tokens.word(span.start - 1) == "lc")))
}

/// `40mm`, `1000m`, `18k`, `28800vph`: up to five digits and a unit.
fn is_measure(read: &Read<'_>, span: Span) -> bool {
    let word = read.tokens.word(span.end - 1);
    let digits = word.bytes().take_while(u8::is_ascii_digit).count();
    let unit = word.get(digits..).unwrap_or_default();
    if digits == 0 || unit.is_empty() {
        return false;
    }
    match unit {
        // A decade: "1960s".
        "s" if digits == 4 => word.starts_with("19") || word.starts_with("20"),
        "mm" | "cm" | "m" | "ft" | "atm" | "bar" | "vph" | "bph" | "hz" | "pcs" | "kg" | "hr"
        | "hrs" => true,
        "k" | "kt" | "ct" | "g" | "gr" | "h" | "d" | "p" | "j" | "x" | "st" | "nd" | "rd"
        | "th" | "yr" | "s" => digits <= 3,
        "usd" | "eur" | "gbp" | "chf" => true,
        _ => false,
    }
}

fn is_counted(read: &Read<'_>, span: Span) -> bool {
    let spaced = matches!(read.glue(span.end), Glue::Space);
    (spaced && read.cue(span.end, Cue::Unit))
        || read.cue_before(span.start, Cue::Multiples)
        || (read.cue_before(span.start, Cue::Price) && span.end - span.start == 1)
        || (spaced && read.cue(span.end, Cue::Price) && span.end + 1 == read.len())
}

/// Four digits that can be a year of make.
fn is_year(read: &Read<'_>, span: Span) -> bool {
    let word = read.tokens.word(span.start);
    span.end == span.start + 1
        && word.len() == 4
        && word.parse().is_ok_and(|year: u16| (1900..2030).contains(&year))
}

/// `24/4/24`, `06-2019`, `2019-2021`: two or three small numbers of which one may be a year.
fn is_date(read: &Read<'_>, span: Span) -> bool {
    let parts: Vec<&str> = (span.start..span.end).map(|at| read.tokens.word(at)).collect();
    if !(2..=3).contains(&parts.len())
        || !parts.iter().all(|part| part.bytes().all(|b| b.is_ascii_digit()))
    {
        return false;
    }
    let year = |part: &str| part.len() == 4 && (part.starts_with("19") || part.starts_with("20"));
    let small =
        |part: &str| part.len() <= 2 && part.parse().is_ok_and(|n: u8| (1..=31).contains(&n));
    parts.iter().all(|part| small(part) || year(part) || (parts.len() == 3 && part.len() == 2))
}

/// Our spelling: no maker's prefix and no dial number where the brand's numbers are digits and letters.
fn canonical(read: &Read<'_>, brand: Option<BrandIndex>, text: &str) -> String {
    let name =
        brand.and_then(|brand| read.catalogue.brand(brand)).map_or("", |brand| brand.name.as_str());
    if !matches!(name, "Rolex" | "Tudor") {
        return text.to_owned();
    }
    let bare = text
        .strip_prefix('M')
        .filter(|rest| rest.starts_with(|c: char| c.is_ascii_digit()))
        .unwrap_or(text);
    bare.split_once('-').map_or(bare, |(reference, _)| reference).to_owned()
}

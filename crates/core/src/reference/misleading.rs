//! What looks like a reference and is none: sizes, prices, years, dates, movements, stock numbers.
//!
//! Asked by `candidate` of every word that could be a reference.

use super::{
    candidate::{Proof, Span},
    catalogue::BrandIndex,
    read::Read,
    token::{Glue, Token},
    vocabulary::Cue,
};

/// What looks like a reference and is none.
pub(crate) fn misleads(
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
        // TAG Heuer's own references begin so too: `CAL2113`.
        || (proof != Proof::Listed && is_movement(read.tokens.word(span.start)))
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
        || (is_measure(read, span) && !span.in_brackets(read))
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

/// `ETA2892`, `NH35A`, `SW330`: a maker of movements and a number.
fn is_movement(word: &str) -> bool {
    const MAKERS: [&str; 7] = ["eta", "nh", "vk", "cal", "miyota", "valjoux", "sellita"];
    MAKERS.iter().filter_map(|maker| word.strip_prefix(maker)).any(|rest| {
        let digits = rest.trim_end_matches(|c: char| c.is_ascii_lowercase());
        (2..=4).contains(&digits.len())
            && digits.bytes().all(|b| b.is_ascii_digit())
            && rest.len() <= digits.len() + 1
    })
}

/// `40mm`, `1000m`, `18k`, `28800vph`: up to five digits and a unit.
fn is_measure(read: &Read<'_>, span: Span) -> bool {
    let word = read.tokens.word(span.end - 1);
    let digits = word.bytes().take_while(u8::is_ascii_digit).count();
    let unit = word.get(digits..).unwrap_or_default();
    // Behind other parts of a code the same letters are its suffix: `CA0840-87M`.
    let code =
        (span.start..span.end - 1).filter_map(|at| read.token(at)).any(|token| !token.is_number());
    if digits == 0 || unit.is_empty() || code {
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

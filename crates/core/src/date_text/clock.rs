//! Wall clocks and offsets within the pieces: `10:04am`, `21:24:05.1`, `18.37 Uhr`, `8 pm`, `-0400`.

use super::{piece::Piece, vocabulary::Meaning};

const SECOND: i64 = 1_000_000_000;

/// Puts every clock and offset into one piece.
pub fn put_together(pieces: Vec<Piece>) -> Vec<Piece> {
    let mut out = Vec::with_capacity(pieces.len());
    let mut at = 0;
    let mut timed = false;
    while let Some(piece) = pieces.get(at) {
        let rest = &pieces[at..];
        if let Some((time, taken)) = time(rest, &out) {
            out.push(Piece::Time(time));
            timed = true;
            at += taken;
        } else if let Some((offset, taken)) = offset(rest).filter(|_| timed) {
            out.push(Piece::Offset(offset));
            at += taken;
        } else {
            out.push(*piece);
            at += 1;
        }
    }
    before_half(out)
}

/// A clock at the beginning of these pieces, and how many of them it takes.
fn time(rest: &[Piece], before: &[Piece]) -> Option<(i64, usize)> {
    let hour = whole(rest.first()?, 23)?;
    let colon = |at: usize| rest.get(at).is_some_and(|mark| mark.is_mark(':'));
    if colon(1) {
        let minute = whole(rest.get(2)?, 59)?;
        let second = colon(3).then(|| whole(rest.get(4)?, 60)).flatten();
        let mut taken = if second.is_some() { 5 } else { 3 };
        let fraction = second.and_then(|_| fraction(rest.get(5..7)?));
        taken += 2 * usize::from(fraction.is_some());
        let time = clock(hour, minute, second.unwrap_or(0)) + fraction.unwrap_or(0);
        return with_half(time, rest, taken);
    }
    if let Some(Meaning::Half(_)) = rest.get(1).and_then(Piece::meaning) {
        return with_half(clock(hour, 0, 0), rest, 1);
    }
    if rest.get(1).and_then(Piece::meaning) == Some(Meaning::OClock) {
        let minute = rest.get(2).and_then(|piece| whole(piece, 59));
        return Some((clock(hour, minute.unwrap_or(0), 0), 2 + usize::from(minute.is_some())));
    }
    dotted(rest, before, hour)
}

/// `18.37` after a whole date, or before a word that speaks of the clock.
fn dotted(rest: &[Piece], before: &[Piece], hour: i64) -> Option<(i64, usize)> {
    let tight = rest.get(1)?.is_mark('.') && !rest.get(1)?.is_spaced() && !rest.get(2)?.is_spaced();
    let minute = match rest.get(2)? {
        Piece::Number { value, digits: 2, .. } if *value < 60 => i64::from(*value),
        _ => return None,
    };
    let numbers = before.iter().filter(|piece| matches!(piece, Piece::Number { .. })).count();
    let month = before.iter().any(|piece| matches!(piece.meaning(), Some(Meaning::Month(_))));
    let dated = numbers >= 3 || (month && numbers >= 1);
    let ends = rest.get(3).is_none_or(|next| next.meaning().is_some());
    (tight && dated && ends).then(|| with_half(clock(hour, minute, 0), rest, 3))?
}

/// Moved to its half of the day, if the next word names one.
fn with_half(time: i64, rest: &[Piece], taken: usize) -> Option<(i64, usize)> {
    let dot = rest.get(taken).is_some_and(|piece| piece.is_mark('.'));
    match rest.get(taken + usize::from(dot)).and_then(Piece::meaning) {
        Some(Meaning::Half(after_noon)) => {
            Some((in_half(time, after_noon)?, taken + usize::from(dot) + 1))
        }
        _ => Some((time, taken)),
    }
}

/// `下午 3:40`: the half stands before the clock.
fn before_half(pieces: Vec<Piece>) -> Vec<Piece> {
    let mut half = None;
    let mut out = Vec::with_capacity(pieces.len());
    for piece in pieces {
        match (piece, half) {
            (Piece::Word(Meaning::Half(after_noon)), _) => half = Some(after_noon),
            (Piece::Time(time), Some(after_noon)) => {
                out.push(Piece::Time(in_half(time, after_noon).unwrap_or(time)));
            }
            _ => out.push(piece),
        }
    }
    out
}

fn in_half(time: i64, after_noon: bool) -> Option<i64> {
    let hours = 12 * 3600 * SECOND;
    let twelve = time >= hours && time < hours + 3600 * SECOND;
    match after_noon {
        true if time < hours => Some(time + hours),
        false if twelve => Some(time - hours),
        // 15:00 pm is said; 15:00 am contradicts itself.
        true => Some(time),
        false => (time < hours).then_some(time),
    }
}

/// `+0200`, `-04:00`, and zones by name.
fn offset(rest: &[Piece]) -> Option<(i32, usize)> {
    if let Some(Meaning::Zone(minutes)) = rest.first()?.meaning() {
        return Some((i32::from(minutes), 1));
    }
    let sign = match rest.first()? {
        Piece::Mark { mark: '+', .. } => 1,
        Piece::Mark { mark: '-', .. } => -1,
        _ => return None,
    };
    match rest.get(1)? {
        Piece::Number { value, digits: 4, .. } => {
            let minutes = i32::try_from(value / 100 * 60 + value % 100).ok()?;
            Some((sign * minutes, 2))
        }
        Piece::Number { value, digits: 2, .. } if rest.get(2)?.is_mark(':') => {
            let minutes = i32::try_from(value * 60 + rest.get(3)?.number()?).ok()?;
            Some((sign * minutes, 4))
        }
        _ => None,
    }
}

pub fn clock(hour: i64, minute: i64, second: i64) -> i64 {
    (hour * 3600 + minute * 60 + second) * SECOND
}

fn whole(piece: &Piece, most: u32) -> Option<i64> {
    match piece {
        Piece::Number { value, digits, .. } if *digits <= 2 && *value <= most => {
            Some(i64::from(*value))
        }
        _ => None,
    }
}

/// `.1` after seconds, in nanoseconds.
fn fraction(rest: &[Piece]) -> Option<i64> {
    match rest {
        [mark, Piece::Number { value, digits, spaced: false }]
            if mark.is_mark('.') && *digits <= 9 =>
        {
            Some(i64::from(*value) * 10_i64.pow(9 - u32::from(*digits)))
        }
        _ => None,
    }
}

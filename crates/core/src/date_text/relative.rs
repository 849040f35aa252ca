//! Texts that count from now: `3 days ago`, `in 2.5 hours`, `yesterday at 11:30`, `1 year 2 months`.

use jiff::{Span, ToSpan, civil::DateTime};

use super::{
    Moment,
    piece::Piece,
    vocabulary::{Direction, Meaning, Unit},
};

/// A count with what stands after its point, in millionths.
#[derive(Debug, Clone, Copy)]
struct Count {
    whole: i64,
    millionths: i64,
}

/// What the pieces say of the distance from now.
#[derive(Debug, Default)]
struct Said {
    counts: Vec<Count>,
    units: Vec<Unit>,
    /// Whether the first unit stood before the first count.
    unit_first: bool,
    past: bool,
    future: bool,
    /// A word such as `yesterday`, already with its sign.
    fixed: Vec<(Unit, i64)>,
    time: Option<i64>,
}

/// The moment, if every piece is part of a distance from now.
pub fn read(pieces: &[Piece], now: DateTime) -> Option<Moment> {
    let said = gather(pieces)?;
    let sign = match (said.past, said.future) {
        (true, true) => return None,
        (false, true) => 1,
        (_, false) => -1,
    };
    let mut at = now;
    for (unit, number) in &said.fixed {
        at = moved(at, *unit, Count { whole: *number, millionths: 0 }, 1)?;
    }
    for (unit, count) in pairs(&said)? {
        at = moved(at, unit, count, sign)?;
    }
    if let Some(time) = said.time {
        at = at.date().at(0, 0, 0, 0).checked_add(time.nanoseconds()).ok()?;
    }
    Some(Moment { at, offset: None })
}

fn gather(pieces: &[Piece]) -> Option<Said> {
    let mut said = Said::default();
    let mut at = 0;
    while let Some(piece) = pieces.get(at) {
        at += 1;
        match piece {
            Piece::Number { .. } | Piece::Word(Meaning::Number(_)) => {
                let (count, taken) = count(&pieces[at - 1..])?;
                said.counts.push(count);
                at += taken - 1;
            }
            Piece::Time(time) => said.time = Some(*time),
            Piece::Mark { mark, spaced } => take_mark(&mut said, *mark, *spaced || at == 1)?,
            Piece::Word(meaning) => take_word(&mut said, *meaning)?,
            Piece::Offset(_) => return None,
        }
    }
    (!said.units.is_empty() || !said.fixed.is_empty()).then_some(said)
}

/// A number, and its fraction where a point or a comma ties one to it.
fn count(rest: &[Piece]) -> Option<(Count, usize)> {
    let whole = i64::from(rest.first()?.number()?);
    if let [_, mark, Piece::Number { value, digits, spaced: false }, after, ..] = rest
        && (mark.is_mark('.') || mark.is_mark(','))
        && !mark.is_spaced()
        && *digits <= 6
        && matches!(after.meaning(), Some(Meaning::Unit(_) | Meaning::Directed(..)))
    {
        let millionths = i64::from(*value) * 10_i64.pow(6 - u32::from(*digits));
        return Some((Count { whole, millionths }, 3));
    }
    Some((Count { whole, millionths: 0 }, 1))
}

/// A sign stands apart: `30+ days` is no plus.
fn take_mark(said: &mut Said, mark: char, apart: bool) -> Option<()> {
    match mark {
        '-' if apart => said.past = true,
        '+' if apart => said.future = true,
        '/' | ':' | '#' => return None,
        _ => {}
    }
    Some(())
}

fn take_word(said: &mut Said, meaning: Meaning) -> Option<()> {
    let mut unit = |unit| {
        said.unit_first |= said.units.is_empty() && said.counts.is_empty();
        said.units.push(unit);
    };
    match meaning {
        Meaning::Unit(named) => unit(named),
        Meaning::Directed(named, direction) => {
            unit(named);
            turn(said, direction);
        }
        Meaning::Sign(direction) => turn(said, direction),
        Meaning::Relative(unit, number) => said.fixed.push((unit, i64::from(number))),
        Meaning::Clock(hour) => said.time = Some(super::clock::clock(i64::from(hour), 0, 0)),
        Meaning::Skip | Meaning::OClock => {}
        Meaning::Month(_)
        | Meaning::Weekday(_)
        | Meaning::Half(_)
        | Meaning::Zone(_)
        | Meaning::Number(_) => {
            return None;
        }
    }
    Some(())
}

fn turn(said: &mut Said, direction: Direction) {
    match direction {
        Direction::Past => said.past = true,
        Direction::Future => said.future = true,
        Direction::Either => {}
    }
}

/// Each unit with its count: before it, or after it in languages that say `saa 21`. A unit alone is one,
/// where a word says its direction.
fn pairs(said: &Said) -> Option<Vec<(Unit, Count)>> {
    let one = Count { whole: 1, millionths: 0 };
    match (said.units.as_slice(), said.counts.as_slice()) {
        ([], []) => Some(Vec::new()),
        ([unit], []) if (said.past || said.future) && said.fixed.is_empty() => {
            Some(vec![(*unit, one)])
        }
        // `2016年6月`: a year of the calendar, not two thousand of them.
        ([Unit::Year, Unit::Month, ..], [count, ..]) if (1900..2200).contains(&count.whole) => None,
        (units, counts) if units.len() == counts.len() => {
            Some(units.iter().copied().zip(counts.iter().copied()).collect())
        }
        // `an hour and 5 minutes` without its article: the first unit is one.
        (units, counts)
            if units.len() == counts.len() + 1 && said.unit_first && !counts.is_empty() =>
        {
            let counts = std::iter::once(one).chain(counts.iter().copied());
            Some(units.iter().copied().zip(counts).collect())
        }
        _ => None,
    }
}

fn moved(at: DateTime, unit: Unit, count: Count, sign: i64) -> Option<DateTime> {
    let whole = count.whole.checked_mul(sign)?;
    let span = match unit {
        Unit::Second => Span::new().try_seconds(whole),
        Unit::Minute => Span::new().try_minutes(whole),
        Unit::Hour => Span::new().try_hours(whole),
        Unit::Day => Span::new().try_days(whole),
        Unit::Week => Span::new().try_weeks(whole),
        Unit::Month => Span::new().try_months(whole),
        Unit::Year => Span::new().try_years(whole),
        Unit::Decade => Span::new().try_years(whole.checked_mul(10)?),
    };
    let at = at.checked_add(span.ok()?).ok()?;
    let rest = count.millionths.checked_mul(seconds(unit))?.checked_mul(sign)?;
    at.checked_add(Span::new().try_microseconds(rest).ok()?).ok()
}

/// The length of a unit in seconds; months and years only for their fractions.
fn seconds(unit: Unit) -> i64 {
    match unit {
        Unit::Second => 1,
        Unit::Minute => 60,
        Unit::Hour => 3_600,
        Unit::Day => 86_400,
        Unit::Week => 7 * 86_400,
        Unit::Month => 2_629_800,
        Unit::Year => 31_557_600,
        Unit::Decade => 315_576_000,
    }
}

//! Texts that name a day: `Fri, 12 Dec 2014 10:55`, `18.10.14`, `2016年3月20日 21時40分`, `Sunday`.

use jiff::{
    Span, ToSpan,
    civil::{Date, DateTime},
};

use super::{
    Moment,
    clock::clock,
    piece::Piece,
    vocabulary::{Meaning, Order, Unit},
};

/// Years that a text may mean by four digits.
const YEARS: std::ops::RangeInclusive<u32> = 1900..=2199;

#[derive(Debug, Clone, Copy)]
struct Number {
    value: u32,
    digits: u8,
    /// The mark between the number before it and this one.
    after: Option<char>,
    /// An apostrophe stands before it: `'21`.
    short_year: bool,
}

/// What the pieces say of a day.
#[derive(Debug, Default)]
struct Said {
    numbers: Vec<Number>,
    month: Option<i8>,
    weekday: Option<i8>,
    year: Option<i16>,
    day: Option<i8>,
    time: Option<i64>,
    offset: Option<i32>,
}

/// The moment, if the pieces name one day, or a clock of today.
pub fn read(pieces: &[Piece], order: Option<Order>, now: DateTime) -> Option<Moment> {
    let mut said = gather(pieces)?;
    let date = day(&mut said, order, now)?;
    let midnight = date.at(0, 0, 0, 0);
    let at = midnight.checked_add(said.time.unwrap_or(0).nanoseconds()).ok()?;
    Some(Moment { at, offset: said.offset })
}

fn gather(pieces: &[Piece]) -> Option<Said> {
    let mut said = Said::default();
    let mut mark_before = None;
    let mut at = 0;
    while let Some(piece) = pieces.get(at) {
        at += 1;
        match piece {
            Piece::Number { .. } | Piece::Word(Meaning::Number(_)) => {
                let taken = take_named_number(&mut said, &pieces[at - 1..])?;
                if taken > 0 {
                    at += taken;
                } else if let Piece::Number { value, digits, .. } = piece {
                    let short_year = mark_before == Some('\'');
                    said.numbers.push(Number {
                        value: *value,
                        digits: *digits,
                        after: mark_before,
                        short_year,
                    });
                }
                mark_before = None;
            }
            // A colon that belongs to no clock, a number too long for any date.
            Piece::Mark { mark: ':' | '#', .. } => return None,
            Piece::Mark { mark, .. } => mark_before = Some(*mark),
            Piece::Time(time) => set(&mut said.time, *time)?,
            Piece::Offset(minutes) => set(&mut said.offset, *minutes)?,
            Piece::Word(meaning) => take_word(&mut said, *meaning)?,
        }
    }
    Some(said)
}

/// `2016年`, `3月`, `20日`, `21時`, `14h40`: a number whose unit follows it. The pieces taken after the
/// number; none for a plain one.
fn take_named_number(said: &mut Said, rest: &[Piece]) -> Option<usize> {
    let Some(Meaning::Unit(unit)) = rest.get(1).and_then(Piece::meaning) else { return Some(0) };
    let value = rest.first()?.number()?;
    let small = || i8::try_from(value).ok();
    match unit {
        Unit::Year if YEARS.contains(&value) => set(&mut said.year, i16::try_from(value).ok()?)?,
        Unit::Month if (1..=12).contains(&value) => set(&mut said.month, small()?)?,
        Unit::Day if said.month.is_some() => set(&mut said.day, small()?)?,
        Unit::Hour if value < 24 => {
            let minutes = glued_minutes(rest);
            set(&mut said.time, clock(i64::from(value), minutes.unwrap_or(0), 0))?;
            return Some(1 + usize::from(minutes.is_some()));
        }
        Unit::Minute if value < 60 => *said.time.as_mut()? += clock(0, i64::from(value), 0),
        Unit::Second if value < 60 => *said.time.as_mut()? += clock(0, 0, i64::from(value)),
        _ => return None,
    }
    Some(1)
}

/// The minutes of `14h40`, which have no unit.
fn glued_minutes(rest: &[Piece]) -> Option<i64> {
    let unit_follows = matches!(rest.get(3).and_then(Piece::meaning), Some(Meaning::Unit(_)));
    match rest.get(2)? {
        Piece::Number { value, digits: 2, spaced: false } if *value < 60 && !unit_follows => {
            Some(i64::from(*value))
        }
        _ => None,
    }
}

/// Takes a value once; a second one contradicts it.
fn set<T>(slot: &mut Option<T>, value: T) -> Option<()> {
    slot.replace(value).is_none().then_some(())
}

fn take_word(said: &mut Said, meaning: Meaning) -> Option<()> {
    match meaning {
        Meaning::Month(month) => set(&mut said.month, month),
        Meaning::Weekday(day) => {
            said.weekday = said.weekday.or(Some(day));
            Some(())
        }
        Meaning::Clock(hour) => set(&mut said.time, clock(i64::from(hour), 0, 0)),
        // Words such as `in` and `day` stand in dates too; `yesterday` does not.
        Meaning::Sign(_)
        | Meaning::Skip
        | Meaning::Half(_)
        | Meaning::Zone(_)
        | Meaning::OClock => Some(()),
        Meaning::Unit(_) => (said.month.is_some() || said.weekday.is_some()).then_some(()),
        Meaning::Directed(..) | Meaning::Relative(..) | Meaning::Number(_) => None,
    }
}

fn day(said: &mut Said, order: Option<Order>, now: DateTime) -> Option<Date> {
    if said.numbers.is_empty() && said.month.is_none() && said.year.is_none() {
        return match said.weekday {
            Some(weekday) => last_weekday(now.date(), weekday),
            None => said.time.map(|_| now.date()),
        };
    }
    match said.month {
        Some(month) => named_month(said, month, now),
        None => numbers_only(&said.numbers, order, now),
    }
}

/// The last such weekday; today's is today.
fn last_weekday(today: Date, weekday: i8) -> Option<Date> {
    let back = (today.weekday().to_sunday_zero_offset() - weekday).rem_euclid(7);
    today.checked_sub(Span::new().days(i64::from(back))).ok()
}

fn named_month(said: &Said, month: i8, now: DateTime) -> Option<Date> {
    let is_year = |number: &&Number| number.digits == 4 || number.value > 31 || number.short_year;
    let stated = said.numbers.iter().find(is_year).and_then(|number| year(*number));
    let mut rest = said.numbers.iter().filter(|number| !is_year(number));
    let day = said.day.or_else(|| i8::try_from(rest.next()?.value).ok());
    let second = rest.next();
    let year = match (said.year.or(stated), second) {
        (Some(year), None) => year,
        (None, Some(second)) if second.digits == 2 => year(*second)?,
        (None, None) => now.year(),
        (Some(_), Some(_)) | (None, Some(_)) => return None,
    };
    match day {
        Some(day) => Date::new(year, month, day).ok(),
        // A month alone is taken on today's day.
        None => Date::new(year, month, 1)
            .ok()
            .map(Date::days_in_month)
            .and_then(|last| Date::new(year, month, now.day().min(last)).ok()),
    }
}

/// Two digits mean the years from 1969 to 2068.
fn year(number: Number) -> Option<i16> {
    let value = i16::try_from(number.value).ok()?;
    match number.digits {
        4 => Some(value),
        2 => Some(if value < 69 { 2000 + value } else { 1900 + value }),
        _ => None,
    }
}

fn numbers_only(numbers: &[Number], order: Option<Order>, now: DateTime) -> Option<Date> {
    let small = |number: &Number| i8::try_from(number.value).ok();
    match numbers {
        [first, second, third] => {
            let marks = [second.after?, third.after?];
            let marked = marks.iter().all(|mark| matches!(mark, '.' | '/' | '-' | ','));
            if !marked {
                return None;
            }
            if first.digits == 4 {
                return date(year(*first)?, small(second)?, small(third)?);
            }
            let day_first = day_first(order, marks[0]);
            let (day, month) = if day_first { (first, second) } else { (second, first) };
            date(year(*third)?, small(month)?, small(day)?)
        }
        [first, second] => {
            let mark = second.after.filter(|mark| matches!(mark, '.' | '/' | '-'))?;
            if second.digits == 4 {
                let month = small(first)?;
                let day = now.day().min(Date::new(year(*second)?, month, 1).ok()?.days_in_month());
                return Date::new(year(*second)?, month, day).ok();
            }
            let (day, month) =
                if day_first(order, mark) { (first, second) } else { (second, first) };
            date(now.year(), small(month)?, small(day)?)
        }
        _ => None,
    }
}

/// The language decides; without one, dots are European and slashes American.
fn day_first(order: Option<Order>, mark: char) -> bool {
    match order {
        Some(Order::DayMonthYear) => true,
        Some(Order::MonthDayYear | Order::YearMonthDay) => false,
        None => mark == '.',
    }
}

/// A day; with day and month the other way round where only that is one.
fn date(year: i16, month: i8, day: i8) -> Option<Date> {
    Date::new(year, month, day).or_else(|_| Date::new(year, day, month)).ok()
}

//! The year of make out of a title; `None` for a decade, a range, or two years that disagree.
//!
//! A date beats a bare year; a year beside "service", "reissue" or the like is not the watch's, nor
//! one before its reference was made. Asked by `identify` once the reference is known.

use super::{
    candidate::Found,
    catalogue::BrandIndex,
    read::Read,
    token::{Glue, Token},
    vocabulary::Cue,
};

/// The year after the catalogue's own date: no later year can have been meant.
const LATEST: u16 = 2027;
/// Two digits up to this mean 20xx, above it 19xx.
const LATEST_SHORT: u16 = 27;

#[derive(Clone, Copy)]
struct Reading {
    year: u16,
    weight: u8,
}

/// The year of make that the title gives, if it gives one.
pub(crate) fn find(
    read: &Read<'_>,
    brand: Option<BrandIndex>,
    reference: Option<&Found>,
) -> Option<u16> {
    let mut readings: Vec<Reading> = Vec::new();
    let mut at = 0;
    while at < read.len() {
        let end = chunk_end(read, at);
        let taken = reference.is_some_and(|found| {
            at < found.end && found.start < end && !outside(read, found, at, end)
        });
        if !taken {
            readings.extend(of_chunk(read, brand, at, end));
        }
        at = end;
    }
    let brand_since = brand.and_then(|brand| read.catalogue.brand(brand)?.since);
    let earliest = reference.and_then(|found| found.from).max(brand_since).unwrap_or(0);
    readings.retain(|reading| reading.year + 1 >= earliest && reading.year <= LATEST);
    let heaviest = readings.iter().map(|reading| reading.weight).max()?;
    let mut years =
        readings.iter().filter(|reading| reading.weight == heaviest).map(|reading| reading.year);
    let year = years.next()?;
    years.all(|other| other == year).then_some(year)
}

/// The chunk holds more than the reference: `116610LN-2020` is both.
fn outside(read: &Read<'_>, found: &Found, start: usize, end: usize) -> bool {
    let rest = (start..end).filter(|at| *at < found.start || *at >= found.end);
    rest.clone().count() > 0 && rest.into_iter().all(|at| read.glue(at) != Glue::Dot)
}

/// Words held together by single marks: a date, a reference.
fn chunk_end(read: &Read<'_>, start: usize) -> usize {
    let mut end = start + 1;
    while read.glue(end).holds() {
        end += 1;
    }
    end
}

fn of_chunk(read: &Read<'_>, brand: Option<BrandIndex>, start: usize, end: usize) -> Vec<Reading> {
    let numbers: Vec<usize> =
        (start..end).filter(|at| read.token(*at).is_some_and(|token| token.digits > 0)).collect();
    match numbers.as_slice() {
        [] => Vec::new(),
        [at] => single(read, brand, *at, start, end).into_iter().collect(),
        _ if numbers.len() == end - start => date(read, &numbers).into_iter().collect(),
        _ => Vec::new(),
    }
}

/// `07/2005`, `2019-06`, `24.4.2024`, `5/23`; nothing for a range of years.
fn date(read: &Read<'_>, parts: &[usize]) -> Option<Reading> {
    let (first, last) = (*parts.first()?, *parts.last()?);
    if misread(read, first) || misread(read, last) || around(read, first, last, Cue::Service) {
        return None;
    }
    let value = |at: usize| read.tokens.word(at).parse::<u16>().ok();
    let small = |at: usize| read.tokens.word(at).len() <= 2;
    let month = |at: usize| small(at) && value(at).is_some_and(|n| (1..=12).contains(&n));
    let day = |at: usize| small(at) && value(at).is_some_and(|n| (1..=31).contains(&n));
    let year = |at: usize| {
        value(at).filter(|year| read.tokens.word(at).len() == 4 && (1900..=LATEST).contains(year))
    };
    let slash = parts.iter().skip(1).all(|at| read.glue(*at) == Glue::Slash);
    match parts {
        [one, two] if month(*one) && year(*two).is_some() => {
            year(*two).map(|year| Reading { year, weight: 4 })
        }
        [one, two] if year(*one).is_some() && month(*two) && read.glue(*two) == Glue::Slash => {
            year(*one).map(|year| Reading { year, weight: 4 })
        }
        [one, two] if slash && month(*one) && read.tokens.word(*two).len() == 2 => {
            short_of_month(read, *two)
        }
        [one, two, three] if day(*one) && day(*two) && year(*three).is_some() => {
            year(*three).map(|year| Reading { year, weight: 4 })
        }
        [one, two, three] if year(*one).is_some() && month(*two) && day(*three) => {
            year(*one).map(|year| Reading { year, weight: 4 })
        }
        [one, two, three]
            if day(*one) && day(*two) && read.tokens.word(*three).len() == 2 && slash =>
        {
            short_of_month(read, *three)
        }
        _ => None,
    }
}

/// The `23` of `5/23`. A mark out of ten (`9/10`) and a number of a run (`12/25 limited`) are no dates.
fn short_of_month(read: &Read<'_>, at: usize) -> Option<Reading> {
    let value = read.tokens.word(at).parse::<u16>().ok()?;
    let run = read.cue(at + 1, Cue::Unit)
        || read.cue(at + 1, Cue::Multiples)
        || read.cue(at + 1, Cue::NotTheYear);
    let run_before = at >= 2
        && (read.cue_before(at - 1, Cue::Multiples) || read.cue_before(at - 1, Cue::Serial));
    // "1/20" is what a chronograph counts.
    let fraction = read.tokens.word(at - 1) == "1" && value % 10 == 0;
    ((11..=LATEST_SHORT).contains(&value) && !fraction && !run && !run_before)
        .then_some(Reading { year: 2000 + value, weight: 2 })
}

fn single(
    read: &Read<'_>,
    brand: Option<BrandIndex>,
    at: usize,
    start: usize,
    end: usize,
) -> Option<Reading> {
    let token = read.token(at)?;
    let word = read.tokens.text(token);
    // Only short words may hang on it by a mark: `Bj-1910`, `fullset/2019`; a code may not.
    let alone = start + 1 == end;
    if !token.is_number() {
        if let Some(year) = behind_word(word) {
            return Some(Reading { year, weight: 2 });
        }
        // "1986's" is that year, "1990's" is ten of them.
        let year = word.strip_suffix('s').filter(|year| year.len() == 4 && !year.ends_with('0'))?;
        return year
            .parse()
            .ok()
            .filter(|year| (1900..=LATEST).contains(year))
            .map(|year| Reading { year, weight: 1 });
    }
    if misread(read, at) || read.is_family(at, brand) {
        return None;
    }
    let value = word.parse::<u16>().ok()?;
    let weighted = |year: u16| Reading { year, weight: weight(read, at) };
    match word.len() {
        4 if (1900..=LATEST).contains(&value) => {
            (!belongs_elsewhere(read, at, alone)).then(|| weighted(value))
        }
        4 if (1800..1900).contains(&value) && read.cue_before(at, Cue::YearBefore) => {
            Some(weighted(value))
        }
        2 if alone && is_short_year(read, at) => {
            let year = if value <= LATEST_SHORT { 2000 + value } else { 1900 + value };
            Some(Reading { year, weight: 2 })
        }
        _ => None,
    }
}

/// `papers2007`, `BOXonly1996`: a word of the set and its year, written as one.
fn behind_word(word: &str) -> Option<u16> {
    const WORDS: [&str; 12] = [
        "box", "only", "papers", "papiere", "pap", "set", "card", "karte", "bj", "year", "new",
        "mint",
    ];
    let (head, year) = word.split_at_checked(word.len().checked_sub(4)?)?;
    let year = year.parse().ok().filter(|year| (1900..=LATEST).contains(year))?;
    WORDS.iter().any(|end| head.ends_with(end)).then_some(year)
}

/// `'78`, `75年`.
fn is_short_year(read: &Read<'_>, at: usize) -> bool {
    let marked = read.token(at).is_some_and(|token| {
        token.before == b'\'' && token.tight && token.after != b'\'' && token.after != b'"'
    });
    let japanese = read.glue(at + 1) == Glue::Joined && read.tokens.word(at + 1) == "年";
    marked || japanese
}

fn weight(read: &Read<'_>, at: usize) -> u8 {
    let month = read.cue_before(at, Cue::Month)
        || (at >= 2
            && read.cue(at - 2, Cue::Month)
            && read.token(at - 1).is_some_and(Token::is_number));
    let cue = read.cue_before(at, Cue::YearBefore);
    let japanese = read.tokens.word(at + 1) == "年";
    if month {
        4
    } else if cue || japanese {
        2
    } else {
        1
    }
}

/// A price, a stock number or a count.
fn misread(read: &Read<'_>, at: usize) -> bool {
    read.is_price(at)
        || read.token(at).is_none_or(|token| token.before == b'#')
        || (read.glue(at + 1) == Glue::Space
            && read.cue(at + 1, Cue::Unit)
            && !read.cue(at + 1, Cue::YearBefore)
            && !read.families.iter().any(|hit| hit.start == at + 1))
        || (read.cue_before(at, Cue::Multiples) && read.glue(at) == Glue::Space)
        || read.cue_before(at, Cue::Calibre)
}

/// The year of a service, a warranty, an original, or an event; or written as part of a code.
fn belongs_elsewhere(read: &Read<'_>, at: usize, alone: bool) -> bool {
    let code = !alone
        && [at.wrapping_sub(1), at + 1].into_iter().enumerate().any(|(side, other)| {
            let glue = if side == 0 { read.glue(at) } else { read.glue(at + 1) };
            glue.holds()
                && glue != Glue::Slash
                && !read.cue(other, Cue::YearBefore)
                && read
                    .token(other)
                    .is_some_and(|t| t.digits == 0 && t.capital && t.len() > 1 && glue == Glue::Dot)
        });
    code || around(read, at, at, Cue::Service)
        || (read.cue(at + 1, Cue::NotTheYear)
            && read.glue(at + 1) != Glue::Other
            && !(read.cue(at + 1, Cue::Service) && is_year_like(read, at + 2)))
        || (read.cue_before(at, Cue::Era) && read.glue(at) == Glue::Space)
}

fn is_year_like(read: &Read<'_>, at: usize) -> bool {
    read.token(at).is_some_and(|token| token.is_number() && token.len() == 4)
}

/// The cue stands on one of the few words before, or on the next word, without a break between.
fn around(read: &Read<'_>, first: usize, last: usize, cue: Cue) -> bool {
    const REACH: usize = 4;
    let before = (1..=REACH.min(first))
        .take_while(|back| read.glue(first - back + 1) != Glue::Other)
        .any(|back| read.cue(first - back, cue));
    // "1967 serviced 2021": the cue has a year of its own.
    let own = is_year_like(read, last + 2);
    let after = read.cue(last + 1, cue) && read.glue(last + 1) != Glue::Other && !own
        || (read.cue(last + 2, cue)
            && read.cue(last + 1, Cue::NotTheYear)
            && read.glue(last + 1) != Glue::Other);
    before || after
}

/// A year that a description states: "Year: 2019", "Baujahr 1998", "dated 05/2020".
pub(crate) fn stated_in(read: &Read<'_>) -> Option<u16> {
    const STATES: [&str; 12] = [
        "year", "yr", "dated", "baujahr", "bj", "jahr", "annee", "anno", "ano", "jahrgang",
        "bouwjaar", "circa",
    ];
    (1..read.len()).filter(|at| STATES.contains(&read.tokens.word(at - 1))).find_map(|at| {
        let end = chunk_end(read, at);
        of_chunk(read, None, at, end).first().map(|reading| reading.year)
    })
}

#[cfg(test)]
mod tests {
    use crate::reference::{Catalogue, identify};

    #[track_caller]
    fn check(title: &str, year: Option<u16>) {
        assert_eq!(identify(title, None, Catalogue::bundled()).year, year, "{title}");
    }

    #[test]
    fn a_year_of_make() {
        check("Omega Seamaster 166.010 from 1967", Some(1967));
        check("Rolex Explorer 214270 09/2018", Some(2018));
        check("Rolex Explorer 214270, 2018/09", Some(2018));
        check("Tudor Ranger '71 runs well", Some(1971));
        check("Cartier Tank 2019年", Some(2019));
        check("Zenith Defy bought March 2022", Some(2022));
        check("Tudor Pelagos full kit 7/23", Some(2023));
        check("IWC Mark XV Bj.2003 Box", Some(2003));
    }

    #[test]
    fn not_the_watchs_year() {
        check("Omega Constellation 1970s pie pan", None);
        check("Omega Constellation 1960's", None);
        check("Rolex Submariner 5513 serviced 2022", None);
        check("Rolex Submariner 5513, service 2022", None);
        check("Rolex Submariner 5513, serviced in 2022", None);
        check("Rolex Submariner 5513 revidiert in 2022", None);
        check("Rolex Submariner 5513 révisée en 2022", None);
        check("Rolex Submariner 5513 revisionato nel 2022", None);
        check("Rolex Submariner 5513 revisado en 2022", None);
        check("Rolex Submariner 5513 gereviseerd in 2022", None);
        check("ロレックス 5513 2022年オーバーホール済", None);
        check("Longines heritage 1938 reissue", None);
        check("Seiko SKX007 2019-2021", None);
        check("Panerai Luminor 1950 PAM00312", None);
        check("A. Lange & Sohne 1815 Up/Down", None);
        check("Doxa Sub 300 $1950", None);
        check("Casio G-Shock 9/10 condition", None);
        check("Rolex Submariner 126610LN 1953 tribute", None);
        check("limited to 2000 pieces Oris Aquis", None);
        check("Seiko SND371 1/20 chronograph", None);
        check("Seiko SPB143J1 1965 Diver", None);
        check("Panerai Submersible 1950 3 Days PAM00671", None);
        check("Deep Blue Master 2000", None);
        check("Baltic Tricompax 1945", None);
    }

    #[test]
    fn the_date_wins_over_the_service() {
        check("Rolex 16610 10/1998, RSC service 2015", Some(1998));
        check("2006 Rolex GMT-Master II 16710, serviced 2021", Some(2006));
        check("Heuer Carrera 2447S 1967 serviced 2021", Some(1967));
        check("Longines from 1948, serviced in 2020", Some(1948));
        check("Rolex Datejust 41 126334 warranty 2027 bought 2022", Some(2022));
    }
}

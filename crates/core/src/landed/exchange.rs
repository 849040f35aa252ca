//! Exchange rates by day: units of a currency for one euro, as the European Central Bank publishes them.
//!
//! In: the bank's CSV files, or our bundled one of the same form. Out: an amount in another currency with
//! the day of the rate, so that its age can be told. A day without rates uses the latest earlier day.

use jiff::civil::Date;

use crate::{
    money::{Currency, Money},
    time::Timestamp,
};

/// Rates are kept in hundred-millionths.
const SCALE_DIGITS: usize = 8;
const EURO: i64 = 100_000_000;
const CURRENCIES: usize = Currency::ALL.len();

/// Days since 1970-01-01.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Day(pub i32);

impl Day {
    /// The day in UTC.
    pub fn of(at: Timestamp) -> Day {
        let days = at.0.div_euclid(86_400_000_000);
        Day(i32::try_from(days).unwrap_or(if days < 0 { i32::MIN } else { i32::MAX }))
    }

    /// Reads `2026-10-30`.
    pub fn parse(text: &str) -> Option<Day> {
        let date: Date = text.trim().parse().ok()?;
        let since = date.since(Date::constant(1970, 1, 1)).ok()?;
        Some(Day(since.get_days()))
    }
}

impl std::fmt::Display for Day {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let span = jiff::Span::new().try_days(self.0);
        match span.and_then(|span| Date::constant(1970, 1, 1).checked_add(span)) {
            Ok(date) => write!(f, "{date}"),
            Err(_) => write!(f, "day {}", self.0),
        }
    }
}

/// All known rates, oldest day first.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Exchange {
    days: Vec<(Day, [Option<i64>; CURRENCIES])>,
}

/// An amount in another currency, and the older of the two rates' days.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Converted {
    pub money: Money,
    pub day: Day,
}

impl Converted {
    /// `USD to EUR at the rate of 2026-10-30, 3 days old`.
    pub fn note(&self, from: Currency, to: Currency, at: Timestamp) -> String {
        let age = match i64::from(Day::of(at).0) - i64::from(self.day.0) {
            ..=0 => String::new(),
            1 => ", 1 day old".to_owned(),
            days => format!(", {days} days old"),
        };
        format!("{from} to {to} at the rate of {}{age}", self.day)
    }
}

/// A rate file that is not of the form.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum BadExchange {
    #[error("the first line must begin with `Date` and name the currencies")]
    NoHeader,
    #[error("line {line}: `{text}` is not a date")]
    NotADate { line: usize, text: String },
    #[error("line {line}: `{text}` is not a rate")]
    NotARate { line: usize, text: String },
}

impl Exchange {
    /// Adds the days of a file; a day given again replaces what it names. Answers how many days it held.
    ///
    /// Currencies we do not know are skipped, `N/A` and empty cells are no rate.
    pub fn add_csv(&mut self, text: &str) -> Result<usize, BadExchange> {
        let mut lines = text.lines().enumerate().filter(|(_, line)| !line.trim().is_empty());
        let (_, header) = lines.next().ok_or(BadExchange::NoHeader)?;
        let columns = read_header(header)?;
        let mut read = Vec::new();
        for (index, line) in lines {
            read.push(read_day(index + 1, line, &columns)?);
        }
        let count = read.len();
        // Oldest first, so that a long file is appended and not inserted at the front day by day.
        read.sort_by_key(|(day, _)| *day);
        read.into_iter().for_each(|(day, rates)| self.set(day, rates));
        Ok(count)
    }

    fn set(&mut self, day: Day, rates: [Option<i64>; CURRENCIES]) {
        match self.days.binary_search_by_key(&day, |(known, _)| *known) {
            Ok(at) => {
                let known = &mut self.days[at].1;
                known.iter_mut().zip(rates).for_each(|(old, new)| *old = new.or(*old));
            }
            Err(at) => self.days.insert(at, (day, rates)),
        }
    }

    /// The latest day with any rate.
    pub fn latest(&self) -> Option<Day> {
        self.days.last().map(|(day, _)| *day)
    }

    /// Changes an amount at the rates of `at`'s day, half up once. `None` if a rate is unknown or it
    /// does not fit. Before the first known day the first is used.
    pub fn convert(&self, money: Money, to: Currency, at: Timestamp) -> Option<Converted> {
        let day = Day::of(at);
        if money.currency == to {
            return Some(Converted { money, day });
        }
        let (from_day, from_rate) = self.per_euro(money.currency, day)?;
        let (to_day, to_rate) = self.per_euro(to, day)?;
        let scale = |currency: Currency| 10_i128.pow(currency.decimals());
        let top =
            i128::from(money.minor).checked_mul(i128::from(to_rate))?.checked_mul(scale(to))?;
        let bottom = i128::from(from_rate).checked_mul(scale(money.currency))?;
        let half = if top < 0 { -(bottom / 2) } else { bottom / 2 };
        let minor = i64::try_from(top.checked_add(half)? / bottom).ok()?;
        Some(Converted { money: Money::new(minor, to), day: from_day.min(to_day) })
    }

    fn per_euro(&self, currency: Currency, day: Day) -> Option<(Day, i64)> {
        if currency == Currency::EUR {
            return Some((Day(i32::MAX), EURO));
        }
        let column = currency as usize;
        let after = self.days.partition_point(|(known, _)| *known <= day);
        let rate =
            |(known, rates): &(Day, [Option<i64>; CURRENCIES])| Some((*known, rates[column]?));
        let earlier = self.days[..after].iter().rev().find_map(rate);
        earlier.or_else(|| self.days[after..].iter().find_map(rate))
    }
}

fn read_header(line: &str) -> Result<Vec<Option<Currency>>, BadExchange> {
    let mut cells = line.trim_start_matches('\u{feff}').split(',').map(str::trim);
    match cells.next() {
        Some(first) if first.eq_ignore_ascii_case("date") => {
            Ok(cells.map(|cell| cell.parse().ok()).collect())
        }
        Some(_) | None => Err(BadExchange::NoHeader),
    }
}

fn read_day(
    line: usize,
    text: &str,
    columns: &[Option<Currency>],
) -> Result<(Day, [Option<i64>; CURRENCIES]), BadExchange> {
    let mut cells = text.split(',').map(str::trim);
    let date = cells.next().unwrap_or_default();
    let not_a_date = || BadExchange::NotADate { line, text: date.to_owned() };
    let day = Day::parse(date).or_else(|| spelt_day(date)).ok_or_else(not_a_date)?;
    let mut rates = [None; CURRENCIES];
    for (cell, column) in cells.zip(columns) {
        let Some(currency) = column else { continue };
        if !cell.is_empty() && cell != "N/A" {
            let not_a_rate = || BadExchange::NotARate { line, text: cell.to_owned() };
            rates[*currency as usize] = Some(read_rate(cell).ok_or_else(not_a_rate)?);
        }
    }
    Ok((day, rates))
}

/// The bank's daily file writes `30 October 2026`.
fn spelt_day(text: &str) -> Option<Day> {
    let date = Date::strptime("%d %B %Y", text).ok()?;
    Day::parse(&date.to_string())
}

/// A positive decimal in hundred-millionths; further digits are cut.
fn read_rate(text: &str) -> Option<i64> {
    let (whole, fraction) = text.split_once('.').unwrap_or((text, ""));
    let digits = |part: &str| part.bytes().all(|byte| byte.is_ascii_digit());
    if whole.is_empty() || !digits(whole) || !digits(fraction) {
        return None;
    }
    let kept: String = fraction.chars().take(SCALE_DIGITS).collect();
    let rate: i64 = format!("{whole}{kept:0<SCALE_DIGITS$}").parse().ok()?;
    (rate > 0).then_some(rate)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    const TABLE: &str =
        "Date,USD,XXX,JPY,CHF,\n2026-03-04,1.25,7,160,0.9600,\n2026-03-02,1.2,7,N/A,0.95,\n";

    fn table() -> Exchange {
        let mut exchange = Exchange::default();
        assert_eq!(exchange.add_csv(TABLE), Ok(2));
        exchange
    }

    fn at(day: &str) -> Timestamp {
        Timestamp::parse_iso(&format!("{day}T23:59:59Z")).expect("a day")
    }

    #[track_caller]
    fn check(
        amount: &str,
        from: Currency,
        to: Currency,
        day: &str,
        expected: &str,
        rate_day: &str,
    ) {
        let money = Money::from_decimal(amount, from).expect("a decimal");
        let converted = table().convert(money, to, at(day)).expect("a rate");
        assert_eq!(converted.money.to_decimal(), expected);
        assert_eq!(converted.day.to_string(), rate_day);
    }

    #[test]
    fn a_day_without_a_rate_uses_the_latest_earlier_one() {
        use Currency::*;
        check("1000", EUR, USD, "2026-03-04", "1250.00", "2026-03-04");
        check("1000", EUR, USD, "2026-03-03", "1200.00", "2026-03-02");
        check("1000", EUR, USD, "2026-12-31", "1250.00", "2026-03-04");
        check("1000", EUR, USD, "2020-01-01", "1200.00", "2026-03-02");
        check("1250", USD, EUR, "2026-03-04", "1000.00", "2026-03-04");
        check("1500000", JPY, CHF, "2026-03-04", "9000.00", "2026-03-04");
        check("1", CHF, JPY, "2026-03-04", "167", "2026-03-04");
        check("10", EUR, EUR, "2026-03-04", "10.00", "2026-03-04");
    }

    #[test]
    fn what_is_unknown_is_not_converted() {
        let exchange = table();
        let money = Money::new(100, Currency::EUR);
        assert_eq!(exchange.convert(money, Currency::GBP, at("2026-03-04")), None);
        let huge = Money::new(i64::MAX, Currency::EUR);
        assert_eq!(exchange.convert(huge, Currency::JPY, at("2026-03-04")), None);
    }

    #[test]
    fn bad_files_are_refused_with_their_line() {
        let refused = |text: &str| Exchange::default().add_csv(text).expect_err("a refusal");
        assert_eq!(refused(""), BadExchange::NoHeader);
        assert_eq!(refused("<html>"), BadExchange::NoHeader);
        assert_eq!(
            refused("Date,USD\nsoon,1\n"),
            BadExchange::NotADate { line: 2, text: "soon".into() }
        );
        assert_eq!(
            refused("Date,USD\n2026-01-01,0\n"),
            BadExchange::NotARate { line: 2, text: "0".into() }
        );
        let daily = "Date, USD, JPY, \n30 October 2026, 1.1172, 175.68, \n";
        assert_eq!(Exchange::default().add_csv(daily), Ok(1));
    }

    #[test]
    fn the_age_is_told() {
        let money = Money::new(10_000, Currency::USD);
        let now = at("2026-03-07");
        let converted = table().convert(money, Currency::EUR, now).expect("a rate");
        let note = converted.note(Currency::USD, Currency::EUR, now);
        assert_eq!(note, "USD to EUR at the rate of 2026-03-04, 3 days old");
    }

    proptest! {
        #[test]
        fn there_and_back_stays_within_a_unit(minor in 0_i64..1_000_000_000_000) {
            let (exchange, now) = (table(), at("2026-03-04"));
            let euros = Money::new(minor, Currency::EUR);
            let dollars = exchange.convert(euros, Currency::USD, now).expect("a rate").money;
            let back = exchange.convert(dollars, Currency::EUR, now).expect("a rate").money;
            prop_assert!((back.minor - minor).abs() <= 1);
        }

        #[test]
        fn any_text_is_read_or_refused(text in ".{0,200}") {
            let _ = Exchange::default().add_csv(&text);
        }
    }
}

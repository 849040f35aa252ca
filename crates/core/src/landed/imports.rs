//! The lines of an import rate file (`catalogue/rates/imports.txt`): a text in, dated entries out.
//!
//! Called by `landed::rates` for the bundled file and for a person's own. A line that cannot be read
//! refuses the file with its number: a rate silently left out would be a wrong price.

use crate::{
    landed::exchange::Day,
    money::{Currency, Money},
};

/// What a border takes. Shares are parts per million of the base.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct ImportTerms {
    pub duty_ppm: i64,
    pub duty_least: Option<Money>,
    pub duty_most: Option<Money>,
    /// Per watch, beside the share.
    pub duty_fixed: Option<Money>,
    pub vat_ppm: i64,
    pub broker: Option<Money>,
}

/// One line of a file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Entry {
    /// A country, or an area such as `EU`.
    pub place: String,
    pub since: Day,
    pub fact: Fact,
    pub source: String,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Fact {
    Area(Vec<String>),
    Duty { ppm: i64, least: Option<Money>, most: Option<Money>, fixed: Option<Money> },
    Vat { ppm: i64 },
    Broker(Money),
}

/// A rate file that is not of the form.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("line {line}: {problem}")]
pub struct BadImports {
    pub line: usize,
    pub problem: ImportProblem,
}

#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum ImportProblem {
    #[error("five parts are wanted, divided by `|`: kind, country, date, value, source")]
    Parts,
    #[error("`{0}` is none of area, duty, vat, broker")]
    Kind(String),
    #[error("`{0}` is not a date such as 2026-01-31")]
    Date(String),
    #[error("`{0}` is not a share such as 4.5 %")]
    Share(String),
    #[error("`{0}` is not an amount such as 12.00 EUR")]
    Amount(String),
    #[error("`{0}` is none of min, max, plus")]
    Word(String),
}

/// Reads a whole file; `#` begins a comment line.
pub fn read_imports(text: &str) -> Result<Vec<Entry>, BadImports> {
    let mut entries = Vec::new();
    for (index, line) in text.lines().enumerate() {
        let line_text = line.trim().trim_start_matches('\u{feff}');
        if !line_text.is_empty() && !line_text.starts_with('#') {
            let entry = read_line(line_text);
            entries.push(entry.map_err(|problem| BadImports { line: index + 1, problem })?);
        }
    }
    Ok(entries)
}

fn read_line(line: &str) -> Result<Entry, ImportProblem> {
    let parts: Vec<&str> = line.splitn(5, '|').map(str::trim).collect();
    let [kind, place, since, value, source] = parts.as_slice() else {
        return Err(ImportProblem::Parts);
    };
    let since = Day::parse(since).ok_or_else(|| ImportProblem::Date((*since).to_owned()))?;
    let fact = match *kind {
        "area" => Fact::Area(value.split_whitespace().map(country_code).collect()),
        "duty" => read_duty(value)?,
        "vat" => Fact::Vat { ppm: read_share(value)? },
        "broker" => Fact::Broker(read_amount(value)?),
        other => return Err(ImportProblem::Kind(other.to_owned())),
    };
    Ok(Entry { place: country_code(place), since, fact, source: (*source).to_owned() })
}

/// `4.5 % min 0.30 EUR max 0.80 EUR plus 0.57 USD`.
fn read_duty(text: &str) -> Result<Fact, ImportProblem> {
    let (share, rest) = text.split_once('%').unwrap_or((text, ""));
    let ppm = read_share(share)?;
    let (mut least, mut most, mut fixed) = (None, None, None);
    let words: Vec<&str> = rest.split_whitespace().collect();
    for limit in words.chunks(3) {
        let amount = read_amount(&limit[1..].join(" "))?;
        match limit[0] {
            "min" => least = Some(amount),
            "max" => most = Some(amount),
            "plus" => fixed = Some(amount),
            other => return Err(ImportProblem::Word(other.to_owned())),
        }
    }
    Ok(Fact::Duty { ppm, least, most, fixed })
}

/// `4.5 %` or `4.5` in parts per million; at most 1000 %.
pub fn read_share(text: &str) -> Result<i64, ImportProblem> {
    let refused = || ImportProblem::Share(text.trim().to_owned());
    let number = text.trim().trim_end_matches('%').trim_end();
    let (whole, fraction) = number.split_once('.').unwrap_or((number, ""));
    let digits = |part: &str| part.bytes().all(|byte| byte.is_ascii_digit());
    if whole.is_empty() || fraction.len() > 4 || !digits(whole) || !digits(fraction) {
        return Err(refused());
    }
    let ppm: i64 = format!("{whole}{fraction:0<4}").parse().map_err(|_| refused())?;
    if ppm > 10_000_000 { Err(refused()) } else { Ok(ppm) }
}

fn read_amount(text: &str) -> Result<Money, ImportProblem> {
    let refused = || ImportProblem::Amount(text.to_owned());
    let (number, code) = text.split_once(' ').ok_or_else(refused)?;
    let currency: Currency = code.trim().parse().map_err(|_| refused())?;
    let amount = Money::from_decimal(number, currency).ok_or_else(refused)?;
    if amount.minor < 0 { Err(refused()) } else { Ok(amount) }
}

/// Upper case, with the two codes that people and markets use beside ISO's.
pub fn country_code(text: &str) -> String {
    match text.trim().to_ascii_uppercase().as_str() {
        "UK" => "GB".to_owned(),
        "EL" => "GR".to_owned(),
        code => code.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[track_caller]
    fn check(line: &str, expected: Result<Fact, ImportProblem>) {
        let read = read_imports(line).map(|mut entries| entries.remove(0).fact);
        assert_eq!(read, expected.map_err(|problem| BadImports { line: 1, problem }), "{line}");
    }

    #[test]
    fn lines_are_read_or_refused() {
        let eur = |minor| Some(Money::new(minor, Currency::EUR));
        check(
            "duty | EU | 2014-01-01 | 4.5 % min 0.30 EUR max 0.80 EUR | why",
            Ok(Fact::Duty { ppm: 45_000, least: eur(30), most: eur(80), fixed: None }),
        );
        check("vat | CH | 2024-01-01 | 8.1% | why | and more", Ok(Fact::Vat { ppm: 81_000 }));
        check(
            "broker | GB | 2022-01-01 | 12.00 GBP |",
            Ok(Fact::Broker(Money::new(1200, Currency::GBP))),
        );
        check("area | EU | 2020-02-01 | at UK | ", Ok(Fact::Area(vec!["AT".into(), "GB".into()])));
        check("vat | CH | 2024-01-01 | 8.1%", Err(ImportProblem::Parts));
        check("tax | CH | 2024-01-01 | 8.1% | ", Err(ImportProblem::Kind("tax".into())));
        check("vat | CH | 2024-13-01 | 8.1% | ", Err(ImportProblem::Date("2024-13-01".into())));
        check("vat | CH | 2024-01-01 | lots | ", Err(ImportProblem::Share("lots".into())));
        check("vat | CH | 2024-01-01 | 1001 % | ", Err(ImportProblem::Share("1001 %".into())));
        check("duty | CH | 2024-01-01 | 1 % min | ", Err(ImportProblem::Amount(String::new())));
        check("duty | CH | 2024-01-01 | 1 % cap 1 EUR | ", Err(ImportProblem::Word("cap".into())));
        check("broker | CH | 2024-01-01 | -1 EUR | ", Err(ImportProblem::Amount("-1 EUR".into())));
    }

    proptest! {
        #[test]
        fn any_text_is_read_or_refused(text in "(area|duty|vat) ?\\| ?.{0,80}") {
            let _ = read_imports(&text);
        }
    }
}

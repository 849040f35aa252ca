//! The rates in force: import terms by country and day, and exchange rates, bundled and a person's own.
//!
//! In: rate files. Out: what a border between two countries takes at a moment, with notes that name the
//! day of each rate. `app` adds its newer exchange rates and the person's own file to a clone of the bundle.

use std::sync::OnceLock;

use crate::{
    landed::{
        NoEstimate,
        exchange::{BadExchange, Day, Exchange},
        imports::{BadImports, Entry, Fact, ImportTerms, country_code, read_imports},
    },
    time::Timestamp,
};

const IMPORTS: &str = include_str!("../../../../catalogue/rates/imports.txt");
const EXCHANGE: &str = include_str!("../../../../catalogue/rates/exchange.csv");

/// Dated import and exchange rates.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Rates {
    pub exchange: Exchange,
    bundled: Vec<Entry>,
    own: Vec<Entry>,
}

/// What the way from one country to another costs, and what was assumed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Crossing {
    pub costs: BorderCosts,
    pub notes: Vec<String>,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub enum BorderCosts {
    Due(ImportTerms),
    NotDue,
}

impl Rates {
    /// The files of `catalogue/rates`, read once.
    pub fn bundled() -> &'static Rates {
        static RATES: OnceLock<Rates> = OnceLock::new();
        RATES.get_or_init(|| {
            let mut exchange = Exchange::default();
            exchange.add_csv(EXCHANGE).expect("the bundled file is read by a test");
            let bundled = newest_first(IMPORTS).expect("the bundled file is read by a test");
            Rates { exchange, bundled, own: Vec::new() }
        })
    }

    /// Adds exchange rates of the European Central Bank's CSV form.
    pub fn add_exchange(&mut self, csv: &str) -> Result<usize, BadExchange> {
        self.exchange.add_csv(csv)
    }

    /// Replaces the person's own import rates, which go before the bundled ones.
    pub fn set_own_imports(&mut self, text: &str) -> Result<(), BadImports> {
        self.own = newest_first(text)?;
        Ok(())
    }

    /// What is due on the way; an unknown origin is taken as no border, with a note.
    pub fn crossing(
        &self,
        origin: Option<&str>,
        destination: &str,
        at: Timestamp,
    ) -> Result<Crossing, NoEstimate> {
        let (day, to) = (Day::of(at), country_code(destination));
        let Some(from) = origin.map(country_code).filter(|code| !code.is_empty()) else {
            let note = "No duty or import VAT counted: the country of the seller is unknown";
            return Ok(Crossing { costs: BorderCosts::NotDue, notes: vec![note.to_owned()] });
        };
        if from == to || self.same_area(&from, &to, day) {
            return Ok(Crossing { costs: BorderCosts::NotDue, notes: Vec::new() });
        }
        self.terms(&to, day).ok_or(NoEstimate::NoImportRates { country: to })
    }

    fn same_area(&self, from: &str, to: &str, day: Day) -> bool {
        let here = self.area(from, day);
        here.is_some() && here == self.area(to, day)
    }

    /// The customs union that the country belongs to.
    fn area(&self, country: &str, day: Day) -> Option<&str> {
        self.in_force(day)
            .find(|entry| matches!(&entry.fact, Fact::Area(members) if members.iter().any(|m| m == country)))
            .map(|entry| entry.place.as_str())
    }

    /// Entries valid on the day: the person's own first, and the newest first in each file.
    fn in_force(&self, day: Day) -> impl Iterator<Item = &Entry> {
        self.own.iter().chain(&self.bundled).filter(move |entry| entry.since <= day)
    }

    /// `None` without both a duty and a VAT: half a rate would look like a cheap country.
    fn terms(&self, country: &str, day: Day) -> Option<Crossing> {
        let area = self.area(country, day).unwrap_or(country);
        let newest = |place: &str, wanted: fn(&Fact) -> bool| {
            self.in_force(day).find(|entry| entry.place == place && wanted(&entry.fact))
        };
        let find = |wanted| newest(country, wanted).or_else(|| newest(area, wanted));
        let duty = find(|fact| matches!(fact, Fact::Duty { .. }))?;
        let vat = find(|fact| matches!(fact, Fact::Vat { .. }))?;
        let broker = find(|fact| matches!(fact, Fact::Broker(_)));
        let mut terms = ImportTerms::default();
        for entry in [Some(duty), Some(vat), broker].into_iter().flatten() {
            apply(&mut terms, &entry.fact);
        }
        let note = format!(
            "Import estimate for {country}: duty of {}, VAT of {}, no advice",
            duty.since, vat.since
        );
        Some(Crossing { costs: BorderCosts::Due(terms), notes: vec![note] })
    }
}

fn newest_first(text: &str) -> Result<Vec<Entry>, BadImports> {
    let mut entries = read_imports(text)?;
    entries.sort_by_key(|entry| std::cmp::Reverse(entry.since));
    Ok(entries)
}

fn apply(terms: &mut ImportTerms, fact: &Fact) {
    match fact {
        Fact::Duty { ppm, least, most, fixed } => {
            terms.duty_ppm = *ppm;
            terms.duty_least = *least;
            terms.duty_most = *most;
            terms.duty_fixed = *fixed;
        }
        Fact::Vat { ppm } => terms.vat_ppm = *ppm,
        Fact::Broker(fee) => terms.broker = Some(*fee),
        Fact::Area(_) => {}
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::money::{Currency, Money};

    fn terms(rates: &Rates, country: &str, day: &str) -> ImportTerms {
        let at = Timestamp::parse_iso(&format!("{day}T12:00:00Z")).expect("a day");
        match rates.crossing(Some("JP"), country, at).expect("known rates").costs {
            BorderCosts::Due(terms) => terms,
            BorderCosts::NotDue => panic!("a border"),
        }
    }

    #[test]
    fn the_bundled_files_are_of_the_form() {
        let mut exchange = Exchange::default();
        assert_eq!(exchange.add_csv(EXCHANGE), Ok(1));
        let entries = read_imports(IMPORTS).expect("the bundled file");
        assert!(entries.iter().all(|entry| !entry.source.is_empty()), "each line says its source");
        for country in ["DE", "FR", "AT", "SE", "GB", "CH", "US", "NO", "HK", "SG", "AE"] {
            terms(Rates::bundled(), country, "2026-10-30");
        }
        let now = Timestamp::parse_iso("2026-10-30T00:00:00Z").expect("a day");
        for currency in Currency::ALL {
            let one = Money::whole(1, *currency).expect("one");
            assert!(exchange.convert(one, Currency::EUR, now).is_some(), "{currency}");
        }
    }

    #[test]
    fn the_rate_of_the_day_counts() {
        assert_eq!(terms(Rates::bundled(), "FI", "2024-08-31").vat_ppm, 240_000);
        assert_eq!(terms(Rates::bundled(), "FI", "2024-09-01").vat_ppm, 255_000);
        assert_eq!(terms(Rates::bundled(), "FI", "2024-09-01").duty_ppm, 45_000);
    }

    #[test]
    fn a_persons_own_rates_go_first() {
        let mut rates = Rates::bundled().clone();
        rates.set_own_imports("vat | FI | 2020-01-01 | 10 % | mine").expect("of the form");
        assert_eq!(terms(&rates, "FI", "2026-10-30").vat_ppm, 100_000);
        assert_eq!(terms(&rates, "DE", "2026-10-30").vat_ppm, 190_000);
        assert!(rates.set_own_imports("vat | FI").is_err());
    }
}

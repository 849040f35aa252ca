//! Landed cost (product rule 5.6): what a watch costs at this collector's door. An estimate.
//!
//! In: an [`Offer`], a [`Destination`], dated [`Rates`] and the moment. Out: a [`Landed`] with one line per
//! cost, each rounded half up once, and notes of what was assumed. Called by `listing::price`, by alert
//! rules on `landed` and by `watches landed`. Always `total` is the sum of the lines.

pub mod exchange;
pub mod imports;
pub mod rates;

use serde::{Deserialize, Serialize};

pub use self::{exchange::Exchange, imports::ImportTerms, rates::Rates};
use crate::{
    landed::rates::{BorderCosts, Crossing},
    money::{Currency, Money},
    time::Timestamp,
};

/// The lines of a landed cost, all in one currency, each rounded half up once.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Landed {
    pub goods: Money,
    pub premium: Money,
    pub shipping: Money,
    pub insurance: Money,
    pub duty: Money,
    pub vat: Money,
    pub broker: Money,
    pub payment: Money,
    pub total: Money,
    /// What was assumed: shipping unknown, rate's date, exchange rate's date.
    pub notes: Vec<String>,
}

/// Where the watch goes, and the currency its keeper counts in.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Destination {
    /// ISO 3166-1 alpha-2.
    pub country: String,
    pub currency: Currency,
}

/// What is paid before any border. `None` is unknown and counts as nothing, with a note.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Offer {
    pub goods: Money,
    pub shipping: Option<Money>,
    pub insurance: Option<Money>,
    /// The buyer's premium on the goods, in parts per million.
    pub premium_ppm: i64,
    /// A fee for paying, in its own currency.
    pub payment: Option<Money>,
    /// Where the watch is, ISO 3166-1 alpha-2.
    pub origin: Option<String>,
}

impl Offer {
    /// A plain sale: goods and what is known of shipping and origin.
    pub fn sale(goods: Money, shipping: Option<Money>, origin: Option<&str>) -> Offer {
        let origin = origin.map(str::to_owned);
        Offer { goods, shipping, insurance: None, premium_ppm: 0, payment: None, origin }
    }
}

/// Why no landed cost can be told.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum NoEstimate {
    #[error("no exchange rate from {from} to {to} is known")]
    NoExchangeRate { from: Currency, to: Currency },
    #[error("no import rates for {country} are known; add them to your rates file")]
    NoImportRates { country: String },
    #[error("the amounts are too large")]
    TooLarge,
}

/// What the offer costs at the destination with the rates in force at `at`.
///
/// A sale inside one country or one customs union pays no duty and no VAT again.
pub fn estimate(
    offer: &Offer,
    to: &Destination,
    rates: &Rates,
    at: Timestamp,
) -> Result<Landed, NoEstimate> {
    Way::new(offer.origin.as_deref(), to, rates, at)?.landed(offer)
}

/// The same with import terms given by hand, whatever the countries.
pub fn estimate_with(
    offer: &Offer,
    to: &Destination,
    rates: &Rates,
    terms: &ImportTerms,
    at: Timestamp,
) -> Result<Landed, NoEstimate> {
    let crossing = Crossing { costs: BorderCosts::Due(terms.clone()), notes: Vec::new() };
    Way { crossing, rates, currency: to.currency, at }.landed(offer)
}

/// The way from one country to another on one day: found once, then asked for many prices.
#[derive(Debug, Clone)]
pub struct Way<'a> {
    crossing: Crossing,
    rates: &'a Rates,
    currency: Currency,
    at: Timestamp,
}

impl<'a> Way<'a> {
    pub fn new(
        origin: Option<&str>,
        to: &Destination,
        rates: &'a Rates,
        at: Timestamp,
    ) -> Result<Way<'a>, NoEstimate> {
        let crossing = rates.crossing(origin, &to.country, at)?;
        Ok(Way { crossing, rates, currency: to.currency, at })
    }

    /// All lines, with notes.
    pub fn landed(&self, offer: &Offer) -> Result<Landed, NoEstimate> {
        let mut notes = Vec::new();
        let landed = self.lines(offer, Some(&mut notes))?;
        notes.extend(self.crossing.notes.iter().cloned());
        Ok(Landed { notes, ..landed })
    }

    /// Only the total: rules ask for it by the thousand, and need no words.
    pub fn total(&self, offer: &Offer) -> Result<Money, NoEstimate> {
        self.lines(offer, None).map(|landed| landed.total)
    }

    fn lines(&self, offer: &Offer, notes: Option<&mut Vec<String>>) -> Result<Landed, NoEstimate> {
        let mut till = Till { rates: self.rates, currency: self.currency, at: self.at, notes };
        let goods = till.change(offer.goods)?;
        let premium = goods.scaled_ppm(offer.premium_ppm);
        let shipping = till.change_known(offer.shipping, "Shipping unknown, counted as 0")?;
        let insurance = till.change_optional(offer.insurance)?;
        let base = sum(&[goods, premium, shipping, insurance])?;
        let (duty, vat, broker) = match &self.crossing.costs {
            BorderCosts::Due(terms) => {
                let duty = till.duty(base, terms)?;
                let vat = sum(&[base, duty])?.scaled_ppm(terms.vat_ppm);
                (duty, vat, till.change_optional(terms.broker)?)
            }
            BorderCosts::NotDue => (till.zero(), till.zero(), till.zero()),
        };
        let payment = till.change_optional(offer.payment)?;
        let total = sum(&[base, duty, vat, broker, payment])?;
        let notes = Vec::new();
        Ok(Landed { goods, premium, shipping, insurance, duty, vat, broker, payment, total, notes })
    }
}

/// Changes amounts into the destination's currency and, if asked, notes what it assumed.
struct Till<'a, 'n> {
    rates: &'a Rates,
    currency: Currency,
    at: Timestamp,
    notes: Option<&'n mut Vec<String>>,
}

impl Till<'_, '_> {
    fn zero(&self) -> Money {
        Money::new(0, self.currency)
    }

    fn change(&mut self, money: Money) -> Result<Money, NoEstimate> {
        if money.currency == self.currency {
            return Ok(money);
        }
        let (from, to) = (money.currency, self.currency);
        let refused = NoEstimate::NoExchangeRate { from, to };
        let changed = self.rates.exchange.convert(money, to, self.at).ok_or(refused)?;
        if let Some(notes) = &mut self.notes {
            let note = changed.note(from, to, self.at);
            if !notes.contains(&note) {
                notes.push(note);
            }
        }
        Ok(changed.money)
    }

    fn change_optional(&mut self, money: Option<Money>) -> Result<Money, NoEstimate> {
        money.map_or(Ok(self.zero()), |money| self.change(money))
    }

    fn change_known(&mut self, money: Option<Money>, absent: &str) -> Result<Money, NoEstimate> {
        if let (None, Some(notes)) = (money, &mut self.notes) {
            notes.push(absent.to_owned());
        }
        self.change_optional(money)
    }

    /// The share of the base within its least and most, and the part per watch.
    fn duty(&mut self, base: Money, terms: &ImportTerms) -> Result<Money, NoEstimate> {
        let mut share = base.scaled_ppm(terms.duty_ppm);
        if let Some(least) = terms.duty_least {
            share.minor = share.minor.max(self.change(least)?.minor);
        }
        if let Some(most) = terms.duty_most {
            share.minor = share.minor.min(self.change(most)?.minor);
        }
        let per_watch = self.change_optional(terms.duty_fixed)?;
        sum(&[share, per_watch])
    }
}

/// All of one currency, as `Till` makes them.
fn sum(amounts: &[Money]) -> Result<Money, NoEstimate> {
    let currency = amounts.first().map(|money| money.currency).ok_or(NoEstimate::TooLarge)?;
    let total = amounts.iter().try_fold(0_i64, |total, money| total.checked_add(money.minor));
    total.map(|minor| Money::new(minor, currency)).ok_or(NoEstimate::TooLarge)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    const AT: Timestamp = Timestamp::from_seconds(1_793_361_600); // 2026-10-30

    fn eur(text: &str) -> Money {
        Money::from_decimal(text, Currency::EUR).expect("a decimal")
    }

    fn germany() -> Destination {
        Destination { country: "DE".to_owned(), currency: Currency::EUR }
    }

    fn terms(duty_ppm: i64, vat_ppm: i64, broker: Option<Money>) -> ImportTerms {
        ImportTerms { duty_ppm, vat_ppm, broker, ..ImportTerms::default() }
    }

    #[track_caller]
    fn check_with(offer: &Offer, terms: &ImportTerms, total: &str) {
        let landed = estimate_with(offer, &germany(), Rates::bundled(), terms, AT);
        assert_eq!(landed.map(|landed| landed.total), Ok(eur(total)));
    }

    #[test]
    fn the_product_rules_vectors() {
        let mut offer = Offer::sale(eur("10000"), Some(eur("100")), None);
        offer.insurance = Some(eur("50"));
        check_with(&offer, &terms(45_000, 190_000, None), "12622.03");
        let mut offer = Offer::sale(eur("5000"), Some(eur("60")), None);
        offer.premium_ppm = 50_000;
        check_with(&offer, &terms(0, 200_000, Some(eur("12"))), "6384.00");
    }

    #[test]
    fn a_duty_has_its_least_and_most_per_watch() {
        let offer = Offer::sale(eur("10000"), Some(eur("0")), None);
        let mut capped = terms(45_000, 0, None);
        capped.duty_most = Some(eur("0.80"));
        check_with(&offer, &capped, "10000.80");
        capped.duty_fixed = Some(eur("0.50"));
        check_with(&offer, &capped, "10001.30");
        let mut floored = terms(0, 0, None);
        floored.duty_least = Some(eur("0.30"));
        check_with(&offer, &floored, "10000.30");
    }

    #[track_caller]
    fn check(origin: Option<&str>, country: &str, duty: &str, vat: &str, note: Option<&str>) {
        let to = Destination { country: country.to_owned(), currency: Currency::EUR };
        let offer = Offer::sale(eur("1000"), Some(eur("20")), origin);
        let landed = estimate(&offer, &to, Rates::bundled(), AT).expect("an estimate");
        assert_eq!((landed.duty, landed.vat), (eur(duty), eur(vat)), "{landed:?}");
        let noted = |text| landed.notes.iter().any(|has: &String| has.contains(text));
        assert!(note.is_none_or(noted), "{:?}", landed.notes);
    }

    #[test]
    fn only_a_border_costs() {
        check(Some("DE"), "DE", "0", "0", None);
        check(Some("FR"), "DE", "0", "0", None);
        check(Some("fr"), "de", "0", "0", None);
        check(Some("US"), "DE", "0.80", "193.95", Some("2014-01-01"));
        check(Some("CH"), "DE", "0.80", "193.95", None);
        check(Some("LI"), "CH", "0", "0", None);
        check(Some("DE"), "CH", "0", "82.62", None);
        check(Some("DE"), "UK", "0", "204.00", None);
        check(None, "DE", "0", "0", Some("country of the seller is unknown"));
    }

    #[test]
    fn an_unknown_destination_is_refused_not_guessed() {
        let to = Destination { country: "BR".to_owned(), currency: Currency::EUR };
        let offer = Offer::sale(eur("1000"), None, Some("US"));
        let refused = NoEstimate::NoImportRates { country: "BR".to_owned() };
        assert_eq!(estimate(&offer, &to, Rates::bundled(), AT), Err(refused));
        let home = Offer::sale(eur("1000"), None, Some("BR"));
        let landed =
            estimate(&home, &to, Rates::bundled(), AT).expect("no border, no rates needed");
        assert_eq!(landed.total, eur("1000"));
        assert_eq!(landed.notes, ["Shipping unknown, counted as 0"]);
    }

    #[test]
    fn too_large_amounts_are_refused() {
        let offer = Offer::sale(Money::new(i64::MAX, Currency::EUR), Some(eur("1")), Some("DE"));
        let refused = estimate(&offer, &germany(), Rates::bundled(), AT);
        assert_eq!(refused, Err(NoEstimate::TooLarge));
    }

    proptest! {
        #[test]
        fn the_total_is_the_sum_of_its_lines(
            goods in 0_i64..1_000_000_000, shipping in proptest::option::of(0_i64..1_000_000),
            origin in 0..4_usize, from in 0..Currency::ALL.len(),
        ) {
            let origin = [None, Some("DE"), Some("US"), Some("JP")][origin];
            let money = |minor| Money::new(minor, Currency::ALL[from]);
            let offer = Offer::sale(money(goods), shipping.map(money), origin);
            let l = estimate(&offer, &germany(), Rates::bundled(), AT).expect("rates are bundled");
            let lines = [l.goods, l.premium, l.shipping, l.insurance, l.duty, l.vat, l.broker, l.payment];
            prop_assert_eq!(lines.iter().map(|line| line.minor).sum::<i64>(), l.total.minor);
            prop_assert!(lines.iter().all(|line| line.currency == Currency::EUR && line.minor >= 0));
        }
    }
}

//! One listing with its circumstances, for the tests of rules: a Submariner at EUR 9,180 in Germany.

use crate::{
    alert::{
        Circumstances, Evaluation, MarketPrice, RuleMemory, evaluate, parse,
        rule::{Risk, Verdict},
    },
    condition::Condition,
    id::ListingId,
    landed::{Destination, Rates},
    listing::{
        dedupe::{Seen, Unique},
        extracted::{Extracted, SaleState},
        normalise::Normalised,
        price::{Observation, ObservationKind, Priced},
    },
    money::{Currency, Money},
    reference::Identified,
    set::{SetPart, SetParts},
    time::{Span, Timestamp},
};

pub struct Sample {
    pub now: Timestamp,
    pub priced: Priced,
    pub destination: Destination,
    pub rates: Rates,
    pub market: Vec<MarketPrice>,
    pub verdict: Option<Verdict>,
    pub risk: Option<Risk>,
    pub memory: RuleMemory,
}

pub fn eur(euros: i64) -> Money {
    Money::new(euros * 100, Currency::EUR)
}

impl Sample {
    pub fn new() -> Sample {
        let now = Timestamp::parse_iso("2026-10-30T12:00:00Z").expect("an instant");
        let first_seen = now - Span::days(10);
        let unique = Unique {
            normalised: submariner(),
            id: ListingId(uuid::Uuid::from_u128(1)),
            first_seen,
            seen: Seen::Before,
        };
        let mut sample = Sample {
            now,
            priced: Priced { unique, landed: None, history: Vec::new() },
            destination: Destination { country: "DE".to_owned(), currency: Currency::EUR },
            rates: Rates::bundled().clone(),
            market: Vec::new(),
            verdict: None,
            risk: None,
            memory: RuleMemory { since: Timestamp(0), last_alert: None },
        };
        sample.prices(&[(10, 9_180)]);
        sample
    }

    /// Prices in whole euros by days before now, oldest first.
    pub fn prices(&mut self, prices: &[(i64, i64)]) {
        self.observed(prices, Currency::EUR);
    }

    pub fn dollars(&mut self, prices: &[(i64, i64)]) {
        self.observed(prices, Currency::USD);
    }

    fn observed(&mut self, prices: &[(i64, i64)], currency: Currency) {
        let seen = |(days, whole): &(i64, i64)| Observation {
            at: self.now - Span::days(*days),
            kind: ObservationKind::Ask,
            price: Some(Money::new(whole * 100, currency)),
            shipping: Some(Money::new(2_500, currency)),
            state: SaleState::Active,
            previous_look: None,
        };
        self.priced.history = prices.iter().map(seen).collect();
        if let Some(first) = self.priced.history.first() {
            self.priced.unique.first_seen = first.at;
        }
    }

    /// Only these exchange rates are known.
    pub fn exchange(&mut self, csv: &str) {
        self.rates.exchange = crate::landed::Exchange::default();
        self.rates.add_exchange(csv).expect("rates of the form");
    }

    pub fn circumstances(&self) -> Circumstances<'_> {
        Circumstances {
            now: self.now,
            destination: &self.destination,
            rates: &self.rates,
            market: &self.market,
            verdict: self.verdict,
            risk: self.risk,
        }
    }

    #[track_caller]
    pub fn evaluate(&self, rule: &str) -> Evaluation {
        let rule = parse(rule).expect(rule);
        evaluate(&rule, &self.priced, &self.circumstances(), self.memory)
    }
}

fn submariner() -> Normalised {
    let title = "Rolex Submariner Date 126610LN, great model, 2021";
    let mut page = Extracted::new("chrono24", "c1", "https://market.test/c1", title);
    page.seller = Some("Dealer-X".to_owned());
    page.seller_rating = Some(99.6);
    page.country = Some("DE".to_owned());
    Normalised {
        extracted: page,
        watch: Identified {
            brand: Some("Rolex".to_owned()),
            family: Some("Submariner Date".to_owned()),
            reference: Some("126610LN".to_owned()),
            reference_base: Some("126610".to_owned()),
            year: Some(2021),
            is_watch: true,
            confidence: 1.0,
            clues: Vec::new(),
        },
        condition: Some(Condition::VeryGood),
        set: SetParts { parts: vec![SetPart::Tags], has_box: Some(true), has_papers: None },
        material: Some("steel".to_owned()),
        diameter_mm: Some(41.0),
    }
}

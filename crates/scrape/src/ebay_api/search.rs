//! What to search for, and its address.

use url::Url;
use watches_core::money::{Currency, Money};

/// eBay's category of wristwatches.
const WRISTWATCHES: &str = "31387";

/// One search. Build with [`Search::new`] and change what differs.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Search {
    /// Words as a person would type them.
    pub query: String,
    pub sale: Sale,
    pub price: Option<PriceRange>,
    /// ISO 3166-1 alpha-2 country where the item lies.
    pub located_in: Option<String>,
    /// `EBAY_US`, `EBAY_DE`: which of eBay's sites answers.
    pub marketplace: String,
    /// 1 to 200.
    pub limit: u32,
    pub offset: u32,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Sale {
    #[default]
    Any,
    Auction,
    Fixed,
}

/// Bounds in one currency; either may be open.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct PriceRange {
    pub currency: Currency,
    /// Minor units.
    pub least: Option<i64>,
    pub most: Option<i64>,
}

impl Search {
    /// All offers of wristwatches, newest first, in the US.
    pub fn new(query: &str) -> Search {
        Search {
            query: query.to_owned(),
            sale: Sale::Any,
            price: None,
            located_in: None,
            marketplace: "EBAY_US".to_owned(),
            limit: 100,
            offset: 0,
        }
    }

    /// The address under an API base such as `https://api.ebay.com`.
    pub fn url(&self, base: &Url) -> Result<Url, url::ParseError> {
        let mut url = base.join("/buy/browse/v1/item_summary/search")?;
        url.query_pairs_mut()
            .append_pair("q", &self.query)
            .append_pair("category_ids", WRISTWATCHES)
            .append_pair("filter", &self.filter())
            .append_pair("sort", "newlyListed")
            .append_pair("fieldgroups", "EXTENDED")
            .append_pair("limit", &self.limit.clamp(1, 200).to_string())
            .append_pair("offset", &self.offset.to_string());
        Ok(url)
    }

    /// Without a word on buying options the API leaves auctions out.
    fn filter(&self) -> String {
        let options = match self.sale {
            Sale::Any => "FIXED_PRICE|AUCTION",
            Sale::Auction => "AUCTION",
            Sale::Fixed => "FIXED_PRICE",
        };
        let mut filter = format!("buyingOptions:{{{options}}}");
        if let Some(range) = self.price {
            let bound = |minor: Option<i64>| {
                minor
                    .map(|minor| Money::new(minor, range.currency).to_decimal())
                    .unwrap_or_default()
            };
            let (least, most) = (bound(range.least), bound(range.most));
            filter.push_str(&format!(",price:[{least}..{most}],priceCurrency:{}", range.currency));
        }
        if let Some(country) = &self.located_in {
            filter.push_str(&format!(",itemLocationCountry:{country}"));
        }
        filter
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(search: &Search, name: &str, expected: &str) {
        let base = Url::parse("https://api.ebay.com").expect("a fixed address");
        let url = search.url(&base).expect("it joins");
        let value = url.query_pairs().find(|(key, _)| key == name).map(|(_, value)| value);
        assert_eq!(value.as_deref(), Some(expected));
    }

    #[test]
    fn a_search_becomes_ebays_fields() {
        let search = Search {
            sale: Sale::Auction,
            price: Some(PriceRange { currency: Currency::EUR, least: None, most: Some(1_100_000) }),
            located_in: Some("DE".into()),
            limit: 999,
            ..Search::new("rolex 126610LN & box")
        };
        check(&search, "q", "rolex 126610LN & box");
        check(&search, "limit", "200");
        check(
            &search,
            "filter",
            "buyingOptions:{AUCTION},price:[..11000.00],priceCurrency:EUR,itemLocationCountry:DE",
        );
        check(&Search::new("x"), "filter", "buyingOptions:{FIXED_PRICE|AUCTION}");
    }
}

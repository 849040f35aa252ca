//! Money: integer minor units and an ISO 4217 currency. Never a float.
//!
//! Reading prices out of text is `listing/price_text.rs`; exchange rates are `landed.rs`.

use std::{fmt, str::FromStr};

use serde::{Deserialize, Serialize};

macro_rules! currencies {
    ($($code:ident $decimals:literal $symbol:literal)*) => {
        /// The currencies of watch markets (product rule 5.6), by ISO 4217 code.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
        #[serde(rename_all = "UPPERCASE")]
        pub enum Currency {
            $($code,)*
        }

        impl Currency {
            pub const ALL: &[Currency] = &[$(Currency::$code,)*];

            /// The ISO 4217 code: `EUR`.
            pub const fn code(self) -> &'static str {
                match self { $(Currency::$code => stringify!($code),)* }
            }

            /// Digits after the point: 2, or 0 for yen and won.
            pub const fn decimals(self) -> u32 {
                match self { $(Currency::$code => $decimals,)* }
            }

            /// The sign people write: `€`, `CHF`.
            pub const fn symbol(self) -> &'static str {
                match self { $(Currency::$code => $symbol,)* }
            }
        }
    };
}

currencies! {
    EUR 2 "€" USD 2 "$" GBP 2 "£" CHF 2 "CHF" JPY 0 "¥" HKD 2 "HK$" SGD 2 "S$" AUD 2 "A$" CAD 2 "C$"
    NZD 2 "NZ$" CNY 2 "CN¥" AED 2 "AED" SEK 2 "SEK" NOK 2 "NOK" DKK 2 "DKK" PLN 2 "zł" KRW 0 "₩"
    TWD 2 "NT$" THB 2 "฿" MXN 2 "MX$"
}

/// A code that is none of [`Currency::ALL`].
#[derive(Debug, thiserror::Error, PartialEq, Eq)]
#[error("`{0}` is not a currency we know; use an ISO 4217 code such as EUR")]
pub struct UnknownCurrency(pub String);

impl FromStr for Currency {
    type Err = UnknownCurrency;

    fn from_str(code: &str) -> Result<Currency, UnknownCurrency> {
        let found = Currency::ALL.iter().find(|known| known.code().eq_ignore_ascii_case(code));
        found.copied().ok_or_else(|| UnknownCurrency(code.to_owned()))
    }
}

impl fmt::Display for Currency {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.code())
    }
}

/// An amount in minor units (cents, or whole yen) of one currency.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Money {
    pub minor: i64,
    pub currency: Currency,
}

impl Money {
    pub const fn new(minor: i64, currency: Currency) -> Money {
        Money { minor, currency }
    }

    /// From whole units: `Money::whole(11_000, EUR)` is € 11,000.00. `None` if it does not fit.
    pub fn whole(units: i64, currency: Currency) -> Option<Money> {
        units.checked_mul(10_i64.pow(currency.decimals())).map(|minor| Money { minor, currency })
    }

    /// Reads a plain decimal such as `9189.00` (a point, no grouping); excess digits are refused.
    pub fn from_decimal(text: &str, currency: Currency) -> Option<Money> {
        let (negative, digits) = match text.strip_prefix('-') {
            Some(rest) => (true, rest),
            None => (false, text),
        };
        let (whole, fraction) = digits.split_once('.').unwrap_or((digits, ""));
        let decimals = currency.decimals() as usize;
        let fraction = match fraction.trim_end_matches('0') {
            kept if kept.len() <= decimals => kept,
            _ => return None,
        };
        let all_digits = |part: &str| part.bytes().all(|byte| byte.is_ascii_digit());
        if whole.is_empty() || !all_digits(whole) || !all_digits(fraction) {
            return None;
        }
        let minor: i64 = format!("{whole}{fraction:0<decimals$}").parse().ok()?;
        Some(Money { minor: if negative { -minor } else { minor }, currency })
    }

    /// The plain decimal with all its digits: `9189.00`, `1250000` for yen.
    pub fn to_decimal(self) -> String {
        let scale = 10_u64.pow(self.currency.decimals());
        let sign = if self.minor < 0 { "-" } else { "" };
        let absolute = self.minor.unsigned_abs();
        match self.currency.decimals() {
            0 => format!("{sign}{absolute}"),
            width => {
                let width = width as usize;
                format!("{sign}{}.{:0width$}", absolute / scale, absolute % scale)
            }
        }
    }

    /// For a line of English: `9,180`, `9,180.50`; no decimals where they are zero, no currency.
    pub fn grouped(self) -> String {
        let plain = self.to_decimal();
        let (whole, fraction) = plain.split_once('.').unwrap_or((&plain, ""));
        let (sign, digits) = whole.strip_prefix('-').map_or(("", whole), |digits| ("-", digits));
        let mut text = sign.to_owned();
        for (index, digit) in digits.chars().enumerate() {
            if index > 0 && (digits.len() - index) % 3 == 0 {
                text.push(',');
            }
            text.push(digit);
        }
        if fraction.bytes().any(|digit| digit != b'0') {
            text.push('.');
            text.push_str(fraction);
        }
        text
    }

    /// This amount plus or minus a share in parts per million, half away from zero.
    pub fn scaled_ppm(self, ppm: i64) -> Money {
        let product = i128::from(self.minor) * i128::from(ppm);
        let half = if product < 0 { -500_000 } else { 500_000 };
        let minor =
            ((product + half) / 1_000_000).clamp(i128::from(i64::MIN), i128::from(i64::MAX));
        Money { minor: minor as i64, currency: self.currency }
    }
}

impl fmt::Display for Money {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} {}", self.to_decimal(), self.currency)
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[track_caller]
    fn check(text: &str, currency: Currency, minor: Option<i64>) {
        assert_eq!(Money::from_decimal(text, currency).map(|money| money.minor), minor, "{text}");
    }

    #[test]
    fn decimals_follow_the_currency() {
        check("9189.00", Currency::EUR, Some(918_900));
        check("9189", Currency::EUR, Some(918_900));
        check("9189.5", Currency::EUR, Some(918_950));
        check("9189.005", Currency::EUR, None);
        check("1250000", Currency::JPY, Some(1_250_000));
        check("1250000.0", Currency::JPY, Some(1_250_000));
        check("12,50", Currency::EUR, None);
        check("", Currency::EUR, None);
        check("99999999999999999999", Currency::EUR, None);
    }

    #[test]
    fn grouped_text_has_no_empty_decimals() {
        let grouped = |minor, currency| Money::new(minor, currency).grouped();
        assert_eq!(grouped(918_000, Currency::EUR), "9,180");
        assert_eq!(grouped(123_456_789, Currency::EUR), "1,234,567.89");
        assert_eq!(grouped(-99_950, Currency::EUR), "-999.50");
        assert_eq!(grouped(1_250_000, Currency::JPY), "1,250,000");
    }

    #[test]
    fn shares_round_half_away_from_zero() {
        let rounded = |minor, ppm| Money::new(minor, Currency::EUR).scaled_ppm(ppm).minor;
        assert_eq!(rounded(1_015_000, 45_000), 45_675);
        assert_eq!(rounded(1, 500_000), 1);
        assert_eq!(rounded(-1, 500_000), -1);
    }

    proptest! {
        #[test]
        fn decimal_text_survives_the_round_trip(minor in any::<i64>(), index in 0..Currency::ALL.len()) {
            prop_assume!(minor != i64::MIN);
            let money = Money::new(minor, Currency::ALL[index]);
            prop_assert_eq!(Money::from_decimal(&money.to_decimal(), money.currency), Some(money));
        }
    }
}

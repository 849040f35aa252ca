//! Numbers, prices and times as the user's locale writes them, through the browser's `Intl`.
//!
//! Formatters are made once per kind and kept. Native tests get plain digits: there is no `Intl`.

use watches_core::{money::Money, time::Timestamp};

#[cfg(target_arch = "wasm32")]
mod intl;

/// A price in the pieces that are typeset apart: sign small, amount strong.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct PriceParts {
    pub before: String,
    pub amount: String,
    pub after: String,
}

/// `10842.5` as `10,842.5`.
pub fn number(value: f64) -> String {
    #[cfg(target_arch = "wasm32")]
    return intl::number(value);
    #[cfg(not(target_arch = "wasm32"))]
    value.to_string()
}

/// `0.063` as `6 %`; with a sign, `−6 %`, when it is a change.
pub fn percent(share: f64) -> String {
    #[cfg(target_arch = "wasm32")]
    return intl::percent(share);
    #[cfg(not(target_arch = "wasm32"))]
    format!("{:.0} %", share * 100.0)
}

/// Minor units are shown only when they are not zero.
pub fn price(money: Money) -> PriceParts {
    let decimals = money.currency.decimals();
    let scale = 10_i64.pow(decimals);
    let digits = if money.minor % scale == 0 { 0 } else { decimals };
    // Exact up to 2^53 minor units, some 90 trillion euros.
    let value = money.minor as f64 / scale as f64;
    #[cfg(target_arch = "wasm32")]
    return intl::price(money.currency.code(), value, digits);
    #[cfg(not(target_arch = "wasm32"))]
    PriceParts {
        before: money.currency.symbol().to_owned(),
        amount: format!("{value:.*}", digits as usize),
        after: String::new(),
    }
}

/// The whole price in one text, for names that a screen reader says.
pub fn price_text(money: Money) -> String {
    let parts = price(money);
    format!("{}{}{}", parts.before, parts.amount, parts.after)
}

/// `3 days ago`, `in 12 min.`; the unit is the largest that fits.
pub fn relative(at: Timestamp, now: Timestamp) -> String {
    let seconds = (at - now).as_seconds();
    let (count, unit) = unit_of(seconds);
    #[cfg(target_arch = "wasm32")]
    return intl::relative(count as f64, unit);
    #[cfg(not(target_arch = "wasm32"))]
    format!("{count} {unit}")
}

/// The count and the `Intl` unit of a distance in seconds.
fn unit_of(seconds: i64) -> (i64, &'static str) {
    let size = seconds.unsigned_abs();
    match size {
        0..45 => (0, "second"),
        45..3_600 => ((seconds as f64 / 60.0).round() as i64, "minute"),
        3_600..86_400 => (seconds / 3_600, "hour"),
        86_400..1_209_600 => (seconds / 86_400, "day"),
        1_209_600..5_184_000 => (seconds / 604_800, "week"),
        5_184_000..63_072_000 => (seconds / 2_592_000, "month"),
        _ => (seconds / 31_536_000, "year"),
    }
}

/// `23 November 2026 at 00:57`.
pub fn exact(at: Timestamp) -> String {
    #[cfg(target_arch = "wasm32")]
    return intl::date("exact", at.millis() as f64);
    #[cfg(not(target_arch = "wasm32"))]
    at.to_string()
}

/// `23 Nov`, for axes and narrow places.
pub fn short_date(at: Timestamp) -> String {
    #[cfg(target_arch = "wasm32")]
    return intl::date("short", at.millis() as f64);
    #[cfg(not(target_arch = "wasm32"))]
    at.to_string()
}

/// `23 Nov 2026, 14:05`, for the chart's cross-hair.
pub fn medium_date(at: Timestamp) -> String {
    #[cfg(target_arch = "wasm32")]
    return intl::date("medium", at.millis() as f64);
    #[cfg(not(target_arch = "wasm32"))]
    at.to_string()
}

/// `23 Nov, 14:05`, where a short axis enters a day.
pub fn day_and_time(at: Timestamp) -> String {
    #[cfg(target_arch = "wasm32")]
    return intl::date("day_and_time", at.millis() as f64);
    #[cfg(not(target_arch = "wasm32"))]
    at.to_string()
}

/// `14:05`.
pub fn time_of_day(at: Timestamp) -> String {
    #[cfg(target_arch = "wasm32")]
    return intl::date("time", at.millis() as f64);
    #[cfg(not(target_arch = "wasm32"))]
    at.to_string()
}

/// `DE` as `Germany`.
pub fn country(code: &str) -> String {
    #[cfg(target_arch = "wasm32")]
    return intl::country(code);
    #[cfg(not(target_arch = "wasm32"))]
    code.to_owned()
}

/// `EUR` as `Euro`.
pub fn currency(code: &str) -> String {
    #[cfg(target_arch = "wasm32")]
    return intl::currency(code);
    #[cfg(not(target_arch = "wasm32"))]
    code.to_owned()
}

/// `1536` as `1.5 kB`; sizes count in thousands, as file managers do.
pub fn bytes(count: u64) -> String {
    let mut value = count as f64;
    let mut unit = "B";
    for next in ["kB", "MB", "GB"] {
        if value < 1_000.0 {
            break;
        }
        value /= 1_000.0;
        unit = next;
    }
    let value = if value < 10.0 { (value * 10.0).round() / 10.0 } else { value.round() };
    format!("{} {unit}", number(value))
}

/// The clock, for what is shown as "3 days ago". The app keeps time; the page only looks.
pub fn now() -> Timestamp {
    #[cfg(target_arch = "wasm32")]
    return Timestamp::from_millis(js_sys::Date::now() as i64);
    #[cfg(not(target_arch = "wasm32"))]
    Timestamp::default()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(seconds: i64, count: i64, unit: &str) {
        assert_eq!(unit_of(seconds), (count, unit), "{seconds} s");
    }

    #[test]
    fn distances_take_the_largest_unit_that_fits() {
        check(-3, 0, "second");
        check(-89, -1, "minute");
        check(-7_300, -2, "hour");
        check(90_000, 1, "day");
        check(-1_300_000, -2, "week");
        check(-6_000_000, -2, "month");
        check(-70_000_000, -2, "year");
    }

    #[test]
    fn sizes_count_in_thousands() {
        assert_eq!(bytes(999), "999 B");
        assert_eq!(bytes(1_536), "1.5 kB");
        assert_eq!(bytes(48_200_000), "48 MB");
    }
}

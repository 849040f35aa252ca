//! The currency that a market's address implies for signs such as `$` or `kr`.

use url::Url;
use watches_core::money::Currency::{
    self, AUD, CAD, CHF, CNY, DKK, EUR, GBP, HKD, JPY, KRW, MXN, NOK, NZD, PLN, SEK, SGD, THB, TWD,
    USD,
};

use super::address;

/// By the host of a listing's address.
pub fn of_address(address: &str) -> Currency {
    match address::plain_parts(address) {
        Some((host, _)) => of_name(host),
        None => of_host(Url::parse(address).ok().as_ref()),
    }
}

/// By the host of an address; dollars where it is unknown.
pub fn of_host(url: Option<&Url>) -> Currency {
    of_name(url.and_then(Url::host_str).unwrap_or_default())
}

/// By the last labels of the host; dollars for `.com` and for hosts that say nothing.
fn of_name(host: &str) -> Currency {
    const ENDINGS: [(&str, Currency); 38] = [
        (".co.uk", GBP),
        (".uk", GBP),
        (".com.au", AUD),
        (".au", AUD),
        (".ca", CAD),
        (".co.nz", NZD),
        (".nz", NZD),
        (".com.hk", HKD),
        (".hk", HKD),
        (".com.sg", SGD),
        (".sg", SGD),
        (".ch", CHF),
        (".li", CHF),
        (".jp", JPY),
        (".cn", CNY),
        (".kr", KRW),
        (".tw", TWD),
        (".co.th", THB),
        (".mx", MXN),
        (".se", SEK),
        (".no", NOK),
        (".dk", DKK),
        (".pl", PLN),
        (".de", EUR),
        (".at", EUR),
        (".fr", EUR),
        (".it", EUR),
        (".es", EUR),
        (".nl", EUR),
        (".be", EUR),
        (".ie", EUR),
        (".pt", EUR),
        (".fi", EUR),
        (".gr", EUR),
        (".lu", EUR),
        (".eu", EUR),
        (".mt", EUR),
        (".sk", EUR),
    ];
    let found = ENDINGS.iter().find(|(ending, _)| host.ends_with(ending));
    found.map_or(USD, |(_, currency)| *currency)
}

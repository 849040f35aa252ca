//! A schema.org Product or Offer, from whichever form it was written in -> a listing.

use url::Url;
use watches_core::{
    listing::{
        extracted::{Extracted, SaleState, Warning},
        origin::Strategy,
        price_text::{Amount, read_price},
    },
    money::{Currency, Money},
};

use super::json::Json;
use crate::{
    html::{self, text::fold},
    sites::{address, country},
};

/// What a page's products share.
#[derive(Debug, Clone)]
pub struct Context {
    /// Where the page lies; relative addresses count from here.
    base: Option<Url>,
    /// The page's own address, for a product that names none.
    page: Option<Url>,
    source: String,
    /// How what is read here was found.
    strategy: Strategy,
}

impl Context {
    pub fn new(text: &str, base: Option<&Url>) -> Context {
        let head = html::head(text);
        let canonical = head.canonical.and_then(|href| address::absolute(&href, base));
        let page = canonical.or_else(|| base.cloned()).map(address::of_listing);
        let base = base.cloned().or_else(|| page.clone());
        let host = base.as_ref().and_then(Url::host_str);
        let host = host.map(|host| host.trim_start_matches("www.").to_owned());
        let source = host.map_or_else(|| "file".to_owned(), |host| format!("dealer:{host}"));
        Context { base, page, source, strategy: Strategy::Structured }
    }

    /// The same page, read by a less trusted strategy.
    pub(super) fn by(&self, strategy: Strategy) -> Context {
        Context { strategy, ..self.clone() }
    }

    /// An address on the page as a whole one; as it stands where the page's own is unknown.
    pub fn absolute(&self, found: &str) -> Option<String> {
        let found = found.trim();
        if address::plain_path(found).is_some() {
            return Some(found.to_owned());
        }
        let resolved = address::absolute(found, self.base.as_ref()).map(|url| url.to_string());
        let as_it_stands = || self.base.is_none() && !found.is_empty() && !found.contains(':');
        resolved.or_else(|| as_it_stands().then(|| found.to_owned()))
    }
}

/// The listing that a product states; `None` for one without a name or an offer.
pub(super) fn product(
    value: &Json<'_>,
    group: Option<&Json<'_>>,
    list_address: Option<&str>,
    context: &Context,
) -> Option<Extracted> {
    let field = |name: &str| value.get(name).or_else(|| group?.get(name));
    let text = |name: &str| field(name).and_then(name_of).map(fold).filter(|text| !text.is_empty());
    let offer = best_offer(value).or_else(|| group.and_then(best_offer));
    let title = text("name").or_else(|| text("title"));
    // A name may be missing in a snippet; a product without a name and an offer is nothing.
    let title = match (title, offer) {
        (Some(title), _) => title,
        (None, Some(_)) => String::new(),
        (None, None) => return None,
    };
    let page_address = || context.page.as_ref().map(Url::to_string).unwrap_or_default();
    let url = own_address(value, offer, list_address, context).unwrap_or_else(page_address);
    let id = identity(value, &url, &title)?;
    let mut listing = Extracted::new(&context.source, id, url, title);
    listing.description = text("description");
    listing.stated.brand = text("brand").or_else(|| text("manufacturer"));
    listing.stated.model = text("model");
    listing.stated.reference = text("mpn");
    listing.stated.material = text("material");
    listing.stated.year =
        text("productionDate").or_else(|| text("releaseDate")).and_then(|text| year(&text));
    add_images(&mut listing, field("image"), context);
    listing.condition_code = field("itemCondition").and_then(condition_code);
    add_offer(&mut listing, offer.unwrap_or(value));
    listing.came_by(context.strategy);
    Some(listing)
}

/// The text of a value, or the name of the thing it is.
fn name_of<'j>(value: &'j Json<'_>) -> Option<&'j str> {
    let first = value.each().next()?;
    first
        .as_text()
        .or_else(|| first.get("name").and_then(name_of_text))
        .or_else(|| first.get("@value").and_then(Json::as_text))
}

fn name_of_text<'j>(value: &'j Json<'_>) -> Option<&'j str> {
    value.each().next()?.as_text()
}

/// The first offer with a price, else the first.
fn best_offer<'j>(value: &'j Json<'j>) -> Option<&'j Json<'j>> {
    let offers = value.get("offers")?;
    let inner = |offer: &'j Json<'j>| {
        let has_price = ["price", "lowPrice", "priceSpecification"]
            .iter()
            .any(|name| offer.get(name).is_some());
        if has_price {
            Some(offer)
        } else {
            offer.get("offers").and_then(|inner| inner.each().next())
        }
    };
    offers.each().find_map(inner).or_else(|| offers.each().next())
}

fn own_address(
    value: &Json<'_>,
    offer: Option<&Json<'_>>,
    list_address: Option<&str>,
    context: &Context,
) -> Option<String> {
    let from =
        |value: &Json<'_>, name: &str| address_of(value.get(name).and_then(name_of_text)?, context);
    let found = from(value, "url").or_else(|| from(offer?, "url"));
    let found = found.or_else(|| address_of(list_address?, context));
    found.or_else(|| from(value, "@id").filter(|url| !url.contains('#')))
}

/// A found address as a whole one without tracking; a plain one already is.
fn address_of(found: &str, context: &Context) -> Option<String> {
    if address::plain_path(found).is_some() {
        return Some(found.to_owned());
    }
    let url = address::absolute(found, context.base.as_ref())?;
    Some(address::of_listing(url).to_string())
}

/// A page's path names a listing more lastingly than a stock number, which may be the reference.
fn identity(value: &Json<'_>, url: &str, title: &str) -> Option<String> {
    let parsed = || {
        Url::parse(url).ok().map(|url| match url.query() {
            Some(query) => format!("{}?{query}", url.path().trim_matches('/')),
            None => url.path().trim_matches('/').to_owned(),
        })
    };
    let path =
        address::plain_path(url).map(|path| path.trim_matches('/').to_owned()).or_else(parsed);
    let number = || {
        let names = ["productID", "sku", "mpn", "gtin13"];
        let number = names.iter().find_map(|name| value.get(name)?.as_text());
        number.map(|number| number.trim().to_owned())
    };
    let from_title = || Some(title.to_lowercase().split_whitespace().collect::<Vec<_>>().join("-"));
    path.or_else(number)
        .filter(|id| !id.is_empty())
        .or_else(from_title)
        .map(|id| if id.is_empty() { "offer".to_owned() } else { id })
}

fn year(text: &str) -> Option<u16> {
    text.get(..4)?.parse().ok().filter(|year| (1800..2100).contains(year))
}

fn add_images(listing: &mut Extracted, image: Option<&Json<'_>>, context: &Context) {
    let Some(image) = image else { return };
    for value in image.each().take(60) {
        let source = value.as_text().or_else(|| {
            let names = ["contentUrl", "url", "@id"];
            names.iter().find_map(|name| value.get(name).and_then(name_of_text))
        });
        let source = source.and_then(|source| context.absolute(source));
        listing.photos.extend(source.filter(|source| !listing.photos.contains(source)));
    }
    listing.image = listing.photos.first().cloned();
}

/// `http://schema.org/UsedCondition` -> `schema:UsedCondition`.
fn condition_code(value: &Json<'_>) -> Option<String> {
    let short = short_name(value.each().next()?.as_text()?.trim());
    let known = short.ends_with("Condition") && short.len() < 40;
    let alone = [
        ("new", "NewCondition"),
        ("used", "UsedCondition"),
        ("refurbished", "RefurbishedCondition"),
    ];
    let spelt = alone.iter().find(|(word, _)| short.eq_ignore_ascii_case(word));
    let spelt = spelt.map(|(_, code)| *code).or(known.then_some(short));
    spelt.map(|code| ["schema:", code].concat())
}

/// A name of the vocabulary without its address: `http://schema.org/Offer` -> `Offer`.
pub(super) fn short_name(text: &str) -> &str {
    let at = text.bytes().rposition(|byte| matches!(byte, b'/' | b'#' | b':'));
    at.map_or(text, |at| &text[at + 1..])
}

fn add_offer(listing: &mut Extracted, offer: &Json<'_>) {
    let text = |name: &str| offer.get(name).and_then(name_of).map(fold);
    let specification = asked_specification(offer);
    let price = offer
        .get("price")
        .or_else(|| offer.get("lowPrice"))
        .or_else(|| specification?.get("price"));
    let currency = offer
        .get("priceCurrency")
        .and_then(name_of)
        .or_else(|| specification?.get("priceCurrency").and_then(Json::as_text))
        .map(str::trim);
    listing.price_text = price.and_then(name_of_text).map(fold).filter(|text| !text.is_empty());
    listing.price = price.and_then(|price| money(price, currency));
    warn_of_price(listing, currency);
    let highest = offer.get("highPrice").and_then(|price| money(price, currency));
    listing.price_max = highest.filter(|highest| Some(*highest) != listing.price);
    listing.price_was = struck_price(offer).and_then(|price| money(price, currency));
    if let Some(state) = offer.get("availability").and_then(state) {
        listing.state = state;
    }
    listing.condition_code =
        offer.get("itemCondition").and_then(condition_code).or(listing.condition_code.take());
    listing.seller = text("seller").or_else(|| text("offeredBy")).filter(|name| !name.is_empty());
    add_delivery(listing, offer, currency);
}

fn warn_of_price(listing: &mut Extracted, currency: Option<&str>) {
    if let (None, Some(text)) = (listing.price, &listing.price_text) {
        let message =
            format!("cannot read `{text}` in {}", currency.unwrap_or("an unknown currency"));
        listing.warnings.push(Warning { field: "price".to_owned(), message });
    }
}

/// The price to pay among several specifications: not the list price, not the price before.
fn asked_specification<'j>(offer: &'j Json<'j>) -> Option<&'j Json<'j>> {
    let mut all = offer.get("priceSpecification")?.each();
    let first = all.clone().next();
    all.find(|part| !is_struck(part)).or(first)
}

fn struck_price<'j>(offer: &'j Json<'j>) -> Option<&'j Json<'j>> {
    offer.get("priceSpecification")?.each().find(|part| is_struck(part))?.get("price")
}

fn is_struck(part: &Json<'_>) -> bool {
    let kind = part.get("priceType").and_then(name_of_text).unwrap_or_default();
    ["ListPrice", "StrikethroughPrice", "SRP", "MSRP"].iter().any(|struck| kind.ends_with(struck))
}

/// A JSON number has a decimal point by definition; a text is read as people write prices.
fn money(value: &Json<'_>, currency: Option<&str>) -> Option<Money> {
    let value = value.each().next()?;
    let currency_of = |text: &str| text.trim().parse::<Currency>().ok();
    let stated = currency.and_then(currency_of);
    match value {
        Json::Number(number) => number_amount(number)?.money(stated?),
        Json::Text(text) if is_plain_price(text) => number_amount(text)?.money(stated?),
        Json::Text(text) => {
            let read = read_price(text, currency);
            let amount = read.amount?;
            // The stated currency goes before a sign: shops leave `$` in a template.
            amount.money(stated.or_else(|| read.code.and_then(|code| code.parse().ok()))?)
        }
        Json::Null | Json::Bool(_) | Json::List(_) | Json::Object(_) => None,
    }
}

/// Digits, and a point before at most two more: no reading is needed. `1.299` may be thousands.
fn is_plain_price(text: &str) -> bool {
    let (whole, fraction) = text.split_once('.').unwrap_or((text, "0"));
    let digits = |part: &str| !part.is_empty() && part.bytes().all(|byte| byte.is_ascii_digit());
    digits(whole) && digits(fraction) && fraction.len() <= 2
}

/// A plain decimal without grouping; exponents and signs are not prices.
fn number_amount(number: &str) -> Option<Amount> {
    let (whole, fraction) = number.split_once('.').unwrap_or((number, ""));
    let fraction = fraction.trim_end_matches('0');
    let digits = |part: &str| part.bytes().all(|byte| byte.is_ascii_digit());
    if whole.is_empty() || !digits(whole) || !digits(fraction) {
        return None;
    }
    let scale = u32::try_from(fraction.len()).ok()?;
    let whole = whole.parse::<u64>().ok()?.checked_mul(10_u64.checked_pow(scale)?)?;
    let units = match fraction {
        "" => whole,
        fraction => whole.checked_add(fraction.parse().ok()?)?,
    };
    Amount::new(units, u8::try_from(fraction.len()).ok()?)
}

fn state(value: &Json<'_>) -> Option<SaleState> {
    match short_name(value.each().next()?.as_text()?.trim()) {
        "SoldOut" | "OutOfStock" | "Discontinued" => Some(SaleState::Sold),
        "Reserved" => Some(SaleState::Reserved),
        "InStock"
        | "InStoreOnly"
        | "OnlineOnly"
        | "LimitedAvailability"
        | "PreOrder"
        | "PreSale"
        | "BackOrder"
        | "MadeToOrder" => Some(SaleState::Active),
        _ => None,
    }
}

fn add_delivery(listing: &mut Extracted, offer: &Json<'_>, currency: Option<&str>) {
    let rate =
        offer.get("shippingDetails").and_then(|details| details.each().next()?.get("shippingRate"));
    if let Some(rate) = rate {
        let own = rate.get("currency").and_then(Json::as_text).or(currency);
        listing.shipping = rate.get("value").and_then(|value| money(value, own));
    }
    let place = offer.get("availableAtOrFrom").or_else(|| offer.get("areaServed"));
    let address = place.and_then(|place| place.each().next()?.get("address"));
    let Some(address) = address else { return };
    let part = |name: &str| address.get(name).and_then(name_of).map(fold);
    let (town, land) = match address.as_text() {
        Some(text) => (Some(fold(text)), Some(fold(text))),
        None => (part("addressLocality"), part("addressCountry")),
    };
    listing.country = land
        .as_deref()
        .and_then(|land| country::code(land).or_else(|| country::code_of_place(land)));
    let town = town.map(|town| town.trim_end_matches([',', ' ']).to_owned());
    listing.location = town.or(land).filter(|place| !place.is_empty());
}

#[cfg(test)]
mod tests {
    use super::{super::json::parse_all, *};

    #[track_caller]
    fn check(json: &str, price: Option<(i64, Currency)>) {
        let base = Url::parse("https://shop.example/w/1").expect("a valid address");
        let context = Context::new("", Some(&base));
        let values = parse_all(json);
        let listing = values.first().and_then(|value| product(value, None, None, &context));
        let found =
            listing.and_then(|listing| listing.price).map(|price| (price.minor, price.currency));
        assert_eq!(found, price, "{json}");
    }

    #[test]
    fn a_price_is_found_wherever_the_offer_states_it() {
        let euro = |minor| Some((minor, Currency::EUR));
        check(r#"{"name":"A","offers":{"price":1950.45,"priceCurrency":"EUR"}}"#, euro(195_045));
        check(
            r#"{"name":"A","offers":[{"price":"1.950,45","priceCurrency":"EUR"}]}"#,
            euro(195_045),
        );
        check(
            r#"{"name":"A","offers":{"lowPrice":"900","highPrice":1000,"priceCurrency":"EUR"}}"#,
            euro(90_000),
        );
        check(
            r#"{"name":"A","offers":{"priceSpecification":[{"price":9,"priceCurrency":"EUR","priceType":"https://schema.org/ListPrice"},{"price":"8.00","priceCurrency":"EUR"}]}}"#,
            euro(800),
        );
        check(
            r#"{"name":"A","offers":{"price":"10307.0000","priceCurrency":"USD"}}"#,
            Some((1_030_700, Currency::USD)),
        );
        check(r#"{"name":"A","offers":{"price":"€ 950"}}"#, euro(95_000));
        check(r#"{"name":"A","offers":{"price":"$950"}}"#, None);
        check(r#"{"name":"A","offers":{"price":100,"priceCurrency":"XYZ"}}"#, None);
        check(r#"{"name":"A"}"#, None);
    }
}

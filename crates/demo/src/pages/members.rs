//! A shop for members: a sign-in, a check whether a person is there, and stock drawn by a script.
//!
//! Until both are passed nothing of the stock is on any page. The pages say to the market which field
//! has the keyboard, so that a journey knows when to type.

use serde_json::{Value, json};

use super::{Search, View, dealer, document, script_json};
use crate::listing::Site;

const NAME: &str = "Meridian members";

const PER_PAGE: usize = 24;

/// Tells the market which field has the keyboard.
const FOCUS: &str = "<script>const seen = () => document.hasFocus() && document.activeElement.id && \
navigator.sendBeacon('/members/focus', document.activeElement.id);\
addEventListener('focusin', seen); addEventListener('focus', seen); addEventListener('load', seen);</script>";

pub fn sign_in() -> String {
    let body = "<main><h1>Members sign in</h1><form method=\"post\" action=\"/members/sign-in\">\
        <p><label>Name <input id=\"name\" name=\"name\" autocomplete=\"username\" autofocus required></label></p>\
        <p><label>Password <input id=\"password\" name=\"password\" type=\"password\" required></label></p>\
        <p><button id=\"sign-in\">Sign in</button></p></form></main>";
    document("en", "Sign in", FOCUS, "", body)
}

pub fn check() -> String {
    let body = "<main><h1>One more step</h1><form method=\"post\" action=\"/members/check\">\
        <p>This imitation of a check is passed by a person with one press.</p>\
        <p><button id=\"person\" autofocus>I am a person</button></p></form></main>";
    document("en", "Are you human?", FOCUS, "", body)
}

/// The frame that its script fills with the stock.
pub fn shop(search: &Search) -> String {
    let query: String = url::form_urlencoded::byte_serialize(search.query.as_bytes()).collect();
    let address = json!(format!("/members/stock?q={query}&page={}", search.page));
    let script = format!(
        "<script type=\"module\">const address = {};{DRAW}</script>",
        script_json(&address)
    );
    document(
        "en",
        NAME,
        "",
        "",
        &format!("<main><h1>{NAME}</h1><ul id=\"stock\"></ul></main>{script}"),
    )
}

/// Draws each watch, and says the same as schema.org data, as shops made of scripts do.
const DRAW: &str = "
const answer = await fetch(address);
if (!answer.ok) { location.assign('/members/'); }
const stock = await answer.json();
for (const { item } of stock.itemListElement) {
    const row = document.createElement('li');
    row.textContent = `${item.name}: ${item.offers.price} ${item.offers.priceCurrency}`;
    document.querySelector('#stock').append(row);
}
const data = document.createElement('script');
data.type = 'application/ld+json';
data.textContent = JSON.stringify(stock);
document.head.append(data);
if (stock.next) {
    const next = document.createElement('link');
    next.rel = 'next';
    next.href = stock.next;
    document.head.append(next);
}";

/// What the script asks for: a page of the stock.
pub fn stock(view: &View<'_>, search: &Search) -> Value {
    let (listings, total, more) =
        search.cut(view.market.search(Site::Dealer, &search.query), PER_PAGE);
    let items: Vec<Value> = listings
        .iter()
        .enumerate()
        .map(|(at, listing)| {
            let item = dealer::product(view, listing);
            json!({ "@type": "ListItem", "position": at + 1, "item": item })
        })
        .collect();
    let query: String = url::form_urlencoded::byte_serialize(search.query.as_bytes()).collect();
    let next = more.then(|| format!("/members/?q={query}&page={}", search.page + 1));
    json!({
        "@context": "https://schema.org", "@type": "ItemList", "numberOfItems": total,
        "itemListElement": items, "next": next,
    })
}

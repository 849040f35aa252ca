//! An imitation dealer's own shop with schema.org data: a list in JSON-LD, items in JSON-LD or, for
//! every second watch, in microdata.

use serde_json::{Value, json};

use super::{Search, View, document, escape, grouped, script_json};
use crate::listing::{Grade, Listing, Scope, Site, State};

const PER_PAGE: usize = 24;

const NAME: &str = "Meridian Clockworks";

pub fn path(listing: &Listing) -> String {
    format!("/dealer/watch/{}-{}", listing.slug(), listing.id)
}

pub fn shop(view: &View<'_>, search: &Search) -> String {
    let found = view.market.search(Site::Dealer, &search.query);
    let (listings, total, more) = search.cut(found, PER_PAGE);
    let products: Vec<Value> = listings
        .iter()
        .enumerate()
        .map(|(at, listing)| json!({ "@type": "ListItem", "position": at + 1, "item": product(view, listing) }))
        .collect();
    let data = json!({ "@context": "https://schema.org", "@type": "ItemList", "numberOfItems": total, "itemListElement": products });
    let encoded: String = url::form_urlencoded::byte_serialize(search.query.as_bytes()).collect();
    let next = format!("/dealer/?q={encoded}&amp;page={}", search.page + 1);
    let link = if more { format!("<link rel=\"next\" href=\"{next}\">") } else { String::new() };
    let nav = if more {
        format!("<p><a rel=\"next\" href=\"{next}\">More watches</a></p>")
    } else {
        String::new()
    };
    let cards: String = listings.iter().map(|listing| card(view, listing)).collect();
    let body = format!(
        "{}<main><ul class=\"grid\">{cards}</ul>{nav}</main>",
        header(&escape(&search.query))
    );
    let head =
        format!("{link}<script type=\"application/ld+json\">{}</script>", script_json(&data));
    document("en", &format!("{NAME}: watches in stock"), &head, STYLE, &body)
}

fn card(view: &View<'_>, listing: &Listing) -> String {
    format!(
        "<li><a href=\"{}\"><img src=\"{}\" loading=\"lazy\" alt=\"\"><h2>{}</h2><p>{}</p><p class=\"price\">€ {}</p></a></li>",
        path(listing),
        view.photo(listing),
        escape(&listing.title),
        escape(&listing.detail),
        grouped(listing.price_minor / 100)
    )
}

pub fn item(view: &View<'_>, listing: &Listing) -> String {
    let (head, details) = if listing.id.is_multiple_of(2) {
        (String::new(), microdata(view, listing))
    } else {
        let mut data = product(view, listing);
        data["@context"] = json!("https://schema.org");
        let head = format!("<script type=\"application/ld+json\">{}</script>", script_json(&data));
        (head, plain(view, listing))
    };
    let head = format!("<link rel=\"canonical\" href=\"{}{}\">{head}", view.address, path(listing));
    let sold = if listing.state == State::Active { "" } else { "<p class=\"sold\">Sold</p>" };
    let body = format!("{}<main class=\"item\">{sold}{details}</main>", header(""));
    document(
        "en",
        &format!("{} {} | {NAME}", listing.title, listing.of.number),
        &head,
        STYLE,
        &body,
    )
}

fn full_name(listing: &Listing) -> String {
    format!("{} {}", listing.title, listing.of.number)
}

fn story(listing: &Listing) -> String {
    let set = match listing.scope {
        Scope { has_box: true, papers: true } => "It comes with its original box and papers.",
        Scope { has_box: true, papers: false } => "It comes with its original box, without papers.",
        Scope { has_box: false, papers: true } => "It comes with its original papers, without box.",
        Scope { has_box: false, papers: false } => "The watch alone, without box or papers.",
    };
    let worn = match listing.condition {
        Grade::New => "New.",
        Grade::Unworn => "Unworn.",
        Grade::VeryGood => "In very good condition.",
        Grade::Good => "In good condition.",
        Grade::Fair => "With visible traces of wear.",
    };
    format!(
        "{} {}, reference {}, from {}. {worn} {set}",
        listing.of.brand, listing.of.family, listing.of.number, listing.year
    )
}

fn availability(listing: &Listing) -> &'static str {
    if listing.state == State::Active {
        "https://schema.org/InStock"
    } else {
        "https://schema.org/SoldOut"
    }
}

fn condition(listing: &Listing) -> &'static str {
    if listing.condition == Grade::New {
        "https://schema.org/NewCondition"
    } else {
        "https://schema.org/UsedCondition"
    }
}

pub(super) fn product(view: &View<'_>, listing: &Listing) -> Value {
    json!({
        "@type": "Product", "name": full_name(listing), "url": format!("{}{}", view.address, path(listing)),
        "image": view.photo(listing), "description": story(listing), "sku": listing.id.to_string(), "mpn": listing.of.number,
        "brand": { "@type": "Brand", "name": listing.of.brand }, "model": listing.of.family,
        "offers": { "@type": "Offer", "price": listing.decimal(listing.price_minor), "priceCurrency": listing.place.currency,
            "availability": availability(listing), "itemCondition": condition(listing),
            "url": format!("{}{}", view.address, path(listing)),
            "seller": { "@type": "Organization", "name": NAME } }
    })
}

fn plain(view: &View<'_>, listing: &Listing) -> String {
    format!(
        "<img src=\"{}\" alt=\"\"><div><h1>{}</h1><p class=\"price\">€ {}</p><p>{}</p></div>",
        view.photo(listing),
        escape(&full_name(listing)),
        grouped(listing.price_minor / 100),
        escape(&story(listing))
    )
}

fn microdata(view: &View<'_>, listing: &Listing) -> String {
    format!(
        "<div class=\"item\" itemscope itemtype=\"https://schema.org/Product\"><img itemprop=\"image\" src=\"{}\" alt=\"\">\
         <div><h1 itemprop=\"name\">{}</h1><meta itemprop=\"sku\" content=\"{}\"><meta itemprop=\"mpn\" content=\"{}\">\
         <div itemprop=\"brand\" itemscope itemtype=\"https://schema.org/Brand\"><span itemprop=\"name\">{}</span></div>\
         <div itemprop=\"offers\" itemscope itemtype=\"https://schema.org/Offer\"><link itemprop=\"url\" href=\"{}{}\">\
         <meta itemprop=\"priceCurrency\" content=\"{}\"><p class=\"price\">€ <span itemprop=\"price\" content=\"{}\">{}</span></p>\
         <link itemprop=\"availability\" href=\"{}\"><link itemprop=\"itemCondition\" href=\"{}\"></div>\
         <p itemprop=\"description\">{}</p></div></div>",
        view.photo(listing),
        escape(&full_name(listing)),
        listing.id,
        escape(listing.of.number),
        escape(listing.of.brand),
        view.address,
        path(listing),
        listing.place.currency,
        listing.decimal(listing.price_minor),
        grouped(listing.price_minor / 100),
        availability(listing),
        condition(listing),
        escape(&story(listing))
    )
}

fn header(query: &str) -> String {
    format!(
        "<header class=\"shop\"><a href=\"/dealer/\"><h2>{NAME}</h2></a><form action=\"/dealer/\">\
         <input name=\"q\" value=\"{query}\" aria-label=\"Search\" placeholder=\"Search our stock\"> <button>Search</button></form></header>"
    )
}

const STYLE: &str = "body{background:#f4f1ea;font-family:Georgia,serif}.shop{display:flex;justify-content:space-between;align-items:center}.shop a{text-decoration:none}\
.grid{display:grid;grid-template-columns:repeat(auto-fill,minmax(15rem,1fr));gap:1.6rem}.grid a{text-decoration:none}.grid h2{font-size:1.05rem;margin:.6rem 0 0}\
.grid p{margin:.1rem 0;color:#5b564c}.price{font-size:1.2rem;color:#1d1f22!important}.item{display:grid;grid-template-columns:minmax(0,1fr) minmax(0,1fr);gap:2rem}\
.item .item{grid-column:1/-1;padding:0}.sold{grid-column:1/-1;background:#e9d9b6;padding:.5rem 1rem}@media(max-width:45rem){.item{grid-template-columns:1fr}}";

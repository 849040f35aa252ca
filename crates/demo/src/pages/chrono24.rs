//! Imitation Chrono24: results as `js-listing-item`s, and items with a JSON-LD graph.

use serde_json::json;

use super::{Search, View, document, escape, grouped, script_json};
use crate::listing::{Grade, Listing, Scope, Site, State};

const PER_PAGE: usize = 30;

pub fn path(listing: &Listing) -> String {
    format!("/chrono24/{}/{}--id{}.htm", slug_of(listing.of.brand), listing.slug(), listing.id)
}

/// Chrono24 keeps photos of watches under `images/uhren`, and readers know them by it.
fn photo(view: &View<'_>, listing: &Listing) -> String {
    format!("{}/chrono24/images/uhren/{}-demo-Square240.png", view.address, listing.id)
}

fn slug_of(text: &str) -> String {
    let lower = text.to_lowercase();
    let words = lower.split(|c: char| !c.is_ascii_alphanumeric()).filter(|word| !word.is_empty());
    words.collect::<Vec<_>>().join("-")
}

fn price_text(listing: &Listing, minor: i64) -> String {
    match listing.place.currency {
        "EUR" => format!("€{}", grouped(minor / 100)),
        "USD" => format!("${}", grouped(minor / 100)),
        "GBP" => format!("£{}", grouped(minor / 100)),
        "JPY" => format!("¥{}", grouped(minor)),
        "HKD" => format!("HK${}", grouped(minor / 100)),
        other => format!("{other} {}", grouped(minor / 100)),
    }
}

fn condition(grade: Grade) -> &'static str {
    match grade {
        Grade::New => "New",
        Grade::Unworn => "Unworn",
        Grade::VeryGood => "Very good",
        Grade::Good => "Good",
        Grade::Fair => "Fair",
    }
}

fn scope_text(scope: Scope) -> &'static str {
    match scope {
        Scope { has_box: true, papers: true } => "Original box, original papers",
        Scope { has_box: true, papers: false } => "Original box, no original papers",
        Scope { has_box: false, papers: true } => "Original papers, no original box",
        Scope { has_box: false, papers: false } => "No original box, no original papers",
    }
}

pub fn search(view: &View<'_>, search: &Search) -> String {
    let found = view.market.search(Site::Chrono24, &search.query);
    let (listings, total, more) = search.cut(found, PER_PAGE);
    let first = search.page.saturating_sub(1) * PER_PAGE;
    let cards: String = listings
        .iter()
        .enumerate()
        .map(|(at, listing)| card(view, listing, first + at + 1))
        .collect();
    let encoded: String = url::form_urlencoded::byte_serialize(search.query.as_bytes()).collect();
    let next_page = search.page + 1;
    let next = format!(
        "/chrono24/search/index.htm?dosearch=true&amp;query={encoded}&amp;showpage={next_page}"
    );
    let (head, nav) = match more {
        true => (
            format!("<link rel=\"next\" href=\"{next}\">"),
            format!(
                "<ul class=\"pagination\"><li><a class=\"paging-next\" rel=\"next\" href=\"{next}\">Next</a></li></ul>"
            ),
        ),
        false => (String::new(), String::new()),
    };
    let body = format!(
        "{}<main><span class=\"text-lg\"> <strong>{} listings</strong> including promoted listings</span>\
         <div id=\"wt-watches\" class=\"wt-watches\">{cards}</div>{nav}</main>",
        header(&escape(&search.query)),
        grouped(total as i64),
    );
    document("en", &format!("{} on Demo Chrono24", search.query), &head, STYLE, &body)
}

fn card(view: &View<'_>, listing: &Listing, position: usize) -> String {
    let path = path(listing);
    let shipping = match listing.shipping_minor {
        0 => "Free shipping".to_owned(),
        minor => format!("+ {} shipping", price_text(listing, minor)),
    };
    let kind = if listing.seller.trader { "dealer" } else { "private seller" };
    let place = listing.place;
    let badge = match listing.seller.trader {
        true => "",
        false => "<div class=\"wt-listing-item-seller-badge text-sm\"> Private seller </div>",
    };
    format!(
        "<div class=\"js-listing-item-container listing-item-container wt-listing-item wt-search-result\" data-search-item-position=\"{position}\">\
         <div class=\"wt-listing-item js-listing-item listing-item\"><a class=\"d-block\" href=\"{path}\"> <img src=\"{}\" loading=\"lazy\" alt=\"{}\"> </a>\
         <a class=\"wt-listing-item-link js-listing-item-link listing-item-link\" href=\"{path}\"><div class=\"p-t-3\">\
         <p class=\"text-bold text-sm text-sm-md text-ellipsis m-b-0\"> {} </p><p class=\"text-ellipsis m-b-0 text-sm text-sm-md\"> {} </p></div>\
         <div class=\"d-flex justify-content-between m-t-2\"><div class=\"align-content-end\"><p class=\"wt-listing-item-price text-md m-b-0\"> <strong> {} </strong> </p>\
         <p class=\"text-sm text-muted\"> {shipping} </p></div>\
         <button aria-label=\"More information\" class=\"js-tooltip wt-listing-item-location\" data-content=\"This {kind} is from {}, {}.\" data-title=\"{}\" type=\"button\">\
         <span class=\"text-sm text-uppercase\"> {} </span></button></div>{badge}</a></div></div>",
        photo(view, listing),
        escape(&listing.title),
        escape(&listing.title),
        escape(&listing.detail),
        price_text(listing, listing.price_minor),
        place.city,
        place.country,
        place.country,
        place.code,
    )
}

pub fn item(view: &View<'_>, listing: &Listing) -> String {
    let name = format!("{} {}", listing.title, listing.of.number);
    let url = format!("{}{}", view.address, path(listing));
    let head = format!(
        "<link rel=\"canonical\" href=\"{url}\"><script type=\"application/ld+json\">{}</script>",
        script_json(&structured(view, listing, &name, &url))
    );
    let used = match listing.condition {
        Grade::New | Grade::Unworn => condition(listing.condition).to_owned(),
        Grade::VeryGood | Grade::Good | Grade::Fair => {
            format!("Used ({})", condition(listing.condition))
        }
    };
    let rows = [
        ("Listing code", format!("C{}", listing.id)),
        ("Brand", listing.of.brand.to_owned()),
        ("Model", listing.of.family.to_owned()),
        ("Reference number", listing.of.number.to_owned()),
        ("Case material", listing.of.material.to_owned()),
        ("Year of production", listing.year.to_string()),
        ("Condition", used),
        ("Scope of delivery", scope_text(listing.scope).to_owned()),
        ("Location", format!("{}, {}", listing.place.country, listing.place.city)),
        ("Case diameter", format!("{} mm", listing.of.diameter_mm)),
    ];
    let table: String = rows
        .iter()
        .map(|(label, value)| {
            format!("<tr><td><strong>{label}</strong></td><td>{}</td></tr>", escape(value))
        })
        .collect();
    let sold = if listing.state == State::Active {
        ""
    } else {
        "<p class=\"sold\">This watch has been sold.</p>"
    };
    let body = format!(
        "{}<main class=\"detail\"><img src=\"{}\" alt=\"{}\"><div>{sold}<h1 class=\"h3 m-t-0\"> {} </h1>\
         <div class=\"detail-page-price wt-detail-page-price\"><span class=\"js-price-shipping-country\">{}</span></div>\
         <table>{table}</table><p>{}</p></div></main>",
        header(""),
        photo(view, listing),
        escape(&name),
        escape(&name),
        price_text(listing, listing.price_minor),
        escape(listing.seller.name),
    );
    document(
        "en",
        &format!("{name} for {}", price_text(listing, listing.price_minor)),
        &head,
        STYLE,
        &body,
    )
}

fn structured(view: &View<'_>, listing: &Listing, name: &str, url: &str) -> serde_json::Value {
    let of = &listing.of;
    let place = listing.place;
    let is_new = listing.condition == Grade::New;
    let availability = if listing.state == State::Active { "InStock" } else { "SoldOut" };
    let shipping: f64 = listing.decimal(listing.shipping_minor).parse().unwrap_or_default();
    let photo = photo(view, listing);
    json!({ "@context": "http://schema.org", "@graph": [
        { "@type": "BreadcrumbList", "itemListElement": [
            { "@type": "ListItem", "position": 1, "item": { "@id": format!("{}/chrono24/", view.address), "name": "Demo Chrono24" } },
        ] },
        { "@type": "Product", "name": format!("{name} "), "image": [{ "@type": "ImageObject", "contentUrl": photo }],
          "description": format!("Reference number {} {} Year {} {}", of.number, of.material, listing.year, scope_text(listing.scope)),
          "brand": { "@type": "Brand", "name": of.brand }, "productID": listing.id.to_string(), "sku": of.number,
          "model": of.family, "productionDate": listing.year.to_string(), "caseMaterial": of.material,
          "caseDiameter": format!("{} mm", of.diameter_mm), "movement": "Automatic",
          "offers": { "@type": "Offer", "availability": format!("http://schema.org/{availability}"),
            "availableAtOrFrom": { "@type": "Place", "address": { "@type": "PostalAddress", "addressCountry": place.code, "addressLocality": place.city } },
            "itemCondition": if is_new { "http://schema.org/NewCondition" } else { "http://schema.org/UsedCondition" },
            "price": listing.decimal(listing.price_minor), "priceCurrency": place.currency,
            "shippingDetails": { "@type": "OfferShippingDetails",
              "shippingRate": { "@type": "MonetaryAmount", "currency": place.currency, "value": shipping } },
            "seller": { "@type": "Organization", "name": listing.seller.name },
            "url": url } },
    ] })
}

fn header(query: &str) -> String {
    format!(
        "<header class=\"top\"><a href=\"/chrono24/\"><strong>Demo Chrono24</strong></a><form action=\"/chrono24/search/index.htm\">\
         <input type=\"hidden\" name=\"dosearch\" value=\"true\"><input name=\"query\" value=\"{query}\" aria-label=\"Search\" placeholder=\"Search for watches\"> <button>Search</button></form></header>"
    )
}

const STYLE: &str = ".top{display:flex;gap:2rem;align-items:center}.top a{text-decoration:none;font-size:1.3rem;color:#0c4a3e}\
.wt-watches{display:grid;grid-template-columns:repeat(auto-fill,minmax(14rem,1fr));gap:1.4rem;padding:1.2rem 0}\
.listing-item{background:#fff;border:1px solid #e6e4dd;border-radius:.7rem;padding:1rem;height:100%}.listing-item a{text-decoration:none}\
.listing-item p{margin:.15rem 0}.text-bold{font-weight:650}.text-sm{font-size:.9rem}.text-muted{color:#6a6d72}.text-ellipsis{overflow:hidden;text-overflow:ellipsis;white-space:nowrap}\
.d-flex{display:flex;justify-content:space-between;align-items:end}.wt-listing-item-price{font-size:1.15rem}.js-tooltip{border:0;background:none;font:inherit;color:#6a6d72}\
.detail{display:grid;grid-template-columns:minmax(0,1fr) minmax(0,1fr);gap:2rem}.wt-detail-page-price{font-size:1.7rem;font-weight:650;margin:.6rem 0 1.2rem}\
table{border-collapse:collapse;width:100%}td{padding:.4rem .6rem .4rem 0;border-top:1px solid #e6e4dd}.sold{background:#f4e3c1;padding:.6rem 1rem;border-radius:.5rem}\
@media(max-width:45rem){.detail{grid-template-columns:1fr}}";

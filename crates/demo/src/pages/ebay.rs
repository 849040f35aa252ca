//! Imitation eBay: search results as `s-card`s, as the US site has had them since 2025, and items.

use serde_json::json;
use watches_core::time::Timestamp;

use super::{Search, View, document, escape, grouped, script_json};
use crate::listing::{Grade, Listing, Scope, Site, State};

const PER_PAGE: usize = 60;

/// The price as eBay writes it for this currency.
pub fn price_text(listing: &Listing, minor: i64) -> String {
    let cents = |minor: i64| format!("{}.{:02}", grouped(minor / 100), minor % 100);
    match listing.place.currency {
        "USD" => format!("${}", cents(minor)),
        "GBP" => format!("£{}", cents(minor)),
        "JPY" => format!("JPY {}", grouped(minor)),
        other => format!("{other} {}", cents(minor)),
    }
}

pub fn condition(grade: Grade) -> (&'static str, u32) {
    match grade {
        Grade::New => ("Brand New", 1000),
        Grade::Unworn => ("New (Other)", 1500),
        Grade::VeryGood | Grade::Good | Grade::Fair => ("Pre-Owned", 3000),
    }
}

pub fn search(view: &View<'_>, search: &Search) -> String {
    let found = view.market.search(Site::Ebay, &search.query);
    let found =
        found.into_iter().filter(|l| !search.auctions_only || l.auction.is_some()).collect();
    let (listings, total, more) = search.cut(found, PER_PAGE);
    let cards: String = listings.iter().map(|listing| card(view, listing)).collect();
    let query = escape(&search.query);
    let encoded: String = url::form_urlencoded::byte_serialize(search.query.as_bytes()).collect();
    let next = if more {
        format!(
            "<nav class=\"pagination\"><a class=\"pagination__next icon-link\" type=\"next\" aria-label=\"Go to next search page\" \
             href=\"{}/ebay/sch/i.html?_nkw={encoded}&amp;_pgn={}\">Next</a></nav>",
            view.address,
            search.page + 1
        )
    } else {
        String::new()
    };
    let body = format!(
        "{}<main class=\"srp-river\"><div id=\"srp-river-main\" class=\"srp-river-main clearfix\">\
         <div class=\"srp-controls__control srp-controls__count\"><h1 class=\"srp-controls__count-heading\">\
         <span class=\"BOLD\">{}</span> results for <span class=\"BOLD\">{query}</span></h1></div>\
         <ul class=\"srp-results srp-list clearfix\">{}{cards}</ul>{next}</div></main>",
        header(view, &query),
        grouped(total as i64),
        placeholder(view)
    );
    document("en-US", &format!("{} for sale | Demo eBay", search.query), "", STYLE, &body)
}

/// The real site begins its lists with cards that are no listings; readers must drop them.
fn placeholder(view: &View<'_>) -> String {
    format!(
        "<li class=\"s-card s-card--horizontal\" data-listingid=\"2500219655424533\" hidden><div class=\"su-card-container\">\
         <a class=\"s-card__link\" href=\"{}/ebay/itm/123456\"><div role=\"heading\" class=\"s-card__title\">\
         <span class=\"su-styled-text primary default\">Shop on eBay</span></div></a>\
         <span class=\"su-styled-text primary bold large-1 s-card__price\">$20.00</span></div></li>",
        view.address
    )
}

fn row(class: &str, text: &str) -> String {
    format!(
        "<div class=\"s-card__attribute-row\"><span class=\"su-styled-text {class}\">{}</span></div>",
        escape(text)
    )
}

fn card(view: &View<'_>, listing: &Listing) -> String {
    let title = escape(&listing.title);
    let link = format!(
        "{}/ebay/itm/{}?_skw=watch&amp;hash=item{:x}&amp;itmprp=enc%3ADEMO",
        view.address, listing.id, listing.id
    );
    let mut rows = format!(
        "<div class=\"s-card__attribute-row\"><span class=\"su-styled-text primary bold large-1 s-card__price\">{}</span></div>",
        price_text(listing, listing.price_minor)
    );
    if let Some(was) = listing.was_minor {
        rows.push_str(&format!(
            "<div class=\"s-card__attribute-row\"><span class=\"su-styled-text secondary strikethrough large\">{}</span></div>",
            price_text(listing, was)
        ));
    }
    rows.push_str(&sale_row(view, listing));
    rows.push_str(&row("secondary large", &shipping_text(listing)));
    rows.push_str(&row("secondary large", &format!("Located in {}", listing.place.country)));
    let seller = &listing.seller;
    format!(
        "<li class=\"s-card s-card--horizontal\" id=\"item{:x}\" data-listingid=\"{}\" data-view=\"mi:1686|iid:1\">\
         <div class=\"su-card-container su-card-container--horizontal\"><div class=\"su-card-container__media\">\
         <a class=\"s-card__link image-treatment\" href=\"{link}\" tabindex=\"-1\"><img class=\"s-card__image\" loading=\"lazy\" src=\"{}\" alt=\"{title}\"></a></div>\
         <div class=\"su-card-container__content\"><div class=\"su-card-container__header\"><a class=\"s-card__link\" href=\"{link}\">\
         <div role=\"heading\" aria-level=\"3\" class=\"s-card__title\"><span class=\"su-styled-text primary default\">{title}</span>\
         <span class=\"clipped\">Opens in a new window or tab</span></div></a>\
         <div class=\"s-card__subtitle-row\"><div class=\"s-card__subtitle\"><span class=\"su-styled-text secondary default\">{}</span></div></div></div>\
         <div class=\"su-card-container__attributes su-card-container__attributes--has-secondary\"><div class=\"su-card-container__attributes__primary\">{rows}</div>\
         <div class=\"su-card-container__attributes__secondary\"><div class=\"s-card__attribute-row\"><span class=\"su-styled-text primary large\">{} </span>\
         <span class=\"su-styled-text primary large\">{}.{}% positive ({})</span></div></div></div></div></div></li>",
        listing.id,
        listing.id,
        view.photo(listing),
        condition(listing.condition).0,
        escape(seller.name),
        seller.positive / 10,
        seller.positive % 10,
        grouped(i64::from(seller.feedback)),
    )
}

fn sale_row(view: &View<'_>, listing: &Listing) -> String {
    let Some(auction) = &listing.auction else {
        return row("secondary large", "Buy It Now");
    };
    let plural = if auction.bids == 1 { "bid" } else { "bids" };
    let ends = view.clock.real(auction.ends_at);
    format!(
        "<div class=\"s-card__attribute-row\"><span class=\"su-styled-text secondary large\">{} {plural}</span>\
         <span class=\"su-styled-text secondary small\"> · </span><span class=\"s-card__time\"><span class=\"clipped\">Time left</span>\
         <span class=\"s-card__time-left\">{}</span></span></div>",
        auction.bids,
        time_left(ends, view.now)
    )
}

/// `2d 4h left`, `3h 20m left`, `4m left`.
fn time_left(ends: Timestamp, now: Timestamp) -> String {
    let minutes = (ends - now).as_seconds() / 60;
    match minutes {
        ..=0 => "Ended".to_owned(),
        1..60 => format!("{minutes}m left"),
        60..1440 => format!("{}h {}m left", minutes / 60, minutes % 60),
        _ => format!("{}d {}h left", minutes / 1440, minutes % 1440 / 60),
    }
}

fn shipping_text(listing: &Listing) -> String {
    match listing.shipping_minor {
        0 => "Free delivery".to_owned(),
        minor => format!("+{} delivery", price_text(listing, minor)),
    }
}

pub fn item(view: &View<'_>, listing: &Listing) -> String {
    let title = escape(&listing.title);
    let data = structured(view, listing);
    let head = format!(
        "<link rel=\"canonical\" href=\"{}/ebay/itm/{}\"><script type=\"application/ld+json\">{}</script>",
        view.address,
        listing.id,
        script_json(&data)
    );
    let status = match listing.state {
        State::Active => String::new(),
        State::Sold => "<div class=\"d-statusmessage\"><span class=\"ux-textspans\">This listing sold.</span></div>".to_owned(),
        State::Ended => "<div class=\"d-statusmessage\"><span class=\"ux-textspans\">This listing has ended.</span></div>".to_owned(),
    };
    let bids = listing.auction.as_ref().map_or(String::new(), |auction| {
        let ends = view.clock.real(auction.ends_at);
        format!(
            "<div class=\"x-bid-count\"><span class=\"ux-textspans\">{} bids</span></div><div class=\"ux-timer\" data-end=\"{ends}\">\
             <span class=\"ux-timer__text\">{}</span></div>",
            auction.bids,
            time_left(ends, view.now)
        )
    });
    let body = format!(
        "{}<main class=\"item\"><div class=\"ux-image-carousel-item\"><img src=\"{}\" alt=\"{title}\"></div><div>{status}\
         <h1 class=\"x-item-title__mainTitle\"><span class=\"ux-textspans ux-textspans--BOLD\">{title}</span></h1>\
         <div class=\"x-price-primary\" data-testid=\"x-price-primary\"><span class=\"ux-textspans\">{}</span></div>{bids}\
         <div class=\"x-item-condition-text\"><div class=\"ux-icon-text\"><span class=\"ux-textspans\">{}</span></div></div>{}\
         <div class=\"x-sellercard-atf__info\"><a class=\"x-sellercard-atf__info__about-seller\"><span class=\"ux-textspans\">{}</span></a> \
         <span class=\"ux-textspans\">{}.{}% positive feedback</span></div></div></main>",
        header(view, ""),
        view.photo(listing),
        item_price(listing),
        condition(listing.condition).0,
        specifics(listing),
        escape(listing.seller.name),
        listing.seller.positive / 10,
        listing.seller.positive % 10,
    );
    document("en-US", &format!("{} | Demo eBay", listing.title), &head, STYLE, &body)
}

/// Item pages say `US $` where cards say `$`.
fn item_price(listing: &Listing) -> String {
    let text = price_text(listing, listing.price_minor);
    if listing.place.currency == "USD" { format!("US {text}") } else { text }
}

fn specifics(listing: &Listing) -> String {
    let yes_no = |yes: bool| if yes { "Yes" } else { "No" };
    let Scope { has_box, papers } = listing.scope;
    let rows = [
        ("Brand", listing.of.brand.to_owned()),
        ("Model", listing.of.family.to_owned()),
        ("Reference Number", listing.of.number.to_owned()),
        ("Year Manufactured", listing.year.to_string()),
        ("Case Size", format!("{} mm", listing.of.diameter_mm)),
        ("Case Material", listing.of.material.to_owned()),
        ("With Original Box/Packaging", yes_no(has_box).to_owned()),
        ("With Papers", yes_no(papers).to_owned()),
    ];
    let labels = |(label, value): &(&str, String)| {
        format!(
            "<dl class=\"ux-labels-values\"><dt class=\"ux-labels-values__labels\"><span class=\"ux-textspans\">{label}</span></dt>\
             <dd class=\"ux-labels-values__values\"><span class=\"ux-textspans\">{}</span></dd></dl>",
            escape(value)
        )
    };
    let shipping = format!(
        "<dl class=\"ux-labels-values ux-labels-values--shipping\"><dt class=\"ux-labels-values__labels\"><span class=\"ux-textspans\">Shipping:</span></dt>\
         <dd class=\"ux-labels-values__values\"><span class=\"ux-textspans\">{}</span> \
         <span class=\"ux-textspans\">Located in: {}, {}</span></dd></dl>",
        shipping_text(listing).replace('+', ""),
        listing.place.city,
        listing.place.country
    );
    format!(
        "<div class=\"ux-layout-section\">{shipping}{}</div>",
        rows.iter().map(labels).collect::<String>()
    )
}

fn structured(view: &View<'_>, listing: &Listing) -> serde_json::Value {
    let availability = match listing.state {
        State::Active => "https://schema.org/InStock",
        State::Sold => "https://schema.org/SoldOut",
        State::Ended => "https://schema.org/OutOfStock",
    };
    let is_new = listing.condition == Grade::New;
    json!({
        "@context": "https://schema.org", "@type": "Product", "name": listing.title,
        "image": [view.photo(listing)], "brand": { "@type": "Brand", "name": listing.of.brand },
        "model": listing.of.family, "mpn": listing.of.number,
        "offers": {
            "@type": "Offer", "url": format!("{}/ebay/itm/{}", view.address, listing.id),
            "price": listing.decimal(listing.price_minor), "priceCurrency": listing.place.currency,
            "availability": availability,
            "itemCondition": if is_new { "https://schema.org/NewCondition" } else { "https://schema.org/UsedCondition" },
        }
    })
}

fn header(view: &View<'_>, query: &str) -> String {
    format!(
        "<header class=\"bar\"><a href=\"{0}/ebay/\"><strong>demo<span>Bay</span></strong></a>\
         <form action=\"{0}/ebay/sch/i.html\"><input name=\"_nkw\" value=\"{query}\" aria-label=\"Search\" placeholder=\"Search watches\"> <button>Search</button></form></header>",
        view.address
    )
}

const STYLE: &str = ".bar{display:flex;gap:2rem;align-items:center}.bar a{text-decoration:none;font-size:1.5rem}.bar span{color:#3665c9}\
.s-card .su-card-container{display:flex;gap:1.2rem;padding:1rem 0;border-top:1px solid #e3e1da}.s-card__image{width:11rem;border-radius:.6rem}\
.s-card__title{font-size:1.1rem}.s-card a{text-decoration:none}.s-card a:hover{text-decoration:underline}.s-card__price{font-size:1.3rem;font-weight:700}\
.su-card-container__content{flex:1}.su-card-container__attributes{display:flex;justify-content:space-between;gap:1rem}.secondary{color:#5c6066}\
.strikethrough{text-decoration:line-through}.srp-controls__count-heading{font-size:1rem;font-weight:400}.BOLD{font-weight:700}.pagination{padding:1.5rem 0}\
.item{display:grid;grid-template-columns:minmax(0,1fr) minmax(0,1fr);gap:2rem}.item img{border-radius:.8rem}.x-item-title__mainTitle{font-size:1.4rem}\
.x-price-primary{font-size:1.6rem;font-weight:700}.ux-labels-values{display:grid;grid-template-columns:12rem 1fr;margin:.3rem 0}.ux-labels-values dt{color:#5c6066}\
.ux-labels-values dd{margin:0}.d-statusmessage{background:#f4e3c1;padding:.6rem 1rem;border-radius:.5rem}@media(max-width:45rem){.item{grid-template-columns:1fr}}";

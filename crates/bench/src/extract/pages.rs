//! Result pages made from a seed: 60 offers in about 400 KB, as JSON-LD, cards or microdata; and bad ones.

use std::fmt::Write;

use crate::random::Random;

/// Offers on a page.
pub const OFFERS: usize = 60;

/// How a page states its offers.
#[derive(Debug, Clone, Copy, PartialEq, Eq, clap::ValueEnum)]
pub enum Kind {
    Jsonld,
    Cards,
    Microdata,
    Hostile,
}

struct Offer {
    id: u64,
    title: String,
    cents: u64,
    image: String,
    condition: &'static str,
}

fn offer(random: &mut Random) -> Offer {
    const WATCHES: [&str; 8] = [
        "Rolex Submariner Date 126610LN",
        "Omega Speedmaster 310.30.42.50.01.001",
        "Tudor Black Bay 58 M79030N",
        "Cartier Santos WSSA0018",
        "Seiko SARB033",
        "Grand Seiko SBGA211",
        "IWC IW371605",
        "Breitling AB0138",
    ];
    const NOTES: [&str; 6] =
        ["Full Set", "Box & Papers", "2021", "serviced – like new", "40mm", "über-rare dial"];
    let id = 300_000_000_000 + random.below(99_999_999_999);
    let title =
        format!("{} {} {}", random.pick(&WATCHES), random.pick(&NOTES), random.below(100_000));
    let image = format!("https://img.example/g/{:016x}/s-l500.jpg", random.next());
    let condition = if random.below(3) == 0 { "NewCondition" } else { "UsedCondition" };
    Offer { id, title, cents: 10_000 + random.below(3_000_000), image, condition }
}

/// Half of the page is what pages are full of: scripts, styles, navigation.
fn head(random: &mut Random, title: &str, extra: &str) -> String {
    let mut page = format!(
        "<!DOCTYPE html><html lang=\"en\"><head><meta charset=\"utf-8\"><title>{title}</title>{extra}"
    );
    page.push_str("<script>");
    while page.len() < 60_000 {
        let _ = write!(
            page,
            "window.c{:x}={{a:\"<div class='x'>\",b:{}}};",
            random.next(),
            random.below(1000)
        );
    }
    page.push_str("</script><style>");
    while page.len() < 100_000 {
        let _ = writeln!(page, ".c{:x}>li+li{{margin:{}px}}", random.next(), random.below(40));
    }
    page.push_str("</style></head><body><nav>");
    for _ in 0..120 {
        let _ = write!(
            page,
            "<li class=\"nav\"><a href=\"/c/{}\">Category {}</a></li>",
            random.next(),
            random.below(99)
        );
    }
    page.push_str("</nav><ul>");
    page
}

/// What surrounds an offer in a card: tracking attributes, a picture's markup, buttons.
fn noise(random: &mut Random, bytes: usize) -> String {
    let mut out = String::with_capacity(bytes + 200);
    while out.len() < bytes {
        let _ = write!(
            out,
            "<div class=\"wrap w{}\" data-t='{{\"id\":\"{:x}\",\"k\":[1,2]}}'><!--M_{:x}--><svg class=\"icon\" aria-hidden=\"true\">\
             <path d=\"M{} {} 7 7 0 0 0 0 14Zm0 2a8.9 8.9 0 0 0 5.6-1.9l5.6 5.6a1 1 0 0 0 1.4-1.4Z\"></path></svg><span>i{}</span></div>",
            random.below(9),
            random.next(),
            random.next(),
            random.below(99),
            random.below(99),
            random.below(99),
        );
    }
    out
}

/// One page of a kind.
pub fn page(kind: Kind, seed: u64) -> String {
    let mut random = Random::new(seed);
    let offers: Vec<Offer> = (0..OFFERS).map(|_| offer(&mut random)).collect();
    match kind {
        Kind::Jsonld => json_ld(&mut random, &offers),
        Kind::Cards | Kind::Hostile => cards(&mut random, &offers, OFFERS),
        Kind::Microdata => microdata(&mut random, &offers),
    }
}

fn json_ld(random: &mut Random, offers: &[Offer]) -> String {
    let mut page =
        head(random, "Watches", "<link rel=\"canonical\" href=\"https://shop.example/watches\">");
    for offer in offers {
        let _ = write!(page, "<li class=\"tile\"><a href=\"/w/{}\">{}</a>", offer.id, offer.title);
        page.push_str(&noise(random, 4_600));
        page.push_str("</li>");
    }
    page.push_str("</ul><script type=\"application/ld+json\">{\"@context\":\"https://schema.org\",\"@type\":\"ItemList\",\"itemListElement\":[");
    for (index, offer) in offers.iter().enumerate() {
        let comma = if index == 0 { "" } else { "," };
        let _ = write!(
            page,
            "{comma}{{\"@type\":\"ListItem\",\"position\":{},\"item\":{{\"@type\":\"Product\",\"name\":\"{}\",\"url\":\"https://shop.example/w/{}\",\
             \"image\":\"{}\",\"offers\":{{\"@type\":\"Offer\",\"price\":\"{}.{:02}\",\"priceCurrency\":\"EUR\",\
             \"itemCondition\":\"https://schema.org/{}\",\"availability\":\"https://schema.org/InStock\"}}}}}}",
            index + 1,
            offer.title,
            offer.id,
            offer.image,
            offer.cents / 100,
            offer.cents % 100,
            offer.condition,
        );
    }
    page.push_str("]}</script></body></html>");
    page
}

fn cards(random: &mut Random, offers: &[Offer], count: usize) -> String {
    let canonical = "<link rel=\"canonical\" href=\"https://www.ebay.com/sch/i.html?_nkw=watch\">";
    let mut page = head(random, "watch for sale", canonical);
    for index in 0..count {
        let offer = &offers[index % offers.len()];
        card(&mut page, random, offer, index);
    }
    page.push_str("</ul></body></html>");
    page
}

fn card(page: &mut String, random: &mut Random, offer: &Offer, index: usize) {
    let condition = if offer.condition == "NewCondition" { "Brand New" } else { "Pre-Owned" };
    let title = offer.title.replace('&', "&amp;");
    let id = offer.id + index as u64;
    let _ = write!(
        page,
        "<li class=\"s-card s-card--horizontal\" data-view=\"mi:1686|iid:{index}\" id=\"item{id:x}\" data-listingid=\"{id}\">\
         <div class=\"su-image\"><a class=\"s-card__link image-treatment\" href=\"https://www.ebay.com/itm/{id}?_skw=watch&amp;hash=item{id:x}\">\
         <img class=\"s-card__image\" loading=\"lazy\" src=\"{}\" alt=\"{title}\"></a></div>",
        offer.image,
    );
    page.push_str(&noise(random, 3_800));
    let _ = write!(
        page,
        "<a class=\"s-card__link\" href=\"https://www.ebay.com/itm/{id}?_skw=watch&amp;hash=item{id:x}\"><div role=\"heading\" class=\"s-card__title\">\
         <span class=\"su-styled-text primary\">{title}</span><span class=\"clipped\">Opens in a new window or tab</span></div></a>\
         <div class=\"s-card__subtitle-row\"><div class=\"s-card__subtitle\"><span class=\"su-styled-text\">{condition}</span></div></div>\
         <div class=\"s-card__attribute-row\"><span class=\"su-styled-text bold s-card__price\">${}.{:02}</span></div>\
         <div class=\"s-card__attribute-row\"><span>Buy It Now</span></div>\
         <div class=\"s-card__attribute-row\"><span>+$9.95 delivery in 2-4 days</span></div>\
         <div class=\"s-card__attribute-row\"><span>Located in United States</span></div></li>",
        thousands(offer.cents / 100),
        offer.cents % 100,
    );
}

fn thousands(whole: u64) -> String {
    if whole < 1_000 {
        whole.to_string()
    } else {
        format!("{},{:03}", whole / 1_000, whole % 1_000)
    }
}

fn microdata(random: &mut Random, offers: &[Offer]) -> String {
    let mut page =
        head(random, "Watches", "<link rel=\"canonical\" href=\"https://shop.example/watches\">");
    for offer in offers {
        let title = offer.title.replace('&', "&amp;");
        let _ = write!(
            page,
            "<li itemscope itemtype=\"https://schema.org/Product\"><a itemprop=\"url\" href=\"https://shop.example/w/{}\"><span itemprop=\"name\">{title}</span></a>\
             <img itemprop=\"image\" src=\"{}\"><div itemprop=\"offers\" itemscope itemtype=\"https://schema.org/Offer\">\
             <meta itemprop=\"priceCurrency\" content=\"EUR\"><span itemprop=\"price\" content=\"{}.{:02}\">x</span>\
             <link itemprop=\"itemCondition\" href=\"https://schema.org/{}\"></div>",
            offer.id,
            offer.image,
            offer.cents / 100,
            offer.cents % 100,
            offer.condition,
        );
        page.push_str(&noise(random, 4_300));
        page.push_str("</li>");
    }
    page.push_str("</ul></body></html>");
    page
}

/// Pages that want to be slow, each with a name: 10 MB of cards, unclosed elements, one huge attribute.
pub fn hostile(seed: u64) -> Vec<(&'static str, String)> {
    let mut random = Random::new(seed);
    let offers: Vec<Offer> = (0..OFFERS).map(|_| offer(&mut random)).collect();
    let ten_megabytes = cards(&mut random, &offers, 2_000);
    let card = cards(&mut random, &offers, 1);
    let (before, after) =
        card.split_at(card.find("<div class=\"su-image\">").unwrap_or(card.len()));
    let unclosed = format!("{before}{}{after}", "<div>".repeat(100_000));
    let attribute = format!("{before}<div data-x=\"{}\">{after}", "s-card a=' ".repeat(100_000));
    let quotes = format!("{before}{}{after}", "<b x='".repeat(150_000));
    let classes = format!("{before}{}{after}", " s-card \n".repeat(150_000));
    let scripts = format!("{before}{}{after}", "<script type=application/ld+json>[".repeat(40_000));
    vec![
        ("10_megabytes", ten_megabytes),
        ("100k_unclosed_div", unclosed),
        ("1_megabyte_attribute", attribute),
        ("open_quotes", quotes),
        ("loose_class_names", classes),
        ("open_scripts", scripts),
    ]
}

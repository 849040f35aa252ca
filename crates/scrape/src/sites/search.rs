//! The address of a search on a market: newest first, page by page.

use url::Url;

use super::SiteKind;

/// A search for `query` on the market at `base`; pages count from 1.
///
/// A dealer's base is the page of watches that the person named; `{query}` in it is replaced, and
/// without it the page is read as it is.
pub fn search_url(kind: SiteKind, base: &Url, query: &str, page_no: u32) -> Url {
    let page_no = page_no.max(1);
    match kind {
        SiteKind::Ebay => {
            // _sop=10: newly listed first; _ipg: cards a page.
            let mut url = in_folder(base, "sch/i.html");
            url.query_pairs_mut()
                .append_pair("_nkw", query)
                .append_pair("_sop", "10")
                .append_pair("_ipg", "60")
                .append_pair("_pgn", &page_no.to_string());
            url
        }
        SiteKind::Chrono24 => {
            // sortorder=5: newest first.
            let mut url = in_folder(base, "search/index.htm");
            url.query_pairs_mut()
                .append_pair("dosearch", "true")
                .append_pair("query", query)
                .append_pair("sortorder", "5")
                .append_pair("pageSize", "60")
                .append_pair("showpage", &page_no.to_string());
            url
        }
        SiteKind::Facebook => {
            // Marketplace scrolls: a search has one page.
            let mut url = in_folder(base, "marketplace/search/");
            url.query_pairs_mut()
                .append_pair("query", query)
                .append_pair("sortBy", "creation_time_descend")
                .append_pair("exact", "false");
            url
        }
        SiteKind::Kleinanzeigen => kleinanzeigen(base, query, page_no),
        SiteKind::Reddit => {
            // The next pages go on after the last post, by the address the answer gives.
            let mut url = in_folder(base, "r/Watchexchange/search.json");
            url.query_pairs_mut()
                .append_pair("q", query)
                .append_pair("restrict_sr", "on")
                .append_pair("sort", "new")
                .append_pair("limit", "100");
            url
        }
        SiteKind::Forum => forum(base, page_no),
        SiteKind::Dealer => dealer(base, query, page_no),
    }
}

/// The words are part of the path: `/s-uhren-schmuck/seite:2/rolex-16610/k0c157`.
fn kleinanzeigen(base: &Url, query: &str, page_no: u32) -> Url {
    let words: Vec<String> = query
        .split(|letter: char| !letter.is_alphanumeric())
        .filter(|word| !word.is_empty())
        .map(str::to_lowercase)
        .collect();
    let page = if page_no > 1 { format!("seite:{page_no}/") } else { String::new() };
    let words = match words.join("-") {
        words if words.is_empty() => "c157".to_owned(),
        words => format!("{words}/k0c157"),
    };
    in_folder(base, &format!("s-uhren-schmuck/{page}{words}"))
}

/// A path in the base's own folder: the demo market has several shops under one host.
fn in_folder(base: &Url, path: &str) -> Url {
    let mut url = base.clone();
    let folder = base.path().rsplit_once('/').map_or("", |(folder, _)| folder);
    url.set_path(&format!("{folder}/{path}"));
    url.set_query(None);
    url.set_fragment(None);
    url
}

/// Forums search by a form; so their newest threads are read: `/forums/sales.29/page-2`.
fn forum(base: &Url, page_no: u32) -> Url {
    let mut url = base.clone();
    if page_no > 1 {
        url.set_path(&format!("{}/page-{page_no}", base.path().trim_end_matches('/')));
    }
    url
}

fn dealer(base: &Url, query: &str, page_no: u32) -> Url {
    let encoded: String = url::form_urlencoded::byte_serialize(query.as_bytes()).collect();
    // The braces are percent-encoded once the address was parsed.
    let filled = base.as_str().replace("{query}", &encoded).replace("%7Bquery%7D", &encoded);
    let mut url = Url::parse(&filled).unwrap_or_else(|_| base.clone());
    if page_no > 1 {
        url.query_pairs_mut().append_pair("page", &page_no.to_string());
    }
    url
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(kind: SiteKind, base: &str, page_no: u32, expected: &str) {
        let base = Url::parse(base).expect("a valid address");
        assert_eq!(search_url(kind, &base, "rolex 16610 & more", page_no).as_str(), expected);
    }

    #[test]
    fn every_market_is_asked_in_its_own_way() {
        check(
            SiteKind::Ebay,
            "https://www.ebay.de/",
            2,
            "https://www.ebay.de/sch/i.html?_nkw=rolex+16610+%26+more&_sop=10&_ipg=60&_pgn=2",
        );
        check(
            SiteKind::Ebay,
            "http://127.0.0.1:9000/ebay/",
            1,
            "http://127.0.0.1:9000/ebay/sch/i.html?_nkw=rolex+16610+%26+more&_sop=10&_ipg=60&_pgn=1",
        );
        check(
            SiteKind::Chrono24,
            "http://127.0.0.1:9000/x?y",
            0,
            "http://127.0.0.1:9000/search/index.htm?dosearch=true&query=rolex+16610+%26+more&sortorder=5&pageSize=60&showpage=1",
        );
        check(
            SiteKind::Facebook,
            "https://www.facebook.com/",
            2,
            "https://www.facebook.com/marketplace/search/?query=rolex+16610+%26+more&sortBy=creation_time_descend&exact=false",
        );
        check(
            SiteKind::Kleinanzeigen,
            "https://www.kleinanzeigen.de",
            2,
            "https://www.kleinanzeigen.de/s-uhren-schmuck/seite:2/rolex-16610-more/k0c157",
        );
        check(
            SiteKind::Reddit,
            "https://www.reddit.com/",
            1,
            "https://www.reddit.com/r/Watchexchange/search.json?q=rolex+16610+%26+more&restrict_sr=on&sort=new&limit=100",
        );
        check(
            SiteKind::Forum,
            "https://www.forum.example/forums/sales.29/",
            2,
            "https://www.forum.example/forums/sales.29/page-2",
        );
        check(
            SiteKind::Dealer,
            "https://shop.example/search?q={query}",
            1,
            "https://shop.example/search?q=rolex+16610+%26+more",
        );
        check(
            SiteKind::Dealer,
            "https://shop.example/watches",
            3,
            "https://shop.example/watches?page=3",
        );
    }
}

//! A wish to the request that goes out: method, headers, body, and what it becomes on a redirect.
//!
//! Made by `http` for pages and photos and by `ebay_api` for calls; sent by `http` alone.

use reqwest::{
    Method,
    header::{self, HeaderMap, HeaderValue},
};
use url::Url;

use super::{Accept, Request};

/// One request as it goes out, whoever asks.
#[derive(Debug, Clone)]
pub struct Outgoing {
    pub method: Method,
    pub url: Url,
    pub headers: HeaderMap,
    pub body: Option<String>,
    pub robots: RobotsDuty,
}

/// Pages obey robots.txt; robots.txt itself and an API with its own terms do not.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum RobotsDuty {
    Obey,
    Exempt,
}

/// A page or photo as it is asked for.
pub fn outgoing(request: &Request) -> Outgoing {
    let mut headers = HeaderMap::new();
    let accept = match request.accept {
        Accept::Html => "text/html,application/xhtml+xml;q=0.9,*/*;q=0.5",
        Accept::Image => "image/png,image/jpeg,image/webp;q=0.9,image/*;q=0.5",
    };
    headers.insert(header::ACCEPT, HeaderValue::from_static(accept));
    let conditions = [
        (header::IF_NONE_MATCH, &request.validators.etag),
        (header::IF_MODIFIED_SINCE, &request.validators.last_modified),
    ];
    for (name, value) in conditions {
        // A stored mark that is no header value is simply not sent.
        if let Some(value) = value.as_ref().and_then(|value| HeaderValue::from_str(value).ok()) {
            headers.insert(name, value);
        }
    }
    Outgoing {
        method: Method::GET,
        url: request.url.clone(),
        headers,
        body: None,
        robots: RobotsDuty::Obey,
    }
}

/// The next hop: a plain GET, without secrets when it leads to another origin.
pub fn redirected(mut outgoing: Outgoing, next: Url) -> Outgoing {
    if next.origin() != outgoing.url.origin() {
        outgoing.headers.remove(header::AUTHORIZATION);
    }
    if outgoing.method != Method::GET {
        outgoing.method = Method::GET;
        outgoing.body = None;
    }
    Outgoing { url: next, ..outgoing }
}

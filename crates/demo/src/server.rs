//! Routes of the demo market: three shops, the API, photos and the control handles.

use std::{
    collections::HashMap,
    sync::{Arc, Mutex, MutexGuard, PoisonError},
};

use axum::{
    Json, Router,
    extract::{Path, Query, State},
    http::{HeaderMap, StatusCode, header},
    response::{Html, IntoResponse, Redirect, Response},
    routing::{get, post},
};
use base64::{Engine, prelude::BASE64_STANDARD};
use serde::Deserialize;
use serde_json::json;

use crate::{
    api::{self, ApiSearch},
    clock::MarketClock,
    control,
    listing::{Listing, Site},
    market::Market,
    members::{self, Members},
    pages::{Search, View, challenge, chrono24, dealer, ebay, home},
    photo,
    stock::Look,
};

pub type Shared = Arc<Server>;

type Photos = HashMap<(Look, u64), Arc<Vec<u8>>>;

#[derive(Debug)]
pub struct Server {
    pub address: String,
    inner: Mutex<Inner>,
    /// PNGs by look and backdrop, as drawn so far.
    photos: Mutex<Photos>,
    /// Pages of no shop's layout, by path, as a test put them up.
    pages: Mutex<HashMap<String, String>>,
    members: Mutex<Members>,
}

#[derive(Debug)]
struct Inner {
    market: Market,
    clock: MarketClock,
}

impl Server {
    pub fn new(address: String, market: Market, clock: MarketClock) -> Server {
        let inner = Mutex::new(Inner { market, clock });
        Server {
            address,
            inner,
            photos: Mutex::default(),
            pages: Mutex::default(),
            members: Mutex::default(),
        }
    }

    /// The market as of now.
    fn lock(&self) -> MutexGuard<'_, Inner> {
        let mut inner = self.inner.lock().unwrap_or_else(PoisonError::into_inner);
        let now = inner.clock.now();
        inner.market.advance(now);
        inner
    }

    pub fn members(&self) -> MutexGuard<'_, Members> {
        self.members.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// What a page or an answer is made of, as of now.
    pub fn view<T>(&self, draw: impl FnOnce(&View<'_>) -> T) -> T {
        let inner = self.lock();
        draw(&inner.view(&self.address))
    }

    fn show(&self, draw: impl FnOnce(&View<'_>) -> String) -> Html<String> {
        Html(self.view(draw))
    }

    fn item(
        &self,
        site: Site,
        id: u64,
        draw: impl FnOnce(&View<'_>, &Listing) -> String,
    ) -> Response {
        let inner = self.lock();
        match inner.market.find(id).filter(|listing| listing.site == site) {
            Some(listing) => Html(draw(&inner.view(&self.address), listing)).into_response(),
            None => (StatusCode::NOT_FOUND, "This listing does not exist.").into_response(),
        }
    }

    /// A shop that is asking whether a person is there shows nothing else.
    fn challenged(&self) -> Option<Response> {
        let inner = self.lock();
        let asks = inner.market.challenges(inner.clock.now());
        asks.then(|| {
            (StatusCode::FORBIDDEN, [("cf-mitigated", "challenge")], Html(challenge::page()))
                .into_response()
        })
    }
}

impl Inner {
    fn view<'a>(&'a self, address: &'a str) -> View<'a> {
        let now = self.clock.real(self.clock.now());
        View { market: &self.market, address, now, clock: &self.clock }
    }
}

pub fn router(server: Shared) -> Router {
    Router::new()
        .route("/", get(async |State(server): State<Shared>| server.show(home::page)))
        .route("/robots.txt", get(async || "User-agent: *\nAllow: /\n"))
        .route("/photos/{file}", get(photo_file))
        .route("/chrono24/images/uhren/{file}", get(photo_file))
        .route("/ebay", get(async || Redirect::permanent("/ebay/")))
        .route("/ebay/", get(ebay_search))
        .route("/ebay/sch/i.html", get(ebay_search))
        .route("/ebay/itm/{id}", get(ebay_item))
        .route("/chrono24", get(async || Redirect::permanent("/chrono24/")))
        .route("/chrono24/", get(chrono24_search))
        .route("/chrono24/search/index.htm", get(chrono24_search))
        .route("/chrono24/{brand}/{file}", get(chrono24_item))
        .route("/dealer", get(async || Redirect::permanent("/dealer/")))
        .route("/dealer/", get(dealer_shop))
        .route("/dealer/watch/{file}", get(dealer_item))
        .route("/pages/{file}", get(own_page))
        .route("/identity/v1/oauth2/token", post(token))
        .route("/buy/browse/v1/item_summary/search", get(api_search))
        .route("/_control/list", get(control_list))
        .route("/_control/drop", post(control_drop))
        .route("/_control/add", post(control_add))
        .route("/_control/sell", post(control_sell))
        .route("/_control/challenge", post(control_challenge))
        .route("/_control/freeze", post(control_freeze))
        .route("/_control/page", post(control_page))
        .merge(members::routes())
        .with_state(server)
}

/// The search fields of all three shops; each has its own names for them.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
struct Fields {
    _nkw: String,
    _pgn: Option<usize>,
    #[serde(rename = "LH_Auction")]
    auctions: Option<String>,
    query: String,
    showpage: Option<usize>,
    q: String,
    page: Option<usize>,
}

async fn ebay_search(State(server): State<Shared>, Query(fields): Query<Fields>) -> Html<String> {
    let auctions_only = fields.auctions.as_deref() == Some("1");
    let search = Search { query: fields._nkw, page: fields._pgn.unwrap_or(1), auctions_only };
    server.show(|view| ebay::search(view, &search))
}

async fn ebay_item(State(server): State<Shared>, Path(id): Path<u64>) -> Response {
    server.item(Site::Ebay, id, ebay::item)
}

async fn chrono24_search(State(server): State<Shared>, Query(fields): Query<Fields>) -> Response {
    if let Some(challenge) = server.challenged() {
        return challenge;
    }
    let page = fields.showpage.unwrap_or(1);
    let search = Search { query: fields.query, page, auctions_only: false };
    server.show(|view| chrono24::search(view, &search)).into_response()
}

async fn chrono24_item(
    State(server): State<Shared>,
    Path((_, file)): Path<(String, String)>,
) -> Response {
    if let Some(challenge) = server.challenged() {
        return challenge;
    }
    let id = file.rsplit_once("--id").and_then(|(_, id)| id.trim_end_matches(".htm").parse().ok());
    server.item(Site::Chrono24, id.unwrap_or(0), chrono24::item)
}

async fn dealer_shop(State(server): State<Shared>, Query(fields): Query<Fields>) -> Html<String> {
    let search = Search { query: fields.q, page: fields.page.unwrap_or(1), auctions_only: false };
    server.show(|view| dealer::shop(view, &search))
}

async fn dealer_item(State(server): State<Shared>, Path(file): Path<String>) -> Response {
    let id = file.rsplit_once('-').and_then(|(_, id)| id.parse().ok());
    server.item(Site::Dealer, id.unwrap_or(0), dealer::item)
}

async fn own_page(State(server): State<Shared>, Path(file): Path<String>) -> Response {
    let pages = server.pages.lock().unwrap_or_else(PoisonError::into_inner);
    match pages.get(&file) {
        Some(html) => Html(html.clone()).into_response(),
        None => (StatusCode::NOT_FOUND, "Nobody put this page up.").into_response(),
    }
}

async fn photo_file(State(server): State<Shared>, Path(file): Path<String>) -> Response {
    let id = file.split(['-', '.']).next().and_then(|id| id.parse().ok()).unwrap_or(0);
    let Some(look) = server.lock().market.find(id).map(|listing| listing.of.look) else {
        return StatusCode::NOT_FOUND.into_response();
    };
    let key = (look, id % 6);
    let drawn = server.photos.lock().unwrap_or_else(PoisonError::into_inner).get(&key).cloned();
    let picture = match drawn {
        Some(picture) => picture,
        None => {
            let picture = tokio::task::spawn_blocking(move || photo::draw(key.0, key.1)).await;
            let Ok(Some(picture)) = picture else {
                return StatusCode::INTERNAL_SERVER_ERROR.into_response();
            };
            let picture = Arc::new(picture);
            let mut photos = server.photos.lock().unwrap_or_else(PoisonError::into_inner);
            photos.insert(key, picture.clone());
            picture
        }
    };
    let headers = [(header::CONTENT_TYPE, "image/png"), (header::CACHE_CONTROL, "max-age=86400")];
    (headers, picture.as_ref().clone()).into_response()
}

/// Any key pair will do; none will not.
async fn token(headers: HeaderMap, body: String) -> Response {
    let basic = headers.get(header::AUTHORIZATION).and_then(|value| value.to_str().ok());
    let (id, secret) = api::KEYS;
    let keys = BASE64_STANDARD.encode(format!("{id}:{secret}"));
    let known = basic.and_then(|value| value.strip_prefix("Basic ")) == Some(&*keys);
    if known && body.contains("grant_type=client_credentials") {
        return Json(api::token()).into_response();
    }
    let refusal =
        json!({ "error": "invalid_client", "error_description": "client authentication failed" });
    (StatusCode::UNAUTHORIZED, Json(refusal)).into_response()
}

#[derive(Debug, Deserialize)]
#[serde(default)]
struct ApiFields {
    q: String,
    limit: usize,
    offset: usize,
    filter: String,
}

impl Default for ApiFields {
    fn default() -> ApiFields {
        ApiFields { q: String::new(), limit: 50, offset: 0, filter: String::new() }
    }
}

async fn api_search(
    State(server): State<Shared>,
    headers: HeaderMap,
    Query(fields): Query<ApiFields>,
) -> Response {
    let bearer = headers.get(header::AUTHORIZATION).and_then(|value| value.to_str().ok());
    if bearer.and_then(|value| value.strip_prefix("Bearer ")) != Some(api::TOKEN) {
        return (StatusCode::UNAUTHORIZED, Json(api::error(1001, "Invalid access token")))
            .into_response();
    }
    if fields.q.trim().is_empty() {
        return (StatusCode::BAD_REQUEST, Json(api::error(12001, "The call must have a q")))
            .into_response();
    }
    let search = ApiSearch {
        query: fields.q,
        limit: fields.limit,
        offset: fields.offset,
        filter: fields.filter,
    };
    let inner = server.lock();
    Json(api::search(&inner.view(&server.address), &search)).into_response()
}

async fn control_list(State(server): State<Shared>) -> Response {
    Json(control::list(&server.lock().market, &server.address)).into_response()
}

async fn control_drop(State(server): State<Shared>, Json(drop): Json<control::Drop>) -> Response {
    found(control::drop_price(&mut server.lock().market, &drop, &server.address))
}

async fn control_add(State(server): State<Shared>, Json(add): Json<control::Add>) -> Response {
    found(control::add(&mut server.lock().market, &add, &server.address))
}

async fn control_sell(State(server): State<Shared>, Json(sell): Json<control::Sell>) -> Response {
    found(control::sell(&mut server.lock().market, &sell, &server.address))
}

async fn control_challenge(
    State(server): State<Shared>,
    Json(switch): Json<control::Switch>,
) -> Response {
    server.lock().market.challenge = switch.on;
    Json(json!({ "challenge": switch.on })).into_response()
}

async fn control_page(State(server): State<Shared>, Json(page): Json<control::Page>) -> Response {
    let address = format!("{}/pages/{}", server.address, page.file);
    server.pages.lock().unwrap_or_else(PoisonError::into_inner).insert(page.file, page.html);
    Json(json!({ "url": address })).into_response()
}

async fn control_freeze(
    State(server): State<Shared>,
    Json(switch): Json<control::Switch>,
) -> Response {
    let on = switch.on.unwrap_or(false);
    server.lock().clock.freeze(on);
    Json(json!({ "freeze": on })).into_response()
}

fn found(answer: Option<serde_json::Value>) -> Response {
    match answer {
        Some(value) => Json(value).into_response(),
        None => (StatusCode::NOT_FOUND, Json(json!({ "error": "no such listing or reference" })))
            .into_response(),
    }
}

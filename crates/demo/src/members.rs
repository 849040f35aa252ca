//! Who is signed in at the members' shop, and its routes.
//!
//! A cookie names a visitor; it counts once the check is passed, and until a test ends all sessions.

use std::collections::HashMap;

use axum::{
    Form, Json, Router,
    extract::{Query, State},
    http::{HeaderMap, HeaderValue, StatusCode, header},
    response::{Html, IntoResponse, Redirect, Response},
    routing::{get, post},
};
use serde::Deserialize;
use serde_json::{Value, json};

use crate::{
    pages::{Search, members as pages},
    server::Shared,
};

const COOKIE: &str = "member";

/// Longer than any test, as shops remember their visitors.
const MONTH: u64 = 30 * 24 * 3600;

#[derive(Debug, Default)]
pub struct Members {
    visitors: HashMap<String, Standing>,
    given: u64,
    /// The field that last had the keyboard.
    focus: String,
    /// How often the stock was given out.
    served: u64,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Standing {
    SignedIn,
    Member,
}

impl Members {
    fn standing(&self, headers: &HeaderMap) -> Option<Standing> {
        self.visitors.get(cookie(headers)?).copied()
    }

    fn sign_in(&mut self) -> String {
        self.given += 1;
        let token = format!("v{}", self.given);
        self.visitors.insert(token.clone(), Standing::SignedIn);
        token
    }

    /// For tests: what a person at the screen would see.
    pub fn describe(&self) -> Value {
        let members = self.visitors.values().filter(|standing| **standing == Standing::Member);
        json!({ "members": members.count(), "focus": self.focus, "served": self.served })
    }

    /// Every visitor must sign in again.
    pub fn end_sessions(&mut self) {
        self.visitors.clear();
    }
}

fn cookie(headers: &HeaderMap) -> Option<&str> {
    let pairs = headers.get(header::COOKIE)?.to_str().ok()?.split(';');
    pairs
        .filter_map(|pair| pair.trim().split_once('='))
        .find(|(name, _)| *name == COOKIE)
        .map(|(_, value)| value)
}

pub fn routes() -> Router<Shared> {
    Router::new()
        .route("/members", get(async || Redirect::permanent("/members/")))
        .route("/members/", get(shop))
        .route("/members/stock", get(stock))
        .route("/members/sign-in", post(sign_in))
        .route("/members/check", post(check))
        .route("/members/focus", post(focus))
        .route("/_control/members", get(describe))
        .route("/_control/members/end", post(end))
}

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
struct Fields {
    q: String,
    page: Option<usize>,
}

impl Fields {
    fn search(self) -> Search {
        Search { query: self.q, page: self.page.unwrap_or(1), auctions_only: false }
    }
}

async fn shop(
    State(server): State<Shared>,
    headers: HeaderMap,
    Query(fields): Query<Fields>,
) -> Html<String> {
    let standing = server.members().standing(&headers);
    Html(match standing {
        None => pages::sign_in(),
        Some(Standing::SignedIn) => pages::check(),
        Some(Standing::Member) => pages::shop(&fields.search()),
    })
}

async fn stock(
    State(server): State<Shared>,
    headers: HeaderMap,
    Query(fields): Query<Fields>,
) -> Response {
    let standing = server.members().standing(&headers);
    if standing != Some(Standing::Member) {
        return StatusCode::FORBIDDEN.into_response();
    }
    server.members().served += 1;
    Json(server.view(|view| pages::stock(view, &fields.search()))).into_response()
}

#[derive(Debug, Deserialize)]
struct SignIn {
    name: String,
    password: String,
}

/// Anybody may become a member who types a name and a password.
async fn sign_in(State(server): State<Shared>, Form(form): Form<SignIn>) -> Response {
    if form.name.trim().is_empty() || form.password.is_empty() {
        return Html(pages::sign_in()).into_response();
    }
    let token = server.members().sign_in();
    let cookie =
        format!("{COOKIE}={token}; Path=/members; Max-Age={MONTH}; HttpOnly; SameSite=Lax");
    let mut response = Redirect::to("/members/").into_response();
    if let Ok(cookie) = HeaderValue::from_str(&cookie) {
        response.headers_mut().insert(header::SET_COOKIE, cookie);
    }
    response
}

async fn check(State(server): State<Shared>, headers: HeaderMap) -> Redirect {
    if let Some(token) = cookie(&headers)
        && let Some(standing) = server.members().visitors.get_mut(token)
    {
        *standing = Standing::Member;
    }
    Redirect::to("/members/")
}

async fn focus(State(server): State<Shared>, field: String) -> StatusCode {
    server.members().focus = field;
    StatusCode::NO_CONTENT
}

async fn describe(State(server): State<Shared>) -> Json<Value> {
    Json(server.members().describe())
}

async fn end(State(server): State<Shared>) -> Json<Value> {
    let mut members = server.members();
    members.end_sessions();
    Json(members.describe())
}

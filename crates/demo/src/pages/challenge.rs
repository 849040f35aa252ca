//! A page that asks whether a person is there, as bot checks do; for trying `needs you`.

use super::document;

pub fn page() -> String {
    let body = "<main class=\"main-wrapper\" role=\"main\"><div class=\"main-content\"><h1>Just a moment...</h1>\
        <p>Checking if the site connection is secure. This is the demo market's imitation of a bot check: it goes away by itself.</p>\
        <div id=\"challenge-stage\"><input id=\"cf-chl-widget-demo_response\" name=\"cf-turnstile-response\" type=\"hidden\"></div></div></main>";
    document(
        "en",
        "Just a moment...",
        "<meta name=\"robots\" content=\"noindex,nofollow\">",
        "",
        body,
    )
}

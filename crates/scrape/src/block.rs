//! Is a page without listings a challenge or a login wall? Never bypassed: the person must act.
//!
//! Marks are those of the protection's own page; scripts that protected sites load on every page do not
//! count. Words in the title count only on small pages.

use memchr::memmem;

use crate::{html::text::fold, page::Page, sites::Block};

/// Challenge pages are small; a big page that says "log in" somewhere is no wall.
const SMALL: usize = 96 * 1024;

/// Bytes that only a protection's own page holds.
const MARKS: &[(Block, &[&str])] = &[
    (
        Block::Cloudflare,
        &[
            "_cf_chl_opt",
            "cf-chl-",
            "cf-challenge-running",
            "cf-browser-verification",
            "id=\"challenge-form\"",
        ],
    ),
    (
        Block::Datadome,
        &["geo.captcha-delivery.com", "captcha-delivery.com/captcha", "captcha-delivery.com/c.js"],
    ),
    (Block::Akamai, &["sec-if-cpt-container", "_sec/cp_challenge", "errors.edgesuite.net"]),
    (Block::Perimeterx, &["px-captcha", "captcha.px-cdn.net", "captcha.px-cloud.net"]),
    // Facebook's own form, on a page of any size that shows nothing else of ours.
    (Block::Login, &["/login/device-based/"]),
    (Block::Captcha, &["splashui/challenge", "splashui/captcha", "_Incapsula_Resource?SWUDNSAI"]),
];

/// Marks that count only on a small page: other pages use the same widgets in forms.
const MARKS_WHEN_SMALL: &[(Block, &[&str])] = &[
    // Reddit, to whoever is not logged in.
    (Block::Login, &["blocked by network security"]),
    (Block::Cloudflare, &["cf-turnstile", "cf-error-details", "/cdn-cgi/challenge-platform/h/"]),
    (
        Block::Captcha,
        &[
            "IP-Bereich wurde",
            "IP-Bereich vorübergehend",
            "g-recaptcha",
            "h-captcha",
            "hcaptcha.com/1/api.js",
            "/captcha/",
            "FunCaptcha",
        ],
    ),
];

/// Titles of challenge pages, in small letters.
const TITLES: &[(Block, &[&str])] = &[
    (
        Block::Cloudflare,
        &[
            "just a moment",
            "nur einen moment",
            "un instant",
            "un momento",
            "een moment",
            "attention required! | cloudflare",
        ],
    ),
    (Block::Akamai, &["access denied"]),
    (Block::Perimeterx, &["access to this page has been denied"]),
    (
        Block::Captcha,
        &[
            "pardon our interruption",
            "robot check",
            "security measure",
            "are you a robot",
            "are you human",
            "checking your browser",
            "verify you are human",
            "sicherheitsüberprüfung",
        ],
    ),
    (
        Block::Login,
        &[
            "sign in",
            "log in",
            "login",
            "einloggen",
            "anmelden",
            "connexion",
            "accedi",
            "iniciar sesión",
            "inloggen",
        ],
    ),
];

/// Which wall a page is; `None` for an ordinary page.
pub fn recognise(page: &Page) -> Option<Block> {
    let text = page.text.as_str();
    if let Some(block) = marked(text, MARKS) {
        return Some(block);
    }
    let refused = matches!(page.status, 401 | 403 | 429 | 503);
    if text.len() > SMALL {
        return None;
    }
    marked(text, MARKS_WHEN_SMALL).or_else(|| titled(text)).or_else(|| {
        // A short refusal without a name is still a wall to us.
        (refused && page.status != 503 && text.len() < 4096 && has(text, "denied"))
            .then_some(Block::Akamai)
    })
}

fn has(text: &str, mark: &str) -> bool {
    memmem::find(text.as_bytes(), mark.as_bytes()).is_some()
}

fn marked(text: &str, marks: &[(Block, &[&str])]) -> Option<Block> {
    let found = marks.iter().find(|(_, marks)| marks.iter().any(|mark| has(text, mark)));
    found.map(|(block, _)| *block)
}

/// A wall by its title; a login wall also needs a password field.
fn titled(text: &str) -> Option<Block> {
    let start = memmem::find(text.as_bytes(), b"<title")?;
    let body = text.get(start..)?;
    let from = body.find('>')? + 1;
    let end = body.find("</")?.max(from);
    let title = fold(body.get(from..end)?).to_lowercase();
    let found = TITLES.iter().find(|(_, titles)| titles.iter().any(|known| title.contains(known)));
    let block = found.map(|(block, _)| *block)?;
    let password = has(text, "type=\"password\"") || has(text, "type=password");
    (block != Block::Login || password).then_some(block)
}

#[cfg(test)]
mod tests {
    use watches_core::time::Timestamp;

    use super::*;

    #[track_caller]
    fn check(html: &str, expected: Option<Block>) {
        let page = Page::saved(html.to_owned(), None, Timestamp(0));
        assert_eq!(recognise(&page), expected, "{html}");
    }

    #[test]
    fn walls_are_recognised_and_ordinary_pages_are_not() {
        check("<title>Nur einen Moment…</title>", Some(Block::Cloudflare));
        check(
            r#"<input name="cf-turnstile-response" id="cf-chl-widget-a1">"#,
            Some(Block::Cloudflare),
        );
        check(
            r#"<script src="https://geo.captcha-delivery.com/captcha/x.js">"#,
            Some(Block::Datadome),
        );
        check("<h1>Access Denied</h1> https://errors.edgesuite.net/18.1", Some(Block::Akamai));
        check(r#"<div id="px-captcha"></div>"#, Some(Block::Perimeterx));
        check("<title>Pardon Our Interruption...</title>", Some(Block::Captcha));
        check(r#"<title>Sign in or Register</title><input type="password">"#, Some(Block::Login));
        check("<title>Sign in for 10 % off: watches</title>", None);
        check(r#"<script src="/cdn-cgi/challenge-platform/scripts/jsd/main.js"></script>"#, None);
        check("<p>Leider wurde dein IP-Bereich vorübergehend gesperrt.</p>", Some(Block::Captcha));
        check(
            "<title>Blocked</title><p>You've been blocked by network security. To continue, log in.</p>",
            Some(Block::Login),
        );
        check("<title>Rolex watches</title>", None);
        check("", None);
    }
}

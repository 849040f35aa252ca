//! Looks at a window's page until it stands still, then takes it.
//!
//! A look is a script whose value comes back without any channel of the page's own.

use std::{
    sync::Mutex,
    time::{Duration, Instant},
};

use serde::de::DeserializeOwned;
use tauri::WebviewWindow;
use tokio::{
    sync::oneshot,
    time::{MissedTickBehavior, interval, timeout},
};
use watches_app::browser::{BETWEEN_LOOKS, BrowserError, LOOK, Look, Rendered, Rest, Visit};

/// No answer for so long: the page computes, or nothing was loaded yet.
const ANSWER: Duration = Duration::from_secs(2);

/// The page once it stands still.
pub(super) async fn rendered(
    window: &WebviewWindow,
    visit: &Visit,
) -> Result<Rendered, BrowserError> {
    let whole = async {
        let look = settle(window).await?;
        let too_large = BrowserError::TooLarge { limit: visit.longest };
        if look.length > visit.longest {
            return Err(too_large);
        }
        let url = look.url.parse().map_err(|_| BrowserError::NotLoaded)?;
        visit.egress.check(&url)?;
        let script = format!("document.documentElement.outerHTML.slice(0, {})", visit.longest);
        let html: Option<String> = ask(window, &script).await?;
        let html = html.ok_or(BrowserError::NotLoaded)?;
        if html.len() > visit.longest {
            return Err(too_large);
        }
        Ok(Rendered { url, status: look.status(), html })
    };
    let restless = BrowserError::Restless { limit: visit.total };
    timeout(visit.total, whole).await.unwrap_or(Err(restless))
}

async fn settle(window: &WebviewWindow) -> Result<Look, BrowserError> {
    let mut looks = interval(BETWEEN_LOOKS);
    looks.set_missed_tick_behavior(MissedTickBehavior::Delay);
    let mut rest = Rest::default();
    loop {
        looks.tick().await;
        // Nothing answers before the first page is there.
        if let Ok(Ok(Some(look))) = timeout(ANSWER, ask(window, LOOK)).await
            && let Some(verdict) = rest.after(look, Instant::now())
        {
            return verdict;
        }
    }
}

/// The value of a script; `None` when it has another form or threw.
async fn ask<T: DeserializeOwned>(
    window: &WebviewWindow,
    script: &str,
) -> Result<Option<T>, BrowserError> {
    let (tell, answer) = oneshot::channel();
    let tell = Mutex::new(Some(tell));
    window
        .eval_with_callback(script, move |value| {
            let tell = tell.lock().ok().and_then(|mut tell| tell.take());
            // The one who asked may have lost patience.
            tell.map(|tell| tell.send(value));
        })
        .map_err(BrowserError::failed)?;
    let value = answer.await.map_err(BrowserError::failed)?;
    Ok(serde_json::from_str(&value).ok())
}

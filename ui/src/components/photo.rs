//! A listing's photo, cropped square; a drawn dial where there is none.

use yew::prelude::*;

use crate::t;

#[derive(Properties, PartialEq)]
pub struct Props {
    pub address: Option<String>,
    #[prop_or_default]
    pub class: Classes,
}

#[component]
pub fn Photo(props: &Props) -> Html {
    let broken = use_state(|| None::<String>);
    let failed = {
        let (broken, address) = (broken.clone(), props.address.clone());
        Callback::from(move |_: Event| broken.set(address.clone()))
    };
    let shown = props.address.clone().filter(|address| broken.as_ref() != Some(address));
    html! {
        <span class={classes!("photo", props.class.clone())}>
            if let Some(address) = shown {
                <img src={reachable(&address)} alt="" decoding="async" draggable="false" onerror={failed} />
            } else {
                <Dial />
            }
        </span>
    }
}

/// WebView2 knows an app's own schemes only as hosts: there `photo://localhost/…` is
/// `http://photo.localhost/…`, and the page itself comes over http.
fn reachable(address: &str) -> String {
    let scheme = web_sys::window().and_then(|window| window.location().protocol().ok());
    let as_host = scheme.is_some_and(|scheme| scheme.starts_with("http"));
    match address.strip_prefix("photo://localhost/") {
        Some(hash) if as_host => format!("http://photo.localhost/{hash}"),
        Some(_) | None => address.to_owned(),
    }
}

/// A dial at ten past ten, in the page's own ink.
#[component]
pub fn Dial() -> Html {
    html! {
        <svg class="dial" viewBox="0 0 48 48" role="img" aria-label={t!("no-photo")}>
            <circle cx="24" cy="24" r="16" />
            <path class="dial-marks" d="M24 10.5v2.5M24 35v2.5M10.5 24h2.5M35 24h2.5" />
            <path class="dial-hands" d="M24 24l-6.2-4M24 24l9-5.8" />
            <circle class="dial-pin" cx="24" cy="24" r="1.1" />
        </svg>
    }
}

/// The app's own mark: a dial with blued hands.
#[component]
pub fn Mark() -> Html {
    html! {
        <svg class="mark" viewBox="0 0 24 24" aria-hidden="true">
            <circle cx="12" cy="12" r="9.25" />
            <path d="M12 3.5v2M12 18.5v2M3.5 12h2M18.5 12h2" />
            <path class="mark-hands" d="M12 12L8 9.4M12 12l5.4-3.5" />
        </svg>
    }
}

//! Serves `photo://localhost/<hash>` to the window from the app's own cache; never from the net.

use tauri::{
    Manager, Runtime, UriSchemeContext, UriSchemeResponder,
    http::{Request, Response, StatusCode, header},
};

use crate::{desktop::Desktop, window};

pub(crate) const SCHEME: &str = "photo";

/// Answers off the main thread, when the app is open and the photo read.
#[expect(clippy::needless_pass_by_value, reason = "Tauri hands context and request over by value")]
pub(crate) fn serve<R: Runtime>(
    context: UriSchemeContext<'_, R>,
    request: Request<Vec<u8>>,
    responder: UriSchemeResponder,
) {
    if context.webview_label() != window::LABEL {
        // A site's page must not find out which photos are here.
        return responder.respond(missing());
    }
    let handle = context.app_handle().clone();
    let hash = request.uri().path().trim_start_matches('/').to_owned();
    tauri::async_runtime::spawn(async move {
        let photo = match handle.state::<Desktop>().app().await {
            Ok(app) => app.photo(&hash).await,
            Err(fault) => Err(fault),
        };
        responder.respond(match photo {
            Ok(Some(jpeg)) => found(jpeg),
            Ok(None) | Err(_) => missing(),
        });
    });
}

/// A photo is named by its content, so the window may keep it for ever.
fn found(jpeg: Vec<u8>) -> Response<Vec<u8>> {
    let mut response = Response::new(jpeg);
    let headers = response.headers_mut();
    headers.insert(header::CONTENT_TYPE, header::HeaderValue::from_static("image/jpeg"));
    headers.insert(
        header::CACHE_CONTROL,
        header::HeaderValue::from_static("private, max-age=31536000, immutable"),
    );
    headers.insert(header::X_CONTENT_TYPE_OPTIONS, header::HeaderValue::from_static("nosniff"));
    response
}

fn missing() -> Response<Vec<u8>> {
    let mut response = Response::new(Vec::new());
    *response.status_mut() = StatusCode::NOT_FOUND;
    response
}

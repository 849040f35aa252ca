//! The only caller of Tauri: commands out, answers and events in.
//!
//! `call(ListSources {}).await` invokes the command by its name; a failure is always a [`Fault`].

use js_sys::{Function, JSON, Object, Promise, Reflect};
use wasm_bindgen::{JsCast, JsValue, closure::Closure};
use wasm_bindgen_futures::JsFuture;
use watches_ipc::{
    Command,
    event::Event,
    fault::{Fault, FaultCode},
};

/// Sends a command and waits for its answer.
pub async fn call<C: Command>(command: C) -> Result<C::Reply, Fault> {
    let arguments = serde_json::to_string(&command).map_err(internal)?;
    let bag = Object::new();
    let parsed = JSON::parse(&arguments).map_err(refused)?;
    Reflect::set(&bag, &"args".into(), &parsed).map_err(refused)?;
    let answer = invoke(C::NAME, &bag).await.map_err(refused)?;
    // `()` answers arrive as null or undefined; undefined has no JSON text.
    let json = JSON::stringify(&answer).ok().and_then(|text| text.as_string());
    serde_json::from_str(json.as_deref().unwrap_or("null")).map_err(internal)
}

/// Calls `handle` for each event from the app, for as long as the window lives.
pub async fn listen(handle: impl Fn(Event) + 'static) -> Result<(), Fault> {
    let closure = Closure::<dyn Fn(JsValue)>::new(move |message: JsValue| {
        let payload = Reflect::get(&message, &"payload".into()).unwrap_or(JsValue::NULL);
        let json = JSON::stringify(&payload).ok().and_then(|text| text.as_string());
        // An event of a newer app that this page does not know changes nothing it shows.
        if let Some(event) = json.and_then(|text| serde_json::from_str(&text).ok()) {
            handle(event);
        }
    });
    let handler = method("transformCallback")
        .and_then(|(tauri, transform)| transform.call1(&tauri, closure.as_ref()))
        .map_err(refused)?;
    closure.forget();
    let target = Object::new();
    let bag = Object::new();
    for (object, key, value) in [
        (&target, "kind", JsValue::from("Any")),
        (&bag, "event", Event::CHANNEL.into()),
        (&bag, "target", target.clone().into()),
        (&bag, "handler", handler),
    ] {
        Reflect::set(object, &key.into(), &value).map_err(refused)?;
    }
    invoke("plugin:event|listen", &bag).await.map(drop).map_err(refused)
}

async fn invoke(name: &str, arguments: &Object) -> Result<JsValue, JsValue> {
    let (tauri, invoke) = method("invoke")?;
    let promise = invoke.call2(&tauri, &name.into(), arguments)?;
    JsFuture::from(promise.unchecked_into::<Promise>()).await
}

fn method(name: &str) -> Result<(JsValue, Function), JsValue> {
    let tauri = Reflect::get(&js_sys::global(), &"__TAURI_INTERNALS__".into())?;
    let method = Reflect::get(&tauri, &name.into())?.dyn_into::<Function>()?;
    Ok((tauri, method))
}

fn internal(error: serde_json::Error) -> Fault {
    Fault::new(FaultCode::Internal, error.to_string())
}

/// What Tauri rejects with is our fault as JSON, or a text when it never reached the app.
fn refused(value: JsValue) -> Fault {
    let json = JSON::stringify(&value).ok().and_then(|text| text.as_string());
    let fault = json.and_then(|text| serde_json::from_str(&text).ok());
    fault.unwrap_or_else(|| {
        let message = value.as_string().unwrap_or_else(|| format!("{value:?}"));
        Fault::new(FaultCode::Internal, message)
    })
}

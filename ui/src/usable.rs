//! Notes when the window first shows an answer: what `bench desktop` calls started.
//!
//! A user-timing mark costs nothing and is read by whoever measures; called by `shell::use_answer`.

use std::cell::Cell;

use wasm_bindgen::{JsCast, closure::Closure};

/// The mark's name; `bench/peers/hello` sets the same.
const NAME: &str = "usable";

thread_local! {
    static MARKED: Cell<bool> = const { Cell::new(false) };
}

/// Marks the frame after the one that paints the first answer; later calls do nothing.
pub fn mark() {
    if !MARKED.replace(true) {
        next_frame(|| next_frame(set));
    }
}

fn set() {
    if let Some(performance) = web_sys::window().and_then(|window| window.performance()) {
        // Without the mark only the bench has nothing to read.
        performance.mark(NAME).unwrap_or_default();
    }
}

fn next_frame(then: impl FnOnce() + 'static) {
    let Some(window) = web_sys::window() else { return };
    let then = Closure::once_into_js(then);
    window.request_animation_frame(then.unchecked_ref()).unwrap_or_default();
}

//! Room between two pieces of work.

use js_sys::Promise;
use wasm_bindgen_futures::JsFuture;

/// Goes on in a task of its own, after what waits: a key, a press, a frame.
pub async fn turn() {
    let later = Promise::new(&mut |resolve, _| {
        let wait = web_sys::window().and_then(|window| {
            let set = window.set_timeout_with_callback(&resolve);
            set.ok()
        });
        if wait.is_none() {
            // Without a timer, at once: the page must not stop here.
            let _ = resolve.call0(&wasm_bindgen::JsValue::UNDEFINED);
        }
    });
    // It is never rejected.
    let _ = JsFuture::from(later).await;
}

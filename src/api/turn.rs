//! Room between two pieces of work, and a time for what has time.

use js_sys::Promise;
use wasm_bindgen_futures::JsFuture;

/// How long to wait in a browser that does not tell when there is nothing to do, in milliseconds.
const A_WHILE: i32 = 1_000;

/// Goes on once the browser has nothing to do.
pub async fn idle() {
    let later = Promise::new(&mut |resolve, _| {
        let wait = web_sys::window().and_then(|window| {
            let told = window.request_idle_callback(&resolve).is_ok();
            let wait =
                || window.set_timeout_with_callback_and_timeout_and_arguments_0(&resolve, A_WHILE);
            (told || wait().is_ok()).then_some(())
        });
        if wait.is_none() {
            let _ = resolve.call0(&wasm_bindgen::JsValue::UNDEFINED);
        }
    });
    // It is never rejected.
    let _ = JsFuture::from(later).await;
}

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

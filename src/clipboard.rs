//! The clipboard.

use js_sys::Reflect;
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::{JsFuture, spawn_local};

use crate::ui;

/// Copies a text, and says whether that was done.
pub fn copy(text: String, copied: &'static str, not_copied: &'static str) {
    spawn_local(async move {
        ui::live::say(match try_copy(&text).await {
            Some(()) => copied,
            None => not_copied,
        });
    });
}

/// A page that did not come over an encrypted line has no clipboard: then there is none to call.
async fn try_copy(text: &str) -> Option<()> {
    let part = |of: &JsValue, name: &str| Reflect::get(of, &name.into()).ok();
    let navigator = part(&web_sys::window()?.into(), "navigator")?;
    let clipboard = part(&navigator, "clipboard").filter(JsValue::is_object)?;
    let write: js_sys::Function = part(&clipboard, "writeText")?.dyn_into().ok()?;
    let promise: js_sys::Promise = write
        .call1(&clipboard, &text.into())
        .ok()?
        .dyn_into()
        .ok()?;
    JsFuture::from(promise).await.ok().map(drop)
}

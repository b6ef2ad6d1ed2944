//! What boot.js left on `window` while the program was still loading.

use js_sys::{Function, Promise, Reflect};
use wasm_bindgen::{JsCast, JsValue};

/// Set by public/boot.js: `{api: string, session: Promise<Response>, enter(to: string),
/// worker: string, reader: {glue: string, wasm: string}}`.
const NAME: &str = "__membership";

fn property(name: &str) -> Option<JsValue> {
    let window = web_sys::window()?;
    let boot = Reflect::get(&window, &NAME.into()).ok()?;
    if !boot.is_object() {
        return None;
    }
    Reflect::get(&boot, &name.into()).ok()
}

/// Where the API is, from config.json; empty when it is where the page is.
pub fn api_base() -> String {
    property("api")
        .and_then(|api| api.as_string())
        .map(|api| api.trim_end_matches('/').to_owned())
        .unwrap_or_default()
}

/// The answer to "who is signed in", asked before this program was here. Only once: an answer
/// can be read only once, and later ones are fresher.
pub fn take_session() -> Option<Promise> {
    let window = web_sys::window()?;
    let session = property("session")?.dyn_into::<Promise>().ok()?;
    let boot = Reflect::get(&window, &NAME.into()).ok()?;
    Reflect::set(&boot, &"session".into(), &JsValue::UNDEFINED).ok()?;
    Some(session)
}

/// What reads files.
pub struct FileReader {
    /// Where the worker's script is.
    pub worker: String,
    /// What it loads: `{glue: string, wasm: string}`.
    pub program: JsValue,
}

/// What reads files, for [`super::reader`].
pub fn reader() -> Option<FileReader> {
    Some(FileReader {
        worker: property("worker")?.as_string()?,
        program: property("reader").filter(JsValue::is_object)?,
    })
}

/// Opens an address with the whole app, once that is here.
pub fn enter(to: &str) {
    let enter = property("enter").and_then(|enter| enter.dyn_into::<Function>().ok());
    if let Some(enter) = enter {
        // It answers later, and says itself what goes wrong.
        let _ = enter.call1(&JsValue::UNDEFINED, &to.into());
    }
}

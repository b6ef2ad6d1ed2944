//! What the next page will need, fetched while there is nothing to do.

use std::sync::Arc;

use js_sys::Reflect;
use leptos::prelude::GetValue;
use leptos::prelude::StoredValue;
use wasm_bindgen::JsValue;
use wasm_bindgen_futures::{JsFuture, future_to_promise, spawn_local};

use super::abort::Abort;
use super::cache::{self, Known, Version};
use super::request::{Reply, try_read};
use super::turn::idle;

/// Fetches these addresses one after the other, while the current owner lives and nobody else has
/// asked for them. They are kept as they come, to be read when something needs them.
pub fn fetch(paths: Vec<String>) {
    if saves_data() {
        return;
    }
    let page = StoredValue::new(());
    spawn_local(async move {
        for path in paths {
            idle().await;
            // A page that is gone has left the rest to the one that came.
            if page.try_get_value().is_none() {
                return;
            }
            if cache::get(&path).is_none() && cache::coming(&path).is_none() {
                one(path).await;
            }
        }
    });
}

/// Fetches one. It goes on when the page is left, for the next one waits for it.
async fn one(path: String) {
    let abort = Abort::new();
    let (signal, asked) = (abort.signal(), path.clone());
    let coming = future_to_promise(async move {
        let reply = try_read(&asked, signal.clone()).await;
        // Unless everything was forgotten meanwhile.
        if !signal.is_ended() {
            cache::came(&asked);
            if let Some(reply) = reply {
                cache::put(asked, kept(reply));
            }
        }
        Ok(JsValue::UNDEFINED)
    });
    cache::await_one(path, coming.clone(), abort);
    // It is never rejected.
    let _ = JsFuture::from(coming).await;
}

/// An answer that nobody has read yet.
fn kept(reply: Reply) -> Known {
    Known {
        version: Version::of(&reply),
        value: Arc::new(reply),
    }
}

/// Whether the person asked the browser to fetch only what is needed.
fn saves_data() -> bool {
    let property = |of: &JsValue, name: &str| Reflect::get(of, &name.into()).ok();
    let connection = property(&js_sys::global(), "navigator")
        .and_then(|navigator| property(&navigator, "connection"));
    connection
        .and_then(|connection| property(&connection, "saveData"))
        .is_some_and(|saves| saves.is_truthy())
}

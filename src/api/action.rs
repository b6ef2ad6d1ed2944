//! A write that a person started.

use leptos::prelude::*;
use wasm_bindgen_futures::spawn_local;
use web_sys::File;

use super::ApiError;
use super::abort::Abort;
use super::request::{Body, Method, Reply, send};

/// A request on demand, one at a time. Never repeated by itself: the person decides.
#[derive(Clone, Copy)]
pub struct Action {
    /// On its way.
    pub busy: RwSignal<bool>,
    /// Why the last one failed.
    pub error: RwSignal<Option<ApiError>>,
    running: StoredValue<Option<Abort>, LocalStorage>,
    /// What was sent last and not answered with a success.
    tried: StoredValue<Option<Tried>, LocalStorage>,
}

/// A request, and the `Idempotency-Key` it was sent with.
struct Tried {
    path: String,
    json: Option<String>,
    file: Option<File>,
    key: String,
}

/// A write that belongs to the current owner; it ends with it.
pub fn action() -> Action {
    Action {
        busy: RwSignal::new(false),
        error: RwSignal::new(None),
        running: StoredValue::new_local(None),
        tried: StoredValue::new_local(None),
    }
}

impl Action {
    /// Sends, and calls `done` on success. A second call while one is on its way does nothing.
    pub fn run(self, method: Method, path: String, body: Body, done: impl FnOnce(Reply) + 'static) {
        self.error.try_set(None);
        let failed = move |error| drop(self.error.try_set(Some(error)));
        self.run_or(method, path, body, Box::new(done), Box::new(failed));
    }

    /// The same where somebody else hears of a failure. Compiled once, whoever calls it.
    pub fn run_or(
        self,
        method: Method,
        path: String,
        body: Body,
        done: Box<dyn FnOnce(Reply)>,
        failed: Box<dyn FnOnce(ApiError)>,
    ) {
        // Neither does one from a page that is gone.
        if self.busy.try_get_untracked() != Some(false) {
            return;
        }
        let abort = if body.file.is_some() {
            Abort::patient()
        } else {
            Abort::new()
        };
        let signal = abort.signal();
        self.running.set_value(Some(abort));
        self.busy.set(true);
        let key = body
            .key
            .clone()
            .or_else(|| Some(self.same_key(&path, &body)));
        let body = Body { key, ..body };
        spawn_local(async move {
            let reply = send(method, &path, body, signal).await;
            self.busy.try_set(false);
            match reply {
                Ok(reply) => {
                    self.tried.try_set_value(None);
                    done(reply);
                }
                Err(ApiError::Aborted) => {}
                Err(error) => failed(error),
            }
        });
    }

    /// The key of this request: the same until something else is sent. An answer may have been lost
    /// after the write was done; pressed again, it is answered again and not done twice.
    fn same_key(self, path: &str, body: &Body) -> String {
        let file = body.file.as_ref().map(|upload| upload.file.clone());
        let same =
            |tried: &Tried| tried.path == path && tried.json == body.json && tried.file == file;
        let known = self.tried.with_value(|tried| {
            let tried = tried.as_ref().filter(|tried| same(tried));
            tried.map(|tried| tried.key.clone())
        });
        known.unwrap_or_else(|| {
            let key = format!("{}-{}", js_sys::Date::now(), js_sys::Math::random());
            self.tried.set_value(Some(Tried {
                path: path.to_owned(),
                json: body.json.clone(),
                file,
                key: key.clone(),
            }));
            key
        })
    }

    /// Ends it, if it is on its way.
    pub fn cancel(self) {
        self.running.set_value(None);
    }
}

//! A write that a person started.

use leptos::prelude::*;
use wasm_bindgen_futures::spawn_local;

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
}

/// A write that belongs to the current owner; it ends with it.
pub fn action() -> Action {
    Action {
        busy: RwSignal::new(false),
        error: RwSignal::new(None),
        running: StoredValue::new_local(None),
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
        spawn_local(async move {
            let reply = send(method, &path, body, signal).await;
            self.busy.try_set(false);
            match reply {
                Ok(reply) => done(reply),
                Err(ApiError::Aborted) => {}
                Err(error) => failed(error),
            }
        });
    }

    /// Ends it, if it is on its way.
    pub fn cancel(self) {
        self.running.set_value(None);
    }
}

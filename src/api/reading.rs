//! How a [`Remote`](super::Remote) reads: what is known first, then what the server has.

use std::rc::Rc;

use leptos::prelude::*;
use wasm_bindgen_futures::{JsFuture, spawn_local};

use super::ApiError;
use super::abort::{Abort, AbortSignal};
use super::cache::{self, Known, Value, Version};
use super::connection::connection;
use super::request::{Body, Method, Reply, asked, send};

/// A [`Remote`] without its type: what follows is the same for all, and compiled once.
pub struct Reader {
    /// Where; nothing is read without one.
    pub path: Box<dyn Fn() -> Option<String>>,
    /// Reads again when it counts up.
    pub again: RwSignal<u32>,
    /// Why the last try failed.
    pub error: RwSignal<Option<ApiError>>,
    /// Takes a value, or that none is known yet.
    pub show: Box<dyn Fn(Option<Value>)>,
    /// Whether a value is of the type.
    pub fits: fn(&Value) -> bool,
    /// Makes a value of an answer.
    pub parse: fn(&Reply) -> Result<Value, String>,
}

/// Reads from now on.
pub fn keep_reading(reader: Reader) {
    let reader = Rc::new(reader);
    let epoch = connection().epoch;
    let running = StoredValue::new_local(None::<Abort>);
    Effect::new(move |last: Option<Option<String>>| {
        reader.again.track();
        epoch.track();
        let path = (reader.path)();
        let known = path.as_deref().and_then(|path| reader.known(path));
        if last.as_ref() != Some(&path) {
            (reader.show)(known.as_ref().map(|known| known.value.clone()));
            reader.error.set(None);
        }
        let Some(asked) = path.clone() else {
            running.set_value(None);
            return path;
        };
        let abort = Abort::patient();
        let signal = abort.signal();
        running.set_value(Some(abort));
        let reader = reader.clone();
        spawn_local(async move {
            reader.await_one(&asked, &signal).await;
            if signal.is_ended() {
                return;
            }
            let reply = reader.ask(&asked, signal.clone()).await;
            // To read the answer and to draw the page from it are one task each, with room
            // between them for what a person does.
            let read = reader.read(&asked, reply);
            super::turn().await;
            if !signal.is_ended() {
                reader.take(asked, read);
            }
        });
        path
    });
}

impl Reader {
    /// What is known of this address, if it is of the type. What was fetched ahead is read now.
    fn known(&self, path: &str) -> Option<Known> {
        let known = cache::get(path)?;
        if (self.fits)(&known.value) {
            return Some(known);
        }
        let value = (self.parse)(known.value.downcast_ref::<Reply>()?).ok()?;
        let known = Known { value, ..known };
        cache::put(path.to_owned(), known.clone());
        Some(known)
    }

    /// Waits for what is fetched ahead, and shows it: it is not fetched twice.
    async fn await_one(&self, path: &str, signal: &AbortSignal) {
        let Some(coming) = cache::coming(path) else {
            return;
        };
        // It is never rejected.
        let _ = JsFuture::from(coming).await;
        if let Some(known) = self.known(path).filter(|_| !signal.is_ended()) {
            (self.show)(Some(known.value));
        }
    }

    async fn ask(&self, path: &str, signal: AbortSignal) -> Result<Reply, ApiError> {
        if let Some(answer) = asked(path).await {
            return answer;
        }
        signal.wait_from_now();
        let body = Body {
            if_none_match: self.known(path).and_then(Known::etag),
            ..Body::default()
        };
        send(Method::Get, path, body, signal).await
    }

    /// What the reply holds: the same value as before where the version says so.
    fn value(&self, path: &str, version: &Version, reply: &Reply) -> Result<Value, String> {
        match self.known(path) {
            Some(known) if known.version == *version => Ok(known.value),
            _ => (self.parse)(reply),
        }
    }

    fn read(&self, path: &str, reply: Result<Reply, ApiError>) -> Result<Option<Known>, ApiError> {
        let reply = reply?;
        if reply.status == 304 {
            return Ok(None);
        }
        let version = Version::of(&reply);
        let value = self.value(path, &version, &reply);
        let value = value.map_err(|reason| ApiError::Unreadable {
            path: path.to_owned(),
            reason,
        })?;
        Ok(Some(Known { value, version }))
    }

    fn take(&self, path: String, read: Result<Option<Known>, ApiError>) {
        let error = match read {
            Err(ApiError::Aborted) => return,
            Err(error) => Some(error),
            Ok(None) => None,
            Ok(Some(known)) => {
                (self.show)(Some(known.value.clone()));
                cache::put(path, known);
                None
            }
        };
        // The page may be gone by now, and its signals with it.
        self.error.try_set(error);
    }
}

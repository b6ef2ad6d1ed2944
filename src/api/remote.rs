//! A value behind a GET.

use std::rc::Rc;
use std::sync::Arc;

use leptos::prelude::*;
use membership_contract::evidence::unpack;
use membership_contract::paths;
use membership_domain::Evidence;
use serde::de::DeserializeOwned;
use uuid::Uuid;
use wasm_bindgen_futures::spawn_local;

use super::abort::Abort;
use super::cache::{self, Known, Value, Version};
use super::connection::connection;
use super::request::{Body, Method, Reply, send};
use super::{ApiError, json};

/// A value that the server holds: absent at first, then there, then kept fresh.
///
/// An error does not take the last value away: a page goes on showing what it has.
pub struct Remote<T: Send + Sync + 'static> {
    value: RwSignal<Option<Arc<T>>>,
    error: RwSignal<Option<ApiError>>,
    again: RwSignal<u32>,
}

impl<T: Send + Sync + 'static> Clone for Remote<T> {
    fn clone(&self) -> Self {
        *self
    }
}

impl<T: Send + Sync + 'static> Copy for Remote<T> {}

/// Where a [`Remote`] stands, without its value.
#[derive(Clone, Debug, PartialEq)]
pub enum Load {
    /// Asked, not answered.
    Waiting,
    /// Never arrived.
    Failed(ApiError),
    /// There, though perhaps no longer fresh.
    Ready,
}

impl Load {
    /// Where several stand together: ready when all are.
    pub fn all(loads: impl IntoIterator<Item = Self>) -> Self {
        let mut together = Self::Ready;
        for load in loads {
            match load {
                Self::Failed(_) => return load,
                Self::Waiting => together = load,
                Self::Ready => {}
            }
        }
        together
    }
}

impl<T: Send + Sync + 'static> Remote<T> {
    /// Where it stands. Tracks.
    pub fn load(self) -> Load {
        match (self.value.with(Option::is_some), self.error.get()) {
            (true, _) => Load::Ready,
            (false, Some(error)) => Load::Failed(error),
            (false, None) => Load::Waiting,
        }
    }

    /// The value, once it is there. Tracks.
    pub fn get(self) -> Option<Arc<T>> {
        self.value.get()
    }

    /// Asks the server again.
    pub fn reload(self) {
        self.again.update(|again| *again += 1);
    }
}

/// Reads what is at `path`, again whenever the path changes, the connection comes back, or
/// somebody asks for it. No path: nothing is read. The request ends with the owner.
pub fn remote<T>(path: impl Fn() -> Option<String> + 'static) -> Remote<T>
where
    T: DeserializeOwned + Send + Sync + 'static,
{
    read_by(path, |reply| {
        json::read::<T>(&reply.body).map(|value| -> Value { Arc::new(value) })
    })
}

/// An organization's evidence, all of it.
pub fn evidence(organization: Uuid) -> Remote<Evidence> {
    read_by(
        move || Some(paths::packed_evidence(organization)),
        |reply| {
            let packed = reply.packed.as_deref().ok_or("not evidence")?;
            unpack(packed, json::read).map(|value| -> Value { Arc::new(value) })
        },
    )
}

/// A value that `parse` makes of the answer; it is of the type `T`.
fn read_by<T: Send + Sync + 'static>(
    path: impl Fn() -> Option<String> + 'static,
    parse: fn(&Reply) -> Result<Value, String>,
) -> Remote<T> {
    let value = RwSignal::new(None::<Arc<T>>);
    let error = RwSignal::new(None);
    let again = RwSignal::new(0);
    keep_reading(Reader {
        path: Box::new(path),
        again,
        error,
        show: Box::new(move |known| {
            let known = known.and_then(|known| known.downcast::<T>().ok());
            // A page is built anew for another value, and not for the one that it shows.
            let is_shown = value.try_with_untracked(|shown| match (shown, &known) {
                (Some(shown), Some(known)) => Arc::ptr_eq(shown, known),
                (shown, known) => shown.is_none() && known.is_none(),
            });
            if is_shown == Some(false) {
                value.try_set(known);
            }
        }),
        parse,
    });
    Remote {
        value,
        error,
        again,
    }
}

/// A [`Remote`] without its type: what follows is the same for all, and compiled once.
struct Reader {
    path: Box<dyn Fn() -> Option<String>>,
    again: RwSignal<u32>,
    error: RwSignal<Option<ApiError>>,
    show: Box<dyn Fn(Option<Value>)>,
    parse: fn(&Reply) -> Result<Value, String>,
}

fn keep_reading(reader: Reader) {
    let reader = Rc::new(reader);
    let epoch = connection().epoch;
    let running = StoredValue::new_local(None::<Abort>);
    Effect::new(move |last: Option<Option<String>>| {
        reader.again.track();
        epoch.track();
        let path = (reader.path)();
        let known = path.as_deref().and_then(cache::get);
        if last.as_ref() != Some(&path) {
            (reader.show)(known.as_ref().map(|known| known.value.clone()));
            reader.error.set(None);
        }
        let Some(asked) = path.clone() else {
            running.set_value(None);
            return path;
        };
        let abort = Abort::new();
        let signal = abort.signal();
        running.set_value(Some(abort));
        let body = Body {
            if_none_match: known.and_then(Known::etag),
            ..Body::default()
        };
        let reader = reader.clone();
        spawn_local(async move {
            let reply = send(Method::Get, &asked, body, signal.clone()).await;
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
    /// What the reply holds: the same value as before where the version says so.
    fn value(&self, path: &str, version: &Version, reply: &Reply) -> Result<Value, String> {
        match cache::get(path) {
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

//! A value behind a GET.

use std::sync::Arc;

use leptos::prelude::*;
use serde::de::DeserializeOwned;
use wasm_bindgen_futures::spawn_local;

use super::connection::connection;
use super::request::{Abort, Body, Method, send};
use super::{ApiError, cache};

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
    let remote = Remote {
        value: RwSignal::new(None),
        error: RwSignal::new(None),
        again: RwSignal::new(0),
    };
    let epoch = connection().epoch;
    let running = StoredValue::new_local(None::<Abort>);
    Effect::new(move |last: Option<Option<String>>| {
        remote.again.track();
        epoch.track();
        let path = path();
        let known = path.as_deref().and_then(cache::get::<T>);
        if last.as_ref() != Some(&path) {
            remote.value.set(known.as_ref().map(|(value, _)| value.clone()));
            remote.error.set(None);
        }
        let etag = known.and_then(|(_, etag)| etag);
        if let Some(path) = path.clone() {
            let abort = Abort::new();
            let signal = abort.signal();
            running.set_value(Some(abort));
            let body = Body { if_none_match: etag, ..Body::default() };
            spawn_local(async move {
                let reply = send(Method::Get, &path, body, signal).await;
                take(remote, &path, reply);
            });
        } else {
            running.set_value(None);
        }
        path
    });
    remote
}

fn take<T: DeserializeOwned + Send + Sync + 'static>(
    remote: Remote<T>,
    path: &str,
    reply: Result<super::Reply, ApiError>,
) {
    let read = match reply {
        Err(ApiError::Aborted) => return,
        Ok(reply) if reply.status == 304 => Ok(None),
        Ok(reply) => reply.json::<T>(path).map(|value| Some((Arc::new(value), reply.etag))),
        Err(error) => Err(error),
    };
    match read {
        Ok(None) => {
            remote.error.try_set(None);
        }
        Ok(Some((value, etag))) => {
            cache::put(path, value.clone(), etag);
            remote.value.try_set(Some(value));
            remote.error.try_set(None);
        }
        Err(error) => {
            remote.error.try_set(Some(error));
        }
    }
}

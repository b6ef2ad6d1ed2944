//! A value behind a GET.

use std::sync::Arc;

use leptos::prelude::*;
use membership_contract::evidence::unpack;
use membership_contract::paths;
use membership_domain::Evidence;
use membership_domain::id::OrganizationId;
use serde::de::DeserializeOwned;

use super::cache::Value;
use super::reading::{Reader, keep_reading};
use super::request::Reply;
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

    /// Why it could not be read the last time, whether or not there is a value from before. Tracks.
    pub fn error(self) -> Option<ApiError> {
        self.error.get()
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
pub fn evidence(organization: OrganizationId) -> Remote<Evidence> {
    read_by(
        move || Some(paths::packed_evidence(organization)),
        |reply| {
            let packed = reply.packed.as_deref().ok_or("not evidence")?;
            unpack(packed, json::read).map(|value| -> Value { Arc::new(value) })
        },
    )
}

/// Whether there is something at `path`, for what only needs to know that: its content stays unread
/// until the page that shows it comes.
pub fn existing(path: impl Fn() -> Option<String> + 'static) -> Remote<()> {
    let value = RwSignal::new(None);
    let show = move |known: Option<Value>| drop(value.try_set(known.map(|_| Arc::new(()))));
    let parse = |reply: &Reply| -> Result<Value, String> { Ok(Arc::new(reply.clone())) };
    reading(Box::new(path), value, Box::new(show), |_| true, parse)
}

/// A value that `parse` makes of the answer; it is of the type `T`.
fn read_by<T: Send + Sync + 'static>(
    path: impl Fn() -> Option<String> + 'static,
    parse: fn(&Reply) -> Result<Value, String>,
) -> Remote<T> {
    let value = RwSignal::new(None::<Arc<T>>);
    let show = move |known: Option<Value>| {
        let known = known.and_then(|known| known.downcast::<T>().ok());
        // A page is built anew for another value, and not for the one that it shows.
        let is_shown = value.try_with_untracked(|shown| match (shown, &known) {
            (Some(shown), Some(known)) => Arc::ptr_eq(shown, known),
            (shown, known) => shown.is_none() && known.is_none(),
        });
        if is_shown == Some(false) {
            value.try_set(known);
        }
    };
    let fits = |value: &Value| value.is::<T>();
    reading(Box::new(path), value, Box::new(show), fits, parse)
}

fn reading<T: Send + Sync + 'static>(
    path: Box<dyn Fn() -> Option<String>>,
    value: RwSignal<Option<Arc<T>>>,
    show: Box<dyn Fn(Option<Value>)>,
    fits: fn(&Value) -> bool,
    parse: fn(&Reply) -> Result<Value, String>,
) -> Remote<T> {
    let error = RwSignal::new(None);
    let again = RwSignal::new(0);
    keep_reading(Reader {
        path,
        again,
        error,
        show,
        fits,
        parse,
    });
    Remote {
        value,
        error,
        again,
    }
}

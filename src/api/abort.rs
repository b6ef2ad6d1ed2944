//! How a request is ended before its answer: nobody wants it any more, or it takes too long.

use std::cell::Cell;
use std::rc::Rc;
use std::time::Duration;

use leptos::prelude::{TimeoutHandle, set_timeout_with_handle};
use web_sys::AbortController;

/// A server that has not begun to answer by then is taken to be away.
pub const PATIENCE: Duration = Duration::from_secs(30);

/// An answer that has begun may be long, and the line slow.
const FOR_THE_REST: Duration = Duration::from_secs(300);

/// Ends a request when it is dropped: keep it where the request's result is wanted.
pub struct Abort(Rc<Ending>);

/// A request's side of an [`Abort`].
#[derive(Clone)]
pub struct AbortSignal(Rc<Ending>);

#[derive(Default)]
struct Ending {
    controller: Option<AbortController>,
    late: Cell<bool>,
    timer: Cell<Option<TimeoutHandle>>,
}

impl Abort {
    /// For one request, from now on.
    pub fn new() -> Self {
        let abort = Self::patient();
        abort.signal().wait_from_now();
        abort
    }

    /// For a request that has patience of its own.
    pub fn patient() -> Self {
        Self(Rc::new(Ending {
            controller: AbortController::new().ok(),
            ..Ending::default()
        }))
    }

    /// What the request itself needs to know of it.
    pub fn signal(&self) -> AbortSignal {
        AbortSignal(self.0.clone())
    }
}

impl Drop for Abort {
    fn drop(&mut self) {
        self.0.stop_waiting();
        self.0.abort();
    }
}

impl Ending {
    fn stop_waiting(&self) {
        if let Some(timer) = self.timer.take() {
            timer.clear();
        }
    }

    fn abort(&self) {
        if let Some(controller) = &self.controller {
            controller.abort();
        }
    }
}

impl AbortSignal {
    /// As the browser takes it.
    pub fn get(&self) -> Option<web_sys::AbortSignal> {
        self.0.controller.as_ref().map(AbortController::signal)
    }

    /// The request begins.
    pub fn wait_from_now(&self) {
        self.wait(PATIENCE);
    }

    /// The answer has begun.
    pub fn begun(&self) {
        // Unless its request is over or has patience of its own.
        if self.0.timer.get().is_some() {
            self.wait(FOR_THE_REST);
        }
    }

    fn wait(&self, patience: Duration) {
        self.0.stop_waiting();
        let ending = Rc::downgrade(&self.0);
        let end = move || {
            if let Some(ending) = ending.upgrade() {
                ending.late.set(true);
                ending.abort();
            }
        };
        self.0
            .timer
            .set(set_timeout_with_handle(end, patience).ok());
    }

    /// Whether nobody wants the result any more.
    pub fn is_ended(&self) -> bool {
        let aborted = self.get().is_some_and(|signal| signal.aborted());
        aborted && !self.0.late.get()
    }
}

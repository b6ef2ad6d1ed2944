//! Whether the server can be reached: one answer for the whole page, and what to do until it can.

use std::cell::OnceCell;
use std::time::Duration;

use leptos::prelude::*;

/// Signals that every request feeds and the whole page reads.
#[derive(Clone)]
pub struct Connection {
    /// The last request did not reach the server.
    pub lost: ArcRwSignal<bool>,
    /// Counts up whenever everything that was read should be read again: the connection is back,
    /// or a write changed the ground (the demo clock).
    pub epoch: ArcRwSignal<u32>,
    /// Counts up whenever the server says that nobody is signed in (any more).
    pub signed_out: ArcRwSignal<u32>,
}

thread_local! {
    static CONNECTION: OnceCell<Connection> = const { OnceCell::new() };
}

/// The one connection. It outlives every page, so no page owns it.
pub fn connection() -> Connection {
    CONNECTION.with(|cell| {
        cell.get_or_init(|| Connection {
            lost: ArcRwSignal::new(false),
            epoch: ArcRwSignal::new(0),
            signed_out: ArcRwSignal::new(0),
        })
        .clone()
    })
}

impl Connection {
    /// A request reached the server.
    pub fn found(&self) {
        if self.lost.get_untracked() {
            self.lost.set(false);
            self.epoch.update(|epoch| *epoch += 1);
        }
    }

    /// A request did not reach the server.
    pub fn missed(&self) {
        if !self.lost.get_untracked() {
            self.lost.set(true);
        }
    }

    /// Everything that was read is to be read again.
    pub fn reread(&self) {
        super::cache::clear();
        self.epoch.update(|epoch| *epoch += 1);
    }
}

/// How long to wait before try number `attempt` (from 0): soon at first, then patiently.
pub fn pause(attempt: u32) -> Duration {
    Duration::from_secs(1 << attempt.min(4))
}

//! Asking who is signed in, again, while the server is away.

use std::cell::Cell;
use std::time::Duration;

use leptos::prelude::*;
use wasm_bindgen_futures::spawn_local;

use super::{Current, ask};
use crate::api::connection::{connection, pause};

/// While the server cannot be reached, asks again and again, ever more patiently; and at once
/// when the browser says that it is back on the network.
pub fn keep_asking(current: Current) {
    // A server that answers this and fails elsewhere must not be asked every second for ever:
    // the pauses start short again only after it has been well for a while.
    let attempt = StoredValue::new(0_u32);
    let well_since = StoredValue::new_local(Cell::new(0.0_f64));
    let lost = connection().lost;
    Effect::new(move |_| {
        if !lost.get() {
            well_since.with_value(|since| since.set(now()));
        } else {
            if now() - well_since.with_value(Cell::get) > CALM.as_secs_f64() {
                attempt.set_value(0);
            }
            ask_again(current, attempt);
        }
    });
    let back = window_event_listener_untyped("online", move |_| current.ask());
    on_cleanup(move || back.remove());
}

/// How long the server must have answered before it counts as well.
const CALM: Duration = Duration::from_secs(30);

fn ask_again(current: Current, attempt: StoredValue<u32>) {
    let wait = pause(attempt.get_value());
    attempt.update_value(|attempt| *attempt += 1);
    let ask = move || {
        spawn_local(async move {
            current.accept(ask().await);
            if connection().lost.get_untracked() {
                ask_again(current, attempt);
            }
        });
    };
    set_timeout(ask, wait);
}

/// Seconds since the page was opened; only differences count.
fn now() -> f64 {
    window()
        .performance()
        .map_or(0.0, |performance| performance.now() / 1000.0)
}

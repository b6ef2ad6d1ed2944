//! What may wait until the person sees what they did.

use std::time::Duration;

use leptos::prelude::*;

/// A part of a page that is worked out and drawn in a task of its own, once what is there already
/// was drawn. It stands where nothing moves when it comes.
pub fn in_turn(part: impl Fn() -> AnyView + Send + Sync + 'static) -> AnyView {
    let due = RwSignal::new(false);
    after_paint(move || {
        due.try_set(true);
    });
    (move || due.get().then(&part)).into_any()
}

/// Runs once the browser has drawn the page as it is now.
pub fn after_paint(work: impl FnOnce() + 'static) {
    // The next frame is drawn right after its callbacks; a task that they queue comes after that.
    request_animation_frame(move || set_timeout(work, Duration::ZERO));
}

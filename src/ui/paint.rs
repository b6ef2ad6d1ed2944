//! What may wait until the person sees what they did.

use std::time::Duration;

use leptos::prelude::*;

/// Runs once the browser has drawn the page as it is now.
pub fn after_paint(work: impl FnOnce() + 'static) {
    // The next frame is drawn right after its callbacks; a task that they queue comes after that.
    request_animation_frame(move || set_timeout(work, Duration::ZERO));
}

//! The one polite live region: what changed, for those who hear the page.

use std::cell::OnceCell;

use leptos::prelude::*;

thread_local! {
    static MESSAGE: OnceCell<ArcRwSignal<String>> = const { OnceCell::new() };
}

fn message() -> ArcRwSignal<String> {
    MESSAGE.with(|cell| cell.get_or_init(|| ArcRwSignal::new(String::new())).clone())
}

/// Says something once the person's screen reader is free.
pub fn say(text: &str) {
    // The same words twice are no change, and would not be heard: an invisible mark makes them one.
    let same = message().with_untracked(|old| old == text);
    message().set(if same {
        format!("{text}\u{a0}")
    } else {
        text.to_owned()
    });
}

/// The region itself; exactly one is on the page.
pub fn region() -> impl IntoView {
    let message = message();
    view! {
        <div class="visually-hidden" role="status" aria-live="polite">
            {move || message.get()}
        </div>
    }
}

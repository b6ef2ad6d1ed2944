//! Numbers that are not today's. Dashed wherever they are shown, on paper too.

use leptos::prelude::*;

use super::{Button, small_icon};
use crate::text::what_if as words;

/// The line over a page that shows a preview: that it is one, and the way back.
pub fn banner(back: Callback<()>) -> AnyView {
    view! {
        <div class="what-if-banner">
            {small_icon("preview")}
            <p class="strong">{words::NOT_TODAY}</p>
            <Button on_press=back>{words::BACK}</Button>
        </div>
    }
    .into_any()
}

/// A number of today in small, beside the one that is tried out.
pub fn today(number: &str) -> AnyView {
    view! { <span class="small muted num nowrap">{words::today(number)}</span> }.into_any()
}

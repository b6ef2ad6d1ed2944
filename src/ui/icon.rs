//! Icons of the sprite public/icons.svg. They decorate: the words beside them say it.

use leptos::prelude::*;

/// An icon of 20 pixels, by its id in the sprite.
pub fn icon(name: &'static str) -> AnyView {
    drawn(name, "icon")
}

/// An icon of 16 pixels, for use in a line of small text.
pub fn small_icon(name: &'static str) -> AnyView {
    drawn(name, "icon s16")
}

fn drawn(name: &'static str, class: &'static str) -> AnyView {
    view! {
        <svg class=class aria-hidden="true" focusable="false">
            <use href=format!("icons.svg#{name}")></use>
        </svg>
    }
    .into_any()
}

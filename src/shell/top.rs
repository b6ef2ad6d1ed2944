//! The top bar: product, organization, demo clock, user.

use leptos::prelude::*;

use super::{clock, navigation, organization, skip_link, user};
use crate::api::boot;
use crate::ui::LinkButton;
use crate::{paths, text, ui};

/// The bar, with what belongs to its far end. Without a session it only holds the product's mark.
pub fn bar(signed_in: Memo<bool>, far_end: fn() -> AnyView) -> impl IntoView {
    let menu = move || signed_in.get().then(menu_button);
    let rest = move || {
        signed_in.get().then(|| {
            view! {
                {organization::switch()}
                <div class="far-end">{far_end()}</div>
            }
        })
    };
    view! {
        <header class="top">
            {skip_link()}
            {menu}
            {brand()}
            {rest}
        </header>
    }
}

/// Whoever is signed in, and a demo's clock.
pub fn member() -> AnyView {
    view! {
        {clock::chip()}
        {user::menu(user::ways)}
    }
    .into_any()
}

/// In a preview nobody is signed in: what it is, and where to sign in, if anywhere.
pub fn nobody() -> AnyView {
    let sign_in = boot::home().map(|home| {
        let href = format!("{home}sign-in");
        view! { <LinkButton href=href>{text::sign_in::SUBMIT}</LinkButton> }
    });
    view! {
        <span class="muted small wide">{text::start::TAG}</span>
        {sign_in}
    }
    .into_any()
}

/// The product's mark, which leads to the start.
pub fn brand() -> AnyView {
    view! {
        <a class="brand" href=|| paths::OVERVIEW.followed() aria-label=text::shell::PRODUCT>
            {mark()}
            <span class="word">{text::shell::PRODUCT}</span>
        </a>
    }
    .into_any()
}

pub(super) fn menu_button() -> AnyView {
    view! {
        <button
            type="button"
            class="chip bare menu-button"
            popovertarget=navigation::ID
            aria-label=text::shell::MENU
        >
            {ui::icon("menu")}
        </button>
    }
    .into_any()
}

pub(super) fn mark() -> AnyView {
    let back = view! { <rect class="back" width="20" height="20" rx="5"></rect> };
    let front = view! { <path class="front" d="M20 6v9a5 5 0 0 1-5 5H6z"></path> };
    view! {
        <svg class="mark" viewBox="0 0 20 20" aria-hidden="true" focusable="false">
            {back}
            {front}
        </svg>
    }
    .into_any()
}

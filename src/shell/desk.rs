//! The frame of the operator's desk: the same bar, with a navigation of its own and no organization.

use leptos::prelude::*;

use super::{
    clock, close_on_navigation, connection, focus, navigation, paper, skip_link, top, user,
};
use crate::paths::desk as paths;
use crate::text::operator as words;
use crate::{text, ui};

/// The frame with the routed pages inside. The navigation is for whoever works here; all others are
/// shown nothing of what there is.
pub fn frame(
    pages: impl FnOnce() -> AnyView,
    is_open: Memo<bool>,
    entries: fn() -> AnyView,
) -> AnyView {
    focus::keep();
    close_on_navigation(navigation::ID);
    let menu = move || is_open.get().then(top::menu_button);
    let side = move || {
        is_open.get().then(|| {
            view! {
                <nav
                    id=navigation::ID
                    class="side"
                    popover="auto"
                    aria-label=text::shell::NAVIGATION
                >
                    {entries()}
                </nav>
            }
        })
    };
    view! {
        <header class="top">
            {skip_link()}
            {menu}
            {move || brand(is_open.get())}
            <div class="far-end">
                {move || is_open.get().then(clock::chip)}
                {user::menu(ways)}
            </div>
        </header>
        {connection::banner()}
        <div class="shell" class:alone=move || !is_open.get()>
            {side}
            <main id="main" tabindex="-1">
                {paper::head()}
                {pages()}
            </main>
        </div>
        {ui::live::region()}
    }
    .into_any()
}

/// The product's mark, which leads to the start of the desk.
fn brand(is_open: bool) -> AnyView {
    let place = is_open.then(|| view! { <span class="desk-mark">{words::OPERATIONS}</span> });
    view! {
        <a class="brand" href=paths::ENTRIES.href() aria-label=text::shell::PRODUCT>
            {top::mark()}
            <span class="word">{text::shell::PRODUCT}</span>
        </a>
        {place}
    }
    .into_any()
}

/// One's own account, within the desk.
fn ways() -> AnyView {
    user::way("person", text::shell::OWN_ACCOUNT, paths::ACCOUNT.href())
}

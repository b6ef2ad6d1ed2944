//! The frame around every page: top bar, navigation, one `main`, one live region.

mod clock;
mod connection;
pub mod desk;
mod focus;
pub mod heading;
mod navigation;
mod organization;
mod paper;
mod top;
mod user;

use leptos::prelude::*;
use leptos_router::hooks::use_location;
use wasm_bindgen::JsCast;

use crate::{session, text, ui};

/// The frame with the routed pages inside, for members.
pub fn workspace(pages: impl FnOnce() -> AnyView) -> AnyView {
    session::name_organizations();
    frame(pages, top::member)
}

/// The frame of a preview without an account.
pub fn preview(pages: impl FnOnce() -> AnyView) -> AnyView {
    frame(pages, top::nobody)
}

fn frame(pages: impl FnOnce() -> AnyView, far_end: fn() -> AnyView) -> AnyView {
    focus::keep();
    let session = session::current();
    let signed_in = Memo::new(move |_| session.session().is_some());
    let roles = Memo::new(move |_| session.organization().map(|one| one.roles));
    view! {
        {top::bar(signed_in, far_end)}
        {connection::banner()}
        <div class="shell" class:alone=move || !signed_in.get()>
            {move || signed_in.get().then(|| navigation::side(&roles.get().unwrap_or_default()))}
            <main id="main" tabindex="-1">
                {paper::head()}
                {pages()}
            </main>
        </div>
        {ui::live::region()}
    }
    .into_any()
}

/// The frame for whoever is not signed in: nothing to go to yet.
pub fn bare(pages: impl FnOnce() -> AnyView) -> AnyView {
    view! {
        <header class="top">
            {skip_link()}
            {top::brand()}
        </header>
        {connection::banner()}
        <div class="shell alone">
            <main id="main" tabindex="-1">
                {pages()}
            </main>
        </div>
        {ui::live::region()}
    }
    .into_any()
}

/// The first thing that the keyboard finds: over the bar and the navigation to the content. The
/// address stays as it is.
fn skip_link() -> AnyView {
    let skip = move |event: leptos::ev::MouseEvent| {
        event.prevent_default();
        give_focus("main");
    };
    view! {
        <a class="skip-link" href="#main" on:click=skip>
            {text::shell::SKIP}
        </a>
    }
    .into_any()
}

fn give_focus(selector: &str) {
    let found = document().query_selector(selector).ok().flatten();
    if let Some(element) = found.and_then(|one| one.dyn_into::<web_sys::HtmlElement>().ok()) {
        // An element that cannot be focused leaves focus where it was.
        let _ = element.focus();
    }
}

/// Closes a popover whenever a new page opens, since a link inside it may have led there.
fn close_on_navigation(id: &'static str) {
    let path = use_location().pathname;
    Effect::new(move |_| {
        path.track();
        close(id);
    });
}

/// Closes a popover if it is open.
fn close(id: &str) {
    let found = document().get_element_by_id(id);
    if let Some(popover) = found.and_then(|one| one.dyn_into::<web_sys::HtmlElement>().ok()) {
        // Hiding what is not shown is an error, and nothing to do.
        let _ = popover.hide_popover();
    }
}

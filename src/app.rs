//! Mounts the app over the outline that index.html shows until then.

use std::time::Duration;

use leptos::prelude::*;
use leptos_router::components::Router;
use wasm_bindgen::JsCast;

use crate::api::boot;
use crate::shell::heading;
use crate::{paths, session};

/// Replaces the outline in `#app` by the living app: `frame`, with the pages inside. To start the
/// program was a piece of work; this is another one.
pub fn mount(frame: impl FnOnce() -> AnyView + Send + 'static) {
    set_timeout(move || mount_now(frame), Duration::ZERO);
}

fn mount_now(frame: impl FnOnce() -> AnyView + Send + 'static) {
    let Some(root) = document().get_element_by_id("app") else {
        return;
    };
    paths::set_base(&boot::base());
    root.replace_children_with_node_0();
    if let Ok(root) = root.dyn_into::<web_sys::HtmlElement>() {
        mount_to(root, move || app(frame)).forget();
    }
}

fn app(frame: impl FnOnce() -> AnyView + Send + 'static) -> impl IntoView {
    view! {
        <Router base=paths::base()>
            {session::provide()}
            {heading::provide()}
            {frame()}
        </Router>
    }
}

//! Mounts the app over the outline that index.html shows until then.

use leptos::prelude::*;
use leptos_router::components::Router;
use wasm_bindgen::JsCast;

use crate::{routes, session, shell};

/// Replaces the outline in `#app` by the living app.
pub fn mount() {
    let Some(root) = document().get_element_by_id("app") else {
        return;
    };
    root.replace_children_with_node_0();
    if let Ok(root) = root.dyn_into::<web_sys::HtmlElement>() {
        mount_to(root, App).forget();
    }
}

#[component]
fn App() -> impl IntoView {
    session::provide();
    view! {
        <Router>
            {shell::heading::provide()}
            {shell::frame(routes::view)}
        </Router>
    }
}

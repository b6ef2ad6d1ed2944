//! What stands where there is nothing: why, and the first step.

use leptos::prelude::*;

use super::LinkButton;

/// An empty state. `step` is a label and an address.
pub fn empty(title: String, why: String, step: Option<(String, String)>) -> AnyView {
    let step = step.map(|(label, href)| view! { <LinkButton href=href>{label}</LinkButton> });
    view! {
        <div class="panel dashed">
            <div>
                <h2>{title}</h2>
                <p class="muted">{why}</p>
            </div>
            {step}
        </div>
    }
    .into_any()
}

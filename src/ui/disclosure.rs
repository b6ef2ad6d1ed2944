//! More of something, on demand.

use leptos::prelude::*;

/// A native disclosure: found by "find in page", works without us.
#[component]
pub fn Disclosure(
    /// What is inside.
    #[prop(into)]
    summary: String,
    /// Open from the start.
    #[prop(optional)]
    open: bool,
    /// The inside.
    children: Children,
) -> impl IntoView {
    view! {
        <details class="disclosure" open=open>
            <summary>{summary}</summary>
            {children()}
        </details>
    }
}

//! Views of one thing, each with an address.

use leptos::prelude::*;

/// One of several views.
pub struct Tab {
    /// Its name.
    pub label: String,
    /// Its address.
    pub href: String,
    /// Whether it is the one that is shown.
    pub current: bool,
}

/// Links in a row; `label` says what they are views of.
pub fn tabs(label: String, tabs: Vec<Tab>) -> AnyView {
    let link = |tab: Tab| {
        view! {
            <li>
                <a href=tab.href aria-current=tab.current.then_some("page")>
                    {tab.label}
                </a>
            </li>
        }
    };
    view! {
        <nav aria-label=label>
            <ul class="tabs">{tabs.into_iter().map(link).collect_view()}</ul>
        </nav>
    }
    .into_any()
}

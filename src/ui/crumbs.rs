//! The way from the top to this page.

use leptos::prelude::*;

use crate::text;

/// The pages above this one, as labels and addresses; the page itself is its heading.
pub fn crumbs(above: Vec<(String, String)>) -> AnyView {
    let link = |(label, href): (String, String)| view! { <li><a href=href>{label}</a></li> };
    view! {
        <nav class="crumbs" aria-label=text::shell::CRUMBS>
            <ol>{above.into_iter().map(link).collect_view()}</ol>
        </nav>
    }
    .into_any()
}

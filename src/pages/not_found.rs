//! An address without a page.

use leptos::prelude::*;

use crate::shell::heading::lead;
use crate::ui::LinkButton;
use crate::{paths, text};

/// Says so, and leads on.
pub fn page() -> AnyView {
    view! {
        {lead(text::not_found::TITLE.to_owned(), text::not_found::ABOUT, ())}
        <div class="cluster">
            <LinkButton href=paths::OVERVIEW.href()>{text::not_found::OVERVIEW}</LinkButton>
            <LinkButton href=paths::PROGRAMS.href()>{text::not_found::PROGRAMS}</LinkButton>
        </div>
    }
    .into_any()
}

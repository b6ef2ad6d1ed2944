//! One's own account: password, two-step sign-in, sessions.

mod data;
mod password;
mod sessions;
mod setup;
mod two_step;

use leptos::prelude::*;

use crate::shell::heading::lead;
use crate::text::account as words;

/// The page.
pub fn page() -> AnyView {
    view! {
        {lead(words::TITLE.to_owned(), words::ABOUT, ())}
        <div class="stack">
            {password::card()}
            {two_step::card()}
            {sessions::card()}
            {data::card()}
        </div>
    }
    .into_any()
}

/// A card with a heading.
fn card(title: &'static str, inside: impl IntoAny) -> AnyView {
    view! {
        <section class="card">
            <header>
                <h2>{title}</h2>
            </header>
            <div class="body">{inside.into_any()}</div>
        </section>
    }
    .into_any()
}

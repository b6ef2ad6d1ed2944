//! By which rules prices, terms and taxes are made now.

use leptos::prelude::*;

use super::desk;
use crate::clipboard;
use crate::shell::heading::lead;
use crate::text::operator::catalog as words;
use crate::ui;

/// The page.
pub fn page() -> AnyView {
    let desk = desk::current();
    view! {
        {lead(words::TITLE.to_owned(), words::ABOUT, ())}
        {ui::loaded(desk.summary, |summary| card(&summary.catalog))}
    }
    .into_any()
}

fn card(digest: &str) -> AnyView {
    let copied = digest.to_owned();
    let copy =
        Callback::new(move |()| clipboard::copy(copied.clone(), words::COPIED, words::NOT_COPIED));
    view! {
        <section class="card">
            <header>
                <h2>{words::DIGEST}</h2>
            </header>
            <div class="body">
                <p class="digest num">{digest.to_owned()}</p>
                <p class="muted">{words::WHY}</p>
                <div class="cluster">
                    <ui::Button on_press=copy>{words::COPY}</ui::Button>
                </div>
            </div>
        </section>
    }
    .into_any()
}

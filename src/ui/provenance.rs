//! Which entries a page's numbers count: those that are confirmed, as decisions do, or the
//! partner's own ones too.

#![expect(
    dead_code,
    reason = "for the pages whose numbers the partner's own entries change"
)]

use leptos::prelude::*;

use crate::text::provenance as words;

/// Whose entries are counted.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Counted {
    /// Confirmed ones alone.
    Confirmed,
    /// The partner's own ones too.
    WithOwn,
}

/// Shows and switches whose entries are counted. `numbers` are the confirmed one and the one with
/// the partner's own entries: both are said where they differ.
pub fn provenance(
    counted: Signal<Counted>,
    numbers: Signal<Option<(String, String)>>,
    choose: Callback<Counted>,
) -> AnyView {
    let button = move |of: Counted, label: &'static str| {
        view! {
            <button
                type="button"
                class="segment"
                aria-pressed=move || (counted.get() == of).to_string()
                on:click=move |_| choose.run(of)
            >
                {label}
            </button>
        }
    };
    let both = move || {
        let (confirmed, own) = numbers.get()?;
        (confirmed != own).then(|| {
            view! { <p class="small num">{words::both(&own, &confirmed)}</p> }
        })
    };
    view! {
        <div class="provenance" role="group" aria-label=words::COUNTED>
            <div class="segments">
                {button(Counted::Confirmed, words::CONFIRMED)}
                {button(Counted::WithOwn, words::WITH_OWN)}
            </div>
            {both}
        </div>
    }
    .into_any()
}

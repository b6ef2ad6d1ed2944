//! Which entries a page's numbers count: those that are confirmed, as decisions do, or the
//! partner's own ones too.

use leptos::prelude::*;
use membership_domain::assess::Basis;

use super::id;
use crate::text::provenance as words;

/// What there is to choose, and how it is called.
const CHOICES: [(Basis, &str); 2] = [
    (Basis::Decision, words::CONFIRMED),
    (Basis::Entered, words::WITH_OWN),
];

/// Shows and switches whose entries are counted. `both` says the confirmed number or state and the
/// one with the partner's own entries, where they differ. While `fixed` says why, nothing can be
/// switched.
pub fn provenance(
    counted: Signal<Basis>,
    both: Signal<Option<String>>,
    fixed: Signal<Option<&'static str>>,
    choose: Callback<Basis>,
) -> AnyView {
    let why = id::unique("counted");
    let about = why.clone();
    let button = move |(basis, label): (Basis, &'static str)| {
        let about = about.clone();
        let is_fixed = move || fixed.get().is_some();
        let press = move |_| {
            if fixed.get_untracked().is_none() {
                choose.run(basis);
            }
        };
        view! {
            <button
                type="button"
                class="segment"
                aria-pressed=move || (counted.get() == basis).to_string()
                aria-disabled=move || is_fixed().then_some("true")
                aria-describedby=about
                on:click=press
            >
                {label}
            </button>
        }
    };
    let chosen = move || {
        let chosen = CHOICES.iter().find(|(basis, _)| *basis == counted.get());
        chosen.map(|(_, label)| format!("{}: {label}", words::COUNTED))
    };
    let said = move || {
        both.get()
            .map(|both| view! { <p class="small num">{both}</p> })
    };
    view! {
        <div class="provenance" role="group" aria-label=words::COUNTED>
            <div class="segments">{CHOICES.map(button).collect_view()}</div>
            <p class="on-paper">{chosen}</p>
            {said}
            <p class="small muted" id=why>
                {move || fixed.get().unwrap_or(words::CONFIRMS)}
            </p>
        </div>
    }
    .into_any()
}

//! One of few, all of which are seen: native radio buttons.

use leptos::prelude::*;

use super::field::error_line;
use super::id;

/// One thing to pick.
pub struct Pick {
    /// As it is on the wire.
    pub value: String,
    /// In words.
    pub label: String,
    /// What helps to decide; may be empty.
    pub hint: String,
}

/// The choice; `id` is what an error summary links to.
pub fn radios(
    id: String,
    legend: &'static str,
    picks: Vec<Pick>,
    value: RwSignal<String>,
    error: Signal<Option<String>>,
) -> AnyView {
    let error_id = format!("{id}-error");
    let described_by = {
        let error_id = error_id.clone();
        move || error.with(Option::is_some).then(|| error_id.clone())
    };
    let name = id::unique("pick");
    let pick = |pick: Pick| {
        let own = id::unique("pick");
        let hint_id = (!pick.hint.is_empty()).then(|| format!("{own}-hint"));
        let known = pick.value.clone();
        let hint = hint_id.clone();
        let hint = hint.map(|id| view! { <p class="hint" id=id>{pick.hint}</p> });
        view! {
            <div class="check">
                <input
                    type="radio"
                    id=own.clone()
                    name=name.clone()
                    prop:checked=move || value.with(|value| *value == known)
                    on:change=move |_| value.set(pick.value.clone())
                    aria-describedby=hint_id
                />
                <label for=own>{pick.label}</label>
                {hint}
            </div>
        }
    };
    view! {
        <fieldset class="field" id=id aria-describedby=described_by>
            <legend>{legend}</legend>
            {picks.into_iter().map(pick).collect_view()}
            {error_line(error, error_id)}
        </fieldset>
    }
    .into_any()
}

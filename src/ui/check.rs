//! A native checkbox with its label.

use std::collections::BTreeSet;

use leptos::prelude::*;

use super::id;

/// Yes or no: whether a value is among those that were chosen.
pub fn among<T>(chosen: RwSignal<BTreeSet<T>>, value: T, label: impl Into<String>) -> AnyView
where
    T: Copy + Ord + Send + Sync + 'static,
{
    let checked = Signal::derive(move || chosen.with(|all| all.contains(&value)));
    let turn = Callback::new(move |on: bool| {
        chosen.update(|all| match on {
            true => drop(all.insert(value)),
            false => drop(all.remove(&value)),
        });
    });
    view! { <Check label=label.into() checked=checked on_change=turn /> }.into_any()
}

/// Yes or no.
#[component]
pub fn Check(
    /// What is true when it is checked.
    #[prop(into)]
    label: String,
    /// Whether it is checked.
    #[prop(into)]
    checked: Signal<bool>,
    /// Called with the new state.
    #[prop(into)]
    on_change: Callback<bool>,
    /// Its id, when an error summary links to it.
    #[prop(optional, into)]
    id: Option<String>,
    /// What helps to decide.
    #[prop(optional, into)]
    hint: Option<String>,
) -> impl IntoView {
    let id = id.unwrap_or_else(|| id::unique("check"));
    let hint_id = hint.as_ref().map(|_| format!("{id}-hint"));
    view! {
        <div class="check">
            <input
                type="checkbox"
                id=id.clone()
                prop:checked=move || checked.get()
                on:change=move |event| on_change.run(event_target_checked(&event))
                aria-describedby=hint_id.clone()
            />
            <label for=id>{label}</label>
            {hint.map(|hint| view! { <p class="hint" id=hint_id>{hint}</p> })}
        </div>
    }
}

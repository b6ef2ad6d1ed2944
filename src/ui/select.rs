//! A native select with its label.

use leptos::prelude::*;

use super::field::error_line;
use super::id;

/// One thing to choose.
#[derive(Clone, Debug, PartialEq)]
pub struct Choice {
    /// As it is in the address or on the wire.
    pub value: String,
    /// In words.
    pub label: String,
}

/// What can be chosen, after an empty choice with these words.
pub fn choices(first: &str, all: impl Iterator<Item = (String, String)>) -> Vec<Choice> {
    let first = (String::new(), first.to_owned());
    let choice = |(value, label)| Choice { value, label };
    std::iter::once(first).chain(all).map(choice).collect()
}

/// A choice of one out of few, each known by its value.
#[component]
pub fn Select(
    /// What is asked.
    #[prop(into)]
    label: String,
    /// Its id, when an error summary links to it.
    #[prop(optional, into)]
    id: Option<String>,
    /// All choices, in order.
    choices: Vec<Choice>,
    /// The value of the chosen one.
    #[prop(into)]
    value: Signal<String>,
    /// Called with the value of the newly chosen one.
    #[prop(into)]
    on_change: Callback<String>,
    /// What is wrong, and what is right.
    #[prop(optional, into)]
    error: Signal<Option<String>>,
    /// What the browser may choose.
    #[prop(optional)]
    autocomplete: Option<&'static str>,
) -> impl IntoView {
    let id = id.unwrap_or_else(|| id::unique("select"));
    let error_id = format!("{id}-error");
    let described_by = {
        let error_id = error_id.clone();
        move || error.with(Option::is_some).then(|| error_id.clone())
    };
    let option = move |choice: Choice| {
        let own = choice.value.clone();
        view! {
            <option value=choice.value prop:selected=move || value.with(|value| *value == own)>
                {choice.label}
            </option>
        }
    };
    view! {
        <div class="field">
            <label for=id.clone()>{label}</label>
            <select
                class="select"
                id=id
                autocomplete=autocomplete
                on:change=move |event| on_change.run(event_target_value(&event))
                aria-invalid=move || error.with(Option::is_some).then_some("true")
                aria-describedby=described_by
            >
                {choices.into_iter().map(option).collect_view()}
            </select>
            {error_line(error, error_id)}
        </div>
    }
}

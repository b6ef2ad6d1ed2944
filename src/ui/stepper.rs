//! A whole number that can be typed, or moved by − and +.

use leptos::html;
use leptos::prelude::*;

use super::field::error_line;
use super::{icon, id};
use crate::text;

/// A number within bounds. Called on every change, so that what depends on it moves at once.
#[component]
pub fn Stepper(
    /// What is counted.
    #[prop(into)]
    label: String,
    /// The number.
    #[prop(into)]
    value: Signal<i64>,
    /// Called with each new number within the bounds.
    #[prop(into)]
    on_change: Callback<i64>,
    /// Lowest.
    #[prop(default = 0)]
    least: i64,
    /// Highest.
    #[prop(default = 9_999)]
    most: i64,
    /// What one press adds.
    #[prop(default = 1)]
    step: i64,
    /// What helps: a unit, or what is known today.
    #[prop(optional, into)]
    hint: Option<String>,
) -> impl IntoView {
    let id = id::unique("stepper");
    let (hint_id, error_id) = (format!("{id}-hint"), format!("{id}-error"));
    let error = RwSignal::new(None::<String>);
    let input = NodeRef::<html::Input>::new();

    let move_by = move |by: i64| {
        error.set(None);
        let next = value.get_untracked().saturating_add(by).clamp(least, most);
        if next != value.get_untracked() {
            on_change.run(next);
        }
    };
    // What is typed counts as soon as it is a number within the bounds; until then it stays as
    // typed, with what is wrong below it. On leaving, the last good number comes back.
    let typed = move |event: leptos::ev::Event| match event_target_value(&event).trim().parse() {
        Ok(number) if (least..=most).contains(&number) => {
            error.set(None);
            on_change.run(number);
        }
        _ => error.set(Some(text::forms::whole_number(least, most))),
    };
    let left = move |_| {
        error.set(None);
        if let Some(input) = input.get_untracked() {
            input.set_value(&value.get_untracked().to_string());
        }
    };
    let described_by = {
        let (hint, error_id) = (hint.as_ref().map(|_| hint_id.clone()), error_id.clone());
        move || {
            let error = error.with(Option::is_some).then_some(error_id.as_str());
            id::together(&[hint.as_deref(), error])
        }
    };
    let button = |name: &'static str, words: String, by: i64| {
        let at_end = move || value.get() == if by < 0 { least } else { most };
        view! {
            <button
                type="button"
                aria-label=words
                aria-disabled=move || at_end().then_some("true")
                on:click=move |_| move_by(by)
            >
                {icon(name)}
            </button>
        }
    };
    view! {
        <div class="field">
            <label for=id.clone()>{label.clone()}</label>
            {hint.map(|hint| view! { <p class="hint" id=hint_id>{hint}</p> })}
            <div class="stepper">
                {button("subtract", text::forms::fewer(&label), -step)}
                <input
                    class="input"
                    id=id
                    type="number"
                    inputmode="numeric"
                    min=least
                    max=most
                    step=step
                    node_ref=input
                    prop:value=move || value.get().to_string()
                    on:input=typed
                    on:change=left
                    aria-invalid=move || error.with(Option::is_some).then_some("true")
                    aria-describedby=described_by
                />
                {button("add", text::forms::more(&label), step)}
            </div>
            {error_line(error.into(), error_id)}
        </div>
    }
}

//! Text of several lines.

use leptos::prelude::*;

use super::field::error_line;
use super::id;

/// A text area with its label, hint and error, wired by id. Of lines as many as are usual.
pub fn text_area(
    id: String,
    (label, hint): (&'static str, &'static str),
    value: RwSignal<String>,
    longest: u32,
    error: Signal<Option<String>>,
) -> AnyView {
    let (hint_id, error_id) = (format!("{id}-hint"), format!("{id}-error"));
    let hint = (!hint.is_empty()).then_some(hint);
    let described_by = {
        let (hint, error_id) = (hint.map(|_| hint_id.clone()), error_id.clone());
        move || {
            let error = error.with(Option::is_some).then_some(error_id.as_str());
            id::together(&[hint.as_deref(), error])
        }
    };
    view! {
        <div class="field">
            <label for=id.clone()>{label}</label>
            {hint.map(|hint| view! { <p class="hint" id=hint_id>{hint}</p> })}
            <textarea
                class="input"
                id=id
                rows="4"
                maxlength=longest
                prop:value=move || value.get()
                on:input=move |event| value.set(event_target_value(&event))
                aria-invalid=move || error.with(Option::is_some).then_some("true")
                aria-describedby=described_by
            ></textarea>
            {error_line(error, error_id)}
        </div>
    }
    .into_any()
}

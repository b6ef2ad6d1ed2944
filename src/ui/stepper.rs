//! A whole number that can be typed, or moved by − and +.

use leptos::html;
use leptos::prelude::*;

use super::field::error_line;
use super::{icon, id};
use crate::text;

/// What was typed instead of a number, as long as it stands there.
pub type Wrong = RwSignal<Option<String>>;

/// A number within bounds. Called on every change, so that what depends on it moves at once. What
/// is typed is never replaced while it says the number, nor while it is wrong: only by the buttons,
/// or when somebody else changes the number.
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
    /// Its id, when an error summary links to it.
    #[prop(optional, into)]
    id: Option<String>,
    /// What is wrong with it, for a form that asks, or that draws it anew.
    #[prop(optional)]
    wrong: Wrong,
) -> impl IntoView {
    let id = id.unwrap_or_else(|| id::unique("stepper"));
    let hint = hint.filter(|hint| !hint.is_empty());
    let (hint_id, error_id) = (format!("{id}-hint"), format!("{id}-error"));
    let is_wrong = move || wrong.with(Option::is_some);
    let error = Signal::derive(move || is_wrong().then(|| text::forms::whole_number(least, most)));
    let input = NodeRef::<html::Input>::new();

    // The number that was typed last, or that somebody else made of it.
    let said = RwSignal::new(value.get_untracked());
    let now = Memo::new(move |_| value.get());
    Effect::new(move |_| {
        let now = now.get();
        if now != said.get_untracked() {
            said.set(now);
            wrong.set(None);
        }
    });
    Effect::new(move |_| {
        let (number, wrong) = (said.get(), wrong.get());
        let Some(input) = input.get() else {
            return;
        };
        let shown = input.value();
        let same = match &wrong {
            Some(wrong) => shown == *wrong,
            None => shown.parse() == Ok(number),
        };
        if !same {
            input.set_value(&wrong.unwrap_or_else(|| number.to_string()));
        }
    });

    let move_by = move |by: i64| {
        wrong.set(None);
        let next = value.get_untracked().saturating_add(by).clamp(least, most);
        if next != value.get_untracked() {
            on_change.run(next);
        }
    };
    // What is typed counts as soon as it is a number within the bounds.
    let typed = move |event: leptos::ev::Event| {
        let typed = event_target_value(&event);
        match typed.parse() {
            Ok(number) if (least..=most).contains(&number) => {
                said.set(number);
                wrong.set(None);
                on_change.run(number);
            }
            _ => wrong.set(Some(typed)),
        }
    };
    let described_by = {
        let (hint, error_id) = (hint.as_ref().map(|_| hint_id.clone()), error_id.clone());
        move || {
            let error = is_wrong().then_some(error_id.as_str());
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
                    on:input=typed
                    aria-invalid=move || is_wrong().then_some("true")
                    aria-describedby=described_by
                />
                {button("add", text::forms::more(&label), step)}
            </div>
            {error_line(error, error_id)}
        </div>
    }
}

//! A labeled text input, and the summary of what is wrong with a form.

use std::borrow::Cow;

use leptos::html;
use leptos::prelude::*;

use super::{id, small_icon};
use crate::text;

/// An input with its label, hint and error, wired by id.
#[component]
pub fn TextField(
    /// What is asked.
    #[prop(into)]
    label: String,
    /// What is typed.
    value: RwSignal<String>,
    /// Its id, when an error summary links to it.
    #[prop(optional, into)]
    id: Option<String>,
    /// What helps to answer; may be empty.
    #[prop(optional)]
    hint: &'static str,
    /// How wide it is, in the styles: as wide as what goes in.
    #[prop(default = "field")]
    class: &'static str,
    /// What is wrong, and what is right.
    #[prop(optional, into)]
    error: Signal<Option<String>>,
    /// `text`, `email`, `password`, `search`, `date`, `month`, `time`.
    #[prop(default = "text")]
    kind: &'static str,
    /// What the browser may fill in.
    #[prop(default = "off")]
    autocomplete: &'static str,
    /// Longest text, in characters.
    #[prop(default = 1024)]
    longest: u32,
) -> impl IntoView {
    let id = id.unwrap_or_else(|| id::unique("field"));
    let hint_id = format!("{id}-hint");
    let error_id = format!("{id}-error");
    // A day or a time has a form of its own, not a length.
    let longest = (!matches!(kind, "date" | "month" | "time")).then_some(longest);
    // Years have four digits.
    let last = match kind {
        "date" => Some("9999-12-31"),
        "month" => Some("9999-12"),
        _ => None,
    };
    let hint = (!hint.is_empty()).then_some(hint);
    let described_by = {
        let (hint, error_id) = (hint.map(|_| hint_id.clone()), error_id.clone());
        move || {
            let error = error.with(Option::is_some).then_some(error_id.as_str());
            id::together(&[hint.as_deref(), error])
        }
    };
    view! {
        <div class=class>
            <label for=id.clone()>{label}</label>
            {hint.map(|hint| view! { <p class="hint" id=hint_id>{hint}</p> })}
            <input
                class="input"
                id=id
                type=kind
                autocomplete=autocomplete
                maxlength=longest
                max=last
                autocapitalize="none"
                spellcheck="false"
                prop:value=move || value.get()
                on:input=move |event| value.set(event_target_value(&event))
                aria-invalid=move || error.with(Option::is_some).then_some("true")
                aria-describedby=described_by
            />
            {error_line(error, error_id)}
        </div>
    }
}

/// What a field that cannot be changed now says, in the place of its control: it can be read and
/// reached, and the text with the id `why` says what lifts it.
pub fn locked(
    id: String,
    class: &'static str,
    kind: &'static str,
    label: &'static str,
    (value, why): (Signal<String>, &str),
) -> AnyView {
    let why = why.to_owned();
    view! {
        <div class=class>
            <label for=id.clone()>{label}</label>
            <input
                class="input locked"
                id=id
                type=kind
                readonly=true
                prop:value=move || value.get()
                aria-describedby=why
            />
        </div>
    }
    .into_any()
}

/// The error below a control; nothing while there is none.
pub fn error_line(error: Signal<Option<String>>, id: String) -> impl IntoView {
    move || {
        error.get().map(|error| {
            view! {
                <p class="error" id=id.clone()>
                    {small_icon("warning")}
                    {error}
                </p>
            }
        })
    }
}

/// One line of an [`ErrorSummary`].
#[derive(Clone, Debug, PartialEq)]
pub struct FieldProblem {
    /// The id of the control, or of the line of controls; none for the form as a whole.
    pub field: Option<Cow<'static, str>>,
    /// The same words as at the control.
    pub message: String,
    /// The line that the control is in, where it is in one of several.
    pub line: Option<String>,
}

impl FieldProblem {
    /// Of the form as a whole.
    pub fn of_form(message: impl Into<String>) -> Self {
        Self {
            field: None,
            message: message.into(),
            line: None,
        }
    }

    /// As the summary says it.
    fn said(&self) -> String {
        match &self.line {
            Some(line) => format!("{line}: {}", self.message),
            None => self.message.clone(),
        }
    }
}

/// What is wrong with a form, on top of it. It takes focus each time it appears or changes.
#[component]
pub fn ErrorSummary(
    /// In the order of the form; nothing is shown while there are none.
    #[prop(into)]
    problems: Signal<Vec<FieldProblem>>,
) -> impl IntoView {
    let summary = NodeRef::<html::Div>::new();
    let title = id::unique("problem");
    Effect::new(move |_| {
        if problems.with(Vec::is_empty) {
            return;
        }
        if let Some(summary) = summary.get() {
            // Where focus cannot be moved the summary is still the first thing of the form.
            let _ = summary.focus();
        }
    });
    let line = |problem: FieldProblem| {
        let said = problem.said();
        match problem.field {
            Some(field) => view! {
                <li>
                    <a href=format!("#{field}") on:click=move |event| focus(&event, &field)>
                        {said}
                    </a>
                </li>
            }
            .into_any(),
            None => view! { <li>{said}</li> }.into_any(),
        }
    };
    move || {
        let problems = problems.get();
        (!problems.is_empty()).then(|| {
            view! {
                <div
                    class="error-summary"
                    role="alert"
                    tabindex="-1"
                    aria-labelledby=title.clone()
                    node_ref=summary
                >
                    <h2 id=title.clone()>{text::forms::PROBLEM}</h2>
                    <ul>{problems.into_iter().map(line).collect_view()}</ul>
                </div>
            }
        })
    }
}

/// What is wrong with the control, or the line of controls, of this id.
pub fn problem_at(
    problems: RwSignal<Vec<FieldProblem>>,
    field: impl Into<Cow<'static, str>>,
) -> Signal<Option<String>> {
    let field = field.into();
    Signal::derive(move || {
        problems.with(|problems| {
            let own = problems
                .iter()
                .filter(|one| one.field.as_ref() == Some(&field));
            let messages: Vec<&str> = own.map(|problem| problem.message.as_str()).collect();
            (!messages.is_empty()).then(|| messages.join(" "))
        })
    })
}

/// Goes to the control itself, or the first of a line, and leaves the address alone.
fn focus(event: &leptos::ev::MouseEvent, field: &str) {
    event.prevent_default();
    if let Some(control) = document().get_element_by_id(field) {
        focus_first(&control, "input, select");
    }
}

/// Gives the focus to the first such control inside, or to the element itself. What cannot have it
/// leaves it where it is.
pub fn focus_first(element: &web_sys::Element, selector: &str) {
    let first = element.query_selector(selector).ok().flatten();
    let first = first.unwrap_or_else(|| element.clone());
    if let Ok(control) = wasm_bindgen::JsCast::dyn_into::<web_sys::HtmlElement>(first) {
        let _ = control.focus();
    }
}

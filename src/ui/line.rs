//! One of several lines of a form.

use leptos::prelude::*;

use super::field::error_line;
use super::{Button, Kind};
use crate::text;

/// A line: its controls, what is wrong with it, and what removes it. `id` is what an error summary
/// links to, and `legend` what it is called.
pub fn line(
    id: String,
    legend: String,
    error: Signal<Option<String>>,
    remove: Callback<()>,
    controls: AnyView,
) -> AnyView {
    let error_id = format!("{id}-error");
    let described_by = {
        let id = error_id.clone();
        move || error.with(Option::is_some).then(|| id.clone())
    };
    view! {
        <fieldset class="cluster filter" id=id aria-describedby=described_by>
            <legend class="visually-hidden">{legend.clone()}</legend>
            {controls}
            <Button on_press=remove kind=Kind::Subtle>
                {text::forms::REMOVE}
                <span class="visually-hidden">{legend}</span>
            </Button>
            {error_line(error, error_id)}
        </fieldset>
    }
    .into_any()
}

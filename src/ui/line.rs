//! One of several lines of a form.

use leptos::prelude::*;

use super::field::{error_line, focus_first};
use super::{Button, Kind};
use crate::text;

/// A line: its controls, what is wrong with it, and what removes it. `id` is what an error summary
/// links to, and `legend` what it is called. `kept` says why the line cannot be removed or changed,
/// with the id by which its controls name that.
pub fn line(
    id: String,
    legend: String,
    error: Signal<Option<String>>,
    (remove, kept): (Callback<()>, Option<(String, String)>),
    controls: AnyView,
) -> AnyView {
    let error_id = format!("{id}-error");
    let described_by = {
        let id = error_id.clone();
        move || error.with(Option::is_some).then(|| id.clone())
    };
    let own = id.clone();
    let remove = Callback::new(move |()| {
        to_what_follows(&own);
        remove.run(());
    });
    let (reason_id, kept) = kept.unzip();
    // Without a reason nobody names it.
    let reason_id = reason_id.unwrap_or_else(|| format!("{id}-kept"));
    view! {
        <fieldset class="cluster filter" id=id aria-describedby=described_by>
            <legend class="visually-hidden">{legend.clone()}</legend>
            {controls}
            <Button
                on_press=remove
                kind=Kind::Subtle
                blocked=Signal::stored(kept)
                reason_id=reason_id
            >
                {text::forms::REMOVE}
                <span class="visually-hidden">{legend}</span>
            </Button>
            {error_line(error, error_id)}
        </fieldset>
    }
    .into_any()
}

/// The last line takes its button with it; the focus goes to what adds one, which stands behind the
/// lines. After any other, the next one moves up, and the focus stays.
fn to_what_follows(line: &str) {
    let line = document().get_element_by_id(line);
    let add = line.and_then(|line| line.next_element_sibling());
    let add = add.filter(|next| next.tag_name() != "FIELDSET");
    if let Some(add) = add {
        focus_first(&add, "button");
    }
}

//! How a score changes by itself, if nothing else does.

use std::sync::Arc;

use leptos::prelude::*;
use membership_domain::assess::Forecast;

use crate::format;
use crate::preview::Preview;
use crate::text::designations as words;

/// How far ahead it looks, in days.
const AHEAD: u64 = 365;

/// The card: each day on which the total changes, and what it becomes.
pub fn card(preview: Preview, id: Arc<str>) -> AnyView {
    let settled = preview.settled();
    let lines = move || {
        let (hypothesis, basis) = (settled.get(), preview.basis.get());
        preview.workspace.with_value(|workspace| {
            let steps = workspace.on(basis).forecast(&hypothesis, &id, AHEAD);
            let pass_mark = workspace.catalog.score(&id).map(|score| score.pass_mark);
            if steps.is_empty() {
                return view! {
                    <div class="body">
                        <p class="muted">{words::NO_FORECAST}</p>
                    </div>
                }
                .into_any();
            }
            let line = |step: &Forecast| {
                let need = pass_mark.unwrap_or(step.total);
                view! {
                    <li>
                        <b class="num">{format::day(step.day)}</b>
                        {" "}
                        {workspace.speaker().total_becomes(step, need)}
                    </li>
                }
            };
            let lines = steps.iter().map(line).collect_view();
            view! { <ul class="rows small">{lines}</ul> }.into_any()
        })
    };
    view! {
        <section class="card">
            <header>
                <h2>{words::FORECAST}</h2>
            </header>
            {lines}
        </section>
    }
    .into_any()
}

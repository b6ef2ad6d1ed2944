//! What a program costs, how long it lasts, and when it renews.

use leptos::prelude::*;
use membership_domain::catalog::{Cite, Program, in_force};

use super::fee;
use crate::findings::certainty_mark;
use crate::format;
use crate::text::programs as words;
use crate::workspace::Workspace;

/// The card; nothing where neither a fee nor a term is in force.
pub fn card(workspace: &Workspace, program: &Program) -> AnyView {
    let price = workspace
        .catalog
        .fee(&program.id, workspace.day)
        .map(|now| {
            let amount = fee(now.amount, &now.currency);
            let amount = match now.amount {
                Some(cents) if cents > 0 => words::per_term(&amount, now.recurring),
                _ => amount,
            };
            fact(words::FEE, amount, now.note.clone(), &now.cite)
        });
    let terms = in_force(&program.terms, workspace.day).map(|now| {
        let length = now
            .days
            .map_or_else(|| words::OPEN_ENDED.to_owned(), words::days);
        let window = now
            .renewal_opens
            .zip(now.renewal_closes)
            .map(|(opens, closes)| {
                fact(
                    words::RENEWAL,
                    words::window(opens, closes),
                    None,
                    &now.cite,
                )
            });
        let itself = now.by_itself.then(|| {
            fact(
                words::ENROLLMENT,
                words::BY_ITSELF.to_owned(),
                None,
                &now.cite,
            )
        });
        let validation = now.validation.map(|asked| {
            let from = format::day(asked.from);
            fact(
                words::VALIDATION,
                words::validation(asked.every, &from),
                None,
                &now.cite,
            )
        });
        let benefits = now
            .benefits_end
            .map(|days| fact(words::BENEFITS_END, words::around(days), None, &now.cite));
        view! {
            {fact(words::TERM, length, now.note.clone(), &now.cite)}
            {itself}
            {window}
            {validation}
            {benefits}
        }
    });
    view! {
        <section class="card">
            <header>
                <h2>{words::FEE_TERM}</h2>
            </header>
            <div class="body">
                <dl class="facts">
                    {price}
                    {terms}
                </dl>
            </div>
        </section>
    }
    .into_any()
}

fn fact(label: &'static str, value: String, note: Option<String>, cite: &Cite) -> AnyView {
    let note = note.map(|note| view! { <p class="why">{note}</p> });
    view! {
        <dt>{label}</dt>
        <dd>
            <span class="cluster">
                {value}
                {certainty_mark(cite)}
            </span>
            {note}
        </dd>
    }
    .into_any()
}

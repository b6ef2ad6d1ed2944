//! What came of files, in words.

use leptos::prelude::*;
use membership_contract::desk::Imported;

use crate::paths::desk as paths;
use crate::text::operator::statements as words;
use crate::ui::{self, LinkButton, Tone};

/// A file, and what became of it.
#[derive(Clone)]
pub struct Told {
    /// The file's name.
    pub name: String,
    /// What it brought, or why it was refused.
    pub result: Result<Imported, String>,
}

/// What came of each file.
pub fn results(told: &[Told]) -> AnyView {
    if told.is_empty() {
        return ().into_any();
    }
    let waits = |one: &Told| matches!(&one.result, Ok(brought) if brought.waiting > 0);
    let way = told.iter().any(waits).then(|| {
        let href = paths::ENTRIES.href();
        view! { <LinkButton kind=ui::Kind::Primary href=href>{words::DECIDE}</LinkButton> }
    });
    view! {
        <h3>{words::RESULTS}</h3>
        {told.iter().map(result).collect_view()}
        {way}
    }
    .into_any()
}

fn result(told: &Told) -> AnyView {
    let name = told.name.clone();
    let name = view! { <p class="strong">{name}</p> };
    match &told.result {
        Err(why) => {
            let why = why.clone();
            let inside = view! { {name} <p>{why}</p> };
            view! { <div role="alert">{ui::note(Tone::Bad, inside)}</div> }.into_any()
        }
        Ok(brought) => {
            let wrong = brought.not_adding_up;
            let wrong = (wrong > 0).then(|| view! { <p>{words::not_adding_up(wrong)}</p> });
            let tone = match (wrong.is_some(), brought.is_known) {
                (true, _) => Tone::Warn,
                (_, true) => Tone::Info,
                _ => Tone::Good,
            };
            ui::note(
                tone,
                view! { {name} <p>{words::brought(brought)}</p> {wrong} },
            )
        }
    }
}

//! An entry as a row, and what it says on demand.

use std::sync::Arc;

use leptos::prelude::*;
use membership_contract::audit::{AuditChange, AuditEntry, AuditPerson};
use membership_contract::text::en;

use crate::list::{Detail, Line, name, quiet};
use crate::text::audit as words;
use crate::ui::{self, Table};
use crate::{format, paths};

/// The row of an entry.
pub(super) fn line(entry: &AuditEntry) -> Line {
    let shown = Arc::new(entry.clone());
    Line {
        cells: vec![
            name(entry.said.clone(), None),
            format::instant(entry.at).into_any(),
        ],
        detail: Some(Detail {
            of: entry.said.clone(),
            draw: Arc::new(move || detail(&shown)),
        }),
    }
}

fn detail(entry: &AuditEntry) -> AnyView {
    let (who, about) = en::audit_names(entry);
    let code = |text: String| view! { <span class="num">{text}</span> }.into_any();
    let mut facts = vec![(
        words::WHO,
        person(who, entry.who.as_ref(), words::ALL_BY, true),
    )];
    if let Some(about) = about {
        let about = person(about, entry.about.as_ref(), words::ALL_FOR, false);
        facts.push((words::WHOM, about));
    }
    facts.push((words::SUBJECT, code(entry.subject.clone())));
    if let Some(session) = entry.session {
        facts.push((words::SESSION, code(session.to_string())));
    }
    if !entry.request_id.is_empty() {
        facts.push((words::REQUEST, code(entry.request_id.clone())));
    }
    let more = entry.facts.iter().map(|fact| {
        let (label, value) = (fact.label.clone(), fact.value.clone());
        view! { <li>{label} ": " {value}</li> }
    });
    let more = (!entry.facts.is_empty()).then(|| {
        view! { <ul class="small muted">{more.collect_view()}</ul> }
    });
    view! {
        <div class="stack tight">
            {(!entry.changes.is_empty()).then(|| changes(&entry.changes))}
            {ui::facts(facts)}
            {more}
        </div>
    }
    .into_any()
}

/// A person by name, with a way to all entries of theirs.
fn person(name: String, person: Option<&AuditPerson>, all: &'static str, did: bool) -> AnyView {
    let link = person.map(|person| {
        let href = paths::audit_of(&person.id.to_string(), did);
        view! { <a href=href>{all}</a> }
    });
    view! { {name} " " {link} }.into_any()
}

/// Each field, before and after.
fn changes(all: &[AuditChange]) -> AnyView {
    let head = || {
        let head = [words::FIELD, words::BEFORE, words::AFTER];
        head.map(|name| view! { <th scope="col">{name}</th> })
            .collect_view()
    };
    let row = |change: &AuditChange| {
        let side = |value: &Option<String>| match value {
            Some(text) => text.clone().into_any(),
            None if change.erased => quiet(en::ERASED),
            None => quiet(words::NOT_THERE),
        };
        view! {
            <tr>
                <td data-label=words::FIELD>{change.label.clone()}</td>
                <td data-label=words::BEFORE>{side(&change.before)}</td>
                <td data-label=words::AFTER>{side(&change.after)}</td>
            </tr>
        }
    };
    let rows = all.iter().map(row).collect_view();
    view! { <Table caption=words::FIELDS head=head>{rows}</Table> }.into_any()
}

//! The controls of the panel, each of which changes the hypothesis.

use std::collections::BTreeSet;

use leptos::prelude::*;
use membership_domain::catalog::Requirement;
use membership_domain::evidence::{FaultCode, YEARS};
use membership_domain::hypothesis::requirement_address;
use membership_domain::{Number, Shared};

use super::Preview;
use crate::format;
use crate::text::preview as words;
use crate::ui::{self, Check, Disclosure, Stepper};
use crate::workspace::Workspace;

/// Steppers for people with certificates; behind a disclosure where there are many.
pub fn people(preview: Preview, workspace: &Workspace, certificates: &BTreeSet<Shared>) -> AnyView {
    if certificates.is_empty() {
        return ().into_any();
    }
    let stepper = |id: &Shared| {
        let label = words::people_with(&workspace.speaker().certificate(id));
        let name = workspace
            .catalog
            .certificate(id)
            .map(|certificate| certificate.name.clone());
        let (shown, changed) = (id.to_string(), id.to_string());
        let value = Signal::derive(move || {
            preview
                .hypothesis
                .with(|now| i64::from(now.people.get(&shown).copied().unwrap_or(0)))
        });
        let on_change = move |count: i64| {
            let id = changed.clone();
            preview.change(|hypothesis| match i32::try_from(count) {
                Ok(0) | Err(_) => drop(hypothesis.people.remove(&id)),
                Ok(count) => drop(hypothesis.people.insert(id, count)),
            });
        };
        view! {
            <Stepper
                label=label
                hint=name.unwrap_or_default()
                value=value
                on_change=on_change
                least=-99
                most=99
            />
        }
        .into_any()
    };
    let open = preview
        .hypothesis
        .with_untracked(|now| !now.people.is_empty());
    let steppers: Vec<AnyView> = certificates.iter().map(stepper).collect();
    if steppers.len() > 3 {
        view! {
            <Disclosure summary=words::PEOPLE open=open>
                <div class="stack medium">{steppers}</div>
            </Disclosure>
        }
        .into_any()
    } else {
        steppers.into_any()
    }
}

/// How much more of a measure, in steps.
pub fn measure(
    preview: Preview,
    label: String,
    unit: &'static str,
    address: String,
    step: i64,
) -> AnyView {
    let shown = address.clone();
    let value = Signal::derive(move || {
        preview.hypothesis.with(|now| {
            let added = now.measures.get(&shown).copied().unwrap_or_default();
            // A part of one, from a link, does not read as nothing.
            let whole = if added.is_positive() {
                added.ceiling()
            } else {
                added.floor()
            };
            i64::try_from(whole).unwrap_or(0)
        })
    });
    let on_change = move |by: i64| {
        let address = address.clone();
        preview.change(|hypothesis| {
            if by == 0 {
                hypothesis.measures.remove(&address);
            } else {
                hypothesis.measures.insert(address, Number::from(by));
            }
        });
    };
    view! {
        <Stepper
            label=label
            hint=unit
            value=value
            on_change=on_change
            least=-1_000_000_000
            most=1_000_000_000
            step=step
        />
    }
    .into_any()
}

/// Whether a requirement is taken as met.
pub fn taken_as_met(preview: Preview, program: &str, requirement: &Requirement) -> AnyView {
    let address = requirement_address(program, &requirement.id);
    let shown = address.clone();
    let checked = Signal::derive(move || preview.hypothesis.with(|now| now.met.contains(&shown)));
    let on_change = move |met: bool| {
        let address = address.clone();
        preview.change(|hypothesis| {
            if met {
                hypothesis.met.insert(address);
            } else {
                hypothesis.met.remove(&address);
            }
        });
    };
    view! { <Check label=title(requirement) checked=checked on_change=on_change /> }.into_any()
}

/// What a requirement is called.
pub fn title(requirement: &Requirement) -> String {
    requirement
        .title
        .clone()
        .unwrap_or_else(|| requirement.id.clone())
}

/// Another day.
pub fn day(preview: Preview) -> AnyView {
    let today = preview.workspace.with_value(|workspace| workspace.day);
    let id = ui::id::unique("day");
    let wrong = RwSignal::new(false);
    let (first, last) = (*YEARS.start(), *YEARS.end());
    let value = move || format::day_input(preview.hypothesis.with(|now| now.day.unwrap_or(today)));
    let typed = move |event: leptos::ev::Event| {
        let text = event_target_value(&event);
        match text.parse::<chrono::NaiveDate>() {
            Ok(day) if FaultCode::of_day(day).is_none() => {
                wrong.set(false);
                preview.change(|now| now.day = (day != today).then_some(day));
            }
            _ => wrong.set(!text.is_empty()),
        }
    };
    let error_id = format!("{id}-error");
    let described = error_id.clone();
    let error = move || {
        let id = error_id.clone();
        wrong
            .get()
            .then(|| view! { <p class="error" id=id>{words::day_wrong(first, last)}</p> })
    };
    view! {
        <div class="field">
            <label for=id.clone()>{words::DAY}</label>
            <input
                class="input"
                type="date"
                id=id
                min=format!("{first}-01-01")
                max=format!("{last}-12-31")
                prop:value=value
                on:change=typed
                aria-invalid=move || wrong.get().then_some("true")
                aria-describedby=move || wrong.get().then(|| described.clone())
            />
            {error}
        </div>
    }
    .into_any()
}

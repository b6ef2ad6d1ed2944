//! The panel in which a partner changes its evidence hypothetically.

use std::collections::BTreeSet;

use leptos::prelude::*;
use membership_domain::Number;
use membership_domain::Shared;
use membership_domain::catalog::{Criterion, Program, Requirement, Score, in_force};
use membership_domain::hypothesis::{measure_address, requirement_address};

use super::Preview;
use super::outcome::{Focus, verdict};
use crate::format;
use crate::text::preview as words;
use crate::ui::{self, Button, Check, Disclosure, Stepper};
use crate::workspace::Workspace;

/// The panel of a score: its certificates, its measures, the day. `track` is the one shown.
pub fn for_score(preview: Preview, score: &Score, track: Signal<String>) -> AnyView {
    let focus = Focus::Score(score.id.clone());
    let id = score.id.clone();
    let track = Memo::new(move |_| track.get());
    let controls = move || {
        let workspace = preview.workspace.get_value();
        let track = track.get();
        workspace
            .catalog
            .score(&id)
            .map(|score| score_controls(preview, &workspace, score, &track))
    };
    panel(preview, focus, controls.into_any())
}

/// The panel of a program: its requirements, those of its score, the day.
pub fn for_program(preview: Preview, program: &Program) -> AnyView {
    let workspace = preview.workspace.get_value();
    let score = program
        .score
        .as_ref()
        .and_then(|score| workspace.catalog.score(score));
    let of_score = score.map(|score| {
        let chosen = preview.today.with_untracked(|today| {
            today
                .score(&score.id)
                .map(|score| score.track.clone())
                .unwrap_or_default()
        });
        score_controls(preview, &workspace, score, &chosen)
    });
    let rule = in_force(&program.rules, workspace.day);
    let leaves: Vec<&Requirement> = (rule.iter())
        .flat_map(|rule| rule.requirement.walk())
        .filter(|requirement| requirement.children().is_empty())
        .collect();
    let mut certificates = BTreeSet::new();
    for requirement in rule.iter().flat_map(|rule| rule.walk()) {
        if let Criterion::People(people) = &requirement.test {
            certificates.extend(people.certificates.iter().cloned());
        }
    }
    let measures: Vec<AnyView> = (leaves.iter())
        .filter_map(|leaf| {
            let Criterion::Measure {
                at_least,
                measure: of,
                ..
            } = &leaf.test
            else {
                return None;
            };
            let address = requirement_address(&program.id, &leaf.id);
            let step = i64::try_from((*at_least).over(Number::from(10_u32))?.ceiling()).ok()?;
            let unit = words::unit(&of.take);
            Some(measure(preview, title(leaf), unit, address, step.max(1)))
        })
        .collect();
    let met: Vec<AnyView> = leaves
        .iter()
        .map(|leaf| taken_as_met(preview, &program.id, leaf))
        .collect();
    let controls = view! {
        {people(preview, &workspace, &certificates)}
        {measures}
        {of_score}
        <fieldset class="stack tight">
            <legend class="strong">{words::TAKEN_AS_MET}</legend>
            {met}
        </fieldset>
    };
    panel(
        preview,
        Focus::Program(program.id.clone()),
        controls.into_any(),
    )
}

fn panel(preview: Preview, focus: Focus, controls: AnyView) -> AnyView {
    let reset = move || {
        preview.is_active().then(|| {
            view! {
                <Button kind=ui::Kind::Subtle on_press=move |()| preview.reset()>
                    {words::RESET}
                </Button>
            }
        })
    };
    view! {
        <section class="card preview" aria-labelledby="preview-title">
            <header>
                <h2 id="preview-title">{words::TITLE}</h2>
                {reset}
            </header>
            <div class="body">
                <p class="small muted">{words::ABOUT}</p>
                {misread(preview)}
                {verdict(preview, focus)}
                {controls}
                {day(preview)}
            </div>
        </section>
    }
    .into_any()
}

fn misread(preview: Preview) -> AnyView {
    (move || {
        let misread = preview.misread.get();
        (!misread.is_empty()).then(|| {
            let line = |one| view! { <li>{membership_contract::text::en::misread(one)}</li> };
            let lines = misread.iter().map(line).collect_view();
            ui::note(
                ui::Tone::Warn,
                view! {
                    <p class="strong">{words::MISREAD}</p>
                    <ul>{lines}</ul>
                },
            )
        })
    })
    .into_any()
}

/// The controls of one track: a control that moves nothing on the page would be a riddle.
fn score_controls(preview: Preview, workspace: &Workspace, score: &Score, track: &str) -> AnyView {
    let mut certificates = BTreeSet::new();
    let mut measures: Vec<(String, String, &str, i64)> = Vec::new();
    let shown = score.tracks.iter().filter(|one| one.id == track);
    for metric in shown.flat_map(|track| &track.metrics) {
        let Some(rule) = in_force(&metric.rules, workspace.day) else {
            continue;
        };
        if let Some(people) = &rule.people {
            certificates.extend(people.certificates.iter().cloned());
            certificates.extend(
                people
                    .gates
                    .iter()
                    .flat_map(|gate| gate.certificates.clone()),
            );
        }
        for part in &rule.parts {
            let address = measure_address(&score.id, metric, &part.id);
            let mut label = metric.name.clone();
            if rule.parts.len() > 1 {
                label = format!("{label}: {}", part.name);
            }
            let step = i64::try_from(part.step.ceiling()).unwrap_or(1).max(1);
            measures.push((address, label, words::unit(&part.measure.take), step));
        }
    }
    let measures: Vec<AnyView> = measures
        .into_iter()
        .map(|(address, label, unit, step)| measure(preview, label, unit, address, step))
        .collect();
    view! {
        {measures}
        {people(preview, workspace, &certificates)}
    }
    .into_any()
}

/// Steppers for people with certificates; behind a disclosure where there are many.
fn people(preview: Preview, workspace: &Workspace, certificates: &BTreeSet<Shared>) -> AnyView {
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

fn measure(
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

fn taken_as_met(preview: Preview, program: &str, requirement: &Requirement) -> AnyView {
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

fn title(requirement: &Requirement) -> String {
    requirement
        .title
        .clone()
        .unwrap_or_else(|| requirement.id.clone())
}

fn day(preview: Preview) -> AnyView {
    let today = preview.workspace.with_value(|workspace| workspace.day);
    let id = ui::id::unique("day");
    let wrong = RwSignal::new(false);
    let value = move || format::day_input(preview.hypothesis.with(|now| now.day.unwrap_or(today)));
    let typed = move |event: leptos::ev::Event| {
        let text = event_target_value(&event);
        match text.parse::<chrono::NaiveDate>() {
            Ok(day) if (1990..=2100).contains(&chrono::Datelike::year(&day)) => {
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
            .then(|| view! { <p class="error" id=id>{words::DAY_WRONG}</p> })
    };
    view! {
        <div class="field">
            <label for=id.clone()>{words::DAY}</label>
            <input
                class="input"
                type="date"
                id=id
                min="1990-01-01"
                max="2100-12-31"
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

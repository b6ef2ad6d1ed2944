//! The panel in which a partner changes its evidence hypothetically.

use std::collections::BTreeSet;

use leptos::prelude::*;
use membership_domain::Number;
use membership_domain::catalog::{Criterion, Program, Requirement, Score, in_force};
use membership_domain::hypothesis::{measure_address, requirement_address};

use super::Preview;
use super::controls::{day, measure, people, taken_as_met, title};
use super::outcome::{Focus, verdict};
use crate::text::preview as words;
use crate::ui::{self, Button};
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

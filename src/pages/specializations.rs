//! The specializations, by solution area.

use leptos::prelude::*;
use membership_contract::session::SessionOrganization;
use membership_domain::assess::{Assessment, ProgramAssessment, Standing};
use membership_domain::catalog::{Program, ProgramKind};

use super::standing;
use crate::counted::Counted;
use crate::shell::heading::lead;
use crate::text::specializations as words;
use crate::workspace::{self, Workspace};

/// The page.
pub fn page(organization: SessionOrganization) -> AnyView {
    workspace::with(&organization, |workspace| content(&workspace))
}

fn content(workspace: &Workspace) -> AnyView {
    let counted = Counted::of(workspace);
    let control = {
        let all = workspace.catalog.programs.iter();
        let listed = all.filter(|program| program.kind == ProgramKind::Specialization);
        counted.over(&listed.collect::<Vec<_>>())
    };
    let workspace = workspace.clone();
    let cards = move || {
        let today = counted.today(counted.asked.get());
        let areas = by_area(&workspace, &today).into_iter();
        let card = |(area, programs): (&str, Listed<'_>)| {
            card(&workspace, &today, (area, &programs), counted)
        };
        areas.map(card).collect_view()
    };
    view! {
        {lead(words::TITLE.to_owned(), words::ABOUT, ())}
        {control}
        <div class="stack">{cards}</div>
    }
    .into_any()
}

type Listed<'a> = Vec<(&'a Program, &'a ProgramAssessment)>;

/// The specializations of each area; areas and programs in the order of the catalog.
fn by_area<'a>(workspace: &'a Workspace, today: &'a Assessment) -> Vec<(&'a str, Listed<'a>)> {
    let mut areas: Vec<(&str, Listed<'a>)> = Vec::new();
    let programs = workspace.catalog.programs.iter();
    for program in programs.filter(|program| program.kind == ProgramKind::Specialization) {
        let Some(assessed) = today.program(&program.id) else {
            continue;
        };
        let area = program.solution_area.as_deref().unwrap_or(words::OTHERS);
        match areas.iter_mut().find(|(known, _)| *known == area) {
            Some((_, listed)) => listed.push((program, assessed)),
            None => areas.push((area, vec![(program, assessed)])),
        }
    }
    areas
}

fn card(
    workspace: &Workspace,
    today: &Assessment,
    (area, programs): (&str, &Listed<'_>),
    counted: Counted,
) -> AnyView {
    let count = |is: fn(Standing) -> bool| {
        let standings = programs.iter().map(|(_, assessed)| assessed.standing);
        standings.filter(|standing| is(*standing)).count()
    };
    let achieved = count(|standing| {
        matches!(
            standing,
            Standing::Held | Standing::Qualified | Standing::RenewalDue
        )
    });
    let begun = count(|standing| standing == Standing::InProgress);
    let rows = programs
        .iter()
        .map(|(program, assessed)| standing::row(workspace, today, program, assessed, counted))
        .collect_view();
    view! {
        <section class="card">
            <header>
                <h2>{area.to_owned()}</h2>
                <span class="muted small">{words::progress(achieved, begun, programs.len())}</span>
            </header>
            <ul class="rows">{rows}</ul>
        </section>
    }
    .into_any()
}

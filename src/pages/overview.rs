//! The overview: what to do next, where each membership stands, what comes, what changed.

use std::sync::Arc;

use chrono::NaiveDate;
use leptos::prelude::*;
use membership_contract::session::SessionOrganization;
use membership_domain::agenda::{Agenda, Deadline, Task, TaskKind};
use membership_domain::assess::{Assessment, Difference, Standing};
use membership_domain::catalog::ProgramKind;

use super::standing;
use crate::shell::heading::lead;
use crate::text::overview as words;
use crate::ui::{self, LinkButton};
use crate::workspace::{self, Workspace};
use crate::{format, paths};

/// Days within which a task stands out.
const SOON: i64 = 30;

/// The page.
pub fn page(organization: SessionOrganization) -> AnyView {
    let name = organization.name.clone();
    workspace::with(&organization, move |workspace| content(&name, &workspace))
}

fn content(name: &str, workspace: &Workspace) -> AnyView {
    let today = workspace.today();
    let measured = today.scores.iter().find_map(|score| score.month);
    let about = words::about(name, &format::day(workspace.day))
        + &measured
            .map(|month| words::measured(&format::day(month.last_day())))
            .unwrap_or_default();
    let workspace = workspace.clone();
    // Deadlines take a look at every day of a year; then each column is a task of its own.
    let columns = ui::in_turn(move || {
        let agenda = Arc::new(workspace.agenda(&today));
        let (one, two) = (workspace.clone(), workspace.clone());
        let (today, known) = (today.clone(), agenda.clone());
        let first = ui::in_turn(move || {
            view! {
                {tasks(&one, &agenda)}
                {standings(&one, &today)}
            }
            .into_any()
        });
        let second = ui::in_turn(move || {
            view! {
                {deadlines(&two, &known)}
                {changes(&two, &known)}
            }
            .into_any()
        });
        let (first, second) = (column(first), column(second));
        view! { <div class="columns">{first} {second}</div> }.into_any()
    });
    view! {
        {lead(words::TITLE.to_owned(), about, ())}
        {columns}
    }
    .into_any()
}

fn column(cards: AnyView) -> AnyView {
    view! { <div class="stack">{cards}</div> }.into_any()
}

fn card(title: &'static str, link: Option<AnyView>, body: AnyView) -> AnyView {
    view! {
        <section class="card">
            <header>
                <h2>{title}</h2>
                {link}
            </header>
            {body}
        </section>
    }
    .into_any()
}

fn quiet(text: impl Into<String>) -> AnyView {
    let text = text.into();
    view! {
        <div class="body">
            <p class="muted">{text}</p>
        </div>
    }
    .into_any()
}

fn tasks(workspace: &Workspace, agenda: &Agenda) -> AnyView {
    if agenda.tasks.is_empty() {
        return card(words::DO_NEXT, None, quiet(words::NOTHING_TO_DO));
    }
    let rows = agenda
        .tasks
        .iter()
        .map(|task| task_row(workspace, task))
        .collect_view();
    card(
        words::DO_NEXT,
        None,
        view! { <ul class="rows">{rows}</ul> }.into_any(),
    )
}

fn task_row(workspace: &Workspace, task: &Task) -> AnyView {
    let speaker = workspace.speaker();
    let title = speaker.task(&task.what);
    let (href, label) = where_to(workspace, &task.what);
    view! {
        <li class="task">
            {due(workspace.day, task.due)}
            <div>
                <h3>{title.clone()}</h3>
                <p class="muted">{speaker.task_why(&task.what)}</p>
            </div>
            {href.map(|href| {
                view! {
                    <LinkButton href=href>
                        <span aria-hidden="true">{label}</span>
                        <span class="visually-hidden">{words::action_about(label, &title)}</span>
                    </LinkButton>
                }
            })}
        </li>
    }
    .into_any()
}

fn due(today: NaiveDate, due: Option<NaiveDate>) -> AnyView {
    let Some(due) = due else {
        return view! { <div class="due"><span class="small">{words::NO_DAY}</span></div> }
            .into_any();
    };
    let left = (due - today).num_days();
    let class = if left <= SOON { "due soon" } else { "due" };
    let text = format::counted(left, "day", "days");
    let (number, unit) = text.split_once(' ').unwrap_or((words::TODAY, ""));
    let (number, unit) = (number.to_owned(), unit.to_owned());
    view! {
        <div class=class title=format::day(due)>
            <b class="num">{number}</b>
            {unit}
        </div>
    }
    .into_any()
}

/// The page that a task is done on, and what the way there is called.
fn where_to(workspace: &Workspace, task: &TaskKind) -> (Option<String>, &'static str) {
    match task {
        TaskKind::Join | TaskKind::Verify { .. } => {
            let membership = workspace.catalog.programs.first();
            (
                membership.map(|program| paths::program(&program.id)),
                words::OPEN,
            )
        }
        TaskKind::Renew { program, .. }
        | TaskKind::ShowDay { program, .. }
        | TaskKind::Enroll { program, .. }
        | TaskKind::Validate { program, .. } => (Some(paths::program(program)), words::OPEN),
        TaskKind::RenewCertificates { score, .. } | TaskKind::CloseGap { score, .. } => {
            (Some(paths::area(score)), words::SEE)
        }
        TaskKind::Link { .. } => (Some(paths::not_linked()), words::SEE),
    }
}

/// Programs that are held or begun; those not begun are one click away, and so are the many
/// specializations that a designation alone begins.
fn standings(workspace: &Workspace, today: &Assessment) -> AnyView {
    let begun = (today.programs.iter())
        .filter(|program| program.standing != Standing::NotStarted)
        .filter_map(|program| Some((workspace.catalog.program(&program.program)?, program)));
    let (elsewhere, here): (Vec<_>, Vec<_>) = begun.partition(|(known, program)| {
        known.kind == ProgramKind::Specialization && program.standing == Standing::InProgress
    });
    let mut rows: Vec<AnyView> = here
        .into_iter()
        .map(|(known, program)| standing::row(workspace, today, known, program))
        .collect();
    if !elsewhere.is_empty() {
        rows.push(
            view! {
                <li>
                    <a href=paths::SPECIALIZATIONS.href()>{words::begun(elsewhere.len())}</a>
                </li>
            }
            .into_any(),
        );
    }
    let all = paths::PROGRAMS.href();
    let link = view! { <a href=all>{words::EXPLORE}</a> }.into_any();
    card(
        words::STANDS,
        Some(link),
        view! { <ul class="rows">{rows}</ul> }.into_any(),
    )
}

fn deadlines(workspace: &Workspace, agenda: &Agenda) -> AnyView {
    if agenda.deadlines.is_empty() {
        return card(words::DEADLINES, None, quiet(words::NO_DEADLINES));
    }
    let line = |deadline: &Deadline| {
        view! {
            <li>
                <b>{format::day_and_year(deadline.day)}</b>
                {" "}
                {workspace.speaker().deadline(&deadline.what)}
            </li>
        }
    };
    let lines = agenda.deadlines.iter().take(8).map(line).collect_view();
    card(
        words::DEADLINES,
        None,
        view! { <ul class="rows small">{lines}</ul> }.into_any(),
    )
}

/// A specialization that was only begun, or is so no longer: there are many, and it says little.
fn is_begun(workspace: &Workspace, difference: &Difference) -> bool {
    let Difference::Program { program, from, to } = difference else {
        return false;
    };
    let known = workspace.catalog.program(program);
    let little = |standing| matches!(standing, Standing::NotStarted | Standing::InProgress);
    known.is_some_and(|known| known.kind == ProgramKind::Specialization)
        && little(*from)
        && little(*to)
}

fn changes(workspace: &Workspace, agenda: &Agenda) -> AnyView {
    let since = format::day(agenda.changes_since);
    let told = |difference: &&Difference| !is_begun(workspace, difference);
    let changes: Vec<&Difference> = agenda.changes.iter().filter(told).collect();
    if changes.is_empty() {
        return card(words::CHANGED, None, quiet(words::nothing_changed(&since)));
    }
    let speaker = workspace.speaker();
    let line = |difference: &Difference| {
        let because = match difference {
            Difference::Score { because, .. } => because.as_slice(),
            Difference::Program { .. } => &[],
        };
        let because = because
            .iter()
            .map(|metric| {
                view! { <li>{speaker.metric_difference(metric)}</li> }
            })
            .collect_view();
        view! {
            <li>
                {speaker.difference(difference)}
                <ul class="changes muted">{because}</ul>
            </li>
        }
    };
    let lines = changes.into_iter().map(line).collect_view();
    let since = view! { <span class="muted small">{words::since(&since)}</span> }.into_any();
    card(
        words::CHANGED,
        Some(since),
        view! { <ul class="rows small">{lines}</ul> }.into_any(),
    )
}

//! What a hypothesis changes: the outcome, the score, and everything that differs from today.

use leptos::prelude::*;
use membership_contract::text::en;
use membership_domain::Number;
use membership_domain::assess::{Assessment, Difference, Outcome, compare};
use membership_domain::catalog::ProgramKind;

use super::Preview;
use crate::text::preview as words;
use crate::ui::{self, Tone};
use crate::workspace::Workspace;

/// What a panel is about.
#[derive(Clone)]
pub enum Focus {
    /// A score, by id.
    Score(String),
    /// A program, by id.
    Program(String),
}

/// The outcome of the preview, said politely to screen readers whenever it changes.
pub fn verdict(preview: Preview, focus: Focus) -> AnyView {
    let inside = move || {
        if !preview.is_active() {
            return view! { <p class="muted small">{words::NOTHING_TRIED}</p> }.into_any();
        }
        let workspace = preview.workspace.get_value();
        let (today, shown) = (preview.today.get(), preview.shown.get());
        let headline = match &focus {
            Focus::Score(id) => of_score(&workspace, &today, &shown, id),
            Focus::Program(id) => of_program(&workspace, &today, &shown, id),
        };
        let differences = differences(&workspace, &today, &shown, &focus);
        view! {
            {headline}
            {differences}
        }
        .into_any()
    };
    view! { <div class="stack tight" role="status" data-preview="outcome">{inside}</div> }
        .into_any()
}

fn of_score(workspace: &Workspace, today: &Assessment, shown: &Assessment, id: &str) -> AnyView {
    let (Some(before), Some(after)) = (today.score(id), shown.score(id)) else {
        return ().into_any();
    };
    let speaker = workspace.speaker();
    let says = if after.outcome == Outcome::Met {
        words::QUALIFIES
    } else {
        words::DOES_NOT
    };
    let tone = if after.outcome == Outcome::Met {
        Tone::Good
    } else {
        Tone::Warn
    };
    ui::note(
        tone,
        view! {
            <p>
                <b class="num">{speaker.against(after.total, after.pass_mark)}</b>
                {" "}
                {delta(workspace, after.total - before.total)}
                {format!(" · {says}")}
            </p>
        },
    )
}

fn of_program(workspace: &Workspace, today: &Assessment, shown: &Assessment, id: &str) -> AnyView {
    let (Some(before), Some(after)) = (today.program(id), shown.program(id)) else {
        return ().into_any();
    };
    let kind = workspace
        .catalog
        .program(id)
        .map_or(ProgramKind::Package, |program| program.kind);
    let outcome = |one: &membership_domain::assess::ProgramAssessment| {
        one.root
            .as_ref()
            .map_or(Outcome::Unknown, |root| root.outcome)
    };
    let met = outcome(after) == Outcome::Met;
    let changed = (before.standing != after.standing)
        .then(|| words::was(en::standing(before.standing, kind)));
    ui::note(
        if met { Tone::Good } else { Tone::Warn },
        view! {
            <p>
                <b>{if met { words::ALL_MET } else { words::NOT_ALL_MET }}</b>
                {format!(" · {}", en::standing(after.standing, kind))}
                {changed}
            </p>
        },
    )
}

/// Points more or fewer, marked by sign as well as by color.
pub fn delta(workspace: &Workspace, change: Number) -> Option<AnyView> {
    if change.is_zero() {
        return None;
    }
    let class = if change.is_positive() {
        "delta up num"
    } else {
        "delta down num"
    };
    let text = workspace.speaker().signed(change);
    Some(view! { <span class=class>{text}</span> }.into_any())
}

fn differences(
    workspace: &Workspace,
    today: &Assessment,
    shown: &Assessment,
    focus: &Focus,
) -> Option<AnyView> {
    let speaker = workspace.speaker();
    let mut lines: Vec<String> = Vec::new();
    for difference in compare(today, shown) {
        match (&difference, focus) {
            (Difference::Score { score, because, .. }, Focus::Score(id)) if score == id => {
                lines.extend(
                    because
                        .iter()
                        .map(|metric| speaker.metric_difference(metric)),
                );
            }
            (Difference::Program { program, .. }, Focus::Program(id)) if program == id => {}
            _ => lines.push(speaker.difference(&difference)),
        }
    }
    (!lines.is_empty()).then(|| {
        let line = |line: String| view! { <li>{line}</li> };
        view! {
            <div class="small">
                <p class="strong">{words::DIFFERS}</p>
                <ul class="changes">{lines.into_iter().map(line).collect_view()}</ul>
            </div>
        }
        .into_any()
    })
}

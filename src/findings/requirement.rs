//! The tree of requirements, each with its outcome, its reasons and what would help.

use leptos::prelude::*;
use membership_contract::text::en;
use membership_domain::assess::{Finding, Kind, Next, Outcome};

use super::{Place, evidence, rule_line};
use crate::text::findings as words;
use crate::ui::{self, Tone};
use crate::workspace::Workspace;

/// Findings as a checklist. `today` holds the same findings without the preview, to mark what
/// differs, and `place` is where their rows count.
pub fn checklist(
    workspace: &Workspace,
    place: Place<'_>,
    findings: &[Finding],
    today: &[Finding],
) -> AnyView {
    let items = findings
        .iter()
        .map(|finding| {
            let was = today.iter().find(|was| was.id == finding.id);
            view! { <li>{requirement(workspace, place, finding, was)}</li> }
        })
        .collect_view();
    view! { <ul class="checklist">{items}</ul> }.into_any()
}

fn requirement(
    workspace: &Workspace,
    place: Place<'_>,
    finding: &Finding,
    today: Option<&Finding>,
) -> AnyView {
    let speaker = workspace.speaker();
    let (icon, class) = match finding.outcome {
        Outcome::Met => ("met", "good"),
        Outcome::Unmet => ("unmet", "bad"),
        Outcome::Unknown => ("unknown", "unknown"),
    };
    let changed = today.filter(|was| was.outcome != finding.outcome);
    let changed = changed.map(|was| ui::tag(Tone::Info, words::was(en::outcome(was.outcome))));
    let assumed = finding.assumed.then(|| ui::tag(Tone::Info, words::ASSUMED));
    let lapses = finding
        .lapses_on
        .map(|day| view! { <p class="why">{words::lapses(&crate::format::day(day))}</p> });
    let note = finding
        .note
        .clone()
        .map(|note| view! { <p class="why">{note}</p> });
    let children = (!finding.children.is_empty()).then(|| {
        let today = today.map(|was| was.children.as_slice()).unwrap_or_default();
        checklist(workspace, place, &finding.children, today)
    });
    // Within a metric, the metric says its rule once for all.
    let own_rule = finding.children.is_empty()
        && !matches!(
            finding.kind,
            Kind::Gate { .. } | Kind::Counting { .. } | Kind::Part { .. }
        );
    view! {
        <div class="requirement" data-outcome=en::outcome(finding.outcome)>
            <svg class=format!("icon {class}") role="img" aria-label=en::outcome(finding.outcome)>
                <use href=format!("icons.svg#{icon}")></use>
            </svg>
            <div class="cluster">
                <span class="strong">{speaker.title(finding)}</span>
                {changed}
                {assumed}
            </div>
            <p class="muted">{speaker.found(finding)}</p>
            {note}
            {lapses}
            {next_steps(workspace, &finding.next)}
            {own_rule.then(|| rule_line(workspace, &finding.rule))}
            {place.link(finding)}
            {evidence(workspace, place, finding)}
            {children}
        </div>
    }
    .into_any()
}

/// What would help: any of these.
pub fn next_steps(workspace: &Workspace, next: &[Next]) -> Option<AnyView> {
    if next.is_empty() {
        return None;
    }
    let line = |next: &Next| view! { <li>{workspace.speaker().next(next)}</li> };
    let lines = next.iter().map(line).collect_view();
    Some(
        view! {
            <div class="next">
                <p class="strong small">{words::HELPS}</p>
                <ul class="changes">{lines}</ul>
            </div>
        }
        .into_any(),
    )
}

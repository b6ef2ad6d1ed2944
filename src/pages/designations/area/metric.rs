//! One metric of a score: its points against the cap, how they come about, who and what counted.

use leptos::prelude::*;
use membership_contract::text::en;
use membership_domain::assess::{Finding, Kind, Outcome, Points};

use crate::charts::{Bullet, Fill, bar};
use crate::findings::{Place, checklist, next_steps, rule_line};
use crate::preview::delta;
use crate::text::designations as words;
use crate::ui;
use crate::workspace::Workspace;

/// The card of a metric of a score; `place` is that of what it is made of. `today` is the same
/// metric without the preview, and `both` says its points where what is confirmed gives others than
/// what was entered.
pub fn card(
    workspace: &Workspace,
    place: Place<'_>,
    (metric, today): (&Finding, Option<&Finding>),
    both: Option<String>,
) -> AnyView {
    let speaker = workspace.speaker();
    let Some(points) = metric.points else {
        return ().into_any();
    };
    let before = today
        .and_then(|was| was.points)
        .map_or(points.earned, |points| points.earned);
    let category = match &metric.kind {
        Kind::Metric { category } => en::category(*category),
        _ => "",
    };
    let earned = speaker.against(points.earned, points.max);
    let most = speaker.exact(points.max);
    let bullet = Bullet {
        value: before.approximately(),
        most: points.max.approximately(),
        threshold: None,
        preview: (before != points.earned).then(|| points.earned.approximately()),
        fill: if metric.outcome == Outcome::Met {
            Fill::Neutral
        } else {
            Fill::Short
        },
    };
    let changed = before != points.earned;
    let was_today = changed.then(|| ui::today(&speaker.against(before, points.max)));
    let note = metric
        .note
        .clone()
        .map(|note| view! { <p class="why">{note}</p> });
    let was = today.map(|was| was.children.as_slice()).unwrap_or_default();
    // Steps and parts say themselves what would help.
    let own = if metric.children.is_empty() {
        metric.next.as_slice()
    } else {
        &[]
    };
    view! {
        <section class="card metric" data-metric=metric.id.clone()>
            <header>
                <h3>{speaker.title(metric)}</h3>
                <span class="muted small">{category}</span>
            </header>
            <div class="body">
                <div class="metered">
                    {bar(&bullet, speaker.of_needed(points.earned, points.max))}
                    <span class="num nowrap">
                        <span class:what-if=changed>{earned.clone()}</span>
                        {" "}
                        <span class="muted">{format!("/ {most}")}</span>
                        {" "}
                        {delta(workspace, points.earned - before)}
                        {" "}
                        {was_today}
                    </span>
                </div>
                {both.map(|both| view! { <p class="why num" data-counted="">{both}</p> })}
                {capped(workspace, &points)}
                {note}
                {rule_line(workspace, &metric.rule)}
                {next_steps(workspace, own)}
                {checklist(workspace, place, &metric.children, was)}
            </div>
        </section>
    }
    .into_any()
}

fn capped(workspace: &Workspace, points: &Points) -> Option<AnyView> {
    let uncapped = workspace.speaker().uncapped(points)?;
    Some(view! { <p class="why">{words::without_cap(&uncapped)}</p> }.into_any())
}

//! The total of a score: the number, its bar, what it says, and the ways on.

use std::sync::Arc;

use leptos::prelude::*;
use membership_domain::assess::{Assessment, Outcome, ScoreAssessment};

use crate::findings::next_steps;
use crate::pages::standing;
use crate::preview::{Preview, delta};
use crate::text::{designations as words, preview as verdicts};
use crate::ui::{self, Mark};
use crate::workspace::Workspace;

/// The card of the score with this id.
pub fn card(preview: Preview, id: Arc<str>) -> AnyView {
    let inside = move || {
        let (today, shown) = (preview.today.get(), preview.shown.get());
        let (before, after) = (today.score(&id)?, shown.score(&id)?);
        let inside = |workspace: &Workspace| total(workspace, &shown, before, after);
        Some(preview.workspace.with_value(inside))
    };
    view! { <section class="card">{inside}</section> }.into_any()
}

fn total(
    workspace: &Workspace,
    shown: &Assessment,
    before: &ScoreAssessment,
    after: &ScoreAssessment,
) -> AnyView {
    let speaker = workspace.speaker();
    let mark = match (after.outcome, after.pass_mark - after.total) {
        (Outcome::Met, _) => ui::status(Mark::Good, verdicts::QUALIFIES),
        (_, short) if short.is_positive() => {
            ui::status(Mark::Warn, words::short(&speaker.gap(short)))
        }
        _ => ui::status(Mark::Warn, verdicts::DOES_NOT),
    };
    let changed = (before.total != after.total).then_some(after);
    let today = changed.map(|_| ui::today(&speaker.against(before.total, before.pass_mark)));
    view! {
        <div class="body">
            <div class="score">
                <div>
                <p>
                    <span class="big num" class:what-if=changed.is_some() data-score="total">
                        {speaker.against(after.total, after.pass_mark)}
                    </span>
                    {" "}
                    <span class="muted">{words::of_needed(&speaker.exact(after.pass_mark))}</span>
                    {" "}
                    {delta(workspace, after.total - before.total)}
                </p>
                {today}
                </div>
                {standing::score_bar(workspace, before, changed)}
            </div>
            <div class="cluster">{mark}</div>
            <p>{speaker.score_says(after, shown.day)}</p>
            {next_steps(workspace, &after.next)}
        </div>
    }
    .into_any()
}

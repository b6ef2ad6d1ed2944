//! Where the partner stands with a program, as lists show it: a mark, a sentence, a bar.

use leptos::prelude::*;
use membership_contract::text::en;
use membership_domain::assess::{
    Assessment, Outcome, ProgramAssessment, ScoreAssessment, Standing,
};
use membership_domain::catalog::{Program, ProgramKind};

use crate::charts::{Bullet, Fill, bar};
use crate::counted::Counted;
use crate::paths;
use crate::text::designations as words;
use crate::ui::{self, Mark};
use crate::workspace::Workspace;

/// A row of a list: name, mark, sentence, and the score's bar where there is one.
pub fn row(
    workspace: &Workspace,
    assessment: &Assessment,
    program: &Program,
    assessed: &ProgramAssessment,
) -> AnyView {
    draw(workspace, assessment, (program, assessed), None)
}

/// The same in a list that shows whose entries count: with both results where they differ.
pub fn counted_row(
    workspace: &Workspace,
    assessment: &Assessment,
    program: &Program,
    assessed: &ProgramAssessment,
    counted: Counted,
) -> AnyView {
    draw(workspace, assessment, (program, assessed), Some(counted))
}

/// Both results of a program, where they differ; nothing otherwise.
pub fn both(counted: Counted, program: &Program) -> Option<AnyView> {
    let both = counted.program(program)?.both?;
    Some(view! { <p class="small num" data-counted="">{both}</p> }.into_any())
}

fn draw(
    workspace: &Workspace,
    assessment: &Assessment,
    (program, assessed): (&Program, &ProgramAssessment),
    counted: Option<Counted>,
) -> AnyView {
    let score = program
        .score
        .as_ref()
        .and_then(|score| assessment.score(score));
    let href = match &program.score {
        Some(score) => paths::area(score),
        None => paths::program(&program.id),
    };
    let href = match counted {
        Some(counted) => paths::with_query(&href, &[counted.field()]),
        None => href,
    };
    view! {
        <li class="standing">
            <div>
                <h3>
                    <a href=href>{program.name.clone()}</a>
                    {mark(assessed.standing, program.kind)}
                </h3>
                <p class="muted">{workspace.speaker().stands(assessed, assessment)}</p>
                {counted.and_then(|counted| both(counted, program))}
            </div>
            {score.map(|score| score_bar(workspace, score, None))}
        </li>
    }
    .into_any()
}

/// The standing as a state.
pub fn mark(standing: Standing, kind: ProgramKind) -> AnyView {
    let mark = match standing {
        Standing::Held | Standing::Qualified => Mark::Good,
        Standing::RenewalDue => Mark::Soon,
        Standing::InProgress => Mark::Open,
        Standing::NotStarted => Mark::None,
    };
    ui::status(mark, en::standing(standing, kind))
}

/// A score as a bar, with the pass mark as a tick, and a preview's total where there is one.
pub fn score_bar(
    workspace: &Workspace,
    score: &ScoreAssessment,
    preview: Option<&ScoreAssessment>,
) -> AnyView {
    let speaker = workspace.speaker();
    let most = most(score);
    let bullet = Bullet {
        value: score.total.approximately(),
        most: most.approximately(),
        threshold: Some(score.pass_mark.approximately()),
        preview: preview.map(|preview| preview.total.approximately()),
        fill: if score.outcome == Outcome::Met {
            Fill::Good
        } else {
            Fill::Short
        },
    };
    let total = speaker.against(score.total, score.pass_mark);
    bar(
        &bullet,
        words::bar(
            &total,
            &speaker.exact(most),
            &speaker.exact(score.pass_mark),
        ),
    )
}

/// The most points of the track that counts.
fn most(score: &ScoreAssessment) -> membership_domain::Number {
    let metrics = score.chosen().into_iter().flat_map(|track| &track.children);
    metrics
        .filter_map(|metric| metric.points)
        .map(|points| points.max)
        .sum()
}

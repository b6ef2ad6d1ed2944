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

/// A row of a list, in words and numbers: it needs no engine.
pub struct Row {
    /// The program's name.
    pub name: String,
    /// The page of its score, or of itself.
    pub href: String,
    /// The standing as a state.
    pub mark: AnyView,
    /// The same in one sentence.
    pub says: String,
    /// What differs with what was entered, where something does.
    pub entered: Option<String>,
    /// The score's bar, where there is one.
    pub bar: Option<AnyView>,
}

impl Row {
    /// The row.
    pub fn view(self) -> AnyView {
        view! {
            <li class="standing">
                <div>
                    <h3>
                        <a href=self.href>{self.name}</a>
                        {self.mark}
                    </h3>
                    <p class="muted">{self.says}</p>
                    {self.entered.map(both_said)}
                </div>
                {self.bar}
            </li>
        }
        .into_any()
    }
}

/// The page of a program: of its score, where it takes one.
pub fn href(program: &str, score: Option<&str>) -> String {
    score.map_or_else(|| paths::program(program), paths::area)
}

/// A row that the engine found, with both results where they differ by whose entries count.
pub fn row(
    workspace: &Workspace,
    assessment: &Assessment,
    program: &Program,
    assessed: &ProgramAssessment,
    counted: Counted,
) -> AnyView {
    let score = program.score.as_ref();
    let score = score.and_then(|score| assessment.score(score));
    let href = href(&program.id, program.score.as_deref());
    let row = Row {
        name: program.name.clone(),
        href: paths::with_query(&href, &[counted.field()]),
        mark: mark(assessed.standing, program.kind),
        says: workspace.speaker().stands(assessed, assessment),
        entered: counted.program(program).and_then(|found| found.both),
        bar: score.map(|score| score_bar(workspace, score, None)),
    };
    row.view()
}

/// Both results of a program, where they differ; nothing otherwise.
pub fn both(counted: Counted, program: &Program) -> Option<AnyView> {
    counted.program(program)?.both.map(both_said)
}

fn both_said(both: String) -> AnyView {
    view! { <p class="small num" data-counted="">{both}</p> }.into_any()
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

/// The color of a score.
pub fn fill(met: bool) -> Fill {
    if met { Fill::Good } else { Fill::Short }
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
        fill: fill(score.outcome == Outcome::Met),
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

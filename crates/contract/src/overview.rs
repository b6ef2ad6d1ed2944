//! The overview in one compact answer: what to do next, where the partner stands, what comes, and
//! what changed. It has every name and sentence that is shown, so that a page needs neither the
//! catalog nor the evidence nor the engine; only its days are written by the page that shows them.

mod sentence;

use std::ops::Deref;

use chrono::NaiveDate;
use membership_domain::agenda::{Agenda, TaskKind, agenda};
use membership_domain::assess::{
    Assessment, Difference, Engine, Outcome, ProgramAssessment, ScoreAssessment, Standing,
};
use membership_domain::catalog::{Catalog, Program, ProgramKind};
use membership_domain::{Evidence, Number};
use serde::{Deserialize, Serialize};

use self::sentence::Apart;
pub use self::sentence::{Sentence, Span};
use crate::text::Speaker;

/// Deadlines that are told: a few, for the rest is on the pages of the programs.
const DEADLINES: usize = 8;

/// Everything that the overview shows.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Overview {
    /// The tag of the evidence that it is made from.
    pub evidence: String,
    /// The day that it is for.
    pub day: NaiveDate,
    /// The last day of the last month of which usage is known, where any is.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub measured_to: Option<NaiveDate>,
    /// What to do, the most pressing first.
    pub tasks: Vec<OverviewTask>,
    /// Programs that are held or begun, in the order of the catalog.
    pub standings: Vec<OverviewStanding>,
    /// How many specializations were only begun, which are not among the standings.
    pub specializations_begun: usize,
    /// What happens by itself or must be done by then, the soonest first.
    pub deadlines: Vec<OverviewDeadline>,
    /// The day that changes are counted from.
    pub changes_since: NaiveDate,
    /// What differs from that day.
    pub changes: Vec<OverviewChange>,
}

/// Something to do.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct OverviewTask {
    /// The last day on which doing it helps, where there is one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub due: Option<NaiveDate>,
    /// What, as a heading.
    pub title: Sentence,
    /// Why, and what happens otherwise.
    pub why: Sentence,
    /// Where it is done, where there is a page for it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub place: Option<OverviewPlace>,
}

/// A page of the workspace.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum OverviewPlace {
    /// A program's, by its id.
    Program(String),
    /// An area's, by the id of its score.
    Area(String),
    /// The list of people whose learning profile is not linked.
    NotLinked,
    /// The offers, one of which gives this program, by its id.
    Offers(String),
}

/// Where the partner stands with a program.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct OverviewStanding {
    /// The program's id.
    pub program: String,
    /// Its name.
    pub name: String,
    /// What kind of program it is.
    pub kind: ProgramKind,
    /// Where the partner stands.
    pub standing: Standing,
    /// The same in one sentence.
    pub says: Sentence,
    /// The id of the score that it takes, which has a page of its own.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub score: Option<String>,
    /// That score.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub bar: Option<OverviewBar>,
    /// Where the partner would stand if everything counted that was entered, where that differs.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub entered: Option<OverviewEntered>,
}

/// Where the partner would stand with a program if everything counted that was entered.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct OverviewEntered {
    /// Where the partner would stand.
    pub standing: Standing,
    /// The same in one sentence.
    pub says: Sentence,
    /// The score that the program takes.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub bar: Option<OverviewBar>,
}

/// A score as a bar. The numbers are for drawing, the texts are exact.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct OverviewBar {
    /// The total.
    pub value: f64,
    /// The most points.
    pub most: f64,
    /// The pass mark.
    pub need: f64,
    /// Whether the score passes.
    pub met: bool,
    /// The total, the most points and the pass mark as they are said.
    pub said: [String; 3],
}

/// A day on which something happens.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct OverviewDeadline {
    /// When.
    pub day: NaiveDate,
    /// What.
    pub says: Sentence,
}

/// Something that changed.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct OverviewChange {
    /// What.
    pub says: Sentence,
    /// The metrics that made a score differ.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub because: Vec<Sentence>,
}

impl Overview {
    /// Makes it from an engine and its assessment of the day, and the assessment of everything that
    /// was entered, where the engine counts less; `tag` is that of its evidence. Takes a moment
    /// where there is much evidence: deadlines look at every day of a year.
    #[must_use]
    pub fn of<C, E>(
        engine: &Engine<C, E>,
        today: &Assessment,
        entered: Option<&Assessment>,
        tag: &str,
    ) -> Self
    where
        C: Deref<Target = Catalog>,
        E: Deref<Target = Evidence>,
    {
        Self::told(engine.catalog(), today, entered, agenda(engine, today), tag)
    }

    // Apart from the engine, whose pointers differ, this is compiled once.
    fn told(
        catalog: &Catalog,
        today: &Assessment,
        entered: Option<&Assessment>,
        agenda: Agenda,
        tag: &str,
    ) -> Self {
        let words = &Apart;
        let speaker = &Speaker { catalog, words };
        let measured = today.scores.iter().find_map(|score| score.month);
        let (standings, specializations_begun) = standings(speaker, today, entered);
        let tasks = agenda.tasks.iter().map(|task| OverviewTask {
            due: task.due,
            title: speaker.task(&task.what).into(),
            why: speaker.task_why(&task.what).into(),
            place: place(catalog, &task.what),
        });
        let deadlines = agenda.deadlines.iter().take(DEADLINES);
        let deadlines = deadlines.map(|deadline| OverviewDeadline {
            day: deadline.day,
            says: speaker.deadline(&deadline.what).into(),
        });
        let changes = agenda.changes.iter();
        let changes = changes.filter(|difference| !is_little(catalog, difference));
        Self {
            evidence: tag.to_owned(),
            day: today.day,
            measured_to: measured.map(|month| month.last_day()),
            tasks: tasks.collect(),
            standings,
            specializations_begun,
            deadlines: deadlines.collect(),
            changes_since: agenda.changes_since,
            changes: changes
                .map(|difference| change(speaker, difference))
                .collect(),
        }
    }
}

/// The page that a task is done on.
fn place(catalog: &Catalog, task: &TaskKind) -> Option<OverviewPlace> {
    Some(match task {
        TaskKind::Join | TaskKind::Verify { .. } => {
            OverviewPlace::Program(catalog.programs.first()?.id.clone())
        }
        TaskKind::Renew {
            program,
            ready: true,
        }
        | TaskKind::Enroll { program, .. }
            if catalog.offer_of(program).is_some() =>
        {
            OverviewPlace::Offers(program.clone())
        }
        TaskKind::Renew { program, .. }
        | TaskKind::ShowDay { program, .. }
        | TaskKind::Enroll { program, .. }
        | TaskKind::Validate { program, .. } => OverviewPlace::Program(program.clone()),
        TaskKind::RenewCertificates { score, .. } | TaskKind::CloseGap { score, .. } => {
            OverviewPlace::Area(score.clone())
        }
        TaskKind::Link { .. } => OverviewPlace::NotLinked,
    })
}

/// Programs that are held or begun, and how many specializations were only begun: there are many,
/// and a designation alone begins them.
fn standings(
    speaker: &Speaker<'_>,
    today: &Assessment,
    entered: Option<&Assessment>,
) -> (Vec<OverviewStanding>, usize) {
    let (mut rows, mut elsewhere) = (Vec::new(), 0);
    for assessed in &today.programs {
        let Some(program) = speaker.catalog.program(&assessed.program) else {
            continue;
        };
        let would = entered.and_then(|all| Some((all, all.program(&program.id)?)));
        let furthest = would.map_or(assessed.standing, |(_, would)| {
            if would.standing == Standing::NotStarted {
                assessed.standing
            } else {
                would.standing
            }
        });
        match furthest {
            Standing::NotStarted => {}
            Standing::InProgress if program.kind == ProgramKind::Specialization => elsewhere += 1,
            _ => {
                let row = standing(speaker, today, program, assessed);
                let would = would.map(|(all, would)| standing(speaker, all, program, would));
                rows.push(row.beside(would));
            }
        }
    }
    (rows, elsewhere)
}

impl OverviewStanding {
    /// The same with what it would be, where that differs.
    fn beside(self, would: Option<Self>) -> Self {
        let differs = would.filter(|would| {
            (would.standing, &would.says, &would.bar) != (self.standing, &self.says, &self.bar)
        });
        Self {
            entered: differs.map(|would| OverviewEntered {
                standing: would.standing,
                says: would.says,
                bar: would.bar,
            }),
            ..self
        }
    }
}

fn standing(
    speaker: &Speaker<'_>,
    today: &Assessment,
    program: &Program,
    assessed: &ProgramAssessment,
) -> OverviewStanding {
    let score = program.score.as_ref().and_then(|id| today.score(id));
    OverviewStanding {
        program: program.id.clone(),
        name: program.name.clone(),
        kind: program.kind,
        standing: assessed.standing,
        says: speaker.stands(assessed, today).into(),
        score: program.score.clone(),
        bar: score.map(|score| bar(speaker, score)),
        entered: None,
    }
}

fn bar(speaker: &Speaker<'_>, score: &ScoreAssessment) -> OverviewBar {
    let metrics = score.chosen().into_iter().flat_map(|track| &track.children);
    let points = metrics.filter_map(|metric| metric.points);
    let most: Number = points.map(|points| points.max).sum();
    OverviewBar {
        value: score.total.approximately(),
        most: most.approximately(),
        need: score.pass_mark.approximately(),
        met: score.outcome == Outcome::Met,
        said: [
            speaker.against(score.total, score.pass_mark),
            speaker.exact(most),
            speaker.exact(score.pass_mark),
        ],
    }
}

/// A specialization that was only begun, or is so no longer: there are many, and it says little.
fn is_little(catalog: &Catalog, difference: &Difference) -> bool {
    let Difference::Program { program, from, to } = difference else {
        return false;
    };
    let little = |standing| matches!(standing, Standing::NotStarted | Standing::InProgress);
    let known = catalog.program(program);
    known.is_some_and(|known| known.kind == ProgramKind::Specialization)
        && little(*from)
        && little(*to)
}

fn change(speaker: &Speaker<'_>, difference: &Difference) -> OverviewChange {
    let because = match difference {
        Difference::Score { because, .. } => because.as_slice(),
        Difference::Program { .. } => &[],
    };
    let because = because.iter();
    OverviewChange {
        says: speaker.difference(difference).into(),
        because: because
            .map(|metric| speaker.metric_difference(metric).into())
            .collect(),
    }
}

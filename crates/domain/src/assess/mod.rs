//! The engine: what a partner may have on a day, and why. Same input, same bytes out.

mod advice;
mod compare;
mod context;
mod count;
mod finding;
mod future;
mod growth;
pub(crate) mod index;
mod measure;
mod parts;
mod people;
mod records;
mod requirement;
mod score;
mod skilling;
mod standing;
mod usage;
mod window;

pub use compare::{Difference, MetricDifference, compare};
pub use finding::{
    Finding, Item, Kind, MeasureUnit, Measured, Next, Outcome, Points, Reason, RuleRef, Subject,
};
pub use future::Forecast;
pub use score::ScoreAssessment;
pub use standing::{Holding, Standing};
pub use window::Window;

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use self::context::Context;
use self::index::Index;
use crate::catalog::{Catalog, Program, in_force};
use crate::evidence::Evidence;
use crate::hypothesis::Hypothesis;

/// Everything that the rules say about one partner on one day.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Assessment {
    /// The day it is for.
    pub day: NaiveDate,
    /// Capability scores, in the order of the catalog.
    pub scores: Vec<ScoreAssessment>,
    /// Programs, in the order of the catalog.
    pub programs: Vec<ProgramAssessment>,
}

/// What the rules say about one program.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct ProgramAssessment {
    /// The program's id.
    pub program: String,
    /// Where the partner stands.
    pub standing: Standing,
    /// The membership that matters on the day, where there is one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub holding: Option<Holding>,
    /// The tree of requirements; absent where no rule is in force yet.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub root: Option<Finding>,
}

impl Assessment {
    /// The program with this id.
    #[must_use]
    pub fn program(&self, id: &str) -> Option<&ProgramAssessment> {
        self.programs.iter().find(|program| program.program == id)
    }

    /// The score with this id.
    #[must_use]
    pub fn score(&self, id: &str) -> Option<&ScoreAssessment> {
        self.scores.iter().find(|score| score.score == id)
    }
}

impl ProgramAssessment {
    /// The leaves that are not met, in the order of the rule.
    #[must_use]
    pub fn open(&self) -> Vec<&Finding> {
        let mut open = Vec::new();
        if let Some(root) = &self.root {
            collect_open(root, &mut open);
        }
        open
    }
}

fn collect_open<'f>(finding: &'f Finding, open: &mut Vec<&'f Finding>) {
    if finding.outcome == Outcome::Met {
        return;
    }
    if finding.children.is_empty() {
        open.push(finding);
    }
    for child in &finding.children {
        collect_open(child, open);
    }
}

/// Assesses all scores and programs for `day`, or for the hypothesis's own day.
///
/// Pure and total: any catalog and any evidence give an assessment, and the same ones give the
/// same bytes on every target, whatever the order of the evidence.
#[must_use]
pub fn assess(
    catalog: &Catalog,
    evidence: &Evidence,
    day: NaiveDate,
    hypothesis: &Hypothesis,
) -> Assessment {
    let day = hypothesis.day.unwrap_or(day);
    let people = hypothesis.people_in(catalog, evidence, day);
    let index = Index::new(catalog, evidence, &people, day);
    let mut context = Context::new(&index, hypothesis);
    for score in &catalog.scores {
        let assessed = score::assess_score(&mut context, score);
        context.scores.push(assessed);
    }
    let programs = catalog
        .programs
        .iter()
        .map(|program| assess_program(&mut context, program))
        .collect();
    Assessment {
        day,
        scores: context.scores,
        programs,
    }
}

fn assess_program<'a>(context: &mut Context<'a>, program: &'a Program) -> ProgramAssessment {
    let root = in_force(&program.rules, context.day).map(|rule| {
        let rule_ref = RuleRef {
            file: program.file.clone(),
            effective_from: rule.effective_from,
            certainty: rule.cite.certainty,
            source: rule.cite.source.clone(),
        };
        requirement::finding(context, program, &rule.requirement, &rule_ref)
    });
    let holding = standing::holding_on(context, program, context.day);
    let standing = match &root {
        Some(root) => standing::standing(context, program, holding.as_ref(), root),
        None => Standing::NotStarted,
    };
    ProgramAssessment {
        program: program.id.clone(),
        standing,
        holding,
        root,
    }
}

/// Every day until `until` on which a score's total changes if nothing else happens: certificates
/// end, rules change. What customers use is taken to stay as it is.
#[must_use]
pub fn forecast(
    catalog: &Catalog,
    evidence: &Evidence,
    day: NaiveDate,
    hypothesis: &Hypothesis,
    score: &str,
    until: NaiveDate,
) -> Vec<Forecast> {
    let Some(score) = catalog.score(score) else {
        return Vec::new();
    };
    let day = hypothesis.day.unwrap_or(day);
    let people = hypothesis.people_in(catalog, evidence, day);
    let index = Index::new(catalog, evidence, &people, day);
    let mut context = Context::new(&index, hypothesis);
    let assessed = score::assess_score(&mut context, score);
    score::future(&context, score, &assessed).changes(day, until)
}

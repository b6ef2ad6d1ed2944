//! The engine: what a partner may have on a day, and why. Same input, same bytes out.

mod advice;
mod basis;
mod compare;
mod context;
mod count;
mod engine;
mod figures;
mod finding;
mod future;
mod growth;
mod index;
mod items;
mod kept;
mod later;
mod locations;
mod measure;
mod ordered;
mod parts;
mod people;
mod records;
mod requirement;
mod score;
mod skilling;
mod standing;
mod supposed;
mod tenants;
mod timeline;
mod usage;
mod validation;
mod window;

pub use basis::Basis;
pub use compare::{Difference, MetricDifference, compare};
pub use engine::{Engine, assess};
pub use finding::{
    Finding, Item, Kind, MeasureUnit, Measured, Next, Outcome, Points, Reason, Recheck, RuleRef,
    Subject,
};
pub use future::Forecast;
pub use items::Items;
pub use locations::LocationTier;
pub use score::ScoreAssessment;
pub use standing::{Holding, Standing};
pub use window::{Outside, Window};

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use self::context::Context;
use self::later::Later;
use crate::catalog::{Program, Rule, in_force};
use crate::order;

/// Everything that the rules say about one partner on one day.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Assessment {
    /// The day it is for.
    pub day: NaiveDate,
    /// Which rows of the evidence it counts.
    pub basis: Basis,
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
    /// Which rows of the evidence are counted.
    pub basis: Basis,
    /// Where the partner stands.
    pub standing: Standing,
    /// The membership that matters on the day, where there is one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub holding: Option<Holding>,
    /// The last day of the last membership, where it ended and cannot be renewed any more.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub ended: Option<NaiveDate>,
    /// The tree of requirements; absent where no rule is in force yet.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub root: Option<Finding>,
    /// The highest tier that is reached, by the id of its stage.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub tier: Option<String>,
    /// The tiers of single locations, where a tier asks for something of a location.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub locations: Vec<LocationTier>,
    /// What each tier takes, the lowest first; none where the program has no tiers.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub tiers: Vec<Finding>,
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
    /// Whether everything that it takes is there.
    #[must_use]
    pub fn is_met(&self) -> bool {
        (self.root.as_ref()).is_some_and(|root| root.outcome == Outcome::Met)
    }

    /// What is not met, in the order of the rule: of alternatives, all together are one.
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
    if matches!(finding.kind, Kind::All) {
        for child in &finding.children {
            collect_open(child, open);
        }
    } else {
        open.push(finding);
    }
}

fn assess_program<'a>(
    context: &mut Context<'a>,
    basis: Basis,
    program: &'a Program,
) -> ProgramAssessment {
    let (mut root, mut tiers) = (None, Vec::new());
    if let Some(rule) = in_force(&program.rules, context.day) {
        let later = later_versions(context, program);
        (root, tiers) = findings(context, program, rule);
        for finding in root.iter_mut().chain(&mut tiers) {
            later::foresee(finding, &later);
        }
    }
    // A tier is for those who meet the requirements at all.
    let entered = (root.as_ref()).is_some_and(|root| root.outcome == Outcome::Met);
    let tier = (tiers.iter().rev())
        .find(|tier| entered && tier.outcome == Outcome::Met)
        .map(|tier| tier.id.clone());
    let locations = if entered {
        locations::tiers(&tiers)
    } else {
        Vec::new()
    };
    let holding = standing::holding_on(context, program, context.day);
    let standing = match &root {
        Some(root) => standing::standing(context, program, holding.as_ref(), root),
        None => Standing::NotStarted,
    };
    ProgramAssessment {
        program: program.id.clone(),
        basis,
        standing,
        ended: match holding {
            Some(_) => None,
            None => standing::ended_on(context, &program.id),
        },
        holding,
        root,
        tier,
        locations,
        tiers,
    }
}

/// What a version of the rule says: its requirement and its tiers.
fn findings<'a>(
    context: &mut Context<'a>,
    program: &'a Program,
    rule: &'a Rule,
) -> (Option<Finding>, Vec<Finding>) {
    let rule_ref = RuleRef {
        file: program.file.clone(),
        effective_from: rule.effective_from,
        certainty: rule.cite.certainty,
        source: rule.cite.source.clone(),
    };
    let mut finding = |requirement| requirement::finding(context, program, requirement, &rule_ref);
    let root = finding(&rule.requirement);
    (Some(root), rule.tiers.iter().map(finding).collect())
}

/// The versions that begin after the day.
fn later_versions<'a>(context: &mut Context<'a>, program: &'a Program) -> Vec<Later> {
    let begins = |rule: &&Rule| rule.effective_from > context.day;
    let mut rules: Vec<&Rule> = program.rules.iter().filter(begins).collect();
    order::sort_by_key(&mut rules, |rule| rule.effective_from);
    (rules.into_iter())
        .map(|rule| {
            let (root, tiers) = findings(context, program, rule);
            Later {
                from: rule.effective_from,
                roots: root.into_iter().chain(tiers).collect(),
            }
        })
        .collect()
}

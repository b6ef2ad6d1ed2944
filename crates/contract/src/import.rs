//! Imports of exports: what a file would change, or did.

use membership_import::{Counts, Kind, Line, Plan, Problem, Question};
use serde::{Deserialize, Serialize};

use crate::text::en;

/// The most lines and refusals that a report lists; its counts are of all.
pub const MOST: usize = 1000;

/// What a file would change, or has changed.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct ImportReport {
    /// What sort of export it is.
    pub kind: Kind,
    /// Whether it was imported: then everything that is not refused is part of the evidence.
    pub imported: bool,
    /// What must be answered first, as `dates` or `decimals`.
    pub questions: Vec<Question>,
    /// How many lines come to what.
    pub counts: Counts,
    /// The lines that can be used, at most a thousand.
    pub lines: Vec<Line>,
    /// The lines that are refused, at most a thousand.
    pub refused: Vec<Refused>,
}

/// A refused line with its reason in words.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Refused {
    /// Where and why, as data.
    #[serde(flatten)]
    pub problem: Problem,
    /// Why, as a sentence.
    pub detail: String,
}

impl ImportReport {
    /// The report of a plan that was carried out, or was not.
    #[must_use]
    pub fn of(plan: &Plan, imported: bool) -> Self {
        let refused = plan.problems.iter().take(MOST).map(|problem| Refused {
            problem: problem.clone(),
            detail: en::line_refused(problem),
        });
        Self {
            kind: plan.kind,
            imported,
            questions: plan.questions.clone(),
            counts: plan.counts(),
            lines: plan.lines.iter().take(MOST).cloned().collect(),
            refused: refused.collect(),
        }
    }
}

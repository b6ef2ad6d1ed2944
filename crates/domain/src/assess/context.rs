//! What every part of an assessment needs at hand.

use chrono::NaiveDate;

use super::assessment::ScoreAssessment;
use super::index::Index;
use super::measure::Meter;
use crate::catalog::{Catalog, Score};
use crate::evidence::{Evidence, Membership};
use crate::hypothesis::Hypothesis;

pub(crate) struct Context<'a> {
    pub catalog: &'a Catalog,
    /// What is counted beside people, customers and usage.
    pub evidence: &'a Evidence,
    pub day: NaiveDate,
    pub hypothesis: &'a Hypothesis,
    pub index: &'a Index<'a>,
    pub meter: Meter<'a>,
    /// Whether a score passed on an earlier day, as far as the evidence tells.
    pub passed: &'a dyn Fn(&Score, NaiveDate) -> bool,
    /// Scores, once they are assessed.
    pub scores: Vec<ScoreAssessment>,
}

impl<'a> Context<'a> {
    pub fn new(
        index: &'a Index<'a>,
        hypothesis: &'a Hypothesis,
        passed: &'a dyn Fn(&Score, NaiveDate) -> bool,
    ) -> Self {
        Self {
            catalog: index.catalog,
            evidence: &index.ordered.records,
            day: index.day,
            hypothesis,
            index,
            meter: Meter::new(index),
            passed,
            scores: Vec::new(),
        }
    }

    /// The score with this id, once it is assessed.
    pub fn score(&self, id: &str) -> Option<&ScoreAssessment> {
        self.scores.iter().find(|score| score.score == id)
    }
}

/// The membership of a program in force on a day; where there are several, the one that lasts.
pub(crate) fn held_on<'a>(
    evidence: &'a Evidence,
    program: &str,
    day: NaiveDate,
) -> Option<&'a Membership> {
    (evidence.memberships.iter())
        .filter(|held| held.program == program && held.started_on <= day)
        .filter(|held| held.ends_on.is_none_or(|last| day <= last))
        .max_by_key(|held| (held.ends_on.unwrap_or(NaiveDate::MAX), held.started_on))
}

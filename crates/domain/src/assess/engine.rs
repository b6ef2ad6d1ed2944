//! The engine itself: one partner's evidence, assessed as often as is wanted.

use std::ops::Deref;

use chrono::NaiveDate;

use super::context::Context;
use super::finding::Item;
use super::future::Forecast;
use super::index::Index;
use super::ordered::Ordered;
use super::{Assessment, assess_program, score};
use crate::catalog::{Catalog, Score};
use crate::evidence::Evidence;
use crate::hypothesis::Hypothesis;

/// A catalog and one partner's evidence, put in order once: each assessment after that is quicker.
///
/// `C` and `E` are any pointers to them: references, or shared ones that a page keeps.
pub struct Engine<C, E> {
    catalog: C,
    evidence: E,
    ordered: Ordered,
}

impl<C: Deref<Target = Catalog>, E: Deref<Target = Evidence>> Engine<C, E> {
    /// Puts the evidence in order. Any catalog and any evidence will do.
    #[must_use]
    pub fn new(catalog: C, evidence: E) -> Self {
        let ordered = Ordered::new(&catalog, &evidence);
        Self {
            catalog,
            evidence,
            ordered,
        }
    }

    /// The rules.
    #[must_use]
    pub fn catalog(&self) -> &Catalog {
        &self.catalog
    }

    /// What is known about the partner.
    #[must_use]
    pub fn evidence(&self) -> &Evidence {
        &self.evidence
    }

    /// About how many bytes everything takes that assessments found so far: it grows with them, up
    /// to a bound.
    #[must_use]
    pub fn found_bytes(&self) -> usize {
        self.ordered.pieces() * size_of::<Item>()
    }

    /// Assesses all scores and programs for `day`, or for the hypothesis's own day.
    ///
    /// Pure and total: any catalog and any evidence give an assessment, and the same ones give
    /// the same bytes on every target, whatever the order of the evidence.
    #[must_use]
    pub fn assess(&self, day: NaiveDate, hypothesis: &Hypothesis) -> Assessment {
        assess_ordered(
            &self.catalog,
            &self.evidence,
            &self.ordered,
            day,
            hypothesis,
        )
    }

    /// Every day until `until` on which a score's total changes if nothing else happens:
    /// certificates end, rules change. What customers use is taken to stay as it is.
    #[must_use]
    pub fn forecast(
        &self,
        day: NaiveDate,
        hypothesis: &Hypothesis,
        score: &str,
        until: NaiveDate,
    ) -> Vec<Forecast> {
        let (catalog, evidence) = (&self.catalog, &self.evidence);
        forecast_ordered(
            catalog,
            evidence,
            &self.ordered,
            day,
            hypothesis,
            score,
            until,
        )
    }
}

/// Assesses once; see [`Engine::assess`].
#[must_use]
pub fn assess(
    catalog: &Catalog,
    evidence: &Evidence,
    day: NaiveDate,
    hypothesis: &Hypothesis,
) -> Assessment {
    Engine::new(catalog, evidence).assess(day, hypothesis)
}

// Apart from the engine, whose pointers differ, this is compiled once.
fn assess_ordered(
    catalog: &Catalog,
    evidence: &Evidence,
    ordered: &Ordered,
    day: NaiveDate,
    hypothesis: &Hypothesis,
) -> Assessment {
    let day = hypothesis.day.unwrap_or(day);
    let supposed = hypothesis.suppose(catalog, ordered, day);
    let index = Index::new(catalog, evidence, ordered, &supposed, day);
    let passed = |score: &Score, day| passed(catalog, evidence, ordered, day, hypothesis, score);
    let mut context = Context::new(&index, hypothesis, &passed);
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

/// Whether a score passed on an earlier day, as far as the evidence tells: what is known says when
/// it began and ended.
fn passed(
    catalog: &Catalog,
    evidence: &Evidence,
    ordered: &Ordered,
    day: NaiveDate,
    hypothesis: &Hypothesis,
    score: &Score,
) -> bool {
    let supposed = hypothesis.suppose(catalog, ordered, day);
    let index = Index::new(catalog, evidence, ordered, &supposed, day);
    // That day's own window does not matter: it is asked about the day.
    let mut context = Context::new(&index, hypothesis, &|_, _| false);
    score::assess_score(&mut context, score).qualifies_today()
}

fn forecast_ordered(
    catalog: &Catalog,
    evidence: &Evidence,
    ordered: &Ordered,
    day: NaiveDate,
    hypothesis: &Hypothesis,
    score: &str,
    until: NaiveDate,
) -> Vec<Forecast> {
    let Some(score) = catalog.score(score) else {
        return Vec::new();
    };
    let day = hypothesis.day.unwrap_or(day);
    let supposed = hypothesis.suppose(catalog, ordered, day);
    let index = Index::new(catalog, evidence, ordered, &supposed, day);
    let passed = |score: &Score, day| passed(catalog, evidence, ordered, day, hypothesis, score);
    let mut context = Context::new(&index, hypothesis, &passed);
    let assessed = score::assess_score(&mut context, score);
    score::future(&context, score, &assessed).changes(day, until)
}

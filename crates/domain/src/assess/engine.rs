//! The engine itself: one partner's evidence, assessed as often as is wanted.

use std::ops::Deref;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use chrono::NaiveDate;

use super::assessment::Assessment;
use super::basis::Basis;
use super::caches::Caches;
use super::context::Context;
use super::finding::Item;
use super::future::Forecast;
use super::index::Index;
use super::ordered::Ordered;
use super::program::assess_program;
use super::score;
use super::supposed::Supposed;
use crate::catalog::{Catalog, Score};
use crate::evidence::{Accepted, Evidence, Profile};
use crate::hypothesis::Hypothesis;

/// A catalog and one partner's evidence, put in order once: each assessment after that is quicker.
///
/// `C` and `E` are any pointers to them: references, or shared ones that a page keeps.
pub struct Engine<C, E> {
    catalog: C,
    evidence: E,
    basis: Basis,
    orders: Arc<Orders>,
}

/// The rows by what is counted, which depends on the basis and, where the catalog changes it, on the
/// day. Where everything is accepted that there is, two bases have one order.
type Orders = Mutex<Vec<(Accepted, Arc<Order>)>>;

/// Rows in order, with what was found of them so far.
struct Order {
    rows: Ordered,
    caches: Caches,
}

impl<C: Clone, E: Clone> Engine<C, E> {
    /// The same evidence on another basis: rows that both count are put in order once.
    #[must_use]
    pub fn on(&self, basis: Basis) -> Self {
        Self {
            catalog: self.catalog.clone(),
            evidence: self.evidence.clone(),
            basis,
            orders: Arc::clone(&self.orders),
        }
    }
}

impl<C: Deref<Target = Catalog>, E: Deref<Target = Evidence>> Engine<C, E> {
    /// Any catalog and any evidence will do. The evidence is put in order by the first assessment.
    #[must_use]
    pub fn new(catalog: C, evidence: E, basis: Basis) -> Self {
        Self {
            catalog,
            evidence,
            basis,
            orders: Arc::default(),
        }
    }

    /// The rules.
    #[must_use]
    pub fn catalog(&self) -> &Catalog {
        &self.catalog
    }

    /// Which rows are counted.
    #[must_use]
    pub fn basis(&self) -> Basis {
        self.basis
    }

    /// What is known about the partner, counted or not.
    #[must_use]
    pub fn evidence(&self) -> &Evidence {
        &self.evidence
    }

    /// The company itself, as far as it is counted on a day.
    #[must_use]
    pub fn profile(&self, day: NaiveDate) -> Profile {
        self.order(day).rows.records.profile.clone()
    }

    /// About how many bytes everything takes that assessments on any basis found so far: it grows
    /// with them, up to a bound.
    #[must_use]
    pub fn found_bytes(&self) -> usize {
        let orders = self.orders();
        let found = orders.iter().map(|(_, order)| order.caches.pieces());
        found.sum::<usize>() * size_of::<Item>()
    }

    /// How often the rows are held in order: twice where a decision counts others than were entered.
    #[must_use]
    pub fn orders_held(&self) -> usize {
        self.orders().len()
    }

    /// Assesses all scores and programs for `day`, or for the hypothesis's own day.
    ///
    /// Pure and total: any catalog and any evidence give an assessment, and the same ones give
    /// the same bytes on every target, whatever the order of the evidence.
    #[must_use]
    pub fn assess(&self, day: NaiveDate, hypothesis: &Hypothesis) -> Assessment {
        let day = hypothesis.day.unwrap_or(day);
        let order = self.order(day);
        assess_ordered(self.known(&order), self.basis, day, hypothesis)
    }

    /// Every day until `until` on which a score's total changes if nothing else happens:
    /// certificates end, rules change. What customers use is taken to stay as it is, and so is
    /// which rows are counted.
    #[must_use]
    pub fn forecast(
        &self,
        day: NaiveDate,
        hypothesis: &Hypothesis,
        score: &str,
        until: NaiveDate,
    ) -> Vec<Forecast> {
        let day = hypothesis.day.unwrap_or(day);
        let order = self.order(day);
        forecast_ordered(self.known(&order), day, hypothesis, score, until)
    }

    fn known<'a>(&'a self, order: &'a Order) -> Known<'a> {
        Known {
            catalog: &self.catalog,
            evidence: &self.evidence,
            order,
        }
    }

    /// The rows that are counted on a day, in order. Others wait while that is made.
    fn order(&self, day: NaiveDate) -> Arc<Order> {
        let mut accepted = self.basis.accepted(&self.catalog, day);
        if accepted != Accepted::EVERYTHING && accepted.takes_all(&self.evidence) {
            accepted = Accepted::EVERYTHING;
        }
        let mut orders = self.orders();
        if let Some((_, known)) = orders.iter().find(|(known, _)| *known == accepted) {
            return Arc::clone(known);
        }
        let made = Arc::new(Order {
            rows: Ordered::new(&self.catalog, &self.evidence, &accepted),
            caches: Caches::default(),
        });
        orders.push((accepted, Arc::clone(&made)));
        made
    }

    fn orders(&self) -> MutexGuard<'_, Vec<(Accepted, Arc<Order>)>> {
        // What is in there is whole at any time, also after a panic elsewhere.
        self.orders.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// Assesses once; see [`Engine::assess`].
#[must_use]
pub fn assess(
    catalog: &Catalog,
    evidence: &Evidence,
    basis: Basis,
    day: NaiveDate,
    hypothesis: &Hypothesis,
) -> Assessment {
    Engine::new(catalog, evidence, basis).assess(day, hypothesis)
}

/// What an assessment is of.
#[derive(Clone, Copy)]
struct Known<'a> {
    catalog: &'a Catalog,
    evidence: &'a Evidence,
    order: &'a Order,
}

impl<'a> Known<'a> {
    fn index(self, supposed: &'a Supposed, day: NaiveDate) -> Index<'a> {
        let order = (&self.order.rows, &self.order.caches);
        Index::new(self.catalog, self.evidence, order, supposed, day)
    }
}

// Apart from the engine, whose pointers differ, this is compiled once.
fn assess_ordered(
    known: Known<'_>,
    basis: Basis,
    day: NaiveDate,
    hypothesis: &Hypothesis,
) -> Assessment {
    let supposed = Supposed::of(hypothesis, known.catalog, &known.order.rows, day);
    let index = known.index(&supposed, day);
    let passed = |score: &Score, day| passed(known, day, hypothesis, score);
    let mut context = Context::new(&index, hypothesis, &passed);
    for score in &known.catalog.scores {
        let assessed = score::assess_score(&mut context, score);
        context.scores.push(assessed);
    }
    let programs = (known.catalog.programs.iter())
        .map(|program| assess_program(&mut context, basis, program))
        .collect();
    Assessment {
        day,
        basis,
        scores: context.scores,
        programs,
    }
}

/// Whether a score passed on an earlier day, as far as the evidence tells: what is known says when
/// it began and ended.
fn passed(known: Known<'_>, day: NaiveDate, hypothesis: &Hypothesis, score: &Score) -> bool {
    let supposed = Supposed::of(hypothesis, known.catalog, &known.order.rows, day);
    let index = known.index(&supposed, day);
    // That day's own window does not matter: it is asked about the day.
    let mut context = Context::new(&index, hypothesis, &|_, _| false);
    score::assess_score(&mut context, score).qualifies_today()
}

fn forecast_ordered(
    known: Known<'_>,
    day: NaiveDate,
    hypothesis: &Hypothesis,
    score: &str,
    until: NaiveDate,
) -> Vec<Forecast> {
    let Some(score) = known.catalog.score(score) else {
        return Vec::new();
    };
    let supposed = Supposed::of(hypothesis, known.catalog, &known.order.rows, day);
    let index = known.index(&supposed, day);
    let passed = |score: &Score, day| passed(known, day, hypothesis, score);
    let mut context = Context::new(&index, hypothesis, &passed);
    let assessed = score::assess_score(&mut context, score);
    score::future(&context, score, &assessed).changes(day, until)
}

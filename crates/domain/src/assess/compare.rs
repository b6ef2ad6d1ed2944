//! What differs between two assessments: a preview and today, or today and a while ago.

use serde::{Deserialize, Serialize};

use super::finding::{Finding, Item, Outcome, Subject};
use super::standing::Standing;
use super::{Assessment, ScoreAssessment};
use crate::number::Number;

/// One thing that differs.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum Difference {
    /// A program's standing.
    Program {
        /// Which, by id.
        program: String,
        /// Where it stood.
        from: Standing,
        /// Where it stands.
        to: Standing,
    },
    /// A score's total.
    Score {
        /// Which, by id.
        score: String,
        /// What it was.
        from: Number,
        /// What it is.
        to: Number,
        /// The metrics that made the difference.
        because: Vec<MetricDifference>,
    },
}

/// What changed in one metric.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct MetricDifference {
    /// Which, by id.
    pub metric: String,
    /// Its name.
    pub name: String,
    /// Points more, or fewer where negative.
    pub by: Number,
    /// What counts now and did not before.
    pub gained: Vec<Item>,
    /// What counted before and does not now, with the reason.
    pub lost: Vec<Item>,
    /// Whether another version of the rule is in force.
    pub rule_changed: bool,
}

/// Everything that differs, programs first, in the order of the catalog.
#[must_use]
pub fn compare(before: &Assessment, after: &Assessment) -> Vec<Difference> {
    let mut differences = Vec::new();
    for now in &after.programs {
        let Some(then) = before.program(&now.program) else {
            continue;
        };
        if then.standing != now.standing {
            differences.push(Difference::Program {
                program: now.program.clone(),
                from: then.standing,
                to: now.standing,
            });
        }
    }
    for now in &after.scores {
        let Some(then) = before.score(&now.score) else {
            continue;
        };
        let because = metrics(then, now);
        if then.total != now.total || !because.is_empty() {
            differences.push(Difference::Score {
                score: now.score.clone(),
                from: then.total,
                to: now.total,
                because,
            });
        }
    }
    differences
}

fn metrics(then: &ScoreAssessment, now: &ScoreAssessment) -> Vec<MetricDifference> {
    let (Some(before), Some(after)) = (then.chosen(), now.chosen()) else {
        return Vec::new();
    };
    (after.children.iter())
        .filter_map(|metric| {
            let was = before.children.iter().find(|was| was.id == metric.id)?;
            let earned = |finding: &Finding| finding.points.map_or(Number::ZERO, |p| p.earned);
            let by = earned(metric) - earned(was);
            let (held, holds) = (counted(was), counted(metric));
            let gained = missing_from(&holds, &held);
            let reasons: Vec<&Item> = metric
                .children
                .iter()
                .flat_map(|child| &child.not_counted)
                .collect();
            let lost = missing_from(&held, &holds)
                .into_iter()
                .map(|item| {
                    let now = reasons.iter().find(|now| same(now, &item));
                    Item {
                        reason: now.and_then(|now| now.reason.clone()),
                        ..item
                    }
                })
                .collect();
            (!by.is_zero()).then(|| MetricDifference {
                metric: metric.id.clone(),
                name: metric.title.clone().unwrap_or_default(),
                by,
                gained,
                lost,
                rule_changed: metric.rule.effective_from != was.rule.effective_from,
            })
        })
        .collect()
}

/// What earns points: gates that are not passed keep their people out of it.
fn counted(metric: &Finding) -> Vec<&Item> {
    (metric.children.iter())
        .filter(|child| child.points.is_some() && child.outcome != Outcome::Unknown)
        .flat_map(|child| &child.counted)
        .collect()
}

fn missing_from(items: &[&Item], others: &[&Item]) -> Vec<Item> {
    (items.iter())
        .filter(|item| !others.iter().any(|other| same(item, other)))
        .map(|item| (*item).clone())
        .collect()
}

/// Whether two items are the same piece of evidence. A person counts once, with whatever
/// certificate.
fn same(a: &Item, b: &Item) -> bool {
    let person = matches!(a.subject, Subject::Person | Subject::Hypothetical);
    a.subject == b.subject && a.id == b.id && (person || a.with == b.with)
}

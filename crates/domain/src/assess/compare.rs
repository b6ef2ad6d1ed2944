//! What differs between two assessments: a preview and today, or today and a while ago.

use serde::{Deserialize, Serialize};

use super::assessment::{Assessment, ScoreAssessment, Standing};
use super::finding::{Finding, Item, Outcome, Subject};
use crate::number::Number;
use crate::sort;

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
            if by.is_zero() {
                return None;
            }
            Some(MetricDifference {
                metric: metric.id.clone(),
                name: metric.title.clone().unwrap_or_default(),
                by,
                gained: missing_from(counted(metric), counted(was)),
                lost: lost(metric, was),
                rule_changed: metric.rule.effective_from != was.rule.effective_from,
            })
        })
        .collect()
}

/// What earns points: gates that are not passed keep their people out of it.
fn counted(metric: &Finding) -> impl Iterator<Item = &Item> {
    (metric.children.iter())
        .filter(|child| child.points.is_some() && child.outcome != Outcome::Unknown)
        .flat_map(|child| &child.counted)
}

/// What counted, and does not any more, each with the reason that it has now.
fn lost(metric: &Finding, was: &Finding) -> Vec<Item> {
    let mut lost = missing_from(counted(was), counted(metric));
    let mut now: Vec<&Item> = (metric.children.iter())
        .flat_map(|child| &child.not_counted)
        .collect();
    // The sort keeps the order of equal ones: the first of them says why.
    sort::sort_by_key(&mut now, |item| key(item));
    for item in &mut lost {
        let first = now.partition_point(|now| key(now) < key(item));
        let now = now.get(first).filter(|now| key(now) == key(item));
        item.reason = now.and_then(|now| now.reason.clone());
    }
    lost
}

/// Thousands may count on both sides, nearly all of them the same: looked up, not looked through.
fn missing_from<'a>(
    items: impl Iterator<Item = &'a Item>,
    others: impl Iterator<Item = &'a Item>,
) -> Vec<Item> {
    let mut others: Vec<_> = others.collect();
    sort::sort_by_key(&mut others, |item| key(item));
    items
        .filter(|item| {
            others
                .binary_search_by_key(&key(item), |other| key(other))
                .is_err()
        })
        .cloned()
        .collect()
}

/// What makes two items the same piece of evidence. A person counts once, with whatever
/// certificate.
fn key(item: &Item) -> (Subject, &str, Option<&str>) {
    let person = matches!(item.subject, Subject::Person | Subject::Hypothetical);
    let with = item.with.as_deref().filter(|_| !person);
    (item.subject, &item.id, with)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_person_counts_once_and_a_customer_with_each_workload() {
        let item = |subject: Subject, id: &str, with: &str| Item {
            subject,
            id: id.into(),
            name: id.into(),
            with: Some(with.into()),
            amount: None,
            until: None,
            reason: None,
        };
        let before = [
            item(Subject::Person, "ada", "az-104"),
            item(Subject::Customer, "fabrikam", "teams"),
        ];
        let after = [
            item(Subject::Person, "ada", "az-305"),
            item(Subject::Customer, "fabrikam", "exchange"),
            item(Subject::Hypothetical, "ada", "az-104"),
        ];
        assert_eq!(missing_from(after.iter(), before.iter()), after[1..]);
        assert_eq!(missing_from(before.iter(), after.iter()), before[1..]);
    }
}

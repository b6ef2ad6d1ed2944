//! Metrics that are earned by what customers use.

use super::context::Context;
use super::finding::{Finding, Kind, Next, Outcome, Points, RuleRef};
use super::reading::Reading;
use crate::catalog::{Combine, Metric, MetricRule, Part, Score};
use crate::hypothesis::measure_address;
use crate::number::Number;

/// A finding for each part, and the points of all without the cap.
pub(crate) fn parts<'a>(
    context: &mut Context<'a>,
    score: &'a Score,
    metric: &'a Metric,
    rule: &'a MetricRule,
    rule_ref: &RuleRef,
) -> (Vec<Finding>, Number) {
    let mut findings = Vec::new();
    let mut earned = Vec::new();
    for part in &rule.parts {
        let mut reading = if metric.same_as.is_some() {
            context.meter.read_shared(&part.measure)
        } else {
            context.meter.read(&part.measure)
        };
        suppose(context, score, metric, part, &mut reading);
        earned.push((reading.value * part.each).at_least_zero());
        findings.push(part_finding(part, rule, reading, rule_ref));
    }
    let total = combined(rule.combine, &earned);
    for (part, finding) in rule.parts.iter().zip(&mut findings) {
        finding.next = raise(part, rule, total, finding).into_iter().collect();
    }
    if rule.combine == Combine::Best {
        let taken = earned.iter().position(|points| *points == total);
        for (index, finding) in findings.iter_mut().enumerate() {
            if let Kind::Part { outdone, .. } = &mut finding.kind {
                *outdone = Some(index) != taken;
            }
        }
    }
    (findings, total)
}

/// The points without the cap, and without explanations.
pub(crate) fn points(
    context: &Context<'_>,
    score: &Score,
    metric: &Metric,
    rule: &MetricRule,
) -> Number {
    let earned: Vec<Number> = (rule.parts.iter())
        .map(|part| {
            let mut reading = context.meter.read(&part.measure);
            suppose(context, score, metric, part, &mut reading);
            (reading.value * part.each).at_least_zero()
        })
        .collect();
    combined(rule.combine, &earned)
}

fn combined(combine: Combine, earned: &[Number]) -> Number {
    match combine {
        Combine::Sum => earned.iter().copied().sum(),
        Combine::Best => earned.iter().copied().max().unwrap_or_default(),
    }
}

/// Adds what a preview adds.
fn suppose(
    context: &Context<'_>,
    score: &Score,
    metric: &Metric,
    part: &Part,
    reading: &mut Reading,
) {
    if context.hypothesis.measures.is_empty() {
        return;
    }
    let address = measure_address(&score.id, metric, &part.id);
    if let Some(added) = context.hypothesis.measures.get(&address) {
        reading.value = reading.value + *added;
        reading.measured.added = Some(*added);
    }
}

fn part_finding(part: &Part, rule: &MetricRule, reading: Reading, rule_ref: &RuleRef) -> Finding {
    let uncapped = (reading.value * part.each).at_least_zero();
    Finding {
        id: part.id.clone(),
        title: Some(part.name.clone()),
        note: None,
        kind: Kind::Part {
            measured: reading.measured,
            outdone: false,
        },
        outcome: Outcome::when(uncapped.is_positive()),
        assumed: false,
        have: Some(reading.value),
        need: None,
        points: Some(Points {
            earned: uncapped.min(rule.max),
            uncapped,
            max: rule.max,
            each: Some(part.each),
        }),
        counted: reading.counted,
        not_counted: reading.not_counted,
        rule: rule_ref.clone(),
        lapses_on: None,
        next: Vec::new(),
        children: Vec::new(),
    }
}

/// How much more of a part fills the metric, and the points that the metric gains by it: of several
/// parts that do not add up, only what goes beyond the best of them.
fn raise(part: &Part, rule: &MetricRule, total: Number, finding: &Finding) -> Option<Next> {
    let Kind::Part { measured, .. } = &finding.kind else {
        return None;
    };
    let room = (rule.max - total).at_least_zero();
    // Growth from too small a base earns nothing, however much it is.
    if room.is_zero() || measured.baseline_missed.is_some() {
        return None;
    }
    let enough = match rule.combine {
        Combine::Sum => finding.points?.uncapped + room,
        Combine::Best => rule.max,
    };
    let by = enough.over(part.each)? - finding.have?;
    by.is_positive().then_some(Next::Raise {
        by,
        unit: measured.unit,
        points: Some(room),
        of: None,
    })
}

//! Metrics that are earned by what customers use.

use super::context::Context;
use super::finding::{Finding, Kind, Next, Outcome, Points, RuleRef};
use super::measure::Reading;
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
        earned.push((reading.value * part.each).floored());
        findings.push(part_finding(part, rule, reading, rule_ref));
    }
    let total = combined(rule.combine, &earned);
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
            (reading.value * part.each).floored()
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
    let uncapped = (reading.value * part.each).floored();
    let room = (rule.max - uncapped).floored();
    // Growth from too small a base earns nothing, however much it is.
    let can_grow = reading.measured.baseline_missed.is_none();
    let next = (rule.max.over(part.each))
        .map(|enough| enough - reading.value)
        .filter(|by| can_grow && by.is_positive())
        .map(|by| Next::Raise {
            by,
            unit: reading.measured.unit,
            points: Some(room),
            of: None,
        });
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
        next: next.into_iter().collect(),
        children: Vec::new(),
    }
}

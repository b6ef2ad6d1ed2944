//! Capability scores: from metrics to a track, and from tracks to a total.

use super::advice;
use super::assessment::ScoreAssessment;
use super::context::Context;
use super::finding::{Finding, Items, Kind, Outcome, Points, RuleRef};
use super::future::Future;
use super::kinds::Kinds;
use super::parts::parts;
use super::qualifying::Windows;
use super::skilling::skilling;
use crate::catalog::{Choice, Classified, Metric, MetricRule, Score, ScoreTrack, in_force};
use crate::number::Number;

pub(crate) fn assess_score<'a>(context: &mut Context<'a>, score: &'a Score) -> ScoreAssessment {
    let tracks: Vec<Finding> = score
        .tracks
        .iter()
        .map(|track| track_finding(context, score, track))
        .collect();
    let chosen = choose(context, score, &tracks);
    let track = tracks.get(chosen);
    let total = track.and_then(|track| track.have).unwrap_or_default();
    let at_zero: Vec<String> = (track.iter().flat_map(|track| &track.children))
        .filter(|metric| metric.outcome != Outcome::Met)
        .map(|metric| metric.id.clone())
        .collect();
    let passes = track.is_some_and(|track| track.outcome == Outcome::Met);
    let windows = Windows::of(context, score);
    let qualified_on = windows.qualified_on(context.day, passes);
    let outside = match qualified_on {
        Some(_) => None,
        None => windows.outside(context.day, passes),
    };
    let lapses_on = passes
        .then(|| Future::of(context, score, &tracks, chosen).lapses(context.day))
        .flatten();
    let first = outside
        .iter()
        .flat_map(|outside| advice::outside(&score.id, outside));
    let ways = (track.filter(|_| !passes)).map(|track| advice::ways(track, score.pass_mark));
    ScoreAssessment {
        score: score.id.clone(),
        outcome: Outcome::when(qualified_on.is_some()),
        total,
        pass_mark: score.pass_mark,
        at_zero,
        window: windows.on(context.day),
        qualified_on,
        outside,
        lapses_on,
        month: context.index.month,
        track: track.map(|track| track.id.clone()).unwrap_or_default(),
        next: first.chain(ways.into_iter().flatten()).collect(),
        tracks,
    }
}

/// The score on the days to come.
pub(crate) fn future(context: &Context<'_>, score: &Score, assessed: &ScoreAssessment) -> Future {
    let chosen = choose(context, score, &assessed.tracks);
    Future::of(context, score, &assessed.tracks, chosen)
}

fn track_finding<'a>(
    context: &mut Context<'a>,
    score: &'a Score,
    track: &'a ScoreTrack,
) -> Finding {
    let children: Vec<Finding> = track
        .metrics
        .iter()
        .filter_map(|metric| metric_finding(context, score, metric))
        .collect();
    let total: Number = children
        .iter()
        .filter_map(|metric| metric.points)
        .map(|points| points.earned)
        .sum();
    let above_zero = children.iter().all(|metric| metric.outcome == Outcome::Met);
    Finding {
        id: track.id.clone(),
        title: Some(track.name.clone()),
        note: None,
        kind: Kind::Track,
        outcome: Outcome::when(total >= score.pass_mark && above_zero),
        assumed: false,
        have: Some(total),
        need: Some(score.pass_mark),
        points: None,
        counted: Items::default(),
        not_counted: Items::default(),
        rule: RuleRef {
            file: score.file.clone(),
            effective_from: (children
                .iter()
                .map(|metric| metric.rule.effective_from)
                .max())
            .unwrap_or(context.day),
            certainty: score.cite.certainty,
            source: score.cite.source.clone(),
        },
        lapses_on: None,
        next: Vec::new(),
        children,
    }
}

fn metric_finding<'a>(
    context: &mut Context<'a>,
    score: &'a Score,
    metric: &'a Metric,
) -> Option<Finding> {
    let rule = in_force(&metric.rules, context.day)?;
    let rule_ref = rule_ref(score, rule);
    let (children, uncapped) = match &rule.people {
        Some(people) => skilling(context, metric, people, rule.max, &rule_ref),
        None => parts(context, score, metric, rule, &rule_ref),
    };
    let earned = uncapped.at_least_zero().min(rule.max);
    Some(Finding {
        id: metric.id.clone(),
        title: Some(metric.name.clone()),
        note: rule.note.clone(),
        kind: Kind::Metric {
            category: metric.category,
        },
        outcome: Outcome::when(earned.is_positive()),
        assumed: false,
        have: Some(earned),
        need: None,
        points: Some(Points {
            earned,
            uncapped: uncapped.at_least_zero(),
            max: rule.max,
            each: (rule.people.as_ref().map(|people| people.each))
                .or_else(|| Some(rule.parts.first()?.each).filter(|_| rule.parts.len() == 1)),
        }),
        counted: Items::default(),
        not_counted: Items::default(),
        rule: rule_ref,
        // Those who count come last; with the last of them, the metric goes to zero.
        lapses_on: children.last().and_then(|child| child.lapses_on),
        next: children
            .iter()
            .flat_map(|child| child.next.clone())
            .collect(),
        children,
    })
}

fn rule_ref(score: &Score, rule: &MetricRule) -> RuleRef {
    RuleRef {
        file: score.file.clone(),
        effective_from: rule.effective_from,
        certainty: rule.cite.certainty,
        source: rule.cite.source.clone(),
    }
}

/// The index of the track that counts.
fn choose(context: &Context<'_>, score: &Score, tracks: &[Finding]) -> usize {
    match &score.choice {
        Choice::Best => {
            let have = |track: &Finding| (track.outcome == Outcome::Met, track.have);
            let best = tracks.iter().map(have).max();
            tracks
                .iter()
                .position(|track| Some(have(track)) == best)
                .unwrap_or(0)
        }
        Choice::Classified(classified) => {
            let id = if is_in_class(context, classified) {
                &classified.track
            } else {
                &classified.otherwise
            };
            tracks.iter().position(|track| track.id == *id).unwrap_or(0)
        }
    }
}

/// Whether one tenant uses enough workloads, in the last measured month or the same a year before.
fn is_in_class(context: &Context<'_>, classified: &Classified) -> bool {
    let Some(month) = context.index.month else {
        return false;
    };
    let of_class = |workload: usize| {
        (context.catalog.workloads.get(workload)).is_some_and(|workload| {
            workload
                .groups
                .iter()
                .any(|group| classified.groups.contains(group))
        })
    };
    [month, month.plus(-12)].into_iter().any(|month| {
        (context
            .index
            .ordered
            .lines
            .chunk_by(|a, b| a.tenant == b.tenant))
        .any(|lines| {
            let large = (lines.iter())
                .filter(|line| of_class(line.workload))
                .filter_map(|line| line.sums(&(month..=month), Kinds::ALL))
                .filter(|sums| sums.value(classified.value) > classified.above);
            u32::try_from(large.count()).is_ok_and(|count| count >= classified.workloads)
        })
    })
}

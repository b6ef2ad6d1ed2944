//! What would close the gap of a score.

use super::finding::{Finding, Kind, Next, Outcome};
use super::window::Outside;
use crate::number::Number;
use crate::sort;

/// Ways to close the gap, each by itself: units of one metric, within its cap. The fewest first.
/// Where nothing is enough by itself, everything that helps.
pub(crate) fn ways(track: &Finding, pass_mark: Number) -> Vec<Next> {
    let gap = (pass_mark - track.have.unwrap_or_default()).at_least_zero();
    let mut ways: Vec<Way> = Vec::new();
    for metric in &track.children {
        let Some(points) = metric.points else {
            continue;
        };
        let room = points.max - points.earned;
        // Where the total is enough, only metrics at zero are in the way: anything helps there.
        if !room.is_positive() || (gap.is_zero() && metric.outcome == Outcome::Met) {
            continue;
        }
        let wanted = if gap.is_zero() {
            Number::ZERO
        } else {
            gap.min(room)
        };
        let others_above_zero = (track.children.iter())
            .filter(|other| other.id != metric.id)
            .all(|other| {
                other
                    .points
                    .is_none_or(|points| points.earned.is_positive())
            });
        for part in &metric.children {
            for step in &part.next {
                let found = enough(step, metric, part, wanted, room);
                ways.extend(found.map(|(units, next)| {
                    let earned = earned(&next);
                    let closes = earned.is_none_or(|earned| earned >= gap) && others_above_zero;
                    Way {
                        closes,
                        units,
                        next,
                    }
                }));
            }
        }
    }
    if ways
        .iter()
        .any(|way| way.closes && earned(&way.next).is_some())
    {
        ways.retain(|way| way.closes);
    }
    sort::sort_by_key(&mut ways, |way| way.units);
    ways.into_iter().map(|way| way.next).collect()
}

/// What helps a score that today's total does not decide. A passing one need not be raised.
pub(crate) fn outside(score: &str, outside: &Outside) -> Vec<Next> {
    let score = || score.to_owned();
    let show = (!outside.ahead).then(|| Next::ShowDay {
        score: score(),
        from: outside.window.from,
        to: outside.window.to,
    });
    let keep = (outside.counts_from.filter(|_| outside.passes)).map(|until| Next::KeepScore {
        score: score(),
        until,
    });
    show.into_iter().chain(keep).collect()
}

struct Way {
    /// Whether nothing else is needed; of those who might link a profile nobody knows.
    closes: bool,
    /// How many people, customers or units of a value it takes.
    units: Number,
    next: Next,
}

fn earned(next: &Next) -> Option<Number> {
    match next {
        Next::Certify { points, .. } | Next::Raise { points, .. } => *points,
        _ => None,
    }
}

/// The metric, and its part where it has several.
fn place(metric: &Finding, part: &Finding) -> Option<String> {
    let name = metric.title.clone()?;
    match &part.title {
        Some(part) if metric.children.len() > 1 => Some(format!("{name}: {part}")),
        _ => Some(name),
    }
}

/// As much of a step as earns `wanted` points, at least one unit, and how many units it is.
fn enough(
    step: &Next,
    metric: &Finding,
    part: &Finding,
    wanted: Number,
    room: Number,
) -> Option<(Number, Next)> {
    match step {
        Next::Certify {
            certificates,
            points: Some(_),
            ..
        } => {
            let each = part.points?.each?;
            let people = u32::try_from(wanted.over(each)?.ceiling()).ok()?.max(1);
            let points = (each * Number::from(people)).min(room);
            let certificates = certificates.clone();
            let step = Next::Certify {
                people,
                certificates,
                points: Some(points),
            };
            Some((people.into(), step))
        }
        // A gate: nothing else helps before it.
        Next::Certify {
            people,
            points: None,
            ..
        } => Some((Number::from(*people), step.clone())),
        Next::Link { .. } => Some((Number::ZERO, step.clone())),
        Next::Raise { unit, .. } => {
            let (now, each) = (part.have?, part.points?.each?);
            // A part that a better one outdoes must first come up to that.
            let outdone = matches!(part.kind, Kind::Part { outdone: true, .. });
            let own = part.points?.uncapped;
            let base = if outdone {
                metric.points?.uncapped.max(own)
            } else {
                own
            };
            let target = (base + wanted).over(each)?;
            let missing = target - now;
            // Where nothing is short, a metric at zero is in the way: it must get above what it is.
            let units = if wanted.is_zero() {
                missing.floor().saturating_add(1)
            } else {
                missing.ceiling()
            };
            let by = Number::from(i64::try_from(units).ok()?.max(1));
            let reached = ((now + by) * each).at_least_zero();
            let points = (reached - base).at_least_zero().min(room);
            let of = place(metric, part);
            Some((
                by,
                Next::Raise {
                    by,
                    unit: *unit,
                    points: Some(points),
                    of,
                },
            ))
        }
        _ => None,
    }
}

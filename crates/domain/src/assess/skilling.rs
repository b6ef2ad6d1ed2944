//! Skilling metrics: gates that earn nothing, and people who earn points once they are passed.

use chrono::NaiveDate;

use super::context::Context;
use super::crew::{Crew, versions};
use super::finding::{Finding, Item, Items, Kind, Next, Outcome, Points, Reason, RuleRef};
use super::index::Index;
use super::people::LastDays;
use super::roster::Roster;
use crate::catalog::{Gate, Metric, Skilling};
use crate::number::Number;

/// Findings for each gate and for the people who count, and the points without the cap.
pub(crate) fn skilling(
    context: &Context<'_>,
    metric: &Metric,
    people: &Skilling,
    max: Number,
    rule: &RuleRef,
) -> (Vec<Finding>, Number) {
    let mut findings: Vec<Finding> = people
        .gates
        .iter()
        .map(|gate| gate_finding(context, metric, gate, rule))
        .collect();
    let closed: Vec<String> = (findings.iter())
        .filter(|gate| gate.outcome != Outcome::Met)
        .map(|gate| gate.id.clone())
        .collect();
    let open = closed.is_empty();
    let roster = Roster::of(context.index, &people.certificates);
    let most = max.over(people.each).map_or(0, Number::ceiling);
    let most = usize::try_from(most).unwrap_or(0);
    let count = roster.counted.len();
    let next = if open && count < most {
        let missing = u32::try_from(most - count).unwrap_or(0);
        let room = max - people.each * Number::from(count);
        let points = (people.each * Number::from(missing)).min(room);
        let next = roster.next(context.index, missing, &people.certificates);
        with_points(next, points)
    } else {
        Vec::new()
    };
    let own = roster.falls_below(1);
    let lapses_on = first_failure(context.index, metric, |later| {
        if std::ptr::eq(later, people) {
            // Under today's version, the gates have said it already.
            return findings
                .iter()
                .filter_map(|gate| gate.lapses_on)
                .chain(own)
                .min();
        }
        Crew::of(context.index, later).fails_from()
    });
    let uncapped = if open {
        people.each * Number::from(count)
    } else {
        Number::ZERO
    };
    let kept = if open { most.min(count) } else { 0 };
    let (counted, not_counted) = if people
        .certificates
        .iter()
        .any(|id| context.index.is_supposed(id))
    {
        split(roster, kept, closed)
    } else {
        let splits = &context.index.caches.splits;
        splits.get_or((people, (context.day, kept, closed.clone())), || {
            split(roster, kept, closed)
        })
    };
    findings.push(Finding {
        id: "people".to_owned(),
        title: None,
        note: None,
        kind: Kind::Counting {
            certificates: people.certificates.clone(),
        },
        outcome: Outcome::when(uncapped.is_positive()),
        assumed: false,
        have: Some(counted.len().into()),
        need: Some(most.into()),
        points: Some(Points {
            earned: uncapped.min(max),
            uncapped,
            max,
            each: Some(people.each),
        }),
        counted,
        not_counted,
        rule: rule.clone(),
        lapses_on: lapses_on.filter(|_| uncapped.is_positive()),
        next,
        children: Vec::new(),
    });
    (findings, uncapped)
}

/// The first ones count; the others do not, because of closed gates or because that is enough.
fn split(roster: Roster, kept: usize, closed: Vec<String>) -> (Items, Items) {
    if kept >= roster.counted.len() {
        return (roster.counted, roster.not_counted);
    }
    let reason = if closed.is_empty() {
        Reason::OverCap
    } else {
        Reason::Gate { gates: closed }
    };
    let (first, others) = roster.counted.split_at(kept);
    let others = others.iter().map(|item| Item {
        reason: Some(reason.clone()),
        ..item.clone()
    });
    let not_counted: Vec<Item> = roster.not_counted.iter().cloned().chain(others).collect();
    (first.to_vec().into(), not_counted.into())
}

fn with_points(next: Vec<Next>, points: Number) -> Vec<Next> {
    next.into_iter()
        .map(|next| match next {
            Next::Certify {
                people,
                certificates,
                ..
            } => Next::Certify {
                people,
                certificates,
                points: Some(points),
            },
            other => other,
        })
        .collect()
}

fn gate_finding(context: &Context<'_>, metric: &Metric, gate: &Gate, rule: &RuleRef) -> Finding {
    let roster = Roster::of(context.index, &gate.certificates);
    let have = u32::try_from(roster.counted.len()).unwrap_or(u32::MAX);
    let missing = gate.people.saturating_sub(have);
    let fails_from = |people: &Skilling| {
        let later = people.gates.iter().find(|later| later.id == gate.id)?;
        if std::ptr::eq(later, gate) {
            return roster.falls_below(gate.people as usize);
        }
        LastDays::of(context.index, &later.certificates).falls_below(later.people as usize)
    };
    let lapses_on = first_failure(context.index, metric, fails_from).filter(|_| missing == 0);
    Finding {
        id: gate.id.clone(),
        title: Some(gate.name.clone()),
        note: None,
        kind: Kind::Gate {
            certificates: gate.certificates.clone(),
        },
        outcome: Outcome::when(missing == 0),
        assumed: false,
        have: Some(have.into()),
        need: Some(gate.people.into()),
        points: None,
        lapses_on,
        next: roster.next(context.index, missing, &gate.certificates),
        counted: roster.counted,
        not_counted: roster.not_counted,
        rule: rule.clone(),
        children: Vec::new(),
    }
}

/// The first day on which what holds today fails, through all versions of the rule.
/// `fails_from` tells it for one version: people only drop out, so what fails stays failed.
fn first_failure(
    index: &Index<'_>,
    metric: &Metric,
    fails_from: impl Fn(&Skilling) -> Option<NaiveDate>,
) -> Option<NaiveDate> {
    versions(metric, index.day).find_map(|(rule, ends)| {
        let fails = fails_from(rule.people.as_ref()?)?.max(rule.effective_from);
        (fails < ends).then_some(fails)
    })
}

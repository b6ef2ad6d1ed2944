//! Requirements: each kind of test, and how outcomes go up the tree.

use super::context::Context;
use super::finding::{Finding, Kind, Next, Outcome, RuleRef};
use super::found::Found;
use super::{figures, held, records, thresholds};
use crate::catalog::{Criterion, Program, Requirement};
use crate::evidence::Verification;
use crate::hypothesis::requirement_address;
use crate::sort;

/// Assesses a requirement and everything below it.
pub(crate) fn finding<'a>(
    context: &mut Context<'a>,
    program: &'a Program,
    requirement: &'a Requirement,
    rule: &RuleRef,
) -> Finding {
    let rule = match &requirement.cite {
        Some(cite) => RuleRef {
            certainty: cite.certainty,
            source: cite.source.clone(),
            ..rule.clone()
        },
        None => rule.clone(),
    };
    let found = test(context, program, requirement, &rule);
    let address = requirement_address(&program.id, &requirement.id);
    let assumed = found.outcome != Outcome::Met && context.hypothesis.met.contains(&address);
    Finding {
        id: requirement.id.clone(),
        title: requirement.title.clone(),
        note: requirement.note.clone(),
        kind: found.kind,
        outcome: if assumed { Outcome::Met } else { found.outcome },
        assumed,
        have: found.amount.map(|(have, _)| have),
        need: found.amount.map(|(_, need)| need),
        points: None,
        counted: found.counted,
        not_counted: found.not_counted,
        rule,
        lapses_on: found.lapses_on.filter(|_| found.outcome == Outcome::Met),
        next: if assumed { Vec::new() } else { found.next },
        children: found.children,
    }
}

fn test<'a>(
    context: &mut Context<'a>,
    program: &'a Program,
    requirement: &'a Requirement,
    rule: &RuleRef,
) -> Found {
    match &requirement.test {
        Criterion::All(of) => group(context, program, of, rule, Kind::All, of.len()),
        Criterion::Any(of) => group(context, program, of, rule, Kind::Any, 1),
        Criterion::AtLeast { n, of } => {
            group(context, program, of, rule, Kind::AtLeast, *n as usize)
        }
        Criterion::Joined => joined(context),
        Criterion::Verified => verified(context),
        Criterion::Holds {
            programs,
            pack,
            at_least,
        } => held::holds(context, programs, pack.as_deref(), *at_least),
        Criterion::HeldOn { programs, day } => held::held_on(context, programs, *day),
        Criterion::NoneQualified { scores, programs } => {
            thresholds::none_qualified(context, scores, programs)
        }
        Criterion::Score { score } => thresholds::score(context, score),
        Criterion::People(people) => thresholds::people(context, people),
        Criterion::Measure {
            measure,
            at_least,
            customers,
        } => {
            let address = requirement_address(&program.id, &requirement.id);
            thresholds::measure(context, &address, measure, *at_least, *customers)
        }
        Criterion::References {
            at_least,
            program,
            within_months,
        } => records::references(context, program, (*at_least, *within_months)),
        Criterion::Audit {
            program,
            within_months,
        } => records::audit(context, program, *within_months),
        Criterion::Offer { transactable } => records::offer(context, *transactable),
        Criterion::Invitation { program } => records::invitation(context, program),
        Criterion::Declaration { key } => records::declaration(context, key),
        Criterion::Figure {
            key,
            at_least,
            unit,
            one,
        } => {
            let address = requirement_address(&program.id, &requirement.id);
            let units = (unit.as_str(), one.as_deref());
            figures::figure(context, &address, key, *at_least, units)
        }
        Criterion::Sum {
            of,
            at_least,
            unit,
            one,
        } => {
            let address = requirement_address(&program.id, &requirement.id);
            let units = (unit.as_str(), one.as_deref());
            figures::sum(context, &address, of, *at_least, units)
        }
        Criterion::Regional {
            key,
            at_least,
            unit,
            one,
        } => figures::regional(context, key, at_least, (unit, one.as_deref())),
    }
}

/// At least `needed` children: met, unknown while it still could be, unmet when it cannot.
fn group<'a>(
    context: &mut Context<'a>,
    program: &'a Program,
    of: &'a [Requirement],
    rule: &RuleRef,
    kind: Kind,
    needed: usize,
) -> Found {
    let mut children: Vec<Finding> = of
        .iter()
        .map(|child| finding(context, program, child, rule))
        .collect();
    others_first(of, &mut children);
    let count = |outcome| {
        children
            .iter()
            .filter(|child| child.outcome == outcome)
            .count()
    };
    let (met, unknown) = (count(Outcome::Met), count(Outcome::Unknown));
    let outcome = if met >= needed {
        Outcome::Met
    } else if met + unknown >= needed {
        Outcome::Unknown
    } else {
        Outcome::Unmet
    };
    if outcome == Outcome::Met {
        // Of alternatives, those that are not needed need no steps.
        for child in &mut children {
            child.next.clear();
        }
    }
    // It is met as long as enough children are: it lapses when the one that tips it does.
    let mut ends: Vec<_> = (children.iter())
        .filter(|child| child.outcome == Outcome::Met)
        .map(|child| child.lapses_on.unwrap_or(chrono::NaiveDate::MAX))
        .collect();
    sort::sort_by_key(&mut ends, |end| std::cmp::Reverse(*end));
    let lapses_on = needed
        .checked_sub(1)
        .and_then(|last| ends.get(last).copied())
        .filter(|end| *end != chrono::NaiveDate::MAX);
    Found {
        amount: Some((met.into(), needed.into())),
        lapses_on,
        children,
        ..Found::new(kind, outcome)
    }
}

/// What opens only after the others has no other next step before.
fn others_first(of: &[Requirement], children: &mut [Finding]) {
    let others = of.iter().zip(children.iter());
    let open = |(requirement, child): (&Requirement, &Finding)| {
        !requirement.after_others && child.outcome != Outcome::Met
    };
    if !others.into_iter().any(open) {
        return;
    }
    for (requirement, child) in of.iter().zip(children) {
        if requirement.after_others && child.outcome != Outcome::Met {
            child.next = vec![Next::OthersFirst];
        }
    }
}

fn joined(context: &Context<'_>) -> Found {
    let since = context
        .evidence
        .profile
        .joined_on
        .filter(|since| *since <= context.day);
    Found::new(Kind::Joined { since }, Outcome::when(since.is_some())).or_next([Next::Join])
}

fn verified(context: &Context<'_>) -> Found {
    let state = context.evidence.profile.verification;
    let outcome = Outcome::when(state == Verification::Accepted);
    Found::new(Kind::Verified { state }, outcome).or_next([Next::Verify { state }])
}

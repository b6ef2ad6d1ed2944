//! Requirements: each kind of test, and how outcomes go up the tree.

use chrono::Months;

use super::advice;
use super::context::Context;
use super::figures;
use super::finding::{Finding, Kind, Next, Outcome, RuleRef, Subject};
use super::items::Items;
use super::people::Roster;
use super::records;
use super::standing::holding_on;
use super::window::lapses;
use crate::catalog::{People, Program, Requirement, Test};
use crate::evidence::Verification;
use crate::hypothesis::requirement_address;
use crate::number::Number;
use crate::order;

/// What a test found; the rest of a finding is the same for all.
pub(crate) struct Found {
    pub kind: Kind,
    pub outcome: Outcome,
    pub amount: Option<(Number, Number)>,
    pub counted: Items,
    pub not_counted: Items,
    pub lapses_on: Option<chrono::NaiveDate>,
    pub next: Vec<Next>,
    pub children: Vec<Finding>,
}

impl Found {
    pub fn new(kind: Kind, outcome: Outcome) -> Self {
        Self {
            kind,
            outcome,
            amount: None,
            counted: Items::default(),
            not_counted: Items::default(),
            lapses_on: None,
            next: Vec::new(),
            children: Vec::new(),
        }
    }

    /// With what would help, unless it is met.
    pub fn or_next(mut self, next: impl IntoIterator<Item = Next>) -> Self {
        if self.outcome != Outcome::Met {
            self.next.extend(next);
        }
        self
    }
}

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
        Test::All(of) => group(context, program, of, rule, Kind::All, of.len()),
        Test::Any(of) => group(context, program, of, rule, Kind::Any, 1),
        Test::AtLeast { n, of } => group(context, program, of, rule, Kind::AtLeast, *n as usize),
        Test::Joined => joined(context),
        Test::Verified => verified(context),
        Test::Holds {
            programs,
            pack,
            at_least,
        } => records::holds(context, programs, pack.as_deref(), *at_least),
        Test::HeldOn { programs, day } => records::held_on(context, programs, *day),
        Test::NoneQualified { scores, programs } => none_qualified(context, scores, programs),
        Test::Score { score } => score_test(context, score),
        Test::People(people) => people_test(context, people),
        Test::Measure {
            measure,
            at_least,
            customers,
        } => {
            let address = requirement_address(&program.id, &requirement.id);
            measure_test(context, &address, measure, *at_least, *customers)
        }
        Test::References {
            at_least,
            program,
            within_months,
        } => records::references(context, program, (*at_least, *within_months)),
        Test::Audit {
            program,
            within_months,
        } => records::audit(context, program, *within_months),
        Test::Offer { transactable } => records::offer(context, *transactable),
        Test::Invitation { program } => records::invitation(context, program),
        Test::Declaration { key } => records::declaration(context, key),
        Test::Figure {
            key,
            at_least,
            unit,
            one,
        } => {
            let address = requirement_address(&program.id, &requirement.id);
            let units = (unit.as_str(), one.as_deref());
            figures::figure(context, &address, key, *at_least, units)
        }
        Test::Sum {
            of,
            at_least,
            unit,
            one,
        } => {
            let address = requirement_address(&program.id, &requirement.id);
            let units = (unit.as_str(), one.as_deref());
            figures::sum(context, &address, of, *at_least, units)
        }
        Test::Regional {
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
    order::sort_by_key(&mut ends, |end| std::cmp::Reverse(*end));
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

fn none_qualified(context: &Context<'_>, scores: &[String], programs: &[String]) -> Found {
    let qualified = scores
        .iter()
        .filter_map(|score| context.score(score))
        .any(|score| score.outcome == Outcome::Met);
    // What can still be renewed is held until that ends, here as for every requirement.
    let held = (programs.iter())
        .filter_map(|program| context.catalog.program(program))
        .any(|program| holding_on(context, program, context.day).is_some());
    let kind = Kind::NoneQualified {
        scores: scores.to_vec(),
        programs: programs.to_vec(),
    };
    Found::new(kind, Outcome::when(!qualified && !held))
}

fn score_test(context: &Context<'_>, id: &str) -> Found {
    let kind = |qualified_on, outside| Kind::Score {
        score: id.to_owned(),
        qualified_on,
        outside,
    };
    let Some(score) = context.score(id) else {
        return Found::new(kind(None, None), Outcome::Unknown);
    };
    let raise = (!score.qualifies_today()).then(|| Next::RaiseScore {
        score: id.to_owned(),
        by: (score.pass_mark - score.total).at_least_zero(),
    });
    let outside = score.outside.into_iter();
    let next = outside.flat_map(|outside| advice::outside(id, &outside));
    Found {
        amount: Some((score.total, score.pass_mark)),
        lapses_on: (context.catalog.score(id)).and_then(|rule| lapses(context, rule, score)),
        ..Found::new(kind(score.qualified_on, score.outside), score.outcome)
            .or_next(next.chain(raise))
    }
}

fn people_test(context: &Context<'_>, people: &People) -> Found {
    let roster = Roster::of(context.index, &people.certificates);
    let have = u32::try_from(roster.counted.len()).unwrap_or(u32::MAX);
    // Where each certificate asks for as many people, they say it better.
    let of_any = people.at_least > people.each;
    let missing = people.at_least.saturating_sub(have);
    let mut next = roster.next(
        context.index,
        if of_any { missing } else { 0 },
        &people.certificates,
    );
    let mut lapses_on = roster.falls_below(people.at_least as usize);
    let mut met = have >= people.at_least;
    if people.each > 0 {
        for certificate in &people.certificates {
            let one = Roster::of(context.index, std::slice::from_ref(certificate));
            let have = u32::try_from(one.counted.len()).unwrap_or(u32::MAX);
            met &= have >= people.each;
            next.extend(one.next(
                context.index,
                people.each.saturating_sub(have),
                std::slice::from_ref(certificate),
            ));
            lapses_on = lapses_on
                .into_iter()
                .chain(one.falls_below(people.each as usize))
                .min();
        }
    }
    let kind = Kind::People {
        certificates: people.certificates.clone(),
        each: people.each,
    };
    Found {
        amount: Some((have.into(), people.at_least.into())),
        counted: roster.counted,
        not_counted: roster.not_counted,
        lapses_on,
        ..Found::new(kind, Outcome::when(met)).or_next(next)
    }
}

fn measure_test<'a>(
    context: &mut Context<'a>,
    address: &str,
    measure: &'a crate::catalog::Measure,
    at_least: Number,
    customers: u32,
) -> Found {
    let mut reading = context.meter.read(measure);
    if let Some(added) = context.hypothesis.measures.get(address) {
        reading.value = reading.value + *added;
        reading.measured.added = Some(*added);
    }
    let from = (reading.counted.iter())
        .filter(|item| item.subject == Subject::Customer)
        .filter(|item| item.amount.is_none_or(Number::is_positive))
        .count();
    let from = u32::try_from(from).unwrap_or(u32::MAX);
    let outcome = match reading.measured.month {
        None if reading.measured.added.is_none() => Outcome::Unmet,
        _ => Outcome::when(reading.value >= at_least && from >= customers),
    };
    let unit = reading.measured.unit;
    let by = (at_least - reading.value).at_least_zero();
    let raise = by.is_positive().then_some(Next::Raise {
        by,
        unit,
        points: None,
        of: None,
    });
    let more = customers.saturating_sub(from);
    let widen = (more > 0).then_some(Next::Widen { customers: more });
    let kind = Kind::Measure {
        measured: reading.measured,
        customers,
        from,
    };
    Found {
        amount: Some((reading.value, at_least)),
        counted: reading.counted,
        not_counted: reading.not_counted,
        ..Found::new(kind, outcome).or_next(raise.into_iter().chain(widen))
    }
}

/// The first day of a period of months that ends today.
pub(crate) fn months_back(day: chrono::NaiveDate, months: u32) -> chrono::NaiveDate {
    day.checked_sub_months(Months::new(months))
        .unwrap_or(chrono::NaiveDate::MIN)
}

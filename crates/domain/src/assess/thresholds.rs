//! Tests against what is added up elsewhere: scores, people and measures.

use super::advice;
use super::context::Context;
use super::finding::{Kind, Next, Outcome, Subject};
use super::found::Found;
use super::lapse::lapses;
use super::roster::Roster;
use super::standing::holding_on;
use crate::catalog::{Measure, People};
use crate::number::Number;

pub(crate) fn none_qualified(
    context: &Context<'_>,
    scores: &[String],
    programs: &[String],
) -> Found {
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

pub(crate) fn score(context: &Context<'_>, id: &str) -> Found {
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

pub(crate) fn people(context: &Context<'_>, people: &People) -> Found {
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

pub(crate) fn measure<'a>(
    context: &mut Context<'a>,
    address: &str,
    measure: &'a Measure,
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

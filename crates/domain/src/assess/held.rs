//! Tests against programs held: today, and on a past day.

use chrono::NaiveDate;

use super::context::{Context, held_on as membership_on};
use super::finding::{Item, Kind, Next, Outcome, Reason, Subject};
use super::found::Found;
use super::holding::Holding;
use super::records::{count, item};
use super::standing::ended_on;
use super::timeline::Timeline;
use crate::catalog::Program;
use crate::sort;

fn program_item(context: &Context<'_>, id: &str, reason: Option<Reason>) -> Item {
    let name = context
        .catalog
        .program(id)
        .map_or(id, |program| &program.name);
    item(Subject::Program, id, name, reason)
}

pub(crate) fn holds(
    context: &Context<'_>,
    programs: &[String],
    pack: Option<&str>,
    at_least: u32,
) -> Found {
    let (mut counted, mut not_counted, mut next) = (Vec::new(), Vec::new(), Vec::new());
    let mut changes = Vec::new();
    for id in programs {
        let Some(program) = context.catalog.program(id) else {
            continue;
        };
        // What can still be renewed is kept until that ends.
        let timeline = Timeline::of(context, program);
        let packed = pack.map(|pack| terms_with(context, id, pack));
        let counts = |held: &Holding| {
            (packed.as_ref()).is_none_or(|terms| terms.binary_search(&held.since).is_ok())
        };
        changes.extend(timeline.changes(context.day, counts));
        let held = timeline.on(context.day);
        if held.is_some_and(counts) {
            counted.push(Item {
                until: timeline.counts_until(context.day, counts),
                ..program_item(context, id, None)
            });
        } else if let (Some(_), Some(pack)) = (held, pack) {
            let reason = Reason::OtherPack {
                program: id.clone(),
                pack: pack.to_owned(),
            };
            not_counted.push(program_item(context, id, Some(reason)));
        } else if qualifies(context, program) {
            not_counted.push(program_item(context, id, Some(Reason::NotEnrolled)));
            next.push(Next::Enroll {
                program: id.clone(),
            });
        } else {
            if let Some(on) = ended_on(context, id) {
                not_counted.push(program_item(context, id, Some(Reason::Ended { on })));
            }
            next.push(Next::Earn {
                program: id.clone(),
            });
        }
    }
    let have = count(&counted);
    Found {
        amount: Some((have.into(), at_least.into())),
        lapses_on: falls_below(have, changes, at_least),
        counted: counted.into(),
        not_counted: not_counted.into(),
        ..Found::new(
            Kind::Holds {
                programs: programs.to_vec(),
            },
            Outcome::when(have >= at_least),
        )
        .or_next(next)
    }
}

fn qualifies(context: &Context<'_>, program: &Program) -> bool {
    let score = program.score.as_deref();
    (score.and_then(|score| context.score(score)))
        .is_some_and(|score| score.outcome == Outcome::Met)
}

/// The first days of the terms of a program that were bought with a pack, in their order.
fn terms_with(context: &Context<'_>, program: &str, pack: &str) -> Vec<NaiveDate> {
    let mut terms: Vec<NaiveDate> = (context.evidence.memberships.iter())
        .filter(|known| known.program == program && known.pack.as_deref() == Some(pack))
        .map(|known| known.started_on)
        .collect();
    sort::sort(&mut terms);
    terms
}

/// The first day on which fewer than `needed` are held, where `have` are today. A change is its day
/// and whether one more is held from then on, or one fewer.
fn falls_below(have: u32, mut changes: Vec<(NaiveDate, bool)>, needed: u32) -> Option<NaiveDate> {
    sort::sort(&mut changes);
    let mut have = i64::from(have);
    for of_a_day in changes.chunk_by(|(one, _), (other, _)| one == other) {
        have += of_a_day
            .iter()
            .map(|(_, more)| if *more { 1 } else { -1 })
            .sum::<i64>();
        if have < i64::from(needed) {
            return of_a_day.first().map(|(day, _)| *day);
        }
    }
    None
}

pub(crate) fn held_on(context: &Context<'_>, programs: &[String], day: NaiveDate) -> Found {
    let counted: Vec<Item> = (programs.iter())
        .filter(|id| membership_on(context.evidence, id, day).is_some())
        .map(|id| program_item(context, id, None))
        .collect();
    let kind = Kind::HeldOn {
        programs: programs.to_vec(),
        day,
    };
    // What was not held on a past day can never be made up for: there is no next step.
    let outcome = Outcome::when(!counted.is_empty());
    Found::new(kind, outcome).with_counted(counted)
}

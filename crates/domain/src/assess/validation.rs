//! What the next anniversary of something held asks of its audit or its references.

use chrono::{Datelike, Months, NaiveDate};

use super::context::Context;
use super::finding::{Reason, Recheck};
use super::standing::{Holding, holding_on};
use crate::catalog::{Program, in_force};
use crate::dates::plus_days;
use crate::evidence::Membership;

/// What an audit or a reference must be on a day.
pub(crate) struct Validity {
    /// What the anniversary asks; absent for whoever does not hold the program.
    pub asks: Option<Recheck>,
    /// The first day on which something else is asked.
    changes: Option<NaiveDate>,
    /// Only what is from after this day counts from then on.
    anew_since: Option<NaiveDate>,
}

impl Validity {
    /// What is asked today for a program.
    pub fn of(context: &Context<'_>, id: &str) -> Self {
        let known = context.catalog.program(id).and_then(|program| {
            let held = holding_on(context, program, context.day)?;
            Some((program, held))
        });
        known
            .and_then(|(program, held)| Self::of_holder(context, program, &held))
            .unwrap_or(Self {
                asks: None,
                changes: None,
                anew_since: None,
            })
    }

    fn of_holder(context: &Context<'_>, program: &Program, held: &Holding) -> Option<Self> {
        let validation = in_force(&program.terms, context.day)?.validation?;
        let kept = |changes, anew_since| Self {
            asks: Some(Recheck::Kept),
            changes,
            anew_since,
        };
        let (Some(until), Some(last)) = (held.until, held.last_day()) else {
            return Some(kept(None, None));
        };
        let over = Some(plus_days(last, 1));
        let every = validation.every.max(1);
        let number = years(
            first_day(&context.evidence.memberships, program, held),
            until,
        );
        if until < validation.from || !number.is_multiple_of(every) {
            return Some(kept(over, None));
        }
        // What the last validating anniversary was given in its window is not new any more.
        let before = until.checked_sub_months(Months::new(12 * every));
        let grace = i32::try_from((last - until).num_days()).unwrap_or(0);
        let since = plus_days(before.unwrap_or(held.since), grace);
        Some(match held.renewal_opens {
            Some(opens) if context.day < opens => kept(Some(opens), Some(since)),
            _ => Self {
                asks: Some(Recheck::Anew { since }),
                changes: None,
                anew_since: Some(since),
            },
        })
    }

    /// Whether it is good without any, since the program is held.
    pub fn is_kept(&self) -> bool {
        self.asks == Some(Recheck::Kept)
    }

    /// Why something of a day is too old, where it is.
    pub fn too_old(&self, on: NaiveDate) -> Option<Reason> {
        match self.asks {
            Some(Recheck::Anew { since }) if on <= since => Some(Reason::TooOld {
                since: plus_days(since, 1),
            }),
            _ => None,
        }
    }

    /// The first day on which it is no longer met. `lasting` has the day and the last day of each
    /// that is there, `needed` says how many it takes.
    pub fn lapses(
        &self,
        lasting: &[(NaiveDate, Option<NaiveDate>)],
        needed: u32,
    ) -> Option<NaiveDate> {
        let new = |on: NaiveDate| self.anew_since.is_none_or(|since| on > since);
        let mut ends: Vec<NaiveDate> = (lasting.iter())
            .filter(|(on, _)| new(*on))
            .map(|(_, last)| last.map_or(NaiveDate::MAX, |last| plus_days(last, 1)))
            .collect();
        crate::order::sort_by_key(&mut ends, |end| std::cmp::Reverse(*end));
        let nth = usize::try_from(needed).ok()?.checked_sub(1)?;
        let own = ends.get(nth).copied();
        let end = match (self.is_kept(), own, self.changes) {
            (true, Some(own), Some(changes)) => Some(own.max(changes)),
            (true, _, changes) => changes,
            (false, own, _) => own,
        };
        end.filter(|end| *end != NaiveDate::MAX)
    }
}

/// The first day of an unbroken row of terms: each begins before the last one's window closed.
fn first_day(memberships: &[Membership], program: &Program, held: &Holding) -> NaiveDate {
    let mut first = held.since;
    loop {
        let before = (memberships.iter())
            .filter(|known| known.program == program.id && known.started_on < first)
            .filter(|known| {
                let terms = in_force(&program.terms, known.started_on);
                let last = Holding::of(known, terms).last_day();
                last.is_none_or(|last| first <= plus_days(last, 1))
            })
            .map(|known| known.started_on)
            .min();
        match before {
            Some(earlier) => first = earlier,
            None => return first,
        }
    }
}

/// Whole years between two days, to the nearest.
fn years(from: NaiveDate, to: NaiveDate) -> u32 {
    let months =
        (to.year() - from.year()) * 12 + to.month0().cast_signed() - from.month0().cast_signed();
    u32::try_from((months + 6).div_euclid(12)).unwrap_or(0)
}

//! What the next anniversary of something held asks of its audit or its references.

use chrono::{Datelike, Days, Months, NaiveDate};

use super::context::Context;
use super::finding::{Reason, Recheck};
use super::holding::Holding;
use super::timeline::Timeline;
use crate::catalog::{Program, Validation, in_force};
use crate::dates::plus_days;
use crate::sort;

/// What audits or references of a program must be, on any day.
pub(crate) struct Validity {
    held: Option<Timeline>,
    validation: Option<Validation>,
    /// The first day of each term, with that of the unbroken row of terms that it is in.
    rows: Vec<(NaiveDate, NaiveDate)>,
}

/// The day of an audit or a reference, and the last day on which it counts by itself.
pub(crate) type Lasting = (NaiveDate, Option<NaiveDate>);

impl Validity {
    pub fn of(context: &Context<'_>, id: &str) -> Self {
        let program = context.catalog.program(id);
        let terms = program.and_then(|program| in_force(&program.terms, context.day));
        let validation = terms.and_then(|terms| terms.validation);
        Self {
            held: program.map(|program| Timeline::of(context, program)),
            validation,
            rows: match (program, validation) {
                (Some(program), Some(_)) => rows(context, program),
                _ => Vec::new(),
            },
        }
    }

    /// What is asked on a day; `None` where the program is not held then.
    pub fn on(&self, day: NaiveDate) -> Option<Recheck> {
        let held = self.held.as_ref()?.on(day)?;
        let validation = self.validation?;
        let (Some(until), Some(last)) = (held.until, held.last_day()) else {
            return Some(Recheck::Kept);
        };
        let every = validation.every.max(1);
        let asks = until >= validation.from
            && years(self.first_day(held), until).is_multiple_of(every)
            && held.renewal_opens.is_none_or(|opens| opens <= day);
        if !asks {
            return Some(Recheck::Kept);
        }
        // What the last validating anniversary was given in its window is not new any more.
        let before = until.checked_sub_months(Months::new(12 * every));
        let grace = i32::try_from((last - until).num_days()).unwrap_or(0);
        let since = plus_days(before.unwrap_or(held.since), grace);
        Some(Recheck::Anew { since })
    }

    /// The first day of the unbroken row of terms that a term is in.
    fn first_day(&self, held: &Holding) -> NaiveDate {
        let at = self.rows.partition_point(|(since, _)| *since < held.since);
        self.rows.get(at).map_or(held.since, |(_, first)| *first)
    }

    /// The first day after `day` on which it is no longer met. `lasting` has all that there are,
    /// `needed` says how many it takes.
    pub fn lapses(
        &self,
        day: NaiveDate,
        mut lasting: Vec<Lasting>,
        needed: u32,
    ) -> Option<NaiveDate> {
        // All last as many months, so that this is the order of their last days, too.
        sort::sort(&mut lasting);
        let needed = usize::try_from(needed).ok()?;
        let met = |day: NaiveDate| {
            let asks = self.on(day);
            let old = lasting.partition_point(|(on, _)| too_old(asks, *on).is_some());
            let over = lasting.partition_point(|(_, last)| last.is_some_and(|last| last < day));
            asks == Some(Recheck::Kept) || lasting.len() - old.max(over) >= needed
        };
        let ends = (lasting.iter())
            .filter_map(|(_, last)| last.and_then(|last| last.checked_add_days(Days::new(1))));
        let held = self.held.iter().flat_map(Timeline::turns);
        let asked = held.flat_map(|(turn, held)| {
            let opens = held.and_then(|held| held.renewal_opens);
            std::iter::once(turn).chain(opens)
        });
        let mut turns: Vec<NaiveDate> = ends.chain(asked).filter(|turn| *turn > day).collect();
        sort::sort(&mut turns);
        turns.into_iter().find(|turn| !met(*turn))
    }
}

/// Why something of a day is too old for what is asked, where it is.
pub(crate) fn too_old(asks: Option<Recheck>, on: NaiveDate) -> Option<Reason> {
    match asks {
        Some(Recheck::Anew { since }) if on <= since => Some(Reason::TooOld {
            since: plus_days(since, 1),
        }),
        _ => None,
    }
}

/// In a row, each term begins before the window of an earlier one closed.
fn rows(context: &Context<'_>, program: &Program) -> Vec<(NaiveDate, NaiveDate)> {
    let mut terms: Vec<(NaiveDate, Option<NaiveDate>)> = (context.evidence.memberships.iter())
        .filter(|known| known.program == program.id)
        .map(|known| {
            let terms = in_force(&program.terms, known.started_on);
            (known.started_on, Holding::of(known, terms).last_day())
        })
        .collect();
    sort::sort(&mut terms);
    let mut rows: Vec<(NaiveDate, NaiveDate)> = Vec::new();
    // The last day that any term so far reaches.
    let mut reach = NaiveDate::MIN;
    for (since, last) in terms {
        let first = match rows.last() {
            Some((_, first)) if since <= plus_days(reach, 1) => *first,
            _ => since,
        };
        rows.push((since, first));
        reach = reach.max(last.unwrap_or(NaiveDate::MAX));
    }
    rows
}

/// Whole years between two days, to the nearest.
fn years(from: NaiveDate, to: NaiveDate) -> u32 {
    let months =
        (to.year() - from.year()) * 12 + to.month0().cast_signed() - from.month0().cast_signed();
    u32::try_from((months + 6).div_euclid(12)).unwrap_or(0)
}

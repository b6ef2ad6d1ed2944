//! Which membership of a program matters on each day, now and later.

use std::collections::BTreeSet;

use chrono::{Days, NaiveDate};

use super::context::Context;
use super::holding::Holding;
use crate::catalog::Program;
use crate::sort;

/// From each of these days on, the membership that matters, or that none does.
///
/// Made in one pass, so that many memberships, each with its own days, do not have to be compared
/// with each other.
pub(crate) struct Timeline(Vec<(NaiveDate, Option<Holding>)>);

impl Timeline {
    pub fn of(context: &Context<'_>, program: &Program) -> Self {
        let holdings = context.evidence.memberships.iter();
        let holdings: Vec<Holding> = holdings
            .filter(|held| held.program == program.id)
            .map(|held| Holding::under(context.day, program, held))
            .collect();
        // What lasts longest matters; its number tells equal ones apart.
        let key = |number: usize, held: &Holding| {
            let until = held.until.unwrap_or(NaiveDate::MAX);
            (until, held.since, number)
        };
        let mut events: Vec<(NaiveDate, bool, (NaiveDate, NaiveDate, usize))> = Vec::new();
        for (number, held) in holdings.iter().enumerate() {
            for (first, last) in held.spans() {
                events.push((first, true, key(number, held)));
                let over = last.and_then(|last| last.checked_add_days(Days::new(1)));
                events.extend(over.map(|over| (over, false, key(number, held))));
            }
        }
        sort::sort(&mut events);
        let mut matter = BTreeSet::new();
        let mut days = Vec::new();
        for of_a_day in events.chunk_by(|(one, ..), (other, ..)| one == other) {
            for (day, begins, key) in of_a_day {
                if *begins {
                    matter.insert(*key);
                } else {
                    matter.remove(key);
                }
                if days.last().is_none_or(|(known, _)| known != day) {
                    days.push((*day, None));
                }
            }
            let last = (matter.last()).and_then(|(.., number)| holdings.get(*number).copied());
            if let Some(day) = days.last_mut() {
                day.1 = last;
            }
        }
        Self(days)
    }

    /// The membership that matters on a day.
    pub fn on(&self, day: NaiveDate) -> Option<&Holding> {
        let begun = self.0.partition_point(|(from, _)| *from <= day);
        self.0.get(begun.checked_sub(1)?)?.1.as_ref()
    }

    /// The days on which another membership begins to matter, or none does any more.
    pub fn turns(&self) -> impl Iterator<Item = (NaiveDate, Option<&Holding>)> {
        self.0.iter().map(|(day, held)| (*day, held.as_ref()))
    }

    /// The days after `day` from which on it is held in a way that counts, or no longer.
    pub fn changes(
        &self,
        day: NaiveDate,
        counts: impl Fn(&Holding) -> bool,
    ) -> impl Iterator<Item = (NaiveDate, bool)> {
        let mut before = self.on(day).is_some_and(&counts);
        let later = self.turns().filter(move |(turn, _)| *turn > day);
        later.filter_map(move |(turn, held)| {
            let now = held.is_some_and(&counts);
            (std::mem::replace(&mut before, now) != now).then_some((turn, now))
        })
    }

    /// The last day up to which it is held in a way that counts, as it is on `day`, through terms
    /// that follow each other; `None` where that has no end.
    pub fn counts_until(
        &self,
        day: NaiveDate,
        counts: impl Fn(&Holding) -> bool,
    ) -> Option<NaiveDate> {
        let (fails, _) = self.changes(day, counts).find(|(_, holds)| !holds)?;
        fails.checked_sub_days(Days::new(1))
    }
}

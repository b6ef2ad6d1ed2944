//! The people of a skilling metric on later days, under each version of its rule.

use chrono::NaiveDate;

use super::index::Index;
use super::people::LastDays;
use crate::catalog::{Metric, MetricRule, Skilling};
use crate::number::Number;
use crate::sort;

/// The versions of a metric's rule that are or will be in force, in their order, each with the
/// day on which the next one begins.
pub(crate) fn versions(
    metric: &Metric,
    day: NaiveDate,
) -> impl Iterator<Item = (&MetricRule, NaiveDate)> {
    let mut rules: Vec<&MetricRule> = metric.rules.iter().collect();
    sort::sort_by_key(&mut rules, |rule| rule.effective_from);
    let begun = rules.partition_point(|rule| rule.effective_from <= day);
    let mut rules = rules
        .split_off(begun.saturating_sub(1))
        .into_iter()
        .peekable();
    std::iter::from_fn(move || {
        let rule = rules.next()?;
        Some((
            rule,
            rules
                .peek()
                .map_or(NaiveDate::MAX, |next| next.effective_from),
        ))
    })
}

/// How many people earn points on later days, if nobody learns anything new.
pub(crate) struct Crew {
    gates: Vec<(usize, LastDays)>,
    counting: LastDays,
    each: Number,
}

impl Crew {
    pub fn of(index: &Index<'_>, people: &Skilling) -> Self {
        Self {
            gates: (people.gates.iter())
                .map(|gate| {
                    (
                        gate.people as usize,
                        LastDays::of(index, &gate.certificates),
                    )
                })
                .collect(),
            counting: LastDays::of(index, &people.certificates),
            each: people.each,
        }
    }

    /// The points on a day, without the cap.
    pub fn points(&self, day: NaiveDate) -> Number {
        if self
            .gates
            .iter()
            .all(|(needed, last_days)| last_days.on(day) >= *needed)
        {
            self.each * Number::from(self.counting.on(day))
        } else {
            Number::ZERO
        }
    }

    /// The days on which there may be fewer points than on the day before.
    pub fn falls(&self) -> impl Iterator<Item = NaiveDate> {
        self.gates
            .iter()
            .flat_map(|(_, days)| days.falls())
            .chain(self.counting.falls())
    }

    /// The first day on which nobody earns points any more.
    pub fn fails_from(&self) -> Option<NaiveDate> {
        let gates = self
            .gates
            .iter()
            .filter_map(|(needed, days)| days.falls_below(*needed));
        gates.chain(self.counting.falls_below(1)).min()
    }
}

//! One rule that looks at rows: a gate, a list of people, a part of a metric, a requirement.

use std::ops::RangeInclusive;

use membership_domain::Shared;
use membership_domain::assess::{Item, Items};
use membership_domain::catalog::{Aggregate, Measure};
use membership_domain::month::Month;
use rustc_hash::FxHashSet;

use super::counting::Verdict;

#[derive(Debug)]
pub(super) struct Rule {
    /// Its area or program, by its place in the trace.
    pub place: usize,
    /// The address of its metric or requirement.
    pub metric: String,
    /// Its own address: the same, or longer by what it is in the metric.
    pub address: String,
    /// Whether it is of the track that counts.
    pub chosen: bool,
    /// Whether a better part of the metric was taken instead.
    pub outdone: bool,
    pub looks: Looks,
    pub counted: Items,
    pub not_counted: Items,
}

#[derive(Debug)]
pub(super) enum Looks {
    /// At people with any of these certificates.
    People(FxHashSet<Shared>),
    /// At usage.
    Usage(Months),
    /// At customers who gave references.
    Customers,
}

/// The months that a measure looks at.
#[derive(Debug)]
pub(super) struct Months {
    /// The measured ones.
    measured: Option<RangeInclusive<Month>>,
    /// Whether they are compared with those of a year before.
    compared: bool,
}

impl Rule {
    /// Whether it is among what is asked for: a metric by its address, or all that earns.
    pub fn is_asked(&self, metric: Option<&str>) -> bool {
        match metric {
            None => self.chosen && !self.outdone,
            Some(asked) => self.address == asked || (self.metric == asked && !self.outdone),
        }
    }

    /// Whether a certificate is one of those that it asks for.
    pub fn takes(&self, certificate: &str) -> bool {
        matches!(&self.looks, Looks::People(certificates) if certificates.contains(certificate))
    }

    /// What it says, first of what counts and then of what does not.
    pub fn item(&self, place: usize) -> Option<&Item> {
        let rest = place.checked_sub(self.counted.len());
        rest.map_or_else(
            || self.counted.get(place),
            |rest| self.not_counted.get(rest),
        )
    }

    /// The months that it measures, where it measures usage and any month was measured yet.
    pub fn measured(&self) -> Option<&RangeInclusive<Month>> {
        match &self.looks {
            Looks::Usage(months) => months.measured.as_ref(),
            _ => None,
        }
    }

    /// What it says of usage in months that it does not measure.
    pub fn other_month(&self, month: Month) -> Option<Verdict<'_>> {
        let Looks::Usage(months) = &self.looks else {
            return None;
        };
        let Some(measured) = &months.measured else {
            return Some(Verdict::NotMeasured);
        };
        if measured.contains(&month) {
            None
        } else if months.compared && measured.contains(&month.plus(12)) {
            Some(Verdict::YearBefore)
        } else {
            Some(Verdict::OtherMonths(*measured.start(), *measured.end()))
        }
    }
}

impl Months {
    /// Those of a measure, up to the last measured one.
    pub fn of(measure: &Measure, last: Option<Month>) -> Self {
        let (months, compared) = match &measure.take {
            Aggregate::Count(count) => (count.months, count.net),
            Aggregate::Growth(growth) => (growth.months, true),
            Aggregate::Total(total) => (total.months, false),
        };
        let before = 1 - i32::try_from(months).unwrap_or(1).max(1);
        Self {
            measured: last.map(|last| last.plus(before)..=last),
            compared,
        }
    }
}

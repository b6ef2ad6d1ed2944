//! Measures: numbers made from customers' usage, with the customers behind them.

use std::collections::{BTreeMap, BTreeSet};

use super::count::count;
use super::finding::{Item, MeasureUnit, Measured};
use super::growth::growth;
use super::index::Index;
use super::reading::Reading;
use super::scope::{Scope, unit_key};
use super::usage::Key;
use crate::catalog::{Aggregate, Measure, Total, Unit};
use crate::number::Number;

/// Measures, and remembers what several scores share.
pub(crate) struct Meter<'a> {
    index: &'a Index<'a>,
    known: Vec<(&'a Measure, Reading)>,
}

impl<'a> Meter<'a> {
    pub fn new(index: &'a Index<'a>) -> Self {
        Self {
            index,
            known: Vec::new(),
        }
    }

    /// Measures.
    ///
    /// A reading depends on the evidence and on the last measured month, and on nothing that a
    /// hypothesis changes: it is kept beside the evidence in its order.
    pub fn read(&self, measure: &Measure) -> Reading {
        let readings = &self.index.caches.readings;
        readings.get_or((measure, self.index.month), || self.read_anew(measure))
    }

    fn read_anew(&self, measure: &Measure) -> Reading {
        let scope = Scope::new(self.index, measure);
        match &measure.take {
            Aggregate::Count(rule) => count(&scope, rule),
            Aggregate::Growth(rule) => growth(&scope, rule),
            Aggregate::Total(rule) => total(&scope, rule),
        }
    }

    /// Measures, or gives what was measured before: the three Azure areas share their measures.
    pub fn read_shared(&mut self, measure: &'a Measure) -> Reading {
        if let Some((_, reading)) = self.known.iter().find(|(known, _)| *known == measure) {
            return reading.clone();
        }
        let reading = self.read(measure);
        self.known.push((measure, reading.clone()));
        reading
    }
}

fn total(scope: &Scope<'_>, total: &Total) -> Reading {
    let unit = MeasureUnit::Amount(total.value);
    let Some(month) = scope.index.month else {
        return Reading::nothing(unit);
    };
    let sums = scope.sums(month, total.months, |line| unit_key(Unit::Tenant, line));
    let known: BTreeSet<Key> = sums.iter().map(|(key, _)| *key).collect();
    let counted: Vec<Item> = (sums.iter())
        .map(|(key, sums)| (key, sums.value(total.value)))
        .filter(|(_, amount)| amount.is_positive())
        .map(|(key, amount)| Item {
            amount: Some(amount),
            ..scope.item(*key, Unit::Tenant)
        })
        .collect();
    let sum: Number = counted.iter().filter_map(|item| item.amount).sum();
    let months = Number::from(total.months.max(1));
    let value = if total.monthly_average {
        sum.over(months).unwrap_or_default()
    } else {
        sum
    };
    Reading {
        value,
        measured: Measured {
            month: Some(month),
            now: value,
            ..Reading::nothing(unit).measured
        },
        counted: counted.into(),
        not_counted: scope
            .not_counted(
                Unit::Tenant,
                (month, total.months),
                BTreeMap::new(),
                &|key| known.contains(key),
            )
            .into(),
    }
}

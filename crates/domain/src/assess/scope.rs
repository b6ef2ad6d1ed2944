//! The usage that one measure looks at, added up and named.

use std::collections::BTreeMap;
use std::ops::RangeInclusive;

use super::finding::{Item, Reason, Subject};
use super::index::Index;
use super::kinds::Kinds;
use super::usage::{Key, Line, Sums};
use crate::catalog::{Measure, Unit};
use crate::evidence::Association;
use crate::month::Month;
use crate::number::Number;
use crate::sort;

/// The usage that one measure looks at.
pub(crate) struct Scope<'a> {
    pub index: &'a Index<'a>,
    /// What is looked at, with the associations that count.
    pub lines: Vec<(&'a Line, Kinds)>,
}

impl<'a> Scope<'a> {
    pub fn new(index: &'a Index<'a>, measure: &Measure) -> Self {
        // By workload number, the associations that count; none where it is not looked at.
        let mut counting = vec![Kinds::default(); index.catalog.workloads.len()];
        for look in measure.looks() {
            let kinds: Kinds = look.associations.iter().copied().collect();
            let groups = look.groups.iter();
            for number in groups.flat_map(|group| index.ordered.group(group)) {
                let workload = index.catalog.workloads.get(*number);
                if workload.is_some_and(|workload| look.keeps(workload))
                    && let Some(known) = counting.get_mut(*number)
                {
                    *known = known.with(kinds);
                }
            }
        }
        let mut lines = Vec::with_capacity(index.ordered.lines.len());
        let known = index.ordered.lines.iter();
        lines.extend(
            known
                .filter_map(|line| Some((line, *counting.get(line.workload)?)))
                .filter(|(_, kinds)| !kinds.is_empty()),
        );
        Self { index, lines }
    }

    /// What counts in the window of `months` that ends with `end`, by `key`, in its order.
    pub fn sums(&self, end: Month, months: u32, key: impl Fn(&Line) -> Key) -> Vec<(Key, Sums)> {
        let months = window(end, months);
        let mut sums: Vec<(Key, Sums)> = Vec::with_capacity(self.lines.len());
        let mut in_order = true;
        for (line, kinds) in &self.lines {
            if line.kinds.meet(*kinds)
                && let Some(more) = line.sums(&months, *kinds)
            {
                in_order &= put(&mut sums, key(line), more);
            }
        }
        if in_order {
            return sums;
        }
        sort::sort_by_key(&mut sums, |(key, _)| *key);
        let mut merged = Vec::with_capacity(sums.len());
        for (key, more) in sums {
            put(&mut merged, key, more);
        }
        merged
    }

    /// The first of the associations through which a line counts.
    pub fn association(&self, line: &Line, kinds: Kinds) -> Option<&'a Association> {
        let named = self.index.catalog.workloads.get(line.workload)?;
        (self.index.associations(line.tenant))
            .filter(|association| kinds.contains(association.kind))
            .filter(|association| {
                association
                    .workload
                    .as_ref()
                    .is_none_or(|id| *id == named.id)
            })
            .min_by_key(|first| (first.since, first.kind, first.active_percent))
    }

    pub fn item(&self, (tenant, workload): Key, unit: Unit) -> Item {
        let with = || self.index.ordered.workloads.get(workload).cloned();
        let (subject, id, name, with) = match unit {
            Unit::Workload => {
                let known = self.index.catalog.workloads.get(workload);
                let name = known.map(|known| known.name.as_str().into());
                (Subject::Workload, with(), name, None)
            }
            Unit::Tenant | Unit::TenantByWorkload | Unit::WorkloadInTenant => {
                let known = self.index.ordered.tenants.get(tenant);
                let with = if unit == Unit::WorkloadInTenant {
                    with()
                } else {
                    None
                };
                let (id, name) = (known.map(|known| &known.id), known.map(|known| &known.name));
                (Subject::Customer, id.cloned(), name.cloned(), with)
            }
        };
        let (id, name) = (
            id.unwrap_or_else(|| "".into()),
            name.unwrap_or_else(|| "".into()),
        );
        Item {
            subject,
            id,
            name,
            with,
            amount: None,
            until: None,
            reason: None,
        }
    }

    /// Everything that does not count, in the order of the keys: what is `left` out, and what is
    /// connected in ways that do not count. What `counts` nevertheless is not among it.
    pub fn not_counted(
        &self,
        unit: Unit,
        (end, months): (Month, u32),
        mut left: BTreeMap<Key, Left>,
        counts: &dyn Fn(&Key) -> bool,
    ) -> Vec<Item> {
        let months = window(end, months);
        let mut others: BTreeMap<Key, Kinds> = BTreeMap::new();
        for (line, kinds) in &self.lines {
            let key = unit_key(unit, line);
            let more = line.kinds.without(*kinds);
            if !more.is_empty() && !counts(&key) && line.is_used(&months) {
                let kinds = others.entry(key).or_default();
                *kinds = kinds.with(more);
            }
        }
        for (key, kinds) in others {
            left.entry(key).or_insert_with(|| {
                (
                    None,
                    Reason::Association {
                        have: kinds.iter().collect(),
                    },
                )
            });
        }
        (left.into_iter())
            .map(|(key, (amount, reason))| Item {
                amount,
                reason: Some(reason),
                ..self.item(key, unit)
            })
            .collect()
    }
}

/// Adds to the sum of a key that was the last one, or else begins a sum. Whether the keys are in
/// order.
fn put(sums: &mut Vec<(Key, Sums)>, key: Key, more: Sums) -> bool {
    match sums.last_mut() {
        Some((known, sum)) if *known == key => {
            *sum = *sum + more;
            true
        }
        last => {
            let in_order = last.is_none_or(|(before, _)| *before < key);
            sums.push((key, more));
            in_order
        }
    }
}

/// Why something does not count, and how much of the value it has where that is told.
pub(crate) type Left = (Option<Number>, Reason);

/// The months of a window that ends with `end`.
pub(crate) fn window(end: Month, months: u32) -> RangeInclusive<Month> {
    end.plus(1 - i32::try_from(months).unwrap_or(1).max(1))..=end
}

/// The key that is counted.
pub(crate) fn unit_key(unit: Unit, line: &Line) -> Key {
    match unit {
        Unit::Tenant | Unit::TenantByWorkload => (line.tenant, 0),
        Unit::WorkloadInTenant => (line.tenant, line.workload),
        Unit::Workload => (0, line.workload),
    }
}

//! Growth: how much more of a value there is than a year before.

use std::collections::{BTreeMap, BTreeSet};

use super::finding::{Item, MeasureUnit, Measured, Reason};
use super::kinds::Kinds;
use super::reading::Reading;
use super::scope::{Scope, window};
use super::usage::{Key, Line, Sums, first_failure, nearer};
use crate::catalog::{Growth, Unit};
use crate::month::Month;
use crate::number::Number;

pub(crate) fn growth(scope: &Scope<'_>, growth: &Growth) -> Reading {
    let unit = if growth.percent {
        MeasureUnit::Percent(growth.value)
    } else {
        MeasureUnit::More(growth.value)
    };
    let Some(month) = scope.index.month else {
        return Reading::nothing(unit);
    };
    let too_small = left_out(scope, growth, month);
    let (mut all_now, mut all_before) = (Sums::default(), Sums::default());
    let mut known: BTreeSet<Key> = BTreeSet::new();
    let mut counted = Vec::new();
    for lines in scope.lines.chunk_by(|(a, _), (b, _)| a.tenant == b.tenant) {
        let Some(((first, _), (now, before))) =
            lines.first().zip(tenant(scope, growth, lines, month))
        else {
            continue;
        };
        known.insert((first.tenant, 0));
        if !too_small.contains_key(&first.tenant) {
            (all_now, all_before) = (all_now + now, all_before + before);
            let change = now.value(growth.value) - before.value(growth.value);
            let item = scope.item((first.tenant, 0), Unit::Tenant);
            counted.push(Item {
                amount: Some(change),
                ..item
            });
        }
    }
    let left = too_small
        .into_iter()
        .map(|(tenant, reason)| ((tenant, 0), (None, reason)));
    let not_counted = scope.not_counted(
        Unit::Tenant,
        (month, growth.months),
        left.collect(),
        &|key| known.contains(key),
    );
    let (all_now, all_before) = (all_now.value(growth.value), all_before.value(growth.value));
    let missed = growth.baseline.filter(|baseline| all_before < *baseline);
    let grown = all_now - all_before;
    let value = match (missed, growth.percent) {
        (Some(_), _) => Number::ZERO,
        (None, true) => (grown * Number::from(100_u32))
            .over(all_before)
            .unwrap_or_default(),
        (None, false) => grown,
    };
    Reading {
        value,
        measured: Measured {
            month: Some(month),
            now: all_now,
            before: Some(all_before),
            baseline_missed: missed,
            ..Reading::nothing(unit).measured
        },
        counted: counted.into(),
        not_counted: not_counted.into(),
    }
}

/// What one tenant uses now and what that is compared with; `None` where it uses nothing.
fn tenant(
    scope: &Scope<'_>,
    growth: &Growth,
    lines: &[(&Line, Kinds)],
    month: Month,
) -> Option<(Sums, Sums)> {
    let mut sums = None;
    for (line, kinds) in lines.iter().filter(|(line, kinds)| line.kinds.meet(*kinds)) {
        let now = line.sums(&window(month, growth.months), *kinds);
        let before = before(scope, growth, line, *kinds, month, now.is_some());
        if now.is_some() || before.is_some() {
            let (all_now, all_before) = sums.unwrap_or_default();
            let (now, before) = (now.unwrap_or_default(), before.unwrap_or_default());
            sums = Some((all_now + now, all_before + before));
        }
    }
    sums
}

/// What a line is compared with: the year before, or the beginning of an association that is
/// younger than that.
fn before(
    scope: &Scope<'_>,
    growth: &Growth,
    line: &Line,
    kinds: Kinds,
    month: Month,
    used_now: bool,
) -> Option<Sums> {
    let a_year_ago = month.plus(-12);
    let young = (growth.from_association && used_now)
        .then(|| scope.association(line, kinds))
        .flatten()
        .filter(|association| association.since > a_year_ago.last_day());
    let end = young.map_or(a_year_ago, |young| Month::of(young.since).min(month));
    line.sums(&window(end, growth.months), kinds)
}

/// The tenants in which no workload passes the conditions, neither in the last measured month nor
/// a year before, each with the reason that is nearest to passing.
fn left_out(scope: &Scope<'_>, growth: &Growth, month: Month) -> BTreeMap<usize, Reason> {
    let (mut passed, mut failed) = (BTreeSet::new(), BTreeMap::<usize, Reason>::new());
    if growth.conditions.is_empty() {
        return failed;
    }
    for (line, kinds) in scope.lines.iter().copied() {
        if !line.kinds.meet(kinds) {
            continue;
        }
        let failure = |end| {
            let sums = line.sums(&window(end, 1), kinds).unwrap_or_default();
            first_failure(&growth.conditions, &sums)
        };
        // A tenant that passed a year before and left is a loss, not left out.
        match failure(month).filter(|_| failure(month.plus(-12)).is_some()) {
            None => drop(passed.insert(line.tenant)),
            Some(reason) => {
                let years = window(month, growth.months.saturating_add(12));
                let used = line.sums(&years, kinds).is_some();
                let told = failed.get(&line.tenant);
                if used && told.is_none_or(|told| nearer(&reason, told)) {
                    failed.insert(line.tenant, reason);
                }
            }
        }
    }
    failed.retain(|tenant, _| !passed.contains(tenant));
    failed
}

//! Counts: how many customers or workloads pass a test, less those of a year before.

use std::collections::BTreeMap;

use super::finding::{Item, MeasureUnit, Measured, Reason};
use super::measure::{Key, Left, Reading, Scope, nothing, unit_key};
use super::usage::{first_failure, nearer};
use crate::catalog::{Count, Over, Unit};
use crate::month::Month;
use crate::number::Number;

pub(crate) fn count(scope: &Scope<'_>, count: &Count) -> Reading {
    let unit = match count.unit {
        Unit::Tenant | Unit::TenantByWorkload => MeasureUnit::Customers,
        Unit::WorkloadInTenant => MeasureUnit::CustomerWorkloads,
        Unit::Workload => MeasureUnit::Workloads,
    };
    let Some(month) = scope.index.month else {
        return nothing(unit);
    };
    let now = passing(scope, count, month, true);
    let before = if count.net {
        passing(scope, count, month.plus(-12), false).passed
    } else {
        BTreeMap::new()
    };
    let mut counted = Vec::new();
    let mut left: BTreeMap<Key, Left> = BTreeMap::new();
    for (key, amount) in &now.passed {
        if before.contains_key(key) {
            left.insert(*key, (Some(*amount), Reason::NotNew));
        } else {
            counted.push(Item {
                amount: Some(*amount),
                ..scope.item(*key, count.unit)
            });
        }
    }
    for key in before.keys() {
        left.entry(*key).or_insert((None, Reason::Lost));
    }
    for (key, reason) in now.failed {
        left.entry(key).or_insert((None, reason));
    }
    let not_counted = scope.not_counted(count.unit, (month, count.months), left, &|key| {
        now.passed.contains_key(key)
    });
    Reading {
        value: Number::from(now.passed.len()) - Number::from(before.len()),
        measured: Measured {
            month: Some(month),
            now: now.passed.len().into(),
            before: count.net.then(|| before.len().into()),
            ..nothing(unit).measured
        },
        counted,
        not_counted,
    }
}

#[derive(Default)]
struct Passing {
    /// What passes, with the value of the first condition.
    passed: BTreeMap<Key, Number>,
    failed: BTreeMap<Key, Reason>,
}

/// What passes every condition in the window that ends with `end`, and what does not.
fn passing(scope: &Scope<'_>, count: &Count, end: Month, today: bool) -> Passing {
    let windows: Vec<(Month, u32)> = match count.over {
        Over::Sum => vec![(end, count.months)],
        Over::AnyMonth => {
            let months = i32::try_from(count.months).unwrap_or(1);
            (0..months).map(|back| (end.plus(-back), 1)).collect()
        }
    };
    // Workloads are tested one by one, also where their tenants are counted.
    let (tested, counted) = match count.unit {
        Unit::TenantByWorkload => (Unit::WorkloadInTenant, true),
        unit => (unit, false),
    };
    let mut passing = Passing::default();
    for (end, months) in windows {
        for (key, sums) in scope.sums(end, months, |line| unit_key(tested, line)) {
            let of = if counted { (key.0, 0) } else { key };
            let failure = first_failure(&count.conditions, &sums)
                .or_else(|| claimed_active(scope, count, key, today));
            let Some(reason) = failure else {
                let amount = count.conditions.first().map(|test| sums.value(test.value));
                passing.failed.remove(&of);
                passing
                    .passed
                    .entry(of)
                    .or_insert(amount.unwrap_or(Number::ONE));
                continue;
            };
            if !passing.passed.contains_key(&of) {
                let told = passing.failed.entry(of).or_insert_with(|| reason.clone());
                if nearer(&reason, told) {
                    *told = reason;
                }
            }
        }
    }
    passing
}

fn claimed_active(scope: &Scope<'_>, count: &Count, key: Key, today: bool) -> Option<Reason> {
    let limit = count.not_above_at_claim.filter(|_| today)?;
    let line = scope
        .lines
        .binary_search_by_key(&key, |(line, _)| (line.tenant, line.workload));
    let (line, kinds) = scope.lines.get(line.ok()?)?;
    let association = scope.association(line, *kinds)?;
    let percent = association.active_percent?;
    let a_year_ago = scope.index.month?.plus(-12).last_day();
    (association.since > a_year_ago && percent > limit)
        .then_some(Reason::ActiveAtClaim { percent, limit })
}

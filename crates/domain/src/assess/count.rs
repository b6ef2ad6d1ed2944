//! Counts: how many customers or workloads pass a test, less those of a year before.

use std::collections::{BTreeMap, BTreeSet};

use super::finding::{Item, MeasureUnit, Measured, Reason};
use super::reading::Reading;
use super::scope::{Left, Scope, unit_key};
use super::usage::{Key, first_failure, nearer};
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
        return Reading::nothing(unit);
    };
    let now = tested(scope, count, month, true);
    let before: BTreeSet<Key> = if count.net {
        let before = tested(scope, count, month.plus(-12), false).into_iter();
        before
            .filter_map(|(key, result)| result.is_ok().then_some(key))
            .collect()
    } else {
        BTreeSet::new()
    };
    let passed = |key: &Key| {
        let place = now.binary_search_by_key(key, |(key, _)| *key);
        place.is_ok_and(|place| matches!(now.get(place), Some((_, Ok(_)))))
    };
    let mut counted = Vec::new();
    let mut left: BTreeMap<Key, Left> = BTreeMap::new();
    for (key, result) in &now {
        match result {
            Ok(amount) if before.contains(key) => {
                left.insert(*key, (Some(*amount), Reason::NotNew));
            }
            Ok(amount) => counted.push(Item {
                amount: Some(*amount),
                ..scope.item(*key, count.unit)
            }),
            Err(_) if before.contains(key) => {}
            Err(reason) => {
                left.insert(*key, (None, reason.clone()));
            }
        }
    }
    for key in &before {
        left.entry(*key).or_insert((None, Reason::Lost));
    }
    let passed_now = now.iter().filter(|(_, result)| result.is_ok()).count();
    let not_counted = scope.not_counted(count.unit, (month, count.months), left, &passed);
    Reading {
        value: Number::from(passed_now) - Number::from(before.len()),
        measured: Measured {
            month: Some(month),
            now: passed_now.into(),
            before: count.net.then(|| before.len().into()),
            ..Reading::nothing(unit).measured
        },
        counted: counted.into(),
        not_counted: not_counted.into(),
    }
}

/// What was tested, in the order of its keys: the value of the first condition where every
/// condition is passed, and else the reason that is nearest to passing.
type Tested = Vec<(Key, Result<Number, Reason>)>;

/// Tests everything that is used in the window that ends with `end`.
fn tested(scope: &Scope<'_>, count: &Count, end: Month, today: bool) -> Tested {
    // Workloads are tested one by one, also where their tenants are counted.
    let (unit, tenants) = match count.unit {
        Unit::TenantByWorkload => (Unit::WorkloadInTenant, true),
        unit => (unit, false),
    };
    let mut tested = Tested::new();
    // Each month is tested alone where any one will do, the last one first.
    let (windows, months) = match count.over {
        Over::Sum => (1, count.months),
        Over::AnyMonth => (count.months, 1),
    };
    for back in 0..i32::try_from(windows).unwrap_or(1) {
        let mut now = Tested::new();
        for (key, sums) in scope.sums(end.plus(-back), months, |line| unit_key(unit, line)) {
            let failure = first_failure(&count.conditions, &sums)
                .or_else(|| claimed_active(scope, count, key, today));
            let result = match failure {
                Some(reason) => Err(reason),
                None => {
                    let first = count.conditions.first();
                    Ok(first.map_or(Number::ONE, |test| sums.value(test.value)))
                }
            };
            let of = if tenants { (key.0, 0) } else { key };
            match now.last_mut() {
                Some((known, told)) if *known == of => better(told, result),
                _ => now.push((of, result)),
            }
        }
        tested = merged(tested, now);
    }
    tested
}

/// Keeps what passed first, and else what is nearest to passing.
fn better(told: &mut Result<Number, Reason>, other: Result<Number, Reason>) {
    let is_better = match (&*told, &other) {
        (Ok(_), _) => false,
        (Err(_), Ok(_)) => true,
        (Err(told), Err(other)) => nearer(other, told),
    };
    if is_better {
        *told = other;
    }
}

/// Two lists in the order of their keys as one; of what is in both, see [`better`].
fn merged(first: Tested, second: Tested) -> Tested {
    if first.is_empty() {
        return second;
    }
    let mut all = Vec::with_capacity(first.len().max(second.len()));
    let mut second = second.into_iter().peekable();
    for (key, mut told) in first {
        while let Some(other) = second.next_if(|(other, _)| *other < key) {
            all.push(other);
        }
        if let Some((_, other)) = second.next_if(|(other, _)| *other == key) {
            better(&mut told, other);
        }
        all.push((key, told));
    }
    all.extend(second);
    all
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

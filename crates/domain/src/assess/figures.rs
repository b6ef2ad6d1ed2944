//! Figures that other systems report: alone, added up, and by location.

use std::collections::BTreeMap;

use super::context::Context;
use super::finding::{Item, Kind, Next, Outcome, Reason, Subject};
use super::found::Found;
use crate::catalog::{Share, Threshold};
use crate::evidence::Figure;
use crate::number::Number;

/// One figure. `unit` is what it counts, and what one of it is called.
pub(crate) fn figure(
    context: &Context<'_>,
    address: &str,
    key: &str,
    at_least: Number,
    (unit, one): (&str, Option<&str>),
) -> Found {
    let latest = latest(context, key);
    let added = context.hypothesis.measures.get(address).copied();
    let value = match (latest, added) {
        (None, None) => None,
        (latest, added) => Some(latest.unwrap_or_default() + added.unwrap_or_default()),
    };
    let outcome = value.map_or(Outcome::Unknown, |value| Outcome::when(value >= at_least));
    let by = (at_least - value.unwrap_or_default()).at_least_zero();
    let kind = Kind::Figure {
        key: key.to_owned(),
        unit: unit.to_owned(),
        one: one.map(str::to_owned),
    };
    Found {
        amount: Some((value.unwrap_or_default(), at_least)),
        ..Found::new(kind, outcome).or_next([Next::Report {
            keys: vec![key.to_owned()],
            by,
            reach: at_least,
            unit: unit.to_owned(),
            one: one.map(str::to_owned),
        }])
    }
}

/// Several figures, each at its own rate and up to its own cap. Unknown until one is reported.
pub(crate) fn sum(
    context: &Context<'_>,
    address: &str,
    of: &[Share],
    at_least: Number,
    (unit, one): (&str, Option<&str>),
) -> Found {
    let (mut counted, mut not_counted) = (Vec::new(), Vec::new());
    let added = context.hypothesis.measures.get(address).copied();
    let mut value = added.unwrap_or_default();
    for share in of {
        let Some(reported) = latest(context, &share.key) else {
            continue;
        };
        let uncapped = reported * share.each;
        let counts = share.most.map_or(uncapped, |most| uncapped.min(most));
        value = value + counts;
        let item = |amount, reason| Item {
            subject: Subject::Figure,
            id: share.key.as_str().into(),
            name: share.name.as_str().into(),
            with: None,
            amount: Some(amount),
            until: None,
            reason,
        };
        counted.push(item(counts, None));
        if counts < uncapped {
            not_counted.push(item(uncapped - counts, Some(Reason::Surplus)));
        }
    }
    let outcome = if counted.is_empty() && added.is_none() {
        Outcome::Unknown
    } else {
        Outcome::when(value >= at_least)
    };
    let next = Next::Report {
        keys: of.iter().map(|share| share.key.clone()).collect(),
        by: (at_least - value).at_least_zero(),
        reach: at_least,
        unit: unit.to_owned(),
        one: one.map(str::to_owned),
    };
    Found {
        amount: Some((value, at_least)),
        counted: counted.into(),
        not_counted: not_counted.into(),
        ..Found::new(
            Kind::Sum {
                unit: unit.to_owned(),
                one: one.map(str::to_owned),
            },
            outcome,
        )
        .or_next([next])
    }
}

/// The locations that reach what their region asks for. Unknown until a figure is reported.
pub(crate) fn regional(
    context: &Context<'_>,
    key: &str,
    at_least: &[Threshold],
    (unit, one): (&str, Option<&str>),
) -> Found {
    let mut locations: BTreeMap<&str, &Figure> = BTreeMap::new();
    let known = context.evidence.figures.iter();
    for figure in known.filter(|known| known.key == key && known.reported_on <= context.day) {
        let Some(location) = &figure.location else {
            continue;
        };
        let last = locations.entry(location).or_insert(figure);
        if (last.reported_on, last.value) < (figure.reported_on, figure.value) {
            *last = figure;
        }
    }
    let (mut counted, mut not_counted) = (Vec::new(), Vec::new());
    for (location, figure) in &locations {
        let need = at_least.iter().find(|threshold| {
            let region = figure.region.as_ref();
            region.is_some_and(|region| threshold.regions.contains(region))
        });
        let reason = match need {
            None => Some(Reason::NoRegion),
            Some(need) if figure.value < need.at_least => Some(Reason::BelowRegion {
                need: need.at_least,
            }),
            Some(_) => None,
        };
        let list = if reason.is_none() {
            &mut counted
        } else {
            &mut not_counted
        };
        list.push(Item {
            subject: Subject::Location,
            id: (*location).into(),
            name: (*location).into(),
            with: None,
            amount: Some(figure.value),
            until: None,
            reason,
        });
    }
    let outcome = if locations.is_empty() {
        Outcome::Unknown
    } else {
        Outcome::when(!counted.is_empty())
    };
    let kind = Kind::Regional {
        key: key.to_owned(),
        unit: unit.to_owned(),
        one: one.map(str::to_owned),
        at_least: at_least.to_vec(),
    };
    Found {
        counted: counted.into(),
        not_counted: not_counted.into(),
        ..Found::new(kind, outcome)
    }
}

/// The company's own figure that was reported last.
fn latest(context: &Context<'_>, key: &str) -> Option<Number> {
    let known = context.evidence.figures.iter();
    known
        .filter(|known| known.key == key && known.location.is_none())
        .filter(|known| known.reported_on <= context.day)
        .max_by_key(|known| (known.reported_on, known.value))
        .map(|known| known.value)
}

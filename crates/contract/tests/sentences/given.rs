//! Variants by their names, so that none is forgotten, and numbers at the edges.

use membership_contract::text::{Plain, Speaker};
use membership_domain::assess::{Finding, Items, Kind, MeasureUnit, Outcome, RuleRef};
use membership_domain::catalog::{Certainty, Value};
use membership_domain::{Catalog, Number};
use serde::Serialize;
use serde::de::DeserializeOwned;

/// Nothing, nearly nothing, parts, one, nearly a round number, and huge.
pub const EDGES: &[&str] = &[
    "0",
    "1/3000000000",
    "0.0004",
    "0.004",
    "0.04",
    "0.5",
    "0.96",
    "1",
    "1.004",
    "1.5",
    "4.25",
    "20/3",
    "69.96",
    "69.9999999999",
    "70",
    "999.2",
    "999.96",
    "1000",
    "17318.7",
    "1000000000000000",
];

pub fn number(text: &str) -> Number {
    text.parse().expect("a number")
}

pub fn edges() -> impl Iterator<Item = Number> + Clone {
    EDGES.iter().map(|text| number(text))
}

/// Counts at the edges.
pub const COUNTS: &[u32] = &[1, 2, 999, 1000, u32::MAX];

/// Says sentences without a catalog: names are ids.
pub fn say<T>(of: impl FnOnce(&Speaker<'_>) -> T) -> T {
    let catalog = Catalog::default();
    of(&Speaker {
        catalog: &catalog,
        words: &Plain,
    })
}

/// The names of all variants of an enum, as it tells them itself when it refuses another.
pub fn variants<T: DeserializeOwned>() -> Vec<String> {
    let refused = serde_json::from_str::<T>("\"?\"")
        .err()
        .expect("no variant is called so");
    let refused = refused.to_string();
    let names: Vec<String> = refused
        .split('`')
        .skip(3)
        .step_by(2)
        .map(str::to_owned)
        .collect();
    assert!(names.len() > 1, "{refused}");
    names
}

/// The variant of a value.
pub fn variant<T: Serialize>(value: &T) -> String {
    match serde_json::to_value(value).expect("JSON") {
        serde_json::Value::String(name) => name,
        serde_json::Value::Object(fields) => fields.keys().next().cloned().unwrap_or_default(),
        other => panic!("{other}"),
    }
}

/// Fails unless every variant is among the samples.
pub fn none_is_forgotten<T: Serialize + DeserializeOwned>(samples: &[T]) {
    let covered: Vec<String> = samples.iter().map(variant).collect();
    for name in variants::<T>() {
        assert!(covered.contains(&name), "no sample of `{name}`");
    }
}

/// Everything that measures are in.
pub fn units() -> Vec<MeasureUnit> {
    let values: Vec<Value> = (variants::<Value>().iter())
        .map(|name| serde_json::from_value(name.as_str().into()).expect("a value"))
        .collect();
    let mut units = Vec::new();
    for name in variants::<MeasureUnit>() {
        match serde_json::from_value(name.as_str().into()) {
            Ok(unit) => units.push(unit),
            Err(_) => units.extend(values.iter().map(|value| {
                serde_json::from_value::<MeasureUnit>(serde_json::json!({ name.as_str(): value }))
                    .expect("a unit of a value")
            })),
        }
    }
    units
}

/// A finding of a kind.
pub fn finding(kind: Kind, have: Number, need: Number) -> Finding {
    Finding {
        id: "one".to_owned(),
        title: None,
        note: None,
        kind,
        outcome: Outcome::when(have >= need),
        assumed: false,
        have: Some(have),
        need: Some(need),
        points: None,
        counted: Items::default(),
        not_counted: Items::default(),
        rule: RuleRef {
            file: "one.toml".into(),
            effective_from: day("2022-10-03"),
            certainty: Certainty::Documented,
            source: "one".into(),
        },
        lapses_on: None,
        next: Vec::new(),
        children: Vec::new(),
    }
}

pub fn day(text: &str) -> chrono::NaiveDate {
    text.parse().expect("a day")
}

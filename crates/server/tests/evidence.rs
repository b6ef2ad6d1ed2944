//! The evidence format: its published schema is the one of the types, and the demo's files keep it.

use std::error::Error;

use membership_domain::Evidence;
use serde_json::{Value, json};
use utoipa::openapi::RefOr;
use utoipa::openapi::schema::Schema;
use utoipa::{PartialSchema, ToSchema};

type Outcome = Result<(), Box<dyn Error>>;

const KEPT: &str = concat!(
    env!("CARGO_MANIFEST_DIR"),
    "/../../docs/evidence.schema.json"
);

const DEMO: [&str; 3] = [
    include_str!("../demo/contoso.json"),
    include_str!("../demo/northwind.json"),
    include_str!("../demo/tailspin.json"),
];

/// JSON Schema 2020-12, in which every part has its place in `$defs`.
fn schema() -> Result<Value, Box<dyn Error>> {
    let mut parts: Vec<(String, RefOr<Schema>)> = Vec::new();
    Evidence::schemas(&mut parts);
    let mut definitions = serde_json::Map::new();
    for (name, part) in parts {
        definitions.insert(name, serde_json::to_value(part)?);
    }
    definitions.sort_keys();
    let mut root = json!({
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": "Evidence about one partner",
    });
    merge(&mut root, serde_json::to_value(Evidence::schema())?);
    merge(&mut root, json!({ "$defs": definitions }));
    local(&mut root);
    Ok(root)
}

fn merge(root: &mut Value, more: Value) {
    if let (Value::Object(root), Value::Object(more)) = (root, more) {
        root.extend(more);
    }
}

/// References point into this document rather than into an API's description.
fn local(value: &mut Value) {
    match value {
        Value::Object(map) => {
            if let Some(Value::String(to)) = map.get_mut("$ref") {
                *to = to.replace("#/components/schemas/", "#/$defs/");
            }
            map.values_mut().for_each(local);
        }
        Value::Array(items) => items.iter_mut().for_each(local),
        _ => {}
    }
}

/// Regenerate it with `WRITE_SCHEMA=1 cargo test -p membership-server --test evidence`.
#[test]
fn the_schema_is_the_one_in_the_docs() -> Outcome {
    let now = serde_json::to_string_pretty(&schema()?)? + "\n";
    if std::env::var_os("WRITE_SCHEMA").is_some() {
        std::fs::write(KEPT, &now)?;
    }
    let kept = std::fs::read_to_string(KEPT)?;
    let line = kept
        .lines()
        .zip(now.lines())
        .position(|(kept, now)| kept != now);
    assert!(
        kept == now,
        "docs/evidence.schema.json differs from line {:?}",
        line.map(|at| at + 1)
    );
    Ok(())
}

#[test]
fn the_demo_keeps_the_schema() -> Outcome {
    let validator = jsonschema::draft202012::new(&schema()?)?;
    for text in DEMO {
        let document: Value = serde_json::from_str(text)?;
        let errors: Vec<String> = (validator.iter_errors(&document))
            .map(|error| format!("{}: {error}", error.instance_path()))
            .collect();
        assert!(
            errors.is_empty(),
            "{}: {errors:?}",
            document["profile"]["name"]
        );
        assert!(text.len() < 300_000);
    }
    Ok(())
}

/// What the schema refuses, the program refuses too, and at least as much.
#[test]
fn schema_and_program_agree() -> Outcome {
    let validator = jsonschema::draft202012::new(&schema()?)?;
    let usage = |more: Value| {
        let mut row = json!({
            "customer": "a", "workload": "storage", "association": "pal", "month": "2023-10",
        });
        merge(&mut row, more);
        json!({ "usage": [row] })
    };
    let broken = [
        json!({ "peoples": [] }),
        json!({ "people": [{ "id": "a" }] }),
        json!({ "profile": { "name": "Contoso", "verification": "certainly" } }),
        usage(json!({ "month": "2023-13" })),
        usage(json!({ "association": "friend" })),
        usage(json!({ "users": -1 })),
        usage(json!({ "seats": 1.5 })),
        json!({ "figures": [{ "key": "a", "value": 4.25, "reported_on": "2023-10-01" }] }),
        json!({ "figures": [{ "key": "a", "value": "1e3", "reported_on": "2023-10-01" }] }),
    ];
    for document in broken {
        assert!(
            !validator.is_valid(&document),
            "the schema lets pass {document}"
        );
        assert!(
            serde_json::from_value::<Evidence>(document.clone()).is_err(),
            "{document}"
        );
    }
    for document in [
        json!({}),
        usage(json!({ "users": 3, "tenant": "b" })),
        json!({ "figures": [{ "key": "a", "value": "17/4", "reported_on": "2023-10-01" }] }),
        json!({ "figures": [{ "key": "a", "value": 4, "reported_on": "2023-10-01" }] }),
    ] {
        assert!(
            validator.is_valid(&document),
            "the schema refuses {document}"
        );
        serde_json::from_value::<Evidence>(document)?;
    }
    Ok(())
}

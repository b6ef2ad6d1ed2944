//! Evidence as JSON, clean or with planted faults, and the same each time.

use membership_domain::Evidence;
use serde_json::{Map, Value, json};

use crate::exports::{EACH, FORMULA, Sample};
use crate::organization::{Size, made};

impl Sample {
    /// The whole organization as a document: its profile, people, customers and usage.
    ///
    /// # Errors
    /// None are known: evidence is always JSON.
    pub fn evidence(&self) -> serde_json::Result<String> {
        let size = Size {
            people: self.people,
            certificates: EACH,
            customers: self.customers,
            months: i32::try_from(self.months).unwrap_or(i32::MAX),
        };
        let mut random = self.random(2);
        let evidence: Evidence = made(size, &mut random);
        let mut document = serde_json::to_value(evidence)?;
        for (part, spoil) in [
            ("people", spoil_person as fn(u64, &mut Row, &Row)),
            ("usage", spoil_usage),
        ] {
            let rows = document.get_mut(part).and_then(Value::as_array_mut);
            let mut before = Row::new();
            for row in rows.into_iter().flatten().filter_map(Value::as_object_mut) {
                let clean = row.clone();
                if let Some(which) = self.fault(&mut random) {
                    spoil(which, row, &before);
                }
                before = clean;
            }
        }
        serde_json::to_string_pretty(&document)
    }
}

type Row = Map<String, Value>;

fn spoil_person(which: u64, person: &mut Row, before: &Row) {
    let first = person
        .get_mut("certificates")
        .and_then(|all| all.get_mut(0));
    match (which, first) {
        (0, Some(certificate)) => certificate["completed_on"] = json!("2023-02-30"),
        (1, Some(certificate)) => certificate["certificate"] = json!("nothing"),
        (2, _) => repeat("email", person, before),
        (3, _) => repeat("id", person, before),
        _ => set("name", person, json!(FORMULA)),
    }
}

fn spoil_usage(which: u64, usage: &mut Row, before: &Row) {
    match which {
        0 => set("month", usage, json!("2023-13")),
        1 => set("seats", usage, json!(-5)),
        2 => set("workload", usage, json!("nothing")),
        3 => set("customer", usage, json!("nobody")),
        _ => before.clone_into(usage),
    }
}

fn set(key: &str, row: &mut Row, value: Value) {
    row.insert(key.to_owned(), value);
}

/// Of the first row there is none before: it stays as it is.
fn repeat(key: &str, row: &mut Row, before: &Row) {
    if let Some(value) = before.get(key) {
        set(key, row, value.clone());
    }
}

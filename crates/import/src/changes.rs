//! What an import changed, row by row, so that it can be undone later: on its own, whatever else
//! was changed since.

use std::collections::BTreeMap;

use membership_domain::Evidence;
use serde::{Deserialize, Serialize};
use serde_json::Value;

use crate::parts::{Row, every_part, places};

/// By part, the rows that differ.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Changes(BTreeMap<String, Vec<Change>>);

/// One row, as evidence has it as JSON.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
struct Change {
    /// Absent where the row is new.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    before: Option<Value>,
    after: Value,
}

impl Changes {
    /// What was added and changed between two states. An import removes nothing.
    #[must_use]
    pub fn between(before: &Evidence, after: &Evidence) -> Self {
        let mut changes = Self::default();
        every_part!(compare(before, after, &mut changes));
        changes
    }

    /// The evidence as it would be without these changes.
    ///
    /// # Errors
    /// The rows that were changed again since, by what they are about: those changes would be lost.
    pub fn undo(&self, evidence: &Evidence) -> Result<Evidence, Vec<String>> {
        let mut undone = evidence.clone();
        let mut changed_since = Vec::new();
        every_part!(restore(self, &mut undone, &mut changed_since));
        if changed_since.is_empty() {
            Ok(undone)
        } else {
            Err(changed_since)
        }
    }
}

fn compare<R: Row>(before: &Evidence, after: &Evidence, changes: &mut Changes) {
    let known = places(R::rows(before));
    let changed = R::rows(after).iter().filter_map(|row| {
        let old = known.get(&row.key()).map(|place| &R::rows(before)[*place]);
        let json = |row: &R| serde_json::to_value(row).ok();
        (old != Some(row)).then(|| {
            json(row).map(|after| Change {
                before: old.and_then(json),
                after,
            })
        })?
    });
    let changed: Vec<Change> = changed.collect();
    if !changed.is_empty() {
        changes.0.insert(R::PART.to_owned(), changed);
    }
}

fn restore<R: Row>(changes: &Changes, evidence: &mut Evidence, changed_since: &mut Vec<String>) {
    let Some(changes) = changes.0.get(R::PART) else {
        return;
    };
    let read = |row: &Value| serde_json::from_value::<R>(row.clone()).ok();
    let rows = R::list(evidence);
    let places = places(rows);
    let mut removed = vec![false; rows.len()];
    for change in changes {
        let Some(after) = read(&change.after) else {
            continue;
        };
        let place = places.get(&after.key()).copied();
        match (place, change.before.as_ref().and_then(read)) {
            // It was removed since: nothing of it is left to take away.
            (None, None) => {}
            (Some(place), before) if rows[place] == after => match before {
                Some(before) => rows[place] = before,
                None => removed[place] = true,
            },
            (_, _) => changed_since.push(after.about()),
        }
    }
    let mut removed = removed.into_iter();
    rows.retain(|_| !removed.next().unwrap_or(false));
}

//! What an import changed, row by row, so that it can be undone later: on its own, whatever else
//! was changed since.

use std::collections::BTreeMap;

use membership_domain::Evidence;
use serde::{Deserialize, Serialize};
use serde_json::Value;

use crate::parts::{Row, every_part, keep, places};

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
    /// Absent where the row was removed.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    after: Option<Value>,
}

impl Changes {
    /// What was added, changed and removed between two states.
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
    let (old, new) = (R::rows(before), R::rows(after));
    let known = places(old);
    let json = |row: &R| serde_json::to_value(row).ok();
    let mut stays = vec![false; old.len()];
    let mut changed = Vec::new();
    for row in new {
        let place = known.get(&row.key()).copied();
        let was = place.and_then(|place| old.get(place));
        if let Some(place) = place {
            stays[place] = true;
        }
        if was != Some(row) {
            changed.push(Change {
                before: was.and_then(json),
                after: json(row),
            });
        }
    }
    let removed = old.iter().zip(stays).filter(|(_, stays)| !stays);
    changed.extend(removed.map(|(row, _)| Change {
        before: json(row),
        after: None,
    }));
    if !changed.is_empty() {
        changes.0.insert(R::PART.to_owned(), changed);
    }
}

fn restore<R: Row>(changes: &Changes, evidence: &mut Evidence, changed_since: &mut Vec<String>) {
    let Some(changes) = changes.0.get(R::PART) else {
        return;
    };
    let read = |row: &Option<Value>| serde_json::from_value::<R>(row.clone()?).ok();
    let rows = R::list(evidence);
    let places = places(rows);
    let mut removed = vec![false; rows.len()];
    let mut back = Vec::new();
    for change in changes {
        let (before, after) = (read(&change.before), read(&change.after));
        let Some(either) = after.as_ref().or(before.as_ref()) else {
            continue;
        };
        let about = either.about();
        let place = places.get(&either.key()).copied();
        match (place, before, after) {
            // It was removed since: nothing of it is left to take away.
            (None, None, Some(_)) => {}
            (None, Some(before), None) => back.push(before),
            (Some(place), before, Some(after)) if rows[place] == after => match before {
                Some(before) => rows[place] = before,
                None => removed[place] = true,
            },
            // It is there again, as it was.
            (Some(place), Some(before), None) if rows[place] == before => {}
            (_, _, _) => changed_since.push(about),
        }
    }
    keep(rows, &|place| !removed.get(place).is_some_and(|gone| *gone));
    rows.extend(back);
}

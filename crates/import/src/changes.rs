//! What an import changed, row by row, so that it can be undone later: on its own, whatever else
//! was changed since.

use std::collections::{BTreeMap, BTreeSet};

use membership_domain::Evidence;
use membership_domain::catalog::AssociationKind;
use membership_domain::evidence::{Association, Customer, Usage};
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

/// Why an import cannot be undone: these rows, by what they are about.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum NotUndone {
    /// They were changed again since: those changes would be lost.
    ChangedSince(Vec<String>),
    /// They are usage that goes through a connection which would be gone.
    Needed(Vec<String>),
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
    /// Rows that stand against it.
    pub fn undo(&self, evidence: &Evidence) -> Result<Evidence, NotUndone> {
        let mut undone = evidence.clone();
        let mut changed_since = Vec::new();
        every_part!(restore(self, &mut undone, &mut changed_since));
        if !changed_since.is_empty() {
            return Err(NotUndone::ChangedSince(changed_since));
        }
        let loose = self.loose(evidence, &undone);
        if !loose.is_empty() {
            return Err(NotUndone::Needed(loose));
        }
        Ok(undone)
    }

    /// The usage that would lose the connection through which it counts, by what it is about. What
    /// is taken back itself goes back to how it was, and needs none.
    fn loose(&self, before: &Evidence, undone: &Evidence) -> Vec<String> {
        let connected = |evidence: &Evidence| -> BTreeSet<Connection> {
            evidence.customers.iter().flat_map(connections).collect()
        };
        let left = connected(undone);
        let gone = &connected(before) - &left;
        if gone.is_empty() {
            return Vec::new();
        }
        let own = self.keys::<Usage>();
        let there: BTreeSet<&str> = (undone.customers.iter())
            .map(|one| one.id.as_str())
            .collect();
        let is_loose = |row: &&Usage| {
            let of = |workload: Option<&String>| -> Connection {
                (row.customer.clone(), row.association, workload.cloned())
            };
            let ways = [of(None), of(Some(&row.workload))];
            // Without its customer it is refused for that.
            there.contains(row.customer.as_str())
                && ways.iter().any(|way| gone.contains(way))
                && !ways.iter().any(|way| left.contains(way))
                && !own.contains(&row.key())
        };
        let loose = undone.usage.iter().filter(is_loose);
        loose.map(Row::about).collect()
    }

    /// The keys of the rows of a part that differ.
    fn keys<R: Row>(&self) -> BTreeSet<R::Key> {
        let changes = self.0.get(R::PART).into_iter().flatten();
        let rows = changes.filter_map(|change| change.after.as_ref().or(change.before.as_ref()));
        rows.filter_map(|row| serde_json::from_value::<R>(row.clone()).ok())
            .map(|row| row.key())
            .collect()
    }
}

/// Customer, kind and workload, where it is for one only.
type Connection = (String, AssociationKind, Option<String>);

fn connections(customer: &Customer) -> impl Iterator<Item = Connection> {
    let of = move |one: &Association| (customer.id.clone(), one.kind, one.workload.clone());
    customer.associations.iter().map(of)
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

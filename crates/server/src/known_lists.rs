//! Evidence as the pages ask for it, kept between requests: reading and assessing it takes longer
//! than a page of a list.

use std::collections::VecDeque;
use std::sync::{Arc, Mutex, OnceLock, PoisonError};

use axum::body::Bytes;
use chrono::NaiveDate;
use membership_contract::customer::CustomerDetail;
use membership_contract::evidence::pack;
use membership_domain::evidence::Person;
use membership_domain::{Basis, Catalog, Evidence, Hypothesis, assess};
use membership_lists::{Lists, Trace};
use uuid::Uuid;

/// What a list depends on: whose evidence, as of which tag, and the day.
pub type Key = (Uuid, String, NaiveDate);

/// So many organizations at a time: one of ten thousand people takes a few dozen megabytes.
const KEPT: usize = 8;

/// One organization's evidence, and where it counts on a day.
#[derive(Debug)]
pub struct Prepared {
    evidence: Evidence,
    trace: Trace,
    day: NaiveDate,
    packed: OnceLock<Result<Bytes, String>>,
}

impl Prepared {
    /// Assesses evidence.
    pub fn new(catalog: &Catalog, evidence: Evidence, day: NaiveDate) -> Self {
        let traced = |basis| {
            let assessment = assess(catalog, &evidence, basis, day, &Hypothesis::default());
            Trace::of(catalog, &assessment)
        };
        let mut trace = traced(Basis::Entered);
        let accepted = catalog.accepted(day);
        if !accepted.takes_all(&evidence) {
            trace = trace.decided_by(accepted, traced(Basis::Decision));
        }
        Self {
            trace,
            evidence,
            day,
            packed: OnceLock::new(),
        }
    }

    /// All of it in little space, made when it is first asked for.
    ///
    /// # Errors
    /// As [`pack`].
    pub fn packed(&self) -> Result<Bytes, String> {
        let made = || pack(&self.evidence).map(Bytes::from);
        self.packed.get_or_init(made).clone()
    }

    /// Somebody, by id.
    pub fn person(&self, id: &str) -> Option<&Person> {
        self.evidence.people.iter().find(|person| person.id == id)
    }

    /// A customer with its usage, by id.
    pub fn customer(&self, id: &str) -> Option<CustomerDetail> {
        CustomerDetail::of(&self.evidence, id)
    }

    /// The lists.
    pub fn lists<'a>(&'a self, catalog: &'a Catalog) -> Lists<'a> {
        Lists::new(catalog, &self.evidence, &self.trace, self.day)
    }
}

/// Those used last.
#[derive(Debug, Default)]
pub struct KnownLists(Mutex<VecDeque<(Key, Arc<Prepared>)>>);

impl KnownLists {
    /// What is kept under a key.
    pub fn get(&self, key: &Key) -> Option<Arc<Prepared>> {
        let mut kept = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let place = kept.iter().position(|(known, _)| known == key)?;
        let found = kept.remove(place)?;
        let prepared = found.1.clone();
        kept.push_front(found);
        Some(prepared)
    }

    /// Keeps it, in place of what the organization had before.
    pub fn put(&self, key: Key, prepared: Arc<Prepared>) {
        let mut kept = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        kept.retain(|((organization, ..), _)| *organization != key.0);
        kept.push_front((key, prepared));
        kept.truncate(KEPT);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_was_used_last_is_kept_and_old_evidence_is_not() {
        let known = KnownLists::default();
        let day = NaiveDate::default();
        let key = |number: u128, tag: &str| (Uuid::from_u128(number), tag.to_owned(), day);
        let catalog = membership_catalog::builtin().expect("the built-in catalog");
        let prepared = Arc::new(Prepared::new(&catalog, Evidence::default(), day));
        for number in 0..KEPT as u128 {
            known.put(key(number, "1"), prepared.clone());
        }
        assert!(known.get(&key(0, "1")).is_some());
        known.put(key(100, "1"), prepared.clone());
        assert!(known.get(&key(0, "1")).is_some(), "used last");
        assert!(known.get(&key(1, "1")).is_none(), "used longest ago");
        known.put(key(0, "2"), prepared);
        assert!(known.get(&key(0, "1")).is_none(), "replaced");
    }
}

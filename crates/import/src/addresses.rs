//! Addresses that rows take from others: each belongs to one person.

use std::collections::{BTreeMap, BTreeSet};

use membership_domain::evidence::{Fault, FaultCode, Person};
use membership_domain::sort;
use membership_domain::text::address_key;

use crate::document::Round;
use crate::parts::Row;

impl Round<'_> {
    /// Refuses the rows that take the address of somebody who keeps it; of several that take a free
    /// one, all but the first. Who is refused keeps the address of before, which another row may
    /// have taken: one leads to the next, and each address is looked at once more only.
    pub(crate) fn keep_addresses(&mut self, known: &[Person]) {
        let before = |place: usize| known.get(place).and_then(address);
        // The addresses that somebody has who had them before.
        let mut kept: BTreeSet<String> = BTreeSet::new();
        // By address, the places of those who take it.
        let mut takers: BTreeMap<String, Vec<usize>> = BTreeMap::new();
        for (place, person) in self.people().iter().enumerate() {
            let Some(email) = address(person) else {
                continue;
            };
            if before(place).as_ref() == Some(&email) {
                kept.insert(email);
            } else {
                takers.entry(email).or_default().push(place);
            }
        }
        for places in takers.values_mut() {
            sort::sort_by_key(places, |place| self.index(*place));
        }
        let mut open: Vec<String> = takers.keys().cloned().collect();
        while let Some(email) = open.pop() {
            let Some(places) = takers.get_mut(&email) else {
                continue;
            };
            let stay = usize::from(!kept.contains(&email));
            for place in places.split_off(places.len().min(stay)) {
                self.refuse_address(place);
                if let Some(email) = before(place)
                    && kept.insert(email.clone())
                {
                    open.push(email);
                }
            }
        }
    }

    fn people(&self) -> &[Person] {
        &self.plan.evidence.people
    }

    /// Where a changed person stands in the file.
    fn index(&self, place: usize) -> Option<usize> {
        let origin = self.origins.get(&(Person::PART, place));
        origin.map(|origin| origin.index)
    }

    fn refuse_address(&mut self, place: usize) {
        let value = self.people().get(place).and_then(|one| one.email.clone());
        let fault = Fault {
            pointer: format!("/{}/{place}/email", Person::PART),
            code: FaultCode::Duplicate,
            value: value.unwrap_or_default(),
        };
        self.refuse_place(&fault);
    }
}

/// Upper and lower case are the same address.
fn address(person: &Person) -> Option<String> {
    person.email.as_deref().map(address_key)
}

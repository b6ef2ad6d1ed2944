//! Since when people are linked, as an export of learning profiles says it: it has nobody else.

use std::collections::BTreeSet;

use chrono::NaiveDate;
use membership_domain::evidence::{Authority, Person, Writer};

use crate::difference::Difference;

/// Those whose link this file says.
#[derive(Default)]
pub(crate) struct Linked(BTreeSet<usize>);

impl Linked {
    /// Takes a line that somebody at `place` completed something on a day, with who says so. Who is
    /// new was linked no later than the first of their certificates. So is somebody whose link was
    /// only claimed, once somebody of more weight shows it: no day of a claim is confirmed in
    /// passing, and a day on which they left stays claimed. What this changes of a known person.
    pub fn take(
        &mut self,
        (place, is_new): (usize, bool),
        person: &mut Person,
        (completed_on, by): (NaiveDate, Authority),
        writer: Writer,
    ) -> Vec<Difference> {
        // To repeat what somebody else said shows no link.
        if !writer.may_write(by) {
            return Vec::new();
        }
        let first = is_new && person.certificates.is_empty();
        if first || by > person.authority {
            self.0.insert(place);
            let before = days(person);
            if !first {
                let claim = person.left_on.take();
                person.claimed_left_on = claim.or(person.claimed_left_on);
            }
            (person.linked_on, person.authority) = (Some(completed_on), by);
            return Difference::between(&before, &days(person));
        }
        if by == person.authority && self.0.contains(&place) {
            person.linked_on = person.linked_on.into_iter().chain([completed_on]).min();
        }
        Vec::new()
    }
}

/// Somebody without certificates.
fn days(person: &Person) -> Person {
    Person {
        id: person.id.clone(),
        name: person.name.clone(),
        email: person.email.clone(),
        certificates: Vec::new(),
        ..*person
    }
}

//! The lists of evidence, and what makes a row of each one row.

use std::collections::BTreeMap;

use chrono::NaiveDate;

use super::authority::{Authority, Writer};
use super::breach::Breach;
use super::row::{Authored, Past, Row};
use super::written;
use super::{
    Audit, Customer, Declaration, Evidence, FaultCode, Figure, Invitation, Membership, Offer,
    PastScore, Person, Reference, Usage,
};
use crate::text::canonical;

/// Implements [`Row`] for what counts by itself; `$past` says what [`Row::past`] does.
macro_rules! row {
    ($row:ty, $part:ident, $past:expr) => {
        impl Row for $row {
            type Key = <Self as Authored>::Key;

            row!(list $part, $past);

            fn key(&self) -> Self::Key {
                Authored::key(self)
            }

            fn about(&self) -> String {
                Authored::about(self)
            }

            fn adopt(&mut self, known: &Self) {
                Authored::adopt(self, known);
            }

            fn kept_from(&self, writer: Writer) -> Option<FaultCode> {
                Authored::kept_from(self, writer)
            }

            fn authorities(&mut self) -> (Option<&mut Authority>, Vec<&mut Authority>) {
                (Some(&mut self.authority), Vec::new())
            }

            fn breaches(
                before: &[Self],
                after: &[Self],
                writer: Writer,
                tell: &mut dyn FnMut(Breach),
            ) {
                written::rows(before, after, writer, "", tell);
            }
        }
    };
    (list $part:ident, $past:expr) => {
        const PART: &'static str = stringify!($part);

        fn past(&self) -> Past {
            let past: fn(&Self) -> Past = $past;
            past(self)
        }

        fn rows(evidence: &Evidence) -> &[Self] {
            &evidence.$part
        }

        fn list(evidence: &mut Evidence) -> &mut Vec<Self> {
            &mut evidence.$part
        }
    };
}

row!(Usage, usage, |one| day("month", one.month.first_day()));
row!(Membership, memberships, |one| day(
    "started_on",
    one.started_on
));
row!(Offer, offers, |one| day("published_on", one.published_on));
row!(Reference, references, |one| {
    let submitted = ("submitted_on".to_owned(), one.submitted_on);
    let approved = one.approved_on.map(|on| ("approved_on".to_owned(), on));
    std::iter::once(submitted).chain(approved).collect()
});
row!(Audit, audits, |one| day("decided_on", one.decided_on));
row!(Invitation, invitations, |one| day(
    "issued_on",
    one.issued_on
));
row!(Declaration, declarations, |one| day(
    "declared_on",
    one.declared_on
));
row!(Figure, figures, |one| day("reported_on", one.reported_on));
row!(PastScore, past_scores, |one| day("day", one.day));

impl Row for Person {
    type Key = String;

    row!(list people, person);

    fn key(&self) -> String {
        canonical(&self.id)
    }

    fn about(&self) -> String {
        self.name.clone()
    }

    fn adopt(&mut self, known: &Self) {
        adopt_each(&mut self.certificates, &known.certificates);
        if (self.linked_on, self.left_on) == (known.linked_on, known.left_on) {
            self.authority = self.authority.max(known.authority);
        }
    }

    fn kept_from(&self, writer: Writer) -> Option<FaultCode> {
        let held = self.certificates.iter().map(|held| held.authority);
        let mut all = std::iter::once(self.authority).chain(held);
        let kept = all.find(|authority| !writer.may_write(*authority));
        kept.map(Authority::kept)
    }

    fn authorities(&mut self) -> (Option<&mut Authority>, Vec<&mut Authority>) {
        let held = self.certificates.iter_mut();
        let held = held.map(|held| &mut held.authority).collect();
        (Some(&mut self.authority), held)
    }

    fn breaches(before: &[Self], after: &[Self], writer: Writer, tell: &mut dyn FnMut(Breach)) {
        written::people(before, after, writer, tell);
    }
}

impl Row for Customer {
    type Key = String;

    row!(list customers, associations);

    fn key(&self) -> String {
        canonical(&self.id)
    }

    fn about(&self) -> String {
        self.name.clone()
    }

    fn adopt(&mut self, known: &Self) {
        adopt_each(&mut self.associations, &known.associations);
    }

    fn kept_from(&self, writer: Writer) -> Option<FaultCode> {
        self.associations
            .iter()
            .find_map(|one| one.kept_from(writer))
    }

    fn authorities(&mut self) -> (Option<&mut Authority>, Vec<&mut Authority>) {
        let known = self.associations.iter_mut();
        (None, known.map(|one| &mut one.authority).collect())
    }

    fn breaches(before: &[Self], after: &[Self], writer: Writer, tell: &mut dyn FnMut(Breach)) {
        written::customers(before, after, writer, tell);
    }
}

/// Takes over each of the rows within a row that is the same as one that is known. Those that are
/// claimed are taken over from nobody.
fn adopt_each<R: Authored>(rows: &mut [R], known: &[R]) {
    let weighty = known.iter().filter(|one| !one.authority().is_claimed());
    let mut known: BTreeMap<R::Key, Vec<&R>> = BTreeMap::new();
    for one in weighty {
        known.entry(one.key()).or_default().push(one);
    }
    if known.is_empty() {
        return;
    }
    for row in rows {
        for known in known.get(&row.key()).into_iter().flatten() {
            row.adopt(known);
        }
    }
}

fn day(field: &str, day: NaiveDate) -> Past {
    vec![(field.to_owned(), day)]
}

/// That somebody leaves can be known before.
fn person(person: &Person) -> Past {
    let linked = person.linked_on.map(|on| ("linked_on".to_owned(), on));
    let held = person
        .certificates
        .iter()
        .enumerate()
        .flat_map(|(index, held)| {
            let at = move |field| format!("certificates/{index}/{field}");
            let known = held.known_on.map(|on| (at("known_on"), on));
            std::iter::once((at("completed_on"), held.completed_on)).chain(known)
        });
    linked.into_iter().chain(held).collect()
}

fn associations(customer: &Customer) -> Past {
    let all = customer.associations.iter().enumerate();
    all.map(|(index, one)| (format!("associations/{index}/since"), one.since))
        .collect()
}

//! The lists of evidence, and what makes a row of each one row.

use std::collections::BTreeMap;

use chrono::NaiveDate;
use serde::Serialize;
use serde::de::DeserializeOwned;

use super::authority::{Authority, Writer};
use super::written::{self, Breach};
use super::{
    Association, Audit, Customer, Declaration, Evidence, FaultCode, Figure, Held, Invitation,
    Membership, Offer, PastScore, Person, Reference, Usage,
};
use crate::catalog::AssociationKind;
use crate::month::Month;
use crate::text::canonical;

/// Fields and their days.
pub type Past = Vec<(String, NaiveDate)>;

/// The smallest row that counts, which has an authority of its own.
pub trait Authored: Clone + PartialEq {
    /// What it is about: another row with the same key says something else of the same thing.
    type Key: Ord;

    /// See [`Self::Key`].
    fn key(&self) -> Self::Key;
    /// Whom or what it is about, for a person.
    fn about(&self) -> String;
    /// Who says it.
    fn authority(&self) -> Authority;
    /// The same row as another says it: with its authority and source.
    fn as_said_by(&self, other: &Self) -> Self;

    /// Takes over the row that is known where that is the same, said by somebody of more weight.
    fn adopt(&mut self, known: &Self) {
        if self.authority() < known.authority() && self.as_said_by(known) == *known {
            self.clone_from(known);
        }
    }

    /// Why a writer may not change or remove it.
    fn kept_from(&self, writer: Writer) -> Option<FaultCode> {
        let authority = self.authority();
        (!writer.may_write(authority)).then(|| authority.kept())
    }
}

/// A row of one of the lists.
pub trait Row: Clone + PartialEq + Serialize + DeserializeOwned {
    /// What no other row of the list has.
    type Key: Ord;
    /// The list's name in evidence as JSON.
    const PART: &'static str;

    /// See [`Self::Key`].
    fn key(&self) -> Self::Key;
    /// Whom or what it is about, for a person.
    fn about(&self) -> String;
    /// The days of what must have happened, by field; of a month its first.
    fn past(&self) -> Past;
    /// The list.
    fn rows(evidence: &Evidence) -> &[Self];
    /// The list, to be changed.
    fn list(evidence: &mut Evidence) -> &mut Vec<Self>;

    /// Takes over what is known, where that is the same, said by somebody of more weight.
    fn adopt(&mut self, known: &Self);
    /// Why a writer may not remove it.
    fn kept_from(&self, writer: Writer) -> Option<FaultCode>;
    /// Who says it, where it counts by itself, and who says each of the rows within it.
    fn authorities(&mut self) -> (Option<&mut Authority>, Vec<&mut Authority>);
    /// Tells of everything between two states of the list that a writer may not do.
    fn breaches(before: &[Self], after: &[Self], writer: Writer, tell: &mut dyn FnMut(Breach));
}

/// Implements [`Authored`]; `source` stands behind rows that have one.
macro_rules! authored {
    ($row:ty, $key:ty, |$it:ident| $of:expr, $about:expr $(, $source:ident)?) => {
        impl Authored for $row {
            type Key = $key;

            fn key(&self) -> Self::Key {
                let $it = self;
                $of
            }

            fn about(&self) -> String {
                let $it = self;
                $about
            }

            fn authority(&self) -> Authority {
                self.authority
            }

            fn as_said_by(&self, other: &Self) -> Self {
                let authority = other.authority;
                Self { authority, $($source: other.$source.clone(),)? ..self.clone() }
            }
        }
    };
}

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

/// Tenant, subscription, workload, connection and month.
type UsageKey = (String, Option<String>, String, AssociationKind, Month);
/// Key, day, location and region.
type FigureKey = (String, NaiveDate, Option<String>, Option<String>);

authored!(
    Held,
    String,
    |one| one.certificate.clone(),
    format!("{}, {}", one.certificate, one.completed_on),
    source
);
authored!(
    Association,
    (AssociationKind, Option<String>),
    |one| (one.kind, one.workload.clone()),
    match &one.workload {
        Some(workload) => format!("{workload}, {}", one.since),
        None => one.since.to_string(),
    },
    source
);
authored!(
    Usage,
    UsageKey,
    |one| (
        one.tenant_id().to_owned(),
        one.subscription.clone(),
        one.workload.clone(),
        one.association,
        one.month,
    ),
    format!("{}, {}, {}", one.customer, one.workload, one.month),
    source
);
authored!(
    Membership,
    (String, NaiveDate),
    |one| (one.program.clone(), one.started_on),
    format!("{}, {}", one.program, one.started_on)
);
authored!(Offer, String, |one| one.name.clone(), one.name.clone());
authored!(
    Reference,
    (String, String, NaiveDate),
    |one| (one.program.clone(), one.customer.clone(), one.submitted_on),
    format!("{}, {}", one.customer, one.program)
);
authored!(
    Audit,
    (String, NaiveDate),
    |one| (one.program.clone(), one.decided_on),
    format!("{}, {}", one.program, one.decided_on)
);
authored!(
    Invitation,
    (String, NaiveDate),
    |one| (one.program.clone(), one.issued_on),
    format!("{}, {}", one.program, one.issued_on)
);
authored!(
    Declaration,
    (String, NaiveDate),
    |one| (one.key.clone(), one.declared_on),
    format!("{}, {}", one.key, one.declared_on)
);
authored!(
    Figure,
    FigureKey,
    |one| (
        one.key.clone(),
        one.reported_on,
        one.location.clone(),
        one.region.clone(),
    ),
    figure(one)
);
authored!(
    PastScore,
    (String, NaiveDate),
    |one| (one.score.clone(), one.day),
    format!("{}, {}", one.score, one.day)
);

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

/// With its value and where it is from: figures of several locations differ in nothing else.
fn figure(one: &Figure) -> String {
    let place = [&one.location, &one.region].into_iter().flatten();
    let said = [one.value.to_string(), one.reported_on.to_string()];
    let parts: Vec<String> = std::iter::once(&one.key)
        .chain(place)
        .chain(&said)
        .cloned()
        .collect();
    parts.join(", ")
}

/// Calls a generic function for the rows of every list, in the order in which rows need each other.
#[macro_export]
macro_rules! every_part {
    ($function:ident($($argument:expr),*)) => {{
        use $crate::evidence as e;
        $function::<e::Person>($($argument),*);
        $function::<e::Customer>($($argument),*);
        $function::<e::Usage>($($argument),*);
        $function::<e::Membership>($($argument),*);
        $function::<e::Offer>($($argument),*);
        $function::<e::Reference>($($argument),*);
        $function::<e::Audit>($($argument),*);
        $function::<e::Invitation>($($argument),*);
        $function::<e::Declaration>($($argument),*);
        $function::<e::Figure>($($argument),*);
        $function::<e::PastScore>($($argument),*);
    }};
}

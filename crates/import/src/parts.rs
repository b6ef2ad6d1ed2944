//! The lists of evidence, and what makes a row of each one row.

use std::collections::BTreeMap;

use chrono::NaiveDate;
use membership_domain::Evidence;
use membership_domain::catalog::AssociationKind;
use membership_domain::evidence::{
    Audit, Customer, Declaration, Figure, Invitation, Membership, Offer, PastScore, Person,
    Reference, Usage,
};
use membership_domain::month::Month;
use membership_domain::text::canonical;
use serde::Serialize;
use serde::de::DeserializeOwned;

/// Fields and their days.
pub(crate) type Past = Vec<(String, NaiveDate)>;

/// A row of one of the lists.
pub(crate) trait Row: Clone + PartialEq + Serialize + DeserializeOwned {
    /// What no other row of the list has.
    type Key: Ord;
    /// The list's name in evidence as JSON.
    const PART: &'static str;

    fn key(&self) -> Self::Key;
    /// Whom or what it is about, for a person.
    fn about(&self) -> String;
    /// The days of what must have happened, by field; of a month its first.
    fn past(&self) -> Past;
    fn rows(evidence: &Evidence) -> &[Self];
    fn list(evidence: &mut Evidence) -> &mut Vec<Self>;
}

/// `$past` says what [`Row::past`] does.
macro_rules! row {
    ($row:ty, $part:ident, $key:ty, |$it:ident| $of:expr, $about:expr, $past:expr) => {
        impl Row for $row {
            type Key = $key;
            const PART: &'static str = stringify!($part);

            fn key(&self) -> Self::Key {
                let $it = self;
                $of
            }

            fn about(&self) -> String {
                let $it = self;
                $about
            }

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
        }
    };
}

/// Tenant, subscription, workload, connection and month.
type UsageKey = (String, Option<String>, String, AssociationKind, Month);
/// Key, day, location and region.
type FigureKey = (String, NaiveDate, Option<String>, Option<String>);

row!(
    Person,
    people,
    String,
    |one| canonical(&one.id),
    one.name.clone(),
    person
);
row!(
    Customer,
    customers,
    String,
    |one| canonical(&one.id),
    one.name.clone(),
    associations
);
row!(
    Usage,
    usage,
    UsageKey,
    |one| (
        one.tenant_id().to_owned(),
        one.subscription.clone(),
        one.workload.clone(),
        one.association,
        one.month,
    ),
    format!("{}, {}, {}", one.customer, one.workload, one.month),
    |one| day("month", one.month.first_day())
);
row!(
    Membership,
    memberships,
    (String, NaiveDate),
    |one| (one.program.clone(), one.started_on),
    format!("{}, {}", one.program, one.started_on),
    |one| day("started_on", one.started_on)
);
row!(
    Offer,
    offers,
    String,
    |one| one.name.clone(),
    one.name.clone(),
    |one| day("published_on", one.published_on)
);
row!(
    Reference,
    references,
    (String, String, NaiveDate),
    |one| (one.program.clone(), one.customer.clone(), one.submitted_on,),
    format!("{}, {}", one.customer, one.program),
    |one| {
        let submitted = ("submitted_on".to_owned(), one.submitted_on);
        let approved = one.approved_on.map(|on| ("approved_on".to_owned(), on));
        std::iter::once(submitted).chain(approved).collect()
    }
);
row!(
    Audit,
    audits,
    (String, NaiveDate),
    |one| (one.program.clone(), one.decided_on),
    format!("{}, {}", one.program, one.decided_on),
    |one| day("decided_on", one.decided_on)
);
row!(
    Invitation,
    invitations,
    (String, NaiveDate),
    |one| (one.program.clone(), one.issued_on),
    format!("{}, {}", one.program, one.issued_on),
    |one| day("issued_on", one.issued_on)
);
row!(
    Declaration,
    declarations,
    (String, NaiveDate),
    |one| (one.key.clone(), one.declared_on),
    format!("{}, {}", one.key, one.declared_on),
    |one| day("declared_on", one.declared_on)
);
row!(
    Figure,
    figures,
    FigureKey,
    |one| (
        one.key.clone(),
        one.reported_on,
        one.location.clone(),
        one.region.clone(),
    ),
    figure(one),
    |one| day("reported_on", one.reported_on)
);
row!(
    PastScore,
    past_scores,
    (String, NaiveDate),
    |one| (one.score.clone(), one.day),
    format!("{}, {}", one.score, one.day),
    |one| day("day", one.day)
);

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

/// Where each row of a list is.
pub(crate) fn places<R: Row>(rows: &[R]) -> BTreeMap<R::Key, usize> {
    rows.iter().map(Row::key).zip(0..).collect()
}

/// Keeps the rows of a list at the places that `stays` says.
pub(crate) fn keep<R>(rows: &mut Vec<R>, stays: &dyn Fn(usize) -> bool) {
    let mut place = 0;
    rows.retain(|_| {
        place += 1;
        stays(place - 1)
    });
}

/// Calls a generic function for the rows of every list, in the order in which rows need each other.
macro_rules! every_part {
    ($function:ident($($argument:expr),*)) => {{
        use membership_domain::evidence as e;
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
pub(crate) use every_part;

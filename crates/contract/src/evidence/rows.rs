//! Rows as they travel. A change here is another form: raise `FORM`.

use chrono::{Duration, NaiveDate};
use membership_domain::catalog::AssociationKind;
use membership_domain::evidence::{Association, Authority, Customer, Held, Person, Usage};
use membership_domain::{Month, Number};
use serde::{Deserialize, Serialize};

use super::texts::{Text, Texts};

/// Days since 1970.
#[derive(Serialize, Deserialize)]
struct Day(i64);

impl Day {
    fn of(day: NaiveDate) -> Self {
        Self((day - NaiveDate::default()).num_days())
    }

    fn day(self) -> Option<NaiveDate> {
        NaiveDate::default().checked_add_signed(Duration::try_days(self.0)?)
    }
}

/// A day that may be absent; whether the one that is there can be.
fn maybe(day: Option<Day>) -> Option<Option<NaiveDate>> {
    day.map_or(Some(None), |day| day.day().map(Some))
}

/// Somebody.
#[derive(Serialize, Deserialize)]
pub(super) struct PersonRow<'a> {
    id: &'a str,
    name: &'a str,
    email: Option<&'a str>,
    linked_on: Option<Day>,
    left_on: Option<Day>,
    authority: Authority,
    claimed_left_on: Option<Day>,
    certificates: Vec<HeldRow>,
}

#[derive(Serialize, Deserialize)]
struct HeldRow {
    certificate: Text,
    completed_on: Day,
    expires_on: Option<Day>,
    known_on: Option<Day>,
    source: Option<Text>,
    authority: Authority,
}

impl<'a> PersonRow<'a> {
    pub fn of(person: &'a Person, texts: &mut Texts<'a>) -> Self {
        let held = |held: &'a Held| HeldRow {
            certificate: texts.place(&held.certificate),
            completed_on: Day::of(held.completed_on),
            expires_on: held.expires_on.map(Day::of),
            known_on: held.known_on.map(Day::of),
            source: texts.maybe(held.source.as_deref()),
            authority: held.authority,
        };
        Self {
            id: &person.id,
            name: &person.name,
            email: person.email.as_deref(),
            linked_on: person.linked_on.map(Day::of),
            left_on: person.left_on.map(Day::of),
            authority: person.authority,
            claimed_left_on: person.claimed_left_on.map(Day::of),
            certificates: person.certificates.iter().map(held).collect(),
        }
    }

    pub fn person(self, texts: &[&str]) -> Option<Person> {
        let held = |held: HeldRow| {
            Some(Held {
                certificate: held.certificate.of(texts)?,
                completed_on: held.completed_on.day()?,
                expires_on: maybe(held.expires_on)?,
                known_on: maybe(held.known_on)?,
                source: Text::maybe(held.source, texts)?,
                authority: held.authority,
            })
        };
        Some(Person {
            id: self.id.to_owned(),
            name: self.name.to_owned(),
            email: self.email.map(str::to_owned),
            linked_on: maybe(self.linked_on)?,
            left_on: maybe(self.left_on)?,
            authority: self.authority,
            claimed_left_on: maybe(self.claimed_left_on)?,
            certificates: self
                .certificates
                .into_iter()
                .map(held)
                .collect::<Option<_>>()?,
        })
    }
}

/// A customer.
#[derive(Serialize, Deserialize)]
pub(super) struct CustomerRow<'a> {
    id: &'a str,
    name: &'a str,
    associations: Vec<AssociationRow>,
}

#[derive(Serialize, Deserialize)]
struct AssociationRow {
    kind: AssociationKind,
    workload: Option<Text>,
    since: Day,
    /// As it is written.
    active_percent: Option<String>,
    source: Option<Text>,
    authority: Authority,
}

impl<'a> CustomerRow<'a> {
    pub fn of(customer: &'a Customer, texts: &mut Texts<'a>) -> Self {
        let association = |known: &'a Association| AssociationRow {
            kind: known.kind,
            workload: texts.maybe(known.workload.as_deref()),
            since: Day::of(known.since),
            active_percent: known.active_percent.map(|percent| percent.to_string()),
            source: texts.maybe(known.source.as_deref()),
            authority: known.authority,
        };
        Self {
            id: &customer.id,
            name: &customer.name,
            associations: customer.associations.iter().map(association).collect(),
        }
    }

    pub fn customer(self, texts: &[&str]) -> Option<Customer> {
        let association = |row: AssociationRow| {
            let percent = row.active_percent.map(|text| text.parse::<Number>());
            Some(Association {
                kind: row.kind,
                workload: Text::maybe(row.workload, texts)?,
                since: row.since.day()?,
                active_percent: percent.transpose().ok()?,
                source: Text::maybe(row.source, texts)?,
                authority: row.authority,
            })
        };
        let rows = self.associations.into_iter();
        Some(Customer {
            id: self.id.to_owned(),
            name: self.name.to_owned(),
            associations: rows.map(association).collect::<Option<_>>()?,
        })
    }
}

/// What a tenant used of a workload in a month.
#[derive(Serialize, Deserialize)]
pub(super) struct UsageRow {
    customer: Text,
    tenant: Option<Text>,
    subscription: Option<Text>,
    workload: Text,
    association: AssociationKind,
    /// Months since January 1970.
    month: i32,
    revenue_cents: i64,
    users: u64,
    seats: u64,
    active: u64,
    source: Option<Text>,
    authority: Authority,
}

impl UsageRow {
    pub fn of<'a>(usage: &'a Usage, texts: &mut Texts<'a>) -> Self {
        Self {
            customer: texts.place(&usage.customer),
            tenant: texts.maybe(usage.tenant.as_deref()),
            subscription: texts.maybe(usage.subscription.as_deref()),
            workload: texts.place(&usage.workload),
            association: usage.association,
            month: usage.month.since(Month::of(NaiveDate::default())),
            revenue_cents: usage.revenue_cents,
            users: usage.users,
            seats: usage.seats,
            active: usage.active,
            source: texts.maybe(usage.source.as_deref()),
            authority: usage.authority,
        }
    }

    pub fn usage(self, texts: &[&str]) -> Option<Usage> {
        Some(Usage {
            customer: self.customer.of(texts)?,
            tenant: Text::maybe(self.tenant, texts)?,
            subscription: Text::maybe(self.subscription, texts)?,
            workload: self.workload.of(texts)?,
            association: self.association,
            month: Month::of(NaiveDate::default()).plus(self.month),
            revenue_cents: self.revenue_cents,
            users: self.users,
            seats: self.seats,
            active: self.active,
            source: Text::maybe(self.source, texts)?,
            authority: self.authority,
        })
    }
}

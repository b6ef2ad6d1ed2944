//! The rows of the four lists.

use std::borrow::Cow;
use std::collections::{BTreeMap, BTreeSet, HashMap};

use chrono::{Days, NaiveDate};
use membership_domain::catalog::AssociationKind;
use membership_domain::evidence::{Customer, Held, Person, Usage};
use membership_domain::month::Month;
use serde::{Deserialize, Serialize};

use crate::Lists;
use crate::page::{Page, page};
use crate::query::{EXPIRING_DAYS, Query, State};
use crate::trace::{Counting, Traced};

/// Somebody.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct PersonRow {
    /// Id.
    pub id: String,
    /// Full name.
    pub name: String,
    /// Work address.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub email: Option<String>,
    /// Since when the learning profile is linked.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub linked_on: Option<NaiveDate>,
    /// When the person left.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub left_on: Option<NaiveDate>,
    /// How many certificates were ever earned.
    pub certificates: u64,
    /// How many of them are valid on the day.
    pub valid: u64,
    /// How the person stands in each area.
    pub areas: Vec<Counting>,
}

/// A certificate in somebody's hands.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct CertificationRow {
    /// Whose, by id.
    pub person: String,
    /// Whose, by name.
    pub name: String,
    /// The certificate's id in the catalog.
    pub certificate: String,
    /// The day it was earned.
    pub completed_on: NaiveDate,
    /// The last day it is valid: as reported, or as the catalog's validity makes it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub expires_on: Option<NaiveDate>,
    /// Where it is known from.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub source: Option<String>,
    /// How it stands in each area.
    pub areas: Vec<Counting>,
}

/// A customer.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct CustomerRow {
    /// Id.
    pub id: String,
    /// The company's name.
    pub name: String,
    /// The connections: those that are known, and those that usage came through.
    pub associations: Vec<AssociationKind>,
    /// The first month with usage.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub first: Option<Month>,
    /// The last month with usage.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub last: Option<Month>,
    /// How many rows of usage there are.
    pub rows: u64,
    /// How it stands in each area.
    pub areas: Vec<Counting>,
}

/// What a tenant used of one workload in one month.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct UsageRow {
    /// The customer's name.
    pub name: String,
    /// As evidence has it.
    pub usage: Usage,
    /// How it stands in each area.
    pub areas: Vec<Counting>,
}

impl Lists<'_> {
    /// People.
    #[must_use]
    pub fn people(&self, query: &Query) -> Page<PersonRow> {
        let words = words(query);
        let rows = self.evidence.people.iter().filter(|person| {
            let email = || person.email.as_deref().unwrap_or_default();
            has(&words, || [&person.name, email(), &person.id])
                && self.person_is(person, query.state)
                && self.counts(query, &Traced::Person(&person.id))
        });
        let leading = |person: &&Person| {
            let text = match query.sort.as_str() {
                "email" => person.email.clone().unwrap_or_default().to_lowercase(),
                "linked_on" => day(person.linked_on),
                "certificates" => number(person.certificates.len() as u64),
                "valid" => number(self.valid(person)),
                _ => person.name.to_lowercase(),
            };
            Cow::Owned(text)
        };
        let own = |person: &&Person| person.id.clone();
        page(rows, query, leading, own, |person| PersonRow {
            id: person.id.clone(),
            name: person.name.clone(),
            email: person.email.clone(),
            linked_on: person.linked_on,
            left_on: person.left_on,
            certificates: person.certificates.len() as u64,
            valid: self.valid(person),
            areas: self.trace.areas(&Traced::Person(&person.id)),
        })
    }

    /// Certificates in people's hands.
    #[must_use]
    pub fn certifications(&self, query: &Query) -> Page<CertificationRow> {
        let words = words(query);
        let all = self.evidence.people.iter().flat_map(|person| {
            let held = person.certificates.iter();
            held.map(move |held| (person, held))
        });
        let rows = all.filter(|(person, held)| {
            let email = || person.email.as_deref().unwrap_or_default();
            let known = || self.catalog.certificate(&held.certificate);
            let title = || known().map_or("", |known| known.name.as_str());
            has(&words, || {
                [&person.name, email(), &held.certificate, title()]
            }) && self.certification_is(person, held, query.state)
                && self.counts(query, &Traced::Certification(&person.id, &held.certificate))
        });
        let leading = |(person, held): &(&Person, &Held)| {
            let text = match query.sort.as_str() {
                "certificate" => held.certificate.clone(),
                "completed_on" => day(Some(held.completed_on)),
                // What never ends comes last.
                "expires_on" => self
                    .last_day(held)
                    .map_or_else(|| "9".to_owned(), |last| day(Some(last))),
                "source" => held.source.clone().unwrap_or_default(),
                _ => person.name.to_lowercase(),
            };
            Cow::Owned(text)
        };
        let own = |(person, held): &(&Person, &Held)| {
            format!("{} {} {}", person.id, held.certificate, held.completed_on)
        };
        page(rows, query, leading, own, |(person, held)| {
            CertificationRow {
                person: person.id.clone(),
                name: person.name.clone(),
                certificate: held.certificate.clone(),
                completed_on: held.completed_on,
                expires_on: self.last_day(held),
                source: held.source.clone(),
                areas: (self.trace).areas(&Traced::Certification(&person.id, &held.certificate)),
            }
        })
    }

    /// Customers.
    #[must_use]
    pub fn customers(&self, query: &Query) -> Page<CustomerRow> {
        let words = words(query);
        let used = self.used();
        let none = Used::default();
        let used = |customer: &Customer| used.get(customer.id.as_str()).unwrap_or(&none);
        let rows = self.evidence.customers.iter().filter(|customer| {
            has(&words, || [&customer.name, &customer.id])
                && self.counts(query, &Traced::Customer(&used(customer).tenants))
        });
        let leading = |customer: &&Customer| {
            let text = match query.sort.as_str() {
                "first" => used(customer)
                    .first
                    .map_or_else(String::new, |month| month.to_string()),
                "last" => used(customer)
                    .last
                    .map_or_else(String::new, |month| month.to_string()),
                "rows" => number(used(customer).rows),
                _ => customer.name.to_lowercase(),
            };
            Cow::Owned(text)
        };
        let own = |customer: &&Customer| customer.id.clone();
        page(rows, query, leading, own, |customer| {
            let used = used(customer);
            let known = customer.associations.iter().map(|one| one.kind);
            let associations: BTreeSet<AssociationKind> =
                known.chain(used.kinds.iter().copied()).collect();
            CustomerRow {
                id: customer.id.clone(),
                name: customer.name.clone(),
                associations: associations.into_iter().collect(),
                first: used.first,
                last: used.last,
                rows: used.rows,
                areas: self.trace.areas(&Traced::Customer(&used.tenants)),
            }
        })
    }

    /// What customers used, by month.
    #[must_use]
    pub fn usage(&self, query: &Query) -> Page<UsageRow> {
        let words = words(query);
        // By id: the name as it is, and as it sorts.
        let names: HashMap<&str, (&str, String)> = (self.evidence.customers.iter())
            .map(|customer| {
                let name = customer.name.as_str();
                (customer.id.as_str(), (name, name.to_lowercase()))
            })
            .collect();
        let nobody = ("", String::new());
        let named = |usage: &Usage| names.get(usage.customer.as_str()).unwrap_or(&nobody);
        let titles: HashMap<&str, &str> = (self.catalog.workloads.iter())
            .map(|known| (known.id.as_str(), known.name.as_str()))
            .collect();
        let rows = self.evidence.usage.iter().filter(|usage| {
            let workload = usage.workload.as_str();
            let title = || titles.get(workload).copied().unwrap_or_default();
            let month = if words.is_empty() {
                String::new()
            } else {
                usage.month.to_string()
            };
            let texts = || [named(usage).0, usage.tenant_id(), workload, title(), &month];
            has(&words, texts) && self.counts(query, &Traced::Usage(usage))
        });
        let leading = |usage: &&Usage| {
            let text = match query.sort.as_str() {
                "workload" => usage.workload.clone(),
                "month" => usage.month.to_string(),
                "revenue_cents" => number(usage.revenue_cents.unsigned_abs()),
                "users" => number(usage.users),
                "seats" => number(usage.seats),
                "active" => number(usage.active),
                _ => return Cow::Borrowed(named(usage).1.as_str()),
            };
            Cow::Owned(text)
        };
        let own = |usage: &&Usage| {
            let subscription = usage.subscription.as_deref().unwrap_or_default();
            format!(
                "{} {} {} {} {:?}",
                usage.tenant_id(),
                usage.workload,
                usage.month,
                subscription,
                usage.association
            )
        };
        page(rows, query, leading, own, |usage| UsageRow {
            name: named(usage).0.to_owned(),
            usage: (*usage).clone(),
            areas: self.trace.areas(&Traced::Usage(usage)),
        })
    }

    fn counts(&self, query: &Query, row: &Traced<'_>) -> bool {
        let counts = || self.trace.counts(row, query.area.as_deref());
        query.counts.is_none_or(|wanted| counts() == wanted)
    }

    fn last_day(&self, held: &Held) -> Option<NaiveDate> {
        let known = self.catalog.certificate(&held.certificate);
        known.map_or(held.expires_on, |known| held.last_day(known))
    }

    fn is_valid(&self, held: &Held) -> bool {
        held.completed_on <= self.day && self.last_day(held).is_none_or(|last| self.day <= last)
    }

    fn valid(&self, person: &Person) -> u64 {
        let valid = person
            .certificates
            .iter()
            .filter(|held| self.is_valid(held));
        valid.count() as u64
    }

    fn has_left(&self, person: &Person) -> bool {
        person.left_on.is_some_and(|left| left <= self.day)
    }

    fn person_is(&self, person: &Person, state: Option<State>) -> bool {
        let linked = person.linked_on.is_some_and(|since| since <= self.day);
        match state {
            None => true,
            Some(State::Left) => self.has_left(person),
            Some(State::Linked) => linked && !self.has_left(person),
            Some(State::NotLinked) => !linked && !self.has_left(person),
            Some(state) => {
                let mut held = person.certificates.iter();
                held.any(|held| self.certification_is(person, held, Some(state)))
            }
        }
    }

    fn certification_is(&self, person: &Person, held: &Held, state: Option<State>) -> bool {
        let ends_by = |day: NaiveDate| self.last_day(held).is_some_and(|last| last < day);
        let soon = self.day.checked_add_days(Days::new(EXPIRING_DAYS));
        match state {
            None => true,
            Some(State::Valid) => self.is_valid(held),
            Some(State::Expiring) => self.is_valid(held) && soon.is_some_and(ends_by),
            Some(State::Expired) => ends_by(self.day),
            Some(state) => self.person_is(person, Some(state)),
        }
    }

    fn used(&self) -> BTreeMap<&str, Used<'_>> {
        let mut all: BTreeMap<&str, Used<'_>> = BTreeMap::new();
        for usage in &self.evidence.usage {
            let used = all.entry(usage.customer.as_str()).or_default();
            used.tenants.insert(usage.tenant_id());
            used.kinds.insert(usage.association);
            used.first = Some(
                used.first
                    .map_or(usage.month, |first| first.min(usage.month)),
            );
            used.last = used.last.max(Some(usage.month));
            used.rows += 1;
        }
        all
    }
}

/// What a customer used, in short.
#[derive(Default)]
struct Used<'e> {
    tenants: BTreeSet<&'e str>,
    kinds: BTreeSet<AssociationKind>,
    first: Option<Month>,
    last: Option<Month>,
    rows: u64,
}

fn words(query: &Query) -> Vec<String> {
    let words = query.search.split_whitespace();
    words.map(str::to_lowercase).collect()
}

fn has<'t, const N: usize>(words: &[String], texts: impl FnOnce() -> [&'t str; N]) -> bool {
    if words.is_empty() {
        return true;
    }
    let texts = texts().map(str::to_lowercase);
    let is_in = |word: &String| texts.iter().any(|text| text.contains(word));
    words.iter().all(is_in)
}

/// A number as text that sorts like it.
fn number(number: u64) -> String {
    format!("{number:020}")
}

fn day(day: Option<NaiveDate>) -> String {
    day.map_or_else(String::new, |day| day.to_string())
}

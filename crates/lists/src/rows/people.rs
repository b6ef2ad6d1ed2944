//! The rows of people.

use std::borrow::Cow;
use std::collections::BTreeSet;

use chrono::NaiveDate;
use membership_domain::evidence::{Accepted, Authority, Person};
use serde::{Deserialize, Serialize};

use super::{day, number, said};
use crate::Lists;
use crate::columns::{Columns, More};
use crate::filter::Filter;
use crate::order::{by_number, ranks};
use crate::page::{Page, pick};
use crate::query::{List, Query, State};
use crate::row::{Key, Rows};
use crate::texts::Column;
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
    /// When the person left as the partner says it, beside days that are not the partner's.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub claimed_left_on: Option<NaiveDate>,
    /// Who says these days.
    pub authority: Authority,
    /// How many certificates were ever earned.
    pub certificates: u64,
    /// How many of them are valid on the day.
    pub valid: u64,
    /// Who says what is known of them, the days and the certificates, each once.
    pub authorities: Vec<Authority>,
    /// How the person stands in each area and program that has a rule about the person.
    pub areas: Vec<Counting>,
}

/// People as rows.
struct People<'l>(&'l Lists<'l>);

/// Who says what is known of somebody.
fn authorities(person: &Person) -> impl Iterator<Item = Authority> {
    let claims = person.claimed_left_on.map(|_| Authority::Claimed);
    let held = person.certificates.iter().map(|held| held.authority);
    held.chain(claims).chain([person.authority])
}

impl Lists<'_> {
    /// People.
    #[must_use]
    pub fn people(&self, query: &Query) -> Page<PersonRow> {
        let view = self.view(query);
        pick(&People(self), self.kept, query).shown(|row| {
            let person = &self.evidence.people[row];
            PersonRow {
                id: person.id.clone(),
                name: person.name.clone(),
                email: person.email.clone(),
                linked_on: person.linked_on,
                left_on: person.left_on,
                claimed_left_on: person.claimed_left_on,
                authority: person.authority,
                certificates: person.certificates.len() as u64,
                valid: self.valid(person),
                authorities: authorities(person)
                    .collect::<BTreeSet<_>>()
                    .into_iter()
                    .collect(),
                areas: self.trace.areas(&Traced::Person(&person.id), &view),
            }
        })
    }

    fn valid(&self, person: &Person) -> u64 {
        let held = person.certificates.iter();
        held.filter(|held| self.is_valid(held)).count() as u64
    }

    fn has_left(&self, person: &Person) -> bool {
        let left = person.left(&Accepted::EVERYTHING);
        left.is_some_and(|left| left <= self.day)
    }

    /// Whether a person stands so, by themselves or with a certificate.
    pub(super) fn person_is(&self, person: &Person, state: State) -> bool {
        let linked = person.linked_on.is_some_and(|since| since <= self.day);
        match state {
            State::Left => self.has_left(person),
            State::Linked => linked && !self.has_left(person),
            State::NotLinked => !linked && !self.has_left(person),
            State::Valid | State::Expiring | State::Expired => {
                let mut held = person.certificates.iter();
                held.any(|held| self.certification_is(person, held, state))
            }
        }
    }
}

impl Rows for People<'_> {
    fn list(&self) -> List {
        List::People
    }

    fn count(&self) -> usize {
        self.0.evidence.people.len()
    }

    fn columns(&self) -> &Columns {
        let people = &self.0.evidence.people;
        self.0.columns(List::People, || {
            let ids: Vec<String> = people.iter().map(|person| person.id.clone()).collect();
            let texts = people.iter().map(|person| {
                let email = person.email.as_deref().unwrap_or_default();
                [person.name.as_str(), email, &person.id]
            });
            Columns {
                base: by_number((0..people.len() as u32).collect(), &ranks(&ids)),
                texts: vec![Column::each(texts)],
                more: More::Nothing,
            }
        })
    }

    fn key(&self, row: usize, sort: &str) -> Key<'_> {
        let person = &self.0.evidence.people[row];
        let text = match sort {
            "email" => person.email.as_deref().unwrap_or_default().to_lowercase(),
            "linked_on" => day(person.linked_on),
            "certificates" => return Key::Number(person.certificates.len() as u64),
            "valid" => return Key::Number(self.0.valid(person)),
            _ => person.name.to_lowercase(),
        };
        Key::Text(text.into())
    }

    fn numbers(&self, sort: &str) -> Vec<u64> {
        let people = self.0.evidence.people.iter();
        let lower = |text: Option<&str>| text.unwrap_or_default().to_lowercase();
        match sort {
            "email" => {
                let emails = people.map(|person| lower(person.email.as_deref()));
                ranks(&emails.collect::<Vec<_>>())
            }
            "linked_on" => people.map(|person| number(person.linked_on)).collect(),
            "certificates" => people
                .map(|person| person.certificates.len() as u64)
                .collect(),
            "valid" => people.map(|person| self.0.valid(person)).collect(),
            _ => ranks(
                &people
                    .map(|person| lower(Some(&person.name)))
                    .collect::<Vec<_>>(),
            ),
        }
    }

    fn own(&self, row: usize) -> Vec<Cow<'_, str>> {
        vec![self.0.evidence.people[row].id.as_str().into()]
    }

    fn test<'s>(&'s self, filter: &'s Filter) -> Box<dyn FnMut(usize) -> bool + 's> {
        let (lists, people) = (self.0, &self.0.evidence.people);
        match filter {
            Filter::State(state) => Box::new(|row| lists.person_is(&people[row], *state)),
            Filter::Said(by) => Box::new(|row| said(*by, authorities(&people[row]))),
            Filter::Counts(asked) => {
                let view = lists
                    .trace
                    .view(asked.area.as_deref(), asked.metric.as_deref());
                Box::new(move |row| {
                    let row = Traced::Person(&people[row].id);
                    asked.takes(lists.trace.counts_on(asked.decision, &row, &view))
                })
            }
            Filter::Word(_) => Box::new(|_| true),
        }
    }
}

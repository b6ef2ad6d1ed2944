//! The rows of people and of their certificates.

use std::collections::BTreeSet;

use chrono::{Days, NaiveDate};
use membership_domain::catalog::Level;
use membership_domain::evidence::{Accepted, Authority, Held, Person};
use serde::{Deserialize, Serialize};

use super::search::Search;
use super::{day, said};
use crate::Lists;
use crate::page::{Key, Page, page};
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
    /// How deep the certificate goes, where the catalog knows it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub level: Option<Level>,
    /// The day it was earned.
    pub completed_on: NaiveDate,
    /// The last day it is valid: as reported, or as the catalog's validity makes it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub expires_on: Option<NaiveDate>,
    /// Where it is known from.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub source: Option<String>,
    /// Who says so.
    pub authority: Authority,
    /// How it stands in each area and program that has a rule about it.
    pub areas: Vec<Counting>,
}

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
        let (search, view) = (Search::of(&query.search), self.view(query));
        let rows = self.evidence.people.iter().filter(|person| {
            let email = || person.email.as_deref().unwrap_or_default();
            search.finds(|| [&person.name, email(), &person.id])
                && self.person_is(person, query.state)
                && said(query, authorities(person))
                && self.counts(query, &view, &Traced::Person(&person.id))
        });
        let leading = |person: &&Person| {
            let text = match query.sort.as_str() {
                "email" => person.email.clone().unwrap_or_default().to_lowercase(),
                "linked_on" => day(person.linked_on),
                "certificates" => return Key::Number(person.certificates.len() as u64),
                "valid" => return Key::Number(self.valid(person)),
                _ => person.name.to_lowercase(),
            };
            Key::Text(text.into())
        };
        let own = |person: &&Person| person.id.clone();
        page(rows, query, leading, own, |person| PersonRow {
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
        })
    }

    /// Certificates in people's hands.
    #[must_use]
    pub fn certifications(&self, query: &Query) -> Page<CertificationRow> {
        let (search, view) = (Search::of(&query.search), self.view(query));
        let all = self.evidence.people.iter().flat_map(|person| {
            let held = person.certificates.iter();
            held.map(move |held| (person, held))
        });
        let rows = all.filter(|(person, held)| {
            let email = || person.email.as_deref().unwrap_or_default();
            let known = || self.catalog.certificate(&held.certificate);
            let title = || known().map_or("", |known| known.name.as_str());
            search.finds(|| [&person.name, email(), &held.certificate, title()])
                && self.certification_is(person, held, query.state)
                && said(query, [held.authority].into_iter())
                && self.counts(
                    query,
                    &view,
                    &Traced::Certification(&person.id, &held.certificate, held.authority),
                )
        });
        let leading = |(person, held): &(&Person, &Held)| {
            let text = match query.sort.as_str() {
                "certificate" => held.certificate.clone(),
                // Levels stand as the catalog has them, from fundamentals on.
                "level" => {
                    return Key::Number(self.level(held).map_or(u64::MAX, |level| level as u64));
                }
                "completed_on" => day(Some(held.completed_on)),
                // What never ends comes last.
                "expires_on" => self
                    .last_day(held)
                    .map_or_else(|| "9".to_owned(), |last| day(Some(last))),
                "source" => held.source.clone().unwrap_or_default(),
                _ => person.name.to_lowercase(),
            };
            Key::Text(text.into())
        };
        let own = |(person, held): &(&Person, &Held)| {
            format!("{} {} {}", person.id, held.certificate, held.completed_on)
        };
        page(rows, query, leading, own, |(person, held)| {
            CertificationRow {
                person: person.id.clone(),
                name: person.name.clone(),
                certificate: held.certificate.clone(),
                level: self.level(held),
                completed_on: held.completed_on,
                expires_on: self.last_day(held),
                source: held.source.clone(),
                authority: held.authority,
                areas: self.trace.areas(
                    &Traced::Certification(&person.id, &held.certificate, held.authority),
                    &view,
                ),
            }
        })
    }

    fn level(&self, held: &Held) -> Option<Level> {
        let known = self.catalog.certificate(&held.certificate);
        known.map(|known| known.level)
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
        let left = person.left(&Accepted::EVERYTHING);
        left.is_some_and(|left| left <= self.day)
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
}

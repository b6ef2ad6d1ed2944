//! The rows of certificates in people's hands.

use std::borrow::Cow;

use chrono::{Days, NaiveDate};
use membership_domain::catalog::Level;
use membership_domain::evidence::{Authority, Held, Person};
use serde::{Deserialize, Serialize};

use super::{day, number, said};
use crate::Lists;
use crate::columns::{Columns, More};
use crate::filter::Filter;
use crate::order::{by_number, ranked, ranks, wide};
use crate::page::{Page, pick};
use crate::query::{EXPIRING_DAYS, List, Query, State};
use crate::row::{Key, Rows};
use crate::texts::Column;
use crate::trace::{Counting, Traced};

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

/// Certificates as rows.
struct Certifications<'l>(&'l Lists<'l>);

impl Lists<'_> {
    /// Certificates in people's hands.
    #[must_use]
    pub fn certifications(&self, query: &Query) -> Page<CertificationRow> {
        let (view, rows) = (self.view(query), Certifications(self));
        pick(&rows, self.kept, query).shown(|row| {
            let (person, held) = rows.at(row);
            CertificationRow {
                person: person.id.clone(),
                name: person.name.clone(),
                certificate: held.certificate.clone(),
                level: self.level(held),
                completed_on: held.completed_on,
                expires_on: self.last_day(held),
                source: held.source.clone(),
                authority: held.authority,
                areas: self.trace.areas(&traced(person, held), &view),
            }
        })
    }

    fn level(&self, held: &Held) -> Option<Level> {
        let known = self.certificates.get(held.certificate.as_str());
        known.map(|known| known.level)
    }

    fn last_day(&self, held: &Held) -> Option<NaiveDate> {
        let known = self.certificates.get(held.certificate.as_str());
        known.map_or(held.expires_on, |known| held.last_day(known))
    }

    /// Whether it is valid on the day.
    pub(super) fn is_valid(&self, held: &Held) -> bool {
        held.completed_on <= self.day && self.last_day(held).is_none_or(|last| self.day <= last)
    }

    /// Whether a certificate stands so, or its person.
    pub(super) fn certification_is(&self, person: &Person, held: &Held, state: State) -> bool {
        let ends_by = |day: NaiveDate| self.last_day(held).is_some_and(|last| last < day);
        let soon = self.day.checked_add_days(Days::new(EXPIRING_DAYS));
        match state {
            State::Valid => self.is_valid(held),
            State::Expiring => self.is_valid(held) && soon.is_some_and(ends_by),
            State::Expired => ends_by(self.day),
            State::Linked | State::NotLinked | State::Left => self.person_is(person, state),
        }
    }
}

fn traced<'a>(person: &'a Person, held: &'a Held) -> Traced<'a> {
    Traced::Certification(&person.id, &held.certificate, held.authority)
}

impl<'l> Certifications<'l> {
    fn at(&self, row: usize) -> (&'l Person, &'l Held) {
        let held = match &self.columns().more {
            More::Held(held) => held[row],
            _ => (0, 0),
        };
        let person = &self.0.evidence.people[held.0 as usize];
        (person, &person.certificates[held.1 as usize])
    }

    /// All of them, in the order of the evidence.
    fn all(&self) -> impl Iterator<Item = (&'l Person, &'l Held)> {
        let people = self.0.evidence.people.iter();
        people.flat_map(|person| person.certificates.iter().map(move |held| (person, held)))
    }

    fn make(&self) -> Columns {
        let (lists, people) = (self.0, &self.0.evidence.people);
        let held = (0..).zip(people).flat_map(|(number, person)| {
            let held = 0..person.certificates.len() as u32;
            held.map(move |nth| (number, nth))
        });
        let held: Vec<(u32, u32)> = held.collect();
        let said = people.iter().map(|person| {
            let email = person.email.as_deref().unwrap_or_default();
            [person.name.as_str(), email]
        });
        let holders = Column::new(held.iter().map(|(person, _)| *person).collect(), said);
        let certificates = self.all().map(|(_, held)| held.certificate.as_str());
        let certificates = Column::of(certificates, |id| {
            [
                id,
                lists
                    .certificates
                    .get(id)
                    .map_or("", |known| known.name.as_str()),
            ]
        });
        let (ids, _) = ranked(self.all().map(|(person, _)| person.id.as_str()));
        let days = self.all().map(|(_, held)| number(Some(held.completed_on)));
        let base = by_number((0..held.len() as u32).collect(), &days.collect::<Vec<_>>());
        let base = by_number(base, &wide(&certificates.of_row));
        Columns {
            base: by_number(base, &wide(&ids)),
            texts: vec![holders, certificates],
            more: More::Held(held),
        }
    }
}

impl Rows for Certifications<'_> {
    fn list(&self) -> List {
        List::Certifications
    }

    fn count(&self) -> usize {
        self.columns().base.len()
    }

    fn columns(&self) -> &Columns {
        self.0.columns(List::Certifications, || self.make())
    }

    fn key(&self, row: usize, sort: &str) -> Key<'_> {
        let (person, held) = self.at(row);
        let text = match sort {
            "certificate" => held.certificate.clone(),
            // Levels stand as the catalog has them, from fundamentals on.
            "level" => {
                return Key::Number(self.0.level(held).map_or(u64::MAX, |level| level as u64));
            }
            "completed_on" => day(Some(held.completed_on)),
            // What never ends comes last.
            "expires_on" => match self.0.last_day(held) {
                None => "never".to_owned(),
                last => day(last),
            },
            "source" => held.source.clone().unwrap_or_default(),
            _ => person.name.to_lowercase(),
        };
        Key::Text(text.into())
    }

    fn numbers(&self, sort: &str) -> Vec<u64> {
        let held = self.all().map(|(_, held)| held);
        match sort {
            "certificate" => wide(&ranked(held.map(|held| held.certificate.as_str())).0),
            "level" => {
                let levels = held.map(|held| self.0.level(held));
                levels
                    .map(|level| level.map_or(u64::MAX, |level| level as u64))
                    .collect()
            }
            "completed_on" => held.map(|held| number(Some(held.completed_on))).collect(),
            "expires_on" => {
                let last = held.map(|held| self.0.last_day(held));
                last.map(|last| last.map_or(u64::MAX, |last| number(Some(last))))
                    .collect()
            }
            "source" => {
                wide(&ranked(held.map(|held| held.source.as_deref().unwrap_or_default())).0)
            }
            _ => {
                let people = self.0.evidence.people.iter();
                let names: Vec<String> = people.map(|one| one.name.to_lowercase()).collect();
                let ranks = ranks(&names);
                let holders = (0..).zip(&self.0.evidence.people);
                let each =
                    holders.flat_map(|(at, one): (usize, _)| vec![at; one.certificates.len()]);
                each.map(|person| ranks[person]).collect()
            }
        }
    }

    fn own(&self, row: usize) -> Vec<Cow<'_, str>> {
        let (person, held) = self.at(row);
        let day = held.completed_on.to_string();
        vec![
            (&*person.id).into(),
            (&*held.certificate).into(),
            day.into(),
        ]
    }

    fn test<'s>(&'s self, filter: &'s Filter) -> Box<dyn FnMut(usize) -> bool + 's> {
        let lists = self.0;
        match filter {
            Filter::State(state) => Box::new(|row| {
                let (person, held) = self.at(row);
                lists.certification_is(person, held, *state)
            }),
            Filter::Said(by) => {
                Box::new(|row| said(*by, std::iter::once(self.at(row).1.authority)))
            }
            Filter::Counts(asked) => {
                let view = lists
                    .trace
                    .view(asked.area.as_deref(), asked.metric.as_deref());
                Box::new(move |row| {
                    let (person, held) = self.at(row);
                    let counts =
                        lists
                            .trace
                            .counts_on(asked.decision, &traced(person, held), &view);
                    asked.takes(counts)
                })
            }
            Filter::Word(_) => Box::new(|_| true),
        }
    }
}

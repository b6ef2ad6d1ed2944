//! Evidence, put in order once, for every assessment of it.

use std::collections::BTreeMap;

use chrono::{Days, NaiveDate};
use rustc_hash::FxHashMap;

use super::finding::{Reason, Subject};
use super::items::Items;
use super::kept::Kept;
use super::measure::Reading;
use super::people::Roster;
use super::tenants::{self, Tenant};
use super::usage::Line;
use crate::catalog::{Catalog, Certificate};
use crate::evidence::{Accepted, Customer, Evidence, Held, Person, RowKind};
use crate::hypothesis::INVENTED;
use crate::month::Month;
use crate::order;
use crate::shared::Shared;

/// What no hypothesis changes: names are looked up and rows sorted here, and nowhere else. Rows that
/// are not counted are passed over here, so that nothing else knows of them.
pub(crate) struct Ordered {
    /// What is counted beside people, customers and usage.
    pub records: Evidence,
    /// People in the order of their names.
    pub people: Vec<Certified>,
    /// What each tenant used of each workload, in the order of tenants, then of workloads.
    pub lines: Vec<Line>,
    /// Tenants by number, in the order of their ids.
    pub tenants: Vec<Tenant>,
    /// The ids of the workloads, by number.
    pub workloads: Vec<Shared>,
    /// The ids of the certificates, by number.
    pub certificates: Vec<Shared>,
    /// The numbers of the certificates, by id.
    pub places: Places,
    /// By customer, the first of its counted associations of each kind and workload, by their
    /// places.
    pub associations: Vec<Vec<usize>>,
    /// By group, the numbers of its workloads.
    groups: BTreeMap<Box<str>, Vec<usize>>,
    /// Measures, by the last measured month.
    pub readings: Kept<Option<Month>, Reading>,
    /// Who counts for a list of certificates, by day and by the length of the list.
    pub rosters: Kept<(NaiveDate, usize), Roster>,
    /// Who earns points, and who does not, by day, by how many do, and by closed gates.
    pub splits: Kept<(NaiveDate, usize, Vec<String>), (Items, Items)>,
    /// The last measured month of all usage, by the last month that is over.
    pub months: Kept<Month, Option<Month>>,
}

/// Numbers by id, to look up and never to go through: that order means nothing.
pub(crate) type Places = FxHashMap<Shared, usize>;

/// Somebody, with what is known to the catalog of what they hold.
pub(crate) struct Certified {
    pub id: Shared,
    pub name: Shared,
    /// A person, or one that a preview made up.
    pub subject: Subject,
    linked_on: Option<NaiveDate>,
    left_on: Option<NaiveDate>,
    pub held: Vec<Holding>,
}

/// A certificate in somebody's hands.
#[derive(Clone, Copy)]
pub(crate) struct Holding {
    /// The certificate's place in the catalog.
    pub certificate: usize,
    completed_on: NaiveDate,
    /// The last day: as reported, or as the catalog's validity makes it.
    expires_on: Option<NaiveDate>,
}

/// Why a certificate does not count: a [`Reason`], in little space.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Missing {
    NotLinked,
    Left(NaiveDate),
    Expired(NaiveDate),
    NotYet(NaiveDate),
    Retired(NaiveDate),
}

impl From<Missing> for Reason {
    fn from(missing: Missing) -> Self {
        match missing {
            Missing::NotLinked => Self::NotLinked,
            Missing::Left(on) => Self::Left { on },
            Missing::Expired(on) => Self::Expired { on },
            Missing::NotYet(on) => Self::NotYet { on },
            Missing::Retired(until) => Self::Retired { until },
        }
    }
}

impl Ordered {
    pub fn new(catalog: &Catalog, evidence: &Evidence, accepted: &Accepted) -> Self {
        let ids =
            |ids: &mut dyn Iterator<Item = &String>| ids.map(|id| id.as_str().into()).collect();
        let mut groups: BTreeMap<Box<str>, Vec<usize>> = BTreeMap::new();
        for (number, workload) in catalog.workloads.iter().enumerate() {
            for group in &workload.groups {
                groups
                    .entry(group.as_str().into())
                    .or_default()
                    .push(number);
            }
        }
        let certificates: Vec<Shared> =
            ids(&mut catalog.certificates.iter().map(|known| &known.id));
        let places = (certificates.iter().cloned().enumerate())
            .map(|(place, id)| (id, place))
            .collect();
        let (lines, tenants) = tenants::read(catalog, evidence, accepted);
        let connected = evidence.customers.iter();
        Self {
            records: accepted.records(evidence),
            people: people(catalog, &places, accepted, evidence.people.iter()),
            lines,
            tenants,
            workloads: ids(&mut catalog.workloads.iter().map(|known| &known.id)),
            certificates,
            places,
            associations: connected
                .map(|customer| first_associations(customer, accepted))
                .collect(),
            groups,
            readings: Kept::default(),
            rosters: Kept::default(),
            splits: Kept::default(),
            months: Kept::default(),
        }
    }

    /// How many pieces of evidence everything names that assessments found so far.
    pub fn pieces(&self) -> usize {
        self.readings.pieces() + self.rosters.pieces() + self.splits.pieces()
    }

    /// The numbers of the workloads in a group.
    pub fn group(&self, group: &str) -> &[usize] {
        self.groups.get(group).map_or(&[], Vec::as_slice)
    }
}

/// However many a customer has: only the first of a kind and workload decides anything.
fn first_associations(customer: &Customer, accepted: &Accepted) -> Vec<usize> {
    let of = |at: &usize| {
        let known = customer.associations.get(*at);
        known.map(|known| (known.kind, known.workload.as_deref()))
    };
    let since = |at: &usize| {
        let known = customer.associations.get(*at);
        known.map(|known| (known.since, known.active_percent))
    };
    let counted = customer.associations.iter().enumerate();
    let counted = counted.filter(|(_, one)| accepted.takes(RowKind::Associations, one.authority));
    let mut places: Vec<usize> = counted.map(|(place, _)| place).collect();
    places = order::sorted_by(places, &|one, other| {
        (of(one), since(one), one) <= (of(other), since(other), other)
    });
    places.dedup_by(|later, first| of(later) == of(first));
    places
}

/// People, in the order of their names.
pub(crate) fn people<'e>(
    catalog: &Catalog,
    places: &Places,
    accepted: &Accepted,
    people: impl Iterator<Item = &'e Person>,
) -> Vec<Certified> {
    let holding = |held: &Held| {
        if !accepted.takes(RowKind::Certificates, held.authority) {
            return None;
        }
        let number = *places.get(held.certificate.as_str())?;
        let known = catalog.certificates.get(number)?;
        Some(Holding {
            certificate: number,
            completed_on: held.completed_on,
            expires_on: held.last_day(known),
        })
    };
    let by_name = order::sorted_by(people.collect(), &|one: &&Person, other| {
        (&one.name, &one.id) <= (&other.name, &other.id)
    });
    (by_name.into_iter())
        .map(|person| Certified {
            id: person.id.as_str().into(),
            name: person.name.as_str().into(),
            subject: if person.id.starts_with(INVENTED) {
                Subject::Hypothetical
            } else {
                Subject::Person
            },
            linked_on: person.linked(accepted),
            left_on: person.left(accepted),
            held: person.certificates.iter().filter_map(holding).collect(),
        })
        .collect()
}

impl Certified {
    /// The last day on which a certificate counts (`None`: no end in sight), or why it does not
    /// count on `day`.
    pub fn counts(
        &self,
        held: Holding,
        certificate: &Certificate,
        day: NaiveDate,
    ) -> Result<Option<NaiveDate>, Missing> {
        let Some(linked_on) = self.linked_on else {
            return Err(Missing::NotLinked);
        };
        let begins = held.completed_on.max(linked_on);
        if day < begins {
            return Err(Missing::NotYet(begins));
        }
        let left = self.left_on;
        if let Some(on) = left.filter(|on| *on <= day) {
            return Err(Missing::Left(on));
        }
        let expires = held.expires_on;
        if let Some(on) = expires.filter(|on| *on < day) {
            return Err(Missing::Expired(on));
        }
        let retired = certificate.counts_until;
        if let Some(until) = retired.filter(|until| *until < day) {
            return Err(Missing::Retired(until));
        }
        let before_leaving = left.and_then(|on| on.checked_sub_days(Days::new(1)));
        Ok([expires, retired, before_leaving]
            .into_iter()
            .flatten()
            .min())
    }
}

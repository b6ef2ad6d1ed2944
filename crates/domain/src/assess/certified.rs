//! People with their certificates, as rules look at them: in the order of names, by numbers.

use chrono::{Days, NaiveDate};
use rustc_hash::FxHashMap;

use super::finding::{Reason, Subject};
use crate::catalog::{Catalog, Certificate};
use crate::evidence::{Accepted, Held, Person, RowKind};
use crate::hypothesis::INVENTED;
use crate::shared::Shared;
use crate::sort;

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
    pub held: Vec<HeldCertificate>,
}

/// A certificate in somebody's hands.
#[derive(Clone, Copy)]
pub(crate) struct HeldCertificate {
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
        Some(HeldCertificate {
            certificate: number,
            completed_on: held.completed_on,
            expires_on: held.last_day(known),
        })
    };
    let by_name = sort::sorted_by(people.collect(), &|one: &&Person, other| {
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
        held: HeldCertificate,
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

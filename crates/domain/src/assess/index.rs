//! Evidence as it is on a day, so that every rule finds what it needs without a search.

use std::collections::BTreeSet;
use std::iter::Peekable;

use chrono::NaiveDate;

use super::caches::Caches;
use super::certified::{Certified, Missing};
use super::ordered::Ordered;
use super::supposed::Supposed;
use crate::catalog::Catalog;
use crate::evidence::{Association, Evidence};
use crate::month::Month;
use crate::shared::Shared;

/// A certificate in the hands of a person, on the day.
pub(crate) struct Holder<'a> {
    pub person: &'a Certified,
    /// The person's place in the order of names: one person is one number.
    pub number: usize,
    /// The certificate's place in the catalog.
    pub certificate: usize,
    /// See [`Certified::counts`].
    pub counts: Result<Option<NaiveDate>, Missing>,
}

/// Evidence in the order in which rules ask for it.
pub(crate) struct Index<'a> {
    pub catalog: &'a Catalog,
    pub evidence: &'a Evidence,
    pub ordered: &'a Ordered,
    /// What assessments in this order found so far.
    pub caches: &'a Caches,
    pub day: NaiveDate,
    /// How many people there are, invented ones among them.
    pub people: usize,
    /// By the number of the certificate, everybody who ever held it.
    holders: Vec<Vec<Holder<'a>>>,
    /// The last month that performance is measured in.
    pub month: Option<Month>,
    /// The numbers of the certificates that a hypothesis gives or takes.
    supposed: BTreeSet<usize>,
}

impl<'a> Index<'a> {
    /// `supposed` tells how the people differ from those of the evidence.
    pub fn new(
        catalog: &'a Catalog,
        evidence: &'a Evidence,
        (ordered, caches): (&'a Ordered, &'a Caches),
        supposed: &'a Supposed,
        day: NaiveDate,
    ) -> Self {
        // A month is measured once it is over and its numbers are in; until the next numbers
        // come, the last measured month goes on counting.
        let complete = Month::of(day).plus(-1);
        let last_month = || {
            let last = ordered.lines.iter();
            last.filter_map(|line| line.last_month(complete)).max()
        };
        let month = caches.months.get_or((&ordered.lines, complete), last_month);
        Self {
            catalog,
            evidence,
            ordered,
            caches,
            day,
            people: ordered.people.len() + supposed.invented.len(),
            holders: holders(catalog, ordered, supposed, day),
            month,
            supposed: (supposed.invented.iter())
                .flat_map(|person| person.held.iter().map(|held| held.certificate))
                .chain(supposed.taken.iter().map(|(_, certificate)| *certificate))
                .collect(),
        }
    }

    /// Whether a hypothesis gives or takes a certificate.
    pub fn is_supposed(&self, certificate: &Shared) -> bool {
        let number = self.ordered.places.get(certificate);
        number.is_some_and(|number| self.supposed.contains(number))
    }

    /// Whether a certificate can still be earned.
    pub fn is_offered(&self, certificate: &Shared) -> bool {
        let number = self.ordered.places.get(certificate);
        let known = number.and_then(|number| self.catalog.certificates.get(*number));
        let retired_on = known.and_then(|known| known.retired_on);
        retired_on.is_none_or(|on| self.day < on)
    }

    /// Everybody who ever held one of the certificates.
    pub fn holders(&self, certificates: &[Shared]) -> impl Iterator<Item = &Holder<'a>> {
        let numbers = certificates
            .iter()
            .filter_map(|id| self.ordered.places.get(id).copied());
        numbers
            .filter_map(|number| self.holders.get(number))
            .flatten()
    }

    /// The first associations of each kind and workload of the customer that a tenant belongs to.
    pub fn associations(&self, tenant: usize) -> impl Iterator<Item = &'a Association> {
        let tenant = self.ordered.tenants.get(tenant);
        let customer = tenant.and_then(|tenant| {
            let known = self.evidence.customers.get(tenant.customer)?;
            Some((known, self.ordered.associations.get(tenant.customer)?))
        });
        customer.into_iter().flat_map(|(known, places)| {
            let at = |place: &usize| known.associations.get(*place);
            places.iter().filter_map(at)
        })
    }
}

fn holders<'a>(
    catalog: &Catalog,
    ordered: &'a Ordered,
    supposed: &'a Supposed,
    day: NaiveDate,
) -> Vec<Vec<Holder<'a>>> {
    let mut holders: Vec<Vec<Holder<'_>>> =
        catalog.certificates.iter().map(|_| Vec::new()).collect();
    let known = ordered.people.iter().enumerate();
    let mut known = known
        .map(|(place, person)| (Some(place), person))
        .peekable();
    let mut invented = supposed.invented.iter().peekable();
    let mut number = 0;
    while let Some((place, person)) = next_by_name(&mut known, &mut invented) {
        for held in &person.held {
            let which = held.certificate;
            let gone = place.is_some_and(|place| supposed.taken.contains(&(place, which)));
            if let (false, Some(certificate), Some(holders)) = (
                gone,
                catalog.certificates.get(which),
                holders.get_mut(which),
            ) {
                holders.push(Holder {
                    person,
                    number,
                    certificate: which,
                    counts: person.counts(*held, certificate, day),
                });
            }
        }
        number += 1;
    }
    holders
}

/// The next of two lists of people that are each in the order of names.
fn next_by_name<'a>(
    known: &mut Peekable<impl Iterator<Item = (Option<usize>, &'a Certified)>>,
    invented: &mut Peekable<impl Iterator<Item = &'a Certified>>,
) -> Option<(Option<usize>, &'a Certified)> {
    let invented_first = match (known.peek(), invented.peek()) {
        (Some((_, one)), Some(other)) => (&other.name, &other.id) < (&one.name, &one.id),
        (None, _) => true,
        (_, None) => false,
    };
    if invented_first {
        Some((None, invented.next()?))
    } else {
        known.next()
    }
}

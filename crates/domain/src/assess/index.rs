//! Evidence, put in order once, so that every rule finds what it needs without a search.

use std::collections::BTreeMap;

use chrono::{Days, Months, NaiveDate};

use super::finding::{Reason, Subject};
use super::usage::Line;
use crate::catalog::{Catalog, Certificate};
use crate::evidence::{Customer, Evidence, Held, Person, Usage};
use crate::hypothesis::INVENTED;
use crate::month::Month;
use crate::order;
use crate::shared::Shared;

/// A certificate in the hands of a person.
pub(crate) struct Holder {
    /// A person, or one that a preview made up.
    pub subject: Subject,
    /// The person's place in the order of names: one person is one number.
    pub number: usize,
    /// The certificate's place in the catalog.
    pub certificate: usize,
    /// See [`counts`].
    pub counts: Result<Option<NaiveDate>, Missing>,
    pub id: Shared,
    pub name: Shared,
    /// The certificate's id.
    pub with: Shared,
}

/// A customer's tenant.
pub(crate) struct Tenant<'a> {
    pub id: Shared,
    /// The customer's name.
    pub name: Shared,
    pub customer: &'a Customer,
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

/// Evidence in the order in which rules ask for it.
pub(crate) struct Index<'a> {
    pub catalog: &'a Catalog,
    pub evidence: &'a Evidence,
    pub day: NaiveDate,
    /// How many people there are.
    pub people: usize,
    certificates: BTreeMap<&'a str, usize>,
    /// By the number of the certificate, everybody who ever held it.
    holders: Vec<Vec<Holder>>,
    groups: BTreeMap<&'a str, Vec<usize>>,
    /// What each tenant used of each workload, in the order of tenants, then of workloads.
    pub lines: Vec<Line<'a>>,
    /// Tenants by number, in the order of their ids.
    pub tenants: Vec<Tenant<'a>>,
    /// The ids of the workloads, by number.
    pub workloads: Vec<Shared>,
    /// The last month that performance is measured in.
    pub month: Option<Month>,
}

impl<'a> Index<'a> {
    /// `people` are those of the evidence, or those of a preview.
    pub fn new(
        catalog: &'a Catalog,
        evidence: &'a Evidence,
        people: &'a [Person],
        day: NaiveDate,
    ) -> Self {
        let (lines, tenants) = read_usage(catalog, evidence);
        // A month is measured once it is over and its numbers are in; until the next numbers
        // come, the last measured month goes on counting.
        let complete = Month::of(day).plus(-1);
        let month = lines
            .iter()
            .filter_map(|line| line.last_month(complete))
            .max();
        let certificates: BTreeMap<&str, usize> = (catalog.certificates.iter().enumerate())
            .map(|(number, certificate)| (certificate.id.as_str(), number))
            .collect();
        let mut groups: BTreeMap<&str, Vec<usize>> = BTreeMap::new();
        for (number, workload) in catalog.workloads.iter().enumerate() {
            for group in &workload.groups {
                groups.entry(group).or_default().push(number);
            }
        }
        Self {
            catalog,
            evidence,
            day,
            people: people.len(),
            holders: holders(catalog, &certificates, people, day),
            certificates,
            groups,
            lines,
            tenants,
            workloads: catalog
                .workloads
                .iter()
                .map(|known| known.id.as_str().into())
                .collect(),
            month,
        }
    }

    /// Everybody who ever held one of the certificates.
    pub fn holders(&self, certificates: &[String]) -> impl Iterator<Item = &Holder> {
        let numbers = certificates
            .iter()
            .filter_map(|id| self.certificates.get(id.as_str()));
        numbers
            .filter_map(|number| self.holders.get(*number))
            .flatten()
    }

    /// The numbers of the workloads in a group.
    pub fn group(&self, group: &str) -> &[usize] {
        self.groups.get(group).map_or(&[], Vec::as_slice)
    }

    /// The customer that a tenant belongs to.
    pub fn customer(&self, tenant: usize) -> Option<&'a Customer> {
        self.tenants.get(tenant).map(|tenant| tenant.customer)
    }
}

fn read_usage<'a>(
    catalog: &'a Catalog,
    evidence: &'a Evidence,
) -> (Vec<Line<'a>>, Vec<Tenant<'a>>) {
    let mut workloads: BTreeMap<&str, usize> = BTreeMap::new();
    for (index, workload) in catalog.workloads.iter().enumerate() {
        workloads.insert(&workload.id, index);
    }
    let mut customers: BTreeMap<&str, &Customer> = BTreeMap::new();
    for customer in &evidence.customers {
        customers.insert(&customer.id, customer);
    }
    let mut tenants: BTreeMap<&str, &Customer> = BTreeMap::new();
    let mut lines: BTreeMap<(&str, usize), Vec<(Month, &Usage)>> = BTreeMap::new();
    // Rows of one line mostly stand together, so most need no search.
    let together = |a: &Usage, b: &Usage| {
        a.customer == b.customer && a.workload == b.workload && a.tenant == b.tenant
    };
    for rows in evidence.usage.chunk_by(together) {
        let Some(first) = rows.first() else { continue };
        let (Some(&workload), Some(&customer)) = (
            workloads.get(first.workload.as_str()),
            customers.get(first.customer.as_str()),
        ) else {
            continue;
        };
        // A tenant that two customers claim goes to one of them, whatever the order of the rows.
        let owner = tenants.entry(first.tenant_id()).or_insert(customer);
        if customer.id < owner.id {
            *owner = customer;
        }
        let line = lines.entry((first.tenant_id(), workload)).or_default();
        line.extend(rows.iter().map(|row| (row.month, row)));
    }
    let tenants: Vec<(&str, &Customer)> = tenants.into_iter().collect();
    let lines = (lines.into_iter())
        .map(|((tenant, workload), rows)| {
            let tenant = tenants.partition_point(|(known, _)| *known < tenant);
            let rate = catalog
                .workloads
                .get(workload)
                .and_then(|workload| workload.rate);
            Line::new(tenant, workload, rate, rows)
        })
        .collect();
    let tenant = |(id, customer): (&str, &'a Customer)| Tenant {
        id: id.into(),
        name: customer.name.as_str().into(),
        customer,
    };
    (lines, tenants.into_iter().map(tenant).collect())
}

fn holders(
    catalog: &Catalog,
    numbers: &BTreeMap<&str, usize>,
    people: &[Person],
    day: NaiveDate,
) -> Vec<Vec<Holder>> {
    let mut holders: Vec<Vec<Holder>> = catalog.certificates.iter().map(|_| Vec::new()).collect();
    let ids: Vec<Shared> = catalog
        .certificates
        .iter()
        .map(|known| known.id.as_str().into())
        .collect();
    let by_name = order::sorted_by(people.iter().collect(), &|one: &&Person, other| {
        (&one.name, &one.id) <= (&other.name, &other.id)
    });
    for (number, person) in by_name.into_iter().enumerate() {
        let (id, name) = (Shared::from(&*person.id), Shared::from(&*person.name));
        let subject = if person.id.starts_with(INVENTED) {
            Subject::Hypothetical
        } else {
            Subject::Person
        };
        for held in &person.certificates {
            let Some(&which) = numbers.get(held.certificate.as_str()) else {
                continue;
            };
            let (Some(certificate), Some(with), Some(holders)) = (
                catalog.certificates.get(which),
                ids.get(which),
                holders.get_mut(which),
            ) else {
                continue;
            };
            let counts = counts(person, held, certificate, day);
            let (id, name, with) = (id.clone(), name.clone(), with.clone());
            let certificate = which;
            holders.push(Holder {
                subject,
                number,
                certificate,
                counts,
                id,
                name,
                with,
            });
        }
    }
    holders
}

/// The last day on which a certificate counts (`None`: no end in sight), or why it does not count
/// on `day`.
pub(crate) fn counts(
    person: &Person,
    held: &Held,
    certificate: &Certificate,
    day: NaiveDate,
) -> Result<Option<NaiveDate>, Missing> {
    let Some(linked_on) = person.linked_on else {
        return Err(Missing::NotLinked);
    };
    let begins = held.completed_on.max(linked_on);
    if day < begins {
        return Err(Missing::NotYet(begins));
    }
    let left = person.left_on;
    if let Some(on) = left.filter(|on| *on <= day) {
        return Err(Missing::Left(on));
    }
    let expires = expires_on(held, certificate);
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

/// The certificate's last day: as reported, or as the catalog's validity makes it.
fn expires_on(held: &Held, certificate: &Certificate) -> Option<NaiveDate> {
    held.expires_on.or_else(|| {
        held.completed_on
            .checked_add_months(Months::new(certificate.valid_months?))
    })
}

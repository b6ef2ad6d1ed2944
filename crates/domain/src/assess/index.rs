//! Evidence, put in order once, so that every rule finds what it needs without a search.

use std::collections::BTreeMap;

use chrono::{Days, Months, NaiveDate};

use super::finding::Reason;
use super::usage::Line;
use crate::catalog::{Catalog, Certificate};
use crate::evidence::{Customer, Evidence, Held, Person, Usage};
use crate::month::Month;

/// A certificate in the hands of a person.
pub(crate) struct Holder<'a> {
    pub person: &'a Person,
    /// The person's place in the evidence: one person is one number.
    pub number: usize,
    pub certificate: &'a Certificate,
    /// See [`counts`].
    pub counts: Result<Option<NaiveDate>, Reason>,
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
    holders: Vec<Vec<Holder<'a>>>,
    groups: BTreeMap<&'a str, Vec<usize>>,
    /// What each tenant used of each workload, in the order of tenants, then of workloads.
    pub lines: Vec<Line<'a>>,
    /// Tenants by number, in the order of their ids.
    pub tenants: Vec<(&'a str, &'a Customer)>,
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
        let month = lines.iter().filter_map(|line| line.last_month(complete)).max();
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
            month,
        }
    }

    /// Everybody who ever held one of the certificates.
    pub fn holders(&self, certificates: &[String]) -> impl Iterator<Item = &Holder<'a>> {
        let numbers = certificates.iter().filter_map(|id| self.certificates.get(id.as_str()));
        numbers.filter_map(|number| self.holders.get(*number)).flatten()
    }

    /// The numbers of the workloads in a group.
    pub fn group(&self, group: &str) -> &[usize] {
        self.groups.get(group).map_or(&[], Vec::as_slice)
    }

    /// The customer that a tenant belongs to.
    pub fn customer(&self, tenant: usize) -> Option<&'a Customer> {
        self.tenants.get(tenant).map(|(_, customer)| *customer)
    }
}

type Tenants<'a> = Vec<(&'a str, &'a Customer)>;

fn read_usage<'a>(catalog: &'a Catalog, evidence: &'a Evidence) -> (Vec<Line<'a>>, Tenants<'a>) {
    let workloads: BTreeMap<&str, usize> = (catalog.workloads.iter().enumerate())
        .map(|(index, workload)| (workload.id.as_str(), index))
        .collect();
    let customers: BTreeMap<&str, &Customer> =
        evidence.customers.iter().map(|customer| (customer.id.as_str(), customer)).collect();
    let mut tenants: BTreeMap<&str, &Customer> = BTreeMap::new();
    let mut lines: BTreeMap<(&str, usize), Vec<&Usage>> = BTreeMap::new();
    // Rows of one line mostly stand together, so most need no search.
    let together = |a: &&Usage, b: &&Usage| {
        a.customer == b.customer && a.workload == b.workload && a.tenant == b.tenant
    };
    let rows: Vec<&Usage> = evidence.usage.iter().collect();
    for rows in rows.chunk_by(together) {
        let Some(first) = rows.first() else { continue };
        let (Some(&workload), Some(&customer)) =
            (workloads.get(first.workload.as_str()), customers.get(first.customer.as_str()))
        else {
            continue;
        };
        // A tenant that two customers claim goes to one of them, whatever the order of the rows.
        let owner = tenants.entry(first.tenant_id()).or_insert(customer);
        if customer.id < owner.id {
            *owner = customer;
        }
        lines.entry((first.tenant_id(), workload)).or_default().extend(rows);
    }
    let tenants: Tenants<'_> = tenants.into_iter().collect();
    let lines = (lines.into_iter())
        .map(|((tenant, workload), rows)| {
            let tenant = tenants.partition_point(|(known, _)| *known < tenant);
            let rate = catalog.workloads.get(workload).and_then(|workload| workload.rate);
            Line::new(tenant, workload, rate, rows)
        })
        .collect();
    (lines, tenants)
}

fn holders<'a>(
    catalog: &'a Catalog,
    numbers: &BTreeMap<&str, usize>,
    people: &'a [Person],
    day: NaiveDate,
) -> Vec<Vec<Holder<'a>>> {
    let mut holders: Vec<Vec<Holder>> = catalog.certificates.iter().map(|_| Vec::new()).collect();
    for (number, person) in people.iter().enumerate() {
        for held in &person.certificates {
            let Some(&which) = numbers.get(held.certificate.as_str()) else { continue };
            let (Some(certificate), Some(holders)) =
                (catalog.certificates.get(which), holders.get_mut(which))
            else {
                continue;
            };
            let counts = counts(person, held, certificate, day);
            holders.push(Holder { person, number, certificate, counts });
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
) -> Result<Option<NaiveDate>, Reason> {
    let Some(linked_on) = person.linked_on else {
        return Err(Reason::NotLinked);
    };
    let begins = held.completed_on.max(linked_on);
    if day < begins {
        return Err(Reason::NotYet { on: begins });
    }
    let left = person.left_on;
    if let Some(on) = left.filter(|on| *on <= day) {
        return Err(Reason::Left { on });
    }
    let expires = expires_on(held, certificate);
    if let Some(on) = expires.filter(|on| *on < day) {
        return Err(Reason::Expired { on });
    }
    let retired = certificate.counts_until;
    if let Some(until) = retired.filter(|until| *until < day) {
        return Err(Reason::Retired { until });
    }
    let before_leaving = left.and_then(|on| on.checked_sub_days(Days::new(1)));
    Ok([expires, retired, before_leaving].into_iter().flatten().min())
}

/// The certificate's last day: as reported, or as the catalog's validity makes it.
fn expires_on(held: &Held, certificate: &Certificate) -> Option<NaiveDate> {
    held.expires_on.or_else(|| {
        held.completed_on.checked_add_months(Months::new(certificate.valid_months?))
    })
}

//! Evidence, put in order once, for every assessment of it.

use std::collections::BTreeMap;

use super::certified::{Certified, Places, people};
use super::tenants::{self, Tenant};
use super::usage::Line;
use crate::catalog::Catalog;
use crate::evidence::{Accepted, Customer, Evidence, RowKind};
use crate::shared::Shared;
use crate::sort;

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
        }
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
    places = sort::sorted_by(places, &|one, other| {
        (of(one), since(one), one) <= (of(other), since(other), other)
    });
    places.dedup_by(|later, first| of(later) == of(first));
    places
}

//! Usage, row by row, as what each tenant used of each workload.

use rustc_hash::FxHashMap;

use super::usage::{Key, Line, Row};
use crate::catalog::Catalog;
use crate::evidence::{Accepted, Evidence, RowKind, Usage};
use crate::shared::{Shared, same, same_if_any};
use crate::sort;

/// A customer's tenant.
pub(crate) struct Tenant {
    pub id: Shared,
    /// The customer's name.
    pub name: Shared,
    /// The customer's place in the evidence.
    pub customer: usize,
}

/// Numbers by id, to look up and never to go through: that order means nothing.
type Numbers<'e> = FxHashMap<&'e str, usize>;

fn numbers<'e>(ids: impl Iterator<Item = &'e String>) -> Numbers<'e> {
    let ids = ids.enumerate();
    ids.map(|(number, id)| (id.as_str(), number)).collect()
}

/// What each tenant used of each workload, in their order, and the tenants, in the order of ids: of
/// the rows that are counted.
pub(crate) fn read(
    catalog: &Catalog,
    evidence: &Evidence,
    accepted: &Accepted,
) -> (Vec<Line>, Vec<Tenant>) {
    let workloads = numbers(catalog.workloads.iter().map(|known| &known.id));
    let customers = numbers(evidence.customers.iter().map(|known| &known.id));
    let id = |customer: usize| evidence.customers.get(customer).map(|known| &known.id);
    // Tenants and their customers, as they come.
    let mut met: Numbers<'_> = Numbers::default();
    let mut tenants: Vec<(&str, usize)> = Vec::new();
    let mut parts: Vec<Part<'_>> = Vec::new();
    // Rows of one line mostly stand together, so most need no search.
    for rows in evidence.usage.chunk_by(together) {
        let Some(first) = rows.first() else { continue };
        if !accepted.takes(RowKind::Usage, first.authority) {
            continue;
        }
        let (Some(&workload), Some(&customer)) = (
            workloads.get(first.workload.as_str()),
            customers.get(first.customer.as_str()),
        ) else {
            continue;
        };
        let tenant = *met.entry(first.tenant_id()).or_insert(tenants.len());
        match tenants.get_mut(tenant) {
            // A tenant that two customers claim goes to one of them, whatever the order of rows.
            Some((_, owner)) if id(customer) < id(*owner) => *owner = customer,
            Some(_) => {}
            None => tenants.push((first.tenant_id(), customer)),
        }
        parts.push(((tenant, workload), rows));
    }
    let tenants = in_order(tenants, &mut parts);
    let lines = (parts.chunk_by(|(one, _), (other, _)| one == other))
        .filter_map(|parts| {
            let (tenant, workload) = parts.first()?.0;
            let rate = catalog.workloads.get(workload)?.rate;
            let rows = Row::all(parts.iter().map(|(_, rows)| *rows));
            Some(Line::new(tenant, workload, rate, rows))
        })
        .collect();
    let tenant = |(id, customer): (&str, usize)| {
        Some(Tenant {
            id: id.into(),
            name: evidence.customers.get(customer)?.name.as_str().into(),
            customer,
        })
    };
    (lines, tenants.into_iter().filter_map(tenant).collect())
}

/// Rows of one line, though not always all of them.
type Part<'e> = (Key, &'e [Usage]);

fn together(one: &Usage, other: &Usage) -> bool {
    one.authority == other.authority
        && same(&one.customer, &other.customer)
        && same(&one.workload, &other.workload)
        && same_if_any(one.tenant.as_deref(), other.tenant.as_deref())
}

/// The tenants in the order of their ids, and the parts in the order of their keys, in which a
/// tenant's number is from now on its place among the tenants.
fn in_order<'e>(
    tenants: Vec<(&'e str, usize)>,
    parts: &mut Vec<Part<'_>>,
) -> Vec<(&'e str, usize)> {
    let mut numbered: Vec<_> = tenants.into_iter().enumerate().collect();
    sort::sort_by_key(&mut numbered, |(_, (id, _))| *id);
    let mut places = vec![0; numbered.len()];
    for (place, (number, _)) in numbered.iter().enumerate() {
        places[*number] = place;
    }
    for ((tenant, _), _) in parts.iter_mut() {
        *tenant = places[*tenant];
    }
    sort::sort_by_key(parts, |(key, _)| *key);
    numbered.into_iter().map(|(_, tenant)| tenant).collect()
}

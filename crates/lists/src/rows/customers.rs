//! The rows of customers.

use std::collections::BTreeSet;

use membership_domain::catalog::AssociationKind;
use membership_domain::evidence::{Authority, Customer};
use membership_domain::month::Month;
use rustc_hash::FxHashMap;
use serde::{Deserialize, Serialize};

use super::said;
use super::search::Search;
use crate::Lists;
use crate::page::{Key, Page, page};
use crate::query::Query;
use crate::trace::{Counting, Traced};

/// A customer.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct CustomerRow {
    /// Id.
    pub id: String,
    /// The company's name.
    pub name: String,
    /// The connections: those that are known, and those that usage came through.
    pub associations: Vec<AssociationKind>,
    /// The first month with usage.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub first: Option<Month>,
    /// The last month with usage.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub last: Option<Month>,
    /// How many rows of usage there are.
    pub rows: u64,
    /// Who says what is known of it, each once.
    pub authorities: Vec<Authority>,
    /// How it stands in each area and program that has a rule about it.
    pub areas: Vec<Counting>,
}

impl Lists<'_> {
    /// Customers.
    #[must_use]
    pub fn customers(&self, query: &Query) -> Page<CustomerRow> {
        let (search, view) = (Search::of(&query.search), self.view(query));
        let used = self.used();
        let none = Used::default();
        let used = |customer: &Customer| used.get(customer.id.as_str()).unwrap_or(&none);
        let rows = self.evidence.customers.iter().filter(|customer| {
            search.finds(|| [&customer.name, &customer.id])
                && said(query, used(customer).authorities(customer).into_iter())
                && self.counts(
                    query,
                    &view,
                    &Traced::Customer(&customer.id, &used(customer).tenants),
                )
        });
        let leading = |customer: &&Customer| {
            let text = match query.sort.as_str() {
                "first" => used(customer)
                    .first
                    .map_or_else(String::new, |month| month.to_string()),
                "last" => used(customer)
                    .last
                    .map_or_else(String::new, |month| month.to_string()),
                "rows" => return Key::Number(used(customer).rows),
                _ => customer.name.to_lowercase(),
            };
            Key::Text(text.into())
        };
        let own = |customer: &&Customer| customer.id.clone();
        page(rows, query, leading, own, |customer| {
            let used = used(customer);
            let known = customer.associations.iter().map(|one| one.kind);
            let associations: BTreeSet<AssociationKind> =
                known.chain(used.kinds.iter().copied()).collect();
            CustomerRow {
                id: customer.id.clone(),
                name: customer.name.clone(),
                associations: associations.into_iter().collect(),
                first: used.first,
                last: used.last,
                rows: used.rows,
                authorities: used.authorities(customer).into_iter().collect(),
                areas: self
                    .trace
                    .areas(&Traced::Customer(&customer.id, &used.tenants), &view),
            }
        })
    }

    fn used(&self) -> FxHashMap<&str, Used<'_>> {
        let mut all: FxHashMap<&str, Used<'_>> = FxHashMap::default();
        for usage in &self.evidence.usage {
            let used = all.entry(usage.customer.as_str()).or_default();
            used.tenants.insert(usage.tenant_id());
            used.kinds.insert(usage.association);
            used.authorities.insert(usage.authority);
            used.first = Some(
                used.first
                    .map_or(usage.month, |first| first.min(usage.month)),
            );
            used.last = used.last.max(Some(usage.month));
            used.rows += 1;
        }
        all
    }
}

/// What a customer used, in short.
#[derive(Default)]
struct Used<'e> {
    tenants: BTreeSet<&'e str>,
    kinds: BTreeSet<AssociationKind>,
    authorities: BTreeSet<Authority>,
    first: Option<Month>,
    last: Option<Month>,
    rows: u64,
}

impl Used<'_> {
    /// Who says what of the usage, and of the connections of its customer.
    fn authorities(&self, customer: &Customer) -> BTreeSet<Authority> {
        let connected = customer.associations.iter().map(|one| one.authority);
        connected.chain(self.authorities.iter().copied()).collect()
    }
}

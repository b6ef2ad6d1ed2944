//! The rows of customers.

use std::borrow::Cow;
use std::collections::BTreeSet;

use membership_domain::catalog::AssociationKind;
use membership_domain::evidence::{Authority, Customer};
use membership_domain::month::Month;
use rustc_hash::{FxHashMap, FxHashSet};
use serde::{Deserialize, Serialize};

use super::{number, said};
use crate::Lists;
use crate::columns::{Columns, More, Used};
use crate::filter::Filter;
use crate::order::{by_number, ranks};
use crate::page::{Page, pick};
use crate::query::{List, Query};
use crate::row::{Key, Rows};
use crate::texts::Column;
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

/// Customers as rows.
struct Customers<'l>(&'l Lists<'l>);

impl Lists<'_> {
    /// Customers.
    #[must_use]
    pub fn customers(&self, query: &Query) -> Page<CustomerRow> {
        let (view, rows) = (self.view(query), Customers(self));
        pick(&rows, self.kept, query).shown(|row| {
            let (customer, used) = rows.at(row);
            let known = customer.associations.iter().map(|one| one.kind);
            let associations: BTreeSet<AssociationKind> =
                known.chain(used.kinds.iter().copied()).collect();
            let traced = Traced::Customer(&customer.id, &rows.tenants(used));
            CustomerRow {
                id: customer.id.clone(),
                name: customer.name.clone(),
                associations: associations.into_iter().collect(),
                first: used.first,
                last: used.last,
                rows: used.rows,
                authorities: used.authorities(customer).into_iter().collect(),
                areas: self.trace.areas(&traced, &view),
            }
        })
    }
}

impl Customers<'_> {
    fn at(&self, row: usize) -> (&Customer, &Used) {
        let used = match &self.columns().more {
            More::Used(used) => &used[row],
            _ => &NOTHING,
        };
        (&self.0.evidence.customers[row], used)
    }

    fn tenants(&self, used: &Used) -> BTreeSet<&str> {
        let usage = &self.0.evidence.usage;
        used.tenants
            .iter()
            .map(|row| usage[*row as usize].tenant_id())
            .collect()
    }

    fn used(&self) -> Vec<Used> {
        let (customers, usage) = (&self.0.evidence.customers, &self.0.evidence.usage);
        let ids = customers.iter().map(|customer| customer.id.as_str());
        let places: FxHashMap<&str, usize> = ids.zip(0..).collect();
        let mut all: Vec<Used> = customers.iter().map(|_| Used::default()).collect();
        let mut seen: FxHashSet<(usize, &str)> = FxHashSet::default();
        for (row, one) in (0..).zip(usage) {
            let place = places.get(one.customer.as_str()).copied();
            let Some((place, used)) = place.and_then(|place| Some((place, all.get_mut(place)?)))
            else {
                continue;
            };
            if seen.insert((place, one.tenant_id())) {
                used.tenants.push(row);
            }
            used.kinds.insert(one.association);
            used.authorities.insert(one.authority);
            used.first = Some(used.first.map_or(one.month, |first| first.min(one.month)));
            used.last = used.last.max(Some(one.month));
            used.rows += 1;
        }
        all
    }
}

impl Rows for Customers<'_> {
    fn list(&self) -> List {
        List::Customers
    }

    fn count(&self) -> usize {
        self.0.evidence.customers.len()
    }

    fn columns(&self) -> &Columns {
        let customers = &self.0.evidence.customers;
        self.0.columns(List::Customers, || {
            let ids: Vec<String> = customers.iter().map(|one| one.id.clone()).collect();
            let texts = customers.iter().map(|one| [one.name.as_str(), &one.id]);
            Columns {
                base: by_number((0..ids.len() as u32).collect(), &ranks(&ids)),
                texts: vec![Column::each(texts)],
                more: More::Used(self.used()),
            }
        })
    }

    fn key(&self, row: usize, sort: &str) -> Key<'_> {
        let (customer, used) = self.at(row);
        let month =
            |month: Option<Month>| month.map_or_else(String::new, |month| month.to_string());
        let text = match sort {
            "first" => month(used.first),
            "last" => month(used.last),
            "rows" => return Key::Number(used.rows),
            _ => customer.name.to_lowercase(),
        };
        Key::Text(text.into())
    }

    fn numbers(&self, sort: &str) -> Vec<u64> {
        let month = |month: Option<Month>| number(month.map(Month::first_day));
        let all = (0..self.count()).map(|row| self.at(row));
        match sort {
            "first" => all.map(|(_, used)| month(used.first)).collect(),
            "last" => all.map(|(_, used)| month(used.last)).collect(),
            "rows" => all.map(|(_, used)| used.rows).collect(),
            _ => ranks(
                &all.map(|(one, _)| one.name.to_lowercase())
                    .collect::<Vec<_>>(),
            ),
        }
    }

    fn own(&self, row: usize) -> Vec<Cow<'_, str>> {
        vec![self.0.evidence.customers[row].id.as_str().into()]
    }

    fn test<'s>(&'s self, filter: &'s Filter) -> Box<dyn FnMut(usize) -> bool + 's> {
        let lists = self.0;
        match filter {
            Filter::Said(by) => Box::new(|row| {
                let (customer, used) = self.at(row);
                said(*by, used.authorities(customer).into_iter())
            }),
            Filter::Counts(asked) => {
                let view = lists
                    .trace
                    .view(asked.area.as_deref(), asked.metric.as_deref());
                Box::new(move |row| {
                    let (customer, used) = self.at(row);
                    let tenants = self.tenants(used);
                    let row = Traced::Customer(&customer.id, &tenants);
                    asked.takes(lists.trace.counts_on(asked.decision, &row, &view))
                })
            }
            // Nobody says of customers how they are.
            Filter::State(_) | Filter::Word(_) => Box::new(|_| true),
        }
    }
}

/// What a customer used who used nothing.
static NOTHING: Used = Used {
    tenants: Vec::new(),
    kinds: BTreeSet::new(),
    authorities: BTreeSet::new(),
    first: None,
    last: None,
    rows: 0,
};

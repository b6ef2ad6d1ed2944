//! The rows of usage.

use std::borrow::Cow;
use std::collections::BTreeSet;

use membership_domain::evidence::Usage;
use membership_domain::month::Month;
use rustc_hash::FxHashMap;
use serde::{Deserialize, Serialize};

use super::said;
use crate::Lists;
use crate::columns::{Columns, More};
use crate::filter::{Counts, Filter};
use crate::order::{by_number, ranked, ranks, wide};
use crate::page::{Page, pick};
use crate::query::{List, Query};
use crate::row::{Key, Rows};
use crate::texts::Column;
use crate::trace::{Counting, Traced};

/// What a tenant used of one workload in one month.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct UsageRow {
    /// The customer's name.
    pub name: String,
    /// As evidence has it.
    pub usage: Usage,
    /// How it stands in each area and program that has a rule about it.
    pub areas: Vec<Counting>,
}

/// Usage as rows.
struct Used<'l>(&'l Lists<'l>);

/// Which of its columns of texts is which.
const CUSTOMERS: usize = 0;
const TENANTS: usize = 1;
const WORKLOADS: usize = 2;
const MONTHS: usize = 3;

impl Lists<'_> {
    /// What customers used, by month.
    #[must_use]
    pub fn usage(&self, query: &Query) -> Page<UsageRow> {
        let (view, rows) = (self.view(query), Used(self));
        pick(&rows, self.kept, query).shown(|row| {
            let usage = &self.evidence.usage[row];
            UsageRow {
                name: rows.name(row).to_owned(),
                usage: usage.clone(),
                areas: self.trace.areas(&Traced::Usage(usage), &view),
            }
        })
    }
}

impl Used<'_> {
    /// The place of what a row says in a column.
    fn place(&self, column: usize, row: usize) -> usize {
        self.columns().texts[column].of_row[row] as usize
    }

    /// The name of the customer of a row.
    fn name(&self, row: usize) -> &str {
        self.name_of(self.place(CUSTOMERS, row))
    }

    /// The name of the customer in a place of the column.
    fn name_of(&self, place: usize) -> &str {
        let customer = match &self.columns().more {
            More::Customers(customers) => customers[place],
            _ => None,
        };
        customer.map_or("", |place| {
            self.0.evidence.customers[place as usize].name.as_str()
        })
    }

    fn make(&self) -> Columns {
        let (catalog, evidence) = (self.0.catalog, self.0.evidence);
        let usage = &evidence.usage;
        let ids = evidence.customers.iter().map(|one| one.id.as_str());
        let places: FxHashMap<&str, u32> = ids.zip(0..).collect();
        let titles: FxHashMap<&str, &str> = (catalog.workloads.iter())
            .map(|known| (known.id.as_str(), known.name.as_str()))
            .collect();
        let (of_row, customers) = ranked(usage.iter().map(|one| one.customer.as_str()));
        let found: Vec<Option<u32>> = customers.iter().map(|id| places.get(id).copied()).collect();
        let names = found.iter().map(|place| {
            let customer = place.and_then(|place| evidence.customers.get(place as usize));
            [customer.map_or("", |customer| customer.name.as_str())]
        });
        let months: BTreeSet<Month> = usage.iter().map(|one| one.month).collect();
        let months: Vec<(Month, String)> =
            (months.into_iter().map(|month| (month, month.to_string()))).collect();
        let month = |one: &Usage| months.partition_point(|(month, _)| *month < one.month) as u32;
        let texts = vec![
            Column::new(of_row, names),
            Column::of(usage.iter().map(Usage::tenant_id), |tenant| [tenant]),
            Column::of(usage.iter().map(|one| one.workload.as_str()), |id| {
                [id, titles.get(id).copied().unwrap_or_default()]
            }),
            Column::new(
                usage.iter().map(month).collect(),
                months.iter().map(|(_, month)| [month.as_str()]),
            ),
        ];
        let subscriptions = usage
            .iter()
            .map(|one| one.subscription.as_deref().unwrap_or_default());
        let kinds = usage.iter().map(|one| one.association.code());
        let mut base: Vec<u32> = (0..usage.len() as u32).collect();
        // By what weighs least first.
        for places in [
            &ranked(kinds).0,
            &ranked(subscriptions).0,
            &texts[MONTHS].of_row,
            &texts[WORKLOADS].of_row,
            &texts[TENANTS].of_row,
        ] {
            base = by_number(base, &wide(places));
        }
        Columns {
            base,
            texts,
            more: More::Customers(found),
        }
    }

    /// Whether rows count. Of rows that differ by their month alone one is looked at.
    fn counts<'s>(&'s self, asked: &'s Counts) -> Box<dyn FnMut(usize) -> bool + 's> {
        let (trace, usage) = (self.0.trace, &self.0.evidence.usage);
        let view = trace.view(asked.area.as_deref(), asked.metric.as_deref());
        let mut known = None;
        Box::new(move |row| {
            let one = &usage[row];
            let places = [TENANTS, WORKLOADS].map(|column| self.place(column, row));
            let alike = (places, one.association, one.authority);
            let found = match known.take() {
                Some((before, found)) if before == alike => found,
                _ => trace.months_on(asked.decision, one, &view),
            };
            let (_, found) = known.insert((alike, found));
            let counts = found.as_ref();
            asked.takes(counts.map(|months| months.iter().any(|some| some.contains(&one.month))))
        })
    }
}

impl Rows for Used<'_> {
    fn list(&self) -> List {
        List::Usage
    }

    fn count(&self) -> usize {
        self.0.evidence.usage.len()
    }

    fn columns(&self) -> &Columns {
        self.0.columns(List::Usage, || self.make())
    }

    fn key(&self, row: usize, sort: &str) -> Key<'_> {
        let usage = &self.0.evidence.usage[row];
        let text = match sort {
            "workload" => Cow::Borrowed(usage.workload.as_str()),
            "month" => usage.month.to_string().into(),
            "revenue_cents" => return Key::Number(usage.revenue_cents.unsigned_abs()),
            "users" => return Key::Number(usage.users),
            "seats" => return Key::Number(usage.seats),
            "active" => return Key::Number(usage.active),
            _ => self.name(row).to_lowercase().into(),
        };
        Key::Text(text)
    }

    fn numbers(&self, sort: &str) -> Vec<u64> {
        let usage = self.0.evidence.usage.iter();
        let texts = &self.columns().texts;
        match sort {
            "workload" => wide(&texts[WORKLOADS].of_row),
            "month" => wide(&texts[MONTHS].of_row),
            "revenue_cents" => usage.map(|one| one.revenue_cents.unsigned_abs()).collect(),
            "users" => usage.map(|one| one.users).collect(),
            "seats" => usage.map(|one| one.seats).collect(),
            "active" => usage.map(|one| one.active).collect(),
            _ => {
                let of_row = &texts[CUSTOMERS].of_row;
                let customers = of_row.iter().max().map_or(0, |most| *most as usize + 1);
                let names = (0..customers).map(|place| self.name_of(place).to_lowercase());
                let ranks = ranks(&names.collect::<Vec<_>>());
                of_row.iter().map(|place| ranks[*place as usize]).collect()
            }
        }
    }

    fn own(&self, row: usize) -> Vec<Cow<'_, str>> {
        let usage = &self.0.evidence.usage[row];
        let subscription = usage.subscription.as_deref().unwrap_or_default();
        let (month, kind) = (usage.month.to_string(), usage.association.code());
        let own = [usage.tenant_id(), &usage.workload];
        let [tenant, workload] = own.map(Cow::Borrowed);
        vec![
            tenant,
            workload,
            month.into(),
            subscription.into(),
            kind.into(),
        ]
    }

    fn test<'s>(&'s self, filter: &'s Filter) -> Box<dyn FnMut(usize) -> bool + 's> {
        let usage = &self.0.evidence.usage;
        match filter {
            Filter::Said(by) => Box::new(|row| said(*by, std::iter::once(usage[row].authority))),
            Filter::Counts(asked) => self.counts(asked),
            // Nobody says of usage how it is.
            Filter::State(_) | Filter::Word(_) => Box::new(|_| true),
        }
    }
}

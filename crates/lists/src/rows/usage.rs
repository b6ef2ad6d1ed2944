//! The rows of usage.

use std::borrow::Cow;
use std::collections::BTreeSet;

use membership_domain::Month;
use membership_domain::evidence::Usage;
use rustc_hash::FxHashMap;
use serde::{Deserialize, Serialize};

use super::said;
use super::search::Search;
use crate::Lists;
use crate::page::{Key, Page, page};
use crate::query::Query;
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

impl<'l> Lists<'l> {
    /// What customers used, by month.
    #[must_use]
    pub fn usage(&self, query: &Query) -> Page<UsageRow> {
        let (search, view) = (Search::of(&query.search), self.view(query));
        // By id: the name as it is, and as it sorts.
        let names: FxHashMap<&str, (&str, String)> = (self.evidence.customers.iter())
            .map(|customer| {
                let name = customer.name.as_str();
                (customer.id.as_str(), (name, name.to_lowercase()))
            })
            .collect();
        let nobody = ("", String::new());
        let named = |usage: &Usage| names.get(usage.customer.as_str()).unwrap_or(&nobody);
        let titles: FxHashMap<&str, &str> = (self.catalog.workloads.iter())
            .map(|known| (known.id.as_str(), known.name.as_str()))
            .collect();
        let months: FxHashMap<Month, String> = if search.is_empty() {
            FxHashMap::default()
        } else {
            let months: BTreeSet<Month> = self.evidence.usage.iter().map(|one| one.month).collect();
            (months.into_iter().map(|month| (month, month.to_string()))).collect()
        };
        let rows = self.evidence.usage.iter().filter(|usage| {
            let workload = usage.workload.as_str();
            let title = || titles.get(workload).copied().unwrap_or_default();
            let month = || months.get(&usage.month).map_or("", String::as_str);
            let texts = || {
                [
                    named(usage).0,
                    usage.tenant_id(),
                    workload,
                    title(),
                    month(),
                ]
            };
            search.finds(texts)
                && said(query, [usage.authority].into_iter())
                && self.counts(query, &view, &Traced::Usage(usage))
        });
        let leading = |usage: &&'l Usage| {
            let text = match query.sort.as_str() {
                "workload" => Cow::Borrowed(usage.workload.as_str()),
                "month" => Cow::Owned(usage.month.to_string()),
                "revenue_cents" => return Key::Number(usage.revenue_cents.unsigned_abs()),
                "users" => return Key::Number(usage.users),
                "seats" => return Key::Number(usage.seats),
                "active" => return Key::Number(usage.active),
                _ => Cow::Borrowed(named(usage).1.as_str()),
            };
            Key::Text(text)
        };
        let own = |usage: &&Usage| {
            let subscription = usage.subscription.as_deref().unwrap_or_default();
            format!(
                "{} {} {} {} {:?}",
                usage.tenant_id(),
                usage.workload,
                usage.month,
                subscription,
                usage.association
            )
        };
        page(rows, query, leading, own, |usage| UsageRow {
            name: named(usage).0.to_owned(),
            usage: (*usage).clone(),
            areas: self.trace.areas(&Traced::Usage(usage), &view),
        })
    }
}

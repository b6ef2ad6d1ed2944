//! The rows of usage.

use std::borrow::Cow;
use std::collections::HashMap;

use membership_domain::evidence::Usage;
use serde::{Deserialize, Serialize};

use super::{has, number, words};
use crate::Lists;
use crate::page::{Page, page};
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

impl Lists<'_> {
    /// What customers used, by month.
    #[must_use]
    pub fn usage(&self, query: &Query) -> Page<UsageRow> {
        let (words, view) = (words(query), self.view(query));
        // By id: the name as it is, and as it sorts.
        let names: HashMap<&str, (&str, String)> = (self.evidence.customers.iter())
            .map(|customer| {
                let name = customer.name.as_str();
                (customer.id.as_str(), (name, name.to_lowercase()))
            })
            .collect();
        let nobody = ("", String::new());
        let named = |usage: &Usage| names.get(usage.customer.as_str()).unwrap_or(&nobody);
        let titles: HashMap<&str, &str> = (self.catalog.workloads.iter())
            .map(|known| (known.id.as_str(), known.name.as_str()))
            .collect();
        let rows = self.evidence.usage.iter().filter(|usage| {
            let workload = usage.workload.as_str();
            let title = || titles.get(workload).copied().unwrap_or_default();
            let month = if words.is_empty() {
                String::new()
            } else {
                usage.month.to_string()
            };
            let texts = || [named(usage).0, usage.tenant_id(), workload, title(), &month];
            has(&words, texts) && self.counts(query, &view, &Traced::Usage(usage))
        });
        let leading = |usage: &&Usage| {
            let text = match query.sort.as_str() {
                "workload" => usage.workload.clone(),
                "month" => usage.month.to_string(),
                "revenue_cents" => number(usage.revenue_cents.unsigned_abs()),
                "users" => number(usage.users),
                "seats" => number(usage.seats),
                "active" => number(usage.active),
                _ => return Cow::Borrowed(named(usage).1.as_str()),
            };
            Cow::Owned(text)
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

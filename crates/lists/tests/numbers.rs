//! Every number that an assessment tells leads to as many rows, in all three demo organizations.

use std::collections::BTreeSet;

use chrono::NaiveDate;
use membership_domain::assess::{Finding, Items, Kind, Subject};
use membership_domain::{Basis, Catalog, Evidence, Hypothesis, assess};
use membership_lists::{Kept, Lists, Query, Trace, address, numbers, places};

const DEMO: [&str; 3] = [
    include_str!("../../server/demo/contoso.json"),
    include_str!("../../server/demo/northwind.json"),
    include_str!("../../server/demo/tailspin.json"),
];

/// What a test goes through, and how much it saw.
struct Numbers<'a> {
    catalog: &'a Catalog,
    evidence: &'a Evidence,
    lists: Lists<'a>,
    people: usize,
    customers: usize,
}

impl Numbers<'_> {
    fn check(&mut self, area: &str, metric: &str, finding: &Finding) {
        let known = numbers(self.catalog, area);
        let known = known.iter().find(|known| known.address == metric);
        let query = |counts| Query {
            area: Some(area.to_owned()),
            metric: Some(metric.to_owned()),
            counts: Some(counts),
            limit: 1000,
            ..Query::default()
        };
        for (items, counts) in [(&finding.counted, true), (&finding.not_counted, false)] {
            let what = format!("{area} {metric}, counting {counts}");
            let query = query(counts);
            match &finding.kind {
                Kind::People { .. } | Kind::Gate { .. } | Kind::Counting { .. } => {
                    assert!(known.is_some_and(|known| known.people), "{what}");
                    let page = self.lists.people(&query);
                    assert_eq!(page.total, items.len() as u64, "{what}");
                    self.people += items.len();
                }
                Kind::Part { .. } | Kind::Measure { .. } | Kind::References { .. } => {
                    assert!(known.is_some_and(|known| !known.people), "{what}");
                    let mut customers = self.customers(items);
                    if !counts {
                        // One of its tenants or workloads is enough.
                        let counted = self.customers(&finding.counted);
                        customers.retain(|customer| !counted.contains(customer));
                    }
                    let page = self.lists.customers(&query);
                    let rows: BTreeSet<&str> =
                        page.items.iter().map(|row| row.id.as_str()).collect();
                    assert_eq!(rows, customers, "{what}");
                    self.customers += rows.len();
                }
                _ => assert!(known.is_none(), "{what}"),
            }
        }
        for child in &finding.children {
            self.check(area, &child.id, child);
        }
    }

    fn customers(&self, items: &Items) -> BTreeSet<&'_ str> {
        let mut customers = BTreeSet::new();
        for item in items {
            let usage = self.evidence.usage.iter();
            match item.subject {
                Subject::Reference => {
                    let mut known = self.evidence.customers.iter();
                    customers.extend(known.find(|one| *one.id == *item.id).map(|one| &*one.id));
                }
                Subject::Customer => {
                    let own = usage.filter(|usage| *usage.tenant_id() == *item.id);
                    customers.extend(own.map(|usage| usage.customer.as_str()));
                }
                _ => {}
            }
        }
        customers
    }
}

#[test]
fn a_number_leads_to_as_many_rows() {
    let catalog = membership_catalog::builtin().expect("the built-in catalog");
    let day = NaiveDate::from_ymd_opt(2023, 11, 15).expect("a day");
    let (mut people, mut customers) = (0, 0);
    for text in DEMO {
        let evidence: Evidence = serde_json::from_str(text).expect("evidence");
        let assessment = assess(
            &catalog,
            &evidence,
            Basis::Entered,
            day,
            &Hypothesis::default(),
        );
        let trace = Trace::of(&catalog, &assessment);
        let kept = Kept::default();
        let mut all = Numbers {
            catalog: &catalog,
            evidence: &evidence,
            lists: Lists::new(&catalog, &evidence, (&trace, &kept), day),
            people: 0,
            customers: 0,
        };
        for assessed in &assessment.scores {
            let score = catalog.score(&assessed.score).expect("the score");
            for track in &assessed.tracks {
                for metric in &track.children {
                    let own = address(score, &track.id, &metric.id);
                    for part in &metric.children {
                        all.check(&score.id, &format!("{own}.{}", part.id), part);
                    }
                }
            }
        }
        for assessed in &assessment.programs {
            for finding in assessed.root.iter().chain(&assessed.tiers) {
                all.check(&assessed.program, &finding.id, finding);
            }
        }
        people += all.people;
        customers += all.customers;
    }
    assert!(people > 100 && customers > 100, "{people}, {customers}");
}

#[test]
fn ids_of_areas_and_programs_do_not_clash() {
    let catalog = membership_catalog::builtin().expect("the built-in catalog");
    let places = places(&catalog);
    let ids: BTreeSet<&str> = places.iter().map(|(id, _)| *id).collect();
    assert_eq!(ids.len(), places.len());
    for (id, _) in places {
        assert!(!numbers(&catalog, id).is_empty(), "{id}");
    }
}

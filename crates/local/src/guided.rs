//! Evidence from a few numbers, for whoever has no file at hand.

use chrono::{Months, NaiveDate};
use membership_domain::catalog::{AssociationKind, Catalog, Criterion, Measure, in_force};
use membership_domain::evidence::{
    Association, Authority, Customer, Evidence, Held, Person, Profile, Usage, Verification,
};
use membership_domain::month::Month;

/// Most people and most customers: a few numbers, not a load test.
pub const MOST: u32 = 500;

/// Where this is known from.
const SOURCE: &str = "guided";
/// Months of usage: enough for a year and the year before it.
const MONTHS: i32 = 25;
/// Months of usage of customers that are new: since then they are customers.
const NEW_MONTHS: i32 = 6;
/// How long ago everybody was certified and connected: lately, so that all of it is in force.
const SINCE: Months = Months::new(3);

/// What somebody says about a company.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Guided {
    /// What the company is called.
    pub name: String,
    /// It joined the program, and its account is verified.
    pub joined: bool,
    /// How many people work there.
    pub people: u32,
    /// Certificates, and how many of the people hold each.
    pub certificates: Vec<(String, u32)>,
    /// What customers use.
    pub uses: Vec<Use>,
}

/// Customers that use the same.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Use {
    /// The workload's id in the catalog.
    pub workload: String,
    /// How many customers use it today.
    pub customers: u32,
    /// How many of them began within the last year.
    pub new: u32,
    /// What each pays in a month, in US cents.
    pub revenue_cents: i64,
    /// The paid seats of each.
    pub seats: u32,
    /// How many of these are active; also the number of monthly users.
    pub active: u32,
}

impl Guided {
    /// The evidence that says the same, on a day.
    ///
    /// Certificates go round among the people, so that they are spread as evenly as they can be.
    /// Customers are connected in all ways that it takes for their usage to count wherever it can.
    #[must_use]
    pub fn evidence(&self, catalog: &Catalog, day: NaiveDate) -> Evidence {
        let since = day.checked_sub_months(SINCE).unwrap_or(day);
        let mut evidence = Evidence {
            profile: Profile {
                name: self.name.trim().to_owned(),
                joined_on: self.joined.then_some(since),
                verification: if self.joined {
                    Verification::Accepted
                } else {
                    Verification::NotStarted
                },
                ..Profile::default()
            },
            people: (1..=self.people.min(MOST))
                .map(|n| person(n, since))
                .collect(),
            ..Evidence::default()
        };
        let mut next = 0;
        for (certificate, holders) in &self.certificates {
            for _ in 0..(*holders).min(self.people) {
                let count = evidence.people.len().max(1);
                if let Some(person) = evidence.people.get_mut(next % count) {
                    person.certificates.push(held(certificate, since));
                }
                next += 1;
            }
        }
        let mut customers = 0;
        for used in &self.uses {
            let associations = associations(catalog, &used.workload, day);
            for nth in 0..used.customers.min(MOST) {
                customers += 1;
                let customer = customer(customers, used, &associations, since);
                // The newest come last.
                let first = if nth + used.new.min(used.customers) >= used.customers {
                    -NEW_MONTHS
                } else {
                    -MONTHS
                };
                for association in &associations {
                    usage(
                        &mut evidence.usage,
                        &customer.id,
                        used,
                        *association,
                        (day, first),
                    );
                }
                evidence.customers.push(customer);
            }
        }
        evidence
    }
}

fn person(number: u32, since: NaiveDate) -> Person {
    Person {
        id: format!("person-{number}"),
        name: format!("Person {number}"),
        email: None,
        linked_on: Some(since),
        left_on: None,
        authority: Authority::Claimed,
        claimed_left_on: None,
        certificates: Vec::new(),
    }
}

fn held(certificate: &str, completed_on: NaiveDate) -> Held {
    Held {
        certificate: certificate.to_owned(),
        completed_on,
        expires_on: None,
        known_on: None,
        source: Some(SOURCE.to_owned()),
        authority: Authority::Claimed,
    }
}

fn customer(number: u32, used: &Use, kinds: &[AssociationKind], since: NaiveDate) -> Customer {
    let association = |kind: &AssociationKind| Association {
        kind: *kind,
        workload: Some(used.workload.clone()),
        // Since before its usage begins.
        since: since.checked_sub_months(Months::new(24)).unwrap_or(since),
        active_percent: None,
        source: Some(SOURCE.to_owned()),
        authority: Authority::Claimed,
    };
    Customer {
        id: format!("customer-{number}"),
        name: format!("Customer {number}"),
        associations: kinds.iter().map(association).collect(),
    }
}

fn usage(
    rows: &mut Vec<Usage>,
    customer: &str,
    used: &Use,
    association: AssociationKind,
    (day, first): (NaiveDate, i32),
) {
    rows.extend((first..0).map(|back| Usage {
        customer: customer.to_owned(),
        tenant: None,
        subscription: None,
        workload: used.workload.clone(),
        association,
        month: Month::of(day).plus(back),
        revenue_cents: used.revenue_cents,
        users: u64::from(used.active),
        seats: u64::from(used.seats),
        active: u64::from(used.active),
        source: Some(SOURCE.to_owned()),
        authority: Authority::Claimed,
    }));
}

/// Associations through which a workload's usage counts in every rule of that day that looks at
/// it: as few as it takes. The same usage seen through several counts once.
fn associations(catalog: &Catalog, workload: &str, day: NaiveDate) -> Vec<AssociationKind> {
    let measures = measures(catalog, day);
    let mut open: Vec<&[AssociationKind]> = (measures.iter())
        .flat_map(|measure| looks(catalog, measure, workload))
        .collect();
    let mut chosen = Vec::new();
    while !open.is_empty() {
        let serves = |kind: &AssociationKind| open.iter().filter(|any| any.contains(kind)).count();
        // The first of those that serve most.
        let best = AssociationKind::ALL.into_iter().rev().max_by_key(serves);
        let Some(best) = best.filter(|kind| serves(kind) > 0) else {
            break;
        };
        open.retain(|any| !any.contains(&best));
        chosen.push(best);
    }
    if chosen.is_empty() {
        chosen.push(AssociationKind::Pal);
    }
    chosen
}

/// What the rules of a day make of usage.
fn measures(catalog: &Catalog, day: NaiveDate) -> Vec<&Measure> {
    let metrics = (catalog.scores.iter())
        .flat_map(|score| &score.tracks)
        .flat_map(|track| &track.metrics);
    let of_scores = metrics
        .filter_map(|metric| in_force(&metric.rules, day))
        .flat_map(|rule| rule.parts.iter().map(|part| &part.measure));
    let of_programs = (catalog.programs.iter())
        .filter_map(|program| in_force(&program.rules, day))
        .flat_map(|rule| rule.walk())
        .filter_map(|requirement| match &requirement.test {
            Criterion::Measure { measure, .. } => Some(measure),
            _ => None,
        });
    of_scores.chain(of_programs).collect()
}

/// The associations that a measure takes for a workload, once for each way in which it looks at it.
fn looks<'c>(
    catalog: &Catalog,
    measure: &'c Measure,
    workload: &str,
) -> impl Iterator<Item = &'c [AssociationKind]> {
    let known = catalog.workload(workload);
    let looks = known.into_iter().flat_map(|known| {
        let all = measure.looks();
        all.filter(|look| look.takes(known))
    });
    looks.map(|look| look.associations)
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use membership_domain::evidence::check;
    use membership_domain::{Basis, Hypothesis, Number, assess};

    use super::*;

    fn guided() -> Guided {
        let used = |workload: &str| Use {
            workload: workload.to_owned(),
            customers: 5,
            new: 2,
            revenue_cents: 200_000,
            seats: 100,
            active: 60,
        };
        Guided {
            name: " Contoso ".to_owned(),
            joined: true,
            people: 12,
            certificates: vec![("az-104".to_owned(), 4), ("az-305".to_owned(), 20)],
            uses: vec![used("sql-database"), used("teams")],
        }
    }

    #[test]
    fn a_few_numbers_make_evidence_that_counts() {
        let catalog = membership_catalog::builtin().expect("the built-in catalog");
        let day = NaiveDate::from_ymd_opt(2023, 11, 15).expect("a day");
        let evidence = guided().evidence(&catalog, day);
        assert_eq!(check(&evidence, &catalog), []);
        assert_eq!(evidence.profile.name, "Contoso");
        assert_eq!((evidence.people.len(), evidence.customers.len()), (12, 10));
        let held: usize = (evidence.people.iter())
            .map(|one| one.certificates.len())
            .sum();
        assert_eq!(held, 4 + 12, "nobody holds one twice");
        assert_eq!(
            evidence.usage.len(),
            2 * 2 * (3 * MONTHS + 2 * NEW_MONTHS) as usize,
            "both workloads through two associations"
        );

        let assessment = assess(
            &catalog,
            &evidence,
            Basis::Entered,
            day,
            &Hypothesis::default(),
        );
        let infrastructure = assessment
            .score("infrastructure")
            .and_then(|one| one.chosen());
        let metrics = infrastructure.map(|track| track.children.iter());
        let found = metrics.and_then(|mut all| all.find(|metric| metric.id == "net-adds"));
        assert_eq!(
            found.and_then(|metric| metric.have),
            Some(Number::from(20_u32)),
            "ten points for each of two new customers"
        );
        let none = Guided::default().evidence(&catalog, day);
        assert_eq!(none, Evidence::default());
    }

    #[test]
    fn every_workload_counts_wherever_a_rule_looks_at_it() {
        let catalog = membership_catalog::builtin().expect("the built-in catalog");
        let day = NaiveDate::from_ymd_opt(2023, 11, 15).expect("a day");
        for workload in &catalog.workloads {
            let chosen = associations(&catalog, &workload.id, day);
            for measure in measures(&catalog, day) {
                for any in looks(&catalog, measure, &workload.id) {
                    let serves = chosen.iter().any(|kind| any.contains(kind));
                    assert!(serves, "{} through {chosen:?}, not {any:?}", workload.id);
                }
            }
        }
    }

    #[test]
    fn usage_counts_in_each_area_that_it_is_about() {
        let catalog = membership_catalog::builtin().expect("the built-in catalog");
        let day = NaiveDate::from_ymd_opt(2023, 11, 15).expect("a day");
        let evidence = Guided {
            people: 1,
            uses: (catalog.workloads.iter())
                .map(|workload| Use {
                    workload: workload.id.clone(),
                    customers: 6,
                    new: 3,
                    revenue_cents: 2_000_000,
                    seats: 1_000,
                    active: 900,
                })
                .collect(),
            ..Guided::default()
        }
        .evidence(&catalog, day);
        assert_eq!(check(&evidence, &catalog), []);
        let assessment = assess(
            &catalog,
            &evidence,
            Basis::Entered,
            day,
            &Hypothesis::default(),
        );
        let mut counted = 0;
        for score in &assessment.scores {
            let known = catalog.score(&score.score).expect("a score");
            let rules = known.tracks.iter().flat_map(|track| &track.metrics);
            let of_usage = rules
                .filter(|metric| {
                    in_force(&metric.rules, day).is_some_and(|rule| !rule.parts.is_empty())
                })
                .map(|metric| metric.id.as_str());
            let of_usage: BTreeSet<&str> = of_usage.collect();
            let all = || score.tracks.iter().flat_map(|track| &track.children);
            for id in of_usage {
                let mut metrics = all().filter(|metric| metric.id == id);
                let counts = metrics.any(|metric| metric.have > Some(Number::ZERO));
                assert!(counts, "{id} of {}", score.score);
                counted += 1;
            }
        }
        assert!(counted > 6, "{counted} metrics about usage");
    }

    #[test]
    fn certificates_go_round() {
        let catalog = membership_catalog::builtin().expect("the built-in catalog");
        let day = NaiveDate::from_ymd_opt(2023, 11, 15).expect("a day");
        let evidence = guided().evidence(&catalog, day);
        let counts: Vec<usize> = evidence
            .people
            .iter()
            .map(|one| one.certificates.len())
            .collect();
        assert_eq!(counts, [2, 2, 2, 2, 1, 1, 1, 1, 1, 1, 1, 1]);
    }
}

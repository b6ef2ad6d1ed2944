//! Evidence from a few numbers, for whoever has no file at hand.

use chrono::{Months, NaiveDate};
use membership_domain::catalog::{AssociationKind, Catalog, Measure, in_force};
use membership_domain::evidence::{
    Association, Customer, Evidence, Held, Person, Profile, Usage, Verification,
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
    /// Customers are connected in a way in which their usage counts.
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
            let association = association(catalog, &used.workload, day);
            for nth in 0..used.customers.min(MOST) {
                customers += 1;
                let customer = customer(customers, used, association, since);
                // The newest come last.
                let first = if nth + used.new.min(used.customers) >= used.customers {
                    -NEW_MONTHS
                } else {
                    -MONTHS
                };
                usage(
                    &mut evidence.usage,
                    &customer.id,
                    used,
                    association,
                    (day, first),
                );
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
    }
}

fn customer(number: u32, used: &Use, kind: AssociationKind, since: NaiveDate) -> Customer {
    Customer {
        id: format!("customer-{number}"),
        name: format!("Customer {number}"),
        associations: vec![Association {
            kind,
            workload: Some(used.workload.clone()),
            // Since before its usage begins.
            since: since.checked_sub_months(Months::new(24)).unwrap_or(since),
            active_percent: None,
            source: Some(SOURCE.to_owned()),
        }],
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
        seats: u64::from(used.seats.max(used.active)),
        active: u64::from(used.active),
        source: Some(SOURCE.to_owned()),
    }));
}

/// A connection through which usage of a workload counts in some score on that day.
fn association(catalog: &Catalog, workload: &str, day: NaiveDate) -> AssociationKind {
    let groups = catalog
        .workload(workload)
        .map(|known| known.groups.as_slice())
        .unwrap_or_default();
    let metrics = (catalog.scores.iter())
        .flat_map(|score| &score.tracks)
        .flat_map(|track| &track.metrics);
    let measures = metrics
        .filter_map(|metric| in_force(&metric.rules, day))
        .flat_map(|rule| rule.parts.iter().map(|part| &part.measure));
    let through = |measure: &Measure| {
        let looks_at = |chosen: &[String]| chosen.iter().any(|group| groups.contains(group));
        if looks_at(&measure.groups) {
            return measure.associations.first().copied();
        }
        let also = measure.also.iter().find(|also| looks_at(&also.groups));
        also.and_then(|also| also.associations.first().copied())
    };
    measures
        .into_iter()
        .find_map(through)
        .unwrap_or(AssociationKind::Pal)
}

#[cfg(test)]
mod tests {
    use membership_domain::evidence::check;
    use membership_domain::{Hypothesis, Number, assess};

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
            2 * (3 * MONTHS + 2 * NEW_MONTHS) as usize
        );

        let assessment = assess(&catalog, &evidence, day, &Hypothesis::default());
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

    /// Somebody who has two of a certificate is somebody whom the check refuses.
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

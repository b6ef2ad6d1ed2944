//! A large organization, made by rule and the same each time: for measuring how long an
//! assessment takes.

use chrono::{Days, NaiveDate};
use membership_domain::Month;
use membership_domain::catalog::AssociationKind;
use membership_domain::evidence::{Association, Customer, Evidence, Held, Person, Usage};

use crate::partner::{Partner, day};

/// The day it is assessed on.
pub const DAY: NaiveDate = day(2023, 11, 15);

/// How large it is. A customer has three workloads.
#[derive(Debug, Clone, Copy)]
pub struct Size {
    /// People.
    pub people: u64,
    /// Certificates of each of them.
    pub certificates: u64,
    /// Customers.
    pub customers: u64,
    /// Months of usage, the last one being October 2023.
    pub months: i32,
}

/// What most measures are made of.
pub const USUAL: Size = Size {
    people: 500,
    certificates: 4,
    customers: 100,
    months: 25,
};

/// The largest that is promised to be quick: 50,000 certificates and 144,000 rows of usage.
pub const LARGEST: Size = Size {
    people: 10_000,
    certificates: 5,
    customers: 2_000,
    months: 24,
};

pub(crate) const CERTIFICATES: [&str; 40] = [
    "az-104",
    "az-305",
    "dp-203",
    "dp-300",
    "ai-102",
    "pl-300",
    "az-204",
    "az-400",
    "az-500",
    "az-700",
    "az-800-801",
    "az-140",
    "az-120",
    "dp-100",
    "dp-420",
    "sc-100",
    "sc-200",
    "sc-300",
    "sc-400",
    "ms-500",
    "ms-102",
    "ms-700",
    "ms-900",
    "md-102",
    "ms-203",
    "ms-721",
    "mb-210",
    "mb-230",
    "mb-240",
    "mb-260",
    "mb-310",
    "mb-330",
    "mb-335",
    "mb-500",
    "mb-700",
    "mb-800",
    "pl-200",
    "pl-400",
    "pl-500",
    "pl-600",
];

pub(crate) const WORKLOADS: [(&str, AssociationKind); 16] = [
    ("storage", AssociationKind::Pal),
    ("teams", AssociationKind::CporUsage),
    ("business-central", AssociationKind::CporUsage),
    ("sql-database", AssociationKind::CspTier1),
    ("exchange", AssociationKind::Dpor),
    ("power-bi", AssociationKind::Pal),
    ("key-vault", AssociationKind::Pal),
    ("intune", AssociationKind::CporUsage),
    ("functions", AssociationKind::Pal),
    ("sharepoint", AssociationKind::CspTier2),
    ("sentinel", AssociationKind::Pal),
    ("app-service", AssociationKind::Dpor),
    ("power-apps", AssociationKind::Pal),
    ("virtual-machines", AssociationKind::CspTier2),
    ("defender-for-endpoint", AssociationKind::CporUsage),
    ("cosmos-db", AssociationKind::Pal),
];

/// An organization of this size.
#[must_use]
pub fn organization(size: Size) -> Evidence {
    let mut evidence = Partner::default().0;
    let mut chance = Chance(20_231_115);
    for number in 0..size.people {
        let person = person(number, size.certificates, &mut chance);
        evidence.people.push(person);
    }
    for number in 0..size.customers {
        let id = format!("customer-{number:03}");
        let mut associations = Vec::new();
        for nth in 0..3 {
            let Some(&(workload, association)) =
                WORKLOADS.get(((number * 3 + nth * 5) % 16) as usize)
            else {
                continue;
            };
            associations.push(Association {
                kind: association,
                workload: Some(workload.to_owned()),
                since: earlier(chance.below(900)),
                active_percent: Some(chance.below(60).into()),
                source: None,
            });
            let rows = &mut evidence.usage;
            usage(rows, &id, (workload, association), size.months, &mut chance);
        }
        let name = format!("Customer {number}");
        evidence.customers.push(Customer {
            id,
            name,
            associations,
        });
    }
    evidence
}

fn person(number: u64, certificates: u64, chance: &mut Chance) -> Person {
    let certificates = (0..certificates)
        .filter_map(|nth| {
            let at = number
                .wrapping_mul(7)
                .wrapping_add(nth * 11 + chance.below(3))
                % 40;
            let certificate = CERTIFICATES.get(usize::try_from(at).ok()?)?;
            Some(Held {
                certificate: (*certificate).to_owned(),
                completed_on: earlier(chance.below(500)),
                expires_on: None,
                known_on: None,
                source: None,
            })
        })
        .collect();
    Person {
        id: format!("person-{number:03}"),
        name: format!("Person {number}"),
        email: Some(format!("person{number}@contoso.example")),
        linked_on: (chance.below(10) > 0).then_some(day(2022, 1, 10)),
        left_on: None,
        certificates,
    }
}

fn usage(
    rows: &mut Vec<Usage>,
    customer: &str,
    (workload, association): (&str, AssociationKind),
    months: i32,
    chance: &mut Chance,
) {
    let last = Month::of(DAY).plus(-1);
    let seats = 10 + chance.below(500);
    for back in (0..months).rev() {
        let grown = 100 + 2 * u64::from(back.abs_diff(months));
        rows.push(Usage {
            customer: customer.to_owned(),
            tenant: None,
            subscription: None,
            workload: workload.to_owned(),
            association,
            month: last.plus(-back),
            revenue_cents: i64::try_from(1000 * grown + chance.below(100_000)).unwrap_or(0),
            users: seats * grown / 200,
            seats,
            active: seats * chance.below(100) / 100,
            source: None,
        });
    }
}

fn earlier(days: u64) -> NaiveDate {
    DAY.checked_sub_days(Days::new(days)).unwrap_or(DAY)
}

/// A linear congruential generator: no chance at all, only variety.
pub(crate) struct Chance(pub u64);

impl Chance {
    pub fn below(&mut self, limit: u64) -> u64 {
        self.0 = self
            .0
            .wrapping_mul(6_364_136_223_846_793_005)
            .wrapping_add(1_442_695_040_888_963_407);
        (self.0 >> 33) % limit
    }
}

//! What is known about an organization that was made by rule.

use std::collections::BTreeMap;

use chrono::{Days, NaiveDate};
use membership_domain::Month;
use membership_domain::catalog::AssociationKind;
use membership_domain::evidence::{
    Association, Authority, Customer, Evidence, Held, Person, Profile, Usage, Verification,
};

use crate::random::Random;
use crate::{CERTIFICATES, DAY, WORKLOADS};

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

/// An organization of this size. The program owner confirmed most of what is known about it.
#[must_use]
pub fn organization(size: Size) -> Evidence {
    let mut evidence = made(size, &mut Random(20_231_115));
    confirm(&mut evidence);
    evidence
}

/// Of so many people and customers in a row, one is known from the partner alone.
const CLAIMED: usize = 40;

fn confirm(evidence: &mut Evidence) {
    let said = |number: usize| match number % CLAIMED {
        7 => Authority::Claimed,
        _ => Authority::Confirmed,
    };
    evidence.profile.authority = Authority::Confirmed;
    for (number, person) in evidence.people.iter_mut().enumerate() {
        for held in &mut person.certificates {
            held.authority = said(number);
        }
    }
    let mut by_customer = BTreeMap::new();
    for (number, customer) in evidence.customers.iter_mut().enumerate() {
        for association in &mut customer.associations {
            association.authority = said(number);
        }
        by_customer.insert(customer.id.as_str(), said(number));
    }
    for usage in &mut evidence.usage {
        let known = by_customer.get(usage.customer.as_str());
        usage.authority = known.copied().unwrap_or_default();
    }
}

/// One with other values, in which the partner says everything: for files that it imports.
pub(crate) fn made(size: Size, random: &mut Random) -> Evidence {
    let mut evidence = Evidence {
        profile: Profile {
            name: "Contoso".to_owned(),
            joined_on: NaiveDate::from_ymd_opt(2020, 1, 1),
            verification: Verification::Accepted,
            ..Profile::default()
        },
        ..Evidence::default()
    };
    for number in 0..size.people {
        let person = person(number, size.certificates, random);
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
                since: earlier(random.below(900)),
                active_percent: Some(random.below(60).into()),
                source: None,
                authority: Authority::Claimed,
            });
            let rows = &mut evidence.usage;
            usage(rows, &id, (workload, association), size.months, random);
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

fn person(number: u64, certificates: u64, random: &mut Random) -> Person {
    let certificates = (0..certificates)
        .filter_map(|nth| {
            let at = number
                .wrapping_mul(7)
                .wrapping_add(nth * 11 + random.below(3))
                % 40;
            let certificate = CERTIFICATES.get(usize::try_from(at).ok()?)?;
            Some(Held {
                certificate: (*certificate).to_owned(),
                completed_on: earlier(random.below(500)),
                expires_on: None,
                known_on: None,
                source: None,
                authority: Authority::Claimed,
            })
        })
        .collect();
    let linked = random.below(10) > 0;
    Person {
        id: format!("person-{number:03}"),
        name: format!("Person {number}"),
        email: Some(format!("person{number}@contoso.example")),
        linked_on: NaiveDate::from_ymd_opt(2022, 1, 10).filter(|_| linked),
        left_on: None,
        authority: Authority::Claimed,
        claimed_left_on: None,
        certificates,
    }
}

fn usage(
    rows: &mut Vec<Usage>,
    customer: &str,
    (workload, association): (&str, AssociationKind),
    months: i32,
    random: &mut Random,
) {
    let last = Month::of(DAY).plus(-1);
    let seats = 10 + random.below(500);
    for back in (0..months).rev() {
        let grown = 100 + 2 * u64::from(back.abs_diff(months));
        rows.push(Usage {
            customer: customer.to_owned(),
            tenant: None,
            subscription: None,
            workload: workload.to_owned(),
            association,
            month: last.plus(-back),
            revenue_cents: i64::try_from(1000 * grown + random.below(100_000)).unwrap_or(0),
            users: seats * grown / 200,
            seats,
            active: seats * random.below(100) / 100,
            source: None,
            authority: Authority::Claimed,
        });
    }
}

fn earlier(days: u64) -> NaiveDate {
    DAY.checked_sub_days(Days::new(days)).unwrap_or(DAY)
}

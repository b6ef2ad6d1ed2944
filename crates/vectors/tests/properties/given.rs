//! Any evidence that could be, on [`DAY`].

use chrono::{Days, NaiveDate};
use membership_domain::catalog::AssociationKind;
use membership_domain::evidence::{
    Association, Audit, Authority, Customer, Declaration, Evidence, Figure, Held, Invitation,
    Membership, Offer, PastScore, Person, Reference, Usage, Verification,
};
use membership_domain::{Month, Number};
use proptest::collection::{btree_map, vec};
use proptest::option;
use proptest::prelude::*;
use proptest::sample::select;

use crate::CATALOG;

pub const DAY: NaiveDate = membership_vectors::partner::DAY;

/// Evidence as it is known on [`DAY`]: nothing in it begins later.
pub fn evidence() -> impl Strategy<Value = Evidence> {
    let lists = (
        vec(membership(), 0..5),
        vec(past_score(), 0..4),
        vec(audit(), 0..3),
        vec(reference(), 0..4),
        vec(invitation(), 0..3),
        vec(figure(), 0..6),
        vec(declaration(), 0..4),
        vec(offer(), 0..3),
    );
    let verification = select(vec![
        Verification::Accepted,
        Verification::Accepted,
        Verification::Pending,
    ]);
    (
        option::weighted(0.9, past(900)),
        verification,
        vec(person(), 0..14),
        customers(),
        lists,
    )
        .prop_map(
            |(joined_on, verification, people, (customers, usage), lists)| {
                let mut evidence = Evidence {
                    people,
                    customers,
                    usage,
                    ..Evidence::default()
                };
                evidence.profile.joined_on = joined_on;
                evidence.profile.verification = verification;
                number_ids(&mut evidence);
                let (
                    memberships,
                    past_scores,
                    audits,
                    references,
                    invitations,
                    figures,
                    said,
                    offers,
                ) = lists;
                Evidence {
                    memberships,
                    past_scores,
                    audits,
                    references,
                    invitations,
                    figures,
                    declarations: said,
                    offers,
                    ..evidence
                }
            },
        )
}

/// Evidence of people alone: many, with the certificates that earn points.
pub fn skilled() -> impl Strategy<Value = Evidence> {
    (vec(person(), 4..40), customers()).prop_map(|(people, (customers, usage))| {
        let mut evidence = Evidence {
            people,
            customers,
            usage,
            ..Evidence::default()
        };
        number_ids(&mut evidence);
        evidence
    })
}

fn number_ids(evidence: &mut Evidence) {
    for (number, person) in evidence.people.iter_mut().enumerate() {
        person.id = format!("person-{number}");
        person.name = format!("Person {number}");
    }
}

pub fn past(days: u64) -> impl Strategy<Value = NaiveDate> {
    (0..=days).prop_map(|days| DAY.checked_sub_days(Days::new(days)).unwrap_or(DAY))
}

fn around(days: u64) -> impl Strategy<Value = NaiveDate> {
    past(2 * days).prop_map(move |day| day.checked_add_days(Days::new(days)).unwrap_or(day))
}

pub fn certificate() -> impl Strategy<Value = String> {
    // Those that open gates, more often than their share.
    let gates = ["az-104", "az-305", "az-500", "sc-200", "ms-500", "ms-102"].map(str::to_owned);
    let all: Vec<String> = CATALOG
        .certificates
        .iter()
        .map(|known| known.id.clone())
        .collect();
    prop_oneof![select(gates.to_vec()), select(all)]
}

fn held() -> impl Strategy<Value = Held> {
    (certificate(), past(450), option::weighted(0.2, 0_u64..800)).prop_map(
        |(certificate, completed_on, valid)| Held {
            certificate,
            completed_on,
            expires_on: valid.and_then(|days| completed_on.checked_add_days(Days::new(days))),
            known_on: None,
            source: None,
            authority: Authority::Claimed,
        },
    )
}

fn person() -> impl Strategy<Value = Person> {
    let left = || option::weighted(0.1, around(200));
    (
        option::weighted(0.9, past(700)),
        left(),
        left(),
        vec(held(), 0..6),
    )
        .prop_map(|(linked_on, left_on, claimed, certificates)| {
            // Who left before they were linked is refused.
            let later = |left: NaiveDate| linked_on.map_or(left, |linked| left.max(linked));
            Person {
                id: String::new(),
                name: String::new(),
                email: None,
                linked_on,
                left_on: left_on.map(later),
                authority: Authority::Claimed,
                claimed_left_on: claimed.map(later),
                certificates,
            }
        })
}

fn kind() -> impl Strategy<Value = AssociationKind> {
    use AssociationKind::{CporAdvisor, CporRevenue, CporUsage, CspTier1, CspTier2, Dpor, Pal};
    select(vec![
        Pal,
        Pal,
        Pal,
        CporUsage,
        CporUsage,
        CspTier1,
        CspTier2,
        Dpor,
        CporAdvisor,
        CporRevenue,
    ])
}

fn workload() -> impl Strategy<Value = String> {
    let usual = [
        "storage",
        "sql-database",
        "sentinel",
        "teams",
        "intune",
        "power-bi",
    ];
    let all: Vec<String> = CATALOG
        .workloads
        .iter()
        .map(|known| known.id.clone())
        .collect();
    prop_oneof![select(usual.map(str::to_owned).to_vec()), select(all)]
}

/// Small amounts mostly, and the largest that are allowed.
fn amount() -> impl Strategy<Value = u64> {
    prop_oneof![5 => 0_u64..2000, 3 => 0_u64..4_000_000, 1 => Just(1_000_000_000_000_000_u64)]
}

fn customers() -> impl Strategy<Value = (Vec<Customer>, Vec<Usage>)> {
    let association = (
        kind(),
        option::of(workload()),
        past(900),
        option::of(0_u32..=100),
    );
    let associations = vec(association, 0..3).prop_map(|all| {
        let one = |(kind, workload, since, percent): (_, _, _, Option<u32>)| Association {
            kind,
            workload,
            since,
            active_percent: percent.map(Number::from),
            source: None,
            authority: Authority::Claimed,
        };
        all.into_iter().map(one).collect::<Vec<_>>()
    });
    let key = (
        0_usize..5,
        option::of(0_usize..3),
        option::of(0_usize..2),
        workload(),
        kind(),
        0_i32..26,
    );
    let used = (amount(), amount(), amount(), 0_u64..=100);
    (vec(associations, 5), btree_map(key, used, 0..60)).prop_map(|(associations, usage)| {
        let customers = (associations.into_iter().enumerate())
            .map(|(number, associations)| Customer {
                id: format!("customer-{number}"),
                name: format!("Customer {number}"),
                associations,
            })
            .collect();
        let row =
            |((customer, tenant, subscription, workload, association, back), used): (_, _)| {
                let (cents, users, seats, percent): (u64, u64, u64, u64) = used;
                let (customer, tenant): (usize, Option<usize>) = (customer, tenant);
                let subscription: Option<usize> = subscription;
                Usage {
                    customer: format!("customer-{customer}"),
                    tenant: tenant.map(|tenant| format!("tenant-{customer}-{tenant}")),
                    subscription: subscription.map(|number| format!("subscription-{number}")),
                    workload,
                    association,
                    month: Month::of(DAY).plus(-1 - back),
                    revenue_cents: i64::try_from(cents).unwrap_or(0),
                    users,
                    seats,
                    active: seats / 100 * percent,
                    source: None,
                    authority: Authority::Claimed,
                }
            };
        (customers, usage.into_iter().map(row).collect())
    })
}

/// Often one of a few, so that memberships, audits and references are about the same program.
fn program() -> impl Strategy<Value = String> {
    let all: Vec<String> = (CATALOG.programs.iter())
        .map(|known| known.id.clone())
        .collect();
    let few = [
        "specialization-ai-machine-learning",
        "specialization-threat-protection",
        "solutions-partner-data-ai",
    ];
    prop_oneof![select(all), select(few.to_vec()).prop_map(str::to_owned)]
}

fn membership() -> impl Strategy<Value = Membership> {
    (program(), past(800), option::weighted(0.9, 0_u64..500)).prop_map(
        |(program, started_on, days)| Membership {
            program,
            pack: None,
            started_on,
            ends_on: days.and_then(|days| started_on.checked_add_days(Days::new(days))),
            authority: Authority::Claimed,
        },
    )
}

fn past_score() -> impl Strategy<Value = PastScore> {
    let scores: Vec<String> = CATALOG
        .scores
        .iter()
        .map(|known| known.id.clone())
        .collect();
    (
        select(scores),
        past(300),
        60_u32..90,
        prop::bool::weighted(0.8),
    )
        .prop_map(|(score, day, total, every_metric_above_zero)| PastScore {
            score,
            day,
            total: total.into(),
            every_metric_above_zero,
            authority: Authority::Claimed,
        })
}

fn audit() -> impl Strategy<Value = Audit> {
    (program(), past(900), prop::bool::weighted(0.8)).prop_map(|(program, decided_on, passed)| {
        Audit {
            program,
            decided_on,
            passed,
            authority: Authority::Claimed,
        }
    })
}

fn reference() -> impl Strategy<Value = Reference> {
    (program(), past(200), option::of(past(100))).prop_map(|(program, handed_in, approved_on)| {
        let approved_on = approved_on.map(|day| day.max(handed_in));
        Reference {
            program,
            customer: "Fabrikam".to_owned(),
            submitted_on: handed_in,
            approved_on,
            authority: Authority::Claimed,
        }
    })
}

fn invitation() -> impl Strategy<Value = Invitation> {
    (program(), past(200), option::of(0_u64..400)).prop_map(|(program, issued_on, days)| {
        let expires_on = days.and_then(|days| issued_on.checked_add_days(Days::new(days)));
        Invitation {
            program,
            issued_on,
            expires_on,
            authority: Authority::Claimed,
        }
    })
}

fn figure() -> impl Strategy<Value = Figure> {
    let keys = [
        "fundamentals-completions",
        "advanced-exams",
        "survey-score",
        "marketplace-sales",
        "surface-revenue",
        "teams-app-users",
    ];
    let place = option::of((
        select(vec!["Berlin", "Lagos"]),
        select(vec!["DE", "MEA", "nowhere"]),
    ));
    (select(keys.to_vec()), 0_i64..2_000_000, past(100), place).prop_map(
        |(key, value, reported_on, place)| {
            // Asked for by location alone.
            let of_one = (key == "surface-revenue").then_some(("Berlin", "DE"));
            let place = place.or(of_one);
            Figure {
                key: key.to_owned(),
                value: value.into(),
                reported_on,
                location: place.map(|(location, _)| location.to_owned()),
                region: place.map(|(_, region)| region.to_owned()),
                authority: Authority::Claimed,
            }
        },
    )
}

fn declaration() -> impl Strategy<Value = Declaration> {
    let keys = ["reseller-agreement", "app-project"];
    (select(keys.to_vec()), any::<bool>(), past(100)).prop_map(|(key, holds, declared_on)| {
        Declaration {
            key: key.to_owned(),
            holds,
            declared_on,
            authority: Authority::Claimed,
        }
    })
}

fn offer() -> impl Strategy<Value = Offer> {
    (past(300), any::<bool>()).prop_map(|(published_on, transactable)| Offer {
        name: "Northwind Planner".to_owned(),
        published_on,
        transactable,
        authority: Authority::Claimed,
    })
}

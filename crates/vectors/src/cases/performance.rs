//! Performance and customer success: what customers use, now and a year before.

use membership_domain::catalog::AssociationKind::{CporUsage, Dpor, Pal};

use super::{Case, metric_of, part};
use crate::partner::{BEFORE, DAY, NOW, Partner, Used};

pub(super) const CASES: &[Case] = &[
    Case::new(17, "Azure: one customer won", "10", |trial| {
        let partner = Partner::default()
            .azure("old", "storage", BEFORE, 1500)
            .azure("old", "storage", NOW, 1500)
            .azure("new", "storage", NOW, 1000)
            .azure("small", "storage", NOW, 999);
        trial.points(&partner, DAY, ("data-ai", "all", "net-adds"))
    }),
    Case::new(
        18,
        "Azure: seven customers now, five a year ago",
        "20",
        |trial| {
            let a_year_ago = ["a", "b", "c", "d", "lost"];
            let now = ["a", "b", "c", "d", "e", "f", "g"];
            let partner = a_year_ago
                .iter()
                .fold(Partner::default(), |partner, customer| {
                    partner.azure(customer, "storage", BEFORE, 2000)
                });
            let partner = now.iter().fold(partner, |partner, customer| {
                partner.azure(customer, "storage", NOW, 2000)
            });
            trial.points(&partner, DAY, ("infrastructure", "all", "net-adds"))
        },
    ),
    Case::new(
        20,
        "Azure: growth of 764.8 percent",
        "20 of 764.8",
        |trial| growth(trial, 10_000, 86_480),
    ),
    Case::new(
        21,
        "Azure: growth of 12.4 percent",
        "12.4 of 12.4",
        |trial| growth(trial, 50_000, 56_200),
    ),
    Case::new(
        22,
        "Azure: seven services, machines not among them",
        "10 of 14",
        |trial| {
            let services = [
                "sql-database",
                "storage",
                "key-vault",
                "functions",
                "app-service",
                "cosmos-db",
                "sentinel",
                "virtual-machines",
            ];
            let partner = services
                .iter()
                .fold(Partner::default(), |partner, service| {
                    partner
                        .azure("a", service, NOW, 1)
                        .azure("b", service, NOW, 1)
                });
            let score = trial.score(&partner, DAY, "digital-app-innovation");
            let points = metric_of(&score, "all", "deployments").and_then(|metric| metric.points);
            points.map_or_else(String::new, |points| {
                format!("{} of {}", points.earned, points.uncapped)
            })
        },
    ),
    Case::new(
        23,
        "Business Applications: contract value of users and profiles",
        "20000",
        |trial| {
            let users = |users| Used {
                users,
                ..Used::default()
            };
            let partner = Partner::default()
                .used("a", "business-central", CporUsage, NOW, users(10))
                .used("b", "customer-insights", Pal, NOW, users(50_000));
            let score = trial.score(&partner, DAY, "business-applications");
            let growth = part(metric_of(&score, "smb", "usage-growth"), "all");
            growth.map_or_else(String::new, |(measured, _)| measured.now.to_string())
        },
    ),
    Case::new(
        25,
        "Modern Work Enterprise: the better association's growth",
        "30: 15 or 45",
        |trial| {
            let used = |users| Used {
                users,
                seats: 5000,
                ..Used::default()
            };
            let partner = Partner::default()
                .used("a", "teams", Dpor, BEFORE, used(1000))
                .used("a", "teams", Dpor, NOW, used(3000))
                .used("b", "exchange", CporUsage, BEFORE, used(500))
                .used("b", "exchange", CporUsage, NOW, used(2000));
            modern_work(trial, &partner, "usage-growth")
        },
    ),
    Case::new(
        27,
        "Modern Work Enterprise: the better association's deployments",
        "15: 10 or 15",
        |trial| {
            let used = |active| Used {
                seats: 500,
                active,
                ..Used::default()
            };
            let deployed = |partner: Partner, customer: &str, kind| {
                partner
                    .used(customer, "teams", kind, BEFORE, used(199))
                    .used(customer, "teams", kind, NOW, used(200))
            };
            let dpor = ["a", "b", "c", "d"];
            let partner = dpor.iter().fold(Partner::default(), |partner, customer| {
                deployed(partner, customer, Dpor)
            });
            let partner = ["e", "f", "g"].iter().fold(partner, |partner, customer| {
                deployed(partner, customer, CporUsage)
            });
            modern_work(trial, &partner, "deployments")
        },
    ),
    Case::new(
        29,
        "Security: growth of both parts is added",
        "18: 10 and 8",
        |trial| security(trial, 12_500, 1000),
    ),
    Case::new(
        30,
        "Security: growth of both parts, the cap holds",
        "20: 20 and 20",
        |trial| security(trial, 25_000, 2500),
    ),
];

/// Points and percentage for Azure revenue of a year before and of the last twelve months.
fn growth(trial: &mut super::Trial<'_>, before: i64, now: i64) -> String {
    let partner = Partner::default()
        .azure("a", "storage", BEFORE, before)
        .azure("a", "storage", NOW, now / 2)
        .azure("b", "storage", "2023-03", now - now / 2);
    let score = trial.score(&partner, DAY, "data-ai");
    let points = metric_of(&score, "all", "usage-growth").and_then(|metric| metric.points);
    points.map_or_else(String::new, |points| {
        format!("{} of {}", points.earned, points.uncapped)
    })
}

fn modern_work(trial: &mut super::Trial<'_>, partner: &Partner, metric: &str) -> String {
    let score = trial.score(partner, DAY, "modern-work");
    let metric = metric_of(&score, "enterprise", metric);
    let earned = metric
        .and_then(|metric| metric.points)
        .map(|points| points.earned);
    let (Some(earned), Some((_, dpor)), Some((_, cpor))) =
        (earned, part(metric, "dpor"), part(metric, "cpor"))
    else {
        return String::new();
    };
    format!("{earned}: {dpor} or {cpor}")
}

fn security(trial: &mut super::Trial<'_>, dollars: i64, users: u64) -> String {
    let protected = |users| Used {
        users,
        seats: 9000,
        ..Used::default()
    };
    let partner = Partner::default()
        .azure("a", "sentinel", BEFORE, 4000)
        .azure("a", "sentinel", NOW, 4000 + dollars)
        .used("b", "intune", CporUsage, BEFORE, protected(200))
        .used("b", "intune", CporUsage, NOW, protected(200 + users));
    let score = trial.score(&partner, DAY, "security");
    let metric = metric_of(&score, "all", "usage-growth");
    let earned = metric
        .and_then(|metric| metric.points)
        .map(|points| points.earned);
    let (Some(earned), Some((_, azure)), Some((_, users))) =
        (earned, part(metric, "azure"), part(metric, "microsoft-365"))
    else {
        return String::new();
    };
    format!("{earned}: {azure} and {users}")
}

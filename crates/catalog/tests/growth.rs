//! Growth, as the catalog words it: whose users count, and for which track.

use membership_catalog::{Catalog, builtin};
use membership_domain::assess::{Basis, Finding, assess};
use membership_domain::evidence::Evidence;
use membership_domain::hypothesis::Hypothesis;
use serde_json::{Value, json};

/// A month's use of Exchange through CPOR.
fn month(customer: &str, month: &str, seats: u64, users: u64) -> Value {
    json!({
        "customer": customer, "workload": "exchange", "association": "cpor_usage",
        "month": month, "seats": seats, "users": users
    })
}

/// What Modern Work finds about usage growth in a track.
fn usage_growth(catalog: &Catalog, track: &str, usage: Vec<Value>) -> Finding {
    let customer = |id: &str| {
        let association = json!({ "kind": "cpor_usage", "since": "2020-01-01" });
        json!({ "id": id, "name": id, "associations": [association] })
    };
    let evidence: Evidence = serde_json::from_value(json!({
        "profile": { "name": "Contoso" },
        "customers": [customer("small"), customer("large"), customer("lost")],
        "usage": usage
    }))
    .expect("evidence");
    let day = "2023-11-15".parse().expect("a day");
    let assessment = assess(
        catalog,
        &evidence,
        Basis::Entered,
        day,
        &Hypothesis::default(),
    );
    let score = assessment.score("modern-work").expect("the score").clone();
    let track = score
        .tracks
        .into_iter()
        .find(|found| found.id == track)
        .expect(track);
    track
        .children
        .into_iter()
        .find(|metric| metric.id == "usage-growth")
        .expect("usage growth")
}

fn points(finding: &Finding) -> String {
    finding.points.expect("points").earned.to_string()
}

#[test]
fn small_customers_count_in_the_small_track_only() {
    let catalog = builtin().expect("the catalog");
    let usage = || {
        vec![
            month("small", "2022-10", 250, 0),
            month("small", "2023-10", 250, 250),
        ]
    };
    assert_eq!(points(&usage_growth(&catalog, "smb", usage())), "15");
    let enterprise = usage_growth(&catalog, "enterprise", usage());
    assert_eq!(points(&enterprise), "0");
    let through_cpor = enterprise
        .children
        .iter()
        .find(|part| part.id == "cpor")
        .expect("the part");
    let left_out: Vec<&str> = through_cpor
        .not_counted
        .iter()
        .map(|item| &*item.name)
        .collect();
    assert_eq!(left_out, ["small"]);
    assert!(through_cpor.not_counted[0].reason.is_some());
}

#[test]
fn a_lost_customer_is_a_loss() {
    let catalog = builtin().expect("the catalog");
    let usage = vec![
        month("large", "2022-10", 2000, 200),
        month("large", "2023-10", 2000, 1200),
        month("lost", "2022-10", 500, 400),
    ];
    // 1,000 more and 400 fewer: 600 of the 1,000 that earn all 30 points.
    assert_eq!(points(&usage_growth(&catalog, "enterprise", usage)), "18");
}

//! Any evidence gives an assessment, also evidence that would be refused.

use membership_domain::agenda::agenda;
use membership_domain::assess::{Engine, compare};
use membership_domain::evidence::{Evidence, FaultCode, check};
use membership_domain::{Basis, Hypothesis, Number};
use proptest::prelude::*;

use crate::given::{DAY, evidence};
use crate::{CATALOG, truth};

fn everything(evidence: &Evidence, day: chrono::NaiveDate) {
    let assessment = truth(evidence, day);
    assert_eq!(assessment.scores.len(), CATALOG.scores.len());
    assert_eq!(assessment.programs.len(), CATALOG.programs.len());
    let engine = Engine::new(&*CATALOG, evidence, Basis::Entered);
    let _ = agenda(&engine, &assessment);
    let _ = compare(&truth(evidence, DAY), &assessment);
    for score in &assessment.scores {
        let truth = Hypothesis::default();
        let _ = engine.forecast(day, &truth, &score.score, chrono::NaiveDate::MAX);
        let _ = score.total.shown_against(score.pass_mark);
        for metric in score.tracks.iter().flat_map(|track| &track.children) {
            for part in &metric.children {
                let _ = part.have.map(|have| (have.rounded(1), have.to_string()));
                for item in &part.counted {
                    let _ = item.amount.map(|amount| amount.shown_against(Number::ONE));
                }
            }
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(48))]

    #[test]
    fn any_day(evidence in evidence(), days in -80_000_i32..80_000) {
        everything(&evidence, membership_domain::dates::plus_days(DAY, days));
    }

    /// What an engine keeps from one assessment is right for the next one, whatever was supposed.
    #[test]
    fn an_engine_that_answered_before_answers_the_same(
        evidence in evidence(),
        people in prop::collection::vec((0_usize..8, -3_i32..4), 1..4),
        days in -400_i32..400,
    ) {
        let engine = Engine::new(&*CATALOG, &evidence, Basis::Entered);
        let mut supposed = Hypothesis::default();
        for (place, count) in people {
            if let Some(known) = CATALOG.certificates.get(place * 5) {
                supposed.people.insert(known.id.clone(), count);
            }
        }
        let later = Hypothesis {
            day: Some(membership_domain::dates::plus_days(DAY, days)),
            ..supposed.clone()
        };
        let truth = Hypothesis::default();
        for hypothesis in [&truth, &supposed, &later, &truth, &supposed] {
            let anew = membership_domain::assess(&CATALOG, &evidence, Basis::Entered, DAY, hypothesis);
            prop_assert_eq!(engine.assess(DAY, hypothesis), anew);
        }
    }

    /// Amounts far beyond what is allowed, unknown ids, days at both ends of time.
    #[test]
    fn any_nonsense(evidence in evidence(), large: u64, cents: i64) {
        let mut evidence = evidence;
        for (nth, usage) in evidence.usage.iter_mut().enumerate() {
            match nth % 4 {
                0 => (usage.users, usage.seats, usage.active) = (large, large, u64::MAX),
                1 => usage.revenue_cents = cents,
                2 => usage.revenue_cents = i64::MIN,
                _ => usage.workload = "nothing".to_owned(),
            }
        }
        for (nth, person) in evidence.people.iter_mut().enumerate() {
            if nth % 2 == 0 {
                person.id = "twice".to_owned();
            }
            for held in &mut person.certificates {
                held.completed_on = chrono::NaiveDate::MIN;
                held.expires_on = Some(chrono::NaiveDate::MAX);
            }
        }
        everything(&evidence, DAY);
        everything(&evidence, chrono::NaiveDate::MAX);
        everything(&evidence, chrono::NaiveDate::MIN);
    }
}

/// Any JSON document, most of them not evidence.
#[test]
fn broken_documents_are_refused_with_a_place() {
    for (json, place) in [
        ("", "line 1 column 0"),
        ("[", "line 1 column 1"),
        (r#"{"people": 3}"#, "line 1 column"),
        (r#"{"people": [{"id": "a"}]}"#, "missing field `name`"),
        (r#"{"usage": [{"month": "2023-13"}]}"#, "is not a month"),
        (r#"{"surplus": []}"#, "unknown field `surplus`"),
        (
            r#"{"figures": [{"key": "a", "value": 4.25, "reported_on": "2023-01-01"}]}"#,
            "2.14",
        ),
    ] {
        let error = serde_json::from_str::<Evidence>(json)
            .expect_err(json)
            .to_string();
        assert!(error.contains(place), "{json}: {error}");
    }
}

#[test]
fn faults_name_their_places() {
    let json = r#"{
        "people": [
            {"id": "a", "name": "Anna Lind", "certificates": [
                {"certificate": "az-999", "completed_on": "2023-05-01"},
                {"certificate": "az-104", "completed_on": "2023-05-01", "expires_on": "2023-04-30"}
            ]},
            {"id": "a", "name": " "}
        ],
        "customers": [{"id": "c", "name": "Fabrikam"}],
        "usage": [
            {"customer": "d", "workload": "storage", "association": "pal", "month": "2023-10"},
            {"customer": "c", "workload": "storage", "association": "pal", "month": "2023-10",
             "revenue_cents": -1, "seats": 5, "active": 6}
        ],
        "memberships": [{"program": "none", "started_on": "1812-06-24"}]
    }"#;
    let evidence: Evidence = serde_json::from_str(json).expect("evidence");
    let faults = check(&evidence, &CATALOG);
    let places: Vec<&str> = faults.iter().map(|fault| fault.pointer.as_str()).collect();
    assert_eq!(
        places,
        [
            "/people/0/certificates/0/certificate",
            "/people/0/certificates/1/expires_on",
            "/people/1/id",
            "/people/1/name",
            "/usage/0/customer",
            "/usage/1/revenue_cents",
            "/usage/1/active",
            "/memberships/0/program",
            "/memberships/0/started_on",
        ]
    );
}

#[test]
fn what_no_program_asks_for_is_refused() {
    let json = r#"{
        "profile": {"name": "=1+1"},
        "declarations": [
            {"key": "reseller-agreement", "holds": true, "declared_on": "2023-05-01"},
            {"key": "marketplace-sales", "holds": true, "declared_on": "2023-05-01"}
        ],
        "figures": [
            {"key": "marketplace-sales", "value": 5, "reported_on": "2023-05-01"},
            {"key": "fundamentals-completions", "value": 5, "reported_on": "2023-05-01"},
            {"key": "markteplace-sales", "value": 5, "reported_on": "2023-05-01"},
            {"key": "surface-revenue", "value": 5, "reported_on": "2023-05-01"},
            {"key": "surface-revenue", "value": 5, "reported_on": "2023-05-01",
             "location": "Berlin"},
            {"key": "surface-revenue", "value": 5, "reported_on": "2023-05-01",
             "location": "Berlin", "region": "DE"}
        ]
    }"#;
    let evidence: Evidence = serde_json::from_str(json).expect("evidence");
    let told: Vec<(String, FaultCode)> = (check(&evidence, &CATALOG).into_iter())
        .map(|fault| (fault.pointer, fault.code))
        .collect();
    let fault = |pointer: &str, code| (pointer.to_owned(), code);
    assert_eq!(
        told,
        [
            fault("/profile/name", FaultCode::Formula),
            fault("/declarations/1/key", FaultCode::UnknownKey),
            fault("/figures/2/key", FaultCode::UnknownKey),
            fault("/figures/3/location", FaultCode::NeedsLocation),
            fault("/figures/4/region", FaultCode::NeedsLocation),
        ]
    );
}

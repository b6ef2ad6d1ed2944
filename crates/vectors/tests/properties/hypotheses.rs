//! Hypotheses travel in links: what is written is read back, and nothing in a link can do harm.

use std::collections::BTreeMap;

use chrono::Days;
use membership_domain::catalog::in_force;
use membership_domain::hypothesis::{MisreadReason, measure_address, requirement_address};
use membership_domain::{Basis, Hypothesis, Number, assess};
use proptest::collection::{btree_map, btree_set};
use proptest::option;
use proptest::prelude::*;
use proptest::sample::select;

use crate::CATALOG;
use crate::given::{DAY, certificate, evidence};

fn measures() -> Vec<String> {
    let of_scores = CATALOG.scores.iter().flat_map(|score| {
        let metrics = score.tracks.iter().flat_map(|track| &track.metrics);
        metrics.flat_map(move |metric| {
            let parts = metric.rules.iter().flat_map(|rule| &rule.parts);
            parts.map(move |part| measure_address(&score.id, metric, &part.id))
        })
    });
    of_scores.collect()
}

fn requirements() -> Vec<String> {
    let of_programs = CATALOG.programs.iter().flat_map(|program| {
        let now = in_force(&program.rules, DAY).into_iter();
        let all = now.flat_map(|rule| rule.requirement.walk());
        all.map(move |requirement| requirement_address(&program.id, &requirement.id))
    });
    of_programs.collect()
}

fn number() -> impl Strategy<Value = Number> {
    let fraction = (-1_000_000_000_i128..1_000_000_000, 1_i128..1_000_000);
    let limit = 1_000_000_000_000_i64;
    prop_oneof![
        fraction.prop_filter_map("not zero", |(top, bottom)| Number::ratio(top, bottom)),
        (-limit..=limit).prop_map(Number::from),
    ]
    .prop_filter("zero changes nothing", |number| !number.is_zero())
}

fn hypothesis() -> impl Strategy<Value = Hypothesis> {
    let day = (0_u64..2000).prop_map(|days| DAY.checked_add_days(Days::new(days)).expect("a day"));
    let count = prop_oneof![-5_i32..0, 1_i32..20];
    (
        option::of(day),
        btree_map(certificate(), count, 0..4),
        btree_map(
            select([measures(), requirements()].concat()),
            number(),
            0..4,
        ),
        btree_set(select(requirements()), 0..4),
    )
        .prop_map(|(day, people, measures, met)| Hypothesis {
            day,
            people,
            measures,
            met,
        })
}

fn read(query: &[(&'static str, String)]) -> (Hypothesis, usize) {
    let query = query.iter().map(|(name, value)| (*name, value.as_str()));
    let (hypothesis, misread) = Hypothesis::read(&CATALOG, query);
    (hypothesis, misread.len())
}

/// Text that is nearly right.
fn nearly() -> impl Strategy<Value = String> {
    prop_oneof![
        "[a-z0-9.,*/+-]{0,40}",
        ".{0,60}",
        "(az-104|dp-203|data-ai)\\*-?[0-9]{0,30}(/[0-9]{0,30})?",
        "azure-net-adds\\.all\\*-?[0-9]{0,20}(\\.[0-9]{0,20})?",
        "[0-9+-]{0,9}-[0-9]{0,3}-[0-9]{0,3}",
    ]
}

proptest! {
    #[test]
    fn what_is_written_is_read_back(hypothesis in hypothesis()) {
        prop_assert_eq!(read(&hypothesis.query()), (hypothesis, 0));
    }

    #[test]
    fn nothing_in_a_link_does_harm(
        parameter in select(vec!["day", "people", "measures", "met", "other"]), text in nearly(),
    ) {
        let (read_once, _) = read(&[(parameter, text)]);
        prop_assert_eq!(read(&read_once.query()), (read_once.clone(), 0));
        let _ = assess(&CATALOG, &membership_domain::Evidence::default(), Basis::Entered, DAY, &read_once);
    }

    #[test]
    fn a_day_is_the_same_by_either_way(evidence in evidence(), days in 0_u64..700) {
        let day = DAY.checked_add_days(Days::new(days)).expect("a day");
        let supposed = Hypothesis { day: Some(day), ..Hypothesis::default() };
        prop_assert_eq!(
            assess(&CATALOG, &evidence, Basis::Entered, DAY, &supposed),
            assess(&CATALOG, &evidence, Basis::Entered, day, &Hypothesis::default()),
        );
    }

    #[test]
    fn what_is_taken_as_met_is_met(evidence in evidence(), address in select(requirements())) {
        let mut supposed = Hypothesis::default();
        supposed.met.insert(address.clone());
        let (program, id) = address.split_once('.').expect("program and requirement");
        let after = assess(&CATALOG, &evidence, Basis::Entered, DAY, &supposed);
        let root = after.program(program).and_then(|program| program.root.as_ref());
        let found = root.and_then(|root| find(root, id)).expect("the requirement");
        prop_assert_eq!(found.outcome, membership_domain::assess::Outcome::Met);
    }
}

fn find<'f>(
    finding: &'f membership_domain::assess::Finding,
    id: &str,
) -> Option<&'f membership_domain::assess::Finding> {
    if finding.id == id {
        return Some(finding);
    }
    finding.children.iter().find_map(|child| find(child, id))
}

#[test]
fn every_broken_part_is_told() {
    let query = [
        ("day", "2023-13-01"),
        ("day", "1812-01-01"),
        ("people", "az-104*2,az-104,az-999*1,az-305*x,az-305*1001"),
        (
            "measures",
            "azure-net-adds.all*2,azure-net-adds.none*1,azure-net-adds.all*1e9",
        ),
        ("met", "azure-expert-msp.audit,azure-expert-msp.nothing"),
        ("theme", "dark"),
    ];
    let (read, misread) = Hypothesis::read(&CATALOG, query);
    let told: BTreeMap<&str, Vec<&str>> =
        misread.iter().fold(BTreeMap::new(), |mut told, misread| {
            told.entry(misread.parameter.as_str())
                .or_default()
                .push(&misread.value);
            told
        });
    assert_eq!(told["day"], ["2023-13-01", "1812-01-01"]);
    assert_eq!(
        told["people"],
        ["az-104", "az-999*1", "az-305*x", "az-305*1001"]
    );
    assert_eq!(
        told["measures"],
        ["azure-net-adds.none*1", "azure-net-adds.all*1e9"]
    );
    assert_eq!(told["met"], ["azure-expert-msp.nothing"]);
    assert_eq!(
        read.query(),
        [
            ("people", "az-104*2".to_owned()),
            ("measures", "azure-net-adds.all*2".to_owned()),
            ("met", "azure-expert-msp.audit".to_owned()),
        ]
    );
}

#[test]
fn a_preview_is_no_larger_than_a_company() {
    let many = |count: i32| {
        let of_each = CATALOG.certificates.iter().take(11);
        let entries = of_each.map(|certificate| format!("{}*{count}", certificate.id));
        entries.collect::<Vec<_>>().join(",")
    };
    let (read, misread) = Hypothesis::read(&CATALOG, [("people", &*many(1000))]);
    assert_eq!((read.people.len(), misread.len()), (10, 1));
    assert_eq!(misread[0].because, MisreadReason::TooMany);
    let (_, misread) = Hypothesis::read(&CATALOG, [("people", &*many(-1000))]);
    assert_eq!(misread, [], "nobody is invented");
    for parameter in ["people", "measures", "met"] {
        let (read, misread) = Hypothesis::read(&CATALOG, [(parameter, &*"a,".repeat(1001))]);
        assert_eq!((read.is_empty(), misread.len()), (true, 1), "{parameter}");
    }
}

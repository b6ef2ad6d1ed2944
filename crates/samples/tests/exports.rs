//! Samples are read as they were made, and their planted faults are found.

use std::collections::BTreeSet;

use membership_catalog::builtin;
use membership_domain::{Catalog, Evidence, evidence};
use membership_import::{Kind, Plan, Settings, read};
use membership_samples::Sample;

const SMALL: Sample = Sample {
    people: 60,
    customers: 12,
    months: 13,
    seed: 7,
    faults: false,
};

fn plan(text: &str, name: &str, catalog: &Catalog, known: &Evidence) -> Plan {
    let settings = Settings::default();
    read(text.as_bytes(), name, settings, catalog, known, &|_, _| {
        true
    })
    .expect("a file that can be read")
}

#[test]
fn clean_samples_are_read_whole_and_once() {
    let catalog = builtin().expect("a catalog without faults");
    let mut known = Evidence::default();
    for (text, kind, lines) in [
        (SMALL.certificates(&catalog), Kind::Certificates, 300),
        (SMALL.usage(), Kind::Usage, 12 * 3 * 13),
    ] {
        let first = plan(&text, "sample.csv", &catalog, &known);
        assert_eq!((first.kind, &first.problems[..]), (kind, &[][..]));
        assert!(first.questions.is_empty());
        assert_eq!(first.counts().added, lines);
        assert_eq!(evidence::check(&first.evidence, &catalog), []);
        let again = plan(&text, "sample.csv", &catalog, &first.evidence);
        assert_eq!(again.counts().unchanged, lines);
        assert_eq!(again.evidence, first.evidence);
        known = first.evidence;
    }
    assert_eq!((known.people.len(), known.customers.len()), (60, 12));
}

#[test]
fn the_exports_are_about_the_people_and_customers_of_the_document() {
    let catalog = builtin().expect("a catalog without faults");
    let document = SMALL.evidence().expect("JSON");
    let mut known = Evidence::default();
    for (text, name, kind) in [
        (document, "sample.json", Kind::Evidence),
        (
            SMALL.certificates(&catalog),
            "sample.csv",
            Kind::Certificates,
        ),
        (SMALL.usage(), "sample.csv", Kind::Usage),
    ] {
        let plan = plan(&text, name, &catalog, &known);
        assert_eq!((plan.kind, &plan.problems[..]), (kind, &[][..]));
        known = plan.evidence;
        assert_eq!((known.people.len(), known.customers.len()), (60, 12));
        assert_eq!(known.usage.len(), 12 * 3 * 13);
    }
}

#[test]
fn planted_faults_are_found_and_kept_out() {
    let catalog = builtin().expect("a catalog without faults");
    let faulty = Sample {
        people: 600,
        faults: true,
        ..SMALL
    };
    let none = Evidence::default();
    for text in [faulty.certificates(&catalog), faulty.usage()] {
        let plan = plan(&text, "sample.csv", &catalog, &none);
        let lines = text.lines().count() as u64 - 1;
        assert!(!plan.problems.is_empty());
        assert_eq!(plan.lines.len() as u64 + plan.counts().refused, lines);
        assert_eq!(evidence::check(&plan.evidence, &catalog), []);
    }

    let text = faulty.evidence().expect("JSON");
    let plan = plan(&text, "sample.json", &catalog, &none);
    let reasons: BTreeSet<String> = (plan.problems.iter())
        .map(|problem| format!("{:?}", problem.reason))
        .collect();
    assert!(reasons.len() > 5, "{reasons:?}");
    assert_eq!(evidence::check(&plan.evidence, &catalog), []);
}

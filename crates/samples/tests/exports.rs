//! Sample exports are read as they were made, and their planted faults are found.

use membership_catalog::builtin;
use membership_domain::{Evidence, evidence};
use membership_import::{Kind, Settings, read};
use membership_samples::Sample;

const SMALL: Sample = Sample {
    people: 60,
    customers: 12,
    months: 13,
    seed: 7,
    faults: false,
};

#[test]
fn clean_samples_are_read_whole_and_once() {
    let catalog = builtin().expect("a catalog without faults");
    let mut known = Evidence::default();
    for (text, kind, lines) in [
        (SMALL.certificates(&catalog), Kind::Certificates, 300),
        (SMALL.usage(), Kind::Usage, 12 * 3 * 13),
    ] {
        let plan = |known: &Evidence| {
            read(
                text.as_bytes(),
                "sample.csv",
                Settings::default(),
                &catalog,
                known,
                &|_, _| (),
            )
            .expect("a file that can be read")
        };
        let first = plan(&known);
        assert_eq!((first.kind, &first.problems[..]), (kind, &[][..]));
        assert!(first.questions.is_empty());
        assert_eq!(first.counts().added, lines);
        assert_eq!(evidence::check(&first.evidence, &catalog), []);
        let again = plan(&first.evidence);
        assert_eq!(again.counts().unchanged, lines);
        assert_eq!(again.evidence, first.evidence);
        known = first.evidence;
    }
    assert_eq!((known.people.len(), known.customers.len()), (60, 12));
}

#[test]
fn planted_faults_are_found_and_kept_out() {
    let catalog = builtin().expect("a catalog without faults");
    let faulty = Sample {
        faults: true,
        ..SMALL
    };
    for text in [faulty.certificates(&catalog), faulty.usage()] {
        let plan = read(
            text.as_bytes(),
            "sample.csv",
            Settings::default(),
            &catalog,
            &Evidence::default(),
            &|_, _| (),
        )
        .expect("a file that can be read");
        let lines = text.lines().count() as u64 - 1;
        assert!(!plan.problems.is_empty());
        assert_eq!(plan.lines.len() as u64 + plan.counts().refused, lines);
        assert_eq!(evidence::check(&plan.evidence, &catalog), []);
    }
}

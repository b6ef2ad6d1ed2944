//! Each worked example is a test of its own, so that a failure says which one.

use membership_vectors::{cases, catalog};

/// The examples there must be.
const NUMBERS: [u32; 32] = [
    1, 4, 5, 6, 8, 10, 11, 14, 15, 17, 18, 20, 21, 22, 23, 25, 27, 29, 30, 32, 34, 35, 37, 39, 41,
    43, 44, 46, 48, 50, 51, 53,
];

fn check(number: u32) {
    let catalog = catalog().expect("a catalog without faults");
    let case = cases::all()
        .find(|case| case.number() == number)
        .expect("a case of this number");
    let tried = case.attempt(&catalog);
    assert_eq!(
        tried.actual, tried.expected,
        "case {number}: {}",
        tried.name
    );
}

macro_rules! cases {
    ($($test:ident = $number:literal),+ $(,)?) => {
        $(
            #[test]
            fn $test() {
                check($number);
            }
        )+
        #[test]
        fn every_number_is_a_case_and_a_test() {
            let numbers: Vec<u32> = cases::all().map(|case| case.number()).collect();
            assert_eq!(numbers, NUMBERS);
            assert_eq!([$($number),+], NUMBERS);
        }
    };
}

cases! {
    case_01 = 1, case_04 = 4, case_05 = 5, case_06 = 6, case_08 = 8, case_10 = 10, case_11 = 11,
    case_14 = 14, case_15 = 15, case_17 = 17, case_18 = 18, case_20 = 20, case_21 = 21,
    case_22 = 22, case_23 = 23, case_25 = 25, case_27 = 27, case_29 = 29, case_30 = 30,
    case_32 = 32, case_34 = 34, case_35 = 35, case_37 = 37, case_39 = 39, case_41 = 41,
    case_43 = 43, case_44 = 44, case_46 = 46, case_48 = 48, case_50 = 50,
    case_51 = 51, case_53 = 53,
}

#[test]
fn a_wrong_result_is_seen() {
    let mut catalog = catalog().expect("a catalog without faults");
    for limit in &mut catalog.limits {
        limit.value += 1;
    }
    let wrong: Vec<u32> = (membership_vectors::try_all(&catalog).iter())
        .filter(|tried| !tried.ok)
        .map(|tried| tried.number)
        .collect();
    assert_eq!(wrong, [43, 44, 46]);
}

#[test]
fn the_report_is_one_document_with_whole_assessments() {
    let report = membership_vectors::run().expect("a report");
    let report: serde_json::Value = serde_json::from_str(&report).expect("JSON");
    assert_eq!(
        report["cases"].as_array().map(Vec::len),
        Some(NUMBERS.len())
    );
    assert!(report["cases"][0]["assessments"][0]["scores"][0]["tracks"].is_array());
}

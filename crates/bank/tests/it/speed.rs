//! What the writer of large statements makes, and how long it takes to read.

use std::time::Instant;

use chrono::NaiveDate;
use membership_bank::reference::make;
use membership_bank::statement::read;
use membership_bank::testing::many_statement;

const ROWS: u32 = 10_000;

fn large() -> Vec<u8> {
    let day = NaiveDate::from_ymd_opt(2026, 11, 23).expect("a day");
    many_statement(ROWS, "EUR".parse().expect("a currency"), day)
}

#[test]
fn a_large_statement_has_what_its_rule_says() {
    let statements = read(&large()).expect("a good file");
    let [statement] = statements.as_slice() else {
        panic!("one statement");
    };
    assert_eq!(statement.adds_up(), Some(true));
    // One of ten rows is a batch of three.
    assert_eq!(statement.entries.len(), 12_000);
    assert!(statement.entries.iter().all(|entry| entry.complete));
    let order = |number: u64| vec![make(&number.to_string()).expect("digits")];
    let found: Vec<_> = statement
        .entries
        .iter()
        .take(12)
        .map(|entry| entry.references())
        .collect();
    let (first, batch) = (2_026_000_000, 3_026_000_024);
    let [none, split] = [Vec::new(), order(first + 4)];
    assert_eq!(found[..4], [0, 1, 2, 3].map(|row| order(first + row)));
    assert_eq!(
        found[4..8],
        [split.clone(), split, none.clone(), none.clone()]
    );
    assert_eq!(found[8..11], [0, 1, 2].map(|part| order(batch + part)));
    assert_eq!(found[11], none);
    let mut identities: Vec<String> = statement
        .entries
        .iter()
        .map(|entry| entry.identity(&statement.account))
        .collect();
    identities.sort();
    identities.dedup();
    assert_eq!(identities.len(), 12_000);
}

/// Prints what reading costs: `cargo test --release -p membership-bank -- --ignored --nocapture`.
#[test]
#[ignore = "a measurement"]
fn reading_10_000_rows_is_fast() {
    let file = large();
    let mut best = f64::MAX;
    for _ in 0..20 {
        let start = Instant::now();
        assert!(read(&file).is_ok());
        best = best.min(start.elapsed().as_secs_f64());
    }
    let statements = read(&file).expect("a good file");
    let start = Instant::now();
    let found: usize = statements[0]
        .entries
        .iter()
        .map(|entry| entry.references().len())
        .sum();
    let references = start.elapsed().as_secs_f64();
    eprintln!(
        "{} bytes, {} entries: read in {:.1} ms; {found} references found in {:.1} ms",
        file.len(),
        statements[0].entries.len(),
        best * 1e3,
        references * 1e3
    );
    assert!(best < 1.0);
}

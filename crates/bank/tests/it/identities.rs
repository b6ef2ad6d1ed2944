//! The same money has the same identity, and two payments have two.

use std::collections::BTreeSet;

use membership_bank::statement::read;
use membership_bank::{Entry, Statement};

use crate::files::{ACCOUNT, NOTIFICATION, STATEMENT, credit, file, only};

fn identities(statement: &Statement) -> Vec<String> {
    let identity = |entry: &Entry| entry.identity(&statement.account);
    statement.entries.iter().map(identity).collect()
}

fn different(texts: &[String]) -> usize {
    texts.iter().collect::<BTreeSet<_>>().len()
}

fn paid(reference: &str, text: &str) -> String {
    let details =
        format!("<NtryDtls><TxDtls><RmtInf><Ustrd>{text}</Ustrd></RmtInf></TxDtls></NtryDtls>");
    credit(
        "10",
        "EUR",
        &format!("<AcctSvcrRef>{reference}</AcctSvcrRef>{details}"),
    )
}

#[test]
fn a_notification_and_the_statement_after_it_tell_of_the_same_money() {
    let (booked, notified) = (only(STATEMENT), only(NOTIFICATION));
    assert_eq!(identities(&booked), identities(&notified));
    assert_eq!(different(&identities(&booked)), 3);
}

#[test]
fn an_identity_stays_as_it_is_in_every_version() {
    let first = &identities(&only(STATEMENT))[0];
    assert_eq!(
        first,
        "1:1,18:NL41MOCK0000000001,8:MB-RCV-1,10:2026-11-23,3:EUR,5:89500,6:credit,1:1,1:1,1:1,"
    );
}

#[test]
fn the_number_of_a_statement_does_not_matter() {
    let renumbered = STATEMENT
        .replace("MB-C053-ACME-1", "OTHER")
        .replace("<ElctrncSeqNb>1<", "<ElctrncSeqNb>77<");
    assert_eq!(identities(&only(&renumbered)), identities(&only(STATEMENT)));
    // Nor does it make two of other days the same.
    let next_year = STATEMENT.replace("2026-", "2027-");
    let both = [identities(&only(&next_year)), identities(&only(STATEMENT))].concat();
    assert_eq!(different(&both), 6);
}

#[test]
fn two_equal_payments_of_a_day_stay_two() {
    for reference in ["", "NONREF", "SAME"] {
        let (one, other) = (paid(reference, "fee"), paid(reference, "dues"));
        let statement = only(&file("08", &[one.clone(), one, other].concat()));
        let found = identities(&statement);
        assert_eq!(different(&found), 3, "{reference}");
    }
}

#[test]
fn overlapping_statements_change_nothing() {
    let (a, b, c) = (paid("", "a"), paid("", "b"), paid("", "c"));
    let early = identities(&only(&file("08", &[&a[..], &a, &b].concat())));
    let late = identities(&only(&file("08", &[&b[..], &c, &a, &a].concat())));
    let all = [early, late].concat();
    assert_eq!(different(&all), 4);
}

#[test]
fn a_statement_that_is_twice_in_a_file_changes_nothing_and_its_pages_count_on() {
    let statement = |page: &str| format!("<Stmt><Id>S</Id>{page}{ACCOUNT}{}</Stmt>", paid("", "a"));
    let page = |number: u32| format!("<StmtPgntn><PgNb>{number}</PgNb></StmtPgntn>");
    let all = |first: &str, second: &str| {
        let empty = format!("<Stmt><Id>S</Id>{ACCOUNT}</Stmt>");
        let both = file("08", "").replace(&empty, &(statement(first) + &statement(second)));
        let statements = read(both.as_bytes()).expect("a good file");
        let all: Vec<String> = statements.iter().flat_map(identities).collect();
        assert_eq!(all.len(), 2);
        different(&all)
    };
    assert_eq!(all("", ""), 1);
    assert_eq!(all(&page(1), &page(2)), 2);
    assert_eq!(all(&page(1), &page(1)), 1);
}

#[test]
fn parts_of_texts_cannot_be_shifted_into_each_other() {
    let texts = |first: &str, second: &str| {
        let two = format!("{first}</Ustrd><Ustrd>{second}");
        identities(&only(&file("08", &paid("", &two)))).remove(0)
    };
    assert_ne!(texts("ab", "c"), texts("a", "bc"));
    assert_ne!(texts("1:a,", "b"), texts("1:a,1:b,", ""));
}

#[test]
fn a_batch_told_without_its_parts_is_recognized() {
    let part = |amount: &str| {
        format!("<TxDtls><Amt Ccy=\"EUR\">{amount}</Amt><CdtDbtInd>CRDT</CdtDbtInd></TxDtls>")
    };
    let batch = |details: &str| {
        let more = format!("<AcctSvcrRef>B</AcctSvcrRef><NtryDtls>{details}</NtryDtls>");
        only(&file("08", &credit("3", "EUR", &more)))
    };
    let parts = batch(&(part("1") + &part("2")));
    let whole = batch("<Btch><NbOfTxs>2</NbOfTxs></Btch>");
    let of_batch: Vec<_> = parts
        .entries
        .iter()
        .map(|entry| entry.batch_identity(&parts.account))
        .collect();
    let identity = identities(&whole).remove(0);
    assert_eq!(of_batch, [Some(identity.clone()), Some(identity)]);
    assert_eq!(whole.entries[0].batch_identity(&whole.account), None);
    assert_eq!(different(&identities(&parts)), 2);
}

#[test]
fn what_is_pending_and_then_booked_is_not_counted_as_two() {
    let booked = paid("B", "a");
    let pending = booked.replace("BOOK", "PDNG");
    let both = identities(&only(&file("08", &(pending + &booked))));
    assert_eq!(different(&both), 1);
}

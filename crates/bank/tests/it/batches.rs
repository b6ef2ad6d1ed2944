//! What a bank books as one sum: taken apart where that adds up, and never lost or doubled.

use membership_bank::Entry;
use membership_bank::statement::{Direction, Place};
use membership_domain::Currency;
use proptest::prelude::*;

use crate::files::{credit, entries, entry};

fn details(amount: &str, text: &str) -> String {
    let amount = match amount {
        "" => String::new(),
        amount => format!("<Amt Ccy=\"EUR\">{amount}</Amt><CdtDbtInd>CRDT</CdtDbtInd>"),
    };
    format!("<TxDtls>{amount}<RmtInf><Ustrd>{text}</Ustrd></RmtInf></TxDtls>")
}

fn group(details: &[String]) -> String {
    format!("<NtryDtls>{}</NtryDtls>", details.concat())
}

fn sum(entries: &[Entry]) -> i64 {
    entries.iter().map(Entry::signed).sum()
}

#[test]
fn several_transactions_become_an_entry_each() {
    let batch = group(&[
        details("10.00", "a"),
        details("20.00", "b"),
        details("0.50", "c"),
    ]);
    let found = entries(&credit(
        "30.50",
        "EUR",
        &format!("<AcctSvcrRef>B</AcctSvcrRef>{batch}"),
    ));
    let amounts: Vec<i64> = found.iter().map(|entry| entry.amount).collect();
    assert_eq!(amounts, [1_000, 2_000, 50]);
    for (index, (entry, text)) in (1..).zip(found.iter().zip(["a", "b", "c"])) {
        assert_eq!(
            (entry.place, entry.complete),
            (Place { index, count: 3 }, true)
        );
        assert_eq!(entry.text, [text]);
        assert_eq!(entry.bank_reference.as_deref(), Some("B"));
        assert_eq!(entry.batch.map(|batch| batch.amount), Some(3_050));
    }
}

#[test]
fn several_groups_are_taken_apart_too() {
    let groups = group(&[details("10.00", "a")]) + &group(&[details("20.00", "b")]);
    let found = entries(&credit("30.00", "EUR", &groups));
    let texts: Vec<_> = found.iter().flat_map(|entry| entry.text.clone()).collect();
    assert_eq!(texts, ["a", "b"]);
    assert_eq!(found[1].place, Place { index: 2, count: 2 });
}

#[test]
fn amounts_of_version_02_are_found_in_their_own_place() {
    let old = |amount: &str| {
        format!(
            "<TxDtls><AmtDtls><TxAmt><Amt Ccy=\"EUR\">{amount}</Amt></TxAmt></AmtDtls></TxDtls>"
        )
    };
    assert_eq!(
        entries(&credit("3", "EUR", &group(&[old("1"), old("2")]))).len(),
        2
    );
    let ordered = |amount: &str| old(amount).replace("TxAmt>", "InstdAmt>");
    assert_eq!(
        entries(&credit("3", "EUR", &group(&[ordered("1"), ordered("2")]))).len(),
        2
    );
}

#[test]
fn a_fee_inside_of_a_batch_is_an_entry_the_other_way() {
    let fee = details("1.00", "fee").replace("CRDT", "DBIT");
    let found = entries(&credit(
        "9.00",
        "EUR",
        &group(&[details("10.00", "a"), fee]),
    ));
    assert_eq!((found.len(), sum(&found)), (2, 900));
    assert_eq!(
        (found[1].direction, found[1].amount),
        (Direction::Debit, 100)
    );
}

#[test]
fn transactions_without_amounts_stay_one_entry_that_says_so() {
    let entry = entry(&credit(
        "30.00",
        "EUR",
        &group(&[details("", "RF18539007547034"), details("", "b")]),
    ));
    assert_eq!((entry.amount, entry.complete), (3_000, false));
    assert_eq!(entry.place, Place { index: 1, count: 1 });
    assert_eq!(entry.text, ["RF18539007547034", "b"]);
    assert_eq!(entry.counterparty.name, None);
}

#[test]
fn transactions_that_do_not_add_up_stay_one_entry_that_says_so() {
    for batch in [
        group(&[details("10.00", "a"), details("19.99", "b")]),
        group(&[details("10.00", "a"), details("", "b")]),
        group(&[
            details("10.00", "a"),
            details("20.00", "b").replace("EUR", "USD"),
        ]),
        group(&[
            details("10.00", "a"),
            details("20.00", "b").replace("CRDT", "DBIT"),
        ]),
        // Amounts add up, and the batch says another sum.
        format!(
            "<NtryDtls><Btch><TtlAmt Ccy=\"EUR\">31.00</TtlAmt></Btch>{}{}</NtryDtls>",
            details("10.00", "a"),
            details("20.00", "b")
        ),
        // One transaction, and another amount than what was booked.
        group(&[details("10.00", "a")]),
        // Only the first of three is told.
        format!(
            "<NtryDtls><Btch><NbOfTxs>3</NbOfTxs></Btch>{}</NtryDtls>",
            details("", "a")
        ),
        "<NtryDtls><Btch><NbOfTxs>3</NbOfTxs></Btch></NtryDtls>".to_owned(),
        "<NtryDtls><Btch><TtlAmt Ccy=\"EUR\">31.00</TtlAmt></Btch></NtryDtls>".to_owned(),
        "<NtryDtls><TxDtls><CdtDbtInd>DBIT</CdtDbtInd></TxDtls></NtryDtls>".to_owned(),
    ] {
        let entry = entry(&credit("30.00", "EUR", &batch));
        assert_eq!((entry.amount, entry.complete), (3_000, false), "{batch}");
    }
}

#[test]
fn a_single_transaction_is_complete_with_or_without_its_own_amount() {
    for batch in [
        String::new(),
        group(&[]),
        group(&[details("", "a")]),
        group(&[details("30.00", "a")]),
        format!("<NtryDtls><Btch><NbOfTxs>1</NbOfTxs></Btch>{}</NtryDtls>", details("", "a")),
        // Charges were taken off on the way: what was ordered is more than what came.
        "<NtryDtls><TxDtls><AmtDtls><InstdAmt><Amt Ccy=\"EUR\">35</Amt></InstdAmt></AmtDtls></TxDtls></NtryDtls>"
            .to_owned(),
    ] {
        let entry = entry(&credit("30.00", "EUR", &batch));
        assert_eq!((entry.amount, entry.complete), (3_000, true), "{batch}");
    }
}

proptest! {
    #[test]
    fn no_money_is_dropped_or_doubled(
        amounts in prop::collection::vec((prop::option::of(0_i64..500), any::<bool>(), any::<bool>()), 0..6),
        off in prop::option::of(-3_i64..3),
    ) {
        let signed = |(amount, is_credit, _): &(Option<i64>, bool, bool)| {
            let amount = amount.unwrap_or_default();
            if *is_credit { amount } else { -amount }
        };
        let booked = amounts.iter().map(signed).sum::<i64>() + off.unwrap_or_default();
        let kwd: Currency = "KWD".parse().expect("a currency");
        let mut batch = String::new();
        for (amount, is_credit, begins) in &amounts {
            let text = amount.map(|amount| kwd.decimal(amount)).unwrap_or_default();
            let one = details(&text, "x").replace("EUR", "KWD");
            batch += &if *is_credit { one } else { one.replace("CRDT", "DBIT") };
            if *begins {
                batch += "</NtryDtls><NtryDtls>";
            }
        }
        let groups = format!("<NtryDtls>{batch}</NtryDtls>");
        let entry = credit(&kwd.decimal(booked.abs()), "KWD", &groups);
        let entry = if booked < 0 { entry.replacen("CRDT", "DBIT", 1) } else { entry };
        let found = entries(&entry);
        prop_assert_eq!(sum(&found), booked);
        prop_assert!(found.len() == 1 || found.iter().all(|entry| entry.complete));
    }
}

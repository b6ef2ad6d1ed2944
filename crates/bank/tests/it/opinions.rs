//! A second opinion: the crate `sepa`, in what it reads too. It takes only the first group of an
//! entry's transactions, knows hundredths only, and no structured references of an entry.

use chrono::NaiveDate;
use membership_bank::Statement;
use membership_bank::reference::{is_right, make};
use membership_bank::testing::{Payment, Row, Sheet, many, statement};
use proptest::prelude::*;
use sepa::reference::RfReference;

use crate::files::{STATEMENT, only};

fn agree(xml: &str) {
    let ours = only(xml);
    let theirs = sepa::camt053::parse_camt053(xml).expect("a good file");
    let [theirs] = theirs.statements.as_slice() else {
        panic!("one statement");
    };
    assert_eq!(
        ours.opening.map(|one| one.amount),
        theirs.opening_balance().and_then(|one| one.signed_ct())
    );
    assert_eq!(
        ours.closing.map(|one| one.amount),
        theirs.closing_balance().and_then(|one| one.signed_ct())
    );
    let sum = ours.entries.iter().map(|entry| entry.signed()).sum::<i64>();
    assert_eq!(Some(sum), theirs.net_movement_ct());
    assert_same(&ours, &theirs.entries);
}

fn assert_same(ours: &Statement, theirs: &[sepa::camt::CashEntry]) {
    let mut entries = ours.entries.iter();
    for booked in theirs {
        for detail in &booked.details {
            let entry = entries.next().expect("as many entries");
            assert_eq!(Some(entry.signed()), detail.signed_ct());
            assert_eq!(entry.bank_reference, booked.account_servicer_ref);
            assert_eq!(
                entry.counterparty.name.as_deref(),
                detail.counterparty_name.as_deref()
            );
            assert_eq!(
                entry.counterparty.account.as_deref(),
                detail.counterparty_iban.as_deref()
            );
            let day = booked.booking_date().map(|day| day.to_string());
            assert_eq!(entry.booked_on.map(|day| day.to_string()), day);
        }
    }
    assert!(entries.next().is_none());
}

#[test]
fn sepa_reads_the_sample_statement_as_we_do() {
    agree(STATEMENT);
}

#[test]
fn sepa_reads_what_we_write_as_we_do() {
    let day = NaiveDate::from_ymd_opt(2026, 11, 23).expect("a day");
    let file = statement(&many(200, "EUR".parse().expect("a currency"), day));
    agree(&String::from_utf8(file).expect("UTF-8"));
}

fn payment() -> impl Strategy<Value = Payment> {
    (
        (0_i64..10_000_000),
        "[A-Za-zäöüß&<> ]{0,20}[a-z]",
        "[A-Z]{0,8}",
    )
        .prop_map(|(amount, name, end_to_end_id)| {
            let name = name.trim().to_owned();
            Payment {
                amount,
                name,
                end_to_end_id,
                ..Payment::default()
            }
        })
}

proptest! {
    #[test]
    fn sepa_agrees_on_statements_of_any_rows(
        rows in prop::collection::vec((prop::collection::vec(payment(), 1..4), "[A-Z0-9]{1,12}"), 0..8),
        opening in -1_000_000_i64..1_000_000,
    ) {
        let rows = rows.into_iter().map(|(payments, reference)| {
            let mut row = Row::credit(&format!("B{reference}"), Payment::default());
            row.payments = payments;
            row
        });
        let sheet = Sheet {
            opening,
            rows: rows.collect(),
            ..many(0, "EUR".parse().expect("a currency"), NaiveDate::default())
        };
        agree(&String::from_utf8(statement(&sheet)).expect("UTF-8"));
    }

    #[test]
    fn sepa_agrees_on_check_digits(digits in "[0-9]{1,21}", wrong in "RF[0-9]{2}[0-9A-Z]{1,21}") {
        let theirs = RfReference::generate(&digits).expect("digits");
        prop_assert_eq!(make(&digits), Some(theirs.as_str().to_owned()));
        prop_assert_eq!(is_right(&wrong), wrong.parse::<RfReference>().is_ok());
    }
}

//! E-invoices through what the crate gives. The rules of CEN are run over them by
//! `end2end/bills/run.py`.

use membership_bills::ubl::{UblError, write};
use membership_domain::purchase::bill::{Bill, BillKind, Issued};
use membership_domain::purchase::sale::TaxCategory;

mod bills;

fn xml((bill, issued): &(Bill, Issued)) -> String {
    write(bill, issued).expect("an e-invoice")
}

/// What is between the tags of an element, each time.
fn all<'a>(xml: &'a str, name: &str) -> Vec<&'a str> {
    let begin = format!("<cbc:{name}");
    let parts = xml.split(&begin).skip(1);
    let texts = parts.filter_map(|part| part.split_once('>')?.1.split_once('<'));
    texts.map(|(text, _)| text).collect()
}

#[test]
fn totals_are_those_of_the_bill() {
    for bill in [
        bills::paid(),
        bills::reverse(),
        bills::credit(),
        bills::long(),
    ] {
        let (xml, sale) = (xml(&bill), &bill.0.sale);
        let of = |minor| sale.currency.decimal(minor);
        assert_eq!(all(&xml, "TaxExclusiveAmount"), [of(sale.net())]);
        assert_eq!(all(&xml, "TaxInclusiveAmount"), [sale.total().decimal()]);
        assert_eq!(all(&xml, "PayableAmount"), [of(bill.0.due())]);
        assert_eq!(all(&xml, "TaxAmount"), vec![of(sale.tax_amount()); 2]);
    }
}

#[test]
fn kinds_are_told_apart_and_orders_are_none() {
    assert_eq!(all(&xml(&bills::paid()), "InvoiceTypeCode"), ["380"]);
    let credit = xml(&bills::credit());
    assert_eq!(all(&credit, "CreditNoteTypeCode"), ["381"]);
    assert!(credit.contains("<cbc:ID>MW-2022-000398</cbc:ID>"));
    let (mut bill, issued) = bills::paid();
    for kind in [BillKind::OrderConfirmation, BillKind::Receipt] {
        bill.kind = kind;
        assert_eq!(write(&bill, &issued), Err(UblError::Kind));
    }
}

#[test]
fn what_is_due_says_how_it_is_paid() {
    let xml = xml(&bills::reverse());
    assert_eq!(all(&xml, "PaymentMeansCode"), ["30"]);
    assert_eq!(all(&xml, "PaymentID"), ["RF52539007547101"]);
    assert_eq!(all(&xml, "DueDate"), ["2023-12-20"]);
    assert!(xml.contains("<cbc:ID>DE02120300000000202051</cbc:ID>"));
    assert!(xml.contains("VATEX-EU-AE"));
}

#[test]
fn what_is_not_subject_to_the_tax_has_no_ids_for_it() {
    let mut paid = bills::paid();
    paid.0.sale.tax.category = TaxCategory::NotCalculated;
    paid.0.sale.tax.rate = 0;
    paid.0.payments.clear();
    let xml = xml(&paid);
    assert!(xml.contains("VATEX-EU-O") && all(&xml, "Percent").is_empty());
    // The seller's as a registration, the buyer's where a register's would be.
    assert_eq!(xml.matches("DE123456789").count(), 1);
    assert_eq!(
        all(&xml, "CompanyID"),
        ["DE123456789", "HRB 12345", "DE136695976"]
    );
}

#[test]
fn yen_are_whole_and_three_decimals_are_refused_where_they_are_used() {
    assert_eq!(all(&xml(&bills::yen()), "PayableAmount"), ["0.00"]);
    assert_eq!(all(&xml(&bills::yen()), "PriceAmount"), ["66005"]);
    let (mut bill, issued) = bills::credit();
    bill.sale.currency = "KWD".parse().expect("a currency");
    bill.sale.tax.rate = 0;
    assert!(write(&bill, &issued).is_ok());
    bill.sale.lines[0].unit_price += 1;
    assert_eq!(write(&bill, &issued), Err(UblError::Decimals));
}

#[test]
fn what_breaks_a_rule_is_not_written() {
    let (mut bill, issued) = bills::reverse();
    bill.sale.buyer.tax_id = None;
    let Err(UblError::Rules(rules)) = write(&bill, &issued) else {
        panic!("the buyer owes the tax, and is not known to anybody");
    };
    assert!(
        rules.iter().any(|rule| rule.starts_with("BR-AE-02")),
        "{rules:?}"
    );
}

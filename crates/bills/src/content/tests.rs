//! What bills say: amounts, terms, notes.

use super::*;
use crate::bills;

fn of((bill, issued): (Bill, Issued)) -> Content {
    Content::new(&bill, &issued)
}

/// The sums as `label amount`, with plain spaces.
fn sums(content: &Content) -> Vec<String> {
    let sums = content.totals.iter();
    let sums = sums.map(|sum| format!("{} {}", sum.label, sum.amount));
    sums.map(|sum| sum.replace('\u{a0}', " ")).collect()
}

fn facts(content: &Content) -> Vec<String> {
    let facts = content.facts.iter();
    let facts = facts.map(|(name, value)| format!("{name}: {value}"));
    facts.map(|fact| fact.replace('\u{a0}', " ")).collect()
}

fn notes(content: &Content) -> Vec<String> {
    let notes = content.notes.iter();
    let notes = notes.map(|note| format!("{}{}{}", note.mark, note.lead, note.text));
    notes.map(|note| note.replace('\u{a0}', " ")).collect()
}

#[test]
fn a_paid_invoice_says_what_the_sketch_says() {
    let content = of(bills::paid());
    assert_eq!((content.title, content.sample), ("Invoice", true));
    assert_eq!(
        content.seller.lines,
        [
            "Musterstraße 1, 80331 München, Germany",
            "VAT DE123456789 · HRB 12345"
        ]
    );
    assert_eq!(
        sums(&content),
        [
            "Net 3,800.00",
            "VAT 19 % of 3,800.00 722.00",
            "Total EUR 4,522.00",
            "Paid 18 November 2023 −4,522.00",
            "To pay 0.00"
        ]
    );
    assert_eq!(
        facts(&content),
        [
            "Date: 20 November 2023",
            "Order: 20231115-0043",
            "Your order: PO-2023-118",
            "Supplied: 18 Nov 2023 – 16 Nov 2024",
            "Terms: Prepaid"
        ]
    );
    assert_eq!(
        notes(&content),
        ["Paid by transfer, reference RF18 5390 0754 7034. No payment is due."]
    );
    assert_eq!(content.payment, None);
}

#[test]
fn reverse_charge_is_said_where_it_counts() {
    let content = of(bills::reverse());
    assert_eq!(
        sums(&content)[1..],
        ["VAT 0 %, reverse charge ¹ 0.00", "Total EUR 3,800.00"]
    );
    assert!(notes(&content)[0].starts_with("¹Reverse charge. The recipient"));
    assert_eq!(content.notes[0].lead, "Reverse charge.");
    assert_eq!(facts(&content)[3], "Terms: 30 days, by 20 December 2023");
    let payment = content.payment.expect("something is due");
    assert_eq!(payment.amount, "EUR\u{a0}3,800.00");
    assert_eq!(payment.reference, "RF52\u{a0}5390\u{a0}0754\u{a0}7101");

    // Without a note of its own the law's words are said all the same.
    let (mut bill, issued) = bills::reverse();
    bill.sale.tax.note = None;
    assert_eq!(notes(&Content::new(&bill, &issued)), ["¹Reverse charge."]);
}

#[test]
fn a_credit_note_has_amounts_below_zero_and_names_its_invoice() {
    let content = of(bills::credit());
    let row = &content.table.rows[0];
    assert_eq!(row.numbers, ["−1", "420.00", "19\u{a0}%", "−420.00"]);
    assert_eq!(
        sums(&content),
        [
            "Net −420.00",
            "VAT 19 % of −420.00 −79.80",
            "Total credited EUR −499.80"
        ]
    );
    assert_eq!(
        facts(&content)[1..3],
        [
            "For invoice: MW-2022-000398 of 1 March 2022",
            "Reason: Ordered twice, cancelled in time"
        ]
    );
    assert!(notes(&content)[0].contains("net 420.00, VAT 79.80, total 499.80 EUR"));
}

#[test]
fn discounts_have_a_column_where_there_are_any() {
    let (bill, issued) = bills::long();
    let content = Content::new(&bill, &issued);
    assert_eq!(content.table.head.len(), 6);
    assert_eq!(content.table.rows.len(), 100);
    let sale = &bill.sale;
    let currency = sale.currency;
    let shown = |minor| crate::shown::amount(minor, currency);
    assert_eq!(
        sums(&content)[..3],
        [
            format!("Subtotal {}", shown(sale.gross())),
            format!("Discount {}", shown(-sale.discount())),
            format!("Net {}", shown(sale.net()))
        ]
    );
    assert_eq!(
        content.totals.last().map(|sum| sum.amount.clone()),
        Some(shown(bill.due()))
    );
    assert_eq!(of(bills::paid()).table.head.len(), 5);
}

#[test]
fn yen_have_no_decimals() {
    assert_eq!(
        sums(&of(bills::yen()))[..3],
        [
            "Net 198,015",
            "Consumption tax 10 % of 198,015 19,802",
            "Total JPY 217,817"
        ]
    );
}

#[test]
fn what_is_paid_too_much_is_said_as_such() {
    let (mut bill, issued) = bills::paid();
    bill.payments[0].amount += 1_000;
    let content = Content::new(&bill, &issued);
    assert_eq!(sums(&content)[4], "Overpaid 10.00");
    // What was refunded of a credit note leaves less to refund.
    let (mut bill, issued) = bills::credit();
    bill.payments = bills::paid().0.payments;
    bill.payments[0].amount = 40_000;
    let content = Content::new(&bill, &issued);
    assert_eq!(
        sums(&content)[3..],
        ["Refunded 18 November 2023 400.00", "Left to refund −99.80"]
    );
}

#[test]
fn only_what_should_be_paid_says_how() {
    for (name, (bill, issued)) in bills::all() {
        let content = Content::new(&bill, &issued);
        let asks = matches!(name, "reverse" | "long" | "order");
        assert_eq!(content.payment.is_some(), asks, "{name}");
    }
    let order = of(bills::order());
    assert_eq!(order.title, "Order confirmation");
    assert!(!facts(&order).iter().any(|fact| fact.starts_with("Order:")));
    assert_eq!(sums(&order)[1], "Sales tax not calculated ¹ 0.00");
}

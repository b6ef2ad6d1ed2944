//! The sums below the lines.

use membership_domain::purchase::bill::{Bill, BillKind};
use membership_domain::purchase::sale::{Sale, TaxCategory};

use super::kind::sign;
use super::rows::less;
use crate::shown::{amount, clean, day, rate};
use crate::words;

/// How a sum stands out.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Weight {
    Plain,
    /// What is left.
    Bold,
    /// The sum of all.
    Sum,
}

/// One of the sums.
#[derive(Debug, PartialEq, Eq)]
pub struct Total {
    pub label: String,
    pub amount: String,
    pub weight: Weight,
}

/// All sums, from the net to what is left to pay.
pub fn totals(bill: &Bill) -> Vec<Total> {
    let sale = &bill.sale;
    let sign = sign(bill.kind);
    let of = |minor: i64| amount(sign.saturating_mul(minor), sale.currency);
    let mut totals = Vec::new();
    let mut add = |label: String, amount, weight| {
        totals.push(Total {
            label,
            amount,
            weight,
        });
    };
    if sale.discount() != 0 {
        let plain = Weight::Plain;
        add(words::SUBTOTAL.to_owned(), of(sale.gross()), plain);
        let discount = amount(less(sale.discount(), sign), sale.currency);
        add(words::DISCOUNT.to_owned(), discount, plain);
    }
    add(words::NET.to_owned(), of(sale.net()), Weight::Plain);
    let tax = tax_label(sale, &of(sale.net()));
    add(tax, of(sale.tax_amount()), Weight::Plain);
    let credit = bill.kind == BillKind::CreditNote;
    let total = match credit {
        true => words::TOTAL_CREDITED,
        false => words::TOTAL,
    };
    let label = format!("{total} {}", sale.currency);
    add(label, of(sale.total().amount), Weight::Sum);
    for payment in &bill.payments {
        let paid = if credit { words::REFUNDED } else { words::PAID };
        let label = format!("{paid} {}", day(payment.on));
        add(label, of(payment.amount.saturating_neg()), Weight::Plain);
    }
    if !bill.payments.is_empty() {
        let left = bill.due();
        let (label, left) = match (credit, left < 0) {
            (true, _) => (words::TO_REFUND, of(left)),
            (false, true) => (words::OVERPAID, of(left.saturating_neg())),
            (false, false) => (words::TO_PAY, of(left)),
        };
        add(label.to_owned(), left, Weight::Bold);
    }
    totals
}

/// `VAT 19 % of 3,800.00`, or why there is none.
fn tax_label(sale: &Sale, net: &str) -> String {
    let (tax, name) = (&sale.tax, clean(&sale.tax.name));
    let rate = rate(tax.rate);
    match words::untaxed(tax.category) {
        None => format!("{name} {rate} of {net}"),
        Some(why) if tax.category == TaxCategory::NotCalculated => {
            format!("{name} {why} {}", words::MARK)
        }
        Some(why) => format!("{name} {rate}, {why} {}", words::MARK),
    }
}

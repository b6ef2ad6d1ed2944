//! The facts beside the buyer: days, orders, terms.

use chrono::NaiveDate;
use membership_domain::purchase::bill::{Bill, BillKind, Issued};

use super::kind::is_due;
use crate::shown::{clean, day, short_day};
use crate::words;

/// Names and values, in their order.
pub fn facts(bill: &Bill, issued: &Issued) -> Vec<(&'static str, String)> {
    let mut facts = vec![(words::DATE, day(issued.on))];
    let mut add = |name, value: Option<String>| {
        let value = value.filter(|value| !value.is_empty());
        facts.extend(value.map(|value| (name, value)));
    };
    if let Some(of) = &bill.credit_of {
        let invoice = words::of(&clean(&of.number), &day(of.issued_on));
        add(words::FOR_INVOICE, Some(invoice));
        add(words::REASON, Some(clean(&of.reason)));
    }
    // A receipt has the number of its order, which stands above already.
    if bill.order_number != issued.number {
        add(words::ORDER, Some(clean(&bill.order_number)));
    }
    add(words::YOUR_ORDER, bill.purchase_order.as_deref().map(clean));
    let supplied = supplied(bill.supplied_from, bill.supplied_until);
    add(words::SUPPLIED, supplied);
    add(words::TERMS, terms(bill, issued.on));
    facts
}

fn supplied(from: Option<NaiveDate>, until: Option<NaiveDate>) -> Option<String> {
    match (from.map(short_day), until.map(short_day)) {
        (Some(from), Some(until)) => Some(format!("{from} – {until}")),
        (Some(from), None) => Some(words::from(&from)),
        (None, Some(until)) => Some(words::until(&until)),
        (None, None) => None,
    }
}

fn terms(bill: &Bill, on: NaiveDate) -> Option<String> {
    let due = bill.remittance.as_ref().filter(|_| is_due(bill));
    match (bill.kind, due) {
        (BillKind::Receipt | BillKind::CreditNote, _) => None,
        (_, Some(due)) => {
            let days = due.due_on.signed_duration_since(on).num_days();
            Some(words::by(days, &day(due.due_on)))
        }
        (_, None) if bill.due() <= 0 => Some(words::PREPAID.to_owned()),
        (_, None) => None,
    }
}

//! What is said below the sums, and how to pay.

use membership_domain::purchase::bill::{Bill, BillKind, BillPayment, PaymentMethod};
use membership_domain::purchase::sale::Sale;

use super::kind::is_due;
use crate::shown::{amount, clean, day, fours, has_check_digits, join, reference};
use crate::words;

/// A paragraph, with its beginning in bold.
#[derive(Debug, PartialEq, Eq)]
pub struct Note {
    /// Empty, or what leads here from the tax.
    pub mark: &'static str,
    pub lead: String,
    pub text: String,
}

/// What to transfer where.
#[derive(Debug, PartialEq, Eq)]
pub struct Payment {
    pub amount: String,
    pub due: String,
    pub reference: String,
    pub account: Vec<String>,
}

/// Why no tax is charged, what a credit note changes, and how it was paid.
pub fn notes(bill: &Bill) -> Vec<Note> {
    let plain = |text: String| Note {
        mark: "",
        lead: String::new(),
        text,
    };
    let tax = untaxed(&bill.sale);
    let money = match bill.kind {
        BillKind::CreditNote => credit(bill),
        _ => paid(bill),
    };
    tax.into_iter().chain(money.map(plain)).collect()
}

/// The note's own first words are in bold where they are what would be said before them.
fn untaxed(sale: &Sale) -> Option<Note> {
    let note = sale.tax.note.as_deref().map(clean).unwrap_or_default();
    let Some(reason) = words::reason(sale.tax.category) else {
        return (!note.is_empty()).then(|| Note {
            mark: "",
            lead: String::new(),
            text: note,
        });
    };
    let beginning = note.get(..reason.len()).unwrap_or_default();
    let (lead, text) = if beginning.eq_ignore_ascii_case(reason) {
        let rest = note.get(reason.len()..).unwrap_or_default();
        let (dot, rest) = match rest.strip_prefix('.') {
            Some(rest) => (".", rest),
            None => ("", rest),
        };
        (format!("{beginning}{dot}"), rest.to_owned())
    } else {
        let text = format!(" {note}").trim_end().to_owned();
        (format!("{reason}."), text)
    };
    let mark = words::MARK;
    Some(Note { mark, lead, text })
}

fn paid(bill: &Bill) -> Option<String> {
    let mut said: Vec<String> = Vec::new();
    for payment in &bill.payments {
        let one = method(payment);
        if !said.contains(&one) {
            said.push(one);
        }
    }
    let nothing = bill.due() <= 0 && bill.kind == BillKind::Invoice;
    said.extend(nothing.then(|| words::NOTHING_DUE.to_owned()));
    (!said.is_empty()).then(|| said.join(" "))
}

fn method(payment: &BillPayment) -> String {
    let known = payment.reference.as_deref();
    match payment.method {
        PaymentMethod::Card => words::paid_by_card(known.map(clean).as_deref()),
        PaymentMethod::Wire => words::paid_by_wire(known.map(reference).as_deref()),
    }
}

fn credit(bill: &Bill) -> Option<String> {
    let sale = &bill.sale;
    let of = |minor: i64| amount(minor, sale.currency);
    let invoice = clean(&bill.credit_of.as_ref()?.number);
    let tax = format!("{} {}", clean(&sale.tax.name), of(sale.tax_amount()));
    let total = format!("{} {}", of(sale.total().amount), sale.currency);
    let credits = words::credits(&invoice, &of(sale.net()), &tax, &total);
    Some(format!("{credits} {}", words::NOTHING_DUE))
}

/// How to pay what is due.
pub fn payment(bill: &Bill) -> Option<Payment> {
    let due = bill.remittance.as_ref().filter(|_| is_due(bill))?;
    let currency = bill.sale.currency;
    let to = &due.to;
    let account = match has_check_digits(&to.account) {
        true => fours(&to.account),
        false => clean(&to.account),
    };
    let bic = match clean(&to.bic) {
        bic if bic.is_empty() => bic,
        bic => format!("{} {bic}", words::BIC),
    };
    let lines = [clean(&to.holder), account, join(&[&bic, &to.bank], " · ")];
    Some(Payment {
        amount: format!("{currency}\u{a0}{}", amount(bill.due(), currency)),
        due: words::due_by(&day(due.due_on)),
        reference: reference(&due.reference),
        account: lines.into_iter().filter(|line| !line.is_empty()).collect(),
    })
}

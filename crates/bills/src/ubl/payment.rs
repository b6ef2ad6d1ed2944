//! What is to be paid until when, or how it was paid.

use chrono::NaiveDate;
use en16931::Invoice;
use en16931::invoice::{Code, CreditTransfer, PaymentCard, PaymentInstructions, PaymentMeans};
use membership_domain::purchase::bill::{Bill, BillKind, PaymentMethod, Remittance};

use super::fault::{UblError, date};
use crate::shown::{clean, day};
use crate::words;

/// A transfer, and a card (UNCL 4461).
const TRANSFER: &str = "30";
const CARD: &str = "48";

/// Adds terms, the last day, and the account or the card.
pub fn add(invoice: &mut Invoice, bill: &Bill, on: NaiveDate) -> Result<(), UblError> {
    if bill.kind == BillKind::CreditNote {
        invoice.payment_terms = Some(words::NOTHING_DUE.to_owned());
        return Ok(());
    }
    match &bill.remittance {
        Some(due) if bill.due() > 0 => {
            invoice.due_date = Some(date(due.due_on)?);
            invoice.payment_terms = Some(by(on, due.due_on));
            invoice.payment = Some(transfer(due));
        }
        _ if bill.due() > 0 => invoice.payment_terms = Some(words::DUE_NOW.to_owned()),
        _ => {
            invoice.payment_terms = Some(words::PREPAID.to_owned());
            invoice.payment = card(bill);
        }
    }
    Ok(())
}

fn transfer(due: &Remittance) -> PaymentInstructions {
    let spaceless = |text: &str| {
        text.chars()
            .filter(|c| !c.is_whitespace())
            .collect::<String>()
    };
    let bic = clean(&due.to.bic);
    PaymentInstructions {
        means_code: Some(Code::new(TRANSFER)),
        means_text: None,
        remittance_information: Some(clean(&due.reference)),
        means: Some(PaymentMeans::CreditTransfer(vec![CreditTransfer {
            account_identifier: Some(spaceless(&clean(&due.to.account))),
            account_name: Some(clean(&due.to.holder)),
            provider_identifier: (!bic.is_empty()).then_some(bic),
        }])),
    }
}

/// The card that it was paid by. A transfer that was made needs no account any more.
fn card(bill: &Bill) -> Option<PaymentInstructions> {
    let mut cards = (bill.payments.iter()).filter(|one| one.method == PaymentMethod::Card);
    let digits = cards.next()?.reference.as_deref().map(clean)?;
    Some(PaymentInstructions {
        means_code: Some(Code::new(CARD)),
        means_text: None,
        remittance_information: None,
        means: Some(PaymentMeans::Card(PaymentCard {
            primary_account_number: Some(digits),
            holder_name: None,
        })),
    })
}

/// Words for the terms of payment, which must say something where something is due.
fn by(on: NaiveDate, due_on: NaiveDate) -> String {
    let days = due_on.signed_duration_since(on).num_days();
    words::by(days, &day(due_on)).replace('\u{a0}', " ")
}

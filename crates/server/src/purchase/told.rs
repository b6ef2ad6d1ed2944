//! Orders and bills as the API tells them.

use membership_contract::purchase::{self as contract, Payment, TransferProof};
use membership_domain::money::Money;
use membership_domain::purchase::bill::BillKind;
use membership_domain::purchase::quote::OrderAnswers;
use membership_store::attempts::{self, Attempt};
use membership_store::bills::{self, Kept};
use membership_store::orders::Order;
use membership_store::proofs::{self, Proof};
use membership_store::receipts::{self, Receipt};
use membership_store::{Connection, StoreError, terms};

use crate::hash::sha256;
use crate::http::etag;
use crate::http::if_match::IfMatch;
use crate::http::problem::Answer;
use crate::purchase::card::waits;

/// An order with everything about it.
pub async fn order(db: &impl Connection, order: &Order) -> Result<contract::Order, StoreError> {
    let placed = order.number.is_some();
    let attempt = match placed {
        true => attempts::newest(db, order.id).await?,
        false => None,
    };
    let proof = match placed {
        true => proofs::of(db, order.id).await?,
        false => None,
    };
    let (payments, bills) = match placed {
        true => (
            receipts::of_order(db, order.id).await?,
            bills::of_order(db, order.id).await?,
        ),
        false => Default::default(),
    };
    // What it gives begins when it ends.
    let terms = match order.ended_at {
        Some(_) => terms::of_order(db, order.id).await?,
        None => Vec::new(),
    };
    let term = terms.first();
    Ok(contract::Order {
        id: order.id,
        number: order.number.clone(),
        state: order.status.state,
        answers: OrderAnswers {
            method: order.status.method,
            ..order.answers.clone()
        },
        quote: order.quote.clone(),
        total: Money::new(order.status.total, order.quote.sale.currency),
        received: order.status.received,
        expires_on: order.status.expires_on,
        held_until: order.held_until,
        placed_at: order.placed_at,
        ended_at: order.ended_at,
        reference: order.reference.clone(),
        attempt: attempt.map(|attempt| told_attempt(order, attempt)),
        proof: proof.map(told_proof),
        payments: payments.into_iter().map(payment).collect(),
        bills: bills.iter().map(bill).collect(),
        starts_on: term.map(|term| term.starts_on),
        ends_on: term.and_then(|term| term.ends_on),
    })
}

fn told_proof(proof: Proof) -> TransferProof {
    TransferProof {
        paid_on: proof.paid_on,
        account: proof.account,
        transaction: proof.transaction,
        kind: proof.kind,
        size: proof.size,
        uploaded_at: proof.uploaded_at,
    }
}

/// The tag of an order as it is told: its revision, which writers have to know, and what all of it
/// says, for bills get their numbers and files, and attempts their addresses, without a new one.
pub fn tag(order: &Order, told: &contract::Order) -> Answer<String> {
    let digest = sha256(crate::change::json(told)?);
    let all = digest.get(..12).unwrap_or_default();
    Ok(etag::of_revision(format!("{}.{all}", order.revision)))
}

/// Refuses a writer who knows another revision of an order than this one.
pub async fn expect(db: &impl Connection, if_match: &IfMatch, order: &Order) -> Answer<()> {
    let (known, tag) = (if_match.revisions(), etag::of_revision(order.revision));
    if known.expect(&tag, || Ok(String::new())).is_ok() {
        return Ok(());
    }
    // Only who is refused learns what it is now.
    let now = self::order(db, order).await?;
    known.expect(&tag, || crate::change::json(&now))
}

fn told_attempt(order: &Order, attempt: Attempt) -> contract::Attempt {
    contract::Attempt {
        id: attempt.id,
        state: attempt.state,
        // Nobody is led to pay what was paid otherwise.
        redirect: attempt.redirect.filter(|_| waits(&order.status)),
        reason: attempt.reason,
    }
}

fn payment(receipt: Receipt) -> Payment {
    Payment {
        on: receipt.value_on,
        method: receipt.method,
        money: receipt.money,
        parked: receipt.parked,
        detail: receipt.detail,
    }
}

/// A bill.
#[must_use]
pub fn bill(kept: &Kept) -> contract::Bill {
    let bill = &kept.bill;
    let total = bill.sale.total();
    let sign = if bill.kind == BillKind::CreditNote {
        -1
    } else {
        1
    };
    let lines = bill.sale.lines.iter();
    contract::Bill {
        id: kept.id,
        order: kept.order,
        order_number: bill.order_number.clone(),
        kind: bill.kind,
        number: kept.number.clone(),
        issued_on: kept.on,
        description: lines
            .map(|line| line.description.as_str())
            .collect::<Vec<_>>()
            .join(", "),
        total: Money::new(sign * total.amount, total.currency),
        due: match bill.kind {
            BillKind::OrderConfirmation => bill.due(),
            _ => 0,
        },
        has_files: kept.has_files,
        has_xml: kept.has_xml,
    }
}

//! The confirmation of an order that is paid by transfer: to whom, how much, and under which
//! reference. Who pays by card has the receipt.

use membership_domain::purchase::bill::{Bill, BillKind, PaymentMethod, Remittance};
use membership_store::orders::Order;
use membership_store::{Write, bills, organizations};

use super::bills::keep;
use crate::App;
use crate::http::problem::Answer;

/// Keeps the confirmation of an order that waits for a transfer, unless it has one.
pub async fn confirm(app: &App, write: &Write, order: &Order) -> Answer<()> {
    let number = order.number.clone().unwrap_or_default();
    if order.status.method != PaymentMethod::Wire || order.status.total == 0 {
        return Ok(());
    }
    let known = bills::of_order(write.tx(), order.id).await?;
    if (known.iter()).any(|one| one.bill.kind == BillKind::OrderConfirmation) {
        return Ok(());
    }
    let organization = organizations::lock(write, order.organization).await?;
    let bill = Bill {
        kind: BillKind::OrderConfirmation,
        sale: order.quote.sale.clone(),
        partner_id: organization.partner_id,
        order_number: number.clone(),
        purchase_order: order.answers.purchase_order.clone(),
        supplied_from: None,
        supplied_until: None,
        payments: Vec::new(),
        remittance: order.quote.account.clone().map(|to| Remittance {
            to,
            reference: order.reference.clone().unwrap_or_default(),
            due_on: order.status.expires_on,
        }),
        credit_of: None,
        sample: order.quote.sample,
    };
    keep(app, write, order, vec![(bill, Some(number))]).await
}

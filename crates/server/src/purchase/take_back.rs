//! What a refund of a whole order takes back: its term alone, what was booked, and its invoice.

use chrono::NaiveDate;
use membership_domain::dates::plus_days;
use membership_domain::evidence::Authority;
use membership_domain::purchase::bill::{Bill, BillKind, BillPayment, CreditOf};
use membership_domain::purchase::ledger::{Account, Booking};
use membership_store::orders::Order;
use membership_store::{Write, bills, books, terms};

use super::apply::book;
use super::bills::keep;
use super::fulfill::change_held;
use crate::App;
use crate::http::problem::{Answer, ApiError};

/// Takes it back. The invoice has its number by then, or the write is begun again when it has.
pub async fn take_back(
    app: &App,
    write: &Write,
    order: &mut Order,
    on: NaiveDate,
    reason: &str,
) -> Answer<()> {
    let earned = -(books::entries(write.tx(), Some(order.id)).await?.iter())
        .flat_map(|entry| &entry.lines)
        .filter(|(account, _)| *account == Account::Earned)
        .map(|(_, amount)| amount)
        .sum::<i64>();
    let booking = Booking::refund(order.status.method, on, &order.quote.sale, earned);
    book(app, write, order, format!("refund:{}", order.id), booking).await?;
    order.earns_on = None;
    end_term(app, write, order, on).await?;
    let known = bills::of_order(write.tx(), order.id).await?;
    let invoice = known
        .into_iter()
        .find(|one| one.bill.kind == BillKind::Invoice);
    let Some(invoice) = invoice else {
        return Ok(());
    };
    let number = invoice.number.clone().ok_or_else(ApiError::overtaken)?;
    let total = order.status.total;
    let note = Bill {
        kind: BillKind::CreditNote,
        payments: vec![BillPayment {
            on,
            amount: total,
            method: order.status.method,
            reference: None,
        }],
        remittance: None,
        credit_of: Some(CreditOf {
            number,
            issued_on: invoice.on,
            reason: reason.to_owned(),
        }),
        ..invoice.bill
    };
    keep(app, write, order, vec![(note, None)]).await
}

/// Ends what this order gave, and nothing else: the day before is its last one, and of what began
/// today nothing stays.
async fn end_term(app: &App, write: &Write, order: &Order, on: NaiveDate) -> Answer<()> {
    let given = terms::of_order(write.tx(), order.id).await?;
    change_held(app, write, order.organization, |mut held| {
        for term in &given {
            let of_term = |row: &membership_domain::evidence::Membership| {
                row.authority == Authority::MadeHere
                    && row.program == term.program
                    && row.started_on == term.starts_on
            };
            if term.starts_on >= on {
                held.retain(|row| !of_term(row));
            }
            for row in held.iter_mut().filter(|row| of_term(row)) {
                let last = plus_days(on, -1);
                row.ends_on = Some(row.ends_on.map_or(last, |ends| ends.min(last)));
            }
        }
        held
    })
    .await
}

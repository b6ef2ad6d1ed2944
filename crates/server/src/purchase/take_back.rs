//! What a refund of a whole order takes back: its term alone, what was booked, and its invoice.

use chrono::NaiveDate;
use membership_domain::dates::plus_days;
use membership_domain::evidence::Authority;
use membership_domain::purchase::bill::{Bill, BillKind, BillPayment, CreditOf};
use membership_domain::purchase::ledger::{Account, Booking};
use membership_domain::purchase::offers::OrderKind;
use membership_store::orders::{self, Order};
use membership_store::terms::{self, Term};
use membership_store::{Write, bills, books};

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

/// Ends what this order gave, with what was added to it for free, and nothing else: the day before
/// is its last one, and of what began today nothing stays. Nobody is reminded of it.
async fn end_term(app: &App, write: &Write, order: &Order, on: NaiveDate) -> Answer<()> {
    let mut ending = terms::of_order(write.tx(), order.id).await?;
    ending.extend(additions(write, order, &ending).await?);
    for term in &ending {
        terms::set_remind_on(write, term.id, None).await?;
    }
    change_held(app, write, order.organization, |mut held| {
        for term in &ending {
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

/// What was added to what an order gave: later orders of the same offer, for free, until the same
/// anniversary.
async fn additions(write: &Write, order: &Order, given: &[Term]) -> Answer<Vec<Term>> {
    let Some(base) = given
        .first()
        .filter(|_| order.quote.kind != OrderKind::Addition)
    else {
        return Ok(Vec::new());
    };
    let mut added = Vec::new();
    for term in terms::of_organization(write.tx(), order.organization).await? {
        let may_join = term.order != order.id
            && term.ends_on == base.ends_on
            && term.starts_on >= base.starts_on;
        if !may_join {
            continue;
        }
        let by = orders::by_id(write.tx(), term.order).await?;
        let joins = |by: &Order| {
            by.quote.kind == OrderKind::Addition && by.answers.offer == order.answers.offer
        };
        if by.as_ref().is_some_and(joins) {
            added.push(term);
        }
    }
    Ok(added)
}

//! What an order gives once it is paid: its term, in the evidence too; its invoice without a number,
//! and its receipt; and the books.

use chrono::NaiveDate;
use membership_domain::catalog::in_force;
use membership_domain::evidence::Membership;
use membership_domain::id::OrganizationId;
use membership_domain::purchase::bill::{Bill, BillKind, BillPayment};
use membership_domain::purchase::ledger::Booking;
use membership_domain::purchase::term;
use membership_store::Write;
use membership_store::audit::Action;
use membership_store::evidence::{self, Change, Expected};
use membership_store::orders::Order;
use membership_store::terms::{self, Term};
use membership_store::{organizations, receipts};
use serde_json::json;

use super::apply::book;
use super::bills::keep;
use crate::change::Done;
use crate::http::problem::{Answer, ApiError};
use crate::{App, random};

/// The part of the evidence that says what is held.
const MEMBERSHIPS: &str = "memberships";

/// Gives what was ordered, from a day on. What exists once for an order makes a second time fail.
pub async fn fulfill(
    app: &App,
    write: &Write,
    order: &mut Order,
    starts_on: NaiveDate,
) -> Answer<Vec<Done>> {
    let rows = term::memberships(&order.quote.programs, order.quote.length, starts_on);
    for row in &rows {
        let term = Term {
            id: random::id(app.clock.real())?,
            organization: order.organization,
            order: order.id,
            program: row.program.clone(),
            benefits: order.answers.option.clone(),
            starts_on: row.started_on,
            ends_on: row.ends_on,
            remind_on: first_reminder(app, row),
        };
        terms::insert(write, term).await?;
    }
    let ends_on = rows.first().and_then(|row| row.ends_on);
    // With the weight of the product's own word.
    change_held(app, write, order.organization, |mut held| {
        held.extend(rows);
        held
    })
    .await?;
    let sale = &order.quote.sale;
    if order.status.total > 0 {
        let on = app.clock.now().date_naive();
        book(
            app,
            write,
            order,
            format!("invoice:{}", order.id),
            Booking::invoice(sale, on),
        )
        .await?;
        order.earns_on = Some(starts_on);
        bill(app, write, order, starts_on, ends_on).await?;
    }
    let mut done = Done::of(Action::TermStart, order.number.clone().unwrap_or_default());
    done.detail = json!({
        "programs": order.quote.programs,
        "starts_on": starts_on,
        "ends_on": ends_on,
    });
    Ok(vec![done])
}

/// The first day on which somebody is reminded of a renewal.
fn first_reminder(app: &App, row: &Membership) -> Option<NaiveDate> {
    let program = app.catalog.catalog.program(&row.program)?;
    let terms = in_force(&program.terms, row.started_on)?;
    term::reminders(terms, row.ends_on?, row.started_on).0
}

/// Changes what is held, in the evidence. Who does so holds the lock of the organization's row.
pub async fn change_held(
    app: &App,
    write: &Write,
    organization: OrganizationId,
    change: impl FnOnce(Vec<Membership>) -> Vec<Membership>,
) -> Answer<()> {
    let known = evidence::part(write.tx(), organization, MEMBERSHIPS).await?;
    let held: Vec<Membership> = match &known {
        Some(known) => known.rows()?,
        None => Vec::new(),
    };
    let json = serde_json::to_string(&change(held)).map_err(ApiError::internal)?;
    let revision = known.as_ref().map_or(0, |known| known.revision);
    let parts = [(
        MEMBERSHIPS.to_owned(),
        Change::between(known.as_ref(), json)?,
    )]
    .into();
    let expected = Expected::Part(revision);
    Ok(evidence::replace(write, organization, expected, &parts, app.clock.now()).await?)
}

/// The invoice, whose number and files a job makes, and the receipt.
async fn bill(
    app: &App,
    write: &Write,
    order: &Order,
    starts_on: NaiveDate,
    ends_on: Option<NaiveDate>,
) -> Answer<()> {
    let organization = organizations::lock(write, order.organization).await?;
    let number = order.number.clone().unwrap_or_default();
    let mut left = order.status.total;
    let mut payments = Vec::new();
    for receipt in receipts::of_order(write.tx(), order.id).await? {
        let taken = (receipt.money.amount - receipt.parked).min(left);
        left -= taken;
        if taken > 0 {
            payments.push(BillPayment {
                on: receipt.value_on,
                amount: taken,
                method: receipt.method,
                reference: receipt.detail,
            });
        }
    }
    let content = Bill {
        kind: BillKind::Invoice,
        sale: order.quote.sale.clone(),
        partner_id: organization.partner_id,
        order_number: number.clone(),
        purchase_order: order.answers.purchase_order.clone(),
        supplied_from: Some(starts_on),
        supplied_until: ends_on,
        payments,
        remittance: None,
        credit_of: None,
        sample: order.quote.sample,
    };
    let receipt = Bill {
        kind: BillKind::Receipt,
        ..content.clone()
    };
    let receipt_number = Some(format!("{number}-R"));
    keep(
        app,
        write,
        order,
        vec![(content, None), (receipt, receipt_number)],
    )
    .await
}

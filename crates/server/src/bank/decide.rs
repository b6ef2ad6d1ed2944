//! What operators decide about bank entries and parked money. The books follow in the same write,
//! and what one operator is at, another one leaves.

use chrono::NaiveDate;
use membership_contract::desk::{BankDecision, BankDecisionKind, ParkedDecision};
use membership_contract::refusal::Refusal;
use membership_domain::id::{BankEntryId, ReceiptId};
use membership_domain::purchase::bank::{BankCommand, BankEntryState, BankRefusal, after};
use membership_domain::purchase::bill::PaymentMethod;
use membership_domain::purchase::ledger::Booking;
use membership_store::audit::{Action, FieldChange};
use membership_store::bank::{self, Entry};
use membership_store::orders::{self, Order};
use membership_store::receipts::{self, Parking, Receipt};
use membership_store::{Write, claims, organizations, users};

use super::apply::{book, incoming};
use super::refused;
use crate::App;
use crate::change::Done;
use crate::guard::Operator;
use crate::http::problem::{Answer, ApiError};
use crate::purchase::apply::{Incoming, receive, sent_back};
use crate::write::{Tx, write};

/// Decides about an entry.
pub async fn entry(
    app: &App,
    operator: &Operator,
    id: BankEntryId,
    wanted: &BankDecision,
) -> Answer<()> {
    let order = match &wanted.order_number {
        Some(number) if wanted.decision == BankDecisionKind::Assign => {
            Some(order_of(app, number).await?)
        }
        _ => None,
    };
    write(&app.store, async |write: Tx| {
        if let Some(order) = &order {
            organizations::lock(&write, order.organization).await?;
        }
        let mut now = unclaimed(app, &write, operator, id).await?;
        let before = now.state;
        let mut told = Vec::new();
        match (wanted.decision, &order) {
            (BankDecisionKind::Assign, Some(order)) => {
                let next = after(before, &BankCommand::Assign).map_err(refused)?;
                let order = orders::by_id(write.tx(), order.id).await?;
                let mut order = order.ok_or_else(ApiError::not_found)?;
                same_currency(&order, now.money.currency)?;
                told = receive(app, &write, &mut order, incoming(&now)).await?;
                (now.state, now.order) = (next, Some(order.id));
            }
            (BankDecisionKind::Assign, None) => return Err(no_order()),
            (BankDecisionKind::Return, _) => {
                now.state = after(before, &BankCommand::MarkReturn).map_err(refused)?;
            }
            // What came in is returned by what left, which takes it back.
            (BankDecisionKind::Returned, _) if now.is_credit => {
                return Err(refused(BankRefusal(before)).into());
            }
            (BankDecisionKind::Returned, _) => {
                now.state = after(before, &BankCommand::Return).map_err(refused)?;
                give_back(app, &write, &now).await?;
            }
            (BankDecisionKind::Fee, _) => {
                now.state = after(before, &BankCommand::BookFee).map_err(refused)?;
                let (on, money) = (now.value_on, now.money);
                let booking = Booking::fee(on, money.currency, money.amount);
                book(app, &write, &now, "fee", booking).await?;
            }
        }
        keep(app, &write, operator, &mut now, &wanted.note).await?;
        let organization = order.as_ref().map(|order| order.organization);
        for done in told {
            write.tell(operator.entry(app, organization, done)?).await?;
        }
        let done = decided(Action::BankDecide, &now, before);
        Answer::Ok(((), Some(operator.entry(app, organization, done)?)))
    })
    .await
}

/// Takes the last decision about an entry back, where nothing came of it yet.
pub async fn undo(app: &App, operator: &Operator, id: BankEntryId) -> Answer<()> {
    write(&app.store, async |write: Tx| {
        let mut now = unclaimed(app, &write, operator, id).await?;
        let before = now.state;
        now.state = after(before, &BankCommand::Undo).map_err(refused)?;
        keep(app, &write, operator, &mut now, "").await?;
        let done = decided(Action::BankUndo, &now, before);
        Answer::Ok(((), Some(operator.entry(app, None, done)?)))
    })
    .await
}

/// Decides about money that its order did not take.
pub async fn parked(
    app: &App,
    operator: &Operator,
    id: ReceiptId,
    wanted: &ParkedDecision,
) -> Answer<()> {
    let order = match &wanted.order_number {
        Some(number) => Some(order_of(app, number).await?),
        None => None,
    };
    write(&app.store, async |write: Tx| {
        let known = receipts::by_id(write.tx(), id).await?;
        let known = known.ok_or_else(ApiError::not_found)?;
        let mut locked = vec![known.organization];
        locked.extend(order.as_ref().map(|order| order.organization));
        // In one order everywhere, so that two who decide don't wait for each other.
        locked.sort();
        locked.dedup();
        for organization in locked {
            organizations::lock(&write, organization).await?;
        }
        let known = receipts::by_id(write.tx(), id).await?;
        let mut now = known.ok_or_else(ApiError::not_found)?;
        let is_open = matches!(now.parking, Some(Parking::Waiting | Parking::ToReturn));
        if !is_open {
            return Err(Refusal::BankEntry(BankEntryState::Assigned).into());
        }
        let mut told = Vec::new();
        let (parking, organization) = match &order {
            None if wanted.keep => (Parking::Waiting, now.organization),
            None if wanted.refunded => {
                refunded(app, &write, &now).await?;
                (Parking::Returned, now.organization)
            }
            None => (Parking::ToReturn, now.organization),
            Some(_) if now.parking == Some(Parking::ToReturn) => return Err(to_return()),
            Some(order) => {
                let order = orders::by_id(write.tx(), order.id).await?;
                let mut order = order.ok_or_else(ApiError::not_found)?;
                same_currency(&order, now.money.currency)?;
                if !order.status.is_open() {
                    return Err(no_order());
                }
                let today = app.clock.now().date_naive();
                told = receive(app, &write, &mut order, of_parked(&now, today)).await?;
                (Parking::Assigned, order.organization)
            }
        };
        let before = now.parking.replace(parking);
        receipts::update(&write, &now).await?;
        for done in told {
            write
                .tell(operator.entry(app, Some(organization), done)?)
                .await?;
        }
        let number = orders::by_id(write.tx(), now.order)
            .await?
            .and_then(|order| order.number);
        let mut done = Done::of(Action::ParkedDecide, number.unwrap_or_default());
        let code = |parking: Option<Parking>| parking.map(Parking::code);
        done.changes = vec![FieldChange::of("state", code(before), parking.code())];
        Answer::Ok(((), Some(operator.entry(app, Some(now.organization), done)?)))
    })
    .await
}

/// Books that money went back to its card, as an operator saw at the payment provider. Of a transfer
/// the bank tells it.
async fn refunded(app: &App, write: &Write, piece: &Receipt) -> Answer<()> {
    if (piece.method, piece.parking) != (PaymentMethod::Card, Some(Parking::ToReturn)) {
        let why = "Only a card payment that is to be returned can be refunded at the provider.";
        return Err(ApiError::invalid_at("/refunded", "not_to_return", why));
    }
    let on = app.clock.now().date_naive();
    sent_back(app, write, piece, on).await
}

/// Parked money as money for another order, which has it from the day on which it is given to it.
fn of_parked(receipt: &Receipt, on: NaiveDate) -> Incoming {
    Incoming {
        source: format!("parked:{}", receipt.id),
        method: receipt.method,
        money: membership_domain::Money::new(receipt.parked, receipt.money.currency),
        value_on: on,
        detail: receipt.detail.clone(),
        is_parked: true,
    }
}

/// The entry, unless another operator is at it.
async fn unclaimed(
    app: &App,
    write: &Write,
    operator: &Operator,
    id: BankEntryId,
) -> Answer<Entry> {
    let claimed = claims::all(write.tx(), app.clock.real()).await?;
    let other = claimed
        .get(&id.to_string())
        .filter(|user| **user != operator.id());
    if let Some(other) = other {
        let user = users::by_id(write.tx(), *other).await?;
        let by = user.map_or_else(String::new, |user| user.name);
        return Err(Refusal::Claimed { by }.into());
    }
    let entry = bank::lock(write, id).await?;
    entry.ok_or_else(ApiError::not_found)
}

async fn keep(
    app: &App,
    write: &Write,
    operator: &Operator,
    entry: &mut Entry,
    note: &str,
) -> Answer<()> {
    entry.decided_by = Some(operator.id());
    entry.decided_at = Some(app.clock.now());
    entry.note = Some(note.to_owned()).filter(|note| !note.is_empty());
    bank::update(write, entry).await?;
    Ok(claims::leave(write, &entry.id.to_string(), operator.id()).await?)
}

/// Money that left took back a piece that was to be returned: the oldest of the same amount.
async fn give_back(app: &App, write: &Write, debit: &Entry) -> Answer<()> {
    let (on, money) = (debit.value_on, debit.money);
    let booking = Booking::returned(PaymentMethod::Wire, on, money.currency, money.amount);
    let same = |one: &Receipt| {
        one.parking == Some(Parking::ToReturn)
            && one.method == PaymentMethod::Wire
            && (one.parked, one.money.currency) == (money.amount, money.currency)
    };
    let mut pieces = receipts::parked(write.tx()).await?;
    pieces.retain(same);
    for piece in pieces {
        organizations::lock(write, piece.organization).await?;
        // Another one that left can have taken it back a moment ago.
        let now = receipts::by_id(write.tx(), piece.id).await?;
        if let Some(now) = now.filter(same) {
            let returned = Receipt {
                parking: Some(Parking::Returned),
                ..now
            };
            receipts::update(write, &returned).await?;
            return book(app, write, debit, "returned", booking).await;
        }
    }
    let mut entries = bank::list(write.tx(), &[BankEntryState::ToReturn], None, 1_000).await?;
    entries.retain(|one| one.money == money);
    for entry in entries {
        let now = bank::lock(write, entry.id).await?;
        if let Some(mut credit) = now.filter(|one| one.state == BankEntryState::ToReturn) {
            credit.state = after(credit.state, &BankCommand::Return).map_err(refused)?;
            bank::update(write, &credit).await?;
            return book(app, write, debit, "returned", booking).await;
        }
    }
    let why = "Nothing of this amount is to be returned. Mark what came in first.";
    Err(ApiError::invalid_at("/decision", "nothing_to_return", why))
}

/// The order with this number.
async fn order_of(app: &App, number: &str) -> Answer<Order> {
    let order = orders::by_number(app.store.db(), number.trim()).await?;
    order.ok_or_else(no_order)
}

/// It may have left already.
fn to_return() -> ApiError {
    let why = "This money is to be returned. Keep it first, unless it was sent back.";
    ApiError::invalid_at("/order_number", "to_return", why)
}

fn no_order() -> ApiError {
    let why = "No open order has this number.";
    ApiError::invalid_at("/order_number", "no_order", why)
}

fn same_currency(order: &Order, currency: membership_domain::Currency) -> Answer<()> {
    let of_order = order.quote.sale.currency;
    if of_order == currency {
        return Ok(());
    }
    let why = format!("The order is in {of_order}, and the money in {currency}.");
    Err(ApiError::invalid_at("/order_number", "currency", &why))
}

fn decided(action: Action, entry: &Entry, before: BankEntryState) -> Done {
    let mut done = Done::of(action, entry.id);
    done.changes = vec![FieldChange::of("state", before.code(), entry.state.code())];
    done.detail = serde_json::json!({
        "amount": entry.money.amount,
        "currency": entry.money.currency,
        "order": entry.order,
    });
    done
}

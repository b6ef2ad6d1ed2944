//! What a command does to an order, and everything that follows from it, in one write.

use chrono::NaiveDate;
use membership_contract::refusal::Refusal;
use membership_domain::id::PostingId;
use membership_domain::money::Money;
use membership_domain::purchase::bill::PaymentMethod;
use membership_domain::purchase::ledger::Booking;
use membership_domain::purchase::order::{OrderCommand, OrderEvent, after};
use membership_domain::purchase::term;
use membership_store::audit::{Action, FieldChange};
use membership_store::books::{self, NewEntry};
use membership_store::orders::{self, Order};
use membership_store::receipts::{self, Parking, Receipt};
use membership_store::{StoreError, Write};
use serde_json::json;

use super::confirm::confirm;
use super::fulfill::fulfill;
use super::news;
use super::take_back::take_back;
use crate::App;
use crate::change::Done;
use crate::http::problem::{Answer, ApiError};
use crate::random;

/// Money that came in.
#[derive(Clone, Debug)]
pub struct Incoming {
    /// What it came from: an attempt, an entry of a bank. Money of a source counts once.
    pub source: String,
    /// How it came.
    pub method: PaymentMethod,
    /// How much.
    pub money: Money,
    /// The day on which it was there.
    pub value_on: NaiveDate,
    /// The reference of a transfer, or the last digits of a card.
    pub detail: Option<String>,
    /// Whether the books have it already, as money of nobody's order.
    pub is_parked: bool,
}

/// Does a command that brings no money. Who calls it holds the lock of the organization's row, and
/// read the order after it was taken.
pub async fn apply(
    app: &App,
    write: &Write,
    order: &mut Order,
    command: OrderCommand,
) -> Answer<Vec<Done>> {
    let (status, events) = after(&order.status, command).map_err(Refusal::Order)?;
    let before = order.status.state;
    order.status = status;
    let today = app.clock.now().date_naive();
    if !order.is_under_way() && order.ended_at.is_none() {
        order.ended_at = Some(app.clock.now());
    }
    let mut done: Vec<Done> = (events.iter()).map(|event| told(order, *event)).collect();
    if let Some(first) = done.first_mut() {
        first
            .changes
            .push(FieldChange::of("state", before.code(), status.state.code()));
    }
    for event in events {
        Box::pin(news::of_order(app, write, order, event)).await?;
        match event {
            // What follows is much, and not part of every command's future.
            OrderEvent::Fulfilled => {
                done.extend(Box::pin(fulfill(app, write, order, today)).await?);
            }
            OrderEvent::Placed | OrderEvent::MethodSwitched(_) => {
                Box::pin(confirm(app, write, order)).await?;
            }
            OrderEvent::Refunded(received) if received > 0 => {
                let reason = "The payment was taken back by the card's owner.";
                Box::pin(take_back(app, write, order, today, reason)).await?;
            }
            OrderEvent::Canceled(received) if received > 0 => {
                park_received(app, write, order, today, received).await?;
            }
            _ => {}
        }
    }
    orders::update(write, order).await?;
    Ok(done)
}

/// Takes money for an order, once: nothing where money of this source was taken before.
pub async fn receive(
    app: &App,
    write: &Write,
    order: &mut Order,
    incoming: Incoming,
) -> Answer<Vec<Done>> {
    if incoming.money.currency != order.quote.sale.currency {
        return Err(ApiError::internal(
            "money in another currency than its order",
        ));
    }
    if receipts::by_source(write.tx(), &incoming.source)
        .await?
        .is_some()
    {
        return Ok(Vec::new());
    }
    let amount = incoming.money.amount;
    let before = order.status.state;
    let command = OrderCommand::Receive { amount };
    let (status, events) = after(&order.status, command).map_err(Refusal::Order)?;
    order.status = status;
    let (mut taken, mut parked) = (0, 0);
    let mut done = Vec::new();
    for event in &events {
        match event {
            OrderEvent::Received(amount) => taken = *amount,
            OrderEvent::Parked(amount) => parked = *amount,
            _ => {}
        }
        done.push(told(order, *event));
    }
    if let Some(first) = done.first_mut() {
        first.detail = json!({"amount": amount, "currency": incoming.money.currency,
            "source": incoming.source, "value_on": incoming.value_on});
        first
            .changes
            .push(FieldChange::of("state", before.code(), status.state.code()));
    }
    let real = app.clock.real();
    let receipt = Receipt {
        id: random::id(real)?,
        organization: order.organization,
        order: order.id,
        source: incoming.source.clone(),
        method: incoming.method,
        money: incoming.money,
        parked,
        parking: (parked > 0).then_some(Parking::Waiting),
        value_on: incoming.value_on,
        detail: incoming.detail,
        created_at: real,
    };
    receipts::insert(write, &receipt).await?;
    let (method, on) = (incoming.method, incoming.value_on);
    let currency = incoming.money.currency;
    let booking = match incoming.is_parked {
        true => Booking::assigned(app.clock.now().date_naive(), currency, taken),
        false => Booking::receipt(method, on, currency, taken, parked),
    };
    book(
        app,
        write,
        order,
        format!("receipt:{}", incoming.source),
        booking,
    )
    .await?;
    if events.contains(&OrderEvent::Fulfilled) {
        Box::pin(news::of_order(app, write, order, OrderEvent::Fulfilled)).await?;
        order.ended_at = Some(app.clock.now());
        let starts_on = first_day(app, write, order).await?;
        done.extend(Box::pin(fulfill(app, write, order, starts_on)).await?);
    }
    orders::update(write, order).await?;
    Ok(done)
}

/// The first day of what was paid by the money that an order has taken.
async fn first_day(app: &App, write: &Write, order: &Order) -> Answer<NaiveDate> {
    let today = app.clock.now().date_naive();
    let placed_on = order.placed_at.map_or(today, |at| at.date_naive());
    let taken = receipts::of_order(write.tx(), order.id).await?.into_iter();
    let taken = taken.filter(|piece| piece.money.amount > piece.parked);
    let value_dates = taken.map(|piece| piece.value_on);
    Ok(term::first_day(value_dates, placed_on, today))
}

/// Books that a parked piece went back to who had sent it.
pub async fn sent_back(app: &App, write: &Write, piece: &Receipt, on: NaiveDate) -> Answer<()> {
    let order = orders::by_id(write.tx(), piece.order).await?;
    let order = order.ok_or_else(ApiError::not_found)?;
    let booking = Booking::returned(piece.method, on, piece.money.currency, piece.parked);
    book(
        app,
        write,
        &order,
        format!("returned:{}", piece.id),
        booking,
    )
    .await
}

/// What an order had received is nobody's now, and waits to be returned.
async fn park_received(
    app: &App,
    write: &Write,
    order: &Order,
    on: NaiveDate,
    received: i64,
) -> Answer<()> {
    for receipt in receipts::of_order(write.tx(), order.id).await? {
        if receipt.parked < receipt.money.amount {
            let parked = Receipt {
                parked: receipt.money.amount,
                parking: Some(Parking::Waiting),
                ..receipt
            };
            receipts::update(write, &parked).await?;
        }
    }
    let booking = Booking::parking(on, order.quote.sale.currency, received);
    book(app, write, order, format!("parking:{}", order.id), booking).await
}

/// Books something of an order under a key of which there is one.
pub async fn book(
    app: &App,
    write: &Write,
    order: &Order,
    key: String,
    booking: Booking,
) -> Answer<()> {
    let id: PostingId = random::id(app.clock.real())?;
    let entry = NewEntry {
        id,
        key,
        organization: Some(order.organization),
        order: Some(order.id),
        booking,
        at: app.clock.real(),
    };
    match books::book(write, entry).await {
        // What is booked twice is a fault of ours, and must not be kept.
        Err(StoreError::Duplicate(key)) => Err(ApiError::internal(format!("booked twice: {key}"))),
        other => Ok(other?),
    }
}

/// An event as the audit log tells it.
fn told(order: &Order, event: OrderEvent) -> Done {
    let (action, amount) = match event {
        OrderEvent::Placed => (Action::OrderPlace, Some(order.status.total)),
        OrderEvent::AttemptStarted => (Action::PaymentStart, Some(order.status.due())),
        OrderEvent::AttemptEnded => (Action::PaymentEnd, None),
        OrderEvent::AttemptLost => (Action::PaymentLose, None),
        OrderEvent::AttemptFound => (Action::PaymentFind, None),
        OrderEvent::Received(amount) => (Action::OrderPay, Some(amount)),
        OrderEvent::Parked(amount) => (Action::MoneyPark, Some(amount)),
        OrderEvent::Fulfilled => (Action::OrderFulfill, None),
        OrderEvent::MethodSwitched(_) => (Action::OrderMethod, None),
        OrderEvent::TransferProved => (Action::ProofUpload, None),
        OrderEvent::Expired => (Action::OrderExpire, None),
        OrderEvent::Canceled(amount) => (Action::OrderCancel, Some(amount)),
        OrderEvent::Refunded(amount) => (Action::OrderRefund, Some(amount)),
        OrderEvent::Disputed | OrderEvent::DisputeWon | OrderEvent::DisputeLost => {
            (Action::OrderDispute, None)
        }
    };
    let mut done = Done::of(action, order.number.clone().unwrap_or_default());
    if let Some(amount) = amount {
        done.detail = json!({"amount": amount, "currency": order.quote.sale.currency});
    }
    if let OrderEvent::MethodSwitched(to) = event {
        done.changes = vec![FieldChange::of(
            "method",
            serde_json::Value::Null,
            to.code(),
        )];
    }
    done
}

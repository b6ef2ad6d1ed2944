//! Paying by card: an attempt is kept before the provider hears of it, and whatever the provider
//! says is applied by one function, whoever asked: the buyer who comes back, an event, or the sweep.

use membership_contract::refusal::Refusal;
use membership_domain::id::OrderId;
use membership_domain::money::Money;
use membership_domain::purchase::attempt::{
    AttemptCommand, AttemptEvent, AttemptState, GatewayStatus, after,
};
use membership_domain::purchase::bill::PaymentMethod;
use membership_domain::purchase::order::{OrderCommand, OrderState, OrderStatus};
use membership_store::Write;
use membership_store::attempts::{self, Attempt};
use membership_store::audit::{Action, FieldChange};
use membership_store::jobs::Kind;
use membership_store::orders::{self, Order};
use membership_store::organizations::{self, Organization};
use membership_store::receipts::{self, Parking, Receipt};
use serde_json::json;

use super::apply::{Incoming, apply, receive, sent_back};
use super::bills;
use super::description;
use crate::change::Done;
use crate::gateway::{Asked, Dispute, GatewayError, Payment};
use crate::http::problem::{Answer, ApiError};
use crate::write::{Tx, all_but_last, write};
use crate::{App, random};

/// Keeps a new attempt of an order, within a write that holds the organization's row.
pub async fn begin(app: &App, write: &Write, order: &mut Order) -> Answer<(Attempt, Vec<Done>)> {
    let money = Money::new(order.status.due(), order.quote.sale.currency);
    let done = apply(app, write, order, OrderCommand::StartAttempt).await?;
    let last = attempts::newest(write.tx(), order.id).await?;
    let real = app.clock.real();
    let attempt = Attempt {
        id: random::id(real)?,
        organization: order.organization,
        order: order.id,
        count: last.map_or(0, |last| last.count) + 1,
        state: AttemptState::Created,
        gateway: app.gateway.name().to_owned(),
        gateway_reference: None,
        redirect: None,
        money,
        reason: None,
        card: None,
        created_at: real,
        changed_at: real,
    };
    attempts::insert(write, &attempt).await?;
    Ok((attempt, done))
}

/// Sends a new attempt to the provider, and applies the answer.
pub async fn send(app: &App, attempt: &Attempt, asked: &Asked) -> Answer<Attempt> {
    observe(app, attempt, app.gateway.start(asked).await).await
}

/// Asks the provider how an attempt is, and applies the answer. An attempt that it never heard of,
/// or whose first answer was lost, is sent again under its key.
pub async fn look(app: &App, attempt: &Attempt) -> Answer<Attempt> {
    let answer = match &attempt.gateway_reference {
        Some(reference) => app.gateway.find(reference).await,
        None => match app.gateway.start(&asked_before(app, attempt).await?).await {
            // What was begun before may have gone on since.
            Ok(begun) => app.gateway.find(&begun.reference).await,
            error => error,
        },
    };
    observe(app, attempt, answer).await
}

/// Has the provider end an attempt that was not paid, and applies what it says then: it may have
/// been paid meanwhile.
pub async fn give_up(app: &App, attempt: &Attempt) -> Answer<Attempt> {
    let known = match attempt.gateway_reference {
        Some(_) => attempt.clone(),
        None => look(app, attempt).await?,
    };
    let answer = match &known.gateway_reference {
        Some(reference) => app.gateway.cancel(reference).await,
        None => Err(GatewayError::NoAnswer("its id is not known".to_owned())),
    };
    match observe(app, attempt, answer).await? {
        known if known.state == AttemptState::Unknown => Err(Refusal::Gateway.into()),
        known => Ok(known),
    }
}

/// What the provider is asked for an attempt of an order of this organization.
#[must_use]
pub fn asked(app: &App, attempt: &Attempt, order: &Order, organization: &Organization) -> Asked {
    let (public_url, partner) = (&app.settings.mail.public_url, &organization.partner_id);
    Asked {
        attempt: attempt.id,
        money: attempt.money,
        order_number: order.number.clone().unwrap_or_default(),
        description: description(order),
        return_to: format!("{public_url}/{partner}/orders/{}?returned", order.id),
    }
}

/// The same of an attempt that was kept before.
async fn asked_before(app: &App, attempt: &Attempt) -> Answer<Asked> {
    let db = app.store.db();
    let order = orders::by_id(db, attempt.order).await?;
    let order = order.ok_or_else(ApiError::not_found)?;
    let organization = organizations::by_id(db, attempt.organization).await?;
    let organization = organization.ok_or_else(ApiError::not_found)?;
    Ok(asked(app, attempt, &order, &organization))
}

/// Applies what the provider said of an attempt: to the attempt, to its order, and to everything
/// that follows. What is said of one that has ended, and was known, writes nothing.
pub async fn observe(
    app: &App,
    known: &Attempt,
    answer: Result<Payment, GatewayError>,
) -> Answer<Attempt> {
    let Some(Payment {
        dispute: Some(_), ..
    }) = answer.as_ref().ok()
    else {
        return observed(app, known, answer).await;
    };
    // First what was paid: what is taken back has an invoice, whose number comes after the payment.
    let mut known = known.clone();
    if known.state.is_open() {
        let paid = answer.clone().map(|paid| Payment {
            dispute: None,
            ..paid
        });
        known = observed(app, &known, paid).await?;
    }
    if let Err(error) = bills::numbers(app).await {
        tracing::warn!(%error, "bills have no numbers yet");
    }
    observed(app, &known, answer).await
}

async fn observed(
    app: &App,
    known: &Attempt,
    answer: Result<Payment, GatewayError>,
) -> Answer<Attempt> {
    let was_known = after(known.state, &command(&answer)) == (known.state, None);
    let is_disputed = answer
        .as_ref()
        .is_ok_and(|payment| payment.dispute.is_some());
    if was_known && !known.state.is_open() && !is_disputed {
        return Ok(known.clone());
    }
    write(&app.store, async |write: Tx| {
        organizations::lock(&write, known.organization).await?;
        let attempt = attempts::by_id(write.tx(), known.id).await?;
        let mut attempt = attempt.ok_or_else(ApiError::not_found)?;
        let order = orders::by_id(write.tx(), attempt.order).await?;
        let mut order = order.ok_or_else(ApiError::not_found)?;
        let done = settle(app, &write, &mut attempt, &mut order, &answer).await?;
        let mut entries = Vec::new();
        for one in done {
            entries.push(one.of_job(&app.clock, order.organization, Kind::PaymentCheck)?);
        }
        Answer::Ok((attempt, all_but_last(&write, entries).await?))
    })
    .await
}

/// What an answer is to the machine of an attempt.
fn command(answer: &Result<Payment, GatewayError>) -> AttemptCommand {
    match answer {
        Ok(payment) => AttemptCommand::Observe(payment.status.clone()),
        Err(GatewayError::Refused(_)) => AttemptCommand::Observe(GatewayStatus::Canceled),
        Err(GatewayError::NoAnswer(_)) => AttemptCommand::Miss,
    }
}

/// The same within a write.
async fn settle(
    app: &App,
    write: &Write,
    attempt: &mut Attempt,
    order: &mut Order,
    answer: &Result<Payment, GatewayError>,
) -> Answer<Vec<Done>> {
    match answer {
        Err(GatewayError::Refused(why)) => {
            tracing::warn!(%why, attempt = %attempt.id, "the payment provider refused an attempt");
        }
        Err(GatewayError::NoAnswer(why)) => {
            tracing::warn!(%why, attempt = %attempt.id, "the payment provider did not answer");
        }
        Ok(_) => {}
    }
    let before = attempt.clone();
    let (state, event) = after(attempt.state, &command(answer));
    attempt.state = state;
    if let Ok(payment) = answer {
        attempt.gateway_reference = Some(payment.reference.clone());
        attempt.redirect = payment
            .redirect
            .clone()
            .filter(|_| state == AttemptState::Open);
        attempt.card = payment.card.clone().or(attempt.card.take());
        if let (AttemptState::Declined, GatewayStatus::Declined { reason }) =
            (state, &payment.status)
        {
            attempt.reason = Some(*reason);
        }
    }
    let mut done = match event {
        None | Some(AttemptEvent::Opened) => Vec::new(),
        Some(AttemptEvent::Succeeded(captured)) => {
            let incoming = Incoming {
                source: source(attempt),
                method: PaymentMethod::Card,
                money: Money::new(captured, attempt.money.currency),
                value_on: app.clock.now().date_naive(),
                detail: attempt.card.clone(),
                is_parked: false,
            };
            receive(app, write, order, incoming).await?
        }
        Some(AttemptEvent::Ended) => {
            command_of(app, write, order, OrderCommand::EndAttempt).await?
        }
        Some(AttemptEvent::Lost) => {
            command_of(app, write, order, OrderCommand::LoseAttempt).await?
        }
        Some(AttemptEvent::Found) => {
            command_of(app, write, order, OrderCommand::FindAttempt).await?
        }
    };
    if let Ok(Payment {
        dispute: Some(dispute),
        ..
    }) = answer
    {
        done.extend(disputed(app, write, attempt, order, *dispute).await?);
    }
    let changed = *attempt != before;
    attempt.changed_at = app.clock.real();
    attempts::update(write, attempt).await?;
    if done.is_empty() && changed {
        // Whatever is kept is told.
        let mut one = Done::of(
            Action::PaymentLook,
            order.number.clone().unwrap_or_default(),
        );
        one.detail = json!({"attempt": attempt.count, "state": attempt.state});
        done.push(one);
    }
    Ok(done)
}

/// A command that follows from an attempt: nothing where the order went on without it.
async fn command_of(
    app: &App,
    write: &Write,
    order: &mut Order,
    command: OrderCommand,
) -> Answer<Vec<Done>> {
    match order.status.allows(command) {
        true => apply(app, write, order, command).await,
        false => Ok(Vec::new()),
    }
}

async fn disputed(
    app: &App,
    write: &Write,
    attempt: &Attempt,
    order: &mut Order,
    dispute: Dispute,
) -> Answer<Vec<Done>> {
    let source = source(attempt);
    let piece = receipts::by_source(write.tx(), &source).await?;
    if let Some(piece) = piece.filter(|piece| piece.parked == piece.money.amount) {
        // Its order took nothing of it, and was paid otherwise.
        let gone = dispute == Dispute::Lost;
        return match gone {
            true => taken_from_parked(app, write, order, piece).await,
            false => Ok(Vec::new()),
        };
    }
    let mut done = Vec::new();
    if order.status.state == OrderState::Fulfilled && dispute != Dispute::Won {
        done.extend(apply(app, write, order, OrderCommand::Dispute).await?);
    }
    if order.status.state == OrderState::Disputed {
        let command = match dispute {
            Dispute::Open => return Ok(done),
            Dispute::Won => OrderCommand::WinDispute,
            Dispute::Lost => OrderCommand::LoseDispute,
        };
        done.extend(apply(app, write, order, command).await?);
    }
    Ok(done)
}

/// A card's owner took back what was parked. What went to another order meanwhile is that one's, and
/// an operator has to see to it.
async fn taken_from_parked(
    app: &App,
    write: &Write,
    order: &Order,
    piece: Receipt,
) -> Answer<Vec<Done>> {
    match piece.parking {
        Some(Parking::Waiting | Parking::ToReturn) => {}
        Some(Parking::Assigned) => {
            tracing::error!(receipt = %piece.id, "money of a lost dispute was given to another order");
            return Ok(Vec::new());
        }
        Some(Parking::Returned) | None => return Ok(Vec::new()),
    }
    let before = piece.parking;
    let after = Some(Parking::Returned);
    sent_back(app, write, &piece, app.clock.now().date_naive()).await?;
    let piece = Receipt {
        parking: after,
        ..piece
    };
    receipts::update(write, &piece).await?;
    let number = order.number.clone().unwrap_or_default();
    let mut done = Done::of(Action::ParkedDecide, number);
    let code = |parking: Option<Parking>| parking.map(Parking::code);
    done.changes = vec![FieldChange::of("state", code(before), code(after))];
    Ok(vec![done])
}

/// What the money of an attempt came from.
fn source(attempt: &Attempt) -> String {
    format!("attempt:{}", attempt.id)
}

/// The attempt of an order that is open.
pub async fn open_attempt(app: &App, order: OrderId) -> Answer<Option<Attempt>> {
    let newest = attempts::newest(app.store.db(), order).await?;
    Ok(newest.filter(|attempt| attempt.state.is_open()))
}

/// Whether an order waits for what a provider says.
#[must_use]
pub fn waits(status: &OrderStatus) -> bool {
    matches!(status.state, OrderState::Paying | OrderState::Unknown)
}

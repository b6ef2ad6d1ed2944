//! Events that a payment provider tells of: each taken once, and none believed. What it says of a
//! payment is a reason to ask.

use axum::http::HeaderMap;
use membership_contract::refusal::Refusal;
use membership_store::attempts::{self, Attempt};
use membership_store::audit::Action;

use super::card;
use crate::gateway::{Event, GatewayError};
use crate::http::problem::{Answer, ApiError};
use crate::write::{Tx, write};
use crate::{App, trail};

/// Takes an event as it came.
///
/// # Errors
/// 404 for another provider, 400 for what is not signed; what the store refuses, and 503 where the
/// provider does not say how the payment is. In each case the provider tells it again.
pub async fn take(app: &App, gateway: &str, headers: &HeaderMap, body: &[u8]) -> Answer<()> {
    if gateway != app.gateway.name() {
        return Err(ApiError::not_found());
    }
    let event = app.gateway.event(headers, body, app.clock.real())?;
    // The event can be here before the answer to what caused it; the sweep finds that out.
    let Some(attempt) = attempt_of(app, gateway, &event).await? else {
        return Ok(());
    };
    match attempt
        .gateway_reference
        .as_ref()
        .or(event.payment.as_ref())
    {
        Some(reference) => {
            let answer = app.gateway.find(reference).await;
            let is_silent = matches!(answer, Err(GatewayError::NoAnswer(_)));
            card::observe(app, &attempt, answer).await?;
            // Of what was paid nobody asks by themselves: a dispute would be forgotten.
            if is_silent {
                return Err(Refusal::Gateway.into());
            }
        }
        None => {
            card::look(app, &attempt).await?;
        }
    }
    let id = format!("{gateway}:{}", event.id);
    let at = app.clock.real();
    write(&app.store, async |write: Tx| {
        let is_new = attempts::event_is_new(&write, &id, at).await?;
        let entry = trail::entry(&app.clock, Action::PaymentEvent, &id)?;
        let entry = membership_store::audit::Entry {
            organization: Some(attempt.organization),
            ..entry
        };
        Answer::Ok(((), is_new.then_some(entry)))
    })
    .await
}

/// The attempt that an event is about: by the payment, by the mark that we gave it, or by what the
/// provider says of something else.
async fn attempt_of(app: &App, gateway: &str, event: &Event) -> Answer<Option<Attempt>> {
    let db = app.store.db();
    if let Some(payment) = &event.payment {
        let known = attempts::by_gateway_reference(db, gateway, payment).await?;
        if known.is_some() {
            return Ok(known);
        }
    }
    if let Some(attempt) = event.attempt {
        let known = attempts::by_id(db, attempt).await?;
        return Ok(known.filter(|known| known.gateway == gateway));
    }
    let Some(object) = &event.behind else {
        return Ok(None);
    };
    let payment = app.gateway.payment_behind(object).await;
    let payment = payment.map_err(|why| {
        tracing::warn!(%why, "the payment provider did not say what an event is about");
        ApiError::from(Refusal::Gateway)
    })?;
    match payment {
        Some(payment) => Ok(attempts::by_gateway_reference(db, gateway, &payment).await?),
        None => Ok(None),
    }
}

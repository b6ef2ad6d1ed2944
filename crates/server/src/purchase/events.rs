//! Events that a payment provider tells of: each taken once, and none believed. What it says of a
//! payment is a reason to ask.

use axum::http::HeaderMap;
use membership_store::attempts;
use membership_store::audit::Action;

use super::card;
use crate::http::problem::{Answer, ApiError};
use crate::write::{Tx, write};
use crate::{App, trail};

/// Takes an event as it came.
///
/// # Errors
/// 404 for another provider, 400 for what is not signed; what the store and the provider refuse, in
/// which case the provider tells it again.
pub async fn take(app: &App, gateway: &str, headers: &HeaderMap, body: &[u8]) -> Answer<()> {
    if gateway != app.gateway.name() {
        return Err(ApiError::not_found());
    }
    let event = app.gateway.event(headers, body, app.clock.real())?;
    let Some(payment) = event.payment else {
        return Ok(());
    };
    let attempt = attempts::by_gateway_reference(app.store.db(), gateway, &payment).await?;
    // The event can be here before the answer to what caused it; the sweep finds that out.
    let Some(attempt) = attempt else {
        return Ok(());
    };
    card::look(app, &attempt).await?;
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

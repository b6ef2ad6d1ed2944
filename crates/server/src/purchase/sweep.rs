//! What nobody asks for: payments whose end is not known, orders whose last day has passed.

use chrono::Duration;
use membership_domain::purchase::attempt::AttemptState;
use membership_domain::purchase::order::OrderCommand;
use membership_store::attempts::{self, Attempt};
use membership_store::jobs::Kind;
use membership_store::{orders, organizations};

use super::apply::apply;
use super::card;
use crate::App;
use crate::http::problem::{Answer, ApiError};
use crate::write::{Tx, write};

/// So many at a time: what is left is done with the next turn.
const SOME: u64 = 100;

/// An attempt that is not known is asked about again after this.
const UNKNOWN_AGAIN: Duration = Duration::seconds(5);

/// An attempt that was kept and not sent is sent by the request that made it; later than this by
/// the sweep.
const UNSENT_AGAIN: Duration = Duration::seconds(30);

/// An attempt at which the buyer is, whose event may have been lost.
const OPEN_AGAIN: Duration = Duration::seconds(60);

/// Asks the provider about attempts whose end nobody told.
pub async fn payments(app: &App) -> Answer<()> {
    let now = app.clock.real();
    for (state, again) in [
        (AttemptState::Unknown, UNKNOWN_AGAIN),
        (AttemptState::Created, UNSENT_AGAIN),
        (AttemptState::Open, OPEN_AGAIN),
    ] {
        let waiting = attempts::unsettled(app.store.db(), &[state], now - again, SOME).await?;
        for attempt in waiting {
            // One that can't be settled keeps no other waiting; it is looked at again in its turn.
            if let Err(refused) = settled(app, &attempt).await {
                tracing::warn!(why = refused.detail(), attempt = %attempt.id, "a payment was not settled");
            }
            attempts::touch(&app.store, attempt.id, app.clock.real()).await?;
        }
    }
    Ok(())
}

/// Asks about one. What an order doesn't wait for any more, because it was paid otherwise, is ended,
/// so that nobody pays it a second time.
async fn settled(app: &App, attempt: &Attempt) -> Answer<()> {
    let known = card::look(app, attempt).await?;
    let order = orders::by_id(app.store.db(), attempt.order).await?;
    let waits = order.is_none_or(|order| card::waits(&order.status));
    if known.state == AttemptState::Open && !waits {
        card::give_up(app, &known).await?;
    }
    Ok(())
}

/// Ends orders whose last day has passed.
pub async fn expiries(app: &App) -> Answer<()> {
    let on = app.clock.now().date_naive();
    for (organization, id) in orders::overdue(app.store.db(), on, SOME).await? {
        write(&app.store, async |write: Tx| {
            organizations::lock(&write, organization).await?;
            let order = orders::by_id(write.tx(), id).await?;
            let mut order = order.ok_or_else(ApiError::not_found)?;
            let command = OrderCommand::Expire { on };
            // It was paid, or ended, a moment ago.
            if !order.status.allows(command) {
                return Answer::Ok(((), None));
            }
            let done = apply(app, &write, &mut order, command).await?.pop();
            let entry = done.map(|done| done.of_job(&app.clock, organization, Kind::OrderExpire));
            Ok(((), entry.transpose()?))
        })
        .await?;
    }
    Ok(())
}

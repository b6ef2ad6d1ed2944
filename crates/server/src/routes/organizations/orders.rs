//! Orders: from a draft to its payment.

pub mod answers;
pub mod attempts;
pub mod cancel;
pub mod create;
pub mod list;
pub mod method;
pub mod payment_check;
pub mod place;
pub mod proof;
#[cfg(test)]
mod races;
pub mod read;
#[cfg(test)]
mod regressions;
#[cfg(test)]
mod tests;

use axum::http::StatusCode;
use axum::response::Response;
use chrono::{DateTime, Duration, Utc};
use membership_domain::id::OrderId;
use membership_domain::roles::{Permission, may};
use membership_store::orders::{self, Order};
use serde::Serialize;

use crate::App;
use crate::change::{Done, Keyed};
use crate::guard::{Member, everywhere};
use crate::http::if_match::IfMatch;
use crate::http::path_id::PathId;
use crate::http::problem::{Answer, ApiError};
use crate::purchase::known::Known;
use crate::purchase::told;
use crate::write::Tx;

/// The order of the address.
pub type Named = PathId<membership_domain::id::Order>;

/// So often what an order depends on may change while it is quoted.
const ATTEMPTS: usize = 5;

/// An order of the caller's organization.
async fn known(app: &App, member: &Member, id: OrderId) -> Answer<Order> {
    let found = orders::of_organization(app.store.db(), member.organization, id).await?;
    found.ok_or_else(ApiError::not_found)
}

/// What decides what the caller's organization can order.
async fn decided_by(by: &Keyed) -> Answer<Known> {
    let may_buy = may(&everywhere(&by.member.grants), Permission::BuyOffers);
    Known::read(&by.app, by.member.organization, may_buy).await
}

/// So long a price is held that is quoted now.
fn held_until(app: &App) -> DateTime<Utc> {
    let minutes = app.catalog.purchase.quote_hold_minutes;
    app.clock.now() + Duration::minutes(minutes.into())
}

/// Changes an order under the lock of its organization's row, and answers with it and its tag.
async fn changed<W>(
    by: &Keyed,
    if_match: Option<&IfMatch>,
    id: OrderId,
    (request, status): (&impl Serialize, StatusCode),
    work: impl Fn(Tx, Order) -> W,
) -> Answer<Response>
where
    W: Future<Output = Answer<(Order, Vec<Done>)>>,
{
    let organization = by.member.organization;
    let work = async |write: Tx| {
        let order = orders::of_organization(write.tx(), organization, id).await?;
        let order = order.ok_or_else(ApiError::not_found)?;
        if let Some(if_match) = if_match {
            told::expect(write.tx(), if_match, &order).await?;
        }
        let (order, done) = work(write.clone(), order).await?;
        let now = told::order(write.tx(), &order).await?;
        let tag = told::tag(&order, &now)?;
        Ok((now, tag, done))
    };
    by.tagged(request, status, work).await
}

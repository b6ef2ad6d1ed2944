//! `POST /api/v1/organizations/{organization}/orders/{order}/placement`: orders.

use axum::http::{HeaderMap, StatusCode, header};
use axum::response::Response;
use membership_contract::paths;
use membership_contract::purchase::{Order as Told, Placement};
use membership_contract::refusal::Refusal;
use membership_domain::dates::wire_order_expires;
use membership_domain::purchase::order::{OrderCommand, OrderRefusal, OrderState};
use membership_domain::purchase::quote::Quote;
use membership_store::orders::{self, Order};
use membership_store::{Write, organizations};

use super::create::requote;
use super::{ATTEMPTS, Named, changed, decided_by, held_until, known};
use crate::App;
use crate::change::KeyNeeded;
use crate::http::body::Body;
use crate::http::if_match::IfMatch;
use crate::http::problem::{Answer, ApiError};
use crate::purchase::apply::apply;
use crate::purchase::{number, reference};
use crate::write::{Tx, write};

/// Orders what the draft says. The caller says what they saw: where the total or the agreement is
/// another one by now, or the price is held no longer, nothing is ordered, and the draft has the new
/// price. What costs nothing is given at once. With `If-Match` nothing is ordered where another tab
/// changed the draft.
#[utoipa::path(
    post, path = paths::ORDER_PLACEMENT, tag = "purchases", operation_id = "create_order_placement",
    request_body = Placement,
    params(("If-Match" = Option<String>, Header, description = "The ETag of the draft as it was seen")),
    responses(
        (status = 201, body = Told, headers(("ETag" = String))),
        (status = 409, description = "The price changed, or it can't be ordered now"),
        (status = 412, description = "The draft was changed meanwhile"),
    ),
)]
pub async fn create_order_placement(
    KeyNeeded(by): KeyNeeded,
    named: Named,
    headers: HeaderMap,
    Body(seen): Body<Placement>,
) -> Answer<Response> {
    let has_tag = headers.contains_key(header::IF_MATCH);
    let if_match = has_tag.then(|| IfMatch::of(&headers)).transpose()?;
    by.member.person()?;
    let app = &by.app;
    for _ in 0..ATTEMPTS {
        let draft = known(app, &by.member, named.0).await?;
        let decided = decided_by(&by).await?;
        let quote = match draft.status.state {
            OrderState::Draft => Some(decided.quote(app, &draft.answers)),
            // It was placed: the same request is answered as before, another one is refused.
            _ => None,
        };
        let moved = std::sync::atomic::AtomicBool::new(false);
        let work = async |write: Tx, mut order: Order| {
            let Some(quote) = &quote else {
                return Err(Refusal::Order(OrderRefusal::State).into());
            };
            if !decided.is_current(&write).await? || order.revision != draft.revision {
                moved.store(true, std::sync::atomic::Ordering::Relaxed);
                return Err(Refusal::Stale.into());
            }
            // Only now: what is refused may be what the same request did before.
            let quote = quote.as_ref().map_err(Clone::clone)?;
            let is_held = app.clock.now() <= order.held_until;
            let is_seen = seen.total == quote.sale.total() && seen.agreement == quote.agreement;
            let same = quote.sale == order.quote.sale && quote.programs == order.quote.programs;
            if !(is_held && is_seen && same) {
                return Err(Refusal::PriceChanged.into());
            }
            order.quote = quote.clone();
            place(app, &write, &mut order).await?;
            let done = apply(app, &write, &mut order, OrderCommand::Place).await?;
            Ok((order, done))
        };
        let asked = (&seen, StatusCode::CREATED);
        match changed(&by, if_match.as_ref(), named.0, asked, work).await {
            Err(_) if moved.into_inner() => {}
            Err(refused) if refused.is(&Refusal::PriceChanged) => {
                if let Some(Ok(quote)) = quote {
                    renew_price(app, &draft, &quote).await?;
                }
                return Err(refused);
            }
            other => return other,
        }
    }
    Err(Refusal::Overtaken.into())
}

/// Gives an order its number, its reference and its last day.
async fn place(app: &App, write: &Write, order: &mut Order) -> Answer<()> {
    let today = app.clock.now().date_naive();
    let number = number(today)?;
    if orders::by_number(write.tx(), &number).await?.is_some() {
        // One in a million on a day: the write is begun again, with another number.
        return Err(ApiError::overtaken());
    }
    order.reference = Some(reference(&number));
    order.number = Some(number.clone());
    order.placed_at = Some(app.clock.now());
    let days = app.catalog.purchase.wire_order_days;
    order.status.expires_on = wire_order_expires(today, days);
    Ok(())
}

/// Keeps the new price of a draft, so that its buyer sees it.
async fn renew_price(app: &App, draft: &Order, quote: &Quote) -> Answer<()> {
    write(&app.store, async |write: Tx| {
        organizations::lock(&write, draft.organization).await?;
        let order = orders::by_id(write.tx(), draft.id).await?;
        let mut order = order.ok_or_else(ApiError::not_found)?;
        if order.revision != draft.revision || order.status.state != OrderState::Draft {
            return Answer::Ok(((), None));
        }
        let answers = order.answers.clone();
        requote(&mut order, &answers, quote, held_until(app));
        orders::update(&write, &mut order).await?;
        let done = super::create::done(&order)?;
        let kind = membership_store::jobs::Kind::OrderExpire;
        Ok(((), Some(done.of_job(&app.clock, draft.organization, kind)?)))
    })
    .await
}

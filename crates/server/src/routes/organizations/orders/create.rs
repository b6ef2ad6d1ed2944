//! `POST /api/v1/organizations/{organization}/orders`: begins an order.

use axum::http::StatusCode;
use axum::response::Response;
use membership_contract::paths;
use membership_contract::purchase::Order as Told;
use membership_contract::refusal::Refusal;
use membership_domain::purchase::order::OrderStatus;
use membership_domain::purchase::quote::{OrderAnswers, Quote};
use membership_store::audit::Action;
use membership_store::orders::{self, Order};

use super::{ATTEMPTS, decided_by, held_until};
use crate::change::{Done, KeyNeeded, json};
use crate::http::body::Body;
use crate::http::problem::Answer;
use crate::purchase::told;
use crate::random;
use crate::write::Tx;

/// Begins an order: a draft with its price, which is held for some minutes. There is one draft of an
/// offer; beginning it again takes up that one with the new answers.
#[utoipa::path(
    post, path = paths::ORDERS, tag = "purchases", operation_id = "create_order",
    request_body = OrderAnswers,
    responses(
        (status = 201, body = Told, headers(("ETag" = String))),
        (status = 409, description = "It can't be ordered now, or another order of it is open"),
    ),
)]
pub async fn create_order(
    KeyNeeded(by): KeyNeeded,
    Body(answers): Body<OrderAnswers>,
) -> Answer<Response> {
    let (app, organization) = (&by.app, by.member.organization);
    let person = by.member.person()?.user.id;
    for _ in 0..ATTEMPTS {
        let known = decided_by(&by).await?;
        let quote = known.quote(app, &answers);
        let moved = std::sync::atomic::AtomicBool::new(false);
        let work = async |write: Tx| {
            if !known.is_current(&write).await? {
                moved.store(true, std::sync::atomic::Ordering::Relaxed);
                return Err(Refusal::Stale.into());
            }
            // Only now: what is refused may be what the same request led to.
            let quote = quote.as_ref().map_err(Clone::clone)?;
            let under_way = orders::under_way(write.tx(), organization).await?;
            let same = |order: &&Order| order.answers.offer == answers.offer;
            let mut of_offer = under_way.into_iter().filter(|order| same(&order));
            let order = match of_offer.next() {
                Some(mut draft) => {
                    if let Some(number) = draft.number {
                        return Err(Refusal::OrderThere(number).into());
                    }
                    requote(&mut draft, &answers, quote, held_until(app));
                    orders::update(&write, &mut draft).await?;
                    draft
                }
                None => {
                    let total = quote.sale.total().amount;
                    let draft = Order {
                        id: random::id(app.clock.real())?,
                        organization,
                        number: None,
                        reference: None,
                        status: OrderStatus::draft(answers.method, total, quote.quoted_on),
                        answers: answers.clone(),
                        quote: quote.clone(),
                        held_until: held_until(app),
                        created_by: person,
                        created_at: app.clock.now(),
                        placed_at: None,
                        ended_at: None,
                        earns_on: None,
                        revision: 1,
                    };
                    orders::insert(&write, &draft).await?;
                    draft
                }
            };
            let now = told::order(write.tx(), &order).await?;
            let tag = told::tag(&order, &now)?;
            Ok((now, tag, vec![done(&order)?]))
        };
        match by.tagged(&answers, StatusCode::CREATED, work).await {
            Err(_) if moved.into_inner() => {}
            other => return other,
        }
    }
    Err(Refusal::Overtaken.into())
}

/// A draft with other answers, and what they come to.
pub fn requote(
    draft: &mut Order,
    answers: &OrderAnswers,
    quote: &Quote,
    held_until: chrono::DateTime<chrono::Utc>,
) {
    let total = quote.sale.total().amount;
    draft.status = OrderStatus::draft(answers.method, total, quote.quoted_on);
    draft.answers = answers.clone();
    draft.quote = quote.clone();
    draft.held_until = held_until;
}

/// For the audit log.
pub fn done(order: &Order) -> Answer<Done> {
    let mut done = Done::of(Action::OrderDraft, order.id);
    done.detail = serde_json::from_str(&json(&order.answers)?).unwrap_or_default();
    Ok(done)
}

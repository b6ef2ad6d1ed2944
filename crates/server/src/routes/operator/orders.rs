//! `/api/v1/operator/orders`: orders of all organizations, with their whole history.

use axum::Json;
use axum::extract::State;
use axum::http::header;
use axum::response::{IntoResponse, Response};
use membership_contract::desk::{DeskBooking, DeskBookingLine, DeskEvent, DeskOrder};
use membership_contract::page::Page;
use membership_contract::paths;
use membership_domain::id::OrderId;
use membership_domain::purchase::order::OrderState;
use membership_store::audit::{self, Action};
use membership_store::orders::{self, Order};
use membership_store::{books, organizations, proofs, users};

use crate::App;
use crate::change::Done;
use crate::guard::Operator;
use crate::http::newest;
use crate::http::params::Params;
use crate::http::path_id::OnlyId;
use crate::http::problem::{Answer, ApiError};
use crate::http::query::Reading;
use crate::purchase::told;
use crate::write;

/// So many at a time.
const LIMIT: u64 = 50;

/// So much of an organization's log is looked through for an order.
const LOG: u64 = 5_000;

/// The order of the address.
pub type Named = OnlyId<membership_domain::id::Order>;

/// Which orders.
#[derive(utoipa::IntoParams)]
#[into_params(parameter_in = Query)]
#[expect(dead_code, reason = "describes the parameters")]
pub struct Parameters {
    /// How the number begins
    search: Option<String>,
    /// Only those in this state
    state: Option<OrderState>,
    /// The `next` of the page before
    cursor: Option<String>,
}

/// Orders of all organizations, the newest first.
#[utoipa::path(
    get, path = paths::DESK_ORDERS, tag = "operator", operation_id = "list_desk_orders",
    responses((status = 200, body = Page<DeskOrder>)),
)]
pub async fn list_desk_orders(
    State(app): State<App>,
    _: Operator,
    asked: Params<Parameters>,
) -> Answer<Json<Page<DeskOrder>>> {
    let mut reading = Reading::of(&asked.pairs);
    let number = reading.parsed("search", "Must be a text.", |text: &str| {
        Some(text.to_owned())
    });
    let state = reading.parsed("state", "Must be a state of orders.", |code: &str| {
        OrderState::from_code(code)
    });
    let id = |text: &str| text.parse::<OrderId>().ok();
    let before = reading.parsed("cursor", "Must be the `next` of a page of this list.", id);
    reading.done()?;
    let number = number.unwrap_or_default();
    let db = app.store.db();
    let mut found = orders::search(db, state, number.trim(), before, LIMIT + 1).await?;
    let next = newest::next(&mut found, LIMIT, |one| one.id);
    let mut items = Vec::new();
    for order in &found {
        items.push(seen(&app, order).await?);
    }
    Ok(Json(Page { items, next }))
}

/// An order with everything that happened to it. That an operator looked is told to its
/// organization.
#[utoipa::path(
    get, path = paths::DESK_ORDER, tag = "operator", operation_id = "get_desk_order",
    responses((status = 200, body = DeskOrder)),
)]
pub async fn get_desk_order(
    State(app): State<App>,
    operator: Operator,
    named: Named,
) -> Answer<Json<DeskOrder>> {
    let db = app.store.db();
    let order = orders::by_id(db, named.0).await?;
    let order = order.filter(|order| order.number.is_some());
    let order = order.ok_or_else(ApiError::not_found)?;
    let number = order.number.clone().unwrap_or_default();
    let done = Done::of(Action::OperatorRead, &number);
    write::tell(
        &app.store,
        operator.entry(&app, Some(order.organization), done)?,
    )
    .await?;
    let mut seen = seen(&app, &order).await?;
    let of_order = |entry: &audit::Entry| {
        entry.subject == number || entry.subject.starts_with(&format!("{number}-"))
    };
    let mut log = audit::of_organization(db, order.organization, LOG).await?;
    log.retain(|entry| of_order(entry) && entry.action != Action::OperatorRead);
    for entry in log.into_iter().rev() {
        let who = match entry.user {
            Some(user) => users::by_id(db, user).await?.map(|user| user.name),
            None => None,
        };
        seen.history.push(DeskEvent {
            at: entry.at,
            action: entry.action.code().to_owned(),
            who: who.unwrap_or_else(|| entry.actor.code().to_owned()),
        });
    }
    for entry in books::entries(db, Some(order.id)).await? {
        let line = |(account, amount)| DeskBookingLine { account, amount };
        seen.bookings.push(DeskBooking {
            on: entry.on,
            kind: entry.kind,
            currency: entry.currency,
            lines: entry.lines.into_iter().map(line).collect(),
        });
    }
    Ok(Json(seen))
}

/// The file that a buyer uploaded to show a transfer. That an operator looked is told to its
/// organization.
#[utoipa::path(
    get, path = paths::DESK_PROOF, tag = "operator", operation_id = "get_transfer_proof",
    responses((status = 200, content(
        (String = "application/pdf"), (String = "image/jpeg"), (String = "image/png"),
    ))),
)]
pub async fn get_transfer_proof(
    State(app): State<App>,
    operator: Operator,
    named: Named,
) -> Answer<Response> {
    let db = app.store.db();
    let order = orders::by_id(db, named.0).await?;
    let order = order.ok_or_else(ApiError::not_found)?;
    let (kind, bytes) = (proofs::file(db, order.id).await?).ok_or_else(ApiError::not_found)?;
    let number = order.number.clone().unwrap_or_default();
    let done = Done::of(Action::OperatorRead, &number);
    write::tell(
        &app.store,
        operator.entry(&app, Some(order.organization), done)?,
    )
    .await?;
    // Saved and never shown: it is whatever a stranger sent.
    let name = format!("attachment; filename=\"{number}.{}\"", kind.code());
    let headers = [
        (header::CONTENT_TYPE, kind.media_type().to_owned()),
        (header::CONTENT_DISPOSITION, name),
    ];
    Ok((headers, bytes).into_response())
}

async fn seen(app: &App, order: &Order) -> Answer<DeskOrder> {
    let db = app.store.db();
    let organization = organizations::by_id(db, order.organization).await?;
    Ok(DeskOrder {
        organization: order.organization,
        partner_id: organization.map_or_else(String::new, |one| one.partner_id),
        order: told::order(db, order).await?,
        history: Vec::new(),
        bookings: Vec::new(),
    })
}

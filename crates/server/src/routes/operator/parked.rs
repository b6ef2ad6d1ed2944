//! `/api/v1/operator/parked`: money that its orders did not take.

use axum::Json;
use axum::extract::State;
use membership_contract::desk::{ParkedDecision, ParkedMoney};
use membership_contract::paths;

use crate::App;
use crate::bank::{decide, sight};
use crate::guard::Operator;
use crate::http::body::Body;
use crate::http::path_id::OnlyId;
use crate::http::problem::Answer;

/// The piece of the address.
pub type Named = OnlyId<membership_domain::id::Receipt>;

/// Money that its orders did not take, the oldest first.
#[utoipa::path(
    get, path = paths::DESK_PARKED, tag = "operator", operation_id = "list_parked_money",
    responses((status = 200, body = Vec<ParkedMoney>)),
)]
pub async fn list_parked_money(
    State(app): State<App>,
    _: Operator,
) -> Answer<Json<Vec<ParkedMoney>>> {
    Ok(Json(sight::parked(&app).await?))
}

/// Decides about a piece: another order gets it, or it goes back.
#[utoipa::path(
    post, path = paths::DESK_PARKED_DECISION, tag = "operator",
    operation_id = "create_parked_decision", request_body = ParkedDecision,
    responses(
        (status = 200, body = Vec<ParkedMoney>),
        (status = 409, description = "It is decided"),
    ),
)]
pub async fn create_parked_decision(
    State(app): State<App>,
    operator: Operator,
    named: Named,
    Body(wanted): Body<ParkedDecision>,
) -> Answer<Json<Vec<ParkedMoney>>> {
    decide::parked(&app, &operator, named.0, &wanted).await?;
    Ok(Json(sight::parked(&app).await?))
}

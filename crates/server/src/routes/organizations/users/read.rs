//! `GET /api/v1/organizations/{organization}/users/{user}`: one person.

use axum::Json;
use axum::extract::State;
use membership_contract::paths;
use membership_contract::users::UserDetail;

use super::{Named, detail, known};
use crate::App;
use crate::guard::Member;
use crate::http::problem::Answer;

/// One person of the organization, also one who was deactivated or removed.
#[utoipa::path(
    get, path = paths::USER, tag = "users", operation_id = "get_user",
    responses((status = 200, body = UserDetail)),
)]
pub async fn get_user(
    State(app): State<App>,
    member: Member,
    named: Named,
) -> Answer<Json<UserDetail>> {
    let db = app.store.db();
    let one = known(db, member.organization, named.0).await?;
    Ok(Json(detail(&app, db, &member, one).await?))
}

//! `GET /api/v1/organizations/{organization}/sign-in-policy`.

use axum::Json;
use axum::extract::State;
use membership_contract::account::SignInPolicy;
use membership_contract::paths;
use membership_store::sign_in_policy;

use crate::App;
use crate::guard::Member;
use crate::http::problem::Answer;

/// What the organization asks of its people when they sign in.
#[utoipa::path(
    get, path = paths::SIGN_IN_POLICY, tag = "organizations", operation_id = "get_sign_in_policy",
    responses((status = 200, body = SignInPolicy)),
)]
pub async fn get_sign_in_policy(
    State(app): State<App>,
    member: Member,
) -> Answer<Json<SignInPolicy>> {
    let db = app.store.db();
    let asked = sign_in_policy::admins_need_second_factor(db, member.organization).await?;
    Ok(Json(SignInPolicy {
        admins_need_second_factor: asked,
    }))
}

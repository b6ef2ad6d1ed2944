//! `PUT /api/v1/organizations/{organization}/sign-in-policy`.

use axum::Json;
use axum::extract::State;
use membership_contract::account::SignInPolicy;
use membership_contract::paths;
use membership_contract::refusal::Refusal;
use membership_store::audit::{self, Action, FieldChange};
use membership_store::{second_factors, sign_in_policy};

use crate::guard::Member;
use crate::http::body::Body;
use crate::http::problem::Answer;
use crate::sessions::Proved;
use crate::write::{Tx, write};
use crate::{App, sessions};

/// Says what the organization asks of its people when they sign in. Whoever asks others for two-step
/// sign-in has it, so that nobody locks themselves out.
#[utoipa::path(
    put, path = paths::SIGN_IN_POLICY, tag = "organizations",
    operation_id = "replace_sign_in_policy", request_body = SignInPolicy,
    responses(
        (status = 200, body = SignInPolicy),
        (status = 409, description = "The caller has no two-step sign-in"),
    ),
)]
pub async fn replace_sign_in_policy(
    State(app): State<App>,
    member: Member,
    _: Proved,
    Body(request): Body<SignInPolicy>,
) -> Answer<Json<SignInPolicy>> {
    let (user, organization) = (member.person()?.user.id, member.organization);
    let needed = request.admins_need_second_factor;
    write(&app.store, async |write: Tx| {
        if needed && second_factors::confirmed(write.tx(), user).await?.is_none() {
            return Err(Refusal::SecondFactorFirst.into());
        }
        let set = sign_in_policy::set_admins_need_second_factor;
        let changed = set(&write, organization, needed).await?;
        let (id, action) = (&member.request_id, Action::SignInPolicyChange);
        let session = &member.person()?.session;
        let entry = audit::Entry {
            changes: vec![FieldChange::of(
                "admins_need_second_factor",
                !needed,
                needed,
            )],
            ..sessions::entry(&app, id, session, Some(organization), action, organization)?
        };
        Answer::Ok(((), changed.then_some(entry)))
    })
    .await?;
    Ok(Json(request))
}

#[cfg(test)]
mod tests;
